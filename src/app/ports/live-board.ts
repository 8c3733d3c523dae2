import type { AgentView } from './agent-view.ts';
import type { CallView } from './call-view.ts';

/** What one queue took on a local day. offered = answered + abandoned + elsewhere + those who wait. */
export interface QueueTally {
  readonly code: string;
  readonly name: string;
  readonly day: string;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Went on to another queue. */
  readonly elsewhere: number;
}

/** Live pictures, fanned out to the API's WebSockets and kept for reading; losing them loses nothing that must last. */
export interface LiveBoard {
  agent(view: AgentView): void;
  call(view: CallView): void;
  callGone(callId: string): void;
  queue(tally: QueueTally): void;
  queueGone(code: string): void;
  /** Whether the telephone switch is there: without it what is told of calls is from before. */
  switchSeen(isThere: boolean): void;
}
