import type { CodeListContent, CodeListId, CodeMapping, CodeTerm } from './code-list.ts';
import { isOutside } from './code-list.ts';
import { type CodeFinding, finding } from './finding.ts';

/** Who still goes by a code. */
export interface CodeUse {
  readonly openTickets: number;
  readonly allTickets: number;
  /** Standing entries of the dispatch catalogue. */
  readonly entries: number;
  /** Knowledge that is told. */
  readonly knowledge: number;
  readonly places: number;
  readonly limits: number;
}

const USE_NAMES: Readonly<Record<keyof CodeUse, readonly [zh: string, en: string]>> = {
  openTickets: ['在办工单', 'open tickets'],
  allTickets: ['全部工单', 'tickets'],
  entries: ['派单目录条目', 'entries of the dispatch catalogue'],
  knowledge: ['知识条目', 'knowledge entries'],
  places: ['场所', 'places'],
  limits: ['单独时限', 'limits of their own'],
};
/** Whose every day goes on: left without a successor they would point nowhere. */
const LIVE = [
  'openTickets',
  'entries',
  'knowledge',
  'places',
  'limits',
] as const satisfies readonly (keyof CodeUse)[];

export interface MappingFacts {
  readonly list: CodeListId;
  readonly draft: CodeListContent;
  /** What it follows on; of somebody else's list: ours, that is mapped to it. */
  readonly base: readonly CodeTerm[];
  /** Codes of editions before the base that stand in it no more, with what they were called. */
  readonly earlier: ReadonlyMap<string, string>;
  readonly uses: ReadonlyMap<string, CodeUse>;
}

/** What is wrong with how the codes of the edition before become those of the draft. */
export function checkMapping(facts: MappingFacts): readonly CodeFinding[] {
  const { list, draft, base } = facts;
  const before = new Map(base.map((one) => [one.code, one]));
  const after = new Map(draft.terms.map((one) => [one.code, one]));
  const common = [
    ...unknown(draft.mapping, before, after),
    ...doubled(draft.mapping),
    ...mains(draft.mapping),
  ];
  if (isOutside(list)) return [...common, ...notMapped(draft.mapping, base)];
  return [
    ...common,
    ...circles(draft.mapping, after),
    ...reused(facts, before),
    ...ended(facts, after),
    ...shrinking(base, after, draft.mapping),
  ];
}

function unknown(
  mapping: readonly CodeMapping[],
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly CodeFinding[] {
  return mapping.flatMap(({ from, to }) => {
    const missing = [...(before.has(from) ? [] : [from]), ...(after.has(to) ? [] : [to])];
    if (missing.length === 0) return [];
    return [
      finding(
        'mappingUnknown',
        'error',
        missing,
        [
          `沿革 ${from} → ${to}：${missing.join('、')} 不存在`,
          `${from} -> ${to}: there is no ${missing.join(', ')}`,
        ],
        [
          '左边写原表的代码，右边写新表的代码',
          'On the left a code of the old list, on the right one of the new',
        ],
      ),
    ];
  });
}

function doubled(mapping: readonly CodeMapping[]): readonly CodeFinding[] {
  const seen = new Set<string>();
  return mapping.flatMap(({ from, to }) => {
    const key = `${from}|${to}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      finding(
        'mappingTwice',
        'error',
        [from, to],
        [`沿革 ${from} → ${to} 重复`, `${from} -> ${to} stands twice`],
        ['只留一条', 'Keep one'],
      ),
    ];
  });
}

function mains(mapping: readonly CodeMapping[]): readonly CodeFinding[] {
  const byFrom = new Map<string, CodeMapping[]>();
  for (const one of mapping) byFrom.set(one.from, [...(byFrom.get(one.from) ?? []), one]);
  return [...byFrom].flatMap(([from, parts]) => {
    const chosen = parts.filter(({ main }) => main);
    if (parts.length === 1 || chosen.length === 1) return [];
    const codes = parts.map(({ to }) => to);
    return [
      finding(
        'mainMissing',
        'error',
        [from, ...codes],
        [
          `${from} 拆分为 ${codes.join('、')}，${chosen.length === 0 ? '没有指明' : '指明了不止一个'}主要承接的代码`,
          `${from} is split into ${codes.join(', ')} with ${chosen.length} main parts`,
        ],
        ['指明其中一个为主：旧工单无从分辨时计入它', 'Name one: what cannot be told apart counts there'],
      ),
    ];
  });
}

/** A became B and B became A: whoever reads a figure cannot know which is meant. Only what still stands can be in one. */
function circles(
  mapping: readonly CodeMapping[],
  after: ReadonlyMap<string, unknown>,
): readonly CodeFinding[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of mapping) {
    if (from !== to && after.has(from)) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const told = new Set<string>();
  const found: CodeFinding[] = [];
  const visit = (code: string, trail: readonly string[]): void => {
    const at = trail.indexOf(code);
    if (at !== -1) {
      const circle = trail.slice(at);
      const key = circle.toSorted().join('|');
      if (!told.has(key)) {
        told.add(key);
        found.push(
          finding(
            'mappingCircle',
            'error',
            circle,
            [
              `沿革成环：${[...circle, code].join(' → ')}`,
              `They become each other: ${[...circle, code].join(' -> ')}`,
            ],
            ['含义变了的用新代码', 'What means something else gets a new code'],
          ),
        );
      }
      return;
    }
    for (const to of next.get(code) ?? []) visit(to, [...trail, code]);
  };
  for (const code of next.keys()) visit(code, []);
  return found;
}

/** A code is for ever what it was: under a new name only when somebody says that it is the same. */
function reused(
  { draft, earlier }: MappingFacts,
  before: ReadonlyMap<string, CodeTerm>,
): readonly CodeFinding[] {
  const stays = new Set(draft.mapping.filter(({ from, to }) => from === to).map(({ from }) => from));
  const leaves = new Set(draft.mapping.filter(({ from, to }) => from !== to).map(({ from }) => from));
  const told = (code: string, zh: string, en: string): CodeFinding =>
    finding(
      'codeReused',
      'error',
      [code],
      [zh, en],
      [
        `只是改名的，登记沿革 ${code} → ${code}；含义不同的，换一个没有用过的代码`,
        `If only the name changed, map ${code} to itself; another meaning gets a code that was never used`,
      ],
    );
  return draft.terms.flatMap(({ code, name }) => {
    if (stays.has(code)) return [];
    if (before.has(code) && leaves.has(code)) {
      const zh = `${code} 已转为其他代码，却仍在新表中，含义不明`;
      return [told(code, zh, `${code} became another code and stands in the new list all the same`)];
    }
    const was = before.get(code)?.name ?? earlier.get(code);
    if (was === undefined || was === name) return [];
    return [told(code, `${code} 原为“${was}”，现为“${name}”`, `${code} was "${was}" and is now "${name}"`)];
  });
}

function ended(
  { draft, base, uses }: MappingFacts,
  after: ReadonlyMap<string, unknown>,
): readonly CodeFinding[] {
  const mapped = new Set(draft.mapping.map(({ from }) => from));
  return base.flatMap(({ code, name }): readonly CodeFinding[] => {
    if (after.has(code) || mapped.has(code)) return [];
    const use = uses.get(code);
    const live = LIVE.filter((what) => (use?.[what] ?? 0) > 0);
    if (live.length > 0) {
      const told = live.map((what) => `${USE_NAMES[what][0]} ${use?.[what]}`);
      const inEnglish = live.map((what) => `${use?.[what]} ${USE_NAMES[what][1]}`);
      return [
        finding(
          'endedInUse',
          'error',
          [code],
          [
            `${code}（${name}）停用而没有沿革，仍在使用：${told.join('，')}`,
            `${code} ends without a successor and is in use: ${inEnglish.join(', ')}`,
          ],
          ['登记由哪个新代码承接', 'Say which new code it becomes'],
        ),
      ];
    }
    if ((use?.allTickets ?? 0) === 0) return [];
    return [
      finding(
        'endedUnmapped',
        'warning',
        [code],
        [
          `${code}（${name}）停用而没有沿革，${use?.allTickets} 件旧工单在今日口径的报表中单列`,
          `${code} ends without a successor; ${use?.allTickets} old tickets stand by themselves in figures by today's list`,
        ],
        ['登记承接的代码，或确认其单列', 'Say which code it becomes, or leave it so'],
      ),
    ];
  });
}

function shrinking(
  base: readonly CodeTerm[],
  after: ReadonlyMap<string, unknown>,
  mapping: readonly CodeMapping[],
): readonly CodeFinding[] {
  const mapped = new Set(mapping.map(({ from }) => from));
  const gone = base.filter(({ code }) => !after.has(code) && !mapped.has(code));
  if (gone.length < 5 || gone.length * 2 <= base.length) return [];
  return [
    finding(
      'shrinks',
      'warning',
      [],
      [
        `原有 ${base.length} 个代码中有 ${gone.length} 个不见了，疑为只导入了一部分`,
        `${gone.length} of ${base.length} codes are gone: was only a part brought in?`,
      ],
      ['导入的须是全表', 'What is brought in is the whole list'],
    ),
  ];
}

function notMapped(mapping: readonly CodeMapping[], base: readonly CodeTerm[]): readonly CodeFinding[] {
  const mapped = new Set(mapping.map(({ from }) => from));
  const parents = new Set(base.map(({ parentCode }) => parentCode));
  const open = base.filter(({ code }) => !parents.has(code) && !mapped.has(code)).map(({ code }) => code);
  if (open.length === 0) return [];
  return [
    finding(
      'notMappedOutside',
      'warning',
      open,
      [
        `${open.length} 个末级代码没有对应：${open.slice(0, 5).join('、')}`,
        `${open.length} lowest codes are not mapped`,
      ],
      ['登记对应的代码，或其上级', 'Map them, or what they lie under'],
    ),
  ];
}
