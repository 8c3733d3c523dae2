import { nextReminder, REMINDERS_AT_MOST } from '../../domain/circulars/receipts.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { ReceiptKey } from '../ports/circulars.ts';
import type { Database } from '../ports/transaction.ts';
import { type TellingDeps, tellUnit } from './tell-units.ts';

export type ReminderDeps = TellingDeps & {
  readonly database: Database;
  readonly alarms: Pick<AlarmBook, 'raise'>;
};

/**
 * Asks a unit that has not read a circular for its receipt again, at the ends of working days; after the last time the hotline
 * is told. Each once, by any number of workers. False: it is not asked now.
 */
export function remindReceipt(deps: ReminderDeps) {
  return async (receipt: ReceiptKey): Promise<boolean> => {
    const { calendar, noticeHours } = await deps.calendar.load();
    return deps.database.transact(async (tx) => {
      const now = deps.now();
      const found = await deps.circulars.lockUnread(receipt, now, tx);
      if (found === null) return false;
      const { circularId, unitCode } = receipt;
      const { number, unitName, sentAt, reminders } = found;
      if (reminders < REMINDERS_AT_MOST) {
        const key = `remind${reminders + 1}`;
        await tellUnit(deps, { circularId, number, unitCode, news: { kind: 'unread' }, key }, tx);
      } else {
        const words = {
          detail: `${unitName}经${REMINDERS_AT_MOST}次提醒仍未签阅${number}`,
          detailEn: `${unitName} was reminded ${REMINDERS_AT_MOST} times and has not read the circular ${number}`,
        };
        const about = {
          kind: 'circular.unread',
          key: `circular.unread:${circularId}:${unitCode}`,
        } as const;
        await deps.alarms.raise({ id: deps.newId(), ...about, ...words, subject: circularId, atMs: now }, tx);
      }
      const next = nextReminder(sentAt, reminders + 1, chinaCalendar(calendar), noticeHours);
      // A worker that was away for days does not ask three times in a minute.
      const nextAt = next === null ? null : Math.max(next.at, now + ASK_AGAIN_MS);
      await deps.circulars.reminded(receipt, now, nextAt, tx);
      return true;
    });
  };
}

const ASK_AGAIN_MS = 12 * 3_600_000;
