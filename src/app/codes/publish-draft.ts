import type { CodeListId } from '../../domain/codes/code-list.ts';
import { type CodeFinding, isFault } from '../../domain/codes/finding.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CodeEdition } from '../ports/codes.ts';
import { beginInside } from './begin-editions.ts';
import { findingsOf, wholeContent } from './check-draft.ts';
import { type CodeDeps, draftOf, editionOf, moveEdition, refuseOlder, todayOf } from './deps.ts';

/**
 * Publishes the draft of a list, by somebody who had no hand in it; it begins on its day, at once when that is today. Refuses
 * with `codes.draftMissing`, `codes.changedMeanwhile`, `codes.faulty` (with every finding), `codes.ownWork`.
 */
export function publishDraft(deps: CodeDeps) {
  return (request: {
    readonly list: CodeListId;
    readonly revision: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly edition: CodeEdition; readonly findings: readonly CodeFinding[] }> =>
    deps.database.transact(async (tx) => {
      const { list, revision, reason, actor } = request;
      await deps.codes.lock(tx);
      const draft = await draftOf(deps.codes, list, tx);
      refuseOlder(draft, revision);
      const content = await wholeContent(deps, draft, tx);
      const findings = await findingsOf(deps, draft, content, tx);
      if (isFault(findings)) throw new AppError('codes.faulty', { number: draft.number, findings });
      const change = { publishedAt: deps.now(), publishedBy: actor.accountId, reason };
      const published = await moveEdition(deps, 'publish', draft, { by: actor, reason, change }, tx);
      if (published.validFrom > (await todayOf(deps, tx))) return { edition: published, findings };
      return { edition: await beginInside(deps, published, tx), findings };
    });
}

/** Takes back what has not begun. Refuses with `codes.editionUnknown`, `codes.moveImpossible`. */
export function withdrawEdition(deps: CodeDeps) {
  return (request: {
    readonly list: CodeListId;
    readonly number: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<CodeEdition> =>
    deps.database.transact(async (tx) => {
      const { list, number, reason, actor } = request;
      await deps.codes.lock(tx);
      const edition = await editionOf(deps.codes, list, number, tx);
      return moveEdition(deps, 'withdraw', edition, { by: actor, reason }, tx);
    });
}
