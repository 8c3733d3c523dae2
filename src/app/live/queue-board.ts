import type { AgentView } from '../ports/agent-view.ts';
import type { CallView } from '../ports/call-view.ts';
import type { QueueTally } from '../ports/live-board.ts';
import type { LiveChange, LivePicture } from './board.ts';

const STATES = ['NOT_READY', 'READY', 'RINGING', 'TALKING', 'WRAP_UP'] as const;

/** One queue as a screen shows it: what is now, and what was today. */
export interface QueueView extends QueueTally {
  /** Callers for whom nobody has answered yet, those at whom somebody rings among them. */
  readonly waiting: number;
  /** Since when the one who has waited longest waits; a screen counts on by itself. */
  readonly longestSinceMs: number | null;
  /** The longest wait that is still expected of them, as far as it can be believed; null: of none. */
  readonly estimateMs: number | null;
  /** Signed-in agents of this queue by their state. One of several queues stands in each. */
  readonly agents: Readonly<Record<(typeof STATES)[number], number>>;
}
export const QUEUE_AGENT_STATES = STATES;

/**
 * The queues of the picture, kept along its changes: each costs what the change is about, not what the house is large.
 * Only queues that call control has told of are shown.
 */
export class QueueBoard {
  readonly #tallies = new Map<string, QueueTally>();
  readonly #agents = new Map<string, AgentView>();
  readonly #calls = new Map<string, CallView>();
  readonly #waiting = new Map<string, Map<string, Place>>();
  readonly #counts = new Map<string, Record<(typeof STATES)[number], number>>();

  constructor({ agents, calls, queues }: Pick<LivePicture, 'agents' | 'calls' | 'queues'>) {
    for (const queue of queues) this.take({ kind: 'queue', queue });
    for (const agent of agents) this.take({ kind: 'agent', agent });
    for (const call of calls) this.take({ kind: 'call', call });
  }

  /** The queues that look other now. */
  take(change: LiveChange): readonly string[] {
    switch (change.kind) {
      case 'agent':
        return this.#moveAgent(change.agent.agentId, change.agent);
      case 'agentGone':
        return this.#moveAgent(change.agentId, null);
      case 'call':
        return this.#moveCall(change.call.callId, change.call);
      case 'callGone':
        return this.#moveCall(change.call.callId, null);
      case 'queue':
        this.#tallies.set(change.queue.code, change.queue);
        return [change.queue.code];
      case 'queueGone':
        this.#tallies.delete(change.code);
        return [];
      case 'source':
        return [];
      default:
        return change satisfies never;
    }
  }

  view(code: string): QueueView | null {
    const tally = this.#tallies.get(code);
    if (tally === undefined) return null;
    const waiting = this.#waiting.get(code);
    let longestSinceMs: number | null = null;
    let estimateMs: number | null = null;
    for (const place of waiting?.values() ?? []) {
      longestSinceMs = Math.min(longestSinceMs ?? place.sinceMs, place.sinceMs);
      if (place.estimateMs !== null) estimateMs = Math.max(estimateMs ?? 0, place.estimateMs);
    }
    const agents = { ...this.#countsOf(code) };
    return { ...tally, waiting: waiting?.size ?? 0, longestSinceMs, estimateMs, agents };
  }

  views(): readonly QueueView[] {
    return [...this.#tallies.keys()].sort().flatMap((code) => this.view(code) ?? []);
  }

  #moveAgent(agentId: string, agent: AgentView | null): readonly string[] {
    const before = this.#agents.get(agentId) ?? null;
    if (agent === null) this.#agents.delete(agentId);
    else this.#agents.set(agentId, agent);
    const same =
      before !== null &&
      agent !== null &&
      before.state === agent.state &&
      before.queues.join() === agent.queues.join();
    if (same) return [];
    this.#countAgent(before, -1);
    this.#countAgent(agent, 1);
    return [...new Set([...(before?.queues ?? []), ...(agent?.queues ?? [])])];
  }

  #countAgent(agent: AgentView | null, by: 1 | -1): void {
    if (agent === null || agent.state === 'SIGNED_OUT') return;
    for (const code of agent.queues) this.#countsOf(code)[agent.state] += by;
  }

  #moveCall(callId: string, call: CallView | null): readonly string[] {
    const before = this.#calls.get(callId) ?? null;
    if (call === null) this.#calls.delete(callId);
    else this.#calls.set(callId, call);
    const [was, is] = [placeOf(before), placeOf(call)];
    if (FIELDS.every((field) => was?.[field] === is?.[field])) return [];
    if (was !== null) this.#waiting.get(was.queue)?.delete(callId);
    if (is !== null) {
      const waiting = this.#waiting.get(is.queue) ?? new Map<string, Place>();
      this.#waiting.set(is.queue, waiting.set(callId, is));
    }
    return [...new Set([was, is].flatMap((place) => place?.queue ?? []))];
  }

  #countsOf(code: string) {
    const known = this.#counts.get(code);
    if (known !== undefined) return known;
    const none = { NOT_READY: 0, READY: 0, RINGING: 0, TALKING: 0, WRAP_UP: 0 };
    this.#counts.set(code, none);
    return none;
  }
}

interface Place {
  readonly queue: string;
  readonly sinceMs: number;
  readonly estimateMs: number | null;
}
const FIELDS = ['queue', 'sinceMs', 'estimateMs'] as const satisfies readonly (keyof Place)[];

function placeOf(call: CallView | null): Place | null {
  if (call?.queue == null || call.waitingSinceMs == null) return null;
  return { queue: call.queue, sinceMs: call.waitingSinceMs, estimateMs: call.waiting?.estimateMs ?? null };
}
