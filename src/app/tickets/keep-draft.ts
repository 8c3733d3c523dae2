import { DRAFT_LENGTH, type DraftKind, mergeDrafts } from '../../domain/tickets/draft-merge.ts';
import { storable } from '../../domain/tickets/storable.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { Draft, DraftBook } from '../ports/ticket-drafts.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/** Who was heard of within this time has the ticket open; a screen says so every twenty seconds. */
export const PRESENT_MS = 45_000;

export interface KeptDraft {
  readonly version: number;
  readonly text: string;
  /** It was begun from an older version than stood: the others' changes are in it. */
  readonly merged: boolean;
  readonly conflicts: number;
}

/** A hotline's people share one draft of a kind, a unit's another. */
const deskOf = ({ unitCode }: Actor): string => unitCode ?? '';

/**
 * Keeps what is written so far. Who began from an older version than stands gets the others' changes merged in, and sees where both
 * changed the same. Refuses with `ticket.unknown`, `draft.baseUnknown`, `draft.tooLong`.
 */
export function keepDraft(deps: {
  readonly database: Database;
  readonly drafts: DraftBook;
  readonly ticketMoves: Pick<TicketMoves, 'lock'>;
  readonly now: () => number;
}) {
  return (asked: {
    readonly ticketId: string;
    readonly kind: DraftKind;
    /** The version it was begun from; 0: from nothing. */
    readonly base: number;
    readonly text: string;
    readonly actor: Actor & { readonly accountId: string };
  }): Promise<KeptDraft> =>
    deps.database.transact(async (tx) => {
      const { ticketId, kind, base, actor } = asked;
      // The ticket's row orders those who save at once, where no draft is there yet as well.
      if ((await deps.ticketMoves.lock(ticketId, sightOf(actor), tx)) === null) {
        throw new AppError('ticket.unknown', { id: ticketId });
      }
      const of = { ticketId, kind, desk: deskOf(actor) };
      const standing = await deps.drafts.newest(of, tx);
      const version = standing?.version ?? 0;
      const began = base === 0 ? '' : await deps.drafts.textOf(of, base, tx);
      if (began === null) throw new AppError('draft.baseUnknown', { base, version });
      const mine = storable(asked.text);
      const { text, conflicts } =
        base === version ? { text: mine, conflicts: 0 } : mergeDrafts(began, standing?.text ?? '', mine);
      const length = [...text].length;
      if (length > DRAFT_LENGTH) throw new AppError('draft.tooLong', { length, max: DRAFT_LENGTH });
      const merged = base !== version;
      // Saved as it stands: the client asked twice, or wrote what another has written.
      if (standing !== null && text === standing.text) return { version, text, merged, conflicts };
      const kept = { version: version + 1, text, by: actor.accountId, at: deps.now() };
      await deps.drafts.add(of, kept, tx);
      return { version: kept.version, text, merged, conflicts };
    });
}

/** Null: nothing is written yet. Refuses with `ticket.unknown`. */
export function readDraft(deps: {
  readonly drafts: DraftBook;
  readonly seen: (ticketId: string, actor: Actor) => Promise<boolean>;
}) {
  return async (ticketId: string, kind: DraftKind, actor: Actor): Promise<Draft | null> => {
    if (!(await deps.seen(ticketId, actor))) throw new AppError('ticket.unknown', { id: ticketId });
    return deps.drafts.newest({ ticketId, kind, desk: deskOf(actor) });
  };
}
