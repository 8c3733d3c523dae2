import { WAITS_LATE_MINUTES, WAITS_LATE_MS } from '../../domain/intake/incoming.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { IntakeBook } from '../ports/intake.ts';

const KEY = 'intake.waiting';
const AGAIN_AFTER_MS = 3_600_000;

/**
 * A message of which no ticket could be made has no clock before a clerk makes one of it. Where none does, leads get an alarm,
 * counted once an hour and when more wait, which goes by itself.
 */
export function watchWaitingMessages(deps: {
  readonly intake: Pick<IntakeBook, 'waitingSince'>;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const nobody = { messages: 0, at: Number.NEGATIVE_INFINITY };
  let told = nobody;
  return async (): Promise<void> => {
    const atMs = deps.now();
    const { messages, oldest } = await deps.intake.waitingSince(atMs - WAITS_LATE_MS);
    if (oldest === null) {
      await deps.alarms.settle(KEY, atMs, { reason: '均已处理', reasonEn: 'All are seen to' });
      told = nobody;
    } else if (messages > told.messages || atMs - told.at >= AGAIN_AFTER_MS) {
      const about = { id: deps.newId(), key: KEY, kind: KEY, subject: oldest.id } as const;
      const waitsMinutes = Math.floor((atMs - oldest.receivedAt) / 60_000);
      await deps.alarms.raise({ ...about, ...wordsOf(messages, waitsMinutes), atMs });
      told = { messages, at: atMs };
    } else {
      told = { ...told, messages };
    }
  };
}

const wordsOf = (messages: number, waitsMinutes: number): AlarmWords => ({
  detail: `${messages} 条来件超过 ${WAITS_LATE_MINUTES} 分钟无人处理，最早的一条已等 ${waitsMinutes} 分钟；请在“来件”中登记工单，或说明不登记的原因`,
  detailEn: `Messages that nobody has seen to for more than ${WAITS_LATE_MINUTES} minutes: ${messages}, the oldest for ${waitsMinutes} minutes; open a ticket of each under messages in, or say why not`,
});
