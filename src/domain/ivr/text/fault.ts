import type { Bilingual } from '../finding.ts';

/** A line of a menu's text that cannot be read: what stands there, and what belongs there. */
export interface TextFault {
  /** 1, 2, 3 … */
  readonly line: number;
  readonly wrong: Bilingual;
  readonly right: Bilingual;
}

/** What may be expected at a place, as it is called there. */
export const EXPECTED = {
  lineWord: {
    zh: '行首的词，如 菜单、节点、播放、按',
    en: 'the word that a line begins with: 菜单、节点、播放、按',
  },
  menuCode: {
    zh: '菜单代码：小写字母、数字和 -，如 main-menu',
    en: 'a menu code of a-z, 0-9 and -: main-menu',
  },
  name: { zh: '名称，写在引号内，如 "主菜单"', en: 'a name in quotes: "主菜单"' },
  language: { zh: '语种，如 zh-CN', en: 'a language: zh-CN' },
  node: { zh: '节点编号，如 start', en: 'the id of a node: start' },
  queue: { zh: '队列代码，如 general', en: 'the code of a queue: general' },
  skills: { zh: '技能要求，写在引号内，如 "en:2"', en: 'skills in quotes: "en:2"' },
  number: { zh: '电话号码', en: 'a telephone number' },
  trunk: { zh: '中继代码', en: 'the code of a trunk' },
  prompt: {
    zh: '语音名：小写字母、数字和 -，如 menu-person',
    en: 'the name of a prompt of a-z, 0-9 and -: menu-person',
  },
  digits: { zh: '按键：1 至 4 位 0-9、* 或 #', en: 'digits: one to four of 0-9 * #' },
  label: { zh: '选项名称，写在引号内，如 "咨询"', en: 'the name of the choice in quotes: "咨询"' },
  counter: { zh: '计数名', en: 'the name of a counter' },
  reason: { zh: '理由，写在引号内', en: 'a reason in quotes' },
  spoken: { zh: '要说的话，写在引号内，如 "人工服务请按0。"', en: 'what is said, in quotes' },
  count: { zh: '数字', en: 'a number' },
  duration: { zh: '时长，如 5 秒 或 800 毫秒', en: 'a time: 5 秒 (seconds) or 800 毫秒 (milliseconds)' },
  times: { zh: '次', en: '次 (times)' },
  time: { zh: '时间，如 08:30', en: 'a time of day: 08:30' },
  instant: {
    zh: '带时区的时刻，如 2026-12-31T18:00:00+08:00',
    en: 'an instant with its offset: 2026-12-31T18:00:00+08:00',
  },
  weekday: { zh: '一 至 日', en: '一 to 日 (Monday to Sunday)' },
  dayKind: {
    zh: '工作日、调休工作日、周末、节假日、推定工作日 或 推定周末',
    en: 'a kind of day: 工作日、调休工作日、周末、节假日、推定工作日、推定周末',
  },
  condition: {
    zh: '条件：时段、星期、日期、语言、有在办工单、老年残疾、自、至、全部（…；…）、任一（…；…）或 非（…）',
    en: 'a condition: 时段、星期、日期、语言、有在办工单、老年残疾、自、至、全部（…；…）、任一（…；…）、非（…）',
  },
  target: {
    zh: '去向：节点、队列、号码、外线、留言、道别 或 工单进度',
    en: 'a target: 节点 (node), 队列 (queue), 号码 (line), 外线 (number), 留言 (message), 道别 (good-bye), 工单进度 (ticket)',
  },
  exit: {
    zh: '出口：队列、号码、外线、留言 或 道别',
    en: 'an exit: 队列 (queue), 号码 (line), 外线 (number), 留言 (message), 道别 (good-bye)',
  },
  ticketPart: {
    zh: '询问、查无、等待、重试、告知后 或 否则',
    en: '询问 (ask), 查无 (not found), 等待 (wait), 重试 (retries), 告知后 (afterwards), 否则 (else)',
  },
  arrow: { zh: '→ 和去向，如 → 队列 general', en: '→ and a target: → 队列 general' },
  playOrArrow: { zh: '播放 语音名，或 → 去向', en: '播放 (play) a prompt, or → a target' },
  until: { zh: '至', en: '至 (to)' },
  trunkWord: { zh: '中继 和中继代码', en: '中继 (trunk) and its code' },
  returnWord: { zh: '转回 和队列代码', en: '转回 (back to) and a queue' },
  most: { zh: '至多 和时长，如 至多 60 秒', en: '至多 (at most) and a time: 至多 60 秒' },
  open: { zh: '（', en: '（' },
  close: { zh: '；或 ）', en: '； or ）' },
  lineEnd: { zh: '行尾；名称和文字须写在引号内', en: 'the end of the line; names and texts stand in quotes' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type Expected = keyof typeof EXPECTED;

/** Faults that are not about the next word. `{}` stands for the detail. */
const KINDS = {
  lineUnknown: {
    wrong: { zh: '不认识“{}”开头的行', en: 'no line begins with “{}”' },
    right: {
      zh: '行首写：菜单、语言、起始、文字、节点；节点之下写：若、播放、按、等待、位间、重试、按错、未按、默认',
      en: 'begin with 菜单、语言、起始、文字、节点; under a node with 若、播放、按、等待、位间、重试、按错、未按、默认',
    },
  },
  outsideNode: {
    wrong: { zh: '“{}”不在任何节点之下', en: '“{}” stands under no node' },
    right: { zh: '先写一行 节点 编号 "名称"', en: 'write a line 节点 id "name" before it' },
  },
  twice: {
    wrong: { zh: '“{}”写了两次', en: '“{}” is written twice' },
    right: { zh: '只留一行', en: 'keep one of the lines' },
  },
  quoteOpen: {
    wrong: { zh: '引号没有结束', en: 'the quotation mark is not closed' },
    right: { zh: '在文字末尾加引号 "', en: 'close the text with "' },
  },
  stray: {
    wrong: { zh: '“{}”在这里没有意义', en: '“{}” means nothing here' },
    right: { zh: '删除，或把文字写在引号内', en: 'take it away, or put the text in quotes' },
  },
  tooLong: {
    wrong: { zh: '文字超过 {} 个字符', en: 'a text of more than {} characters' },
    right: { zh: '缩短文字', en: 'make it shorter' },
  },
  tooMany: {
    wrong: { zh: '超过 {} 项', en: 'more than {} of them' },
    right: { zh: '减少，或分到几个节点', en: 'use fewer, or several nodes' },
  },
  tooDeep: {
    wrong: { zh: '条件嵌套超过 {} 层', en: 'conditions nested more than {} deep' },
    right: { zh: '把条件写得简单些', en: 'make the condition simpler' },
  },
  noAfterwards: {
    wrong: { zh: '工单进度没有写“告知后”', en: 'the progress of a ticket has no 告知后' },
    right: {
      zh: '加上 告知后 和出口，如 告知后 道别 播放 goodbye',
      en: 'add 告知后 and an exit: 告知后 道别 播放 goodbye',
    },
  },
  otherCode: {
    wrong: { zh: '菜单代码“{}”不是打开的菜单', en: 'the code “{}” is another menu’s' },
    right: {
      zh: '写回打开的菜单的代码；另一个菜单请新建',
      en: 'write the code of the menu that is open; begin another one as a new menu',
    },
  },
  menuMissing: {
    wrong: { zh: '没有“菜单”行', en: 'there is no line 菜单' },
    right: { zh: '第一行写 菜单 代码 "名称"', en: 'begin with 菜单 code "name"' },
  },
} as const;
export type FaultKind = keyof typeof KINDS;

const filled = ({ zh, en }: Bilingual, detail: string): Bilingual => ({
  zh: zh.replace('{}', () => detail),
  en: en.replace('{}', () => detail),
});

export const faultAt = (line: number, kind: FaultKind, detail = ''): TextFault => ({
  line,
  wrong: filled(KINDS[kind].wrong, detail),
  right: KINDS[kind].right,
});

/** `found`: what stands in its place; null: the line ends there. */
export const expectedAt = (line: number, expected: Expected, found: string | null): TextFault => ({
  line,
  wrong:
    found === null
      ? { zh: '这一行没有写完', en: 'the line ends too soon' }
      : { zh: `这里写的是“${found}”`, en: `“${found}” stands here` },
  right: { zh: `这里应写${EXPECTED[expected].zh}`, en: `here belongs ${EXPECTED[expected].en}` },
});
