import { LEFT_SEEN_TO, leftAlarmKey } from '../../domain/incidents/hand-over.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { IncidentHandOverBook } from '../ports/incident-hand-overs.ts';
import { type IncidentDeps, incidentBy } from './membership.ts';

/** At once; of more the rest comes with the next round. */
const AT_MOST = 100;

/**
 * Takes back the alarm about what a hand-over left behind once somebody has it: who was told to dispatch it by hand did so, and no
 * second hand-over comes. Returns how many went.
 */
export function settleLeftAlarms(
  deps: Pick<IncidentDeps, 'database' | 'incidents' | 'now'> & {
    readonly incidentHandOvers: Pick<IncidentHandOverBook, 'leftBehind' | 'seenTo'>;
    readonly alarms: Pick<AlarmBook, 'settle'>;
  },
) {
  return async (): Promise<number> => {
    let settled = 0;
    for (const incidentId of await deps.incidentHandOvers.seenTo(AT_MOST)) {
      const went = await deps.database.transact(async (tx) => {
        // Under the lock that a hand-over finishes under: it may have left others meanwhile.
        await incidentBy(deps, incidentId, tx);
        if ((await deps.incidentHandOvers.leftBehind(incidentId, tx)) > 0) return false;
        return deps.alarms.settle(leftAlarmKey(incidentId), deps.now(), LEFT_SEEN_TO, tx);
      });
      if (went) settled += 1;
    }
    return settled;
  };
}
