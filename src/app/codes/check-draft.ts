import { checkList } from '../../domain/codes/check.ts';
import { type CodeListContent, type CodeListId, isOutside, kindOf } from '../../domain/codes/code-list.ts';
import { type CodeFinding, finding } from '../../domain/codes/finding.ts';
import { followCodes } from '../../domain/dispatch/follow-codes.ts';
import type { CodeEdition } from '../ports/codes.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type CodeDeps, draftOf, todayOf } from './deps.ts';

export interface CheckedDraft {
  readonly edition: CodeEdition;
  readonly findings: readonly CodeFinding[];
}

/** All that is wrong with the draft of a list. Refuses with `codes.draftMissing`. */
export function checkDraft(deps: CodeDeps) {
  return (list: CodeListId): Promise<CheckedDraft> =>
    deps.database.transact(async (tx) => {
      const edition = await draftOf(deps.codes, list, tx);
      const content = await wholeContent(deps, edition, tx);
      return { edition, findings: await findingsOf(deps, edition, content, tx) };
    });
}

/**
 * What the draft will be: units and areas are entered one by one as well, and what came in that way since it was begun is
 * not lost with it.
 */
export async function wholeContent(
  { codes }: Pick<CodeDeps, 'codes'>,
  edition: CodeEdition,
  tx: Transaction,
): Promise<CodeListContent> {
  const { list, number, basedOn } = edition;
  const content = await codes.content(list, number, tx);
  if (isOutside(list) || basedOn === null) return content;
  const known = new Set((await codes.content(list, basedOn, tx)).terms.map(({ code }) => code));
  const held = new Set(content.terms.map(({ code }) => code));
  const since = (await codes.present(list, tx)).filter(({ code }) => !known.has(code) && !held.has(code));
  return { ...content, terms: [...content.terms, ...since] };
}

export async function findingsOf(
  deps: CodeDeps,
  edition: CodeEdition,
  draft: CodeListContent,
  tx: Transaction,
): Promise<readonly CodeFinding[]> {
  const { codes } = deps;
  const { list, validFrom, validTo } = edition;
  const base = await codes.present(isOutside(list) ? kindOf(list) : list, tx);
  const after = new Set(draft.terms.map(({ code }) => code));
  const gone = base.map(({ code }) => code).filter((code) => !after.has(code));
  const standing = (await codes.editions(list, tx)).filter(({ state }) => state === 'inForce');
  const findings = checkList({
    list,
    draft,
    base,
    earlier: isOutside(list) ? new Map() : await codes.former(list, tx),
    uses: isOutside(list) ? new Map() : await codes.uses(list, gone, tx),
    days: { validFrom, validTo },
    standing,
    others: await codes.presentCodes(tx),
    today: await todayOf(deps, tx),
  });
  return [...findings, ...(await mergers(deps, edition, draft, tx))];
}

/** Which units will answer for one matter since its codes became one. */
async function mergers(
  { dispatchCatalogue: book, newId }: CodeDeps,
  { list, validFrom }: CodeEdition,
  { mapping }: CodeListContent,
  tx: Transaction,
): Promise<readonly CodeFinding[]> {
  if (list !== 'category' && list !== 'area') return [];
  const { merged } = followCodes(await book.all(tx), list, mapping, validFrom, newId);
  return merged.map(({ stands, gaveWay }) =>
    finding(
      'unitsDiffer',
      'warning',
      [stands[list]],
      [
        `合并到 ${stands[list]} 的事项分属 ${stands.leadUnit} 与 ${gaveWay.leadUnit}，生效后由 ${stands.leadUnit} 负责`,
        `What becomes ${stands[list]} belongs to ${stands.leadUnit} and ${gaveWay.leadUnit}; ${stands.leadUnit} will answer for it`,
      ],
      ['在派单目录中先为新代码登记负责单位', 'Enter who answers for the new code beforehand'],
    ),
  );
}
