import type { FallbackCourse } from '../../domain/calls/fallback.ts';
import type { IncomingCall } from './switch.ts';

/** What the dialplan wrote down of a call that it took while call control was away. */
export interface FallbackNote extends FallbackCourse {
  readonly incoming: IncomingCall;
}

export interface FallbackNotes {
  /** All that can be read, calls that go on included. What can never be read is set aside and said in the log. */
  read(): Promise<readonly FallbackNote[]>;
  /** No such note is as good as removed. */
  remove(callId: string): Promise<void>;
}
