import { chinaCalendar } from '../../../domain/deadlines/china.ts';
import { boxAround, distanceMetres, type Position } from '../../../domain/knowledge/places/near.ts';
import { type OpenState, openAt, readHours } from '../../../domain/knowledge/places/opening-hours.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { Place, PlaceBook } from '../../ports/places.ts';
import { type FindDeps, findAnswers } from '../search/find-answers.ts';

export interface NearDeps extends FindDeps {
  readonly places: PlaceBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

export interface NearAsked {
  /** Where the citizen is; null: nobody knows, and no distance is told. */
  readonly around: Position | null;
  /** What he looks for; empty: whatever is of the category. */
  readonly words: string;
  readonly category?: string;
  readonly openNow: boolean;
  readonly withinMetres: number;
  readonly publicOnly: boolean;
  readonly limit: number;
}

export interface NearPlace {
  readonly place: Place;
  /** As the crow flies; null: the place or the citizen is nowhere on the map. */
  readonly metres: number | null;
  readonly open: OpenState;
}

const LOOKED_AT = 400;
const BY_WORDS = 60;
/** Hits that are much worse than the best are not what was asked for, however near. */
const ENOUGH = 0.5;

/** 就近查询: what is near and, where that is asked, open now; the nearest first. */
export function findNear(deps: NearDeps) {
  const find = findAnswers(deps);
  return async (asked: NearAsked): Promise<readonly NearPlace[]> => {
    const calendar = chinaCalendar((await deps.calendar.load()).calendar);
    const now = deps.now();
    const found = asked.words === '' ? await nearby(deps.places, asked) : await byWords(asked);
    return found
      .map((place): NearPlace => {
        const read = readHours(place.hours);
        return {
          place,
          metres: metresTo(place, asked.around),
          open: 'fault' in read ? { state: 'unknown' } : openAt(read.hours, calendar, now),
        };
      })
      .filter(({ open, metres }) => {
        if (asked.openNow && open.state !== 'open') return false;
        return metres === null || metres <= asked.withinMetres;
      })
      .sort((one, other) => (one.metres ?? Number.MAX_VALUE) - (other.metres ?? Number.MAX_VALUE))
      .slice(0, asked.limit);
  };

  async function byWords(asked: NearAsked): Promise<readonly Place[]> {
    const { words, category, publicOnly, limit, around, withinMetres } = asked;
    const wanted = {
      ...({ words, typing: false, kind: 'place', publicOnly } as const),
      ...(category === undefined ? {} : { category }),
    };
    const { hits } = await find({
      ...wanted,
      ...(around === null
        ? { limit: Math.max(limit, BY_WORDS) }
        : { limit: LOOKED_AT, near: { around, withinMetres } }),
    });
    // Wherever it is: where nothing near is what was asked for, nothing near is told.
    const [anywhere] = around === null ? hits : (await find({ ...wanted, limit: 1 })).hits;
    const best = Math.max(anywhere?.score ?? 0, hits[0]?.score ?? 0);
    const good = hits.filter(({ score }) => score >= ENOUGH * best).map(({ document }) => document.ref);
    const order = new Map(good.map((ref, at) => [ref, at]));
    const places = await deps.places.byIds(good);
    // Without a distance the better answer comes first.
    return [...places].sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
  }
}

async function nearby(
  places: PlaceBook,
  { around, withinMetres, category, publicOnly }: NearAsked,
): Promise<readonly Place[]> {
  if (around !== null) {
    const filter = { publicOnly, ...(category === undefined ? {} : { category }) };
    return places.within(boxAround(around, withinMetres), around, filter, LOOKED_AT);
  }
  const page = await places.list(category === undefined ? {} : { category }, { limit: 200 });
  return page.places.filter(({ isPublic }) => isPublic || !publicOnly);
}

function metresTo({ longitude, latitude }: Place, around: Position | null): number | null {
  if (around === null || longitude === null || latitude === null) return null;
  return Math.round(distanceMetres(around, { longitude, latitude }));
}
