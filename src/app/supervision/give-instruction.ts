import { localDateOf } from '../../domain/deadlines/local-time.ts';
import {
  decideInstruction,
  type InstructionLevel,
  type InstructionMove,
  type InstructionState,
} from '../../domain/tickets/instruction.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { InstructionBook } from '../ports/instructions.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { issueByRule, type SupervisionDeps } from './issue-order.ts';

export type InstructionDeps = SupervisionDeps & {
  readonly database: Database;
  readonly instructions: InstructionBook;
};

const noted = (
  deps: InstructionDeps,
  ticketId: string,
  line: { readonly words: string; readonly body: Readonly<Record<string, unknown>> },
  actor: Actor,
  tx: Transaction,
): Promise<void> =>
  deps.ticketMoves.note(
    ticketId,
    {
      id: deps.newId(),
      at: deps.now(),
      actorId: actor.accountId,
      type: 'instructionMoved',
      reason: line.words,
      body: line.body,
    },
    tx,
  );

/**
 * Attaches a leader's instruction to its tickets, with its own time; one from above supervises each unit at once (HM-11).
 * Refuses with `ticket.unknown`, `instruction.dueInPast` and what `decideInstruction` refuses.
 */
export function giveInstruction(deps: InstructionDeps) {
  const supervise = issueByRule(deps);
  return (asked: {
    /** The same for the same request: what stands under it is told and not given again. */
    readonly id: string;
    readonly level: InstructionLevel;
    readonly leader: string;
    readonly words: string;
    readonly dueAt: number;
    readonly ticketIds: readonly string[];
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly number: string }> =>
    deps.database.transact(async (tx) => {
      const { id, level, dueAt, actor } = asked;
      const words = asked.words.trim();
      const leader = asked.leader.trim();
      const decided = decideInstruction({ move: 'give', from: null, actor, words });
      if ('refusal' in decided) throw new AppError(decided.refusal);
      const givenAt = deps.now();
      // In one order for everybody, so that two with the same tickets wait for each other.
      const ticketIds = [...new Set(asked.ticketIds)].sort();
      for (const ticketId of ticketIds) {
        const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
        if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      }
      // Written by a process that died before it could answer; whoever asks at once again waited for the tickets.
      const earlier = await deps.instructions.lock(id, tx);
      if (earlier !== null) return { id, number: earlier.number };
      if (dueAt <= givenAt) throw new AppError('instruction.dueInPast');
      const { numberPrefix, calendar } = await deps.calendar.load(tx);
      const by = actor.accountId ?? '';
      const { number } = await deps.instructions.add(
        { id, level, leader, words, givenAt, dueAt, by, ticketIds },
        numberPrefix,
        localDateOf(givenAt, calendar.zone),
        tx,
      );
      const body = { instruction: number, move: 'give', dueAt: new Date(dueAt).toISOString() };
      for (const ticketId of ticketIds) {
        await noted(deps, ticketId, { words: `${leader}批示：${words}`, body }, actor, tx);
        if (level !== 'upper') continue;
        const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
        // Without a unit there is nobody to supervise yet: the instruction itself has its time.
        if (ticket?.unitCode != null) await supervise(ticketId, 'upperLevel', tx);
      }
      return { id, number };
    });
}

/** The steps of its chain, each on every ticket's time line. Refuses with `instruction.unknown` and what `decideInstruction` does. */
export function moveInstruction(deps: InstructionDeps) {
  return (asked: {
    readonly id: string;
    readonly move: Exclude<InstructionMove, 'give'>;
    readonly words: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly number: string; readonly state: InstructionState }> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor } = asked;
      const words = asked.words.trim();
      const found = await deps.instructions.lock(id, tx);
      if (found === null) throw new AppError('instruction.unknown', { id });
      const { number, state: from, ticketIds } = found;
      const decided = decideInstruction({ move, from, actor, words });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
      for (const ticketId of ticketIds) await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      const step = { move, to: decided.to, by: actor.accountId ?? '', at: deps.now(), words };
      await deps.instructions.step(id, step, tx);
      const body = { instruction: number, move, state: decided.to };
      for (const ticketId of ticketIds) await noted(deps, ticketId, { words, body }, actor, tx);
      return { id, number, state: decided.to };
    });
}
