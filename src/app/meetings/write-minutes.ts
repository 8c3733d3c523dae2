import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { decideMeeting, type MeetingMove, type MeetingState } from '../../domain/meetings/meeting-table.ts';
import { type Minutes, minutesFault, unitsNamed } from '../../domain/meetings/minutes.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { LockedMeeting, MeetingBook } from '../ports/meetings.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface MinutesDeps {
  readonly database: Database;
  readonly meetings: MeetingBook;
  readonly ticketMoves: TicketMoves;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

/**
 * Writes down a meeting about tickets that its writer may see. Refuses with `meeting.heldLater`, `ticket.unknown`,
 * `ticket.unitUnknown`, and what `decideMeeting` and `minutesFault` refuse.
 */
export function writeMinutes(deps: MinutesDeps) {
  return (asked: {
    /** The same for the same request: of two the first stands. */
    readonly id: string;
    readonly heldAt: number;
    readonly minutes: Minutes;
    readonly actor: Actor;
  }): Promise<{ readonly id: string }> =>
    deps.database.transact(async (tx) => {
      const { id, heldAt, minutes, actor } = asked;
      const author = allowed('write', null, [], actor);
      const now = deps.now();
      await refuseUnfit(deps, { heldAt, minutes, actor }, tx);
      const { numberPrefix: prefix, calendar } = await deps.calendar.load(tx);
      const numbering = { prefix, day: localDateOf(heldAt, calendar.zone) };
      await deps.meetings.add({ id, heldAt, minutes: tidied(minutes), author, at: now }, numbering, tx);
      return { id };
    });
}

/** Other minutes for a draft. Refuses with `meeting.unknown`, `meeting.changedMeanwhile` and the same. */
export function editMinutes(deps: MinutesDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly heldAt: number;
    readonly minutes: Minutes;
    readonly actor: Actor;
  }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const { id, heldAt, minutes, actor } = asked;
      const meeting = await lockedMeeting(deps, id, asked.revision, tx);
      const by = allowed('edit', meeting.state, meeting.writers, actor);
      await refuseUnfit(deps, { heldAt, minutes, actor }, tx);
      await deps.meetings.rewrite(id, { heldAt, minutes: tidied(minutes), by }, tx);
    });
}

/** Refuses with `meeting.unknown`, `meeting.changedMeanwhile` and what `decideMeeting` refuses. */
export function cancelMeeting(deps: MinutesDeps) {
  return (asked: { readonly id: string; readonly revision: number; readonly actor: Actor }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const meeting = await lockedMeeting(deps, asked.id, asked.revision, tx);
      allowed('cancel', meeting.state, meeting.writers, asked.actor);
      await deps.meetings.cancel(asked.id, tx);
    });
}

export function allowed(
  move: MeetingMove,
  from: MeetingState | null,
  writers: readonly string[],
  actor: Actor,
): string {
  const decided = decideMeeting({ move, from, actor, writers });
  if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
  if (actor.accountId === null) throw new Error('minutes are a person’s');
  return actor.accountId;
}

/** As somebody saw it. */
export async function lockedMeeting(
  { meetings }: Pick<MinutesDeps, 'meetings'>,
  id: string,
  seen: number,
  tx: Transaction,
): Promise<LockedMeeting> {
  const meeting = await meetings.lock(id, tx);
  if (meeting === null) throw new AppError('meeting.unknown', { id });
  if (meeting.revision !== seen) {
    throw new AppError('meeting.changedMeanwhile', { seen, revision: meeting.revision });
  }
  return meeting;
}

async function refuseUnfit(
  { ticketMoves, now }: MinutesDeps,
  { heldAt, minutes, actor }: { readonly heldAt: number; readonly minutes: Minutes; readonly actor: Actor },
  tx: Transaction,
): Promise<void> {
  if (heldAt > now()) throw new AppError('meeting.heldLater');
  const fault = minutesFault(minutes, 'draft');
  if (fault !== null) throw new AppError(fault.code, fault.data);
  // In one order for everybody: of two with the same tickets the second waits.
  for (const id of [...new Set(minutes.ticketIds)].sort()) {
    if ((await ticketMoves.lock(id, sightOf(actor), tx)) === null)
      throw new AppError('ticket.unknown', { id });
  }
  for (const unit of unitsNamed(minutes)) {
    if (!(await ticketMoves.unitKnown(unit, tx))) throw new AppError('ticket.unitUnknown', { unit });
  }
}

const tidied = (minutes: Minutes): Minutes => ({
  ...minutes,
  topic: minutes.topic.trim(),
  place: minutes.place.trim(),
  chair: minutes.chair.trim(),
  text: minutes.text.trim(),
  participants: minutes.participants.map((one) => ({ ...one, position: one.position.trim() })),
  decisions: minutes.decisions.map((one) => ({ ...one, words: one.words.trim() })),
  tasks: minutes.tasks.map((one) => ({ ...one, task: one.task.trim() })),
  ticketIds: [...new Set(minutes.ticketIds)],
});
