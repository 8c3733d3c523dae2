import { addDays, overlap } from '../hotlines/register/period.ts';
import { byKey, type CatalogueEntry, dayAfter, type EntryKey, isValidOn } from './entry.ts';
import { type NamedThing, sharedWords } from './names.ts';

export const CATALOGUE_FINDINGS = [
  'overlap',
  'gapInTime',
  'categoryWithoutUnit',
  'endsSoon',
  'wordShared',
  'leadAssists',
] as const;
export type CatalogueFindingCode = (typeof CATALOGUE_FINDINGS)[number];

export interface CatalogueFinding {
  readonly code: CatalogueFindingCode;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly key: EntryKey;
  readonly entries: readonly string[];
  readonly message: { readonly zh: string; readonly en: string };
  readonly cure: { readonly zh: string; readonly en: string };
}

export interface CatalogueContent {
  readonly entries: readonly CatalogueEntry[];
  readonly areas: readonly NamedThing[];
  readonly assets: readonly NamedThing[];
  readonly categories: readonly { readonly code: string; readonly parentCode: string | null }[];
}

const SOON_DAYS = 30;
const NOWHERE: EntryKey = { area: '', category: '', asset: '' };

/** What is wrong with a catalogue on a day: two for one matter, nobody for another. One look at each entry. */
export function lintCatalogue(content: CatalogueContent, day: string): readonly CatalogueFinding[] {
  return [
    ...[...byKey(content.entries).values()].flatMap((ofKey) => lintKey(ofKey, day)),
    ...gaps(content, day),
    ...words(content.areas, 'area'),
    ...words(content.assets, 'asset'),
  ];
}

function lintKey(ofKey: readonly CatalogueEntry[], day: string): CatalogueFinding[] {
  const inOrder = ofKey.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return inOrder.flatMap((entry, index) => {
    const next = inOrder[index + 1];
    const { validTo } = entry;
    const found: CatalogueFinding[] = [];
    if (next !== undefined && overlap(entry, next)) {
      found.push(
        finding('overlap', 'error', [entry, next], {
          zh: `自 ${next.validFrom} 起同时有两条：${entry.leadUnit} 与 ${next.leadUnit}`,
          en: `From ${next.validFrom} two entries stand: ${entry.leadUnit} and ${next.leadUnit}`,
          cureZh: '截止其中一条',
          cureEn: 'Let one of them end',
        }),
      );
    } else if (next !== undefined && validTo !== null && dayAfter(validTo) < next.validFrom) {
      found.push(
        finding('gapInTime', 'warning', [entry, next], {
          zh: `${dayAfter(validTo)} 至 ${next.validFrom} 之前无人负责`,
          en: `Nobody answers for it from ${dayAfter(validTo)} until ${next.validFrom}`,
          cureZh: '让前后两条相接',
          cureEn: 'Let one follow on the other',
        }),
      );
    }
    const ending =
      validTo !== null && next === undefined && validTo >= day && validTo <= addDays(day, SOON_DAYS);
    if (ending) {
      found.push(
        finding('endsSoon', 'notice', [entry], {
          zh: `${validTo} 截止，其后没有条目`,
          en: `It ends on ${validTo} and nothing follows`,
          cureZh: '延长，或登记接续的单位',
          cureEn: 'Extend it, or enter who comes after',
        }),
      );
    }
    if (entry.assistUnits.includes(entry.leadUnit)) {
      found.push(
        finding('leadAssists', 'error', [entry], {
          zh: '主办单位同时列为协办单位',
          en: 'The lead unit is an assisting unit of its own',
          cureZh: '从协办单位中删去',
          cureEn: 'Take it out of the assisting units',
        }),
      );
    }
    return found;
  });
}

/** A lowest category that no entry reaches whatever the place and the thing: whoever dispatches it must guess. */
function gaps({ entries, categories }: CatalogueContent, day: string): CatalogueFinding[] {
  const parents = new Set(categories.map(({ parentCode }) => parentCode));
  const parentOf = new Map(categories.map(({ code, parentCode }) => [code, parentCode]));
  const answered = new Set(
    entries
      .filter((entry) => entry.area === '' && entry.asset === '' && isValidOn(entry, day))
      .map(({ category }) => category),
  );
  if (answered.has('')) return [];
  const isAnswered = (code: string | null): boolean =>
    code !== null && (answered.has(code) || isAnswered(parentOf.get(code) ?? null));
  return categories
    .filter(({ code }) => !parents.has(code) && !isAnswered(code))
    .map(({ code }) => ({
      code: 'categoryWithoutUnit' as const,
      severity: 'warning' as const,
      key: { ...NOWHERE, category: code },
      entries: [],
      message: {
        zh: `分类 ${code} 没有不限区域的负责单位`,
        en: `Nobody answers for category ${code} where no area is named`,
      },
      cure: { zh: '登记该分类或其上级分类的条目', en: 'Enter it, or the category above it' },
    }));
}

function words(things: readonly NamedThing[], what: 'area' | 'asset'): CatalogueFinding[] {
  return [...sharedWords(things)].map(([word, codes]) => ({
    code: 'wordShared' as const,
    severity: 'warning' as const,
    key: { ...NOWHERE, [what]: codes[0] ?? '' },
    entries: [],
    message: {
      zh: `“${word}”同时指 ${codes.join('、')}`,
      en: `"${word}" names ${codes.join(', ')}`,
    },
    cure: { zh: '改用能区分的叫法，如加上乡镇名', en: 'Use words that tell them apart' },
  }));
}

function finding(
  code: CatalogueFindingCode,
  severity: CatalogueFinding['severity'],
  of: readonly [CatalogueEntry, ...CatalogueEntry[]],
  text: { readonly zh: string; readonly en: string; readonly cureZh: string; readonly cureEn: string },
): CatalogueFinding {
  const { area, category, asset } = of[0];
  return {
    code,
    severity,
    key: { area, category, asset },
    entries: of.map(({ id }) => id),
    message: { zh: text.zh, en: text.en },
    cure: { zh: text.cureZh, en: text.cureEn },
  };
}
