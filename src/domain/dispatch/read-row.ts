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

export interface EntryRemark {
  readonly field: EntryField | null;
  readonly severity: 'refused' | 'note';
  readonly wrong: string;
  readonly right: string;
}

export type ReadEntry = Omit<CatalogueEntry, 'id' | 'source' | 'sourceRef'>;

const BASIS_MOST = 500;
const ASSIST_MOST = 20;

const WHAT = {
  area: ['区域', 'areas', '先登记该区域，或留空表示全域'],
  category: ['诉求分类', 'categories', '写分类的代码或名称，或留空表示不限'],
  asset: ['设施', 'assets', '先登记该设施，或留空表示不限'],
  lead: ['承办单位', 'units', '写已登记单位的代码或名称'],
  assist: ['承办单位', 'units', '写已登记单位的代码或名称'],
} as const satisfies Partial<Record<EntryField, readonly [string, keyof EntryContext, string]>>;

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
  const refuse = (field: EntryField, wrong: string, right: string): string => {
    remarks.push({ field, severity: 'refused', wrong, right });
    return '';
  };
  const code = (field: keyof typeof WHAT, text: string): string => {
    const [what, list, right] = WHAT[field];
    const { codes, byName } = context[list];
    const word = text.trim();
    if (word === '' || codes.has(word)) return word;
    const known = byName.get(word);
    if (known === null) return refuse(field, `有多个${what}叫“${word}”`, '写代码');
    return known ?? refuse(field, `没有叫“${word}”的${what}`, right);
  };
  const day = (field: 'validFrom' | 'validTo', text: string): string => {
    const word = text.trim().replaceAll('/', '-');
    if (word === '' || isLocalDate(word)) return word;
    return refuse(field, `“${text.trim()}”不是日期`, '写作 YYYY-MM-DD，如 2026-12-01');
  };
  const leadUnit = code('lead', raw.lead);
  if (raw.lead.trim() === '') refuse('lead', '没有主办单位', '写已登记单位的代码或名称');
  const assist = raw.assist
    .split(/[;；、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (assist.length > ASSIST_MOST) refuse('assist', `协办单位多于 ${ASSIST_MOST} 个`, '只列必需的单位');
  const assistUnits = [...new Set(assist.slice(0, ASSIST_MOST).map((one) => code('assist', one)))].filter(
    (one) => one !== '',
  );
  if (leadUnit !== '' && assistUnits.includes(leadUnit))
    refuse('assist', '主办单位同时列为协办单位', '从协办单位中删去');
  const validFrom = day('validFrom', raw.validFrom) || context.today;
  const validTo = day('validTo', raw.validTo) || null;
  if (validTo !== null && validTo < validFrom) refuse('validTo', '截止日早于生效日', '截止日不早于生效日');
  if ([...raw.basis].length > BASIS_MOST) refuse('basis', `依据多于 ${BASIS_MOST} 字`, '写文件名称和文号');
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
