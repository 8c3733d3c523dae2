import { chinaCalendar, unitCalendar } from '../../domain/deadlines/china.ts';
import { dayWords } from '../../domain/deadlines/day-words.ts';
import { dueAfterWorkingDays } from '../../domain/deadlines/due.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { type Decision, minutesFault } from '../../domain/meetings/minutes.ts';
import { tasksText } from '../../domain/messages/meeting-notices.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { DecidedOutcome, LockedMeeting, NewTask } from '../ports/meetings.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { TicketNoticeBook } from '../ports/ticket-notices.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type AdjudicateDeps, adjudicateInside } from '../tickets/adjudicate.ts';
import { allowed, lockedMeeting, type MinutesDeps } from './write-minutes.ts';

export type ConfirmDeps = MinutesDeps &
  AdjudicateDeps & {
    readonly messages: MessageBook;
    readonly ticketNotices: Pick<TicketNoticeBook, 'contacts'>;
  };

/**
 * A second person confirms the minutes, and all that was decided happens in ONE transaction: whose a ticket is is adjudicated,
 * numbered as a precedent and, where the meeting said so, a rule of the dispatch catalogue; each task begins, with its time by its
 * unit's calendar; each ticket's time line says so. Refuses with `meeting.unknown`, `meeting.changedMeanwhile`, and what
 * `decideMeeting`, `minutesFault`, the adjudication and the catalogue refuse.
 */
export function confirmMinutes(deps: ConfirmDeps) {
  const adjudicate = adjudicateInside(deps);
  return (asked: { readonly id: string; readonly revision: number; readonly actor: Actor }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const { id, actor } = asked;
      const meeting = await lockedMeeting(deps, id, asked.revision, tx);
      const by = allowed('confirm', meeting.state, meeting.writers, actor);
      const fault = minutesFault(meeting.minutes, 'confirmed');
      if (fault !== null) throw new AppError(fault.code, fault.data);
      for (const ticketId of [...meeting.minutes.ticketIds].sort()) {
        const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
        if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      }
      const outcomes: DecidedOutcome[] = [];
      for (const decision of meeting.minutes.decisions) {
        outcomes.push(await decided(deps, adjudicate, meeting, decision, actor, tx));
      }
      const tasks = await begun(deps, meeting, tx);
      await deps.meetings.confirm(id, { by, at: deps.now(), outcomes, tasks }, tx);
      await noteOnTickets(deps, meeting, tasks, actor, tx);
      await tellUnits(deps, meeting, tasks, tx);
    });
}

async function decided(
  deps: ConfirmDeps,
  adjudicate: ReturnType<typeof adjudicateInside>,
  { number, minutes }: LockedMeeting,
  { words, responsible }: Decision,
  actor: Actor,
  tx: Transaction,
): Promise<DecidedOutcome> {
  if (responsible === null) return { adjudication: null, ruleVersion: null };
  const { ticketId, leadUnit, assistUnits, rule } = responsible;
  const done = await adjudicate(
    {
      ...{ id: deps.newId(), ticketId, leadUnit, assistUnits, rule, actor },
      // It was decided at the table, whatever the ticket did since.
      ...{ version: null, ended: 'record' },
      parties: minutes.participants.filter(({ position }) => position !== ''),
      reason: OWN_FRAMES.minutes(number, words),
    },
    tx,
  );
  return { adjudication: done.number, ruleVersion: done.ruleVersion };
}

async function begun(
  { calendar, now, newId }: ConfirmDeps,
  { minutes }: LockedMeeting,
  tx: Transaction,
): Promise<NewTask[]> {
  const settings = await calendar.load(tx);
  return minutes.tasks.map(({ unitCode, task, workingDays, ticketIds }) => {
    const own = unitCalendar(settings.calendar, settings.unitCalendars, unitCode);
    const { dueAt, explanation } = dueAfterWorkingDays(now(), workingDays, own);
    return { id: newId(), unitCode, task, ticketIds, dueAt, explanation };
  });
}

async function noteOnTickets(
  deps: ConfirmDeps,
  { number, minutes }: LockedMeeting,
  tasks: readonly NewTask[],
  actor: Actor,
  tx: Transaction,
): Promise<void> {
  for (const ticketId of minutes.ticketIds) {
    const own = tasks.filter(({ ticketIds }) => ticketIds.includes(ticketId));
    await deps.ticketMoves.note(
      ticketId,
      {
        ...{ id: deps.newId(), at: deps.now(), actorId: actor.accountId, type: 'meetingDecided' },
        reason: minutes.topic,
        body: {
          meeting: number,
          tasks: own.map(({ unitCode: of, task, dueAt }) => ({
            ...{ of, task, dueAt: new Date(dueAt).toISOString() },
          })),
        },
      },
      tx,
    );
  }
}

/** Each unit is written once, whatever number of tasks it took away, in the hours of notice. */
async function tellUnits(
  deps: ConfirmDeps,
  { id, number }: LockedMeeting,
  tasks: readonly NewTask[],
  tx: Transaction,
): Promise<void> {
  const { ticketSteps, municipality, mainNumber } = await deps.messages.settings(tx);
  if (!ticketSteps) return;
  const { calendar, noticeHours } = await deps.calendar.load(tx);
  const notBefore = noticeAt(deps.now(), noticeHours, chinaCalendar(calendar), false);
  for (const unitCode of new Set(tasks.map((one) => one.unitCode))) {
    const own = tasks.filter((one) => one.unitCode === unitCode);
    const due = dayWords(Math.min(...own.map(({ dueAt }) => dueAt)), calendar.zone);
    const text = tasksText({ number, tasks: own.length, due }, { municipality, mainNumber });
    const numbers = await deps.ticketNotices.contacts(unitCode, tx);
    await queueMessages(deps)(
      numbers.map((callerNumber) => ({
        ...{ kind: 'unitWork' as const, callerNumber, text, notBefore },
        ...{ subject: { kind: 'meeting', id }, dedupeKey: `meeting:${id}:${unitCode}:${callerNumber}` },
      })),
      tx,
    );
  }
}
