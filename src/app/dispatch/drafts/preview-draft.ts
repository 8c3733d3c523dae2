import { type CatalogueEntry, type EntryKey, keyOf } from '../../../domain/dispatch/entry.ts';
import { type CatalogueFinding, lintCatalogue } from '../../../domain/dispatch/lint.ts';
import type { NamedThing } from '../../../domain/dispatch/names.ts';
import { type EntryRemark, type ReadEntry, readEntry } from '../../../domain/dispatch/read-row.ts';
import {
  type ReplayChange,
  type ReplayFigures,
  type ReplayMiss,
  replayCatalogue,
  replayChanges,
} from '../../../domain/dispatch/replay.ts';
import { localDate } from '../../../domain/hotlines/local-date.ts';
import { AppError } from '../../errors.ts';
import type { CatalogueDraft, CatalogueDrafts } from '../../ports/catalogue-drafts.ts';
import type { DispatchLessons } from '../../ports/dispatch-lessons.ts';
import type { Transaction } from '../../ports/transaction.ts';
import { categoryChain } from '../ask-catalogue.ts';
import { type CatalogueDeps, contextOf, plannedChange } from '../change-catalogue.ts';

/** Matters are replayed in memory; a month of a large city. */
const MATTERS_MOST = 100_000;
const MISSES_SHOWN = 50;
const CHANGES_SHOWN = 200;

export interface ReadDraft {
  readonly entries: readonly ReadEntry[];
  /** What is wrong with which row of the grid, from 0. */
  readonly faults: readonly (EntryRemark & { readonly index: number })[];
  /** Matters of the draft that somebody else changed since it was begun. */
  readonly overlaps: readonly EntryKey[];
}

/** The rows as they can be taken, by what names and codes stand for today. */
export async function readDraft(
  deps: CatalogueDeps,
  { content, basedOn }: CatalogueDraft,
  tx: Transaction,
): Promise<ReadDraft> {
  const context = await contextOf(deps, content, tx);
  const read = content.entries.map((raw) => readEntry(raw, context));
  const entries = read.flatMap(({ entry }) => entry ?? []);
  const own = new Set(entries.map(keyOf));
  const changed = await deps.dispatchCatalogue.keysChangedSince(basedOn, tx);
  return {
    entries,
    faults: read.flatMap(({ remarks }, index) => remarks.map((one) => ({ index, ...one }))),
    overlaps: changed.filter((key) => own.has(keyOf(key))),
  };
}

export interface DraftPreview extends ReadDraft {
  readonly day: string;
  /** The catalogue as it will be. */
  readonly added: readonly CatalogueEntry[];
  readonly removed: readonly CatalogueEntry[];
  /** What is wrong with it, and was not before; and what was and will not be. */
  readonly findings: readonly CatalogueFinding[];
  readonly mended: readonly CatalogueFinding[];
  readonly whole: readonly CatalogueEntry[];
}

export interface PreviewDeps extends CatalogueDeps {
  readonly catalogueDrafts: CatalogueDrafts;
}

/** What the draft will make of the catalogue. Refuses with `dispatch.draftUnknown`, `dispatch.entryUnknown`. */
export function previewDraft(deps: PreviewDeps) {
  return (id: string): Promise<DraftPreview> =>
    deps.database.transact(async (tx) => {
      const draft = await deps.catalogueDrafts.read(id, tx);
      if (draft === null) throw new AppError('dispatch.draftUnknown', { id });
      return preview(deps, draft, tx);
    });
}

async function preview(deps: PreviewDeps, draft: CatalogueDraft, tx: Transaction): Promise<DraftPreview> {
  const { dispatchCatalogue: book } = deps;
  const read = await readDraft(deps, draft, tx);
  const { added, removed } = await plannedChange(deps, { ...draft.content, entries: read.entries }, tx);
  const standing = await book.all(tx);
  const gone = new Set(removed.map(({ id }) => id));
  const whole = [...standing.filter(({ id }) => !gone.has(id)), ...added];
  const day = localDate(deps.now(), (await deps.calendar.load(tx)).calendar.zone);
  const [areas, assets, categories] = [
    await book.names('area', tx),
    await book.names('asset', tx),
    await book.categories(tx),
  ];
  const will = {
    entries: whole,
    areas: named(areas, draft.content.areas),
    assets: named(assets, draft.content.assets),
  };
  const before = lintCatalogue({ entries: standing, areas, assets, categories }, day);
  const after = lintCatalogue({ ...will, categories }, day);
  const saidBefore = new Set(before.map(said));
  const saidAfter = new Set(after.map(said));
  return {
    ...read,
    ...{ day, added, removed, whole },
    findings: after.filter((one) => !saidBefore.has(said(one))),
    mended: before.filter((one) => !saidAfter.has(said(one))),
  };
}

const named = (known: readonly NamedThing[], more: readonly NamedThing[]): readonly NamedThing[] => [
  ...new Map([...known, ...more].map((one) => [one.code, one])).values(),
];
const said = ({ code, key, message }: CatalogueFinding): string => `${code}|${keyOf(key)}|${message.zh}`;

export interface Replay {
  /** On which both are asked. */
  readonly day: string;
  readonly standing: ReplayFigures;
  readonly draft: ReplayFigures;
  /** Where the draft says otherwise than it was, the most frequent first. */
  readonly misses: readonly ReplayMiss[];
  /** Where the two say otherwise, the most frequent first; of how many matters in all. */
  readonly changed: number;
  readonly changes: readonly ReplayChange[];
}

/**
 * Asks the catalogue that stands, and the one that the draft makes of it, about what was dispatched in a period and whose end
 * is known. Refuses with `dispatch.draftUnknown`, `dispatch.entryUnknown`.
 */
export function replayDraft(deps: PreviewDeps & { readonly dispatchLessons: DispatchLessons }) {
  return async (id: string, from: number, to: number): Promise<Replay> => {
    const { dispatchCatalogue: book } = deps;
    const { whole, entries, day: today } = await previewDraft(deps)(id);
    // Asked when all of the draft is in force.
    const day = [today, ...entries.map(({ validFrom }) => validFrom)].toSorted().at(-1) ?? today;
    const [standing, categories, settled] = await Promise.all([
      book.all(),
      book.categories(),
      deps.dispatchLessons.settled(from, to, MATTERS_MOST),
    ]);
    const chains = new Map<string, readonly string[]>();
    const matters = settled.map(({ ticketNumber, category, area, asset, unitCode }) => {
      const chain = chains.get(category) ?? categoryChain(categories, category);
      chains.set(category, chain);
      return { ticketNumber, categories: chain, area, asset, unitCode };
    });
    const { misses: _before, ...now } = replayCatalogue(standing, matters, day);
    const { misses, ...then } = replayCatalogue(whole, matters, day);
    const changes = replayChanges(standing, whole, matters, day);
    return {
      ...{ day, standing: now, draft: then, misses: misses.slice(0, MISSES_SHOWN) },
      changed: changes.reduce((sum, { times }) => sum + times, 0),
      changes: changes.slice(0, CHANGES_SHOWN),
    };
  };
}
