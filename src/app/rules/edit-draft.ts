import { localDate } from '../../domain/hotlines/local-date.ts';
import { rebase } from '../../domain/hotlines/versions/publishing.ts';
import { editDraft, type RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import { daysNamedIn } from './named-days.ts';
import {
  contextOf,
  currentVersion,
  moveVersion,
  type RuleActor,
  type RuleDeps,
  refusalOf,
  versionBy,
} from './rule-change.ts';
import { editedRules, type RuleEdit } from './rule-edit.ts';

export interface EditInput {
  readonly ref: string;
  /** The revision that the editor had before the eyes. */
  readonly revision: number;
  readonly edit: RuleEdit;
  readonly title?: string;
  readonly reason?: string;
  readonly actor: RuleActor;
}

/** Who comes too late is told who changed what, and nothing is overwritten (version.editedMeanwhile). */
export function editRules(deps: RuleDeps) {
  return ({ ref, revision, edit, title, reason, actor }: EditInput): Promise<RuleVersion> =>
    moveVersion(deps, { ref, trace: actor.trace }, async (version, tx) => {
      const begun = await deps.rules.revision(version.id, revision, tx);
      if (begun === null) throw new AppError('version.revisionUnknown', { revision: version.revision });
      const context = contextOf(deps, actor, reason);
      // Told before anything else: what does not fit today's content may be the others' doing.
      if (revision !== version.revision) {
        return editDraft(version, { begun: { revision, rules: begun }, rules: begun }, context);
      }
      const today = localDate(context.now, version.rules.municipality.timeZone);
      const rules = editedRules(begun, edit, { units: await deps.units.list(tx), today });
      const named = { firstDays: daysNamedIn(edit, begun), ...(title === undefined ? {} : { title }) };
      return editDraft(version, { begun: { revision, rules: begun }, rules, ...named }, context);
    });
}

/** Another version was published meanwhile: the same changes, made to that one. */
export function rebaseDraft(deps: RuleDeps) {
  return ({ ref, reason, actor }: Pick<EditInput, 'ref' | 'reason' | 'actor'>): Promise<RuleVersion> =>
    moveVersion(deps, { ref, trace: actor.trace }, async (version, tx) => {
      const current = await currentVersion(deps, tx);
      if (version.baseId === null || version.baseId === current.id) {
        throw await refusalOf(deps, { code: 'version.noChange' }, tx);
      }
      const base = await versionBy(deps, version.baseId, tx);
      return rebase(version, base.rules, current, contextOf(deps, actor, reason));
    });
}
