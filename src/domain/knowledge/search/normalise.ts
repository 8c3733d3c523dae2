import type { Language } from './language.ts';

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
/** 二十四小时 and 24小时 are one thing; 一号通 is a name. Only before what is counted. */
const COUNTED =
  /([零〇一二两三四五六七八九十百]+)(?=小时|周岁|岁|元|块|天|日内|年|个月|点|路车|度|平方|次|楼)/g;

/** One spelling for all: half width, small letters, simplified characters, digits before what is counted; one blank for all that divides. */
export function normalise(text: string, language: Pick<Language, 'simplified'>): string {
  const plain = language.simplified(text.normalize('NFKC')).toLowerCase();
  return plain
    .replace(/[^\p{Script=Han}\p{L}\p{N}]+/gu, ' ')
    .replace(COUNTED, (numeral) => String(numberOf(numeral) ?? numeral))
    .trim();
}

/** Up to 999; null where the characters do not make a number. */
function numberOf(numeral: string): number | null {
  if (!/[十百]/.test(numeral)) {
    const digits = [...numeral].map((one) => DIGITS[one]);
    return digits.some((digit) => digit === undefined) ? null : Number(digits.join(''));
  }
  const parts = /^(?:(.)?百)?零?(?:(.)?十)?(.)?$/.exec(numeral);
  if (parts === null) return null;
  const [, hundreds, tens, ones] = parts;
  const digit = (word: string | undefined, absent: number): number =>
    word === undefined ? absent : (DIGITS[word] ?? 0);
  return (
    (numeral.includes('百') ? digit(hundreds, 1) * 100 : 0) +
    (numeral.includes('十') ? digit(tens, 1) * 10 : 0) +
    digit(ones, 0)
  );
}
