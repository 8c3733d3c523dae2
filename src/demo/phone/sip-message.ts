/** SIP messages (RFC 3261), as far as a telephone on the same machine needs them. */
export interface SipMessage {
  /** Null in a response. */
  readonly method: string | null;
  readonly uri: string;
  /** Null in a request. */
  readonly status: number | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
};

/** Null for what is no SIP message: keep-alives, garbage. */
export function parseSip(text: string): SipMessage | null {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    const name = line.slice(0, colon).trim().toLowerCase();
    return [[COMPACT[name] ?? name, line.slice(colon + 1).trim()]];
  });
  const body = rest.join('\r\n\r\n');
  const response = /^SIP\/2\.0 (\d{3})/.exec(start);
  if (response !== null) return { method: null, uri: '', status: Number(response[1]), headers, body };
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start);
  if (request === null) return null;
  return { method: request[1] ?? '', uri: request[2] ?? '', status: null, headers, body };
}

export function header(message: SipMessage, name: string): string {
  return message.headers.find(([one]) => one === name)?.[1] ?? '';
}

export function headersNamed(message: SipMessage, name: string): readonly string[] {
  return message.headers.flatMap(([one, value]) => (one === name ? [value] : []));
}

export const tagOf = (value: string): string => /;\s*tag=([^;>\s]+)/i.exec(value)?.[1] ?? '';
export const uriOf = (value: string): string => /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '';
/** User part, `1001` of `"Name" <sip:1001@host>`. */
export const userOf = (value: string): string => /sips?:([^@;>]*)@/i.exec(value)?.[1] ?? '';

export function formatSip(
  start: string,
  headers: readonly (readonly [string, string])[],
  body: string,
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [start, ...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  405: 'Method Not Allowed',
  480: 'Temporarily Unavailable',
  481: 'Call Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  503: 'Service Unavailable',
  603: 'Decline',
};
export const reasonOf = (status: number): string => REASONS[status] ?? 'Refused';

/** What we offer: A-law both ways at this port. */
export function sdpOf(host: string, port: number): string {
  return [
    'v=0',
    `o=- ${port} 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8`,
    'a=rtpmap:8 PCMA/8000',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

/** Where the other side wants its sound. */
export function mediaOf(sdp: string): { readonly host: string; readonly port: number } | null {
  const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
  return host === undefined || !Number.isInteger(port) || port === 0 ? null : { host, port };
}
