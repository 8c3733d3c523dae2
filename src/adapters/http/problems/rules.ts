import type { Problem } from './problem.ts';

/** Lines and units, rules and their versions, tasks of the register. */
export const RULES_PROBLEMS = {
  'unit.codeTaken': {
    status: 409,
    zh: '单位代码或名称已被使用，请换一个',
    en: 'The code or the name is taken: choose another',
  },
  'unit.parentUnknown': {
    status: 422,
    zh: '没有这个上级单位，请从单位列表中选择',
    en: 'There is no such unit above: choose one of the list',
  },
  'line.unknown': {
    status: 404,
    zh: '没有登记这个号码，请核对号码',
    en: 'The number is not on the register: look at the number again',
  },
  'version.unknown': {
    status: 404,
    zh: '没有这个规则版本，请刷新列表重选',
    en: 'There is no such version of the rules: load the list anew and choose again',
  },
  'version.revisionUnknown': {
    status: 409,
    zh: '没有这个修订号，请重新载入版本',
    en: 'The version has no such revision: load it anew',
  },
  'version.moveImpossible': {
    status: 409,
    zh: '该版本当前状态不允许此操作，请刷新看其现在的状态',
    en: 'The version is not in a state for this: load the list anew to see how it stands',
  },
  'version.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步，请交运营员办理',
    en: 'Your roles do not allow this step: ask an operator',
  },
  'version.ownChange': {
    status: 403,
    zh: '不得复核自己编辑的版本，须由另一人复核',
    en: 'Nobody approves a change of the own: ask another person',
  },
  'version.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'version.approvedAlready': {
    status: 409,
    zh: '您已复核过该版本，请等待另一人复核',
    en: 'You approved this version already: wait for another person',
  },
  'version.editedMeanwhile': {
    status: 409,
    zh: '他人已修改该版本，请重新载入后再改',
    en: 'Somebody else edited it meanwhile, nothing was overwritten: load it anew, then change it',
  },
  'version.lintErrors': {
    status: 422,
    zh: '规则检查发现错误，不能发布，请按所列问题改正',
    en: 'The linter found errors; it cannot be published: mend what it lists',
  },
  'version.baseMoved': {
    status: 409,
    zh: '期间已发布其他版本，请先合并到现行版本',
    en: 'Another version was published meanwhile: bring this one up to it (rebase) first',
  },
  'version.conflict': {
    status: 409,
    zh: '与现行版本的修改冲突，请逐处选定后再合并',
    en: 'The changes conflict with what was published meanwhile: decide each, then bring it up to date',
  },
  'version.forbiddenChange': {
    status: 422,
    zh: '含有不得进行的修改：报警和紧急求助电话不得归并，请删去',
    en: 'Emergency numbers are never merged: take these changes out',
  },
  'version.approvalsMissing': {
    status: 409,
    zh: '尚缺他人复核，请先由另一人复核',
    en: 'Approval by another person is missing: have another person approve it first',
  },
  'version.tooEarly': {
    status: 409,
    zh: '尚未到生效时间，请等到 effectiveAt',
    en: 'Its moment has not come: wait until effectiveAt',
  },
  'version.revertBeforeEffect': {
    status: 422,
    zh: '恢复时间须晚于生效时间',
    en: 'It must end after it begins: choose a later end',
  },
  'version.noChange': {
    status: 409,
    zh: '与现行版本没有不同，请先修改',
    en: 'Nothing would change: change something first',
  },
  'version.neverPublished': {
    status: 409,
    zh: '该版本从未发布，不能恢复；请选择发布过的版本',
    en: 'The version was never published: choose one that was',
  },
  'version.temporaryOver': {
    status: 409,
    zh: '该版本是临时变更，期限已过，不能直接恢复；请起草新版本',
    en: 'That version was temporary and its time is over: begin a new one instead',
  },
  'rules.none': {
    status: 409,
    zh: '尚未登记本地信息，没有规则；请先登记，或导入预设',
    en: 'No municipality is set up yet: enter it, or bring in a preset first',
  },
  'rules.lineUnknown': {
    status: 404,
    zh: '没有登记这个号码，请核对号码',
    en: 'The number is not in these rules: look at it again',
  },
  'rules.lineOver': {
    status: 409,
    zh: '该号码已到期，不再受理；要从历史中删除，须指明其生效日期',
    en: 'The number has ended already: name its first day to take it out of the history',
  },
  'rules.lineIncomplete': {
    status: 422,
    zh: '新号码缺少必填项，请补填',
    en: 'A new number lacks something: fill it in',
  },
  'rules.queueUnknown': {
    status: 404,
    zh: '没有这个队列，请从列表中选择',
    en: 'There is no such queue in these rules: choose one of the list',
  },
  'rules.queueIncomplete': {
    status: 422,
    zh: '新队列缺少名称，请填写',
    en: 'A new queue needs a name: enter it',
  },
  'rules.wordsUnspoken': {
    status: 422,
    zh: '菜单文字无法合成语音，未发布；请修改文字，或以同名上传录音后再发布，见 prompts',
    en: 'Words of a menu cannot be spoken; nothing was published. Change them, or upload a recording of that name; see prompts',
  },
  'rules.presetUnknown': {
    status: 404,
    zh: '没有这个预设，请从列表中选择',
    en: 'There is no such preset: choose one of the list',
  },
  'rules.surgeInvalid': {
    status: 422,
    zh: '应急按键不符合要求，请按 wrong 和 right 改正',
    en: 'The surge key does not fit: see wrong, and write what right says',
  },
  'rules.surgeUnknown': {
    status: 404,
    zh: '菜单中没有这个应急按键，请刷新菜单重选',
    en: 'The menu has no such surge key: load the menu anew and choose again',
  },
  'rules.menuUnknown': {
    status: 404,
    zh: '没有这个菜单，请刷新列表重选',
    en: 'There is no such menu in these rules: load the list anew and choose again',
  },
  'rules.menuInvalid': {
    status: 422,
    zh: '菜单格式不正确，逐项说明见 faults，请逐项改正',
    en: 'The menu is malformed; each fault says where and what belongs there: mend each',
  },
  'rules.hoursUnreadable': {
    status: 422,
    zh: '受理时间无法识别，请按 right 所示改写',
    en: 'The hours cannot be read: write them as right shows',
  },
  'rules.skillsUnreadable': {
    status: 422,
    zh: '技能要求无法识别，请按 right 所示改写',
    en: 'What is asked of the agents cannot be read: write it as right shows',
  },
  'rules.centreAddressInvalid': {
    status: 422,
    zh: '分中心地址无法识别，请按 right 所示改写',
    en: 'The address of the other centre cannot be read: write it as right shows',
  },
  'trunk.unknown': {
    status: 404,
    zh: '没有这个中继，也没有经其来的电话，请从列表中选择',
    en: 'There is no such trunk, nor any call of it: choose one of the list',
  },
  'rules.trunkUnknown': {
    status: 404,
    zh: '没有这个中继，请从规则的中继中选择',
    en: 'There is no such trunk in these rules: choose one that they have',
  },
  'rules.unitNameTaken': {
    status: 409,
    zh: '承办单位名称已属于另一代码，请换一个名称',
    en: 'The name of the unit belongs to another code: choose another',
  },
  'transition.notRunning': {
    status: 409,
    zh: '该号码没有进行中的过渡期，不能延长；请先设为短期过渡',
    en: 'The number has no running transition to extend: put it into the mode TRANSITION first',
  },
  'transition.followed': {
    status: 409,
    zh: '该号码过渡期满后的安排已经登记，请修改该安排',
    en: 'What follows the transition is entered already; change that instead',
  },
  'rules.tooManyCalls': {
    status: 422,
    zh: '时段内通话过多，请缩短天数',
    en: 'Too many calls in the period; take fewer days',
  },
  'rules.csvNotText': {
    status: 422,
    zh: '这不是 CSV 文件；请在 Excel 中另存为“CSV UTF-8”或“CSV”后重试',
    en: 'This is no CSV; save it from the spreadsheet as CSV (UTF-8 or GBK) and try again',
  },
  'rules.csvInvalid': {
    status: 422,
    zh: 'CSV 文件无法读取，请用模板重新填写后上传',
    en: 'The CSV cannot be read: fill in the template and upload that',
  },
  'report.empty': { status: 422, zh: '没有通话记录，请给出 records 或 csv', en: 'Give records or csv' },
  'report.unitMissing': {
    status: 403,
    zh: '该账号没有所属单位，不能上报；请由管理员为账号登记单位',
    en: 'The account belongs to no unit and cannot report: ask an administrator to name its unit',
  },
  'workItem.unknown': {
    status: 404,
    zh: '没有这项任务；请刷新列表重选',
    en: 'There is no such task: load the list anew and choose again',
  },
  'workItem.notOpen': {
    status: 409,
    zh: '该任务已处理或已撤销，请刷新列表',
    en: 'The task is not open any more: load the list anew',
  },
} as const satisfies Readonly<Record<string, Problem>>;
