import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { dayWords } from '../../domain/deadlines/day-words.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { citizenText } from '../../domain/messages/citizen-words.ts';
import { partNotices, recallNotice } from '../../domain/messages/recall-notices.ts';
import { recipientOf } from '../../domain/messages/recipient.ts';
import {
  type CitizenStep,
  citizenStepOf,
  endsNudges,
  endsVisit,
  isNudge,
  type Sender,
  SUPERSEDES,
  type ToldLine,
  type ToldTicket,
  tooLate,
  type UnitStep,
} from '../../domain/messages/ticket-steps.ts';
import { unitNotice } from '../../domain/messages/unit-notices.ts';
import { helpersNotices, leadersCopy } from '../../domain/messages/urge-notices.ts';
import { isAutoUrge, saidByUrge } from '../../domain/messages/urge-words.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { MessageBook, MessageSubject } from '../ports/messages.ts';
import type {
  DecidedNotice,
  NoticeOutcome,
  TicketNoticeBook,
  WaitingTicket,
} from '../ports/ticket-notices.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { queueMessages } from './queue-messages.ts';

const BATCH = 50;
/** Who registers a ticket and dispatches it a moment later writes one message and not two. */
const SETTLE_MS = 20_000;
const HOUR_MS = 3_600_000;
/** A burst main is two hundred tickets to one unit: after so many in an hour it learns of the rest from its list. */
const AT_MOST = 10;

/**
 * Tells citizens each step of their tickets, and units what comes to them: whatever wrote a line of the time line, whichever
 * way. One worker at a time, a line once; why nobody was told is kept as well. Returns how many tickets were looked at.
 */
export function tellTicketSteps(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly ticketNotices: TicketNoticeBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
  readonly settleMs?: number;
}) {
  const { messages, ticketNotices, now, settleMs = SETTLE_MS } = deps;
  const queue = queueMessages(deps);

  const tellCitizen = async (told: Told, tx: Transaction): Promise<readonly DecidedNotice[]> => {
    const { id, ticket, lines, sender, areaCode } = told;
    const subject: MessageSubject = { kind: 'ticket', id };
    if (lines.some(endsVisit)) {
      await messages.cancelPending({ subject, kinds: ['visitLink'] }, now(), 'superseded', tx);
    }
    const decided: { -readonly [K in keyof DecidedNotice]: DecidedNotice[K] }[] = [];
    const toSay: { readonly step: CitizenStep; readonly line: ToldLine }[] = [];
    for (const line of lines) {
      const step = citizenStepOf(line);
      if (step === null) continue;
      const reachable = recipientOf(ticket.citizenNumber, step, areaCode).kind === 'number';
      const outcome: NoticeOutcome = !told.on
        ? 'switchedOff'
        : ticket.anonymous
          ? 'anonymous'
          : !reachable
            ? 'noNumber'
            : tooLate(step, line, now())
              ? 'stale'
              : 'queued';
      decided.push({
        eventId: line.eventId,
        ticketId: id,
        audience: 'citizen',
        unitCode: null,
        kind: step,
        outcome,
      });
      if (outcome !== 'queued') continue;
      for (const before of toSay.splice(0)) {
        if (!SUPERSEDES[step].includes(before.step)) toSay.push(before);
        else {
          const own = decided.find((one) => one.eventId === before.line.eventId);
          if (own !== undefined) own.outcome = 'superseded';
        }
      }
      await messages.cancelPending({ subject, kinds: SUPERSEDES[step] }, now(), 'superseded', tx);
      toSay.push({ step, line });
    }
    await queue(
      toSay.map(({ step, line }) => ({
        kind: step,
        callerNumber: ticket.citizenNumber,
        text: citizenText(step, line, ticket, sender),
        subject,
        dedupeKey: `ticketStep:${line.eventId}:citizen`,
      })),
      tx,
    );
    return decided;
  };

  const tellUnits = async (told: Told, tx: Transaction): Promise<readonly DecidedNotice[]> => {
    const { id, ticket, lines, sender } = told;
    const decided: DecidedNotice[] = [];
    // Signed for by now, or no longer asked for: neither what waits for its hour nor what comes with these lines is said.
    const lastEnd = lines.findLastIndex(endsNudges);
    if (lastEnd !== -1) {
      await messages.cancelPending(
        { subject: { kind: 'ticket', id }, kinds: ['unitNudge'] },
        now(),
        'superseded',
        tx,
      );
    }
    for (const [index, line] of lines.entries()) {
      const notices = [
        recallNotice(line, ticket, sender),
        unitNotice(line, ticket, sender),
        ...partNotices(line, ticket, sender),
        ...helpersNotices(line, ticket, sender),
      ];
      for (const notice of notices) {
        if (notice === null) continue;
        const { kind, unitCode, text } = notice;
        const numbers = await ticketNotices.contacts(unitCode, tx);
        const copy = unitCode === line.body.unitCode ? leadersCopy(line, ticket, sender) : null;
        const leaders = copy === null ? [] : await ticketNotices.leaders(unitCode, tx);
        const outcome: NoticeOutcome = !told.on
          ? 'switchedOff'
          : numbers.length + leaders.length === 0
            ? 'noContact'
            : tooLate(kind, line, now())
              ? 'stale'
              : (isNudge(line) && index < lastEnd) || saidByUrge(line, lines.slice(index + 1))
                ? 'superseded'
                : kind === 'unitWork' &&
                    (await ticketNotices.writtenLately(unitCode, now() - HOUR_MS, tx)) >= AT_MOST
                  ? 'gathered'
                  : 'queued';
        decided.push({ eventId: line.eventId, ticketId: id, audience: 'unit', unitCode, kind, outcome });
        if (outcome !== 'queued' && outcome !== 'gathered') continue;
        const toWhom = [
          // Gathered: the unit itself reads it in its list.
          ...(outcome === 'gathered' ? [] : numbers).map((callerNumber) => ({
            callerNumber,
            text,
            mark: '',
          })),
          ...leaders.map((callerNumber) => ({ callerNumber, text: copy ?? text, mark: ':copy' })),
        ];
        const wanted = toWhom.map(({ callerNumber, text: words, mark }) => ({
          kind,
          callerNumber,
          text: words,
          notBefore: told.noticeAt(line, kind),
          subject: { kind: 'ticket', id },
          dedupeKey: `ticketStep:${line.eventId}:unit:${unitCode}:${callerNumber}${mark}`,
        }));
        await queue(wanted, tx);
      }
    }
    return decided;
  };

  return (): Promise<number> =>
    deps.database.transact(async (tx) => {
      if (!(await ticketNotices.lockTelling(tx))) return 0;
      const tickets = await ticketNotices.waiting(now() - settleMs, BATCH, tx);
      if (tickets.length === 0) return 0;
      const { zone, areaCode, ticketSteps, municipality, mainNumber } = await messages.settings(tx);
      const { calendar, noticeHours } = await deps.calendar.load(tx);
      const hoursBegin = noticeAt(now(), noticeHours, chinaCalendar(calendar), false);
      for (const waiting of tickets) {
        const told: Told = {
          ...waiting,
          ticket: inWords(waiting.ticket, zone),
          sender: { municipality, mainNumber },
          areaCode,
          on: ticketSteps,
          noticeAt: (line, kind) =>
            (OF_DEADLINES.includes(line.type) || isAutoUrge(line)) && kind !== 'unitUrgent'
              ? hoursBegin
              : now(),
        };
        const notices = [...(await tellCitizen(told, tx)), ...(await tellUnits(told, tx))];
        const lines = waiting.lines.map(({ eventId }) => eventId);
        await ticketNotices.decided(lines, notices, now(), tx);
      }
      return tickets.length;
    });
}

interface Told {
  readonly id: string;
  readonly ticket: ToldTicket;
  readonly lines: readonly ToldLine[];
  readonly sender: Sender;
  readonly areaCode: string;
  readonly on: boolean;
  /** When a line may be told to a unit. */
  readonly noticeAt: (line: ToldLine, kind: UnitStep) => number;
}

/** Warnings keep the hours of notice; what comes to a unit by somebody's hand is told when messages are sent at all. */
const OF_DEADLINES: readonly string[] = [
  'deadlineWarning',
  'deadlineOverdue',
  'stageWarning',
  'planReminded',
];

function inWords({ citizenDueAt, unitDueAt, ...ticket }: WaitingTicket['ticket'], zone: string): ToldTicket {
  return {
    ...ticket,
    citizenDue: citizenDueAt === null ? null : dayWords(citizenDueAt, zone),
    unitDue: unitDueAt === null ? null : dayWords(unitDueAt, zone),
  };
}
