import type { Condition } from './condition.ts';

/** A prompt by name, with its other languages. Played only while its condition holds. */
export interface PromptRef {
  /** In the first of the menu's languages. */
  readonly name: string;
  /** Other language -> name. A language without a variant hears `name`. */
  readonly variants: Readonly<Record<string, string>>;
  readonly when: Condition | null;
  /** Keys that it tells of: by its end the caller knows them. */
  readonly announces: readonly string[];
}

/** Where a call leaves the menu. */
export type Exit =
  /** `skills`: what whoever answers must, and should, be able to do: `en:2, wu?`. */
  | { readonly kind: 'queue'; readonly queue: string; readonly skills?: string }
  /** As if that number had been dialled. Its own menu is passed over: one menu a call. */
  | { readonly kind: 'line'; readonly number: string }
  /** A unit's own telephone, rung through a trunk; the desk takes the call back when it is not answered. */
  | {
      readonly kind: 'number';
      readonly number: string;
      readonly trunk: string;
      readonly returnQueue: string;
    }
  /** The caller speaks after the tone; the recording becomes a ticket draft of that desk (channel 留言). */
  | {
      readonly kind: 'message';
      readonly prompts: readonly PromptRef[];
      readonly queue: string;
      readonly maxMs: number;
    }
  | { readonly kind: 'goodbye'; readonly prompts: readonly PromptRef[] };

/** Progress of a ticket by the caller's number and the last four digits of the ticket's; `*` asks for a person. */
export interface TicketStatus {
  readonly kind: 'ticketStatus';
  readonly ask: readonly PromptRef[];
  readonly notFound: readonly PromptRef[];
  readonly timeoutMs: number;
  readonly retries: number;
  /** After the state was told. */
  readonly afterwards: Exit;
  /** Not found often enough, no digit, nothing to be had, or a person asked for. */
  readonly exit: Exit | null;
}

export type Target = Exit | TicketStatus | { readonly kind: 'node'; readonly node: string };

export interface Choice {
  /** One to four of `0-9 * #`. */
  readonly digits: string;
  readonly label: string;
  readonly target: Target;
  /** Of several choices with the same digits the first whose condition holds counts. */
  readonly when: Condition | null;
  /** Counted under this name; null: under menu, node and digits alone. */
  readonly counter: string | null;
}

/** After a wrong key, or none: these prompts, then the node again; after the last try to `to`, or the default exit. */
export interface Fallback {
  readonly prompts: readonly PromptRef[];
  readonly to: Target | null;
}

export interface Redirect {
  readonly when: Condition;
  readonly to: Target;
  readonly reason: string;
}

export interface MenuNode {
  readonly id: string;
  readonly name: string;
  /** Looked at in order before a word is played; the first that holds leads on. */
  readonly redirects: readonly Redirect[];
  readonly prompts: readonly PromptRef[];
  /** None that holds: the node only announces, then goes to its default exit. */
  readonly choices: readonly Choice[];
  /** From the end of the prompts to the first digit. */
  readonly timeoutMs: number;
  /** Between the digits of one choice. */
  readonly digitTimeoutMs: number;
  readonly retries: number;
  readonly onWrong: Fallback;
  readonly onNothing: Fallback;
  /** Where the call goes when nothing else leads on. null only in a draft: validation refuses it. */
  readonly exit: Exit | null;
}

/** A menu as plain data: it goes through JSON, versions and diffs unchanged. */
export interface Menu {
  readonly code: string;
  readonly name: string;
  /** First: that of every prompt's own name. */
  readonly languages: readonly string[];
  readonly start: string;
  readonly nodes: readonly MenuNode[];
  /** Spoken text of prompts that are to be generated, by prompt name; a recording of that name wins. */
  readonly texts: Readonly<Record<string, string>>;
}

/** GB/T 33358: no choice, no wait; the values that a node has unless an operator says otherwise. */
export const NODE_DEFAULTS = {
  redirects: [],
  prompts: [],
  choices: [],
  timeoutMs: 5_000,
  digitTimeoutMs: 2_000,
  retries: 1,
  onWrong: { prompts: [], to: null },
  onNothing: { prompts: [], to: null },
} as const satisfies Omit<MenuNode, 'id' | 'name' | 'exit'>;

export const prompt = (name: string, more: Partial<Omit<PromptRef, 'name'>> = {}): PromptRef => ({
  name,
  variants: {},
  when: null,
  announces: [],
  ...more,
});

export const nodeOf = (menu: Menu, id: string): MenuNode | null =>
  menu.nodes.find((node) => node.id === id) ?? null;

/** Speaking with somebody: the hotline's people, a line's, or a unit's. */
export const isPerson = (target: Target): boolean =>
  target.kind === 'queue' || target.kind === 'line' || target.kind === 'number';
