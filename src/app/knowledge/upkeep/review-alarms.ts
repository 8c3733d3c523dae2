import type { Today } from '../../ports/knowledge-upkeep.ts';
import { NOTHING_DONE, type UpkeepDeps, type Upkept } from './upkept.ts';

/** What was published at once and not looked at in time raises an alarm with the leads. */
export function alarmLateReviews({ database, upkeep, alarms, newId }: UpkeepDeps) {
  return (unitCode: string, { now }: Today): Promise<Upkept> =>
    database.transact(async (tx) => {
      const late = await upkeep.takeLateReviews(unitCode, now, tx);
      for (const { id, number, question, version } of late) {
        const detail = `应急发布的 ${number} 第 ${version} 版逾期未补审：${question} Published at once and not reviewed in time`;
        const key = reviewAlarmKey(id, version);
        await alarms.raise(
          { id: newId(), kind: 'knowledge.reviewLate', key, subject: id, detail, atMs: now },
          tx,
        );
      }
      return { ...NOTHING_DONE, alarmsRaised: late.length };
    });
}

/** Looked at since, or told no more: the alarm is over. */
export function settleReviewAlarms({
  database,
  upkeep,
  alarms,
  now,
}: Pick<UpkeepDeps, 'database' | 'upkeep' | 'alarms' | 'now'>) {
  return async (): Promise<void> => {
    for (const { id, version } of await database.transact(upkeep.takeReviewed)) {
      await alarms.settle(reviewAlarmKey(id, version), now(), '已补审或已不再使用 reviewed, or told no more');
    }
  };
}

const reviewAlarmKey = (entryId: string, version: number): string =>
  `knowledge.reviewLate:${entryId}:${version}`;
