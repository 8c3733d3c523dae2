import type { AgentChange, Call, CallCommand, CallContext, Leg, Side, Waiting } from './call.ts';
import type { CallState } from './call-table.ts';
import type { CallFact } from './facts.ts';
import type { HangupReason } from './hangup.ts';

/** One move: where to, what changes, what is to be done, what is to be told. Typed by where it may lead. */
export interface Step<T extends CallState> {
  readonly to: T;
  /** The state is not entered anew: its timer runs on. */
  readonly stays?: boolean;
  readonly change?: Partial<Call>;
  readonly commands?: readonly CallCommand[];
  readonly facts?: readonly CallFact[];
}

/** Between two announcements to a waiting citizen; the timer also mends a lost place in the queue. */
export const COMFORT_EVERY_MS = 30_000;
/** Beyond the switch's own ring timeout, for the case that its word never comes. */
export const RING_GRACE_MS = 2_000;

export const bridgeOf = (call: Call): string => `${call.id}.b`;

export function playing(
  call: Call,
  prompts: readonly string[],
): { change: Partial<Call>; command: CallCommand } {
  const playback = `${call.id}.p${call.playbacksMade + 1}`;
  return {
    change: { playback, playbacksMade: call.playbacksMade + 1 },
    command: { kind: 'play', playback, prompts },
  };
}

export function played(prompts: readonly string[], end: string): CallFact[] {
  return prompts.map((prompt) => ({ type: 'announcementPlayed', prompt, end }));
}

export const agentOf = (leg: Leg | null, change: AgentChange): CallCommand[] =>
  leg?.kind === 'agent' && leg.agentId !== null ? [{ kind: 'agent', agentId: leg.agentId, change }] : [];

export function legEndedFact(leg: Leg | null, how: string): CallFact[] {
  return leg === null ? [] : [{ type: 'legEnded', leg: leg.id, how }];
}

/** The queue that takes this call when a person of the hotline is to answer it. */
export function homeQueue(call: Call): string {
  const { destination } = call.plan;
  return destination.kind === 'queue' ? destination.queue : destination.returnQueue;
}

export function enterQueue(
  context: CallContext,
  place: {
    readonly queue: string;
    readonly priority: number;
    readonly reason: string;
    /** Since when the citizen waits, if not since now. */
    readonly sinceMs?: number;
  },
): Step<'queued'> {
  const { queue, priority, sinceMs = context.nowMs } = place;
  const waiting: Waiting = {
    queue,
    sinceMs,
    priority,
    overflowed: false,
    comfortedMs: context.nowMs,
  };
  return {
    to: 'queued',
    change: { waiting, leg: null, playback: null },
    commands: [{ kind: 'startMusic' }, { kind: 'joinQueue', queue, priority, sinceMs }],
    facts: [{ type: 'queueEntered', queue, reason: place.reason }],
  };
}

/** The talk did not come about: the citizen stands where he stood, and hears music again if that was stopped. */
export function backInPlace(music: 'on' | 'stopped'): Step<'queued'> {
  return {
    to: 'queued',
    change: { leg: null },
    commands: [...(music === 'stopped' ? [{ kind: 'startMusic' } as const] : []), { kind: 'giveBack' }],
  };
}

export function announceReturn(call: Call): Step<'returning'> {
  const { change, command } = playing(call, ['parallel-return']);
  return { to: 'returning', change: { ...change, leg: null }, commands: [command] };
}

/** Whoever hung up first, the citizen hears a good-bye before the line goes. */
export function sayGoodbye(call: Call, releasedBy: Side): Step<'goodbye'> {
  const { change, command } = playing(call, ['goodbye']);
  return {
    to: 'goodbye',
    change: { ...change, leg: null, releasedBy },
    commands: [{ kind: 'destroyBridge', bridge: bridgeOf(call) }, command],
  };
}

/** The citizen's channel is gone: everything that was held for it is let go. */
export function over(call: Call, reason: HangupReason, lost: boolean): Step<'ended'> {
  const { leg, waiting } = call;
  const talking = call.state === 'talking';
  const releasedBy = call.releasedBy ?? (lost ? 'system' : 'caller');
  const bridged = talking || call.state === 'connecting';
  return {
    to: 'ended',
    change: { leg: null, waiting: null, playback: null, releasedBy },
    commands: [
      ...(leg === null ? [] : [{ kind: 'hangupLeg', leg: leg.id, reason: 'normal' } as const]),
      ...(bridged ? [{ kind: 'destroyBridge', bridge: bridgeOf(call) } as const] : []),
      // The place first: only then is the agent's reservation gone and he can be offered the next citizen.
      ...(waiting === null ? [] : [{ kind: 'leaveQueue' } as const]),
      ...agentOf(leg, talking ? { type: 'callOver', queue: homeQueue(call) } : { type: 'withdrawn' }),
    ],
    facts: [
      ...legEndedFact(leg, lost ? 'lost' : 'callerHungUp'),
      ...(waiting === null ? [] : [{ type: 'queueLeft', queue: waiting.queue, how: 'abandoned' } as const]),
      endOf(call, releasedBy, reason),
    ],
  };
}

/** Result and releasing side follow from what happened in which order, never from a cause code (asterisk#963). */
function endOf(call: Call, releasedBy: Side, reason: HangupReason): CallFact {
  const result =
    call.talkedWith === 'agent'
      ? 'answeredByAgent'
      : call.talkedWith === 'unit'
        ? 'answeredByUnit'
        : releasedBy === 'caller'
          ? 'abandoned'
          : 'lost';
  return { type: 'callEnded', releasedBy, result, detail: `${call.state}: ${reason}` };
}
