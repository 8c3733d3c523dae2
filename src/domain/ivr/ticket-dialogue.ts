import {
  choiceNote,
  type ExitReason,
  leave,
  listening,
  type MenuContext,
  type MenuState,
  type MenuStep,
  noted,
  playOr,
  RETRIES_AT_MOST,
  spoken,
} from './course.ts';
import { isPerson, type PromptRef, type TicketStatus } from './menu.ts';

// The progress of a ticket, by the caller's number and the last four digits of the ticket's. Only the look-up itself
// sees the digits; what is told of them is a mask.

/** Asks for a person at any moment of the dialogue: every digit may be one of the four. */
export const PERSON_KEY = '*';
/** People press when the voice has stopped. */
const PERSON_KEY_AFTER_MS = 3_000;
const TICKET_DIGITS = 4;
const TICKET_MASK = '****';
/** Nobody waits longer in silence: then a person looks. */
const LOOKING_UP_AT_MOST_MS = 2_000;

export function enterDialogue(state: MenuState, dialogue: TicketStatus, context: MenuContext): MenuStep {
  const inside = { ...state, buffer: '', tries: 0, entries: state.entries + 1, dialogue };
  return askTicket(inside, dialogue.ask, context);
}

function askTicket(state: MenuState, ask: readonly PromptRef[], context: MenuContext): MenuStep {
  const prompts = spoken(ask, context);
  const asking = { ...state, buffer: '', phase: 'askingTicket' } as const;
  return playOr(asking, prompts, () => awaitTicketDigit(asking, context));
}

export function awaitTicketDigit(state: MenuState, context: MenuContext): MenuStep {
  const { dialogue } = state;
  if (dialogue === null) return leave(state, null, 'broken', context);
  return listening({ ...state, phase: 'collectingTicket' }, dialogue.timeoutMs);
}

export function onTicketDigit(state: MenuState, digit: string, context: MenuContext): MenuStep {
  const { dialogue } = state;
  if (dialogue === null) return leave(state, null, 'broken', context);
  if (digit === PERSON_KEY) return leave(state, dialogue.exit, 'personAsked', context);
  const masked = (outcome: 'complete' | 'invalid') => choiceNote(state, TICKET_MASK, outcome);
  if (digit === '#') return noted(masked('invalid'), triedTicket(state, [], 'wrong', context));
  const lastFour = state.buffer + digit;
  if (lastFour.length < TICKET_DIGITS) {
    return listening({ ...state, phase: 'collectingTicket', buffer: lastFour }, dialogue.timeoutMs);
  }
  return noted(masked('complete'), {
    state: { ...state, phase: 'lookingUp', buffer: '' },
    act: { kind: 'lookUpTicket', lastFour, timeoutMs: LOOKING_UP_AT_MOST_MS },
    notes: [],
  });
}

/** The answer was heard: the key for a person may still come, unless one is next anyway. */
export function ticketTold(state: MenuState, context: MenuContext): MenuStep {
  const afterwards = state.dialogue?.afterwards ?? null;
  if (afterwards === null || isPerson(afterwards)) return leave(state, afterwards, 'ticketTold', context);
  return listening({ ...state, phase: 'ticketTold' }, PERSON_KEY_AFTER_MS);
}

export function triedTicket(
  state: MenuState,
  prompts: readonly PromptRef[],
  how: ExitReason,
  context: MenuContext,
): MenuStep {
  const { dialogue } = state;
  if (dialogue === null || state.tries >= Math.min(dialogue.retries, RETRIES_AT_MOST)) {
    return leave(state, dialogue?.exit ?? null, how, context);
  }
  return askTicket({ ...state, tries: state.tries + 1 }, [...prompts, ...dialogue.ask], context);
}
