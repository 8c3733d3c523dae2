/**
 * One spelling for one telephone: short codes and mobiles bare (`12345`, `13800138000`), fixed lines with their area
 * code (`051384110001`), foreign numbers with `00`. Carriers hand the same number over in all of the other spellings.
 * Idempotent.
 */
export type NumberReading =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'invalid'; readonly why: 'empty' | 'characters' | 'length' };

const SHORT_CODE = /^(1[12]\d|1[0-2]\d{3,4}|9[56]\d{3,6})$/;
const MOBILE = /^1[3-9]\d{9}$/;
const LOCAL = /^[2-8]\d{6,7}$/;
const SERVICE = /^[48]00\d{7}$/;
const SEPARATORS = /[\s\-.()]/g;
/** More rewriting than this means a nonsensical pile of prefixes; the result is then kept as it stands. */
const MAX_PASSES = 8;

export function readNumber(raw: string, areaCode: string): NumberReading {
  const compact = raw.replace(SEPARATORS, '');
  if (compact === '') return { kind: 'invalid', why: 'empty' };
  if (!/^\+?\d+$/.test(compact)) return { kind: 'invalid', why: 'characters' };
  const digits = compact.startsWith('+') ? international(compact.slice(1)) : compact;
  // Before the passes: a pile of prefixes longer than any number is refused, not shaved down to one.
  if (digits.length < 3 || digits.length > 20) return { kind: 'invalid', why: 'length' };
  let number = digits;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = domestic(number, areaCode);
    if (next === number) break;
    number = next;
  }
  return number.length < 3 ? { kind: 'invalid', why: 'length' } : { kind: 'number', number };
}

/** The number, or null when the text is none. */
export function normaliseNumber(raw: string, areaCode: string): string | null {
  const reading = readNumber(raw, areaCode);
  return reading.kind === 'number' ? reading.number : null;
}

function international(digits: string): string {
  return digits.startsWith('86') ? national(digits.slice(2)) : `00${digits}`;
}

/** A number as written behind +86: without the 0 of its area code, though many write it all the same. */
function national(digits: string): string {
  if (digits.startsWith('0') || bare(digits)) return digits;
  return digits === '' ? digits : `0${digits}`;
}

const bare = (digits: string): boolean =>
  SHORT_CODE.test(digits) || MOBILE.test(digits) || SERVICE.test(digits);

function domestic(digits: string, areaCode: string): string {
  if (digits.startsWith('0086')) return national(digits.slice(4));
  if (digits.startsWith('00')) return digits;
  // 86 without + or 00: only where a local number of that beginning is too short to be meant.
  if (digits.startsWith('86') && digits.length >= 12) return national(digits.slice(2));
  if (digits.startsWith(`86${areaCode.slice(1)}`) && SHORT_CODE.test(digits.slice(areaCode.length + 1))) {
    return digits.slice(areaCode.length + 1);
  }
  if (digits.startsWith('0')) {
    if (MOBILE.test(digits.slice(1))) return digits.slice(1);
    const behind = digits.startsWith(areaCode) ? digits.slice(areaCode.length) : '';
    return SHORT_CODE.test(behind) ? behind : digits;
  }
  return LOCAL.test(digits) && !bare(digits) ? `${areaCode}${digits}` : digits;
}
