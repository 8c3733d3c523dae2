import type { Call, CallContext, CallEvent } from './call.ts';
import type { CallState, HeededBy, LeadsTo } from './call-table.ts';
import { endedAbnormally, missReason } from './hangup.ts';
import {
  agentOf,
  announceReturn,
  backInPlace,
  bridgeOf,
  COMFORT_EVERY_MS,
  enterQueue,
  homeQueue,
  legEndedFact,
  over,
  played,
  playing,
  type Step,
  sayGoodbye,
} from './steps.ts';

type Told<E extends CallEvent['type']> = Extract<CallEvent, { readonly type: E }>;
type Reaction<S extends CallState, E extends HeededBy<S>> = E extends CallEvent['type']
  ? (call: Call, event: Told<E>, context: CallContext) => Step<LeadsTo<S, E>> | null
  : never;
/** One reaction for each entry of the table, none for what the table does not list: the compiler sees to both. */
type Reactions = { readonly [S in CallState]: { readonly [E in HeededBy<S>]: Reaction<S, E> } };

const callerEnded = (call: Call, event: Told<'callerEnded'>): Step<'ended'> =>
  over(call, event.reason, event.lost);

/** null: the event speaks of another playback, leg or moment than the present one, and changes nothing. */
export const REACTIONS: Reactions = {
  arrived: {
    answerDone: (call, { outcome }) => greet(call, outcome === 'done'),
    timeout: (call) => greet(call, false),
    callerEnded,
  },
  greeting: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? goOn(call, end, context) : null,
    timeout: (call, _event, context) => goOn(call, 'timedOut', context),
    callerEnded,
  },
  queued: {
    offered: (call, event, context) => {
      const leg = `${call.id}.a${call.legsMade + 1}`;
      const { ringTimeoutMs } = context.queueRules(event.queue);
      return {
        to: 'ringingAgent',
        change: { leg: { kind: 'agent', id: leg, agentId: event.agentId }, legsMade: call.legsMade + 1 },
        commands: [
          {
            kind: 'ringAgent',
            leg,
            agentId: event.agentId,
            phone: event.phone,
            callerName: call.plan.whisper,
            ringTimeoutMs,
          },
        ],
        facts: [{ type: 'legRang', leg, agentId: event.agentId, number: null, reason: event.reason }],
      };
    },
    playbackEnded: (call, { playback, end }) =>
      playback === call.playback ? { ...comforted(end), to: 'queued' } : null,
    queueGone: (call, { to }, context) => {
      const { waiting } = call;
      if (waiting === null || waiting.queue === to) return null;
      const place = { queue: to, priority: waiting.priority, sinceMs: waiting.sinceMs };
      return {
        to: 'queued',
        change: { waiting: { ...waiting, queue: to, overflowed: false, comfortedMs: context.nowMs } },
        commands: [{ kind: 'leaveQueue' }, { kind: 'joinQueue', ...place }],
        facts: [
          { type: 'queueLeft', queue: waiting.queue, how: 'moved' },
          { type: 'queueEntered', queue: to, reason: `专席 ${waiting.queue} 已撤销` },
        ],
      };
    },
    timeout: (call, _event, context) => lookAfter(call, context),
    callerEnded,
  },
  ringingAgent: {
    legAnswered: (call, event) => connect(call, event.leg),
    legEnded: (call, event) => {
      if (event.leg !== call.leg?.id) return null;
      const reason = event.phoneLost ? 'phoneUnreachable' : missReason(event.reason);
      const back = backInPlace('on');
      return {
        ...back,
        commands: [
          // A phone that vanished may still have a leg that nobody ends.
          ...(event.phoneLost ? [{ kind: 'hangupLeg', leg: event.leg, reason: 'unreachable' } as const] : []),
          ...agentOf(call.leg, { type: 'failed', reason }),
          ...(back.commands ?? []),
        ],
        facts: legEndedFact(call.leg, event.reason),
      };
    },
    playbackEnded: (call, { playback, end }) =>
      playback === call.playback ? { ...comforted(end), to: 'ringingAgent' } : null,
    timeout: (call) => {
      const back = backInPlace('on');
      return {
        ...back,
        commands: [
          ...(call.leg === null
            ? []
            : [{ kind: 'hangupLeg', leg: call.leg.id, reason: 'noAnswer' } as const]),
          ...agentOf(call.leg, { type: 'failed', reason: 'missed' }),
          ...(back.commands ?? []),
        ],
        facts: legEndedFact(call.leg, 'noAnswer'),
      };
    },
    callerEnded,
  },
  ringingUnit: {
    legAnswered: (call, event) => connect(call, event.leg),
    legEnded: (call, event) =>
      event.leg === call.leg?.id
        ? { ...announceReturn(call), facts: legEndedFact(call.leg, event.reason) }
        : null,
    timeout: (call) => {
      const back = announceReturn(call);
      const legs =
        call.leg === null ? [] : [{ kind: 'hangupLeg', leg: call.leg.id, reason: 'noAnswer' } as const];
      return {
        ...back,
        commands: [...legs, ...(back.commands ?? [])],
        facts: legEndedFact(call.leg, 'noAnswer'),
      };
    },
    callerEnded,
  },
  returning: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? returned(call, end, context) : null,
    timeout: (call, _event, context) => returned(call, 'timedOut', context),
    callerEnded,
  },
  connecting: {
    connectDone: (call, { leg, outcome }, context) => {
      if (leg !== call.leg?.id) return null;
      return outcome === 'done' ? talk(call) : notConnected(call, context, `connect ${outcome}`, true);
    },
    legEnded: (call, { leg, reason }, context) =>
      leg === call.leg?.id ? notConnected(call, context, reason, false) : null,
    timeout: (call, _event, context) => notConnected(call, context, 'connect timed out', true),
    callerEnded,
  },
  talking: {
    legEnded: (call, event, context) => {
      const { leg } = call;
      if (leg === null || event.leg !== leg.id) return null;
      if (endedAbnormally(event.reason, event.phoneLost)) return phoneLost(call, event.reason, context);
      const bye = sayGoodbye(call, leg.kind);
      return {
        ...bye,
        commands: [...agentOf(leg, { type: 'callOver', queue: homeQueue(call) }), ...(bye.commands ?? [])],
        facts: legEndedFact(leg, event.reason),
      };
    },
    agentReleases: (call) => {
      const { leg } = call;
      if (leg === null) return null;
      const bye = sayGoodbye(call, leg.kind);
      return {
        ...bye,
        commands: [
          { kind: 'hangupLeg', leg: leg.id, reason: 'normal' },
          ...agentOf(leg, { type: 'callOver', queue: homeQueue(call) }),
          ...(bye.commands ?? []),
        ],
        facts: legEndedFact(leg, 'agentReleased'),
      };
    },
    timeout: () => ({ to: 'talking', commands: [{ kind: 'verify' }] }),
    callerEnded,
  },
  goodbye: {
    playbackEnded: (call, { playback, end }) =>
      playback === call.playback ? { ...release(), facts: played(['goodbye'], end) } : null,
    timeout: () => ({ ...release(), facts: played(['goodbye'], 'timedOut') }),
    callerEnded,
  },
  releasing: {
    callerEnded,
    timeout: (call) => {
      const end = over(call, 'unknown', true);
      return { ...end, commands: [{ kind: 'hangupCaller' }, ...(end.commands ?? [])] };
    },
  },
  ended: {},
};

function greet(call: Call, answered: boolean): Step<'greeting'> {
  const { change, command } = playing(call, call.plan.prompts);
  return {
    to: 'greeting',
    change,
    commands: [command],
    facts: answered
      ? [{ type: 'callAnswered' }]
      : [{ type: 'anomaly', code: 'answer.failed', detail: '接听命令未确认' }],
  };
}

function goOn(call: Call, end: string, context: CallContext): Step<'queued' | 'ringingUnit'> {
  const { destination } = call.plan;
  const facts = played(call.plan.prompts, end);
  if (destination.kind === 'queue') {
    const step = enterQueue(context, {
      queue: destination.queue,
      priority: 1,
      reason: destination.reason,
    });
    return { ...step, facts: [...facts, ...(step.facts ?? [])] };
  }
  const leg = `${call.id}.u${call.legsMade + 1}`;
  const { number, trunk, ringTimeoutMs, reason } = destination;
  return {
    to: 'ringingUnit',
    change: { leg: { kind: 'unit', id: leg, number }, legsMade: call.legsMade + 1, playback: null },
    commands: [{ kind: 'startMusic' }, { kind: 'ringUnit', leg, trunk, number, ringTimeoutMs }],
    facts: [...facts, { type: 'legRang', leg, agentId: null, number, reason }],
  };
}

/** The comfort announcement is over: it had taken the place of the music. */
function comforted(end: string) {
  return {
    stays: true,
    change: { playback: null },
    commands: [{ kind: 'startMusic' }],
    facts: played(['please-wait'], end),
  } as const;
}

/** A waiting citizen is looked after at each due time; joining again keeps the place and mends a lost one. */
function lookAfter(call: Call, context: CallContext): Step<'queued'> | null {
  const { waiting } = call;
  if (waiting === null) return enterQueue(context, { queue: homeQueue(call), priority: 0, reason: '' });
  const { overflowQueue, overflowAfterMs } = context.queueRules(waiting.queue);
  const overflows =
    !waiting.overflowed &&
    overflowQueue !== null &&
    overflowAfterMs !== null &&
    context.nowMs >= waiting.sinceMs + overflowAfterMs;
  const comforts = context.nowMs >= waiting.comfortedMs + COMFORT_EVERY_MS;
  const announcement = comforts ? playing(call, ['please-wait']) : null;
  return {
    to: 'queued',
    change: {
      ...(announcement?.change ?? {}),
      waiting: {
        ...waiting,
        overflowed: waiting.overflowed || overflows,
        comfortedMs: comforts ? context.nowMs : waiting.comfortedMs,
      },
    },
    commands: [
      ...(announcement === null ? [] : [announcement.command]),
      { kind: 'joinQueue', queue: waiting.queue, priority: waiting.priority, sinceMs: waiting.sinceMs },
      ...(overflows ? [{ kind: 'lookAlsoIn', queue: overflowQueue } as const] : []),
    ],
    facts: overflows
      ? [
          {
            type: 'queueEntered',
            queue: overflowQueue,
            reason: `${waiting.queue} ${overflowAfterMs / 1000} 秒内无人接听，溢出`,
          },
        ]
      : [],
  };
}

function connect(call: Call, leg: string): Step<'connecting'> | null {
  if (leg !== call.leg?.id) return null;
  return {
    to: 'connecting',
    change: { playback: null },
    commands: [
      ...(call.playback === null ? [] : [{ kind: 'stopPlayback', playback: call.playback } as const]),
      { kind: 'stopMusic' },
      { kind: 'connect', bridge: bridgeOf(call), leg },
    ],
    facts: [{ type: 'legAnswered', leg }],
  };
}

function talk(call: Call): Step<'talking'> {
  const { leg, waiting } = call;
  return {
    to: 'talking',
    change: { talkedWith: leg?.kind ?? null, waiting: null },
    commands: [
      ...agentOf(leg, { type: 'answered' }),
      ...(waiting === null ? [] : [{ kind: 'leaveQueue' } as const]),
    ],
    facts: [
      ...(waiting === null ? [] : [{ type: 'queueLeft', queue: waiting.queue, how: 'answered' } as const]),
      ...(leg === null
        ? []
        : [
            {
              type: 'talkStarted',
              leg: leg.id,
              agentId: leg.kind === 'agent' ? leg.agentId : null,
            } as const,
          ]),
    ],
  };
}

function notConnected(
  call: Call,
  context: CallContext,
  how: string,
  legMayLive: boolean,
): Step<'queued' | 'returning'> {
  const { leg } = call;
  const clearing = [
    ...(leg !== null && legMayLive ? [{ kind: 'hangupLeg', leg: leg.id, reason: 'normal' } as const] : []),
    { kind: 'destroyBridge', bridge: bridgeOf(call) } as const,
    ...agentOf(leg, { type: 'failed', reason: legMayLive ? 'connectFailed' : 'missed' }),
  ];
  const next =
    leg?.kind === 'unit'
      ? announceReturn(call)
      : call.waiting === null
        ? enterQueue(context, { queue: homeQueue(call), priority: 0, reason: '接通失败，优先重排' })
        : backInPlace('stopped');
  return {
    ...next,
    commands: [...clearing, ...(next.commands ?? [])],
    facts: [...legEndedFact(leg, how), ...(next.facts ?? [])],
  };
}

/** The citizen did not hang up and nobody said good-bye: back to the head of the queue. */
function phoneLost(call: Call, how: string, context: CallContext): Step<'queued'> {
  const head = enterQueue(context, {
    queue: homeQueue(call),
    priority: 0,
    reason: '通话中断，优先重新接入',
  });
  return {
    ...head,
    commands: [
      ...(call.leg === null ? [] : [{ kind: 'hangupLeg', leg: call.leg.id, reason: 'unreachable' } as const]),
      { kind: 'destroyBridge', bridge: bridgeOf(call) },
      ...agentOf(call.leg, { type: 'failed', reason: 'phoneUnreachable' }),
      ...(head.commands ?? []),
    ],
    facts: [...legEndedFact(call.leg, how), ...(head.facts ?? [])],
  };
}

function returned(call: Call, end: string, context: CallContext): Step<'queued'> {
  const step = enterQueue(context, {
    queue: homeQueue(call),
    priority: 1,
    reason: '承办单位未接听，转回12345',
  });
  return { ...step, facts: [...played(['parallel-return'], end), ...(step.facts ?? [])] };
}

function release(): Step<'releasing'> {
  return { to: 'releasing', change: { playback: null }, commands: [{ kind: 'hangupCaller' }] };
}
