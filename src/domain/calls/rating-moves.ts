import { gradeOf, type RatingEnd } from '../rating/grades.ts';
import type { Call, Decision, Rating, Side } from './call.ts';
import type { CallContext } from './call-context.ts';
import { ownerOf, type Who } from './conversation/conversation.ts';
import { talkOf } from './conversation/talk-of.ts';
import { lastWords } from './ending.ts';
import type { CallFact } from './facts.ts';
import { isOutbound } from './outbound.ts';
import { homeQueue, playing, type Step, said, stopping } from './steps.ts';

// After a talk that an agent ended the citizen is asked how it was, where the desk's rules want that: by key, while the
// words play or for a moment after, a second time when nothing or nothing usable came. It keeps nobody: whatever
// happens, the good-bye follows.

type Next = Step<'rating' | 'goodbye'>;

/** People press when the voice has stopped. */
const KEY_AFTER_MS = 5_000;
/** Longer than the words take; when their end is never told they may still be playing. */
const ASKING_AT_MOST_MS = 20_000;
const ASKED_AT_MOST = 2;
/** What the asking can take in all. */
export const RATING_AT_MOST_MS = ASKED_AT_MOST * (ASKING_AT_MOST_MS + KEY_AFTER_MS);

export const ratingTimeoutMs = ({ phase }: Rating): number =>
  phase === 'asking' ? ASKING_AT_MOST_MS : KEY_AFTER_MS;

/**
 * The talk is over and the citizen still there: asked how it was with the agent, who may have left him with a unit long
 * before; or bidden farewell. `gone`: who was with him last.
 */
export function afterTalk(call: Call, releasedBy: Side, gone: readonly Who[], context: CallContext): Next {
  // Whom we called of our own accord asked for nothing that could be rated.
  const ours = isOutbound(call) && call.outbound.purpose !== 'queueCallback';
  const asks = !ours && context.queueRules(homeQueue(call, context)).rating !== 'off';
  const rated = asks ? ratedIn(call, gone) : null;
  if (rated === null) {
    const bye = lastWords(call, ['goodbye']);
    return { ...bye, change: { ...bye.change, leg: null, releasedBy } };
  }
  const step = ask(call, { ...rated, asked: 0, phase: 'asking' }, []);
  return { ...step, change: { ...step.change, leg: null, releasedBy } };
}

/**
 * With whom the talk was that is to be judged; null: with nobody who is known here, or it ended with an emergency desk
 * or another outside number: nobody is asked for grades after 119.
 */
function ratedIn({ leg, talkedTo }: Call, gone: readonly Who[]): Pick<Rating, 'agentId' | 'leg'> | null {
  if (leg?.kind !== 'agent') return gone.every(({ kind }) => kind === 'unit') ? (talkedTo ?? null) : null;
  return leg.agentId === null ? null : { agentId: leg.agentId, leg: leg.id };
}

/** After a move of the call: who leads the talk is remembered for when he has left it. */
export function keepTalkedTo(decision: Decision): Decision {
  const { call } = decision;
  const talk = talkOf(call);
  const agent = talk === null ? null : ownerOf(talk);
  if (agent?.who.kind !== 'agent' || agent.id === call.talkedTo?.leg) return decision;
  const { agentId } = agent.who;
  const talkedTo = agentId === null ? null : { agentId, leg: agent.id };
  return { ...decision, call: { ...call, talkedTo } };
}

function ask(call: Call, rating: Rating, first: readonly string[]): Step<'rating'> {
  // Without the question the words before it mean nothing.
  const { change, command } = playing(call, [...first, 'rating-ask'], true);
  return {
    to: 'rating',
    change: { ...change, rating: { ...rating, asked: rating.asked + 1, phase: 'asking' } },
    commands: [command],
  };
}

/** The words are over, or their end was never told. */
export function ratingAsked(call: Call, end: string): Next {
  const { rating } = call;
  if (rating == null || end === 'failed') return close(call, 'unasked', said(call, end));
  return {
    to: 'rating',
    change: { playback: null, rating: { ...rating, phase: 'awaiting' } },
    facts: said(call, end),
  };
}

export function ratingTimeUp(call: Call): Next {
  if (call.rating?.phase !== 'asking') return again(call, 'silent', ['rating-nothing'], []);
  const next = again(call, 'silent', ['rating-nothing'], said(call, 'timedOut'));
  return { ...next, commands: [...stopping(call), ...(next.commands ?? [])] };
}

export function ratingKey(call: Call, { digit }: { readonly digit: string }): Next {
  const grade = gradeOf(digit);
  const before = call.rating?.phase === 'asking' ? said(call, 'cancelled') : [];
  const next =
    grade === null
      ? again(call, 'invalid', ['rating-wrong'], before)
      : thank(call, [...before, closed(call, 'rated', grade)]);
  return { ...next, commands: [...stopping(call), ...(next.commands ?? [])] };
}

function again(call: Call, end: RatingEnd, first: readonly string[], before: readonly CallFact[]): Next {
  const { rating } = call;
  if (rating == null || rating.asked >= ASKED_AT_MOST) return close(call, end, before);
  return { ...ask(call, rating, first), facts: before };
}

function close(call: Call, end: RatingEnd, before: readonly CallFact[]): Step<'goodbye'> {
  const bye = lastWords(call, ['goodbye']);
  return { ...bye, change: { ...bye.change, rating: null }, facts: [...before, closed(call, end, null)] };
}

function thank(call: Call, facts: readonly CallFact[]): Step<'goodbye'> {
  const bye = lastWords(call, ['rating-thanks', 'goodbye']);
  return { ...bye, change: { ...bye.change, rating: null }, facts };
}

/** Who hangs up now has given no grade. */
export const ratingLeft = (call: Call): CallFact[] =>
  call.state === 'rating' && call.rating != null ? [closed(call, 'hungUp', null)] : [];

function closed({ rating }: Call, how: RatingEnd, grade: ReturnType<typeof gradeOf>): CallFact {
  return { type: 'rating', agentId: rating?.agentId ?? null, leg: rating?.leg ?? '', how, grade };
}
