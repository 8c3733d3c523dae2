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

/**
 * `"Name" <sip:12319@host;user=phone>;reason=x` -> `12319`; null when there is no user part. A local number with a
 * global phone-context (RFC 3966) is made whole with it: `84110001;phone-context=+8621` is a number of Shanghai.
 */
export function userOf(value: string): string | null {
  const text = withoutQuoted(value.slice(0, MAX_HEADER));
  const inside = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  const uri = /^\s*(?:sips?:([^@]*)@|tel:([^>?]*))/i.exec(inside);
  const raw = uri?.[1] ?? uri?.[2];
  if (raw === undefined) return null;
  // `user;phone-context=+86:password` may all stand before the @.
  const [first = '', ...parameters] = raw.split(/[;:]/);
  const user = decode(first).trim();
  if (user === '') return null;
  const context = parameters.flatMap((one) => CONTEXT.exec(decode(one))?.[1] ?? [])[0];
  return context !== undefined && LOCAL_NUMBER.test(user) ? `${context}${user}` : user;
}

/** `+86` alone names no area: that is what the number is short of. */
const CONTEXT = /^\s*phone-context\s*=\s*(\+(?:86\d{2,5}|(?!86)\d{1,7}))\s*$/i;
/** Seven or eight digits say nothing without an area; whatever is longer or shorter is whole as it stands. */
const LOCAL_NUMBER = /^[2-8][\d\-.()\s]{6,12}$/;

/** Diversion headers, topmost (latest forwarding) first; several may share one header, parted by commas. */
export function parseDiversion(headers: readonly string[]): string[] {
  return entries(headers).flatMap((entry) => userOf(entry) ?? []);
}

/** History-Info entries in the order of their index: `1` is what the citizen dialled. */
export function parseHistoryInfo(headers: readonly string[]): HistoryEntry[] {
  return entries(headers)
    .flatMap((entry, position) => {
      const user = userOf(entry);
      const index = /;\s*index\s*=\s*([\d.]{1,40})/i.exec(behindAddress(entry))?.[1] ?? `${position + 1}`;
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

/** The parameters of the entry; those inside the brackets are the address's own. */
function behindAddress(entry: string): string {
  const text = withoutQuoted(entry);
  return text.slice(text.lastIndexOf('>') + 1);
}

/** Without its quoted strings; one that never ends stays, since the number may be all that follows. In one pass. */
function withoutQuoted(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const opens = text.indexOf('"', from);
    const closes = opens < 0 ? -1 : closingQuote(text, opens + 1);
    if (closes < 0) return kept === '' && from === 0 ? text : kept + text.slice(from);
    kept += text.slice(from, opens);
    from = closes + 1;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') return at;
    if (sign === '\\') at += 1;
  }
  return -1;
}

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
