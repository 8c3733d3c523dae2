import type { IncomingCall } from '../../app/ports/switch.ts';

/** Name of the channel variable in which the dialplan leaves the same line, for a call control that starts later. */
export const CALL_FACTS = 'CALL_FACTS';

/** `incoming`, or `incoming@<epoch ms>` for a citizen who has waited in the dialplan's own queue since then. */
const MARK = /^incoming(?:@(\d{13}))?$/;

/** Whether these are a citizen's call, and not a leg that we made. */
export function isIncoming(fields: readonly string[]): boolean {
  return MARK.test(fields[0] ?? '');
}

/**
 * Reads the line that the dialplan made of the carrier's INVITE: `incoming`, call id, trunk, dialled, caller,
 * recording, To, P-Asserted-Identity, five fields of Diversion, five of History-Info, RDNIS, From; each URI-encoded,
 * several headers of a field with `|` between. Null when it is not one. Fields may be missing at the end: lines of an
 * earlier dialplan are read as well.
 */
export function readIncoming(channel: string, fields: readonly string[]): IncomingCall | null {
  const [mark = '', callId, trunk, dialled, caller, recording, to, asserted] = fields.map(decoded);
  const marked = MARK.exec(mark);
  if (marked === null || callId === undefined || callId === '') return null;
  const [, since] = marked;
  return {
    channel,
    callId,
    trunk: trunk ?? '',
    dialled: dialled ?? '',
    callerNumber: callerNumber(caller ?? ''),
    ...recordingIn(recording ?? ''),
    headers: {
      to: to ?? '',
      pAssertedIdentity: asserted ?? '',
      diversion: headersIn(fields.slice(8, 13)),
      historyInfo: headersIn(fields.slice(13, 18)),
      rdnis: decoded(fields[18] ?? ''),
      from: decoded(fields[19] ?? ''),
    },
    ...(since === undefined ? {} : { waitingSinceMs: Number(since) }),
  };
}

/** Of a leg that was sent to have its recording begun; null: it comes from somewhere else. */
export function readRecorded(
  fields: readonly string[],
): Pick<IncomingCall, 'recording' | 'recordingFault'> | null {
  const [mark, recording = ''] = fields;
  return mark === 'recorded' ? recordingIn(recording) : null;
}

/** A name, nothing, or `!` and why there is none. */
function recordingIn(field: string): Pick<IncomingCall, 'recording' | 'recordingFault'> {
  return field.startsWith('!') ? { recording: '', recordingFault: field.slice(1) } : { recording: field };
}

const headersIn = (fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) => field.split('|').map(decoded)).filter((header) => header !== '');

/** A number is a number: "anonymous", letters and other words of a caller count as withheld. */
function callerNumber(raw: string): string {
  return /^\+?\d{1,20}$/.test(raw) ? raw : '';
}

function decoded(field: string): string {
  try {
    return decodeURIComponent(field);
  } catch {
    // Cut in the middle of a %XX, or bytes that are not UTF-8: what can be read is still worth having.
    return field.replace(/%[0-9A-Fa-f]{2}/g, (code) => {
      const byte = Number.parseInt(code.slice(1), 16);
      return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
    });
  }
}
