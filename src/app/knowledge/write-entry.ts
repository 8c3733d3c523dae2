import { type EntryContent, type EntryOrigin, tidyContent } from '../../domain/knowledge/entry.ts';
import { refusedToWrite } from '../../domain/knowledge/version-move.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { EntryHead, KnowledgeBook } from '../ports/knowledge.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface WritingDeps {
  readonly database: Database;
  readonly knowledge: KnowledgeBook;
  readonly now: () => number;
}

export interface WrittenEntry {
  readonly id: string;
  readonly ownerUnit: string;
  readonly origin: EntryOrigin;
  readonly originRef: string;
  readonly content: EntryContent;
  readonly actor: Actor;
}

/**
 * A new entry with its first version, a draft. Of two with one origin only the first is written: `known` then.
 *
 * Refuses with what `tidyContent` and `decideVersionMove` refuse, `knowledge.nameUnknown` and `knowledge.categoryEnded`.
 */
export function writeEntry(deps: WritingDeps) {
  const inside = async (
    { id, ownerUnit, origin, originRef, content, actor }: WrittenEntry,
    tx: Transaction,
  ): Promise<{ readonly number: string; readonly outcome: 'added' | 'known' }> => {
    refuseWriting(ownerUnit, actor);
    const tidy = tidied(content);
    // What is drafted by itself is of whoever answered it, who may be gone since: his heir, or the centre, is asked about it.
    await refuseUnknown(deps.knowledge, tidy, actor.accountId === null ? null : ownerUnit, tx);
    await refuseEnded(deps.knowledge, tidy, null, tx);
    const entry = { id, ownerUnit, origin, originRef, content: tidy, by: actor.accountId, at: deps.now() };
    return deps.knowledge.add(entry, tx);
  };
  return {
    inside,
    alone: (asked: WrittenEntry) => deps.database.transact((tx) => inside(asked, tx)),
  };
}

/**
 * A new version of an entry, a draft; the draft, or what was given back, before it is replaced. What is being checked is
 * recalled first, so that nobody approves words that its author has left behind.
 *
 * Refuses with `knowledge.unknown`, `knowledge.changedMeanwhile`, `knowledge.beingChecked` and what `writeEntry` refuses.
 */
export function writeVersion(deps: WritingDeps) {
  return (asked: {
    readonly id: string;
    readonly revision: number;
    readonly content: EntryContent;
    readonly actor: Actor;
  }): Promise<{ readonly version: number; readonly revision: number }> =>
    deps.database.transact(async (tx) => {
      const { id, revision, actor } = asked;
      const entry = await lockedEntry(deps.knowledge, id, revision, tx);
      refuseWriting(entry.ownerUnit, actor);
      const latest = entry.versions.at(-1);
      if (latest?.state === 'inCheck' || latest?.state === 'approved') {
        throw new AppError('knowledge.beingChecked', { version: latest.number, state: latest.state });
      }
      const content = tidied(asked.content);
      await refuseUnknown(deps.knowledge, content, null, tx);
      await refuseEnded(deps.knowledge, content, id, tx);
      const at = deps.now();
      let steps = 1;
      if (latest?.state === 'draft' || latest?.state === 'returned') {
        const { number: version, state: from } = latest;
        const step = { version, move: 'replace', from, to: 'replaced', by: null, at, reason: '' } as const;
        await deps.knowledge.move(id, step, tx);
        steps += 1;
      }
      const number = (latest?.number ?? 0) + 1;
      await deps.knowledge.addVersion(entry, { number, content, by: actor.accountId, at }, tx);
      return { version: number, revision: entry.revision + steps };
    });
}

/** Refuses with `knowledge.unknown` and, when a screen saw another state of it, with `knowledge.changedMeanwhile`. */
export async function lockedEntry(
  knowledge: Pick<KnowledgeBook, 'lock'>,
  id: string,
  revision: number | null,
  tx: Transaction,
): Promise<EntryHead> {
  const entry = await knowledge.lock(id, tx);
  if (entry === null) throw new AppError('knowledge.unknown', { entry: id });
  if (revision !== null && entry.revision !== revision) {
    throw new AppError('knowledge.changedMeanwhile', { revision: entry.revision });
  }
  return entry;
}

function refuseWriting(ownerUnit: string, actor: Actor): void {
  const refusal = refusedToWrite(ownerUnit, actor);
  if (refusal !== null) throw new AppError(refusal, { move: 'write', unit: ownerUnit });
}

function tidied(content: EntryContent): EntryContent {
  const tidy = tidyContent(content);
  if ('fault' in tidy) throw new AppError(tidy.fault.code, tidy.fault.data);
  return tidy.content;
}

async function refuseUnknown(
  knowledge: KnowledgeBook,
  content: EntryContent,
  newOwner: string | null,
  tx: Transaction,
): Promise<void> {
  const unknown = await knowledge.unknownNames(content, newOwner, tx);
  const missing = Object.entries(unknown).filter(([, names]) => names.length > 0);
  if (missing.length > 0) throw new AppError('knowledge.nameUnknown', Object.fromEntries(missing));
}

/** A category that stands no more is written into nothing new; an entry that bears it keeps it until somebody sorts it anew. */
async function refuseEnded(
  knowledge: Pick<KnowledgeBook, 'endedCategories'>,
  { categories }: EntryContent,
  entryId: string | null,
  tx: Transaction,
): Promise<void> {
  const ended = await knowledge.endedCategories(categories, entryId, tx);
  if (ended.length > 0) throw new AppError('knowledge.categoryEnded', { categories: ended });
}
