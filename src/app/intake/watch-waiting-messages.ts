import { WAITS_LATE_MINUTES, WAITS_LATE_MS } from '../../domain/intake/incoming.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { IntakeBook } from '../ports/intake.ts';

const KEY = 'intake.waiting';
const AGAIN_AFTER_MS = 3_600_000;

/**
 * A message of which no ticket could be made has no clock before a clerk makes one of it. Where none does, leads get an alarm,
 * counted once an hour and when more wait, by all workers together; it tells what waits now, and goes by itself.
 */
export function watchWaitingMessages(deps: {
  readonly intake: Pick<IntakeBook, 'waitingSince'>;
  readonly alarms: Pick<AlarmBook, 'raise' | 'reword' | 'settle' | 'page'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<void> => {
    const atMs = deps.now();
    const { messages, oldest, lastCameAt } = await deps.intake.waitingSince(atMs - WAITS_LATE_MS);
    if (oldest === null) {
      await deps.alarms.settle(KEY, atMs, { reason: '均已处理', reasonEn: 'All are seen to' });
      return;
    }
    const waitsMinutes = Math.floor((atMs - oldest.receivedAt) / 60_000);
    const words = { ...wordsOf(messages, waitsMinutes), subject: oldest.id };
    // Of all workers and after a restart: when it was counted stands in the books. Between two counts it is only put in other words.
    const oneMoreAt = (lastCameAt ?? oldest.receivedAt) + WAITS_LATE_MS;
    const unlessSinceMs = Math.max(atMs - AGAIN_AFTER_MS, oneMoreAt);
    // Whoever closed it has seen it, and is left in peace as long as if it stood.
    const [closed] = (await deps.alarms.page({ open: false, kind: KEY }, { limit: 1 })).rows;
    const seenAt = closed?.closedBy == null ? Number.NEGATIVE_INFINITY : Date.parse(closed.closedAt ?? '');
    if (seenAt < unlessSinceMs)
      await deps.alarms.raise({ id: deps.newId(), key: KEY, kind: KEY, ...words, atMs, unlessSinceMs });
    await deps.alarms.reword(KEY, words);
  };
}

const wordsOf = (messages: number, waitsMinutes: number): AlarmWords => ({
  detail: `${messages} 条来件超过 ${WAITS_LATE_MINUTES} 分钟无人处理，最早的一条已等 ${waitsMinutes} 分钟；请在“来件”中登记工单，或说明不登记的原因`,
  detailEn: `Messages that nobody has seen to for more than ${WAITS_LATE_MINUTES} minutes: ${messages}, the oldest for ${waitsMinutes} minutes; open a ticket of each under messages in, or say why not`,
});
