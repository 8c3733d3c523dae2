import {
  type CodeListId,
  type CodeMapping,
  type CodeTerm,
  isOutside,
  kindOf,
} from '../../domain/codes/code-list.ts';
import { type ListFileReport, readListFile, withOnlyMain } from '../../domain/codes/list-file.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CodeEdition } from '../ports/codes.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type CodeDeps, draftOf, moveEdition, refuseOlder } from './deps.ts';

export interface DraftPaper {
  readonly title: string;
  readonly basis: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * Begins a draft with today's codes; of somebody else's list with the codes that it has. One at a time, and none while an
 * edition waits for its day: it would follow on what is not there yet. Refuses with `codes.draftExists`, `codes.waiting`.
 */
export function draftList(deps: CodeDeps) {
  return (request: DraftPaper & { readonly list: CodeListId; readonly actor: Actor }): Promise<CodeEdition> =>
    deps.database.transact(async (tx) => {
      const { list, actor, ...paper } = request;
      await deps.codes.lock(tx);
      const { edition, terms } = await nextEdition(deps, list, paper, actor, tx);
      const inherited = isOutside(list) ? await mappingInForce(deps, list, tx) : [];
      const made = await moveEdition(deps, 'draft', edition, { by: actor, reason: paper.title }, tx);
      await deps.codes.writeContent(list, made.number, { terms, mapping: inherited }, tx);
      return made;
    });
}

/** The edition after what there is, and today's codes; the list in force is written down as it was when that was begun. */
export async function nextEdition(
  deps: CodeDeps,
  list: CodeListId,
  paper: DraftPaper,
  actor: Actor,
  tx: Transaction,
): Promise<{ readonly edition: CodeEdition; readonly terms: readonly CodeTerm[] }> {
  const { codes, now } = deps;
  const editions = await codes.editions(list, tx);
  const open = editions.find(({ state }) => state === 'draft' || state === 'published');
  if (open !== undefined) {
    throw new AppError(open.state === 'draft' ? 'codes.draftExists' : 'codes.waiting', {
      number: open.number,
    });
  }
  const inForce = editions.find(({ state }) => state === 'inForce');
  const terms = await codes.present(list, tx);
  if (inForce !== undefined && !isOutside(list)) {
    const { mapping } = await codes.content(list, inForce.number, tx);
    await codes.writeContent(list, inForce.number, { terms, mapping }, tx);
  }
  const ours = isOutside(list)
    ? (await codes.editions(kindOf(list), tx)).find(({ state }) => state === 'inForce')
    : inForce;
  const edition: CodeEdition = {
    ...paper,
    list,
    number: (editions[0]?.number ?? 0) + 1,
    state: 'draft',
    basedOn: ours?.number ?? null,
    revision: 1,
    editors: actor.accountId === null ? [] : [actor.accountId],
    draftedAt: now(),
    publishedAt: null,
    publishedBy: null,
    reason: '',
    inForceAt: null,
    endedAt: null,
  };
  return { edition, terms };
}

async function mappingInForce(
  deps: CodeDeps,
  list: CodeListId,
  tx: Transaction,
): Promise<readonly CodeMapping[]> {
  const inForce = (await deps.codes.editions(list, tx)).find(({ state }) => state === 'inForce');
  return inForce === undefined ? [] : (await deps.codes.content(list, inForce.number, tx)).mapping;
}

/** What a grid changes at once: rows by their code, rows taken out, and the ways of the old codes that are named. */
export interface DraftEdit {
  readonly list: CodeListId;
  readonly revision: number;
  readonly paper: Partial<DraftPaper>;
  readonly set: readonly CodeTerm[];
  readonly remove: readonly string[];
  /** All ways of each `from` that stands here. */
  readonly mapping: readonly CodeMapping[];
  /** These have none any more. */
  readonly unmap: readonly string[];
  readonly actor: Actor;
}

/** All of it or nothing. Refuses with `codes.draftMissing`, `codes.changedMeanwhile`, `codes.rowUnknown`. */
export function editDraft(deps: CodeDeps) {
  return (edit: DraftEdit): Promise<CodeEdition> =>
    deps.database.transact(async (tx) => {
      const { list, set, remove, mapping, unmap } = edit;
      await deps.codes.lock(tx);
      const draft = await draftOf(deps.codes, list, tx);
      refuseOlder(draft, edit.revision);
      const before = await deps.codes.content(list, draft.number, tx);
      const codes = new Set(before.terms.map(({ code }) => code));
      const unknown = remove.filter((code) => !codes.has(code));
      if (unknown.length > 0) throw new AppError('codes.rowUnknown', { codes: unknown });
      const given = new Map(set.map((term) => [term.code, term]));
      const gone = new Set(remove);
      const terms = [
        ...before.terms.filter(({ code }) => !gone.has(code)).map((term) => given.get(term.code) ?? term),
        ...[...given.values()].filter(({ code }) => !codes.has(code) || gone.has(code)),
      ];
      const replaced = new Set([...mapping.map(({ from }) => from), ...unmap]);
      const named = new Map(mapping.map((one) => [`${one.from}|${one.to}`, one]));
      const ways = [...before.mapping.filter(({ from }) => !replaced.has(from)), ...named.values()];
      return rewrite(deps, draft, { terms, mapping: withOnlyMain(ways) }, edit, tx);
    });
}

/** The whole list from a file, in place of what the draft held; nothing is written when a line cannot be taken. */
export function importDraft(deps: CodeDeps) {
  return (request: {
    readonly list: CodeListId;
    readonly revision: number;
    readonly csv: string;
    readonly checkOnly: boolean;
    readonly actor: Actor;
  }): Promise<{ readonly edition: CodeEdition; readonly report: ListFileReport }> =>
    deps.database.transact(async (tx) => {
      const { list, revision, csv, checkOnly, actor } = request;
      await deps.codes.lock(tx);
      const draft = await draftOf(deps.codes, list, tx);
      refuseOlder(draft, revision);
      const report = readListFile(csv, list);
      if (checkOnly || report.content === null) return { edition: draft, report };
      const edition = await rewrite(deps, draft, report.content, { paper: {}, actor }, tx);
      return { edition, report };
    });
}

async function rewrite(
  deps: CodeDeps,
  draft: CodeEdition,
  content: Parameters<CodeDeps['codes']['writeContent']>[2],
  { paper, actor }: Pick<DraftEdit, 'paper' | 'actor'>,
  tx: Transaction,
): Promise<CodeEdition> {
  const editors = new Set([...draft.editors, ...(actor.accountId === null ? [] : [actor.accountId])]);
  const change = { ...paper, revision: draft.revision + 1, editors: [...editors] };
  const edited = await moveEdition(deps, 'edit', draft, { by: actor, reason: '', change }, tx);
  await deps.codes.writeContent(draft.list, draft.number, content, tx);
  return edited;
}

/** Refuses with `codes.draftMissing`, `codes.changedMeanwhile`. */
export function discardDraft(deps: CodeDeps) {
  return (request: {
    readonly list: CodeListId;
    readonly revision: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<CodeEdition> =>
    deps.database.transact(async (tx) => {
      const { list, revision, reason, actor } = request;
      await deps.codes.lock(tx);
      const draft = await draftOf(deps.codes, list, tx);
      refuseOlder(draft, revision);
      return moveEdition(deps, 'discard', draft, { by: actor, reason }, tx);
    });
}
