import {
  findPersonalData,
  type KnownCitizen,
  type PersonalDatum,
  type PersonalKind,
} from './personal-data.ts';

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

/** In raw headers any longer run of digits may be somebody's; `isPublic` tells those that are not. */
export function maskedRuns(text: string, isPublic: (digits: string) => boolean = () => false): string {
  return text.replace(/\+?\d{7,}/g, (digits) => (isPublic(digits) ? digits : maskedNumber(digits)));
}

/** 张三 -> 张*; a name is shown with its first character only. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name];
  return rest.length === 0 ? first : `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
}

/** What looks like a number in its middle and is none: UUIDs, and long hexadecimal ids with a letter in them. */
const IDS = [
  /(?<![0-9A-Za-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9A-Za-z])/,
  /(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{16,}(?![0-9A-Za-z])/,
];
/**
 * Mobile and long-distance numbers that stand inside a sentence, a header or an address, in one piece or in groups
 * (138-0013-8000), with the country code or without. A clock value (13 digits) is followed by more digits.
 */
const NUMBERS = [
  /(?<![0-9])(?<![0-9]\.)(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![0-9A-Za-z])/,
  /(?<![0-9A-Za-z-])(?:(?:\+|00)86[- ]?[1-9]\d{1,2}|0\d{2,3})[- ]?\d{7,8}(?![0-9A-Za-z])/,
];
const sources = (of: readonly RegExp[]): string => of.map(({ source }) => source).join('|');
const ID_OR_NUMBER = new RegExp(`(${sources(IDS)})|${sources(NUMBERS)}`, 'gi');

/** Each of them has so many digits in a row; most lines of a log have not. */
const MAYBE_NUMBER = /\d{4}/;

export function maskedText(text: string): string {
  if (!MAYBE_NUMBER.test(text)) return text;
  return text.replace(ID_OR_NUMBER, (found: string, id: string | undefined) => id ?? maskedNumber(found));
}

/** What stands for a person wherever it stands; an address or a name in a text is the text's matter. */
const HIDDEN: ReadonlySet<PersonalKind> = new Set(['idCard', 'mobile', 'landline', 'bankCard', 'plate']);

/** Somebody's own words with the numbers in them hidden. Hiding twice is hiding once. */
export function maskedWords(text: string): string {
  const places = findPersonalData(text).filter(({ kind }) => HIDDEN.has(kind));
  return replaced(text, places, (piece) => hidden(piece));
}

/** A citizen's words as they are quoted to who need not know him: neither numbers nor his name nor anybody's door stands in them. */
export function wordsOfNobody(text: string, citizen: KnownCitizen): string {
  return replaced(text, findPersonalData(text, citizen), (piece, kind) => {
    if (kind === 'name') return '某某';
    return kind === 'address' ? '某处' : hidden(piece);
  });
}

/** `places`: in their order, none over another. */
function replaced(
  text: string,
  places: readonly PersonalDatum[],
  instead: (piece: string, kind: PersonalKind) => string,
): string {
  let told = '';
  let at = 0;
  for (const { kind, from, to } of places) {
    told += text.slice(at, from) + instead(text.slice(from, to), kind);
    at = to;
  }
  return told + text.slice(at);
}

/** Stars at the places that were found when the text was written; as many as there were characters, so that places stay. */
export function blanked(
  text: string,
  places: readonly { readonly from: number; readonly to: number }[],
): string {
  return places.reduce(
    (shown, { from, to }) =>
      shown.slice(0, from) + '*'.repeat(shown.slice(from, to).length) + shown.slice(to),
    text,
  );
}

/** 320****12, 苏F****89: enough to recognise what one knows, too little to learn it. */
const hidden = (piece: string): string =>
  /^\p{Script=Han}/u.test(piece)
    ? `${piece.slice(0, 2)}****${piece.slice(-1)}`
    : `${piece.slice(0, 3)}****${piece.slice(-2)}`;
