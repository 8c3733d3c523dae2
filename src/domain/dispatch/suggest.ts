import type { CatalogueEntry } from './entry.ts';
import { type Experience, type Learned, learn } from './experience.ts';
import { type Matter, responsibleOn } from './responsible.ts';

export const SUGGESTIONS_SHOWN = 3;

/** Why a unit is suggested, or stands lower than it would. */
export const REASON_KINDS = [
  'catalogue',
  'adjudication',
  'assists',
  'thread',
  'earlier',
  'precedent',
  'learned',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

export interface SuggestionReason {
  readonly kind: ReasonKind;
  readonly points: number;
  readonly words: { readonly zh: string; readonly en: string };
  /** The entry, ticket or decision that it rests on. */
  readonly ref: string | null;
}

export interface Suggestion {
  readonly unitCode: string;
  /** Who is to help, by the entry that names this unit. */
  readonly assistUnits: readonly string[];
  readonly points: number;
  /** The weightiest first. */
  readonly reasons: readonly SuggestionReason[];
}

/** What codes are called by people; a code without a name stands for itself. */
export interface MatterNames {
  readonly category: ReadonlyMap<string, string>;
  readonly area: ReadonlyMap<string, string>;
  readonly asset: ReadonlyMap<string, string>;
  readonly unit: ReadonlyMap<string, string>;
}

export interface SuggestionFacts {
  readonly matter: Matter;
  readonly names: MatterNames;
  /** Local day and instant that it is asked for. */
  readonly day: string;
  readonly now: number;
  readonly entries: readonly CatalogueEntry[];
  readonly experience: readonly Experience[];
  /** Tickets of the same thread, whoever's and however old, that a unit has handled. */
  readonly thread: readonly { readonly number: string; readonly unitCode: string; readonly at: number }[];
  /** Tickets of the same citizen and kind that a unit has handled. */
  readonly earlier: readonly { readonly number: string; readonly unitCode: string; readonly at: number }[];
  /** Decisions about this kind of matter. */
  readonly precedents: readonly { readonly number: string; readonly unitCode: string; readonly at: number }[];
  /** Who has returned this very ticket: not asked twice. */
  readonly returnedBy: readonly string[];
}

/** The nearest entry, and what each further one counts less. */
const CATALOGUE_POINTS = [60, 40, 25] as const;
const FURTHER_POINTS = 10;
const DECISION_POINTS = 20;
const ASSIST_POINTS = 10;
const THREAD_POINTS = 30;
const EARLIER_POINTS = 25;
const PRECEDENT_POINTS = 15;

/**
 * The three units that are likeliest to answer for a matter, each with its reasons in words. Pure: the same facts give
 * the same answer in the same order.
 */
export function suggestUnits(facts: SuggestionFacts): readonly Suggestion[] {
  const { matter, names, day, now, returnedBy } = facts;
  const reasons = new Map<string, SuggestionReason[]>();
  const assists = new Map<string, readonly string[]>();
  const places = new Map<string, number>();
  const say = (unitCode: string, reason: SuggestionReason): void => {
    reasons.set(unitCode, [...(reasons.get(unitCode) ?? []), reason]);
  };
  const applying = responsibleOn(facts.entries, matter, day);
  const leads = applying.filter(
    ({ leadUnit }, index) => applying.findIndex((one) => one.leadUnit === leadUnit) === index,
  );
  for (const [place, entry] of leads.entries()) {
    const { leadUnit } = entry;
    places.set(leadUnit, place);
    assists.set(leadUnit, entry.assistUnits);
    say(leadUnit, catalogueReason(entry, CATALOGUE_POINTS[place] ?? FURTHER_POINTS, names));
    if (entry.source === 'adjudication') say(leadUnit, decisionReason(entry));
  }
  const [nearest] = applying;
  for (const unit of nearest?.assistUnits ?? []) {
    say(unit, assistReason(nearest?.leadUnit ?? '', unit, names));
  }
  // Each unit once, by the newest: ten tickets of one citizen are one reason.
  for (const { number, unitCode, at } of newestOfEach(facts.thread, now)) {
    say(unitCode, threadReason(number, at));
  }
  // The same ticket is no second reason.
  const threaded = new Set(facts.thread.map(({ number }) => number));
  const alone = facts.earlier.filter(({ number }) => !threaded.has(number));
  for (const { number, unitCode, at } of newestOfEach(alone, now)) {
    say(unitCode, earlierReason(number, at));
  }
  for (const { number, unitCode, at } of newestOfEach(facts.precedents, now)) {
    const isRule = applying.some(({ sourceRef, leadUnit }) => sourceRef === number && leadUnit === unitCode);
    if (!isRule) say(unitCode, precedentReason(number, at));
  }
  for (const [unitCode, learned] of learn(facts.experience, now)) {
    if (learned.points !== 0) say(unitCode, learnedReason(learned));
  }
  return [...reasons]
    .map(([unitCode, all]) => ({
      unitCode,
      assistUnits: (assists.get(unitCode) ?? []).filter((one) => !returnedBy.includes(one)),
      points: all.reduce((sum, { points }) => sum + points, 0),
      reasons: all.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    }))
    .filter(({ unitCode, points }) => points > 0 && !returnedBy.includes(unitCode))
    .sort(
      (a, b) =>
        b.points - a.points ||
        (places.get(a.unitCode) ?? leads.length) - (places.get(b.unitCode) ?? leads.length) ||
        (a.unitCode < b.unitCode ? -1 : 1),
    )
    .slice(0, SUGGESTIONS_SHOWN);
}

function newestOfEach<T extends { readonly unitCode: string; readonly at: number }>(
  all: readonly T[],
  now: number,
): readonly T[] {
  const newest = new Map<string, T>();
  for (const one of all) {
    const known = newest.get(one.unitCode);
    if (one.at <= now && (known === undefined || known.at < one.at)) newest.set(one.unitCode, one);
  }
  return [...newest.values()];
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const calledIn = (names: ReadonlyMap<string, string>, code: string): string => names.get(code) ?? code;

function catalogueReason(entry: CatalogueEntry, points: number, names: MatterNames): SuggestionReason {
  const { area, category, asset, validFrom, basis } = entry;
  const of = [
    category === '' ? '各类事项' : calledIn(names.category, category),
    ...(asset === '' ? [] : [`设施 ${calledIn(names.asset, asset)}`]),
    area === '' ? '全域' : calledIn(names.area, area),
  ].join('、');
  const ofInEnglish = [
    category === '' ? 'any matter' : calledIn(names.category, category),
    asset === '' ? 'any thing' : calledIn(names.asset, asset),
    area === '' ? 'any area' : calledIn(names.area, area),
  ].join(', ');
  return {
    kind: 'catalogue',
    points,
    ref: entry.id,
    words: {
      zh: `派单目录：${of}自 ${validFrom} 起由其主办${basis === '' ? '' : `（${basis}）`}`,
      en: `The catalogue names it from ${validFrom} for ${ofInEnglish}`,
    },
  };
}

const decisionReason = ({ sourceRef }: CatalogueEntry): SuggestionReason => ({
  kind: 'adjudication',
  points: DECISION_POINTS,
  ref: sourceRef,
  words: { zh: `该条依据裁定 ${sourceRef}`, en: `By decision ${sourceRef}` },
});

const assistReason = (leadUnit: string, unit: string, names: MatterNames): SuggestionReason => ({
  kind: 'assists',
  points: ASSIST_POINTS,
  ref: null,
  words: {
    zh: `派单目录列${calledIn(names.unit, unit)}为${calledIn(names.unit, leadUnit)}的协办单位`,
    en: `The catalogue lets it assist ${leadUnit}`,
  },
});

const threadReason = (number: string, at: number): SuggestionReason => ({
  kind: 'thread',
  points: THREAD_POINTS,
  ref: number,
  words: {
    zh: `同一事项的工单 ${number}（${dayOf(at)}）由其办理`,
    en: `It handled ${number} of the same matter on ${dayOf(at)}`,
  },
});

const earlierReason = (number: string, at: number): SuggestionReason => ({
  kind: 'earlier',
  points: EARLIER_POINTS,
  ref: number,
  words: {
    zh: `同一诉求人的同类工单 ${number}（${dayOf(at)}）由其办理`,
    en: `It handled ${number} of the same citizen and kind on ${dayOf(at)}`,
  },
});

const precedentReason = (number: string, at: number): SuggestionReason => ({
  kind: 'precedent',
  points: PRECEDENT_POINTS,
  ref: number,
  words: {
    zh: `先例：裁定 ${number}（${dayOf(at)}）同类事项由其承办`,
    en: `Precedent ${number} of ${dayOf(at)} gave it such a matter`,
  },
});

function learnedReason({ points, times, lastAt }: Learned): SuggestionReason {
  const said = [
    ...(times.returned > 0 ? [`退单成立 ${times.returned} 次`] : []),
    ...(times.adjudicatedTo > 0 ? [`经裁定承办 ${times.adjudicatedTo} 次`] : []),
    ...(times.kept > 0 ? [`退单未成立 ${times.kept} 次`] : []),
    ...(times.handled > 0 ? [`办结 ${times.handled} 件`] : []),
  ];
  return {
    kind: 'learned',
    points,
    ref: null,
    words: {
      zh: `同类事项：${said.join('，')}，最近 ${dayOf(lastAt)}`,
      en: `Of such matters: returned ${times.returned}, given by decision ${times.adjudicatedTo}, kept ${times.kept}, handled ${times.handled}; last on ${dayOf(lastAt)}`,
    },
  };
}
