import {
  decideExclusion,
  EXCLUSION_GROUND_NAMES,
  EXCLUSION_MOVE_NAMES,
  type ExclusionGround,
  type ExclusionMove,
  type ExclusionState,
} from '../../domain/tickets/exclusion.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { ExclusionBook, TruthBook } from '../ports/appraisal.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface ExclusionDeps {
  readonly database: Database;
  readonly exclusions: ExclusionBook;
  readonly truths: TruthBook;
  readonly ticketMoves: TicketMoves;
  readonly now: () => number;
  readonly newId: () => string;
}

const noted = (
  deps: ExclusionDeps,
  ticketId: string,
  words: string,
  body: object,
  actor: Actor,
  tx: Transaction,
): Promise<void> =>
  deps.ticketMoves.note(
    ticketId,
    {
      id: deps.newId(),
      at: deps.now(),
      actorId: actor.accountId,
      type: 'exclusionMoved',
      reason: words,
      body: { ...body },
    },
    tx,
  );

/**
 * Asks that a ticket's answers be left out of its unit's appraisal, with evidence (G9). Refuses with `ticket.unknown`,
 * `supervision.noUnit`, `exclusion.truthMissing`, `exclusion.stands` and what `decideExclusion` refuses.
 */
export function requestExclusion(deps: ExclusionDeps) {
  return (asked: {
    readonly ticketId: string;
    readonly ground: ExclusionGround;
    readonly evidence: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, ground, actor } = asked;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const { unitCode } = ticket;
      if (unitCode === null) throw new AppError('supervision.noUnit', { state: ticket.state });
      const evidence = asked.evidence.trim();
      const decided = decideExclusion({
        ...{ move: 'request', from: null, unitCode, actor, askedBy: null, secondedBy: null },
        reason: evidence,
      });
      if ('refusal' in decided) throw new AppError(decided.refusal);
      // Not the unit's word: the hotline must have found it (H25).
      if (ground === 'untrue' && (await deps.truths.found(ticketId, tx)) !== 'untrue') {
        throw new AppError('exclusion.truthMissing');
      }
      const id = deps.newId();
      const by = actor.accountId ?? '';
      const asking = { id, ticketId, unitCode, ground, evidence, by, at: deps.now() };
      if (!(await deps.exclusions.request(asking, tx))) throw new AppError('exclusion.stands');
      const words = OWN_FRAMES.exclusionAsked(EXCLUSION_GROUND_NAMES[ground], evidence);
      await noted(deps, ticketId, words, { exclusion: id, ground, state: 'requested' }, actor, tx);
      return { id };
    });
}

/** Two people agree, or one refuses, or who asked takes it back. Refuses with `exclusion.unknown` and what `decideExclusion` does. */
export function moveExclusion(deps: ExclusionDeps) {
  return (asked: {
    readonly id: string;
    readonly move: Exclude<ExclusionMove, 'request'>;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly state: ExclusionState }> =>
    deps.database.transact(async (tx) => {
      const { id, move, reason, actor } = asked;
      const one = await deps.exclusions.lock(id, sightOf(actor), tx);
      if (one === null) throw new AppError('exclusion.unknown', { id });
      const { unitCode, askedBy, secondedBy, state: from, ticketId } = one;
      const decided = decideExclusion({ move, from, unitCode, actor, askedBy, secondedBy, reason });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
      const change = { move, to: decided.to, by: actor.accountId ?? '', at: deps.now() };
      await deps.exclusions.move(id, { ...change, opinion: reason.trim() }, tx);
      const words = OWN_FRAMES.said(EXCLUSION_MOVE_NAMES[move], reason.trim());
      await noted(deps, ticketId, words, { exclusion: id, state: decided.to }, actor, tx);
      return { id, state: decided.to };
    });
}
