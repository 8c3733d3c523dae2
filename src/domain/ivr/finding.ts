/** One thing that a check found: a stable code, where, in the reader's two languages, and what mends it. */
export interface MenuFinding {
  readonly code: MenuFindingCode;
  /** An error keeps the menu from being published; a warning is for the operator to weigh. */
  readonly severity: 'error' | 'warning';
  /** As in the linter's findings; `field` is a path such as `nodes/start/choices/1`, null for the whole menu. */
  readonly place: { readonly thing: 'menu'; readonly key: string; readonly field: string | null };
  readonly message: Bilingual;
  readonly cure: Bilingual;
}
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

interface Kind {
  readonly severity: MenuFinding['severity'];
  readonly zh: string;
  readonly en: string;
  readonly cureZh: string;
  readonly cureEn: string;
}

/** `{}` stands for the detail of the case. */
const KINDS = {
  'menu.noStart': {
    severity: 'error',
    zh: '起始节点“{}”不存在',
    en: 'the start node "{}" does not exist',
    cureZh: '将起始节点指向已有节点',
    cureEn: 'name an existing node as the start',
  },
  'menu.nodeTwice': {
    severity: 'error',
    zh: '节点编号“{}”重复',
    en: 'the node id "{}" is used twice',
    cureZh: '为其中一个节点另取编号',
    cureEn: 'give one of the nodes another id',
  },
  'menu.noDefaultExit': {
    severity: 'error',
    zh: '节点没有默认出口',
    en: 'the node has no default exit',
    cureZh: '设置默认出口，通常为人工队列',
    cureEn: 'set a default exit, usually a queue with people',
  },
  'menu.exitNotPerson': {
    severity: 'warning',
    zh: '默认出口不通向人工（{}）',
    en: 'the default exit does not lead to a person ({})',
    cureZh: '不按键的市民也应能接通人工，将默认出口改为队列',
    cureEn: 'who presses no key should reach a person too: make the default exit a queue',
  },
  'menu.unknownTarget': {
    severity: 'error',
    zh: '目标“{}”不存在',
    en: 'the target "{}" does not exist',
    cureZh: '改为已有的队列、号码、中继或节点',
    cureEn: 'choose an existing queue, number, trunk or node',
  },
  'menu.malformedNumber': {
    severity: 'error',
    zh: '号码“{}”格式不正确',
    en: 'the number "{}" is malformed',
    cureZh: '填写3至20位数字',
    cureEn: 'give 3 to 20 digits',
  },
  'menu.unreachableNode': {
    severity: 'error',
    zh: '节点无法到达',
    en: 'nothing leads to this node',
    cureZh: '从其他节点指向它，或删除该节点',
    cureEn: 'lead to it from another node, or delete it',
  },
  'menu.loopWithoutPerson': {
    severity: 'error',
    zh: '节点循环且没有通向人工的出口：{}',
    en: 'the nodes form a loop without a way out to a person: {}',
    cureZh: '在循环中的某个节点增加人工选项或以队列为默认出口',
    cureEn: 'give a node of the loop a choice or a default exit that leads to a person',
  },
  'menu.redirectLoop': {
    severity: 'error',
    zh: '条件跳转形成循环：{}',
    en: 'redirects form a loop: {}',
    cureZh: '删除其中一个跳转',
    cureEn: 'take one of the redirects away',
  },
  'menu.tooDeep': {
    severity: 'warning',
    zh: '菜单超过一层（第{}层）',
    en: 'the menu is deeper than one level (level {})',
    cureZh: '合并为一层菜单（GB/T 33358）',
    cureEn: 'bring the choices onto one level (GB/T 33358)',
  },
  'menu.personTooLate': {
    severity: 'warning',
    zh: '市民要等{}秒才能选择人工',
    en: 'a caller waits {} s before a person is possible',
    cureZh: '先播报人工按键，或缩短提示音，不超过9秒',
    cureEn: 'announce the key for a person first, or shorten the prompts, to 9 s at most',
  },
  'menu.noPerson': {
    severity: 'error',
    zh: '从菜单无法接通人工',
    en: 'no way through the menu leads to a person',
    cureZh: '增加人工选项或以队列为默认出口',
    cureEn: 'add a choice or a default exit that leads to a person',
  },
  'menu.digitsTwice': {
    severity: 'error',
    zh: '按键“{}”重复，后一项永远不会生效',
    en: 'the digits "{}" are used twice; the later choice never counts',
    cureZh: '更换按键，或为前一项设置条件',
    cureEn: 'choose other digits, or give the earlier choice a condition',
  },
  'menu.digitsAmbiguous': {
    severity: 'warning',
    zh: '按键“{}”是另一按键的开头，需等待超时才能确认',
    en: 'the digits "{}" begin another choice: they count only after a time-out',
    cureZh: '使用相同位数的按键',
    cureEn: 'use digits of the same length',
  },
  'menu.malformedDigits': {
    severity: 'error',
    zh: '按键“{}”无效',
    en: 'the digits "{}" are not one to four of 0-9 * #',
    cureZh: '填写1至4位 0-9、* 或 #',
    cureEn: 'give one to four of 0-9 * #',
  },
  'menu.announcedKeyUnknown': {
    severity: 'warning',
    zh: '提示音播报的按键“{}”没有对应选项',
    en: 'a prompt announces "{}", which no choice has',
    cureZh: '增加该选项或更换提示音',
    cureEn: 'add the choice or change the prompt',
  },
  'menu.choiceNotAnnounced': {
    severity: 'warning',
    zh: '没有提示音播报按键“{}”',
    en: 'no prompt announces the digits "{}"',
    cureZh: '在提示音中播报该按键',
    cureEn: 'announce the digits in a prompt',
  },
  'menu.promptMissing': {
    severity: 'error',
    zh: '提示音“{}”缺失',
    en: 'the prompt "{}" is missing',
    cureZh: '上传录音或填写文字由系统合成',
    cureEn: 'upload a recording or give its text to be spoken',
  },
  'menu.promptExpired': {
    severity: 'error',
    zh: '提示音“{}”已过期',
    en: 'the prompt "{}" has expired',
    cureZh: '更换提示音或延长有效期',
    cureEn: 'replace the prompt or extend it',
  },
  'menu.promptExpiresSoon': {
    severity: 'warning',
    zh: '提示音“{}”将在七日内过期',
    en: 'the prompt "{}" expires within seven days',
    cureZh: '更换提示音或延长有效期',
    cureEn: 'replace the prompt or extend it',
  },
  'menu.variantMissing': {
    severity: 'warning',
    zh: '提示音缺少语种：{}',
    en: 'the prompt lacks a language: {}',
    cureZh: '补充该语种的提示音',
    cureEn: 'add the prompt in that language',
  },
  'menu.noPrompt': {
    severity: 'warning',
    zh: '节点等待按键但没有提示音',
    en: 'the node waits for a key without saying so',
    cureZh: '增加提示音',
    cureEn: 'add a prompt',
  },
  'menu.retriesOutOfRange': {
    severity: 'error',
    zh: '重试次数{}超出范围',
    en: '{} retries are out of range',
    cureZh: '填写0至3',
    cureEn: 'give 0 to 3',
  },
  'menu.timeoutOutOfRange': {
    severity: 'error',
    zh: '超时{}毫秒超出范围',
    en: 'a time-out of {} ms is out of range',
    cureZh: '首位按键1000至15000毫秒，位间500至6000毫秒，留言10000至300000毫秒',
    cureEn: 'first digit 1000 to 15000 ms, between digits 500 to 6000, a message 10000 to 300000',
  },
  'menu.conditionUnreadable': {
    severity: 'error',
    zh: '条件“{}”无法识别',
    en: 'the condition "{}" cannot be read',
    cureZh: '时间写作 HH:MM，时刻须带时区',
    cureEn: 'write times as HH:MM and instants with their offset',
  },
  'menu.personKeyCovered': {
    severity: 'warning',
    zh: '条件成立时按键“{}”不通向人工，遮盖了人工按键',
    en: 'while its condition holds, "{}" leads elsewhere and covers the key for a person',
    cureZh: '为该选项另选按键，或使其通向人工',
    cureEn: 'give that choice other digits, or let it lead to a person',
  },
  'menu.languageUnspoken': {
    severity: 'error',
    zh: '系统不能合成语种“{}”',
    en: 'the voice does not speak "{}"',
    cureZh: '删除该文字，上传该语种的录音',
    cureEn: 'take the text away and upload a recording in that language',
  },
  'menu.languageDiffers': {
    severity: 'warning',
    zh: '提示音登记的语种与菜单中的不同（{}）',
    en: 'the prompt is registered in another language than it stands for here ({})',
    cureZh: '更换提示音，或更正语种',
    cureEn: 'choose another prompt, or correct its language',
  },
  'menu.choicePast': {
    severity: 'warning',
    zh: '选项“{}”已到期，不再生效',
    en: 'the choice "{}" has expired and no longer counts',
    cureZh: '删除该选项或延长有效期',
    cureEn: 'take the choice away or extend it',
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type MenuFindingCode = keyof typeof KINDS;
export const MENU_FINDING_CODES = Object.keys(KINDS) as readonly MenuFindingCode[];

/** What a check found, before it is put into words. */
export interface Found {
  readonly code: MenuFindingCode;
  readonly field: string | null;
  readonly detail: string;
}
export const found = (code: MenuFindingCode, field: string | null, detail = ''): Found => ({
  code,
  field,
  detail,
});

export function worded(menu: string, { code, field, detail }: Found): MenuFinding {
  const { severity, zh, en, cureZh, cureEn } = KINDS[code];
  return {
    code,
    severity,
    place: { thing: 'menu', key: menu, field },
    message: { zh: zh.replace('{}', () => detail), en: en.replace('{}', () => detail) },
    cure: { zh: cureZh, en: cureEn },
  };
}
