import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { AppError } from '../errors.ts';
import type { PresetShelf } from '../ports/presets.ts';
import { draftRules } from '../rules/draft-rules.ts';
import { editRules } from '../rules/edit-draft.ts';
import type { RuleActor, RuleDeps } from '../rules/rule-change.ts';
import { fitPreset } from './fit-preset.ts';

/** A draft with what a preset makes of the rules in force. Code: rules.presetUnknown. */
export function draftPreset(deps: RuleDeps & { readonly presets: PresetShelf }) {
  return async (input: {
    readonly id: string;
    readonly preset: string;
    readonly title: string;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<RuleVersion> => {
    const presets = deps.presets.list();
    const preset = presets.find(({ name }) => name === input.preset);
    if (preset === undefined) {
      throw new AppError('rules.presetUnknown', {
        preset: input.preset,
        presets: presets.map(({ name }) => name),
      });
    }
    return deps.database.transact(async (tx) => {
      const within: RuleDeps = { ...deps, database: { transact: (step) => step(tx) } };
      const draft = await draftRules(within)(input);
      // A repeated request: what became of the first is the answer.
      if (draft.revision > 1 || draft.state !== 'draft') return draft;
      const rules = fitPreset(preset, draft.rules, deps.now());
      return editRules(within)({ ...input, ref: draft.id, revision: draft.revision, edit: { rules } });
    });
  };
}
