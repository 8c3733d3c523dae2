import type { PromptName } from '../../domain/ivr/prompts.ts';
import type { Words } from '../../domain/ivr/words-spoken.ts';
import type { Media } from './switch.ts';

export interface PromptStore {
  /**
   * By its name, or by that of exact words (`exactName`). A recorded prompt wins over a generated one; null when neither
   * file exists (the call goes on without it).
   */
  media(name: PromptName | string): Media | null;
}

/** A prompt as it is heard on the telephone. */
export interface Fitted {
  readonly audio: Uint8Array;
  readonly durationMs: number;
}
export type FittedOr<T> = { readonly kind: 'fitted'; readonly fitted: Fitted } | T;
export interface Unfit {
  readonly kind: 'unfit';
  readonly reason: string;
}

/** Words that could not be spoken, and why. */
export interface Unspoken {
  readonly words: Words;
  readonly reason: string;
}

/** What whoever publishes needs: nothing is to be heard before it can be said. */
export interface Voice {
  /** Speaks those that do not lie there yet, under their exact names. Never rejects; what came of the rest stands. */
  prepare(words: readonly Words[]): Promise<readonly Unspoken[]>;
  /** What lies in `recorded/` by hand and can be played: name -> milliseconds. */
  byHand(): Promise<ReadonlyMap<string, number>>;
}

/** Where the switch finds its prompts, and the voice that speaks them. */
export interface PromptShelves extends Voice {
  /** Speaks a text for the telephone. */
  speak(text: string, language: string): Promise<FittedOr<Unfit>>;
  /** Brings an upload into the telephone's form. */
  fit(audio: Uint8Array): Promise<FittedOr<Unfit>>;
  /** The shelf holds exactly these afterwards; a name's file is never half written. `expiresAtMs`: not played from then on. */
  fill(
    shelf: ShelfName,
    prompts: readonly {
      readonly name: string;
      readonly audio: Uint8Array;
      readonly expiresAtMs: number | null;
    }[],
  ): Promise<void>;
  /** Takes away what is none of these words and was last asked for before `unusedSinceMs`. */
  clear(kept: readonly Words[], unusedSinceMs: number): Promise<void>;
}
/** In the order in which a prompt is looked for; what lies outside them is recorded by hand, or the product's own. */
export const SHELF_NAMES = ['uploaded', 'register'] as const;
export type ShelfName = (typeof SHELF_NAMES)[number];
/** Between those two, never touched by us. */
export const BY_HAND = 'recorded';
/** Words of menus and announcements, each named by what it says. */
export const WORDS = 'spoken';
