import type { Problem } from '../../api/problem.ts';
import type { LimitSet } from './shapes.ts';

/** What `limits.baseDropped` tells of the set that a draft was begun on. */
interface Dropped {
  readonly revision: number;
  readonly state: LimitSet['state'];
  /** By name; null: the program. */
  readonly by: string | null;
  readonly at: string;
  readonly reason: string;
}
export const droppedOf = ({ code, document: { data } }: Problem): Dropped | null =>
  code === 'limits.baseDropped' ? ((data?.dropped as Dropped | undefined) ?? null) : null;

/** What `limits.endsBy` tells of the set that takes the place of this one. */
interface Coming {
  readonly revision: number;
  readonly validFrom: string;
}
export const comingOf = ({ code, document: { data } }: Problem): Coming | null =>
  code === 'limits.endsBy' ? ((data?.coming as Coming | undefined) ?? null) : null;
