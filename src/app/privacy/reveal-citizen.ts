import { LEASE_MS, neededBy, revealRefusal } from '../../domain/tickets/need-to-know.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { Citizen, PrivacyBook } from '../ports/privacy.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

const REASON_MAX = 200;

export interface RevealDeps {
  readonly database: Database;
  readonly privacy: PrivacyBook;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly audit: AuditTrail;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Who asks, as a session knows him. */
export interface Viewer extends Actor {
  readonly accountId: string;
  readonly address: string;
  readonly requestId: string;
}

/** Whom the appeal is of. `until`: ISO 8601 in UTC, when it may no longer be shown. */
export interface RevealedCitizen {
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly place: string;
  readonly content: string;
  /** As it stands, also where it is held for what it tells. */
  readonly reply: string | null;
  readonly until: string;
}

/**
 * Shows who complained, for a reason, and opens it for ten minutes: on the time line and in the audit trail in the same
 * transaction, before anything is shown (invariant 10). A unit sees no number of his, and calls him through the platform (D14). A lease that still runs is followed by a new one with its own reason.
 *
 * Refuses with `ticket.unknown`, `ticket.reasonMissing`, `citizen.anonymous`.
 */
export function revealCitizen(deps: RevealDeps) {
  return async (request: {
    readonly id: string;
    readonly reason: string;
    readonly viewer: Viewer;
  }): Promise<RevealedCitizen> => {
    const { id, viewer } = request;
    const reason = [...request.reason.replace(/\p{Cc}/gu, ' ').trim()].slice(0, REASON_MAX).join('');
    if (reason === '') throw new AppError('ticket.reasonMissing', { id });
    return deps.database.transact(async (tx) => {
      const sight = sightOf(viewer);
      if ((await deps.ticketMoves.lock(id, sight, tx)) === null) throw new AppError('ticket.unknown', { id });
      const citizen = await deps.privacy.citizen(id, sight, tx);
      if (citizen === null) throw new AppError('ticket.unknown', { id });
      const refusal = revealRefusal(citizen, viewer);
      if (refusal !== null) throw new AppError(refusal, { id });
      const now = deps.now();
      const endsAt = now + LEASE_MS;
      const until = new Date(endsAt).toISOString();
      await deps.ticketMoves.note(
        id,
        {
          id: deps.newId(),
          at: now,
          actorId: viewer.accountId,
          type: 'citizenRevealed',
          reason,
          body: { until },
        },
        tx,
      );
      await deps.audit.add(entry(deps, viewer, 'ticket.citizenRevealed', id, reason), tx);
      await deps.privacy.addLease(
        { id: deps.newId(), ticketId: id, accountId: viewer.accountId, beginsAt: now, endsAt },
        tx,
      );
      return shown(neededBy(citizen, viewer), until);
    });
  };
}

/**
 * Shows it once more while the ten minutes last; each time is on record before it is shown. What a lease allows ends with the
 * right to see the ticket. Refuses with `ticket.unknown`, `citizen.anonymous`, `citizen.leaseOver`.
 */
export function viewCitizen(deps: Pick<RevealDeps, 'privacy' | 'audit' | 'now' | 'newId'>) {
  return async (id: string, viewer: Viewer): Promise<RevealedCitizen> => {
    const citizen = await deps.privacy.citizen(id, sightOf(viewer));
    if (citizen === null) throw new AppError('ticket.unknown', { id });
    const refusal = revealRefusal(citizen, viewer);
    if (refusal !== null) throw new AppError(refusal, { id });
    const lease = await deps.privacy.leaseOf(id, viewer.accountId, deps.now());
    if (lease === null) throw new AppError('citizen.leaseOver', { id, minutes: LEASE_MS / 60_000 });
    await deps.audit.add(entry(deps, viewer, 'ticket.citizenViewed', id, ''));
    return shown(neededBy(citizen, viewer), new Date(lease.endsAt).toISOString());
  };
}

const shown = (
  { citizenName, citizenNumber, place, content, reply }: Citizen,
  until: string,
): RevealedCitizen => ({ citizenName, citizenNumber, place, content, reply, until });

function entry(
  deps: Pick<RevealDeps, 'now' | 'newId'>,
  { accountId, address, requestId }: Viewer,
  action: AuditEntry['action'],
  ticketId: string,
  reason: string,
): AuditEntry {
  const subject = { subjectKind: 'ticket', subjectId: ticketId } as const;
  return { id: deps.newId(), atMs: deps.now(), accountId, action, ...subject, reason, address, requestId };
}
