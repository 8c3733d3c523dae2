import { decideContact } from '../../domain/callbacks/contact.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { callFromTicket } from '../callbacks/call-from-ticket.ts';
import { AppError } from '../errors.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { ContactBook, RecentContact } from '../ports/contacts.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';

const DAY_MS = 86_400_000;

interface PreviewDeps {
  readonly database: Database;
  readonly contacts: ContactBook;
  readonly tickets: TicketBook;
  readonly ticketMoves: TicketMoves;
  readonly commands: CommandSender;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * 预览外呼 (G10): the clerk opens the matter and has its citizen to himself for a while, before anybody is rung. Told how
 * often he was called by us today; once that is enough a reason is needed, and stands on the time line (G11). Refuses with
 * `ticket.unknown`, `ticket.ownUnit`, `visit.notDue`, `contact.noNumber`, `contact.held`, `contact.tooOften`,
 * `contact.outcomeMissing`.
 */
export function claimContact(deps: PreviewDeps) {
  return (asked: {
    readonly ticketId: string;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly until: string; readonly recent: readonly RecentContact[] }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, reason, actor } = asked;
      const accountId = actor.accountId ?? '';
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode === ticket.unitCode) throw new AppError('ticket.ownUnit');
      if (ticket.state !== 'returnVisit') throw new AppError('visit.notDue', { state: ticket.state });
      const contact = await deps.contacts.lock(ticketId, tx);
      if (contact === null) throw new AppError('contact.noNumber');
      const { number, held } = contact;
      const nowMs = deps.now();
      const recent = await deps.contacts.recent(number, nowMs - DAY_MS, tx);
      const owes = await deps.contacts.owes(accountId, number, nowMs, tx);
      const callsToday = recent.length;
      const decided = decideContact({ accountId, nowMs, held, owes, callsToday, reason });
      if (decided.kind === 'refused') throw new AppError(decided.code, { callsToday });
      const { untilMs } = decided;
      await deps.contacts.claim({ number, ticketId, by: accountId, nowMs, untilMs }, tx);
      if (reason.trim() !== '') {
        await deps.ticketMoves.note(
          ticketId,
          {
            id: deps.newId(),
            at: nowMs,
            actorId: actor.accountId,
            type: 'contactInsisted',
            reason: reason.trim(),
            body: { callsToday },
          },
          tx,
        );
      }
      return { until: new Date(untilMs).toISOString(), recent };
    });
}

/** Gives the citizen back without having rung him. Refuses with `contact.notHeld`. */
export function releaseContact(deps: Pick<PreviewDeps, 'database' | 'contacts'>) {
  return (ticketId: string, accountId: string): Promise<void> =>
    deps.database.transact(async (tx) => {
      if (!(await deps.contacts.release(ticketId, accountId, true, tx)))
        throw new AppError('contact.notHeld');
    });
}

/**
 * Rings the clerk who has the contact, and then the citizen; from then on he owes what came of it. Refuses with
 * `contact.notHeld` and what `callFromTicket` does.
 */
export function callContact(deps: PreviewDeps) {
  const call = callFromTicket(deps);
  return async (asked: {
    readonly callId: string;
    readonly ticketId: string;
    readonly actor: Actor;
  }): Promise<{ readonly callId: string; readonly agent: AgentView | null }> => {
    const { ticketId, actor } = asked;
    const agentId = actor.accountId ?? '';
    const at = deps.now();
    const rung = await deps.contacts.rung(ticketId, agentId, at);
    if (rung === null) throw new AppError('contact.notHeld');
    try {
      return await call({ ...asked, purpose: 'returnVisit', agentId });
    } catch (err) {
      // Refused: nobody rang by this, and what was owed before is owed still. Of what is not known an outcome is.
      if (err instanceof AppError) await deps.contacts.notRung(ticketId, agentId, { at, ...rung });
      throw err;
    }
  };
}
