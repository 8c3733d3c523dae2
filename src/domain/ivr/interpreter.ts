import { holds } from './condition.ts';
import {
  choiceNote,
  DIGITS_AT_MOST,
  ENTRIES_AT_MOST,
  type ExitReason,
  general,
  leave,
  listening,
  type MenuContext,
  type MenuInput,
  type MenuNote,
  type MenuState,
  type MenuStep,
  noted,
  openChoices,
  playOr,
  RETRIES_AT_MOST,
  spoken,
} from './course.ts';
import { type Choice, type Exit, type Fallback, type MenuNode, nodeOf, type Target } from './menu.ts';
import { MENU_TABLE } from './menu-table.ts';
import {
  awaitTicketDigit,
  enterDialogue,
  onTicketDigit,
  PERSON_KEY,
  ticketTold,
  triedTicket,
} from './ticket-dialogue.ts';

/** Before the first input. `typedAhead`: digits heard during the greeting, in order. */
export function enterMenu(context: MenuContext, typedAhead = ''): MenuStep {
  const { menu } = context;
  const fresh: MenuState = {
    menu: menu.code,
    phase: 'prompting',
    node: menu.start,
    buffer: '',
    tries: 0,
    entries: 0,
    dialogue: null,
  };
  let now = enterNode(fresh, menu.start, context);
  for (const digit of typedAhead.slice(0, ENTRIES_AT_MOST * DIGITS_AT_MOST)) {
    if (now.state.phase === 'lookingUp') break;
    const next = step(now.state, { kind: 'digit', digit }, context);
    const act = next.act.kind === 'nothing' ? now.act : next.act;
    now = { state: next.state, act, notes: [...now.notes, ...next.notes] };
  }
  return now;
}

/** One input, one step. Never throws, never leads nowhere; an input that the phase does not know changes nothing. */
export function step(state: MenuState, input: MenuInput, context: MenuContext): MenuStep {
  const unmoved: MenuStep = { state, act: { kind: 'nothing' }, notes: [] };
  if (!(input.kind in MENU_TABLE[state.phase])) return unmoved;
  switch (input.kind) {
    case 'hungUp':
      return { ...unmoved, state: { ...state, phase: 'done', buffer: '' } };
    case 'digit':
      return /^[0-9*#]$/.test(input.digit) ? onDigit(state, input.digit, context, unmoved) : unmoved;
    case 'promptFailed':
      // Who heard nothing of the ticket has not had his answer: a person gives it.
      return state.phase === 'tellingTicket'
        ? leave(state, state.dialogue?.exit ?? null, 'lookupFailed', context)
        : onSilence(state, context);
    case 'promptFinished':
      return onSilence(state, context);
    case 'timeout':
      return state.phase === 'listening' || state.phase === 'collectingTicket'
        ? onNoDigit(state, context)
        : onSilence(state, context);
    case 'ticketFound':
      return playOr({ ...state, phase: 'tellingTicket' }, input.prompts, () =>
        leave(state, state.dialogue?.afterwards ?? null, 'ticketTold', context),
      );
    case 'ticketNotFound':
      return triedTicket(state, state.dialogue?.notFound ?? [], 'ticketNotFound', context);
    case 'lookupFailed':
      return leave(state, state.dialogue?.exit ?? null, 'lookupFailed', context);
    default:
      return input satisfies never;
  }
}

function onDigit(state: MenuState, digit: string, context: MenuContext, unmoved: MenuStep): MenuStep {
  switch (state.phase) {
    case 'prompting':
    case 'listening':
      return onMenuDigit(state, digit, context, unmoved);
    case 'askingTicket':
    case 'collectingTicket':
      return onTicketDigit(state, digit, context);
    case 'lookingUp':
    case 'tellingTicket':
    case 'ticketTold':
      return digit === PERSON_KEY
        ? leave(state, state.dialogue?.exit ?? null, 'personAsked', context)
        : unmoved;
    case 'done':
      return unmoved;
    default:
      return state.phase satisfies never;
  }
}

export type Digits =
  | { readonly kind: 'complete'; readonly choice: Choice }
  /** More digits may follow; `choice` is what they mean if none does. */
  | { readonly kind: 'incomplete'; readonly choice: Choice | null }
  | { readonly kind: 'invalid' };

/** What digits mean among the choices that are open now. */
export function readDigits(open: readonly Choice[], digits: string): Digits {
  const choice = open.find((one) => one.digits === digits) ?? null;
  const mayGoOn =
    digits.length < DIGITS_AT_MOST &&
    open.some((one) => one.digits.startsWith(digits) && one.digits !== digits);
  if (mayGoOn) return { kind: 'incomplete', choice };
  return choice === null ? { kind: 'invalid' } : { kind: 'complete', choice };
}

function onMenuDigit(state: MenuState, digit: string, context: MenuContext, unmoved: MenuStep): MenuStep {
  const node = nodeOf(context.menu, state.node);
  const open = openChoices(node, context);
  if (node === null || open.length === 0) return unmoved;
  const digits = state.buffer + digit;
  const read = readDigits(open, digits);
  switch (read.kind) {
    case 'complete':
      return chosen(state, node, read.choice, context);
    case 'incomplete':
      return listening({ ...state, phase: 'listening', buffer: digits }, node.digitTimeoutMs);
    case 'invalid':
      return noted(
        choiceNote(state, digits, 'invalid'),
        tried({ ...state, buffer: '' }, node, node.onWrong, 'wrong', context),
      );
    default:
      return read satisfies never;
  }
}

function chosen(state: MenuState, node: MenuNode, choice: Choice, context: MenuContext): MenuStep {
  const note = { ...choiceNote(state, choice.digits, 'complete'), counter: choice.counter };
  return noted(note, goTo({ ...state, buffer: '' }, choice.target, node.exit, 'chosen', context));
}

/** The prompts are over, however they ended. */
function onSilence(state: MenuState, context: MenuContext): MenuStep {
  switch (state.phase) {
    case 'prompting':
    case 'listening':
      return awaitDigit(state, nodeOf(context.menu, state.node), context);
    case 'askingTicket':
    case 'collectingTicket':
      return awaitTicketDigit(state, context);
    case 'tellingTicket':
      return ticketTold(state, context);
    case 'ticketTold':
      return leave(state, state.dialogue?.afterwards ?? null, 'ticketTold', context);
    case 'lookingUp':
      return leave(state, state.dialogue?.exit ?? null, 'lookupFailed', context);
    case 'done':
      return { state, act: { kind: 'nothing' }, notes: [] };
    default:
      return state.phase satisfies never;
  }
}

function awaitDigit(state: MenuState, node: MenuNode | null, context: MenuContext): MenuStep {
  if (node === null) return leave(state, null, 'broken', context);
  if (openChoices(node, context).length === 0) return leave(state, node.exit, 'announced', context);
  return listening({ ...state, phase: 'listening' }, node.timeoutMs);
}

function onNoDigit(state: MenuState, context: MenuContext): MenuStep {
  if (state.phase === 'collectingTicket') return triedTicket(state, [], 'nothing', context);
  const node = nodeOf(context.menu, state.node);
  if (node === null) return leave(state, null, 'broken', context);
  if (state.buffer === '') {
    return noted(choiceNote(state, '', 'nothing'), tried(state, node, node.onNothing, 'nothing', context));
  }
  const read = readDigits(openChoices(node, context), state.buffer);
  if (read.kind !== 'invalid' && read.choice !== null) return chosen(state, node, read.choice, context);
  return noted(
    choiceNote(state, state.buffer, 'incomplete'),
    tried({ ...state, buffer: '' }, node, node.onWrong, 'wrong', context),
  );
}

function tried(
  state: MenuState,
  node: MenuNode,
  fallback: Fallback,
  how: 'wrong' | 'nothing',
  context: MenuContext,
): MenuStep {
  if (state.tries >= Math.min(node.retries, RETRIES_AT_MOST)) {
    return goTo(state, fallback.to ?? node.exit ?? general(context), node.exit, how, context);
  }
  const again = { ...state, tries: state.tries + 1, phase: 'prompting' } as const;
  const prompts = spoken([...fallback.prompts, ...node.prompts], context);
  return playOr(again, prompts, () => awaitDigit(again, node, context));
}

/** `exit`: the default exit of the node that is left, for the case that the steps are used up. */
function goTo(
  state: MenuState,
  target: Target,
  exit: Exit | null,
  reason: ExitReason,
  context: MenuContext,
): MenuStep {
  const leads = target.kind === 'node' || target.kind === 'ticketStatus';
  if (!leads) return leave(state, target, reason, context);
  if (state.entries >= ENTRIES_AT_MOST) return leave(state, exit, 'tooManySteps', context);
  return target.kind === 'node'
    ? enterNode(state, target.node, context)
    : enterDialogue(state, target, context);
}

function enterNode(state: MenuState, id: string, context: MenuContext): MenuStep {
  const node = nodeOf(context.menu, id);
  if (node === null) return leave(state, null, 'broken', context);
  const inside: MenuState = {
    ...state,
    phase: 'prompting',
    node: id,
    buffer: '',
    tries: 0,
    entries: state.entries + 1,
    dialogue: null,
  };
  const note: MenuNote = { type: 'menuEntered', menu: context.menu.code, node: id };
  const redirect = node.redirects.find(({ when }) => holds(when, context));
  if (redirect !== undefined) {
    return noted(note, goTo(inside, redirect.to, node.exit, 'condition', context));
  }
  const prompts = spoken(node.prompts, context);
  return noted(
    note,
    playOr(inside, prompts, () => awaitDigit(inside, node, context)),
  );
}
