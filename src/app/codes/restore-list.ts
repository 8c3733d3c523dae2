import { restored } from '../../domain/codes/back.ts';
import { type CodeListId, isOutside } from '../../domain/codes/code-list.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CodeEdition } from '../ports/codes.ts';
import { beginInside } from './begin-editions.ts';
import { type CodeDeps, moveEdition, todayOf } from './deps.ts';
import { nextEdition } from './draft-list.ts';

/**
 * Back to the list before the one in force, at once: a new edition with its codes, by which the present ones return to what
 * they came from. What was written meanwhile keeps its code and is counted there. Refuses with `codes.nothingBefore`,
 * `codes.draftExists`, `codes.waiting`.
 */
export function restoreList(deps: CodeDeps) {
  return (request: {
    readonly list: CodeListId;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<CodeEdition> =>
    deps.database.transact(async (tx) => {
      const { list, reason, actor } = request;
      const { codes } = deps;
      await codes.lock(tx);
      const editions = await codes.editions(list, tx);
      const before = editions.find(({ state }) => state === 'ended');
      const inForce = editions.find(({ state }) => state === 'inForce');
      if (before === undefined || inForce === undefined) throw new AppError('codes.nothingBefore', { list });
      const today = await todayOf(deps, tx);
      const paper = {
        title: OWN_VERSION_WORDS.backTo.zh({ n: before.number }),
        basis: before.basis,
        validFrom: today,
        validTo: null,
      };
      const { edition, terms } = await nextEdition(deps, list, paper, actor, tx);
      const earlier = await codes.content(list, before.number, tx);
      const { mapping } = await codes.content(list, inForce.number, tx);
      const uses = isOutside(list)
        ? new Map<string, { readonly allTickets: number }>()
        : await codes.uses(
            list,
            earlier.terms.map(({ code }) => code),
            tx,
          );
      const content = isOutside(list)
        ? earlier
        : restored(earlier.terms, { terms, mapping }, (code) => uses.get(code)?.allTickets ?? 0);
      const change = { publishedAt: deps.now(), publishedBy: actor.accountId, reason };
      const made = await moveEdition(deps, 'restore', edition, { by: actor, reason, change }, tx);
      await codes.writeContent(list, made.number, content, tx);
      return beginInside(deps, made, tx);
    });
}
