import { callReasonInEnglish } from '../../domain/calls/call-reasons.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { EasedCalls, UnservedCall, UnservedCalls } from '../ports/unserved-calls.ts';

const KEY = 'queue.unserved';
/** Somebody who signs in after a change of shift is no trouble; sooner than anything asked for is given up (`EASED_AFTER_MS`). */
export const UNSERVED_FOR_MS = 45_000;
/** That others had to take such calls stands for so long: it will be so again. */
export const EASED_WITHIN_MS = 15 * 60_000;
/** Counted again while it lasts; and so long who closed it is left in peace. */
const AGAIN_AFTER_MS = 15 * 60_000;

/**
 * Whoever leads must hear of a citizen for whom nobody is there: nobody is signed in at any of his desks, or nobody who can do
 * what he asks for. One alarm, put in the words of who waits longest; it goes when nobody waits so any more. Returns how many do.
 */
export function watchUnservedCalls(deps: {
  readonly calls: UnservedCalls;
  readonly alarms: Pick<AlarmBook, 'raise' | 'reword' | 'settle' | 'page'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<number> => {
    const atMs = deps.now();
    const waiting = await deps.calls.waiting(atMs - UNSERVED_FOR_MS);
    const eased = await deps.calls.eased(atMs - EASED_WITHIN_MS);
    const words = wordsOf(waiting, eased, atMs);
    if (words === null) {
      const reasons = { reason: '已无来电因此等待', reasonEn: 'No call waits for this any more' };
      await deps.alarms.settle(KEY, atMs, reasons);
      return 0;
    }
    const unlessSinceMs = atMs - AGAIN_AFTER_MS;
    const [closed] = (await deps.alarms.page({ open: false, kind: KEY }, { limit: 1 })).rows;
    const seenAt = closed?.closedBy == null ? Number.NEGATIVE_INFINITY : Date.parse(closed.closedAt ?? '');
    const about = { ...words, subject: waiting[0]?.callId ?? 'queues' };
    if (seenAt < unlessSinceMs)
      await deps.alarms.raise({ id: deps.newId(), key: KEY, kind: KEY, ...about, atMs, unlessSinceMs });
    await deps.alarms.reword(KEY, about);
    return waiting.length;
  };
}

function wordsOf(
  waiting: readonly UnservedCall[],
  eased: EasedCalls | null,
  atMs: number,
): AlarmWords | null {
  const [first] = waiting;
  const now =
    first === undefined
      ? []
      : [
          {
            zh: `${waiting.length} 通来电无人可接，最久的已等 ${minutes(atMs - first.waitsSince)}（${first.queue}：${first.reason}）`,
            en: `Calls that nobody who is there can take: ${waiting.length}, the longest waits ${minutes(atMs - first.waitsSince)} (${first.queue}: ${first.reasonEn})`,
          },
        ];
  const before =
    eased === null
      ? []
      : [
          {
            zh: `15 分钟内有 ${eased.count} 通来电因此改由其他话务员受理（${eased.queue}：${eased.reason}）`,
            en: `others took such calls within 15 minutes: ${eased.count} (${eased.queue}: ${callReasonInEnglish(eased.reason) ?? eased.reason})`,
          },
        ];
  const told = [...now, ...before];
  if (told.length === 0) return null;
  return {
    detail: `${told.map(({ zh }) => zh).join('；')}；请安排能受理的话务员签入，或在“值班长”调整队列、在“座席技能”登记技能`,
    detailEn: `${told.map(({ en }) => en).join('; ')}; have somebody sign in who can take them, or set queues on the lead page and skills under skills of agents`,
  };
}

const minutes = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;
