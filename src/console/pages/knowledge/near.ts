import { answer, api } from '../../api/client.ts';
import type { Point } from '../../elements/near-map.ts';
import type { NearPlace } from './shapes.ts';

export interface NearQuestion {
  readonly what: string;
  readonly where: string;
  readonly openNow: boolean;
}
export interface NearAnswer {
  readonly places: readonly NearPlace[];
  /** What distances are counted from, as it is called; null: nobody said where, or it is not known. */
  readonly around: string | null;
  /** Where that is; null: it lies nowhere on the map. */
  readonly point: Point | null;
}

/** What a citizen calls his whereabouts: an area by one of its names, or a place that he sees. */
async function pointOf(where: string): Promise<{ area: string } | { placeId: string; name: string } | null> {
  const query = { words: where, typing: false, kind: 'place', limit: 1 } as const;
  const { area, hits } = await answer(api.GET('/v1/knowledge/search', { params: { query } }));
  const [hit] = hits;
  const place = hit === undefined ? null : { placeId: hit.id, name: hit.title };
  // “如东县人民医院” names a county as well; who names a house stands before it.
  if (place?.name.includes(where) === true) return place;
  return area === null ? place : { area };
}

const WITHIN_M = 20_000;
const MOST = 30;

export async function findNear({ what, where, openNow }: NearQuestion): Promise<NearAnswer> {
  const point = where === '' ? null : await pointOf(where);
  const from = point === null ? {} : 'area' in point ? { area: point.area } : { placeId: point.placeId };
  const query = {
    ...{ openNow, within: WITHIN_M, limit: MOST },
    ...(what === '' ? {} : { words: what }),
    ...from,
  };
  const { places, around: here } = await answer(api.GET('/v1/places/near', { params: { query } }));
  const around = point === null ? null : 'name' in point ? point.name : where;
  return { places, around, point: here };
}
