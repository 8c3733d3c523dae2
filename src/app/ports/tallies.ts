import type { QueueTally } from './live-board.ts';

/** What queues took today, across restarts of call control; losing it loses a screen's figures, not the books'. */
export interface TallyStore {
  read(): Promise<readonly QueueTally[]>;
  save(tally: QueueTally): void;
  drop(code: string): void;
}
