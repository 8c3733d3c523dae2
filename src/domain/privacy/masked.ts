/**
 * A number as it may be shown to anybody: 138****5678, 0513****5678, +86138****5678. Short public numbers (12345,
 * 12369, extensions) are nobody's identity and stay; `''` (withheld) stays ''. Invariant 10 of the house.
 */
export function maskedNumber(number: string): string {
  const digits = number.replace(/\D/g, '').length;
  if (digits <= 6) return number;
  const tail = 4;
  const head = Math.max(1, Math.min(number.startsWith('+86') ? 6 : 3, number.length - tail - 3));
  return `${number.slice(0, head)}****${number.slice(-tail)}`;
}

/** 张三 -> 张*; a name is shown with its first character only. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name];
  return rest.length === 0 ? first : `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
}

/** Mobile and long-distance numbers that stand inside a sentence, a header or an address. */
const PERSONAL = /(?<![0-9A-Za-z-])((?:\+?86[- ]?)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![0-9A-Za-z])/g;

export function maskedText(text: string): string {
  return text.replace(PERSONAL, (number) => maskedNumber(number));
}
