import type { PauseEvent } from './recording-pause.ts';

/** What concerns a call's recording and not where the call stands: heeded in every state. */
export type RecordingEvent =
  | PauseEvent
  /** Of a call that we make: the switch writes it there, or says why it does not. */
  | { readonly type: 'recordingBegun'; readonly recording: string; readonly fault: string | null }
  /** A segment of staff among themselves is no longer written, or never was. */
  | { readonly type: 'segmentOver'; readonly segment: string; readonly how: 'failed' | 'full' }
  /** The connection to the switch is new, or again. */
  | { readonly type: 'switchThere' };

const RECORDING_EVENTS: Readonly<Record<RecordingEvent['type'], true>> = {
  pauseRecording: true,
  resumeRecording: true,
  recordingPauseOver: true,
  recordingSilenced: true,
  recordingBegun: true,
  segmentOver: true,
  switchThere: true,
};
export const isRecordingEvent = (event: { readonly type: string }): event is RecordingEvent =>
  Object.hasOwn(RECORDING_EVENTS, event.type);
