import { HOURS_RULE } from './clocks.ts';
import { CALENDAR_DAYS_RULE, type Explanation, FROM_TODAY_RULE, WORKING_DAYS_RULE } from './due.ts';
import { PRESETS_EN } from './preset-english.ts';
import { PRESETS } from './presets.ts';
import { STAGE_NAMES, STAGES, type Stage } from './stages.ts';

// An explanation is kept with its deadline, in Chinese, as paper and telephone say it. Whoever reads no Chinese is told the
// same; where a rule is in words of another release, or of a county, it is told as it was kept.

const RULES: ReadonlyMap<string, string> = new Map([
  [
    WORKING_DAYS_RULE,
    'Working days from the day after acceptance, to the close of the last of them (Civil Code, art. 201 and 203)',
  ],
  [
    FROM_TODAY_RULE,
    'The day of acceptance is the first working day, to the close of the last; what comes after hours or on a day off begins with the next working day (stricter than Civil Code, art. 201)',
  ],
  [
    CALENDAR_DAYS_RULE,
    'Calendar days from the day after acceptance; where the last is a statutory day off, to the close of the next working day (Civil Code, art. 201 and 203)',
  ],
  [HOURS_RULE, 'Hours without a break from acceptance on (Civil Code, art. 201, paragraph 2)'],
  ['当日下班前', 'Before the close of the day'],
]);
const COUNTED: readonly (readonly [RegExp, (amount: string) => string])[] = [
  [/^(\d+) 分钟，连续计算$/, (amount) => `${amount} minutes around the clock`],
  [/^(\d+) 分钟，只计工作时间$/, (amount) => `${amount} minutes of working time`],
  [/^(\d+) 个工作日$/, (amount) => `${amount} working days`],
  [/^(\d+) 日$/, (amount) => `${amount} days`],
];
const STAGES_EN: Readonly<Record<Stage, string>> = {
  accept: 'Acceptance',
  review: 'Review',
  dispatch: 'Dispatch',
  sign: 'Sign for',
  adjudicate: 'Adjudicate',
  contact: 'First contact',
  handle: 'Handling',
  visit: 'Return visit',
  recheck: 'Look again',
};

/** A rule of a clock, of a stage or of a supervision order. */
export function ruleEn(rule: string): string {
  const [compressed, seconds] = /；压缩时间（演示），一日按 (\d+) 秒计$/.exec(rule) ?? [];
  if (compressed !== undefined) {
    return `${ruleEn(rule.slice(0, -compressed.length))}; compressed time (demonstration), a day counts as ${seconds} seconds`;
  }
  const known = RULES.get(rule);
  if (known !== undefined) return known;
  for (const [pattern, said] of COUNTED) {
    const amount = pattern.exec(rule)?.[1];
    if (amount !== undefined) return said(amount);
  }
  const stage = STAGES.find((one) => rule.startsWith(`${STAGE_NAMES[one]}：`));
  if (stage !== undefined) return `${STAGES_EN[stage]}: ${ruleEn(rule.slice(STAGE_NAMES[stage].length + 1))}`;
  const [order, days = ''] = /^督办反馈 (\d+) 个工作日：/.exec(rule) ?? [];
  if (order === undefined) return rule;
  return `Answer to supervision, ${days} working days: ${ruleEn(rule.slice(order.length))}`;
}

const NAMES = new Map<string, string>(PRESETS.map(({ code, name }) => [name, PRESETS_EN[code].name]));
const BASES = new Map<string, string>(PRESETS.map(({ code, basis }) => [basis, PRESETS_EN[code].basis]));

/** What a set of limits is called, or rests on: of the program's own in English, else as a county wrote it. */
export const limitsNameEn = (name: string): string => NAMES.get(name) ?? name;
export const limitsBasisEn = (basis: string): string => BASES.get(basis) ?? basis;

/** As `sourceOf` tells it. */
export function sourceEn(source: string): string {
  const read = /^(.*?)（(.*)；时限第 (\d+) 版(?:；含批准延长 (-?\d+))?）$/s.exec(source);
  if (read === null) return source;
  const [, name = '', basis = '', edition = '', extended] = read;
  const more = extended === undefined ? '' : `, with ${extended} granted`;
  return `${limitsNameEn(name)} (${limitsBasisEn(basis)}; limits, set ${edition}${more})`;
}

/** What an explanation says beside its days, in English. */
export function explainedEn({ rule, source, missingYears, note }: Explanation): {
  readonly ruleEn: string;
  readonly sourceEn?: string;
  readonly noteEn?: string;
} {
  const years = missingYears.join(', ');
  return {
    ruleEn: ruleEn(rule),
    ...(source === undefined ? {} : { sourceEn: sourceEn(source) }),
    ...(note === undefined
      ? {}
      : {
          noteEn: `Provisional: the days off of ${years} are not entered; Monday to Friday is assumed, and it is counted again once they are`,
        }),
  };
}
