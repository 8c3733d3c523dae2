import type { CallStore } from '../ports/call-store.ts';
import type { CallerBooks } from '../ports/caller-books.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { LiveBoard } from '../ports/live-board.ts';
import type { Log } from '../ports/log.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { CallbackPlaces } from './callback-places.ts';
import type { CallerHoursBook } from './caller-hours-book.ts';
import type { LinePaces } from './line-paces.ts';
import type { RecordingHand } from './recording-hand.ts';

/** What the engine leans on. */
export interface EngineParts {
  readonly clock: Clock;
  readonly facts: FactLog;
  readonly board: LiveBoard;
  readonly calls: CallStore;
  readonly callerHours: CallerHoursBook;
  readonly log: Log;
  readonly callers: CallerBooks;
  readonly prompts: PromptStore;
  readonly callbacks: CallbackPlaces;
  readonly recordings: RecordingHand;
  readonly lines: LinePaces;
  newId(): string;
  /** Runs later, in the one line of events. */
  post(work: () => void): void;
  verify(callId: string, epoch: number): void;
}
