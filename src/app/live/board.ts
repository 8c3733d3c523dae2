import type { AgentView, CallView } from '../ports/commands.ts';

/** `live`: call control told us within the last seconds. `away`: what follows is the last that was known. */
export type LiveSource = 'live' | 'away';

/** What the API knows of now. `seq` is the number of the last change that is in it. */
export interface LivePicture {
  readonly seq: number;
  readonly source: LiveSource;
  readonly agents: readonly AgentView[];
  readonly calls: readonly CallView[];
}

export type LiveChange =
  | { readonly kind: 'agent'; readonly agent: AgentView }
  | { readonly kind: 'agentGone'; readonly agentId: string }
  | { readonly kind: 'call'; readonly call: CallView }
  | { readonly kind: 'callGone'; readonly call: CallView }
  | { readonly kind: 'source'; readonly source: LiveSource };

/** Reading side of `LiveBoard`. Numbers grow by one with each change and never repeat within this process. */
export interface LiveBoardReader {
  picture(): LivePicture;
  /** Returns the way to stop listening. */
  onChange(listener: (seq: number, change: LiveChange) => void): () => void;
}
