import type { MenuFindingCode } from '../../ivr/finding.ts';
import type { PromptOnFile } from '../../ivr/spoken.ts';
import type { AgentProfile } from '../configuration.ts';
import type { Queue } from '../queue.ts';
import type { Protected } from '../register/protected.ts';
import type { Place } from '../versions/change.ts';
import { MODE_FINDINGS } from './mode-findings.ts';
import type { Severity } from './severity.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}
export interface Finding {
  readonly code: FindingCode | MenuFindingCode;
  readonly severity: Severity;
  readonly place: Place & { readonly field: string | null };
  readonly message: Words;
  readonly cure: Words;
}

/** What the linter knows beside the rules. What is left out is not checked. */
export interface LintContext {
  readonly nowMs: number;
  readonly agents: readonly Pick<AgentProfile, 'agentId' | 'queues' | 'skills' | 'employer'>[];
  readonly listed: readonly Protected[];
  /** Excluded numbers whose merging two persons have approved: the rules in force hold them. */
  readonly approvedNumbers?: readonly string[];
  readonly units?: readonly string[];
  /** Codes of those that employ agents now. */
  readonly employers?: readonly string[];
  /** Trunks that the switch has. */
  readonly trunks?: readonly string[];
  /** Everything that can be played, by name. */
  readonly prompts?: ReadonlyMap<string, PromptOnFile>;
  /** Of the version in force: what stands there already breaks nothing new. */
  readonly queuesInForce?: readonly Pick<Queue, 'code' | 'ownerFirstMs'>[];
  /** Code and name of the units that are registered. */
  readonly unitNames?: readonly { readonly code: string; readonly name: string }[];
  /** Where our own switch answers. */
  readonly ownSip?: { readonly hosts: readonly string[]; readonly port: number };
  /** Years whose working days are announced or entered. */
  readonly calendarYears?: readonly number[];
  /** Those that are announced by now and that somebody should have entered. */
  readonly calendarDue?: readonly number[];
}

/** Longest greeting, and longest wait for a person, without a sign of life (B1, GB/T 33358). */
export const GREETING_LIMIT_MS = 5_000;
export const BEFORE_PERSON_LIMIT_MS = 9_000;

/** Every finding there is: how bad, and how it is mended. The message names the case. */
export const FINDINGS = {
  ...MODE_FINDINGS,
  'zone.invalid': ['error', '填写有效的时区，如 Asia/Shanghai', 'enter a time zone such as Asia/Shanghai'],
  'area.invalid': [
    'error',
    '填写以 0 开头的三至四位区号',
    'enter an area code of three or four digits with its 0',
  ],
  'main.missing': [
    'error',
    '为主号码登记一条自今日起有效、没有终止日期的“主号码”规则',
    'enter a MAIN line for the main number, in force today and without an end',
  ],
  'main.other': [
    'error',
    '改为其他归并方式，或更换主号码',
    'give the number another mode, or change the main number',
  ],
  'number.unmatchable': [
    'error',
    '改为可拨打的号码：短号码，或区号加固定电话号码',
    'enter a number that can be dialled: a short code, or area code and number',
  ],
  'number.spelling': ['notice', '改为统一写法', 'write it in the one spelling'],
  'date.invalid': ['error', '填写存在的日期，如 2026-11-23', 'enter a day that exists, such as 2026-11-23'],
  'period.empty': ['error', '使终止日期不早于生效日期', 'let the period end no sooner than it begins'],
  'line.overlap': [
    'error',
    '保留其中一条，或使前一条在后一条生效前一日终止',
    'keep one of them, or end the first on the day before the second begins',
  ],
  'line.ended': [
    'notice',
    '登记后续规则；已停用的无须处理',
    'enter what follows; nothing, where it was taken out',
  ],
  'transition.noEnd': [
    'error',
    '填写终止日期，一般为生效后三个月',
    'enter the last day, usually three months on',
  ],
  'transition.ended': [
    'warning',
    '登记后续归并方式，经审批延长，或删除该号码',
    'enter the mode that follows, extend it with approval, or remove the number',
  ],
  'transition.term': [
    'notice',
    '核对终止日期；RD-06 为生效后三个日历月',
    'check the last day; RD-06 asks for three calendar months',
  ],
  'protected.never': [
    'error',
    '删除该规则；报警和紧急求助只作三方转接',
    'remove it; emergencies are handed over',
  ],
  'protected.twoApprovers': ['warning', '请两名不同的审批人审批', 'have two different persons approve it'],
  'parallel.incomplete': [
    'error',
    '填写承办单位电话和中继，或改为其他归并方式',
    'enter the unit’s telephone and the trunk, or choose another mode',
  ],
  'parallel.ringsBack': [
    'error',
    '填写承办单位自己的、未在本平台登记的电话',
    'enter a telephone of the unit’s own that is not registered here',
  ],
  'parallel.unmatchable': ['error', '填写可拨打的电话号码', 'enter a telephone number that can be dialled'],
  'parallel.emergency': ['error', '更换承办单位电话', 'enter another telephone'],
  'trunk.unknown': ['error', '选择已配置的中继', 'choose a trunk that is set up'],
  'trunk.notAtSwitch': [
    'warning',
    '在启动环境的 TRUNKS 中配置该中继，或改正代码',
    'set the trunk up in TRUNKS of the environment, or correct its code',
  ],
  'trunk.none': ['warning', '登记交换侧已配置的中继', 'enter the trunks that are set up at the switch'],
  'trunk.duplicate': ['error', '保留其中一个', 'keep one of them'],
  'trunk.lineUnknown': [
    'error',
    '先登记该号码，或改为已登记的号码',
    'register the number first, or choose one that is registered',
  ],
  'trunk.didTwice': ['error', '每个直拨号码只对应一个号码', 'let each DID stand for one number'],
  'trunk.noLastResort': ['warning', '在识别顺序末尾加上 To', 'end the order with To'],
  'trunk.untrustedForward': [
    'warning',
    '与运营商核实后采信其转移信息，或为这些号码设置直拨号码或专属中继',
    'believe the carrier when its contract allows, or give these numbers a DID or a trunk of their own',
  ],
  'line.unreachable': [
    'error',
    '保留一条共用中继，或为该号码设置专属中继',
    'keep a trunk that is shared, or give the number one of its own',
  ],
  'unit.unknown': [
    'error',
    '先登记该单位，或选择已登记的单位',
    'enter the unit first, or choose a known one',
  ],
  'queue.unknown': ['error', '新建该队列，或选择已有队列', 'set the queue up, or choose another'],
  'queue.duplicate': ['error', '保留其中一个', 'keep one of them'],
  'queue.losesCalls': [
    'error',
    '为队列安排具备所需技能的话务员，或设置溢出到有这样话务员的队列',
    'give the queue an agent who can do what is asked, or an overflow to a queue that has one',
  ],
  'queue.overflowCycle': ['error', '使溢出最终到达总席', 'let the overflow lead to the general desk'],
  'queue.overflowUnknown': ['error', '选择已有队列作为溢出队列', 'overflow to a queue that exists'],
  'queue.overflowIncomplete': [
    'error',
    '同时填写溢出队列和溢出等待时间',
    'enter both the overflow queue and the time after which',
  ],
  'queue.lastResortIncomplete': [
    'error',
    '同时填写最后出路和等待时长，或都不填',
    'set both the last resort and its moment, or neither',
  ],
  'skills.unreadable': ['error', '填写如 en:2, wu? 的技能要求', 'write it like en:2, wu?'],
  'skills.employerUnknown': [
    'warning',
    '改正 @ 后的代码，或先登记该用工单位并为其安排话务员',
    'correct the code after the @, or register the employer and give it agents',
  ],
  'queue.time': ['error', '填写合理的时长', 'enter a sensible time'],
  'queue.ownerFirstLong': ['error', '改为 20 秒以内，0 为不等', 'let it be 20 s or less, 0 for not at all'],
  'queue.placeTooOften': [
    'warning',
    '把播报间隔设为 30 秒以上，让市民听到音乐而不是不断的播报',
    'let at least 30 s pass between two announcements of the place',
  ],
  'queue.placeUntold': [
    'warning',
    '重新录制或延长有效期；缺少的语音会被跳过，市民只听到音乐',
    'record it anew or extend it; what is missing is skipped, and music is heard',
  ],
  'queue.estimateUnused': [
    'notice',
    '设置等待多久后提示回呼，无法可靠估计时仍会提示',
    'offer the callback after a wait as well: an estimate cannot always be believed',
  ],
  'queue.unused': ['notice', '删除该队列，或将号码指向它', 'remove it, or send a number to it'],
  'desk.noAgent': ['warning', '为专席安排话务员', 'give the desk an agent'],
  'desk.general': ['notice', '为该专席设置自己的队列', 'give the dedicated number a queue of its own'],
  'menu.unknown': ['error', '选择已有菜单，或清空该栏', 'choose an existing menu, or leave it empty'],
  'menu.duplicate': ['error', '保留其中一个', 'keep one of them'],
  'menu.unused': ['notice', '删除该菜单，或将号码指向它', 'remove it, or let a number use it'],
  'menu.textTwice': ['error', '为其中一个语音另取名称', 'give one of the prompts another name'],
  'menu.lineLoop': ['warning', '改为直接通向该号码的队列', 'lead to the queue of that number instead'],
  'menu.lineHasMenu': ['notice', '确认这是所要的效果', 'make sure that this is what is meant'],
  'prompt.expired': [
    'warning',
    '上传新的录音，或延长有效期；期间播放默认语音',
    'record it anew or extend it; until then its default is heard',
  ],
  'prompt.expiresFirst': [
    'warning',
    '延长该语音的有效期，或缩短规则的期间',
    'let the prompt last as long as the rule, or end the rule sooner',
  ],
  'prompt.missing': [
    'error',
    '上传或生成该语音，或选择已有语音',
    'record or generate the prompt, or choose another',
  ],
  'greeting.long': ['warning', '缩短问候语至 5 秒以内', 'shorten the greeting to five seconds'],
  'greeting.beforePerson': [
    'warning',
    '缩短语音，9 秒内转接人工',
    'shorten what is played: a person within nine seconds',
  ],
  'calendar.ends': [
    'warning',
    '录入该年度的放假调休安排',
    'enter that year’s public holidays and make-up working days',
  ],
} as const satisfies Readonly<Record<string, readonly [Severity, string, string]>>;
export type FindingCode = keyof typeof FINDINGS;

/** A finding at a place; severity and cure are the code's own unless `severity` says otherwise. */
export function finding(
  code: FindingCode,
  place: Finding['place'],
  zh: string,
  en: string,
  severity?: Severity,
): Finding {
  const [usual, cureZh, cureEn] = FINDINGS[code];
  return { code, severity: severity ?? usual, place, message: { zh, en }, cure: { zh: cureZh, en: cureEn } };
}
