import { advice, type Said } from '../../hotlines/register/advice.ts';
import { isLocalDate } from '../../hotlines/register/period.ts';
import { type EntryContent, isWebAddress, tidyContent } from '../entry.ts';
import { EMPTY, type FieldFault, noDate, notNamed, type PlaceContext, WHATS } from '../places/place.ts';

export const ENTRY_FIELDS = [
  'code',
  'question',
  'asks',
  'answer',
  'message',
  'public_text',
  'internal_text',
  'public',
  'basis',
  'unit',
  'category',
  'area',
  'line',
  'valid_from',
  'valid_to',
] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

export interface EntryContext extends PlaceContext {
  readonly lines: ReadonlySet<string>;
}

export interface EntryRow {
  readonly ownerUnit: string;
  readonly content: EntryContent;
}

/** Where a column's words stand in an entry. */
const WRITTEN_IN = {
  question: 'question',
  asks: 'otherWays',
  answer: 'answer',
  message: 'message',
  public_text: 'publicText',
  internal_text: 'internalText',
  public: 'isPublic',
  basis: 'basis',
  category: 'categories',
  area: 'areas',
  line: 'lines',
} as const satisfies Partial<Record<EntryField, keyof EntryContent>>;

/** In which column of a file a field of an entry stands, to tell a clerk where to look. */
export const columnOf = (field: keyof EntryContent): EntryField => {
  const found = Object.entries(WRITTEN_IN).find(([, name]) => name === field)?.[0];
  return (found as keyof typeof WRITTEN_IN | undefined) ?? (field === 'validTo' ? 'valid_to' : 'code');
};

/** The words of an entry that a file can change. */
export type StandingWords = Omit<EntryContent, 'validFrom' | 'attachments'>;

/**
 * What a line makes of an entry that stands: where the file has no column, its words stay as they are at this moment, whatever
 * they were when the file was read. An end that is over stays with the version whose it was.
 */
export function overStanding(
  standing: StandingWords,
  wanted: EntryContent,
  given: ReadonlySet<string>,
): EntryContent {
  const kept = Object.entries(WRITTEN_IN)
    .filter(([column]) => !given.has(column))
    .map(([, field]) => [field, standing[field]]);
  const { validTo } = standing;
  const end =
    given.has('valid_to') || (validTo !== null && validTo < wanted.validFrom) ? wanted.validTo : validTo;
  return { ...wanted, ...Object.fromEntries(kept), validTo: end };
}

/** What is not said to be public is not: a word that nobody knows is asked about and not guessed. */
const PUBLIC: ReadonlyMap<string, boolean> = new Map([
  ...['是', '公开', '1', 'y', 'yes', 'true'].map((word): [string, boolean] => [word, true]),
  ...['', '否', '不公开', '内部', '0', 'n', 'no', 'false'].map((word): [string, boolean] => [word, false]),
]);
const split = (text: string): string[] =>
  text
    .split(/[;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** An entry as a line of a file has it, or all that is wrong with it at once. */
export function readEntryRow(
  raw: Partial<Readonly<Record<EntryField, string>>>,
  context: EntryContext,
): { readonly row: EntryRow } | { readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const text = (field: EntryField): string => (raw[field] ?? '').trim();
  const fault = (field: EntryField, wrong: Said, right: Said): void =>
    void faults.push({ field, ...advice(wrong, right) });
  const codes = (field: keyof typeof WHATS, known: ReadonlyMap<string, string>): string[] =>
    split(text(field)).flatMap((word) => {
      const code = known.get(word);
      if (code !== undefined) return [code];
      fault(field, ...notNamed(word, WHATS[field]));
      return [];
    });
  const day = (field: 'valid_from' | 'valid_to'): string => {
    const word = text(field).replaceAll('/', '-');
    if (word === '' || isLocalDate(word)) return word;
    fault(field, ...noDate(text(field)));
    return '';
  };
  const [ownerUnit = '', ...others] = codes('unit', context.units);
  if (text('unit') === '')
    fault('unit', EMPTY, ['写负责该条目的单位', 'The unit that answers for the entry']);
  if (others.length > 0)
    fault('unit', ['写了几个单位', 'There are several units'], ['只写一个', 'One of them']);
  const lines = split(text('line'));
  for (const line of lines) {
    if (!context.lines.has(line))
      fault(
        'line',
        [`没有登记号码 ${line}`, `No number ${line} is registered`],
        ['写登记簿中的号码，或留空', 'A number of the register, or empty'],
      );
  }
  const isPublic = PUBLIC.get(text('public').toLowerCase());
  if (isPublic === undefined)
    fault(
      'public',
      [`“${text('public')}”不是是或否`, `“${text('public')}” is neither yes nor no`],
      ['写“是”或“否”，空为否', '“yes” or “no”; empty is no'],
    );
  const basis = split(text('basis')).map(basisOf);
  for (const { link } of basis) {
    if (link !== '' && !isWebAddress(link))
      fault(
        'basis',
        [`“${link}”不是网址`, `“${link}” is no address of a page`],
        ['链接以 https:// 开头，或留空', 'A link begins with https://, or there is none'],
      );
  }
  const content: EntryContent = {
    question: text('question'),
    otherWays: split(text('asks')),
    answer: text('answer'),
    message: text('message'),
    publicText: text('public_text'),
    internalText: text('internal_text'),
    isPublic: isPublic ?? false,
    basis,
    categories: codes('category', context.categories),
    areas: codes('area', context.areas),
    lines,
    validFrom: day('valid_from') || context.today,
    validTo: day('valid_to') || null,
    attachments: [],
  };
  const tidy = tidyContent(content);
  if ('fault' in tidy && faults.length === 0) faults.push(told(tidy.fault));
  if (faults.length > 0 || 'fault' in tidy) return { faults };
  return { row: { ownerUnit, content: tidy.content } };
}

/** 文件｜条款｜链接, what is missing left out. */
function basisOf(text: string): EntryContent['basis'][number] {
  const [document = '', clause = '', link = ''] = text.split(/[|｜]/).map((one) => one.trim());
  return { document, clause, link };
}

function told(fault: Extract<ReturnType<typeof tidyContent>, { fault: unknown }>['fault']): FieldFault {
  switch (fault.code) {
    case 'knowledge.textMissing':
      return { field: fault.data.field, ...advice(EMPTY, ['必须填写', 'It has to be']) };
    case 'knowledge.textTooLong':
      return {
        field: fault.data.field,
        ...advice(
          [`有 ${fault.data.length} 字`, `It has ${fault.data.length} characters`],
          [`不超过 ${fault.data.max} 字`, `${fault.data.max} at most`],
        ),
      };
    case 'knowledge.tooMany':
      return {
        field: fault.data.field,
        ...advice(
          ['项数过多', 'Too many of them'],
          [`不超过 ${fault.data.max} 项`, `${fault.data.max} at most`],
        ),
      };
    case 'knowledge.datesReversed':
      return {
        field: 'valid_to',
        ...advice(
          ['截止日早于生效日', 'The last day is before the first'],
          ['截止日不早于生效日', 'The last day is the first or later'],
        ),
      };
    default:
      return fault satisfies never;
  }
}

export function writeEntryRow(code: string, row: EntryRow): readonly string[] {
  const line = entryLine(code, row);
  return ENTRY_FIELDS.map((field) => line[field]);
}

/** By column what a file would say of it. */
export function entryLine(
  code: string,
  { ownerUnit, content }: EntryRow,
): Readonly<Record<EntryField, string>> {
  return {
    code,
    question: content.question,
    asks: content.otherWays.join(';'),
    answer: content.answer,
    message: content.message,
    public_text: content.publicText,
    internal_text: content.internalText,
    public: content.isPublic ? '是' : '否',
    basis: content.basis
      .map(({ document, clause, link }) => [document, clause, link].join('|').replace(/\|+$/, ''))
      .join(';'),
    unit: ownerUnit,
    category: content.categories.join(';'),
    area: content.areas.join(';'),
    line: content.lines.join(';'),
    valid_from: content.validFrom,
    valid_to: content.validTo ?? '',
  };
}
