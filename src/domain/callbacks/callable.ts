import { normaliseNumber } from '../hotlines/number.ts';
import { EMERGENCY_NUMBERS } from '../hotlines/register/protected.ts';

export type Callable =
  | { readonly kind: 'callable'; readonly number: string }
  | { readonly kind: 'refused'; readonly why: NotCallable };
/**
 * `withheld`: there is none. `emergency`: 110 and the like ring back by themselves. `foreign`: costs what nobody agreed
 * to. `service`: a short code, 400, 95…: no citizen answers there. `own`: it would come back to us.
 */
export type NotCallable = 'withheld' | 'emergency' | 'foreign' | 'service' | 'own' | 'invalid';

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code (three digits only for 010 and 02x) and seven or eight digits, as no service begins. */
const FIXED = /^(?:0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7})$/;
/** 114, 12318, 95598, 400…: answered by somebody at a known price. Not 16…, which is charged for, nor 17909, which dials on. */
const HOTLINE = /^(?:1[12]\d|1[0-2]\d{3}|9[56]\d{3,4}|[48]00\d{7})$/;
const EMERGENCY: ReadonlySet<string> = new Set(EMERGENCY_NUMBERS.map(({ number }) => number));

/**
 * Whether a citizen can be called at this number, in whatever spelling a carrier or a form gave it: a mobile or a fixed
 * line within the country. Everything else is refused by name; nothing but digits ever comes out.
 */
export function callableNumber(
  raw: string,
  by: { readonly areaCode: string; readonly isOwn: (number: string) => boolean; readonly foreign?: boolean },
): Callable {
  const refused = (why: NotCallable): Callable => ({ kind: 'refused', why });
  if (/^\s*0*\s*$|anonymous|unavailable|restricted|withheld/i.test(raw)) return refused('withheld');
  const number = normaliseNumber(raw, by.areaCode);
  if (number === null) return refused('invalid');
  if (EMERGENCY.has(number) || EMERGENCY.has(withoutAreaCode(number, by.areaCode)))
    return refused('emergency');
  if (by.isOwn(number)) return refused('own');
  if (number.startsWith('00')) {
    return by.foreign === true && /^00\d{6,15}$/.test(number)
      ? { kind: 'callable', number }
      : refused('foreign');
  }
  return MOBILE.test(number) || FIXED.test(number) ? { kind: 'callable', number } : refused('service');
}

/** Whether an agent may bring this number into a talk: whoever can be called as a citizen, and other hotlines. */
export function outsideNumber(raw: string, by: Parameters<typeof callableNumber>[1]): Callable {
  const found = callableNumber(raw, by);
  const number = normaliseNumber(raw, by.areaCode);
  const isHotline =
    found.kind === 'refused' && found.why === 'service' && number !== null && HOTLINE.test(number);
  return isHotline ? { kind: 'callable', number } : found;
}

/** 110 and the like in any spelling, as everybody knows it; null: none of them. */
export function emergencyNumber(raw: string, areaCode: string): string | null {
  const number = normaliseNumber(raw, areaCode);
  if (number === null) return null;
  return [number, withoutAreaCode(number, areaCode)].find((one) => EMERGENCY.has(one)) ?? null;
}

const withoutAreaCode = (number: string, areaCode: string): string =>
  number.startsWith(areaCode) ? number.slice(areaCode.length) : number;
