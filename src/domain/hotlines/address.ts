/**
 * Reading the user part out of what a carrier writes into To, Diversion (RFC 5806) and History-Info (RFC 7044).
 * Nothing here trusts the text: what cannot be read is left out, never thrown.
 */
export interface HistoryEntry {
  readonly user: string;
  readonly index: string;
}

const MAX_HEADER = 2048;
const MAX_ENTRIES = 32;

/** `"Name" <sip:12319@host;user=phone>;reason=x` -> `12319`; null when there is no user part. */
export function userOf(value: string): string | null {
  const text = value.slice(0, MAX_HEADER);
  const inside = /<([^<>]*)>/.exec(withoutQuoted(text))?.[1] ?? withoutQuoted(text);
  const uri = /^\s*(?:sips?:([^@]*)@|tel:([^;>?]*))/i.exec(inside);
  const raw = uri?.[1] ?? uri?.[2];
  if (raw === undefined) return null;
  // `user;phone-context=+86:password` may all stand before the @.
  const user = decode(raw.split(/[;:]/)[0] ?? '').trim();
  return user === '' ? null : user;
}

/** Diversion headers, topmost (latest forwarding) first; several may share one header, parted by commas. */
export function parseDiversion(headers: readonly string[]): string[] {
  return entries(headers).flatMap((entry) => userOf(entry) ?? []);
}

/** History-Info entries in the order of their index: `1` is what the citizen dialled. */
export function parseHistoryInfo(headers: readonly string[]): HistoryEntry[] {
  return entries(headers)
    .flatMap((entry, position) => {
      const user = userOf(entry);
      const index = /;\s*index\s*=\s*([\d.]{1,40})/i.exec(entry)?.[1] ?? `${position + 1}`;
      return user === null ? [] : [{ user, index }];
    })
    .sort((a, b) => compareIndex(a.index, b.index));
}

function entries(headers: readonly string[]): string[] {
  return headers.flatMap((header) => splitOutside(header.slice(0, MAX_HEADER))).slice(0, MAX_ENTRIES);
}

/** Splits at commas that stand neither in quotes nor in angle brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  let bracket = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted && sign === '\\') {
      part += sign + text.charAt(at + 1);
      at += 1;
      continue;
    }
    if (sign === '"' && !bracket) quoted = !quoted;
    else if (!quoted && sign === '<') bracket = true;
    else if (!quoted && sign === '>') bracket = false;
    if (sign === ',' && !quoted && !bracket) {
      parts.push(part);
      part = '';
    } else {
      part += sign;
    }
  }
  parts.push(part);
  return parts.filter((one) => one.trim() !== '');
}

const withoutQuoted = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"/g, '');

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function compareIndex(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const step = (left[at] ?? -1) - (right[at] ?? -1);
    if (step !== 0) return step;
  }
  return 0;
}
