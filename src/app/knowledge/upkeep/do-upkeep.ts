import type { KnowledgeJob } from '../../ports/knowledge-upkeep.ts';
import { endEntries } from './end-entries.ts';
import { todayOf } from './enqueue-upkeep.ts';
import { remindOwner } from './remind-owner.ts';
import { alarmLateReviews } from './review-alarms.ts';
import type { UpkeepDeps, Upkept } from './upkept.ts';

/**
 * What a due job does: asks the books what is due of the unit now, and does that. Any number of jobs for one moment, early,
 * late or of words that were changed meanwhile, by any worker: each version is taken once.
 */
export function doUpkeep(deps: UpkeepDeps) {
  const end = endEntries(deps);
  const remind = remindOwner(deps);
  const alarm = alarmLateReviews(deps);
  return async ({ kind, unitCode }: Pick<KnowledgeJob, 'kind' | 'unitCode'>): Promise<Upkept> => {
    const today = await todayOf(deps);
    switch (kind) {
      case 'ends':
        return end(unitCode, today);
      case 'reviewLate':
        return alarm(unitCode, today);
      case 'remind':
        return remind(unitCode, today);
      default:
        return kind satisfies never;
    }
  };
}
