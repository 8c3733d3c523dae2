import type { Today } from '../../ports/knowledge-upkeep.ts';
import { NOTHING_DONE, type UpkeepDeps, type Upkept } from './upkept.ts';

/** What was published at once and not looked at in time raises an alarm with the leads. */
export function alarmLateReviews({ database, upkeep, alarms, newId }: UpkeepDeps) {
  return (unitCode: string, { now }: Today): Promise<Upkept> =>
    database.transact(async (tx) => {
      const late = await upkeep.takeLateReviews(unitCode, now, tx);
      for (const { id, number, question, version } of late) {
        const words = {
          detail: `应急发布的 ${number} 第 ${version} 版逾期未补审：${question}`,
          detailEn: `${number}, version ${version}, was published at once and not reviewed in time: ${question}`,
        };
        const key = reviewAlarmKey(id, version);
        await alarms.raise(
          { id: newId(), kind: 'knowledge.reviewLate', key, subject: id, ...words, atMs: now },
          tx,
        );
      }
      return { ...NOTHING_DONE, alarmsRaised: late.length };
    });
}

/** Looked at since, or told no more: the alarm is over, and is known to be late no more, or neither. */
export function settleReviewAlarms({
  database,
  upkeep,
  alarms,
  now,
}: Pick<UpkeepDeps, 'database' | 'upkeep' | 'alarms' | 'now'>) {
  return (): Promise<void> =>
    database.transact(async (tx) => {
      for (const { id, version } of await upkeep.takeReviewed(tx)) {
        const key = reviewAlarmKey(id, version);
        const end = { reason: '已补审或已不再使用', reasonEn: 'Reviewed, or told no more' };
        await alarms.settle(key, now(), end, tx);
      }
    });
}

const reviewAlarmKey = (entryId: string, version: number): string =>
  `knowledge.reviewLate:${entryId}:${version}`;
