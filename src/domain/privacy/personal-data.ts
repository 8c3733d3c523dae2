import { hasIdCardChecksum, hasLuhnChecksum } from './checksums.ts';

/** 身份证号、手机号、固定电话、银行卡号、车牌、诉求人姓名、住址. */
export const PERSONAL_KINDS = [
  'idCard',
  'mobile',
  'landline',
  'bankCard',
  'plate',
  'name',
  'address',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

export const PERSONAL_KIND_NAMES: Readonly<Record<PersonalKind, string>> = {
  idCard: '身份证号',
  mobile: '手机号码',
  landline: '固定电话',
  bankCard: '银行卡号',
  plate: '车牌号',
  name: '诉求人姓名',
  address: '住址',
};

/** Where in a text something stands that tells who somebody is: offsets in UTF-16, `to` exclusive; never the thing itself. */
export interface PersonalDatum {
  readonly kind: PersonalKind;
  readonly from: number;
  readonly to: number;
}

/** What is known of the citizen whom the text answers. */
export interface KnownCitizen {
  readonly name: string;
  readonly number: string;
  /** Where he says that it is, which may be his door; absent: not looked for. */
  readonly place?: string;
}
const NOBODY: KnownCitizen = { name: '', number: '' };

interface Pattern {
  readonly kind: PersonalKind;
  readonly found: RegExp;
  readonly holds?: (digits: string) => boolean;
}

const GAP = '[- ]?';
const grouped = (digits: string, times: number): string => `(?:${digits}${GAP}){${times - 1}}${digits}`;
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领';

/** In this order: what the first has taken the next leaves alone. A number is only an identity card's if its digits check. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'idCard',
    found: new RegExp(`(?<![0-9])${grouped('[0-9]', 17)}${GAP}[0-9Xx](?![0-9A-Za-z])`, 'g'),
    holds: hasIdCardChecksum,
  },
  {
    kind: 'bankCard',
    found: new RegExp(`(?<![0-9])${grouped('[0-9]', 16)}(?:${GAP}[0-9]){0,3}(?![0-9])`, 'g'),
    holds: hasLuhnChecksum,
  },
  {
    kind: 'mobile',
    found: new RegExp(
      `(?<![0-9])(?:(?:\\+|00)?86${GAP})?1[3-9][0-9]${GAP}[0-9]{4}${GAP}[0-9]{4}(?![0-9])`,
      'g',
    ),
  },
  {
    kind: 'landline',
    found: new RegExp(
      `(?<![0-9])(?:(?:\\+|00)86${GAP}[1-9][0-9]{1,2}|0[1-9][0-9]{1,2}|\\(0[1-9][0-9]{1,2}\\))${GAP}[2-8][0-9]{6,7}(?![0-9])`,
      'g',
    ),
  },
  // Seven or eight digits may be anything; behind these words they are a telephone.
  {
    kind: 'landline',
    found: /(?<=(?:电话|座机|拨打|致电|联系)[^0-9，。；\n]{0,6})[2-8][0-9]{6,7}(?![0-9])/g,
  },
  {
    kind: 'plate',
    found: new RegExp(
      `[${PROVINCES}][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Z0-9])`,
      'g',
    ),
  },
  // Down to the door: a street alone is where the matter is, not where somebody lives.
  { kind: 'address', found: /[0-9]{1,4}(?:号楼|幢|栋|座)[^，。；\n]{0,8}?[0-9]{2,5}(?:室|户)/g },
  { kind: 'address', found: /[0-9]{1,3}单元[^，。；\n]{0,4}?[0-9]{2,4}(?:室|户)?/g },
  { kind: 'address', found: /\p{Script=Han}{1,8}村[^，。；\n]{0,4}?[0-9]{1,3}组[0-9]{1,4}号/gu },
];

/**
 * What in a text tells who somebody is, in its order. Deterministic and explainable: a flag is for a person to look at, who
 * confirms or mends; an office's own telephone is flagged as well and then confirmed.
 */
export function findPersonalData(text: string, citizen: KnownCitizen = NOBODY): readonly PersonalDatum[] {
  const plain = inAscii(text);
  const found: PersonalDatum[] = [];
  const take = (kind: PersonalKind, from: number, to: number): void => {
    if (!found.some((other) => from < other.to && other.from < to)) found.push({ kind, from, to });
  };
  // Before the patterns: they would take its last piece alone, and leave the rest to be read.
  const place = inAscii(citizen.place?.trim() ?? '');
  for (const from of occurrences(plain, place, 4)) take('address', from, from + place.length);
  for (const { kind, found: pattern, holds } of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const [piece] = match;
      if (holds?.(piece.replace(/[- ]/g, '')) !== false) take(kind, match.index, match.index + piece.length);
    }
  }
  for (const from of occurrences(plain, inAscii(citizen.number.trim()), 7)) {
    take('mobile', from, from + citizen.number.trim().length);
  }
  const name = citizen.name.trim();
  for (const from of occurrences(text, name, 2)) take('name', from, from + name.length);
  return found.sort((one, other) => one.from - other.from);
}

/** Shorter than `least` says nothing about anybody: 张 stands in many words. */
function* occurrences(text: string, piece: string, least: number): Generator<number> {
  if ([...piece].length < least) return;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) yield at;
}

/** Full-width digits and signs as their ASCII twins, one for one, so that offsets stay. */
const inAscii = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
