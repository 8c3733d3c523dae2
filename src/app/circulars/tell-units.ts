import { nextReminder } from '../../domain/circulars/receipts.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { type CircularNews, circularText } from '../../domain/messages/circular-notices.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CircularBook, LockedCircular, Recipient, ToldOutcome } from '../ports/circulars.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { TicketNoticeBook } from '../ports/ticket-notices.ts';
import type { Transaction } from '../ports/transaction.ts';

export interface TellingDeps {
  readonly circulars: CircularBook;
  readonly messages: MessageBook;
  readonly ticketNotices: Pick<TicketNoticeBook, 'contacts'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Writes to one unit; what is written once under this key is not written again. */
export async function tellUnit(
  deps: TellingDeps,
  told: {
    readonly circularId: string;
    readonly number: string;
    readonly unitCode: string;
    readonly news: CircularNews;
    readonly key: string;
  },
  tx: Transaction,
): Promise<ToldOutcome> {
  const { ticketSteps, municipality, mainNumber } = await deps.messages.settings(tx);
  if (!ticketSteps) return 'switchedOff';
  const { circularId, number, unitCode, news, key } = told;
  const numbers = await deps.ticketNotices.contacts(unitCode, tx);
  if (numbers.length === 0) return 'noContact';
  await queueMessages(deps)(
    numbers.map((callerNumber) => ({
      ...{ kind: 'unitCircular' as const, callerNumber, subject: { kind: 'circular', id: circularId } },
      text: circularText(news, number, { municipality, mainNumber }),
      dedupeKey: `circular:${circularId}:${key}:${unitCode}:${callerNumber}`,
    })),
    tx,
  );
  return 'queued';
}

/** Each unit gets it, and is asked for its receipt; whoever had the one that it corrects is told of that. */
export async function sendToUnits(
  deps: TellingDeps,
  circular: Pick<LockedCircular, 'id' | 'units'> & { readonly number: string },
  old: LockedCircular | null,
  tx: Transaction,
): Promise<void> {
  const { id: circularId, units, number } = circular;
  const { calendar, noticeHours } = await deps.calendar.load(tx);
  const first = nextReminder(deps.now(), 0, chinaCalendar(calendar), noticeHours);
  const former = old?.number ?? null;
  const news: CircularNews = former === null ? { kind: 'sent' } : { kind: 'corrects', former };
  const recipients: Recipient[] = [];
  for (const unitCode of units) {
    const told = await tellUnit(deps, { circularId, number, unitCode, news, key: 'sent' }, tx);
    recipients.push({ unitCode, told, remindAt: first?.at ?? null });
  }
  await deps.circulars.send(circularId, recipients, tx);
  if (old === null) return;
  const left = old.units.filter((one) => !units.includes(one));
  await takeBack(deps, { ...old, units: left }, { kind: 'correctedBy', number }, tx);
}

/** Units that have it learn that it holds no more; what still waits to be said of it is not said. */
export async function takeBack(
  deps: TellingDeps,
  { id: circularId, units, number }: LockedCircular,
  news: CircularNews,
  tx: Transaction,
): Promise<void> {
  if (number === null) throw new Error('what was sent has its number');
  const subject = { kind: 'circular', id: circularId };
  await deps.messages.cancelPending({ subject }, deps.now(), 'superseded', tx);
  for (const unitCode of units) {
    await tellUnit(deps, { circularId, number, unitCode, news, key: news.kind }, tx);
  }
}
