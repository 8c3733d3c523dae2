import type { ActKind } from '../../domain/calls/conversation/acts.ts';
import type { CallingRule } from '../../domain/duty/ladder.ts';
import type { OnCall } from '../../domain/duty/roster.ts';

/** Whom an agent means: an account or work number, a code, digits. */
export type TalkTarget =
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'unit'; readonly unit: string }
  /** `expert`: id of whom the agent means by it, of the directory of experts. */
  | { readonly kind: 'number'; readonly number: string; readonly expert?: string }
  | { readonly kind: 'emergency'; readonly desk: string };

/** Handed on to whoever is rung outside. `ticket`: letters, digits and `-`. `location`: up to 44 characters. */
export interface CallContextNote {
  readonly ticket?: string;
  readonly location?: string;
}

/** What an agent asks for in his talk, as he says it; `Act` is the same with whom he means found. */
export type TalkWish =
  | {
      readonly kind: Exclude<
        ActKind,
        'mute' | 'unmute' | 'digits' | 'cancel' | 'remove' | 'accepted' | 'emergencyBridge' | RingingAct
      >;
    }
  | { readonly kind: 'mute' | 'unmute' | 'cancel' | 'accepted'; readonly party: string | null }
  | { readonly kind: 'digits'; readonly digits: string; readonly party: string | null }
  | { readonly kind: 'remove'; readonly party: string; readonly asLead?: boolean }
  | { readonly kind: RingingAct; readonly target: TalkTarget; readonly note: CallContextNote }
  /** Who is on call now, by the books; `list`: the name of the duty list. */
  | {
      readonly kind: 'emergencyBridge';
      readonly list: string;
      readonly rule: CallingRule;
      readonly ladder: readonly OnCall[];
      readonly note: CallContextNote;
    };
type RingingAct = 'transfer' | 'consult' | 'invite';

/** Why whom the agent means is not rung. */
export const TARGET_REFUSALS = [
  'target.unknown',
  'target.self',
  'target.signedOut',
  'target.busy',
  'target.unreachable',
  'target.nobodyFree',
  'target.noNumber',
  'target.numberInvalid',
  'target.ownNumber',
  'target.trunkUnknown',
] as const;
export type TargetRefusal = (typeof TARGET_REFUSALS)[number];
