import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { refusedToKeep } from '../../../domain/knowledge/places/owner.ts';
import { type PlaceContent, type RawPlace, readPlace } from '../../../domain/knowledge/places/place.ts';
import { AppError } from '../../errors.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { DispatchCatalogue } from '../../ports/dispatch.ts';
import type { Unit, Units } from '../../ports/organisation.ts';
import type { Place, PlaceBook } from '../../ports/places.ts';
import type { Database, Transaction } from '../../ports/transaction.ts';
import { contextOf } from '../imports/tables.ts';

export interface PlaceDeps {
  readonly database: Database;
  readonly places: PlaceBook;
  readonly units: Units;
  readonly dispatchCatalogue: Pick<DispatchCatalogue, 'names' | 'categories'>;
  readonly lines: { list(): Promise<readonly { readonly number: string }[]> };
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

/** Who asks. A unit keeps its own places, the centre's people all of them. */
export interface PlaceActor {
  readonly accountId: string;
  /** null: of the centre. */
  readonly unitCode: string | null;
}

/** What a table or a form may name. */
export async function namesNow(deps: Omit<PlaceDeps, 'database' | 'places'>) {
  const { calendar } = await deps.calendar.load();
  const lines = await deps.lines.list();
  return contextOf({
    units: await deps.units.list(),
    categories: await deps.dispatchCatalogue.categories(),
    areas: await deps.dispatchCatalogue.names('area'),
    lines: lines.map(({ number }) => number),
    today: localDateOf(deps.now(), calendar.zone),
  });
}

/**
 * Adds a place, or changes one that was seen at `revision`. Refuses with `place.invalid` (all that is wrong at once),
 * `place.unknown`, `place.changedMeanwhile`, `place.codeTaken`, `place.otherUnit`, `place.handedOver`.
 */
export function keepPlace(deps: PlaceDeps) {
  return async (asked: {
    readonly id: string;
    readonly revision: number | null;
    readonly raw: Partial<RawPlace>;
    readonly actor: PlaceActor;
  }): Promise<Place> => {
    const { id, revision, raw, actor } = asked;
    const code = raw.code?.trim() ?? '';
    const read = readPlace(raw, await namesNow(deps));
    if ('faults' in read) throw new AppError('place.invalid', { faults: read.faults });
    return deps.database.transact(async (tx) => {
      const before = await deps.places.lock(id, tx);
      if (revision !== null) refuseStale(before, revision, id);
      refuseOthers(actor, before, read.place);
      if (before !== null && before.code !== code)
        throw new AppError('place.codeTaken', { code: before.code });
      const asWritten = [{ id, code, content: read.place, isSample: before?.isSample ?? false }];
      await deps.places.put(asWritten, { by: actor.accountId, at: deps.now() }, tx);
      const kept = await deps.places.byId(id, tx);
      // Somebody else's place has that code: ours was neither added nor changed.
      if (kept === null) throw new AppError('place.codeTaken', { code });
      return kept;
    });
  };
}

/**
 * Says that somebody looked and it is so; that it closed for good, or opened again; or makes it a target of dispatch, as a unit
 * of its own. Refuses with `place.unknown`, `place.changedMeanwhile`, `place.otherUnit`, `place.notKept`, `place.targetTaken`.
 */
export function actOnPlace(deps: PlaceDeps) {
  return async (asked: {
    readonly id: string;
    readonly revision: number;
    readonly act:
      | { readonly kind: 'verified' | 'closed' | 'reopened' }
      | { readonly kind: 'madeTarget'; readonly targetCode: string };
    readonly actor: PlaceActor;
  }): Promise<Place> => {
    const { id, revision, act, actor } = asked;
    const { calendar } = await deps.calendar.load();
    const at = deps.now();
    const today = localDateOf(at, calendar.zone);
    return deps.database.transact(async (tx) => {
      const before = refuseStale(await deps.places.lock(id, tx), revision, id);
      refuseOthers(actor, before, before);
      if (act.kind === 'madeTarget') await makeUnit(deps, before, act.targetCode, tx);
      const set = {
        verified: { verifiedOn: today },
        closed: { closedOn: today },
        reopened: { closedOn: null, verifiedOn: today },
        madeTarget: { ...(act.kind === 'madeTarget' ? { targetCode: act.targetCode } : {}) },
      }[act.kind];
      await deps.places.act(id, act.kind, set, { by: actor.accountId, at }, tx);
      return refuseStale(await deps.places.byId(id, tx), revision + 1, id);
    });
  };
}

async function makeUnit(deps: PlaceDeps, place: Place, code: string, tx: Transaction): Promise<void> {
  const kinds = {
    partner: 'enterprise',
    platform: 'enterprise',
    volunteer: 'volunteer',
    unit: null,
  } as const;
  const kind: Unit['kind'] | null = kinds[place.keeper];
  if (kind === null) throw new AppError('place.notKept', { keeper: place.keeper });
  if (place.targetCode === code) return;
  const added = await deps.units.add({ code, name: place.name, kind, parentCode: null }, tx);
  if (added !== 'added') throw new AppError('place.targetTaken', { code, name: place.name });
}

function refuseStale(place: Place | null, revision: number, id: string): Place {
  if (place === null) throw new AppError('place.unknown', { place: id });
  if (place.revision !== revision) throw new AppError('place.changedMeanwhile', { revision: place.revision });
  return place;
}

function refuseOthers(
  { unitCode }: PlaceActor,
  before: Place | null,
  after: Pick<PlaceContent, 'unitCode' | 'keeper'>,
): void {
  const refusal = refusedToKeep(unitCode, before, after);
  if (refusal !== null) throw new AppError(refusal, { unit: unitCode, owner: before?.unitCode ?? null });
}
