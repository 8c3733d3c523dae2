import type { Problem } from './problem.ts';

/** Accounts. */
export const ACCOUNTS_PROBLEMS = {
  'account.credentialsWrong': {
    status: 401,
    zh: '用户名或密码不正确，请检查大小写后重试；忘记密码请找管理员重设',
    en: 'The user name or the password is wrong: look at capitals and try again, or ask an administrator for a new password',
  },
  'filter.unknown': {
    status: 404,
    zh: '没有这个筛选；可能已删除，请刷新列表重选',
    en: 'There is no such filter: it may have been removed; load the list anew and choose again',
  },
  'filter.listUnknown': {
    status: 422,
    zh: '没有这个列表，请用列表的 operationId',
    en: 'There is no such list; name it by its operationId',
  },
  'filter.queryInvalid': {
    status: 422,
    zh: '筛选条件不是该列表的条件，请用列表页上的筛选项重新设置',
    en: 'The list cannot be filtered by that: set it again with the filters of the list',
  },
  'filter.nameTaken': {
    status: 409,
    zh: '该列表已有同名筛选，请换一个名称，或先删除原来的',
    en: 'You keep a filter of this list under that name already: take another name, or remove that one first',
  },
  'filter.tooMany': {
    status: 409,
    zh: '保存的筛选已满，请先删除不用的',
    en: 'You keep as many filters as can be; remove one first',
  },
  'filter.shareForbidden': {
    status: 403,
    zh: '您无权共享筛选，请由班长、运营员、督办员或管理员共享；您可以保存为自己用',
    en: 'Filters are shared by leads, operators, supervisors and administrators: ask one of them, or keep it for yourself',
  },
  'filter.personal': {
    status: 422,
    zh: '筛选不得含有号码、证件等个人信息，请删去后再保存',
    en: 'No filter holds what tells who somebody is: leave that out and save again',
  },
  'account.disabled': {
    status: 403,
    zh: '账号已停用，如需使用请找管理员启用',
    en: 'The account is disabled: ask an administrator to enable it',
  },
  'account.own': {
    status: 409,
    zh: '不能停用自己的账号或改自己的角色，请由另一位管理员办理',
    en: 'Nobody locks his own account or changes his own roles: ask another administrator',
  },
  'account.lastAdmin': {
    status: 409,
    zh: '这是最后一位在用的管理员；请先让另一账号成为管理员',
    en: 'This is the last administrator in use: make another account one first',
  },
  'account.changedMeanwhile': {
    status: 409,
    zh: '角色或所属已由他人改过，请核对后再改',
    en: 'Somebody else has changed the roles or whose account it is: look again, then change them',
  },
  'account.unknown': {
    status: 404,
    zh: '没有这个账号；请刷新账号列表重选',
    en: 'There is no such account: load the list of accounts anew and choose again',
  },
  'account.usernameInvalid': {
    status: 422,
    zh: '用户名须为 2 至 40 位小写字母、数字或 . _ -',
    en: 'Give a user name 2 to 40 of a-z 0-9 . _ -',
  },
  'account.usernameTaken': {
    status: 409,
    zh: '用户名已被使用，请另取一个',
    en: 'The user name is taken: choose another',
  },
  'account.displayNameMissing': {
    status: 422,
    zh: '缺少姓名，请填写',
    en: 'The display name is missing: enter it',
  },
  'account.passwordWeak': {
    status: 422,
    zh: '密码太弱，请设至少 10 位，含 5 种以上字符，不含用户名',
    en: 'The password is weak: choose 10 characters at least, 5 different ones, without the user name',
  },
  'account.passwordSame': {
    status: 422,
    zh: '新密码与原密码相同，请另设一个',
    en: 'The new password is the old one: choose another',
  },
  'account.roleUnknown': {
    status: 422,
    zh: '角色不存在，请从列出的角色中选择',
    en: 'There is no such role: choose one of the list',
  },
  'account.agentNeedsPhone': {
    status: 422,
    zh: '话务员须同时登记工号、技能队列和话机',
    en: 'An agent needs all of it: enter a work number, queues and a phone',
  },
  'account.unitMissing': {
    status: 422,
    zh: '承办单位账号须指明单位',
    en: 'A unit account belongs to a unit: name it',
  },
  'account.unitUnknown': {
    status: 422,
    zh: '没有这个承办单位，请从单位列表中选择，或先登记该单位',
    en: 'There is no such unit: choose one of the list, or register it first',
  },
  'account.employerMissing': {
    status: 422,
    zh: '服务商主管须注明所属服务商（employer）',
    en: 'A supervisor of a vendor sees the people of one employer: name it',
  },
  'account.vendorAlone': {
    status: 422,
    zh: '服务商主管不能兼任其他角色或属于承办单位，其他角色不能注明 employer；请只保留一种，另一身份请另开账号',
    en: 'A supervisor of a vendor has no other role and no unit; no other role has an employer: keep one of the two, and open another account for the other',
  },
  'account.employerUnknown': {
    status: 422,
    zh: '没有这个派出单位，请从列表中选择，或先登记该单位',
    en: 'There is no such employer: choose one of the list, or register it first',
  },
} as const satisfies Readonly<Record<string, Problem>>;
