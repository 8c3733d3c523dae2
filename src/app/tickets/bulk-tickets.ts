import type { MoveDetails } from '../../domain/tickets/move-details.ts';
import type { ReplyChecklist } from '../../domain/tickets/reply-checklist.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketMove } from '../../domain/tickets/transitions.ts';
import { AppError } from '../errors.ts';
import type { BulkDone } from '../ports/bulk.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { Database } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import { type MoveTicketDeps, moveTicketInside } from './move-ticket.ts';
import { type UrgeDeps, urgeInside } from './urge-ticket.ts';

export const BULK_AT_MOST = 200;
/** What means the same for every ticket; whatever takes words of its own for each is done one by one. */
export const BULK_MOVES = [
  'submit',
  'dispatch',
  'reviewReply',
  'visit',
  'archive',
] as const satisfies readonly TicketMove[];
export const BULK_ACTS = [...BULK_MOVES, 'urge'] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

export interface BulkTicket {
  readonly id: string;
  /** As the actor saw it. */
  readonly version: number;
  /** What its own reply was held against (`visit`): no list says it of two hundred replies. */
  readonly checklist?: ReplyChecklist;
}

export interface BulkRequest {
  /** The same for the same request: what it did before is told and not done again. */
  readonly id: string;
  readonly act: BulkAct;
  readonly tickets: readonly BulkTicket[];
  readonly reason: string;
  readonly details: MoveDetails;
  readonly actor: Actor & { readonly accountId: string };
}

export type BulkLine =
  | ({ readonly id: string; readonly outcome: 'done' } & BulkDone)
  | {
      readonly id: string;
      readonly outcome: 'refused';
      readonly code: string;
      readonly data: Readonly<Record<string, unknown>>;
    };

/**
 * One act on many tickets, each in a transaction of its own: what is refused for one holds up none of the others, and a
 * defect in the middle leaves what was done done. In the order asked; of a ticket that stands twice the first counts.
 */
export function bulkTickets(
  deps: MoveTicketDeps & UrgeDeps & { readonly database: Database; readonly supervision: SupervisionBook },
) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  const urge = urgeInside(deps);

  const one = (request: BulkRequest, { id, version, checklist }: BulkTicket): Promise<BulkDone> =>
    deps.database.transact(async (tx) => {
      const { act, actor, reason } = request;
      const before = await deps.bulk.done(request.id, id, tx);
      if (before !== null) return before;
      let outcome: BulkDone;
      if (act === 'urge') outcome = { ...(await urge(id, reason, actor, tx)), version };
      else {
        const {
          number,
          state,
          version: now,
        } = await move(
          { id, move: act, version, reason, details: detailsFor(request, checklist), actor },
          tx,
        );
        await supervise(id, act, tx);
        outcome = { number, state, version: now };
      }
      const { accountId } = actor;
      await deps.bulk.keep({ bulkId: request.id, ticketId: id, accountId, act, at: deps.now(), outcome }, tx);
      return outcome;
    });

  return async (request: BulkRequest): Promise<readonly BulkLine[]> => {
    if (request.tickets.length > BULK_AT_MOST) {
      throw new AppError('bulk.tooMany', { most: BULK_AT_MOST, asked: request.tickets.length });
    }
    const lines = new Map<string, BulkLine>();
    for (const ticket of request.tickets) {
      if (lines.has(ticket.id)) continue;
      lines.set(ticket.id, await lineOf(ticket.id, () => one(request, ticket)));
    }
    return [...lines.values()];
  };
}

const detailsFor = (
  { details }: Pick<BulkRequest, 'details'>,
  checklist: ReplyChecklist | undefined,
): MoveDetails => (checklist === undefined ? details : { ...details, checklist });

/** What is refused is a line; what is broken ends the whole, and asked again goes on where it ended. */
async function lineOf(id: string, work: () => Promise<BulkDone>): Promise<BulkLine> {
  try {
    return { id, outcome: 'done', ...(await work()) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, outcome: 'refused', code: error.code, data: error.data };
  }
}
