import type { Problem } from './problem.ts';

/** Code lists and their editions. */
export const CODES_PROBLEMS = {
  'codes.editionUnknown': {
    status: 404,
    zh: '没有这一版代码表，请刷新后重选',
    en: 'The list has no such edition: load the list anew and choose again',
  },
  'codes.draftMissing': {
    status: 404,
    zh: '该代码表没有草稿，请先建草稿',
    en: 'The list has no draft; begin one',
  },
  'codes.draftExists': {
    status: 409,
    zh: '该代码表已有草稿，见 number；先发布或作废',
    en: 'The list has a draft already, see number; publish or discard it first',
  },
  'codes.waiting': {
    status: 409,
    zh: '已有一版待生效，见 number；等其生效，或先撤回',
    en: 'An edition waits for its day, see number; let it begin, or withdraw it first',
  },
  'codes.changedMeanwhile': {
    status: 409,
    zh: '草稿已被他人改动，请重新载入后再改',
    en: 'Somebody else changed the draft meanwhile, nothing was overwritten: load it anew, then change it',
  },
  'codes.rowUnknown': {
    status: 422,
    zh: '草稿中没有这些代码，见 codes，请刷新草稿后再改',
    en: 'The draft has no such codes; see codes, and load the draft anew',
  },
  'codes.faulty': {
    status: 422,
    zh: '草稿有误，不能发布，见 findings：问题及改法，请逐项改正',
    en: 'The draft holds faults; see findings for what is wrong and what would be right: mend each',
  },
  'codes.ownWork': {
    status: 403,
    zh: '须由没有参与编辑的另一人发布',
    en: 'You had a hand in it: leave it to another person to publish',
  },
  'codes.moveImpossible': {
    status: 409,
    zh: '这一版的状态不允许这一步，请刷新看其现在的状态',
    en: 'The edition is in a state that does not allow this: load it anew to see how it stands',
  },
  'codes.nothingBefore': {
    status: 409,
    zh: '该代码表只有现行一版，没有可恢复的；请起草新版本',
    en: 'There was no list before the one in force: begin a draft instead',
  },
  'dispatch.draftUnknown': {
    status: 404,
    zh: '没有这份派单目录草稿；可能已发布或作废，请刷新后再看',
    en: 'There is no such draft of the catalogue: it may have been published or discarded; load the page anew',
  },
  'dispatch.draftClosed': {
    status: 409,
    zh: '草稿已发布或作废，请另起草稿',
    en: 'The draft was published or discarded: begin another',
  },
  'dispatch.draftChanged': {
    status: 409,
    zh: '草稿已被他人改动，请重新载入后再改',
    en: 'Somebody else saved the draft meanwhile, nothing was overwritten: load it anew, then change it',
  },
  'dispatch.draftOverlaps': {
    status: 409,
    zh: '草稿建立后他人改过同一事项，见 keys；请核对后以现行目录为底（rebase）保存再发布',
    en: 'Somebody changed the same matters since, see keys; look at them, save with rebase, and publish again',
  },
  'dispatch.versionUnknown': {
    status: 422,
    zh: '只能恢复到现行之前的版本，请另选一版',
    en: 'Only a version before the present one can be gone back to: choose another',
  },
  'dispatch.nothingToUndo': {
    status: 409,
    zh: '现行条目与那一版相同，请另选一版',
    en: 'The entries are as they were at that version: choose another',
  },
  'form.changedMeanwhile': {
    status: 409,
    zh: '表单草稿已被他人改动，请重新载入后再改',
    en: 'Somebody else saved the draft of the form meanwhile, nothing was overwritten: load it anew, then change it',
  },
  'form.draftMissing': {
    status: 404,
    zh: '该分类没有表单草稿，请先起草',
    en: 'The category has no draft of a form: write one first',
  },
  'form.faulty': {
    status: 422,
    zh: '表单有误，不能发布，见 faults，请逐项改正',
    en: 'The form holds faults; see which, and what would be right: mend each',
  },
  'form.noneInUse': {
    status: 409,
    zh: '该分类没有在用的表单，请先发布一份',
    en: 'The category has no form in use: publish one first',
  },
  'form.missing': {
    status: 422,
    zh: '该分类须填表单（见 required），请先填写表单',
    en: 'The category asks for a form, see required: fill it in',
  },
  'form.outdated': {
    status: 409,
    zh: '表单已更换或不属于该分类，请按现行表单填写，见 categoryCode、version',
    en: 'The form was replaced, or is not that of the category: fill in the one in use (see categoryCode and version)',
  },
  'form.invalid': {
    status: 422,
    zh: '表单填写有误，见 faults：哪一项、怎么改，请逐项改正',
    en: 'What was filled in holds faults; see which, and what would be right: mend each',
  },
  'ticket.tagsTooMany': {
    status: 422,
    zh: '主题标签过多，见 max，请删去几个',
    en: 'There are too many tags; see max, and take some away',
  },
} as const satisfies Readonly<Record<string, Problem>>;
