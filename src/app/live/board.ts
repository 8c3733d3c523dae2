import type { AgentView } from '../ports/agent-view.ts';
import type { CallView } from '../ports/call-view.ts';
import type { QueueTally } from '../ports/live-board.ts';

/**
 * `live`: call control told us within the last seconds. `switchAway`: it did, but has lost the telephone switch, and
 * what it says of calls is from before. `away`: what follows is the last that was known.
 */
export const LIVE_SOURCES = ['live', 'switchAway', 'away'] as const;
export type LiveSource = (typeof LIVE_SOURCES)[number];

/** Call control's own number of a change; a new epoch is a new writer, or one that was cut off. */
export interface LivePosition {
  readonly epoch: string;
  readonly seq: number;
}

/** What the API knows of now. `seq` is the number of the last change that is in it. */
export interface LivePicture {
  readonly seq: number;
  /** Null: nothing was ever heard. */
  readonly at: LivePosition | null;
  readonly source: LiveSource;
  /** When call control was last heard of; null: never. */
  readonly heardMs: number | null;
  readonly agents: readonly AgentView[];
  readonly calls: readonly CallView[];
  readonly queues: readonly QueueTally[];
}

export type LiveChange =
  | { readonly kind: 'agent'; readonly agent: AgentView }
  | { readonly kind: 'agentGone'; readonly agentId: string }
  | { readonly kind: 'call'; readonly call: CallView }
  | { readonly kind: 'callGone'; readonly call: CallView }
  | { readonly kind: 'queue'; readonly queue: QueueTally }
  | { readonly kind: 'queueGone'; readonly code: string }
  | { readonly kind: 'source'; readonly source: LiveSource };

/** `at`: null where the change was found by comparing pictures, or is none of call control's. */
export type LiveListener = (seq: number, change: LiveChange, at: LivePosition | null) => void;

/** Reading side of `LiveBoard`. Numbers grow by one with each change and never repeat within this process. */
export interface LiveBoardReader {
  picture(): LivePicture;
  /** Returns the way to stop listening. */
  onChange(listener: LiveListener): () => void;
}
