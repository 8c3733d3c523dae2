import type { Overflow } from './shapes.ts';

type Desk = Overflow['desks'][number];

/** Where a citizen stands as his wait goes on. `atMs` null: whenever the wait is estimated to be long. */
export type Station =
  | { readonly kind: 'desk'; readonly atMs: number; readonly desk: Desk }
  | { readonly kind: 'callback'; readonly atMs: number | null; readonly aboveMs: number | null }
  | { readonly kind: 'message'; readonly atMs: number };

/** The chain in the order of the wait. An offer that no clock brings stands after the first desk. */
export function stationsOf({ desks, callback, messageAtMs }: Overflow): readonly Station[] {
  const stations: Station[] = [
    ...desks.map((desk) => ({ kind: 'desk', atMs: desk.atMs, desk }) as const),
    ...(callback === null
      ? []
      : [{ kind: 'callback', atMs: callback.afterWaitMs, aboveMs: callback.aboveEstimateMs } as const]),
    ...(messageAtMs === null ? [] : [{ kind: 'message', atMs: messageAtMs } as const]),
  ];
  const rank = ({ kind, atMs }: Station): number =>
    kind === 'callback' && atMs === null ? 0.5 : (atMs ?? 0);
  return stations.toSorted((a, b) => rank(a) - rank(b));
}

/** The same chain, to the last second and seat. */
export const sameChain = (one: Overflow | undefined, other: Overflow | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
