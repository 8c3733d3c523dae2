import { CONFLICT_MARKS, mergeDrafts } from './draft-merge.ts';
import { storable } from './storable.ts';
import type { TicketType } from './ticket.ts';

export type FieldWords = string | number | boolean | readonly string[] | null;

/** What the ticket is to be put to once there is one: an incident, or one with another ticket of the same matter. */
export interface Belonging {
  readonly to: 'incident' | 'ticket';
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** What an agent has written of an appeal so far; '' where nothing is chosen or typed. */
export interface AppealWords {
  readonly type: TicketType | '';
  readonly subtypeCode: string;
  readonly categoryCode: string;
  readonly tags: readonly string[];
  readonly title: string;
  readonly content: string;
  readonly place: string;
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly urgent: boolean;
  readonly unitCode: string;
  /** 被投诉单位. */
  readonly accusedUnitCode: string;
  /** Of the fields that a category asks for, by their keys. */
  readonly values: Readonly<Record<string, FieldWords>>;
  readonly belongs: Belonging | null;
}

export const NO_WORDS: AppealWords = {
  ...{ type: '', subtypeCode: '', categoryCode: '', tags: [], title: '', content: '', place: '' },
  ...{ citizenName: '', citizenNumber: '', confidential: false, anonymous: false, urgent: false },
  ...{ unitCode: '', accusedUnitCode: '', values: {}, belongs: null },
};

const FIELDS = Object.keys(NO_WORDS) as readonly (keyof AppealWords)[];

/** As it was kept, perhaps by an earlier release that knew fewer fields. */
export const wholeWords = (kept: Partial<AppealWords>): AppealWords => ({ ...NO_WORDS, ...kept });

/** With every text in it as it can be kept, whatever the page sent. */
export const storableWords = (words: AppealWords): AppealWords => storableAll(words) as AppealWords;
function storableAll(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [storable(key), storableAll(one)]));
}

export const sameWords = (one: AppealWords, other: AppealWords): boolean =>
  FIELDS.every((field) => alike(one[field], other[field]));

export const areEmpty = (words: AppealWords): boolean => sameWords(words, NO_WORDS);

export interface MergedWords {
  readonly words: AppealWords;
  /** Fields that both changed otherwise: what was sent last stands; of the content both stand, between marks. */
  readonly conflicts: readonly (keyof AppealWords)[];
}

/**
 * Two that wrote on from the same words, field by field: what one of them changed is changed. Of the content nobody's
 * line is lost, of tags none; of what is chosen or is one line, where both chose otherwise, `mine` stands and the
 * field is named.
 */
export function mergeWords(began: AppealWords, theirs: AppealWords, mine: AppealWords): MergedWords {
  const conflicts: (keyof AppealWords)[] = [];
  const merged = FIELDS.map((field): readonly [string, unknown] => {
    const [was, his, own] = [began[field], theirs[field], mine[field]];
    if (alike(own, was)) return [field, his];
    if (alike(his, was) || alike(his, own)) return [field, own];
    if (field === 'tags') return [field, mergeTags(began.tags, theirs.tags, mine.tags)];
    if (field === 'values') {
      const { values, clash } = mergeValues(began.values, theirs.values, mine.values);
      if (clash) conflicts.push(field);
      return [field, values];
    }
    if (field === 'content') {
      const { text, clash } = mergeContent(began.content, theirs.content, mine.content);
      if (clash) conflicts.push(field);
      return [field, text];
    }
    conflicts.push(field);
    return [field, own];
  });
  const words = Object.fromEntries(merged) as unknown as AppealWords;
  return { words: { ...words, values: filledIn(words.values) }, conflicts };
}

/**
 * One has all that the other has, as when one window went on from what another had sent: nothing is lost by the longer.
 * Who only took away from what both began with is in every longer text as well: he is merged, or his deletion were undone.
 */
function mergeContent(began: string, theirs: string, mine: string): { text: string; clash: boolean } {
  const onlyTookAway = (one: string): boolean => began.includes(one);
  if (theirs.includes(mine) && !onlyTookAway(mine)) return { text: theirs, clash: false };
  if (mine.includes(theirs) && !onlyTookAway(theirs)) return { text: mine, clash: false };
  if (isMarked(began, theirs, mine)) return { text: theirs, clash: true };
  const { text, conflicts } = mergeDrafts(began, theirs, mine);
  return { text, clash: conflicts > 0 };
}

/** Sent again, its answer lost: what clashed stands there between marks already, with all that is new in mine. */
function isMarked(began: string, theirs: string, mine: string): boolean {
  const [before, there] = [new Set(began.split('\n')), new Set(theirs.split('\n'))];
  if (!there.has(CONFLICT_MARKS.end) || before.has(CONFLICT_MARKS.end)) return false;
  return mine.split('\n').every((line) => before.has(line) || there.has(line));
}

function mergeTags(began: readonly string[], theirs: readonly string[], mine: readonly string[]): string[] {
  const taken = new Set(began.filter((tag) => !theirs.includes(tag) || !mine.includes(tag)));
  return [...new Set([...theirs, ...mine])].filter((tag) => !taken.has(tag));
}

type Values = AppealWords['values'];
function mergeValues(began: Values, theirs: Values, mine: Values): { values: Values; clash: boolean } {
  let clash = false;
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const values = [...keys].map((key): readonly [string, FieldWords] => {
    const [was, his, own] = [began[key] ?? null, theirs[key] ?? null, mine[key] ?? null];
    if (alike(own, was)) return [key, his];
    if (!alike(his, was) && !alike(his, own)) clash = true;
    return [key, own];
  });
  return { values: Object.fromEntries(values), clash };
}

const filledIn = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
const fieldsOf = (of: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(of).filter(([, value]) => Array.isArray(of) || value !== null));

/** By what they say, whatever the order in which the database gives the keys of an object. A field of null is not filled in. */
function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  // In a list an empty place is a place; in an object a field of null is not filled in.
  const [mine, his] = [fieldsOf(one), fieldsOf(other)];
  return (
    mine.size === his.size && [...mine].every(([key, value]) => his.has(key) && alike(value, his.get(key)))
  );
}
