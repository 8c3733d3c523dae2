import type { Call, Leg } from './call.ts';
import type { AgentChange, CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallState } from './call-table.ts';
import type { CallFact } from './facts.ts';

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

export const bridgeOf = (call: Pick<Call, 'id'>): string => `${call.id}.b`;
/** For those of a talk who step aside, with the number of the leg that is rung for it. */
export const asideBridge = ({ id, legsMade }: Pick<Call, 'id' | 'legsMade'>): string =>
  `${id}.b${legsMade + 1}`;

export function playing(
  call: Call,
  prompts: readonly string[],
  whole = false,
): { change: Partial<Call>; command: CallCommand } {
  const playback = `${call.id}.p${call.playbacksMade + 1}`;
  return {
    change: { playback, playbacksMade: call.playbacksMade + 1, saying: prompts },
    command: { kind: 'play', playback, prompts, ...(whole ? { whole } : {}) },
  };
}

export function played(prompts: readonly string[], end: string): CallFact[] {
  return prompts.map((prompt) => ({ type: 'announcementPlayed', prompt, end }));
}

/** What was being played came to its end. */
export const said = (call: Call, end: string): CallFact[] => played(call.saying ?? [], end);

export const stopping = ({ playback }: Call): readonly CallCommand[] =>
  playback === null ? [] : [{ kind: 'stopPlayback', playback }];

export const agentChange = (agentId: string | null, change: AgentChange): CallCommand[] =>
  agentId === null ? [] : [{ kind: 'agent', agentId, change }];

export const agentOf = (leg: Leg | null, change: AgentChange): CallCommand[] =>
  leg?.kind === 'agent' ? agentChange(leg.agentId, change) : [];

export function legEndedFact(leg: Leg | null, how: string): CallFact[] {
  return leg === null ? [] : [{ type: 'legEnded', leg: leg.id, how }];
}

/** The queue that takes this call when a person of the hotline is to answer it. */
export function homeQueue(
  { plan, givenTo }: Pick<Call, 'plan' | 'givenTo'>,
  { generalQueue }: Pick<CallContext, 'generalQueue'>,
): string {
  if (givenTo !== undefined) return givenTo;
  const { destination } = plan;
  switch (destination.kind) {
    case 'queue':
      return destination.queue;
    case 'unit':
    case 'centre':
      return destination.returnQueue;
    case 'goodbye':
      return generalQueue;
    default:
      return destination satisfies never;
  }
}

/** The talk did not come about: the citizen stands where he stood, and hears music again if that was stopped. */
export function backInPlace(music: 'on' | 'stopped'): Step<'queued'> {
  return {
    to: 'queued',
    change: { leg: null },
    commands: [...(music === 'stopped' ? [{ kind: 'startMusic' } as const] : []), { kind: 'giveBack' }],
  };
}
