import {
  OPEN_DRAFT_KEPT_DAYS,
  OPEN_DRAFT_KEPT_MS,
  OPEN_DRAFT_LATE_HOURS,
  OPEN_DRAFT_LATE_MS,
} from '../../domain/tickets/open-calls.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { CallDraftBook } from '../ports/call-drafts.ts';
import type { Log } from '../ports/log.ts';

const KEY = 'call.draftOpen';
const AGAIN_AFTER_MS = 86_400_000;
const BATCH = 500;

/**
 * A call of which something was written is closed by a person. Where nobody does, leads get an alarm, counted once a day and when
 * more were forgotten, which goes by itself; in the end the words are erased, since nobody needs them and they tell of a citizen.
 */
export function watchOpenDrafts(deps: {
  readonly callDrafts: Pick<CallDraftBook, 'openSince' | 'forgetOpen'>;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  let told = { calls: 0, at: Number.NEGATIVE_INFINITY };
  return async (): Promise<'again' | 'done'> => {
    const atMs = deps.now();
    const erased = await deps.callDrafts.forgetOpen(atMs - OPEN_DRAFT_KEPT_MS, BATCH);
    if (erased > 0) deps.log.warn({ drafts: erased }, 'words of calls that nobody closed were erased');
    const { calls, oldest } = await deps.callDrafts.openSince(atMs - OPEN_DRAFT_LATE_MS);
    if (oldest === null) {
      await deps.alarms.settle(KEY, atMs, { reason: '均已登记去向', reasonEn: 'All have their outcome' });
      told = { calls: 0, at: Number.NEGATIVE_INFINITY };
    } else if (calls > told.calls || atMs - told.at >= AGAIN_AFTER_MS) {
      const about = { id: deps.newId(), key: KEY, kind: KEY, subject: oldest } as const;
      await deps.alarms.raise({ ...about, ...wordsOf(calls), atMs });
      told = { calls, at: atMs };
    } else {
      told = { ...told, calls };
    }
    return erased === BATCH ? 'again' : 'done';
  };
}

const wordsOf = (calls: number): AlarmWords => ({
  detail: `${calls} 通电话记了内容，超过 ${OPEN_DRAFT_LATE_HOURS} 小时未登记去向；请在“未登记去向”中处理，满 ${OPEN_DRAFT_KEPT_DAYS} 天仍未处理的，所记内容将删除`,
  detailEn: `Calls of which something was written and nobody has said for ${OPEN_DRAFT_LATE_HOURS} hours what came of them: ${calls}; see to them under open calls, after ${OPEN_DRAFT_KEPT_DAYS} days the words are erased`,
});
