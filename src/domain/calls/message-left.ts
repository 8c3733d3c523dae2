import type { Call, Message } from './call.ts';
import type { RecordingEnd } from './call-event.ts';
import type { CallFact } from './facts.ts';

/** Nobody saw the end of it: the file tells how long it is. */
export const UNTOLD = { end: 'lost', durationMs: null, spokenMs: null } as const;

export function leftFact(
  { recording, queue }: Message,
  {
    end,
    durationMs,
    spokenMs,
  }: {
    readonly end: RecordingEnd;
    readonly durationMs: number | null;
    readonly spokenMs: number | null;
  },
): CallFact {
  return { type: 'messageLeft', recording: recording ?? '', queue, end, durationMs, spokenMs };
}

/** What is told when the call ends while a message is being spoken, and the switch said no more of it. */
export function leftUntold({ state, message }: Call): CallFact[] {
  return state === 'recording' && message?.recording != null ? [leftFact(message, UNTOLD)] : [];
}
