// A follower on WeChat has no telephone until he gives it: what he calls his own. Whoever's number it is reads every step and
// follows the ticket: of whom is complained must not (a report names his number as often as the writer's own).

const WRITTEN = String.raw`(?:\+?86[ -]?)?(1[3-9]\d(?:[ -]?\d{4}){2})`;
const ANY_NUMBER = new RegExp(String.raw`(?<!\d)${WRITTEN}(?!\d)`, 'g');
/** 我的电话, 本人手机号, 联系电话: 物业电话 and 诈骗电话 are another's. */
const CALLED =
  '(?:请|麻烦)?(?:拨?打)?(?:(?:我|本人)的?(?:联系)?(?:电话|手机|号码|方式)|联系(?:电话|手机|方式|我|本人))号?码?[是为]?';
/** As he may copy our own words 请回复“我的电话”加上手机号码: with the marks and the “plus”. */
const BETWEEN = String.raw`[\s:,+"'“”‘’「」『』]*`;
const PLUS = `${BETWEEN}(?:加上?)?(?:(?:手机|电话)号码?)?${BETWEEN}`;
/** At the beginning of what is said, and the number right behind. */
const CALLED_HIS = new RegExp(String.raw`(?<![\p{L}\p{N}])${CALLED}${PLUS}${WRITTEN}(?![\p{L}\p{N}])`, 'u');
const GREETING = '(?:您好|你好|谢谢您?|多谢|感谢)';
/** Compared with letters and digits alone. */
const NOTHING_ELSE = new RegExp(
  String.raw`^(?:${GREETING}|工单|编号)*${CALLED}(?:加上?)?(?:(?:手机|电话)号码?)?(?:86)?(1[3-9]\d{9})${GREETING}*$`,
  'u',
);

/** What looks like a ticket's number in a text of NFKC, `RD20261127-000123`. */
export const TICKET_NUMBER = /(?<![A-Z0-9])[A-Z]{1,8}\d{8}-\d{6,9}(?!\d)/gi;

/** The mobile number that a text calls its writer's, where it names no other. '': none. */
export function ownNumberIn(text: string): string {
  const plain = text.normalize('NFKC');
  const bare = (number: string | undefined): string => (number ?? '').replace(/[ -]/g, '');
  const numbers = new Set([...plain.matchAll(ANY_NUMBER)].map(([, number]) => bare(number)));
  if (numbers.size !== 1) return nothingButOwnNumber(text);
  return bare(CALLED_HIS.exec(plain)?.[1]) || nothingButOwnNumber(text);
}

/**
 * The same of a text that says nothing else, a greeting, thanks and the number of a ticket apart: that is no appeal, but the
 * answer to what he was asked. '': it says more, or none.
 */
export function nothingButOwnNumber(text: string): string {
  const signs = text
    .normalize('NFKC')
    .replace(TICKET_NUMBER, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return NOTHING_ELSE.exec(signs)?.[1] ?? '';
}
