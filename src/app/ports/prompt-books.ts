import type { Menu } from '../../domain/ivr/menu.ts';
import type { PromptVersion } from '../../domain/ivr/prompt-register.ts';
import type { Transaction } from './transaction.ts';

/** A version as its history shows it. */
export interface PromptEntry extends PromptVersion {
  readonly madeBy: string;
  readonly makerId: string | null;
  /** The decision or letter that it rests on; empty where nobody named one. */
  readonly basis: string;
  /** Name of the account that approved it. */
  readonly approvedBy: string | null;
  /** Of a version from before approvals: who allowed it, as somebody wrote it down then. */
  readonly approverNoted: string | null;
  readonly retiredBy: string | null;
  readonly retiredBecause: string | null;
}

export interface NewPrompt extends Pick<PromptVersion, 'id' | 'name' | 'kind' | 'language' | 'text'> {
  readonly basis: string;
  readonly validUntilMs: number | null;
  /** recorded: as uploaded. */
  readonly audio: Uint8Array | null;
  readonly madeBy: string;
  readonly madeAtMs: number;
}

/** A call in which a prompt was heard. */
export interface PromptHeard {
  readonly callId: string;
  readonly atMs: number;
  readonly callerNumber: string;
  /** How its playing ended. */
  readonly end: string;
  /** The version that was on the shelf; null: the product's own, or words of the rules. */
  readonly version: number | null;
  /** What was said, as far as it is written down: of that version, or of the rules by which the call went. */
  readonly text: string | null;
}

export interface PromptBooks {
  /** By name, newest version first. */
  list(tx?: Transaction): Promise<readonly PromptEntry[]>;
  ofName(name: string, tx?: Transaction): Promise<readonly PromptEntry[]>;
  /** The next version of its name; the same id again is the same version. */
  add(prompt: NewPrompt, tx: Transaction): Promise<PromptEntry>;
  /** One change of the register at a time, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  approve(id: string, how: { readonly by: string; readonly atMs: number }, tx: Transaction): Promise<void>;
  audio(id: string): Promise<Uint8Array | null>;
  /** Those that are not retired already. How many it were. */
  retire(
    which: { readonly name: string; readonly version: number | null },
    why: { readonly by: string; readonly because: string; readonly atMs: number },
  ): Promise<number>;
  /** It is made, as it is heard. */
  ready(
    id: string,
    heard: { readonly audio: Uint8Array; readonly durationMs: number; readonly atMs: number },
  ): Promise<void>;
  fail(id: string, reason: string): Promise<void>;
  /** The menus in force, those of versions that may be published, and those in force at or after `sinceMs`. */
  menusInUse(sinceMs: number): Promise<readonly Menu[]>;
  /** Differs whenever `menusInUse` may; asked often, and cheap. */
  menusEdition(sinceMs: number): Promise<string>;
  /** Replaces what is on record of menus' texts that could not be spoken. */
  menuFailures(
    failures: readonly { readonly name: string; readonly reason: string }[],
    atMs: number,
  ): Promise<void>;
  listMenuFailures(): Promise<
    readonly { readonly name: string; readonly reason: string; readonly atMs: number }[]
  >;
  heard(name: string, fromMs: number, untilMs: number, limit: number): Promise<readonly PromptHeard[]>;
  /** One keeper of the shelves at a time, in whichever process; null when another is at it. */
  alone<T>(work: () => Promise<T>): Promise<T | null>;
}
