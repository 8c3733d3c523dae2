import { type Advice, advice, type Said } from '../hotlines/register/advice.ts';
import { isLocalDate } from '../hotlines/register/period.ts';
import type { CatalogueEntry } from './entry.ts';

/** A row as somebody wrote it: codes or names. */
export interface RawEntry {
  readonly area: string;
  readonly category: string;
  readonly asset: string;
  readonly lead: string;
  /** Several with ; or 、 between them. */
  readonly assist: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly basis: string;
}
export type EntryField = keyof RawEntry;

/** What codes and names there are, each name with its code. */
export interface EntryContext {
  readonly units: Names;
  readonly categories: Names;
  readonly areas: Names;
  readonly assets: Names;
  /** Where no first day is given. */
  readonly today: string;
}

export interface Names {
  readonly codes: ReadonlySet<string>;
  /** By name; null: more than one is called so. */
  readonly byName: ReadonlyMap<string, string | null>;
}

export interface EntryRemark extends Advice {
  readonly field: EntryField | null;
  readonly severity: 'refused' | 'note';
}

export type ReadEntry = Omit<CatalogueEntry, 'id' | 'source' | 'sourceRef'>;

const BASIS_MOST = 500;
const ASSIST_MOST = 20;

const UNIT = [
  ['承办单位', 'unit'],
  'units',
  ['写已登记单位的代码或名称', 'The code or the name of a registered unit'],
] as const;
const WHAT = {
  area: [
    ['区域', 'area'],
    'areas',
    ['先登记该区域，或留空表示全域', 'Register it first, or leave it empty for the whole town'],
  ],
  category: [
    ['诉求分类', 'category'],
    'categories',
    ['写分类的代码或名称，或留空表示不限', 'The code or the name of a category, or empty for any'],
  ],
  asset: [
    ['设施', 'asset'],
    'assets',
    ['先登记该设施，或留空表示不限', 'Register it first, or leave it empty for any'],
  ],
  lead: UNIT,
  assist: UNIT,
} as const satisfies Partial<
  Record<EntryField, readonly [what: readonly [string, string], list: keyof EntryContext, right: Said]>
>;

export function namesOf(things: readonly { readonly code: string; readonly name: string }[]): Names {
  const byName = new Map<string, string | null>();
  for (const { code, name } of things) byName.set(name, byName.has(name) ? null : code);
  return { codes: new Set(things.map(({ code }) => code)), byName };
}

/** One row, or why it cannot be taken: all that is wrong with it at once. */
export function readEntry(
  raw: RawEntry,
  context: EntryContext,
): { readonly entry: ReadEntry | null; readonly remarks: readonly EntryRemark[] } {
  const remarks: EntryRemark[] = [];
  const refuse = (field: EntryField, wrong: Said, right: Said): string => {
    remarks.push({ field, severity: 'refused', ...advice(wrong, right) });
    return '';
  };
  const code = (field: keyof typeof WHAT, text: string): string => {
    const [[what, whatEn], list, right] = WHAT[field];
    const { codes, byName } = context[list];
    const word = text.trim();
    if (word === '' || codes.has(word)) return word;
    const known = byName.get(word);
    if (known === null) {
      const wrong: Said = [`有多个${what}叫“${word}”`, `More than one ${whatEn} is called “${word}”`];
      return refuse(field, wrong, ['写代码', 'Write the code']);
    }
    return known ?? refuse(field, [`没有叫“${word}”的${what}`, `No ${whatEn} is called “${word}”`], right);
  };
  const day = (field: 'validFrom' | 'validTo', text: string): string => {
    const word = text.trim().replaceAll('/', '-');
    if (word === '' || isLocalDate(word)) return word;
    return refuse(
      field,
      [`“${text.trim()}”不是日期`, `“${text.trim()}” is no date`],
      ['写作 YYYY-MM-DD，如 2026-12-01', 'YYYY-MM-DD, e.g. 2026-12-01'],
    );
  };
  const leadUnit = code('lead', raw.lead);
  if (raw.lead.trim() === '') refuse('lead', ['没有主办单位', 'There is no lead unit'], UNIT[2]);
  const assist = raw.assist
    .split(/[;；、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (assist.length > ASSIST_MOST) {
    refuse(
      'assist',
      [`协办单位多于 ${ASSIST_MOST} 个`, `More than ${ASSIST_MOST} assisting units`],
      ['只列必需的单位', 'Only those that are needed'],
    );
  }
  const assistUnits = [...new Set(assist.slice(0, ASSIST_MOST).map((one) => code('assist', one)))].filter(
    (one) => one !== '',
  );
  if (leadUnit !== '' && assistUnits.includes(leadUnit)) {
    refuse(
      'assist',
      ['主办单位同时列为协办单位', 'The lead unit is among the assisting units'],
      ['从协办单位中删去', 'Take it out of these'],
    );
  }
  const validFrom = day('validFrom', raw.validFrom) || context.today;
  const validTo = day('validTo', raw.validTo) || null;
  if (validTo !== null && validTo < validFrom) {
    refuse(
      'validTo',
      ['截止日早于生效日', 'The last day is before the first'],
      ['截止日不早于生效日', 'The last day is the first or later'],
    );
  }
  if ([...raw.basis].length > BASIS_MOST) {
    refuse(
      'basis',
      [`依据多于 ${BASIS_MOST} 字`, `The basis has more than ${BASIS_MOST} characters`],
      ['写文件名称和文号', 'The paper’s name and number'],
    );
  }
  const entry: ReadEntry = {
    area: code('area', raw.area),
    category: code('category', raw.category),
    asset: code('asset', raw.asset),
    leadUnit,
    assistUnits,
    validFrom,
    validTo,
    basis: raw.basis.trim(),
  };
  return { entry: remarks.some(({ severity }) => severity === 'refused') ? null : entry, remarks };
}
