import type { TalkTarget } from '../../../src/app/ports/talk-commands.ts';

// What happens in a day that is lived through twice: once at the switch in memory, once at Asterisk with real telephones.

/** An agent's wish in the talk; a party by where it stands in the talk, since its id differs from world to world. */
export interface ReplayedWish {
  readonly kind: string;
  readonly target?: TalkTarget;
  readonly digits?: string;
  readonly party?: number | 'citizen' | null;
}

export type Ask =
  | { readonly kind: 'ready' | 'notReady' | 'signIn' | 'signOut' | 'endWrapUp' | 'releaseCall' }
  | { readonly kind: 'talk'; readonly wish: ReplayedWish }
  | {
      readonly kind: 'listen';
      readonly citizen: string;
      readonly mode: 'monitor' | 'whisper' | 'barge' | 'takeOver' | null;
    };

/** `telephone`: an agent's work number, or the number behind the carrier that was dialled. */
export type Act =
  | { readonly do: 'dial'; readonly citizen: string; readonly dialled: string }
  | { readonly do: 'hangUp'; readonly citizen: string }
  | { readonly do: 'press'; readonly citizen: string; readonly key: string }
  /** He waits for the offer to be called back, and takes it. */
  | { readonly do: 'callMeBack'; readonly citizen: string }
  | { readonly do: 'answer' | 'reject' | 'letRing' | 'putDown'; readonly telephone: string }
  | { readonly do: 'ask'; readonly agent: string; readonly asked: Ask }
  /** Who is on call presses the key: he comes. */
  | { readonly do: 'confirm'; readonly telephone: string }
  /** Call control is killed, and comes back. */
  | { readonly do: 'restart' }
  /** A lead takes back whatever is promised still. */
  | { readonly do: 'cancelCallbacks' };

/** One of the two worlds. */
export interface World {
  /** What was answered to whom asked for something: `ok`, or the code of the refusal; `''` of what nobody asks for. */
  act(act: Act): Promise<string>;
  /** Everybody and every call as call control shows it, a line each, in an order of their own. */
  picture(): Promise<readonly string[]>;
}
