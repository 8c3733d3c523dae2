import { type CodeListContent, type CodeTerm, isOutside } from '../../domain/codes/code-list.ts';
import { presentPaths } from '../../domain/codes/paths.ts';
import { followCodes } from '../../domain/dispatch/follow-codes.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import { oneByOne } from '../one-by-one.ts';
import type { CodeEdition, RegisterChange } from '../ports/codes.ts';
import type { Log } from '../ports/log.ts';
import type { Transaction } from '../ports/transaction.ts';
import { wholeContent } from './check-draft.ts';
import { type CodeDeps, moveEdition, todayOf } from './deps.ts';

/**
 * Lets every published edition begin whose day has come, each in its own transaction: one that cannot holds up none of the others.
 * Any number of workers may look; returns how many began.
 */
export function beginEditions(deps: CodeDeps & { readonly log: Pick<Log, 'error'> }) {
  const due = (tx: Transaction): Promise<readonly CodeEdition[]> =>
    todayOf(deps, tx).then((day) => deps.codes.due(day, tx));
  return async (): Promise<number> => {
    const seen = await deps.database.transact(due);
    return await oneByOne(seen, deps.log, ({ list, number }) =>
      deps.database.transact(async (tx) => {
        await deps.codes.lock(tx);
        // Begun by another worker meanwhile, or withdrawn.
        const edition = (await due(tx)).find((one) => one.list === list && one.number === number);
        if (edition === undefined) return false;
        await beginInside(deps, edition, tx);
        return true;
      }),
    );
  };
}

/**
 * The list in force gives way: the register, the dispatch catalogue and the ways of the codes change in one transaction, so
 * that no appeal meets half of it. What was written before keeps its code, and is found and counted by what it became; what is
 * still kept by a unit that became another, the other keeps.
 */
export async function beginInside(
  deps: CodeDeps,
  edition: CodeEdition,
  tx: Transaction,
): Promise<CodeEdition> {
  const { codes } = deps;
  const { list, number } = edition;
  const at = deps.now();
  const content = await wholeContent(deps, edition, tx);
  const before = await codes.present(list, tx);
  const standing = (await codes.editions(list, tx)).find(({ state }) => state === 'inForce');
  if (standing !== undefined) {
    if (!isOutside(list)) {
      const { mapping } = await codes.content(list, standing.number, tx);
      await codes.writeContent(list, standing.number, { terms: before, mapping }, tx);
    }
    const change = { endedAt: at };
    const reason = OWN_VERSION_WORDS.editionBegan.zh({ n: number });
    await moveEdition(deps, 'giveWay', standing, { by: null, reason, change }, tx);
  }
  const change = { inForceAt: at };
  const begun = await moveEdition(deps, 'begin', edition, { by: null, reason: '', change }, tx);
  await codes.writeContent(list, number, content, tx);
  await codes.tell(begun, at, tx);
  if (!isOutside(list)) {
    const difference = differenceOf(before, content.terms);
    await codes.register(list, difference, at, tx);
    await followInCatalogue(deps, begun, content, difference, tx);
    const touched = [
      ...difference.ended,
      ...difference.changed.map(({ code }) => code),
      ...content.mapping.flatMap(({ from, to }) => [from, to]),
    ];
    await codes.writePaths(list, presentPaths(await codes.history(list, tx)), [...new Set(touched)], tx);
    if (list === 'unit') await codes.followUnits(tx);
  }
  return begun;
}

function differenceOf(before: readonly CodeTerm[], after: readonly CodeTerm[]): RegisterChange {
  const was = new Map(before.map((one) => [one.code, one]));
  const is = new Set(after.map(({ code }) => code));
  const isOther = (term: CodeTerm): boolean => {
    const old = was.get(term.code);
    if (old === undefined) return false;
    return (
      old.name !== term.name ||
      old.parentCode !== term.parentCode ||
      old.unitKind !== term.unitKind ||
      old.words.join('\n') !== term.words.join('\n')
    );
  };
  return {
    added: after.filter(({ code }) => !was.has(code)),
    changed: after.filter(isOther),
    ended: before.map(({ code }) => code).filter((code) => !is.has(code)),
  };
}

const REASON_AT_MOST = 500;
/** With as many names of those who gave way as there is room for, each of them whole. */
function becauseOf(
  edition: { readonly list: string; readonly n: number; readonly title: string },
  gaveWay: readonly string[],
): string {
  for (let named = Math.min(gaveWay.length, 10); named > 0; named -= 1) {
    const merged = gaveWay.slice(0, named).join('、');
    const reason = OWN_VERSION_WORDS.codesMerged.zh({ ...edition, merged });
    if (reason.length <= REASON_AT_MOST) return reason;
  }
  return OWN_VERSION_WORDS.codesBegan.zh(edition);
}

/** Always a version of its own, so that whoever remembers the catalogue, and its categories, reads it anew. */
async function followInCatalogue(
  { dispatchCatalogue: book, newId, now }: CodeDeps,
  { list, number, title, validFrom }: CodeEdition,
  { mapping }: CodeListContent,
  { added, changed, ended }: RegisterChange,
  tx: Transaction,
): Promise<void> {
  if (list !== 'category' && list !== 'area' && list !== 'unit') return;
  const version = (await book.lock(tx)) + 1;
  const change = followCodes(await book.all(tx), list, mapping, validFrom, newId);
  const gaveWay = change.merged.map(
    ({ stands, gaveWay: one }) => `${stands[list === 'area' ? 'area' : 'category']} ${one.leadUnit}`,
  );
  const reason = becauseOf({ list, n: number, title }, gaveWay);
  const areas = list === 'area' ? [...added, ...changed] : [];
  await book.write(
    { version, at: now(), by: null, origin: 'codes', reason },
    {
      removed: change.removed.map(({ id }) => id),
      added: change.added,
      areas: areas.map(({ code, name, words }) => ({ code, name, words })),
      assets: [],
      areasGone: list === 'area' ? ended : [],
    },
    tx,
  );
}
