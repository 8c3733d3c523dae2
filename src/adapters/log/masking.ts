import { maskedNumber, maskedText } from '../../domain/privacy/masked.ts';

/**
 * The one serializer that every log line passes, whatever role wrote it. By the field's name: secrets and keyed
 * digits never appear, numbers of people appear masked. By the text: numbers inside messages are masked as well.
 */
const NEVER =
  /^(dtmf|digits?|typed_?ahead|last_?four|buffer)$|(password|passwd|secret|token|authorization|cookie|api[_-]?key|(password|token)[_-]?hash)$/i;
const NUMBER =
  /^(number|caller|callee|(caller|citizen|unit|called|from|to|connected|phone)_?(number|id)?|diversion|history_?info|p_?asserted_?identity|cnum)$/i;
const HIDDEN = '[hidden]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

export function masked(value: unknown, key = '', depth = 0): unknown {
  if (NEVER.test(key) && value !== null && value !== undefined) return HIDDEN;
  // A number of a citizen that lost its quotes; a count or an extension is short.
  if (typeof value === 'number' && NUMBER.test(key)) {
    const shown = maskedNumber(String(value));
    return shown === String(value) ? value : shown;
  }
  if (typeof value === 'string') {
    const whole = value.trim();
    return NUMBER.test(key) && /^\+?[\d -]+$/.test(whole) ? maskedNumber(whole) : maskedText(scrubbed(value));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((one) => masked(one, key, depth + 1));
  if (value instanceof Error) return maskedError(value, depth);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, inner]) => [name, masked(inner, name, depth + 1)]),
  );
}

function maskedError(error: Error, depth: number): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return {
    type: error.name,
    ...code,
    message: maskedText(scrubbed(error.message)),
    stack: maskedText(scrubbed(error.stack ?? '')),
    ...(error.cause === undefined ? {} : { cause: masked(error.cause, 'cause', depth + 1) }),
  };
}

/** Credentials that ride in addresses: postgres://user:password@…, ?api_key=user:password. */
function scrubbed(text: string): string {
  return text
    .replace(/(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g, `$1:${HIDDEN}@`)
    .replace(/([?&][\w-]*(?:api_?key|token|password|secret)=)[^&\s"']+/gi, `$1${HIDDEN}`)
    .replace(/\b(Bearer|Basic)\s+[\w+/=.~-]+/g, `$1 ${HIDDEN}`);
}
