import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { countAgain } from '../../domain/tickets/count-again.ts';
import {
  decideExtension,
  type ExtensionDecision,
  type ExtensionState,
  grantRefusal,
} from '../../domain/tickets/extension.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { extendedParts } from '../../domain/tickets/parts/extended.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import type { TimeLineNote } from '../../domain/tickets/time-line.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { newDueTimes } from '../deadlines/recount-deadlines.ts';
import { AppError } from '../errors.ts';
import type { TicketNotice } from '../live/notices.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { DeadlineBook } from '../ports/deadlines.ts';
import type { LockedExtension } from '../ports/extensions.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { LockedTicket } from '../ports/ticket-moves.ts';
import type { TicketParts } from '../ports/ticket-parts.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type ExtensionDeps, refusePersonal } from './ask-extension.ts';

const NOTES = {
  grant: 'extensionGranted',
  refuse: 'extensionRefused',
  withdraw: 'extensionWithdrawn',
  lapse: 'extensionLapsed',
} as const satisfies Record<ExtensionDecision | 'lapse', TimeLineNote>;

export interface DecideExtensionDeps extends ExtensionDeps {
  readonly deadlines: DeadlineBook;
  readonly messages: MessageBook;
  readonly ticketParts: Pick<TicketParts, 'lockTree' | 'extend' | 'tell'>;
}

export interface DecidedExtension {
  readonly id: string;
  readonly state: ExtensionState;
  /** When the citizen's time is over now, ISO 8601 in UTC; null when nothing moved. */
  readonly citizenDueAt: string | null;
}

/**
 * Decides a request for more time. What is granted moves the marks of both clocks that have not fired and the parts that had
 * the unit's whole time, and the citizen is told, in one transaction; what is refused moves nothing.
 *
 * Refuses with `extension.unknown`, `extension.personalData`, `extension.tooMuch` and what `decideExtension` refuses.
 */
export function decideOnExtension(deps: DecideExtensionDeps) {
  return (request: {
    readonly id: string;
    readonly move: ExtensionDecision | 'lapse';
    readonly words: string;
    /** Granted may be less than was asked, with other words for the citizen. */
    readonly amount?: number;
    readonly publicReason?: string;
    readonly actor: Actor;
  }): Promise<DecidedExtension> =>
    deps.database.transact(async (tx) => {
      const { id, move, words, actor } = request;
      const sight = sightOf(actor);
      const unlocked = await deps.extensions.find(id, sight, tx);
      const ticket =
        unlocked === null ? null : await deps.ticketMoves.lock(unlocked.ticketId, sightOf(SYSTEM), tx);
      // Read again under the ticket's lock: of two who decide at once the later one is told.
      const extension = await deps.extensions.find(id, sight, tx);
      if (ticket === null || extension === null) throw new AppError('extension.unknown', { id });
      const now = deps.now();
      const decided = decideExtension(move, extension, actor, now);
      if ('refusal' in decided) throw new AppError(decided.refusal, decided.data);
      const moved = move === 'grant' ? grantRefusal(ticket, extension.unitCode) : null;
      if (moved !== null) throw new AppError(moved.refusal, moved.data);
      const amount = request.amount ?? extension.amount;
      if (amount > extension.amount) throw new AppError('extension.tooMuch', { asked: extension.amount });
      const publicReason = request.publicReason ?? extension.publicReason;
      if (move === 'grant') refusePersonal(publicReason, ticket.citizen);
      const decision = { state: decided.to, by: actor.accountId, at: now, words, amount, publicReason };
      await deps.extensions.decide(id, decision, tx);
      const event = {
        ...{ id: deps.newId(), at: now, actorId: actor.accountId },
        ...{ type: NOTES[move], reason: words, body: { extension: id, amount, publicReason } },
      };
      const granted = { ...extension, amount, publicReason };
      const citizenDueAt = move === 'grant' ? await grant(deps, ticket, granted, event, tx) : null;
      if (move !== 'grant') await deps.ticketMoves.note(extension.ticketId, event, tx);
      const notice: TicketNotice = {
        kind: 'extensionDecided',
        ...{ ticketId: extension.ticketId, ticketNumber: ticket.number, unitCode: extension.unitCode },
        ...{ atMs: now, clock: null, level: null },
      };
      await deps.ticketMoves.tell({ topic: 'ticketMoved', key: extension.ticketId, body: notice }, tx);
      return { id, state: decided.to, citizenDueAt };
    });
}

/** The marks of both clocks, the parts that follow, the line that says so, and the message to the citizen. */
async function grant(
  deps: DecideExtensionDeps,
  ticket: LockedTicket,
  extension: LockedExtension,
  event: Parameters<DeadlineBook['recount']>[3] & object,
  tx: Transaction,
): Promise<string | null> {
  const { ticketId, amount, publicReason } = extension;
  await deps.extensions.extend(ticketId, amount, tx);
  const counted = await deps.deadlines.counted(ticketId, tx);
  if (counted === null) throw new Error('a locked ticket is gone');
  const settings = await deps.calendar.load(tx);
  const limits = limitsOf(settings, ticket.acceptedAt);
  const calendars = calendarsFor(settings, ticket.unitCode, ticket);
  const marks = countAgain(counted, limits, calendars);
  const unitDue = marks.find(({ clock, kind }) => clock === 'unit' && kind === 'overdue');
  const tree = unitDue === undefined ? null : await deps.ticketParts.lockTree(ticketId, tx);
  const parts = tree === null ? [] : extendedParts(tree, unitDue?.dueAt ?? 0, calendars.unit);
  const followed = parts.length === 0 ? {} : { parts: parts.map(({ number }) => number) };
  const body = { ...event.body, dueAt: newDueTimes(marks), ...followed };
  await deps.deadlines.recount(counted, settings.calendarEdition, marks, { ...event, body }, tx);
  if (parts.length > 0) await deps.ticketParts.extend(parts, event.at, tx);
  for (const { unitCode, number } of parts) {
    const notice: TicketNotice = {
      kind: 'partMoved',
      ...{ ticketId, ticketNumber: ticket.number, unitCode, atMs: event.at },
      ...{ clock: null, level: null, part: number },
    };
    await deps.ticketParts.tell(notice, ticketId, tx);
  }
  const due = marks.find(({ clock, kind }) => clock === 'citizen' && kind === 'overdue');
  if (due === undefined) return null;
  const day = localDateOf(due.dueAt, settings.calendar.zone).replace(
    /^(\d+)-0?(\d+)-0?(\d+)$/,
    '$1年$2月$3日',
  );
  await queueMessages(deps)(
    [
      {
        kind: 'extended',
        callerNumber: ticket.citizen.number,
        text: `【12345】您反映的事项（${ticket.number}）因${publicReason}，办理期限延长至${day}。如有疑问请拨打12345。`,
        subject: { kind: 'ticket', id: ticketId },
        dedupeKey: `extended:${extension.id}`,
      },
    ],
    tx,
  );
  return new Date(due.dueAt).toISOString();
}

const LAPSED_AT_ONCE = 100;

/** Requests whose time was over before anybody decided. Returns how many. */
export function lapseExtensions(deps: DecideExtensionDeps) {
  const decide = decideOnExtension(deps);
  return async (): Promise<number> => {
    const overdue = await deps.extensions.overdue(deps.now(), LAPSED_AT_ONCE);
    for (const { id } of overdue) {
      await decide({ id, move: 'lapse', words: OWN_REASONS.extensionLapsed, actor: SYSTEM }).catch(
        (error: unknown) => {
          // Decided in this very moment is as good.
          if (!(error instanceof AppError) || error.code !== 'extension.moveImpossible') throw error;
        },
      );
    }
    return overdue.length;
  };
}
