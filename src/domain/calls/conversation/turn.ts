import type { Call, Side } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import type { CallFact } from '../facts.ts';
import { afterTalk } from '../rating-moves.ts';
import { homeQueue, type Step } from '../steps.ts';
import { enterQueue } from '../waiting.ts';
import { type Conversation, partyOf } from './conversation.ts';
import { clearing, leaving } from './gone.ts';
import { keepInvited } from './inviting.ts';
import { bridgesGone, placing, unmuted } from './places.ts';
import { returning } from './ringing.ts';
import { settled } from './settled.ts';
import { leadOf } from './talk-of.ts';
import { answeredByAnother } from './talked.ts';
import type { Turn } from './turned.ts';

interface Looked {
  readonly turn: Turn;
  readonly alone: boolean;
}

/** Who is left with whom, and who goes with it. */
function looked(call: Call, turn: Turn, nowMs: number): Looked {
  const { talk, gone, alone } = settled(turn.talk, turn.gone ?? [], nowMs);
  // Whoever was consulted and has the citizen now, because who asked him is gone, talks with him from here on.
  const heir = talk.parties.find(
    ({ id, role }) => role === 'member' && partyOf(turn.talk, id)?.role === 'consulted',
  );
  if (heir === undefined) return { turn: { ...turn, talk, gone }, alone };
  const told = answeredByAnother({ ...call, ...turn.change }, heir, 'inherited', null);
  const change = { ...turn.change, ...told.change };
  return { turn: { ...turn, talk, gone, change, facts: [...(turn.facts ?? []), ...told.facts] }, alone };
}

/** Goes on with whoever is left, and with whoever is on his way; null when that is nobody. */
export function onward(
  call: Call,
  before: Conversation,
  asked: Turn,
  context: CallContext,
): Step<'talking'> | null {
  const { turn, alone } = looked(call, asked, context.nowMs);
  return alone ? null : goOn({ ...call, ...turn.change }, before, turn, context);
}

/** A citizen who is left without anybody goes back to who gave him away, else to the head of the queue. */
export function carry(
  call: Call,
  before: Conversation,
  asked: Turn,
  context: CallContext,
): Step<'talking' | 'queued'> {
  const { turn, alone } = looked(call, asked, context.nowMs);
  const base = { ...call, ...turn.change };
  if (!alone) return goOn(base, before, turn, context);
  const untaken = (turn.gone ?? []).some(({ party }) => party.role === 'transferred');
  const back = untaken ? returning(base, turn.talk, context) : null;
  if (back !== null) {
    const next = {
      ...turn,
      talk: back.talk,
      change: { ...turn.change, ...back.change },
      commands: [...(turn.commands ?? []), ...back.commands],
      facts: [...(turn.facts ?? []), ...back.facts],
    };
    return goOn({ ...base, ...back.change }, before, next, context);
  }
  const reason = turn.left ?? CALL_REASONS.cutOff().zh;
  const place = { queue: homeQueue(base, context), priority: 'cutOff', reason } as const;
  return over(base, before, turn, enterQueue(base, context, place), context);
}

/** As `carry`; but the last one with the citizen said good-bye: he is asked how it was, or bidden farewell. */
export function part(
  call: Call,
  before: Conversation,
  asked: Turn & { readonly releasedBy: Exclude<Side, 'caller'> },
  context: CallContext,
): Step<'talking' | 'rating' | 'goodbye'> {
  const { turn, alone } = looked(call, asked, context.nowMs);
  const base = { ...call, ...turn.change };
  if (!alone) return goOn(base, before, turn, context);
  const gone = (turn.gone ?? []).map(({ party }) => party.who);
  return over(base, before, turn, afterTalk(base, asked.releasedBy, gone, context), context);
}

/** The talk is no more: everybody is let go, and the citizen goes where `next` leads. */
function over<T extends 'queued' | 'rating' | 'goodbye'>(
  call: Call,
  before: Conversation,
  turn: Turn,
  next: Step<T>,
  context: CallContext,
): Step<T> {
  const gone = turn.gone ?? [];
  // His place first: whoever is free by what follows is free for him before all others.
  const { commands = [] } = next;
  const place = commands.filter(isOfPlace);
  return {
    ...next,
    change: { ...turn.change, ...next.change, conversation: null, leg: null },
    commands: [
      ...place,
      ...gone.flatMap((one) => clearing(call, one, context)),
      ...(turn.commands ?? []),
      ...bridgesGone(call, before),
      ...unmuted(call, before),
      ...commands.filter((one) => !isOfPlace(one)),
    ],
    facts: [...(turn.facts ?? []), ...leaving(gone), ...(next.facts ?? [])],
  };
}

const isOfPlace = ({ kind }: CallCommand): boolean => kind === 'joinQueue' || kind === 'lookAlsoIn';

function goOn(call: Call, before: Conversation, turn: Turn, context: CallContext): Step<'talking'> {
  const { talk, gone = [], ...kept } = keepInvited(call, turn, context.nowMs);
  const [was, is] = [before.citizen.held, talk.citizen.held];
  const citizen: CallFact[] =
    was === null && is !== null
      ? [{ type: 'citizenHeld', why: is.why, by: is.by }]
      : was !== null && is === null
        ? [{ type: 'citizenResumed', heldMs: context.nowMs - was.sinceMs }]
        : [];
  return {
    to: 'talking',
    change: { ...kept.change, conversation: talk, leg: leadOf(talk) },
    commands: [
      ...gone.flatMap((one) => clearing(call, one, context)),
      ...(kept.commands ?? []),
      ...placing(call, before, talk),
    ],
    facts: [...(kept.facts ?? []), ...leaving(gone), ...citizen],
  };
}
