import { applyEntries } from '../../domain/dispatch/apply-entries.ts';
import { type CatalogueChange, type CatalogueEntry, dayBefore } from '../../domain/dispatch/entry.ts';
import type { NamedThing } from '../../domain/dispatch/names.ts';
import { type EntryContext, namesOf, type ReadEntry, readEntry } from '../../domain/dispatch/read-row.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CatalogueDraftContent } from '../ports/catalogue-drafts.ts';
import type { CatalogueVersion, DispatchCatalogue } from '../ports/dispatch.ts';
import type { Units } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface CatalogueDeps {
  readonly database: Database;
  readonly dispatchCatalogue: DispatchCatalogue;
  readonly units: Units;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface CatalogueEdit extends CatalogueDraftContent {
  /** The catalogue as the editor saw it. */
  readonly version: number;
  readonly reason: string;
  readonly actor: Actor;
}

export interface ChangedCatalogue {
  readonly version: number;
  readonly added: number;
  readonly removed: number;
}

/**
 * Changes the catalogue by hand; all of it or nothing, as one version. Refuses with `dispatch.changedMeanwhile`,
 * `dispatch.entryInvalid` (with what is wrong in which entry), `dispatch.entryUnknown`, `dispatch.reasonMissing`.
 */
export function editCatalogue(deps: CatalogueDeps) {
  return (edit: CatalogueEdit): Promise<ChangedCatalogue> =>
    deps.database.transact(async (tx) => {
      const context = await contextOf(deps, edit, tx);
      const read = edit.entries.map((raw) => readEntry(raw, context));
      const faults = read.flatMap(({ remarks }, index) => remarks.map((one) => ({ index, ...one })));
      if (faults.length > 0) throw new AppError('dispatch.entryInvalid', { faults });
      const entries = read.flatMap(({ entry }) => entry ?? []);
      return changeInside(deps)({ ...edit, entries, origin: 'edit' }, tx);
    });
}

/** What names and codes stand for today, with what this very change brings in. */
export async function contextOf(
  deps: CatalogueDeps,
  { areas, assets }: Pick<CatalogueEdit, 'areas' | 'assets'>,
  tx: Transaction,
): Promise<EntryContext> {
  const { dispatchCatalogue: book } = deps;
  const { calendar } = await deps.calendar.load(tx);
  const merged = (known: readonly NamedThing[], more: readonly NamedThing[]) =>
    namesOf([...new Map([...known, ...more].map((one) => [one.code, one])).values()]);
  return {
    units: namesOf(await deps.units.list(tx)),
    categories: namesOf(await book.categories(tx)),
    areas: merged(await book.names('area', tx), areas),
    assets: merged(await book.names('asset', tx), assets),
    today: localDate(deps.now(), calendar.zone),
  };
}

/** The same within a transaction of somebody who has more to write, from entries that were read already. */
export function changeInside(deps: Omit<CatalogueDeps, 'database'>) {
  const { dispatchCatalogue: book, now } = deps;
  return async (
    edit: Omit<CatalogueEdit, 'entries' | 'version'> & {
      readonly entries: readonly ReadEntry[];
      /** null: whatever it is now. */
      readonly version: number | null;
      readonly origin: CatalogueVersion['origin'];
      readonly source?: Pick<CatalogueEntry, 'source' | 'sourceRef'>;
    },
    tx: Transaction,
  ): Promise<ChangedCatalogue> => {
    const reason = edit.reason.trim();
    if (reason === '') throw new AppError('dispatch.reasonMissing');
    const standing = await book.lock(tx);
    if (edit.version !== null && edit.version !== standing) {
      throw new AppError('dispatch.changedMeanwhile', { version: standing });
    }
    const change = await plannedChange(deps, edit, tx);
    const touched = change.added.length + change.removed.length + edit.areas.length + edit.assets.length;
    if (touched === 0) return { version: standing, added: 0, removed: 0 };
    const version = standing + 1;
    await book.write(
      { version, at: now(), by: edit.actor.accountId, origin: edit.origin, reason },
      {
        removed: change.removed.map(({ id }) => id),
        added: change.added,
        areas: edit.areas,
        assets: edit.assets,
      },
      tx,
    );
    return { version, added: change.added.length, removed: change.removed.length };
  };
}

type Named = Pick<CatalogueEdit, 'remove' | 'end'>;

/** What an edit takes out of what stands and puts in. Refuses with `dispatch.entryUnknown`, `dispatch.endBeforeBegin`. */
export async function plannedChange(
  { dispatchCatalogue: book, newId }: Pick<CatalogueDeps, 'dispatchCatalogue' | 'newId'>,
  edit: Named & {
    readonly entries: readonly ReadEntry[];
    readonly source?: Pick<CatalogueEntry, 'source' | 'sourceRef'>;
  },
  tx: Transaction,
): Promise<CatalogueChange> {
  const named = await namedEntries(book, edit, tx);
  const source = edit.source ?? { source: 'catalogue', sourceRef: '' };
  const placed = edit.entries.map((one): CatalogueEntry => ({ ...one, ...source, id: newId() }));
  return joined(await book.ofKeys(placed, tx), named, placed, edit.end, newId);
}

/** Entries that the edit names by id; all must stand. */
async function namedEntries(
  book: DispatchCatalogue,
  { remove, end }: Named,
  tx: Transaction,
): Promise<readonly CatalogueEntry[]> {
  const ids = [...new Set([...remove, ...end.map(({ id }) => id)])];
  if (ids.length === 0) return [];
  const found = await book.byIds(ids, tx);
  const missing = ids.filter((id) => !found.some((one) => one.id === id));
  if (missing.length > 0) throw new AppError('dispatch.entryUnknown', { ids: missing });
  for (const { id, lastDay } of end) {
    const entry = found.find((one) => one.id === id);
    if (entry !== undefined && lastDay < dayBefore(entry.validFrom)) {
      throw new AppError('dispatch.endBeforeBegin', { id, validFrom: entry.validFrom, lastDay });
    }
  }
  return found;
}

function joined(
  current: readonly CatalogueEntry[],
  named: readonly CatalogueEntry[],
  placed: readonly CatalogueEntry[],
  end: CatalogueEdit['end'],
  newId: () => string,
): CatalogueChange {
  const goneIds = new Set(named.map(({ id }) => id));
  // An entry that ends the day before it begins was never in force: it is taken out.
  const ended = end.flatMap(({ id, lastDay }): CatalogueEntry[] => {
    const entry = named.find((one) => one.id === id);
    return entry === undefined || lastDay < entry.validFrom
      ? []
      : [{ ...entry, id: newId(), validTo: lastDay }];
  });
  const left = current.filter(({ id }) => !goneIds.has(id));
  const change = applyEntries([...left, ...ended], placed, newId);
  const cut = new Set(change.removed);
  return {
    removed: [...named, ...change.removed.filter((one) => !ended.includes(one))],
    added: [...ended.filter((one) => !cut.has(one)), ...change.added],
  };
}
