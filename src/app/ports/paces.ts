import type { Pace } from '../../domain/routing/pace.ts';

/** How fast lines were seen to move, across restarts of call control; losing it costs estimates for a while, no call. */
export interface PaceStore {
  read(): Promise<readonly Pace[]>;
  save(pace: Pace): void;
}
