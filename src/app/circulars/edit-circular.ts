import { decideCircular } from '../../domain/circulars/circular-table.ts';
import type { CircularFigure } from '../../domain/circulars/figures.ts';
import { type CircularText, unknownFigures } from '../../domain/circulars/wording.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { LockedCircular } from '../ports/circulars.ts';
import { addressees, countFigures } from './count-figures.ts';
import { type CircularDeps, lockedCircular } from './draft-circular.ts';

/**
 * Other words for a draft, and to whom it goes; its figures are counted anew where the units are others. Refuses with
 * `circular.unknown`, `circular.changedMeanwhile`, `circular.figureUnknown`, `circular.unitUnknown`, and what
 * `decideCircular` refuses.
 */
export function editCircular(deps: CircularDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly text: CircularText;
    readonly units: readonly string[];
    readonly actor: Actor;
  }): Promise<{ readonly revision: number }> =>
    deps.database.transact(async (tx) => {
      const { id, revision, actor } = asked;
      const circular = await lockedCircular(deps, id, tx);
      const by = mayEdit(circular, revision, actor);
      const units = (await addressees(deps, asked.units, tx)).map(({ code }) => code);
      const others = units.join() !== circular.units.join();
      const counted = others ? await countFigures(deps, { ...circular, units }, tx) : null;
      const text = tidied(asked.text);
      refuseUnknownFigures(text, counted?.figures ?? circular.figures);
      const at = deps.now();
      const change = {
        text,
        units,
        by,
        at,
        words: '',
        counted: counted === null ? null : { ...counted, at },
      };
      return { revision: await deps.circulars.rewrite(id, change, tx) };
    });
}

/** Counts a draft's figures anew: the books may have moved since. Refuses with the same. */
export function recountCircular(deps: CircularDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly actor: Actor;
  }): Promise<{ readonly revision: number }> =>
    deps.database.transact(async (tx) => {
      const { id, revision, actor } = asked;
      const circular = await lockedCircular(deps, id, tx);
      const by = mayEdit(circular, revision, actor);
      const at = deps.now();
      const counted = { ...(await countFigures(deps, circular, tx)), at };
      const { text, units } = circular;
      const change = { text, units, by, at, words: '重新统计', counted };
      return { revision: await deps.circulars.rewrite(id, change, tx) };
    });
}

function mayEdit(circular: LockedCircular, revision: number, actor: Actor): string {
  const decided = decideCircular({ ...circular, move: 'edit', from: circular.state, actor, reason: '' });
  if ('refusal' in decided) throw new AppError(decided.refusal, { move: 'edit', state: circular.state });
  refuseOtherRevision(circular, revision);
  if (actor.accountId === null) throw new Error('a circular is a person’s');
  return actor.accountId;
}

/** What somebody decides about must be what he saw. */
export function refuseOtherRevision(circular: LockedCircular, seen: number): void {
  if (circular.revision === seen) return;
  throw new AppError('circular.changedMeanwhile', { seen, revision: circular.revision });
}

export function refuseUnknownFigures(text: CircularText, figures: readonly CircularFigure[]): void {
  const unknown = unknownFigures(text, figures);
  if (unknown.length > 0) throw new AppError('circular.figureUnknown', { figures: unknown });
}

const tidied = ({ title, addressee, paragraphs, copies }: CircularText): CircularText => ({
  title: title.trim(),
  addressee: addressee.trim(),
  paragraphs: paragraphs.map((one) => one.trim()),
  copies: copies.map((one) => one.trim()),
});
