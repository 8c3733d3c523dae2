import { decideCircular } from '../../domain/circulars/circular-table.ts';
import type { FactKind } from '../../domain/circulars/figures.ts';
import { draftText } from '../../domain/circulars/wording.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CircularBook, SupervisionFacts } from '../ports/circulars.ts';
import type { Units } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { addressees, countFigures } from './count-figures.ts';

export interface CircularDeps {
  readonly database: Database;
  readonly circulars: CircularBook;
  readonly supervisionFacts: SupervisionFacts;
  readonly units: Units;
  readonly now: () => number;
}

/**
 * Drafts a circular from what the books say of units in these days: each number in it is a figure whose rows are kept with it.
 * Refuses with `circular.unitUnknown`, `circular.tooMuch` and what `decideCircular` refuses.
 */
export function draftCircular(deps: CircularDeps) {
  return (asked: {
    /** The same for the same request: what stands under it is told and not written again. */
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly kinds: readonly FactKind[];
    /** null: all. */
    readonly units: readonly string[] | null;
    readonly actor: Actor;
  }): Promise<{ readonly id: string }> =>
    deps.database.transact(async (tx) => {
      const { id, from, to, kinds, actor } = asked;
      const author = mayWrite(actor);
      const named = await addressees(deps, asked.units, tx);
      const scope = { from, to, kinds, units: named.map(({ code }) => code) };
      const { rows, figures } = await countFigures(deps, scope, tx);
      const text = draftText({ ...scope, units: named, figures });
      const circular = {
        id,
        ...scope,
        text,
        figures,
        countedAt: deps.now(),
        author,
        writers: [author],
        corrects: null,
      };
      await deps.circulars.add(circular, rows, tx);
      return { id };
    });
}

/**
 * A draft in the place of one that was sent and is wrong: its words, with the figures counted anew. The old one holds until the
 * new one is signed. Refuses with `circular.unknown`, `circular.notSent`, `circular.underCorrection`.
 */
export function correctCircular(deps: CircularDeps) {
  return (asked: {
    readonly id: string;
    readonly corrects: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string }> =>
    deps.database.transact(async (tx) => {
      const { id, corrects, actor } = asked;
      const author = mayWrite(actor);
      const old = await lockedCircular(deps, corrects, tx);
      if (old.state !== 'sent') throw new AppError('circular.notSent', { state: old.state });
      const { from, to, kinds, units, text } = old;
      const { rows, figures } = await countFigures(deps, { from, to, kinds, units }, tx);
      // Its words are those of the old one's writers, whoever opens the correction.
      const writers = [...new Set([...old.writers, author])];
      const circular = {
        id,
        from,
        to,
        kinds,
        units,
        text,
        figures,
        countedAt: deps.now(),
        author,
        writers,
        corrects,
      };
      const added = await deps.circulars.add(circular, rows, tx);
      if (added === 'taken') throw new AppError('circular.underCorrection', { id: corrects });
      return { id };
    });
}

function mayWrite(actor: Actor): string {
  const decided = decideCircular({
    ...{ move: 'write', from: null, actor, writers: [], signatory: null, reason: '' },
  });
  if ('refusal' in decided) throw new AppError(decided.refusal);
  if (actor.accountId === null) throw new Error('a circular is a person’s');
  return actor.accountId;
}

export async function lockedCircular({ circulars }: CircularDeps, id: string, tx: Transaction) {
  const circular = await circulars.lock(id, tx);
  if (circular === null) throw new AppError('circular.unknown', { id });
  return circular;
}
