import type { paths } from '../api/contract.ts';

type Answer<P extends '/v1/agents' | '/v1/calls/live'> =
  paths[P]['get']['responses'][200]['content']['application/json'];

export type AgentSeen = Answer<'/v1/agents'>['agents'][number];
export type CallSeen = Answer<'/v1/calls/live'>['calls'][number];
export type Source = Answer<'/v1/agents'>['source'];

type AtWork = Exclude<AgentSeen['state'], 'SIGNED_OUT'>;

/** A queue as it is now, and its figures of today. WebSocket only, hence not in the contract. */
export interface QueueSeen {
  readonly code: string;
  readonly name: string;
  /** The day that the figures are of, `2026-11-26`. */
  readonly day: string;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Went on to another queue. */
  readonly elsewhere: number;
  readonly waiting: number;
  readonly longestSinceMs: number | null;
  readonly estimateMs: number | null;
  readonly agents: Readonly<Record<AtWork, number>>;
}

/** What a desk wants to know at once: a ticket moved, knowledge was pushed, a task has come. */
export interface NoticeSeen {
  readonly kind: string;
  readonly [detail: string]: unknown;
}

interface Position {
  readonly epoch: string | null;
  readonly seq: number | null;
}

/** Every message also carries `n`, and `seq` where it is a change that call control has numbered. */
export type LiveMessage = { readonly n: number; readonly seq?: number } & (
  | ({
      readonly type: 'snapshot';
      readonly source: Source;
      readonly agents: readonly AgentSeen[];
      readonly calls: readonly CallSeen[];
      readonly queues: readonly QueueSeen[];
    } & Position)
  | ({
      readonly type: 'resumed' | 'beat';
      readonly source: Source;
      readonly heardMs: number | null;
    } & Position)
  | { readonly type: 'source'; readonly source: Source }
  | { readonly type: 'agent'; readonly agent: AgentSeen }
  | { readonly type: 'agentGone'; readonly agentId: string }
  | { readonly type: 'call'; readonly call: CallSeen }
  | { readonly type: 'callGone'; readonly callId: string }
  | { readonly type: 'queue'; readonly queue: QueueSeen }
  | { readonly type: 'queueGone'; readonly code: string }
  | { readonly type: 'notice'; readonly notice: NoticeSeen }
);
