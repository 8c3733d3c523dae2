import type { PlaceContent } from '../../domain/knowledge/places/place.ts';
import type { Transaction } from './transaction.ts';

export interface Place extends PlaceContent {
  readonly id: string;
  readonly code: string;
  /** The unit under which it can be dispatched to. */
  readonly targetCode: string | null;
  readonly closedOn: string | null;
  readonly isSample: boolean;
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly changedAt: string;
}

export const PLACE_ACTS = ['added', 'changed', 'verified', 'closed', 'reopened', 'madeTarget'] as const;
export type PlaceAct = (typeof PLACE_ACTS)[number];

export interface PlaceFilter {
  readonly area?: string;
  readonly category?: string;
  readonly keeper?: PlaceContent['keeper'];
  readonly unit?: string;
  /** Not looked at since this day. */
  readonly verifiedBefore?: string;
  readonly closed?: boolean;
  readonly text?: string;
}

/** How many there are of each keeper, and of how many kinds of matter. */
export interface PlaceCounts {
  readonly unit: number;
  readonly partner: number;
  readonly volunteer: number;
  readonly platform: number;
  readonly categories: number;
}

export interface AreaCoverage extends PlaceCounts {
  readonly code: string;
  readonly name: string;
}

export interface PlaceBook {
  byId(id: string, tx?: Transaction): Promise<Place | null>;
  /** Held until the transaction ends. */
  lock(id: string, tx: Transaction): Promise<Place | null>;
  byIds(ids: readonly string[]): Promise<readonly Place[]>;
  list(
    filter: PlaceFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly places: readonly Place[]; readonly next: string | null }>;
  /** Everything that stands, by code. */
  all(): Promise<readonly Place[]>;
  /** Open for good, within the box; at most so many, the nearest by degrees first. */
  within(
    box: { readonly south: number; readonly north: number; readonly west: number; readonly east: number },
    around: { readonly longitude: number; readonly latitude: number },
    filter: { readonly category?: string; readonly publicOnly: boolean },
    limit: number,
  ): Promise<readonly Place[]>;
  /** The middle of an area's places; null: none has coordinates. */
  middleOf(area: string): Promise<{ readonly longitude: number; readonly latitude: number } | null>;
  /** Of every area with what lies in it, by code; and what serves the whole municipality. */
  coverage(category: string | null): Promise<{
    readonly areas: readonly AreaCoverage[];
    readonly everywhere: PlaceCounts;
  }>;
  /** Those of them that are known, closed ones too; in a transaction held until it ends. */
  byCodes(codes: readonly string[], tx?: Transaction): Promise<readonly Place[]>;
  /** Adds those whose code is new, changes those that differ; each change is kept with its content. */
  put(
    places: readonly {
      readonly id: string;
      readonly code: string;
      readonly content: PlaceContent;
      readonly isSample: boolean;
    }[],
    change: { readonly by: string | null; readonly at: number },
    tx: Transaction,
  ): Promise<{ readonly added: number; readonly changed: number; readonly same: number }>;
  /** What became of one, with its content as it is from then on. */
  act(
    id: string,
    act: Exclude<PlaceAct, 'added' | 'changed'>,
    set: { readonly verifiedOn?: string; readonly closedOn?: string | null; readonly targetCode?: string },
    change: { readonly by: string | null; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  changes(id: string): Promise<
    readonly {
      readonly revision: number;
      readonly at: string;
      readonly by: string | null;
      readonly what: PlaceAct;
    }[]
  >;
}
