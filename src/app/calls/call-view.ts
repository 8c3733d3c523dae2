import type { Call } from '../../domain/calls/call.ts';
import type { CallFact } from '../../domain/calls/facts.ts';
import type { PlaceTold } from '../../domain/calls/told-in-queue.ts';
import { believedCaller } from '../../domain/hotlines/caller.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { InLine } from '../../domain/routing/estimate.ts';
import { lineWords, type WhyWaiting, waitingWords } from '../../domain/routing/reasons.ts';
import type { Router } from '../../domain/routing/router.ts';
import { LONGEST_RUNG } from '../../domain/routing/said-wait.ts';
import type { CallView } from '../ports/call-view.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncomingCall } from '../ports/switch.ts';
import type { LiveCall } from './call-book.ts';
import type { LinePaces } from './line-paces.ts';
import { talkViewOf } from './talk-view.ts';

/** A screen shows what is different. */
export const looksOther = (before: Call, now: Call): boolean =>
  before.state !== now.state ||
  before.leg !== now.leg ||
  before.conversation !== now.conversation ||
  before.recordingPause !== now.recordingPause ||
  before.waiting?.hops !== now.waiting?.hops ||
  // He was looked after: where he stands may have changed since the last time.
  before.waiting?.comfortedMs !== now.waiting?.comfortedMs ||
  before.waiting?.place !== now.waiting?.place ||
  before.waiting?.kept !== now.waiting?.kept;

/** What of the house a call's picture is made of. */
interface Seeing {
  readonly router: Router;
  readonly lines: LinePaces;
  readonly clock: Clock;
}

/** A call as a screen shows it. */
export function viewOf({ call }: LiveCall, { router, lines, clock }: Seeing): CallView {
  const { recognition, destination } = call.plan;
  const { line } = recognition;
  return {
    callId: call.id,
    state: call.state,
    dialled: call.dialled,
    line: line?.number ?? null,
    lineName: line?.name ?? null,
    mode: call.plan.mode,
    queue: call.waiting?.queue ?? call.givenTo ?? (destination.kind === 'queue' ? destination.queue : null),
    callerNumber: call.callerNumber,
    note: call.plan.onRecord?.note ?? null,
    agentId: call.leg?.kind === 'agent' ? call.leg.agentId : null,
    sinceMs: call.sinceMs,
    arrivedMs: call.arrivedMs,
    talk: talkViewOf(call),
    recordingPausedUntilMs: call.recordingPause?.untilMs ?? null,
    waitingSinceMs: call.waiting?.sinceMs ?? null,
    about: aboutOf(call),
    waiting: waitingViewOf(call, router.whyWaits(call.id), lines.inLine(router, call.id, clock.now())),
  };
}

/** What we call him about; null for who called us. */
function aboutOf({ outbound }: Call): NonNullable<CallView['about']> | null {
  if (outbound == null) return null;
  const { purpose, subject, ticket } = outbound;
  return {
    ...{ purpose, ticketId: subject.ticketId, callbackId: subject.callbackId },
    ...(ticket === undefined ? {} : { ticket }),
  };
}

/** Where and why he waits; null for who does not. */
function waitingViewOf(
  { waiting }: Call,
  why: WhyWaiting | null,
  line: InLine | null,
): NonNullable<CallView['waiting']> | null {
  if (waiting === null || why === null) return null;
  const { queue, sinceMs, priority, hops } = waiting;
  const said = [waitingWords(why), ...(line === null ? [] : [lineWords(line)])];
  return {
    queues: hops?.map((hop) => hop.queue) ?? [queue],
    sinceMs,
    priority,
    why: why.kind,
    words: said.map(({ zh }) => zh).join('；'),
    wordsEn: said.map(({ en }) => en).join('; '),
    ahead: line?.ahead ?? null,
    estimateMs: line?.estimate.kind === 'credible' ? Math.round(line.estimate.waitMs) : null,
    told: waiting.place === undefined ? null : toldOf(waiting.place),
    keptFor: why.kind === 'keptForAgent' ? why.agentId : null,
  };
}

/** What he was told last of his place and his wait. */
const toldOf = ({ ahead, wait }: PlaceTold): NonNullable<NonNullable<CallView['waiting']>['told']> => ({
  ahead,
  minutes: wait === null ? null : wait.minutes === 'more' ? LONGEST_RUNG : wait.minutes,
  atMs: wait?.atMs ?? null,
});

/** The call with the number of whoever calls, as far as its trunk is believed. */
export function asBelieved(configuration: Configuration, incoming: IncomingCall): IncomingCall {
  const callerNumber = believedCaller(configuration, incoming);
  return callerNumber === incoming.callerNumber ? incoming : { ...incoming, callerNumber };
}

export function arrivedFact(incoming: IncomingCall): CallFact {
  const { trunk, dialled, callerNumber, headers, recording, recordingFault } = incoming;
  const told = { type: 'callArrived', trunk, dialled, callerNumber, headers, recording } as const;
  return recordingFault === undefined ? told : { ...told, recordingFault };
}
