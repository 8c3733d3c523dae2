import type { CodeListId } from '../../domain/codes/code-list.ts';
import { decideEditionMove, type EditionMove } from '../../domain/codes/edition.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CodeBook, CodeEdition } from '../ports/codes.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface CodeDeps {
  readonly database: Database;
  readonly codes: CodeBook;
  readonly dispatchCatalogue: DispatchCatalogue;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

export const todayOf = async (
  { calendar, now }: Pick<CodeDeps, 'calendar' | 'now'>,
  tx: Transaction,
): Promise<string> => localDate(now(), (await calendar.load(tx)).calendar.zone);

/** Refuses with `codes.editionUnknown`. */
export async function editionOf(
  codes: CodeBook,
  list: CodeListId,
  number: number,
  tx?: Transaction,
): Promise<CodeEdition> {
  const edition = await codes.find(list, number, tx);
  if (edition === null) throw new AppError('codes.editionUnknown', { list, number });
  return edition;
}

/** Refuses with `codes.draftMissing`. */
export async function draftOf(codes: CodeBook, list: CodeListId, tx?: Transaction): Promise<CodeEdition> {
  const draft = (await codes.editions(list, tx)).find(({ state }) => state === 'draft');
  if (draft === undefined) throw new AppError('codes.draftMissing', { list });
  return draft;
}

/** Whoever saw an older draft is told, and nothing of his is written. Refuses with `codes.changedMeanwhile`. */
export function refuseOlder(draft: CodeEdition, revision: number): void {
  if (draft.revision === revision) return;
  throw new AppError('codes.changedMeanwhile', { number: draft.number, revision: draft.revision });
}

/** The edition after a move, written and noted. Refuses with `codes.moveImpossible`, `codes.ownWork`. */
export async function moveEdition(
  { codes, now }: Pick<CodeDeps, 'codes' | 'now'>,
  move: EditionMove,
  edition: CodeEdition,
  {
    by,
    reason,
    change = {},
  }: {
    readonly by: Actor | null;
    readonly reason: string;
    readonly change?: Partial<CodeEdition>;
  },
  tx: Transaction,
): Promise<CodeEdition> {
  const actor = by?.accountId ?? null;
  const isNew = move === 'draft' || move === 'restore';
  const decided = decideEditionMove(move, isNew ? null : edition, actor);
  if ('refusal' in decided)
    throw new AppError(decided.refusal, { number: edition.number, state: edition.state });
  const moved: CodeEdition = { ...edition, ...change, state: decided.to };
  await codes.save(moved, tx);
  await codes.note({ list: edition.list, edition: edition.number, at: now(), actor, move, reason }, tx);
  return moved;
}
