import type { PromptName } from '../../domain/ivr/prompts.ts';
import type { Media } from './switch.ts';

export interface PromptStore {
  /** A recorded prompt wins over a generated one; null when neither file exists (the call goes on without it). */
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

/** Where the switch finds its prompts, and the voice that speaks them. */
export interface PromptShelves {
  /** Speaks a text for the telephone. */
  speak(text: string): Promise<FittedOr<Unfit>>;
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
}
/** In the order in which a prompt is looked for; what lies outside them is recorded by hand, or the product's own. */
export const SHELF_NAMES = ['uploaded', 'register', 'menus'] as const;
export type ShelfName = (typeof SHELF_NAMES)[number];
