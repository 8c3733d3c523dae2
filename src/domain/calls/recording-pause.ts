/**
 * While sensitive data is said (a card number, a password), the recording goes on in silence: the time line stays whole
 * and the gap is explained. A region beside the states of the call:
 *
 *   recording -> paused (asked by the agent who talks) -> recording (asked; time up; that agent no longer talks; end)
 *
 * It never outlasts its time by itself, nor the agent who asked for it.
 */
export interface RecordingPause {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly agentId: string;
  readonly reason: string;
}

/** As long as a card number takes, twice. */
export const PAUSE_MS = 60_000;
export const PAUSE_AT_MOST_MS = 180_000;

export type PauseEvent =
  | {
      readonly type: 'pauseRecording';
      readonly agentId: string;
      readonly reason: string;
      readonly forMs: number;
    }
  | { readonly type: 'resumeRecording' }
  | { readonly type: 'recordingPauseOver'; readonly untilMs: number }
  /** The switch writes silence (or no longer). */
  | { readonly type: 'recordingSilenced'; readonly silent: boolean };
