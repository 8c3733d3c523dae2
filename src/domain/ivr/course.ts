import { holds, type LocalMoment, type MenuCaller } from './condition.ts';
import { bestOf } from './language.ts';
import type { Choice, Exit, Menu, MenuNode, PromptRef, TicketStatus } from './menu.ts';
import type { MenuPhase } from './menu-table.ts';
import { PLAYING_AT_MOST_MS } from './recording-check.ts';
import { saidBy } from './words-spoken.ts';

/** Where a caller stands in a menu: plain data, kept with the call. */
export interface MenuState {
  readonly menu: string;
  readonly phase: MenuPhase;
  readonly node: string;
  /** Digits of the choice, or of the ticket, that are not decided on yet. Never to be logged. */
  readonly buffer: string;
  /** Wrong or missing answers in this node or dialogue. */
  readonly tries: number;
  /** Nodes and dialogues entered since the call came. */
  readonly entries: number;
  readonly dialogue: TicketStatus | null;
}

export type MenuInput =
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'promptFinished' | 'promptFailed' | 'timeout' | 'hungUp' }
  /** Prompts that tell the ticket's state. */
  | { readonly kind: 'ticketFound'; readonly prompts: readonly string[] }
  | { readonly kind: 'ticketNotFound' | 'lookupFailed' };

export type ExitReason =
  | 'chosen'
  | 'condition'
  | 'announced'
  | 'wrong'
  | 'nothing'
  | 'personAsked'
  | 'ticketTold'
  | 'ticketNotFound'
  | 'lookupFailed'
  | 'tooManySteps'
  | 'broken';

/** What to do next. Each but the last two ends at the latest after `timeoutMs`, with the input `timeout`. */
export type MenuAct =
  /** Stops what is playing. */
  | { readonly kind: 'play'; readonly prompts: readonly string[]; readonly timeoutMs: number }
  /** Stops what is playing and waits for a key. */
  | { readonly kind: 'listen'; readonly timeoutMs: number }
  | { readonly kind: 'lookUpTicket'; readonly lastFour: string; readonly timeoutMs: number }
  | {
      readonly kind: 'exit';
      readonly to: Exit;
      readonly prompts: readonly string[];
      readonly reason: ExitReason;
    }
  | { readonly kind: 'nothing' };

/** What is worth telling. The digits of a ticket are the citizen's and never told. */
export type MenuNote =
  | { readonly type: 'menuEntered'; readonly menu: string; readonly node: string }
  | {
      readonly type: 'menuChoice';
      readonly menu: string;
      readonly node: string;
      readonly digits: string;
      readonly outcome: 'complete' | 'invalid' | 'incomplete' | 'nothing';
      readonly counter: string | null;
    };

export interface MenuStep {
  readonly state: MenuState;
  readonly act: MenuAct;
  readonly notes: readonly MenuNote[];
}

export interface MenuContext {
  readonly menu: Menu;
  readonly moment: LocalMoment;
  readonly caller: MenuCaller;
  /** Takes whoever a damaged menu would lose. */
  readonly generalQueue: string;
}

export const RETRIES_AT_MOST = 3;
export const DIGITS_AT_MOST = 4;
/** Nodes and dialogues that one call enters; the next would be the default exit. */
export const ENTRIES_AT_MOST = 10;

/**
 * Acts but `nothing` that a menu takes before it is done, whatever is put in: each entry allows one try and its
 * retries, each try one playing, one waiting, and one more for each digit; a ticket's also a look-up, its telling and a moment after it.
 */
export const ACTS_AT_MOST = ENTRIES_AT_MOST * (RETRIES_AT_MOST + 1) * (5 + DIGITS_AT_MOST) + 1;

export function leave(
  state: MenuState,
  exit: Exit | null,
  reason: ExitReason,
  context: MenuContext,
): MenuStep {
  const to = exit ?? general(context);
  const prompts = to.kind === 'message' || to.kind === 'goodbye' ? spoken(to.prompts, context) : [];
  return {
    state: { ...state, phase: 'done', buffer: '', dialogue: null },
    act: { kind: 'exit', to, prompts, reason },
    notes: [],
  };
}

export const general = ({ generalQueue }: MenuContext): Exit => ({ kind: 'queue', queue: generalQueue });

export const openChoices = (node: MenuNode | null, context: MenuContext): readonly Choice[] =>
  node?.choices.filter(({ when }) => holds(when, context)) ?? [];

/** The prompts that are to be heard now, in the caller's language where there is a variant, in this version's words. */
export function spoken(prompts: readonly PromptRef[], context: MenuContext): readonly string[] {
  const { menu, caller } = context;
  return prompts
    .filter(({ when }) => holds(when, context))
    .map(({ name, variants }) => {
      // Who speaks the menu's own language never hears another of its kind.
      const there = [...menu.languages.slice(0, 1), ...Object.keys(variants)];
      const language = caller.language === null ? null : bestOf(there, caller.language);
      const other = language === null ? undefined : variants[language];
      return other === undefined || language === null ? saidBy(menu, name) : saidBy(menu, other, language);
    });
}

/** Plays, or goes on at once where there is nothing to play. */
export function playOr(state: MenuState, prompts: readonly string[], silent: () => MenuStep): MenuStep {
  if (prompts.length === 0) return silent();
  return { state, act: { kind: 'play', prompts, timeoutMs: PLAYING_AT_MOST_MS }, notes: [] };
}

export const listening = (state: MenuState, timeoutMs: number): MenuStep => ({
  state,
  act: { kind: 'listen', timeoutMs },
  notes: [],
});

export const noted = (note: MenuNote, { state, act, notes }: MenuStep): MenuStep => ({
  state,
  act,
  notes: [note, ...notes],
});

export const choiceNote = (
  { menu, node }: MenuState,
  digits: string,
  outcome: Extract<MenuNote, { type: 'menuChoice' }>['outcome'],
): Extract<MenuNote, { type: 'menuChoice' }> => ({
  type: 'menuChoice',
  menu,
  node,
  digits,
  outcome,
  counter: null,
});
