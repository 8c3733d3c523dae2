/**
 * What staff say among themselves while the citizen does not hear it: a consultation, or a conference that holds him. The
 * citizen's own recording has the music that he hears; this is a recording beside it, on the same time line.
 *
 *   written (two or more of ours are in a bridge without him) -> over (no longer so; or the switch ended it: `ended`)
 */
export interface InternalSegment {
  readonly segment: string;
  readonly bridge: string;
  /** The switch writes it no more though they are still together: it is not begun again under them. */
  readonly ended?: true;
}

/** At the switch, and the name of its file. */
export const recordingName = (callId: string, segment: string): string => `${callId}.${segment}`;
const NAMED = /^(.+)\.(i\d+)$/;

/** The segment of which the switch speaks; null: it is another kind of recording. */
export function segmentNamed(
  recording: string,
): { readonly callId: string; readonly segment: string } | null {
  const [, callId, segment] = NAMED.exec(recording) ?? [];
  return callId === undefined || segment === undefined ? null : { callId, segment };
}
