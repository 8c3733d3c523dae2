import { byKey, type CatalogueEntry, chainOf, keyOf } from './entry.ts';
import { keysFor, type Matter, responsibleOn } from './responsible.ts';
import { SUGGESTIONS_SHOWN } from './suggest.ts';

/** A matter that was dispatched, and who did it in the end: after returns and decisions. */
export interface SettledMatter {
  readonly categories: readonly string[];
  readonly area: string;
  readonly asset: string;
  readonly unitCode: string;
}

export interface ReplayFigures {
  readonly matters: number;
  /** The catalogue's first unit did it. */
  readonly first: number;
  /** One of its first three did. */
  readonly amongThree: number;
  /** It names nobody. */
  readonly unanswered: number;
}

/** What it says otherwise than it was, by the kind of matter: where the catalogue is to be mended first. */
export interface ReplayMiss {
  readonly category: string;
  readonly area: string;
  readonly asset: string;
  /** null: nobody. */
  readonly said: string | null;
  readonly did: string;
  readonly times: number;
}

/** What two catalogues say differently of one kind of matter. */
export interface ReplayChange {
  readonly category: string;
  readonly area: string;
  readonly asset: string;
  /** Whom each names first; null: nobody. */
  readonly before: string | null;
  readonly after: string | null;
  readonly did: string;
  readonly times: number;
  /** Some of the tickets, to be looked at. */
  readonly tickets: readonly string[];
}

const TICKETS_NAMED = 5;

/**
 * What a catalogue by itself would have said of matters whose end is known, as it stands on a day; without what was learned
 * from them since, which would know the answer.
 */
export function replayCatalogue(
  entries: readonly CatalogueEntry[],
  settled: readonly SettledMatter[],
  day: string,
): ReplayFigures & { readonly misses: readonly ReplayMiss[] } {
  const leadsFor = whoLeads(entries, day);
  const figures = { matters: 0, first: 0, amongThree: 0, unanswered: 0 };
  const misses = new Map<string, ReplayMiss>();
  for (const one of settled) {
    const { categories, area, asset, unitCode } = one;
    const leads = leadsFor(one);
    const [said = null] = leads;
    figures.matters += 1;
    if (said === null) figures.unanswered += 1;
    if (leads.slice(0, SUGGESTIONS_SHOWN).includes(unitCode)) figures.amongThree += 1;
    if (said === unitCode) {
      figures.first += 1;
      continue;
    }
    const [category = ''] = categories;
    const key = [category, area, asset, said, unitCode].join('|');
    const times = (misses.get(key)?.times ?? 0) + 1;
    misses.set(key, { category, area, asset, said, did: unitCode, times });
  }
  return { ...figures, misses: [...misses.values()].toSorted((a, b) => b.times - a.times) };
}

/** Of which matters the other catalogue would have named another unit first, the most frequent first. */
export function replayChanges(
  before: readonly CatalogueEntry[],
  after: readonly CatalogueEntry[],
  settled: readonly (SettledMatter & { readonly ticketNumber: string })[],
  day: string,
): readonly ReplayChange[] {
  const [was, is] = [whoLeads(before, day), whoLeads(after, day)];
  const changes = new Map<string, ReplayChange>();
  for (const one of settled) {
    const { ticketNumber, categories, area, asset, unitCode: did } = one;
    const [[first = null], [then = null]] = [was(one), is(one)];
    if (first === then) continue;
    const [category = ''] = categories;
    const key = [category, area, asset, first, then, did].join('|');
    const known = changes.get(key);
    const tickets = [...(known?.tickets ?? []), ticketNumber].slice(0, TICKETS_NAMED);
    const times = (known?.times ?? 0) + 1;
    changes.set(key, { category, area, asset, before: first, after: then, did, times, tickets });
  }
  return [...changes.values()].toSorted((a, b) => b.times - a.times);
}

/** The units that a catalogue names for a matter on a day, the nearest first. */
function whoLeads(
  entries: readonly CatalogueEntry[],
  day: string,
): (one: Omit<SettledMatter, 'unitCode'>) => readonly string[] {
  const standing = byKey(entries);
  return ({ categories, area, asset }) => {
    const matter: Matter = { categories, areas: chainOf(area), assets: asset === '' ? [] : [asset] };
    const near = keysFor(matter).flatMap((key) => standing.get(keyOf(key)) ?? []);
    return [...new Set(responsibleOn(near, matter, day).map(({ leadUnit }) => leadUnit))];
  };
}

/** Percent with two decimals; null: nothing was dispatched. */
export const accuracyOf = ({ first, matters }: ReplayFigures): number | null =>
  matters === 0 ? null : Math.round((first / matters) * 10_000) / 100;
