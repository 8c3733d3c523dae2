import type { Stand } from '../callbacks/stands.ts';
import { OVERFLOWS, overflowed } from '../hotlines/overflow-words.ts';
import { OWNER_FIRST_AT_MOST_MS, type Queue } from '../hotlines/queue.ts';
import type { AskedAt } from '../routing/offer.ts';
import { CUT_OFF, PRIORITIES } from '../routing/rank.ts';
import { type Ask, askOf, asWish, bothAsks, NO_ASK } from '../skills/skills.ts';
import type { Call, Hop, Waiting } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallFact } from './facts.ts';
import type { Step } from './steps.ts';

// A citizen's place in the queues: where he waits, by which desks' rules, and where he is counted. He keeps his place in
// every desk that he came through; the last one's rules say when the next is asked.

export type Asking = Pick<Call, 'plan' | 'caller'>;
type Eased = Pick<Waiting, 'eased'>;

interface Place {
  readonly queue: string;
  /** `cutOff`: he was talking, or all but; before everybody. */
  readonly priority: 'cutOff' | 'usual';
  readonly reason: string;
  /** Since when the citizen waits, if not since now. */
  readonly sinceMs?: number;
}

/** Into a queue, and at once on along its chain where its rules say so. */
export function enterQueue(call: Asking, context: CallContext, place: Place): Step<'queued'> {
  const { queue, sinceMs = context.nowMs } = place;
  const rules = context.queueRules(queue);
  const owner = place.priority === 'cutOff' ? null : ownerOf(call, rules, context);
  const waiting: Waiting = {
    queue,
    sinceMs,
    priority: place.priority === 'cutOff' ? CUT_OFF : priorityOf(call, rules),
    comfortedMs: context.nowMs,
    hops: [{ queue, sinceMs }],
    kept: owner === null ? null : { agentId: owner, untilMs: context.nowMs + ownerFirstMs(rules) },
  };
  const on = overflowing(call, waiting, context, true);
  return {
    to: 'queued',
    change: { waiting: on.waiting, leg: null, playback: null },
    commands: [{ kind: 'startMusic' }, ...joining(call, waiting, context), ...on.commands],
    facts: [{ type: 'queueEntered', queue, reason: place.reason }, ...on.facts],
  };
}

/** The desks that he waits at, his own first. A release that knew one overflow only kept no list. */
export function hopsOf(waiting: Waiting, context: CallContext): readonly Hop[] {
  const { queue, sinceMs, hops, overflowed = false } = waiting;
  if (hops !== undefined) return hops;
  const { overflowQueue } = context.queueRules(queue);
  const own = { queue, sinceMs };
  return overflowed && overflowQueue !== null ? [own, { queue: overflowQueue, sinceMs }] : [own];
}

/** Joining again keeps the place, and mends a lost one. */
export function joining(call: Asking, waiting: Waiting, context: CallContext): CallCommand[] {
  const { queue, priority, sinceMs, kept } = waiting;
  const [, ...further] = hopsOf(waiting, context);
  return [
    {
      kind: 'joinQueue',
      queue,
      priority,
      sinceMs,
      ...asking(call, queue, context, waiting),
      ...(kept == null ? {} : { keptFor: kept.agentId }),
    },
    ...further.map((hop) => looking(call, hop.queue, context, waiting)),
  ];
}

const looking = (call: Asking, queue: string, context: CallContext, waiting: Eased): CallCommand => ({
  kind: 'lookAlsoIn',
  queue,
  ...asking(call, queue, context, waiting),
});

/** Where he stands now, and what he asks for there. */
export const askedAt = (call: Asking, waiting: Waiting, context: CallContext): readonly AskedAt[] =>
  hopsOf(waiting, context).map(({ queue }) => ({ queue, ...asking(call, queue, context, waiting) }));

/**
 * Where he stands, and where he will by the rules of the chain, each from when on: for a place that outlives his call.
 */
export function standsOf(call: Asking, waiting: Waiting, context: CallContext): readonly Stand[] {
  const stand = ({ queue, sinceMs }: Hop): Stand => ({
    queue,
    fromMs: sinceMs,
    ...asking(call, queue, context, waiting),
  });
  const stands = hopsOf(waiting, context).map(stand);
  for (let here = stands.at(-1); here !== undefined; here = stands.at(-1)) {
    const { overflowQueue: queue, overflowAfterMs } = context.queueRules(here.queue);
    if (queue === null || overflowAfterMs === null || stands.some((one) => one.queue === queue)) break;
    stands.push(stand({ queue, sinceMs: here.fromMs + overflowAfterMs }));
  }
  return stands;
}

/** What the desk, the number, the menu's key and the citizen's language ask for together. */
export function asking(
  { plan, caller }: Asking,
  queue: string,
  context: CallContext,
  { eased }: Eased,
): { readonly ask?: Ask } {
  const { destination, recognition } = plan;
  const ask = [
    askOf(context.queueRules(queue).skills),
    askOf(recognition.line?.skills),
    askOf(destination.kind === 'queue' ? destination.skills : null),
    languageAsk(caller?.language ?? null),
  ].reduce(bothAsks);
  if (ask.required.length + ask.preferred.length === 0) return {};
  return { ask: eased === true ? asWish(ask) : ask };
}

/** Noted by an agent, so never more than a wish: nobody waits for it. Mandarin is everybody's. */
function languageAsk(language: string | null): Ask {
  if (language === null || /^zh(-|$)/i.test(language)) return NO_ASK;
  return askOf(`${language.toLowerCase()}?`);
}

function priorityOf({ caller }: Asking, { priority }: Pick<Queue, 'priority'>): number {
  return caller?.vulnerable === true ? Math.min(priority, PRIORITIES.urgent) : priority;
}

/** A version that was published when a queue might say more goes on, and nobody waits longer by it. */
const ownerFirstMs = (rules: Pick<Queue, 'ownerFirstMs'>): number =>
  Math.min(rules.ownerFirstMs, OWNER_FIRST_AT_MOST_MS);

/** Who has his case, else who talked with him last, if he can be had before long. */
function ownerOf(
  { caller }: Asking,
  { ownerFirstMs }: Pick<Queue, 'ownerFirstMs'>,
  context: CallContext,
): string | null {
  if (ownerFirstMs === 0) return null;
  const known = [caller?.ownerAgentId ?? null, caller?.lastAgentId ?? null];
  return known.find((agentId) => agentId !== null && context.withinReach(agentId)) ?? null;
}

interface On {
  readonly waiting: Waiting;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
}

/** Along the chain as far as it is due. `entering`: he has just come, so that the thresholds of the desk count. */
export function overflowing(call: Asking, start: Waiting, context: CallContext, entering: boolean): On {
  let on: On = { waiting: start, commands: [], facts: [] };
  for (let fresh = entering; ; fresh = true) {
    const hops = hopsOf(on.waiting, context);
    const next = nextHop(call, on.waiting, context, fresh);
    if (next === null) return on;
    const hop = { queue: next.queue, sinceMs: context.nowMs };
    on = {
      waiting: { ...on.waiting, hops: [...hops, hop] },
      commands: [...on.commands, looking(call, next.queue, context, on.waiting)],
      facts: [...on.facts, { type: 'queueEntered', ...next }],
    };
  }
}

function nextHop(
  call: Asking,
  waiting: Waiting,
  context: CallContext,
  fresh: boolean,
): { readonly queue: string; readonly reason: string } | null {
  const hops = hopsOf(waiting, context);
  const here = hops.at(-1);
  if (here === undefined) return null;
  const rules = context.queueRules(here.queue);
  const { overflowQueue: queue, overflowAfterMs, overflowWaiting, overflowLongestMs } = rules;
  if (queue === null || hops.some((hop) => hop.queue === queue)) return null;
  const now = context.queueNow(here.queue, asking(call, here.queue, context, waiting).ask);
  const why =
    overflowAfterMs !== null && context.nowMs >= here.sinceMs + overflowAfterMs
      ? OVERFLOWS.after(overflowAfterMs / 1000)
      : rules.overflowUnstaffed && now.able === 0
        ? now.signedIn === 0
          ? OVERFLOWS.unstaffed()
          : OVERFLOWS.unable()
        : fresh && overflowWaiting !== null && now.waiting >= overflowWaiting
          ? OVERFLOWS.waiting(now.waiting)
          : fresh && overflowLongestMs !== null && now.longestWaitMs >= overflowLongestMs
            ? OVERFLOWS.longest(Math.floor(now.longestWaitMs / 1000))
            : null;
  return why === null ? null : { queue, reason: overflowed(here.queue, why) };
}

/** When his way through the desks goes on, at the latest; infinite: as things stand never. */
export function dueMs(waiting: Waiting, context: CallContext): number {
  const dues: number[] = [];
  const hops = hopsOf(waiting, context);
  const here = hops.at(-1);
  if (here !== undefined) {
    const { overflowQueue, overflowAfterMs } = context.queueRules(here.queue);
    const goesOn = overflowQueue !== null && !hops.some((hop) => hop.queue === overflowQueue);
    if (goesOn && overflowAfterMs !== null) dues.push(here.sinceMs + overflowAfterMs);
  }
  if (waiting.kept != null) dues.push(waiting.kept.untilMs);
  const { lastResort, lastResortAfterMs } = context.queueRules(waiting.queue);
  if (lastResort !== 'wait' && lastResortAfterMs !== null) dues.push(waiting.sinceMs + lastResortAfterMs);
  return Math.min(...dues);
}

/**
 * Where he is counted when he leaves (C16): in each desk that he came through once. The one whose agent took him answered
 * him, those before it let him overflow, those behind it did not get him; who gives up gives up in the last one.
 */
export function leftFacts(
  waiting: Waiting | null,
  context: CallContext,
  how: 'answered' | 'abandoned' | 'moved' | 'callback',
): CallFact[] {
  if (waiting === null) return [];
  const hops = hopsOf(waiting, context);
  const taken = hops.findIndex(({ queue }) => queue === (waiting.offeredIn ?? waiting.queue));
  const last = how === 'answered' ? Math.max(0, taken) : hops.length - 1;
  return hops.map(({ queue }, at) => ({
    type: 'queueLeft',
    queue,
    how: at === last ? how : at < last ? 'overflowed' : 'answeredElsewhere',
  }));
}
