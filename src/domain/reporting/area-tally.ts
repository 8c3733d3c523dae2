/** Where an appeal lies, by the names that stand in its place and title: one area, or it cannot be told. */
export type Whereabouts =
  | { readonly kind: 'area'; readonly code: string }
  /** Names of areas of which none lies in the other. */
  | { readonly kind: 'several' }
  | { readonly kind: 'none' };

/** `juegang` and `juegang.yudang` are one place: the nearer. */
export function whereabouts(named: readonly string[]): Whereabouts {
  const nearest = [...new Set(named)].filter((code) => !named.some((other) => other.startsWith(`${code}.`)));
  const [code] = nearest;
  if (code === undefined) return { kind: 'none' };
  return nearest.length === 1 ? { kind: 'area', code } : { kind: 'several' };
}

export interface PlacedTicket {
  readonly where: Whereabouts;
  /** 便民服务 (JY-05, JY-07): no appeal, wherever it lies. */
  readonly isConvenience: boolean;
  readonly open: boolean;
  readonly overdue: boolean;
  readonly reworked: boolean;
}

export interface AreaCounts {
  readonly tickets: number;
  readonly open: number;
  readonly overdue: number;
  readonly reworked: number;
}
const NOTHING: AreaCounts = { tickets: 0, open: 0, overdue: 0, reworked: 0 };

/** Each appeal stands in one row; all rows together are the total, in which no convenience service is. */
export interface AreaTally {
  readonly areas: ReadonlyMap<string, AreaCounts>;
  readonly several: AreaCounts;
  readonly none: AreaCounts;
  readonly total: AreaCounts;
  readonly convenience: AreaCounts;
}
export const NO_AREAS: AreaTally = {
  ...{ areas: new Map(), several: NOTHING, none: NOTHING, total: NOTHING, convenience: NOTHING },
};

export function tallyAreas(before: AreaTally, tickets: readonly PlacedTicket[]): AreaTally {
  const areas = new Map(before.areas);
  let { several, none, total, convenience } = before;
  for (const ticket of tickets) {
    if (ticket.isConvenience) {
      convenience = plus(convenience, ticket);
      continue;
    }
    total = plus(total, ticket);
    const { where } = ticket;
    switch (where.kind) {
      case 'area':
        areas.set(where.code, plus(areas.get(where.code) ?? NOTHING, ticket));
        break;
      case 'several':
        several = plus(several, ticket);
        break;
      case 'none':
        none = plus(none, ticket);
        break;
      default:
        where satisfies never;
    }
  }
  return { areas, several, none, total, convenience };
}

const plus = (counts: AreaCounts, { open, overdue, reworked }: PlacedTicket): AreaCounts => ({
  tickets: counts.tickets + 1,
  open: counts.open + Number(open),
  overdue: counts.overdue + Number(overdue),
  reworked: counts.reworked + Number(reworked),
});
