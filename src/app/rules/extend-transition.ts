import { localDate } from '../../domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { extensionAt } from '../../domain/hotlines/register/transition.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import type { Database } from '../ports/transaction.ts';
import { draftRules } from './draft-rules.ts';
import { editRules } from './edit-draft.ts';
import { publishRules } from './publish-rules.ts';
import { currentVersion, type RuleActor, type RuleDeps } from './rule-change.ts';

export interface ExtendInput {
  /** The new version's; makes a repeated request the same one. */
  readonly id: string;
  readonly number: string;
  /** Calendar months, from 1. */
  readonly months: number;
  /** The decision or letter that the extension rests on. */
  readonly basis: string;
  readonly reason: string;
  readonly actor: RuleActor;
}

/**
 * Extends a running transition (RD-06): a version of its own that holds the period and nothing else, handed in for a
 * second person's approval. Codes: rules.lineUnknown, transition.notRunning, transition.followed, and what publishing
 * may refuse.
 */
export function extendTransition(deps: RuleDeps) {
  return ({ id, number: raw, months, basis, reason, actor }: ExtendInput): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      const earlier = await deps.rules.byId(id, tx);
      if (earlier !== null) return earlier;
      const { rules } = await currentVersion(deps, tx);
      const { areaCode, timeZone } = rules.municipality;
      const number = normaliseNumber(raw, areaCode) ?? raw;
      const periods = rules.lines.filter((line) => line.number === number);
      const extension = extensionAt(periods, localDate(deps.now(), timeZone), { months, basis });
      if (extension.kind === 'refused') {
        const { code, ...data } = extension.refusal;
        throw new AppError(code, { number, ...data });
      }
      // The steps that an operator would take, all or none of them.
      const within: Database = { transact: (work) => work(tx) };
      const steps = { ...deps, database: within };
      const title = OWN_VERSION_WORDS.extended.zh({ code: number, day: `${extension.line.validTo}` });
      const draft = await draftRules(steps)({ id, title, actor, reason });
      const edit = { lines: [extension.line] };
      await editRules(steps)({ ref: id, revision: draft.revision, edit, reason, actor });
      return publishRules(steps)({ ref: id, reason, actor });
    });
}
