import type { LocalMoment } from '../../ivr/condition.ts';
import { type PromptOnFile, spokenMs } from '../../ivr/spoken.ts';
import { msBeforePerson } from '../../ivr/ways.ts';
import { plainName } from '../../ivr/words-spoken.ts';
import type { Configuration } from '../configuration.ts';
import { localDate } from '../local-date.ts';
import { planCall } from '../plan-call.ts';
import { addDays, isLocalDate } from '../register/period.ts';
import { lineKey } from '../versions/diff.ts';
import { configurationOf, type RuleLine, type RuleSet } from '../versions/rule-set.ts';
import {
  BEFORE_PERSON_LIMIT_MS,
  type Finding,
  finding,
  GREETING_LIMIT_MS,
  type LintContext,
} from './finding.ts';

interface Heard {
  readonly prompts: readonly string[];
  /** Of the menu that follows them. */
  readonly menu: string | null;
  readonly place: Finding['place'];
}

/** What callers would hear, asked of the very code that routes them; each prompt and each sequence is told once. */
export function lintPrompts(rules: RuleSet, { prompts, nowMs }: LintContext): readonly Finding[] {
  if (prompts === undefined) return [];
  const texts = rules.menus.flatMap((menu) => Object.entries(menu.texts));
  const spoken = new Map(texts.map(([name, text]) => [name, spokenMs(text)]));
  const lengthMs = (name: string): number | undefined => prompts.get(name)?.durationMs ?? spoken.get(name);
  const menuMs = (code: string | null): number | null => {
    const menu = rules.menus.find((one) => one.code === code);
    return menu === undefined ? null : msBeforePerson(menu, (name) => lengthMs(name) ?? 0, nowMs);
  };
  const told = new Set<string>();
  const once = (key: string): boolean => !told.has(key) && told.add(key) !== undefined;
  const findings: Finding[] = [];
  for (const { prompts: played, menu, place } of everythingHeard(rules)) {
    for (const prompt of played) {
      if (lengthMs(prompt) === undefined && once(`missing ${prompt}`)) {
        findings.push(finding('prompt.missing', place, `没有语音 ${prompt}`, `there is no prompt ${prompt}`));
      }
    }
    const lengths = played.map((prompt) => lengthMs(prompt) ?? 0);
    const [first = ''] = played;
    const [greeting = 0] = lengths;
    if (greeting > GREETING_LIMIT_MS && once(`long ${first}`)) {
      const zh = `问候语 ${first} 长 ${seconds(greeting)} 秒`;
      findings.push(
        finding('greeting.long', place, zh, `the greeting ${first} lasts ${seconds(greeting)} s`),
      );
    }
    const total = lengths.reduce((sum, ms) => sum + ms, 0);
    if (total > BEFORE_PERSON_LIMIT_MS && once(`before ${played.join(' ')}`)) {
      const zh = `接通人工前播放 ${seconds(total)} 秒（${played.join('、')}）`;
      const en = `${seconds(total)} s are played before a person (${played.join(', ')})`;
      findings.push(finding('greeting.beforePerson', place, zh, en));
    }
    const inMenu = menuMs(menu);
    // What is too long without the greeting is the menu's own fault, and told of the menu.
    if (inMenu === null || inMenu > BEFORE_PERSON_LIMIT_MS || total > BEFORE_PERSON_LIMIT_MS) continue;
    if (total + inMenu > BEFORE_PERSON_LIMIT_MS && once(`before ${menu} ${played.join(' ')}`)) {
      const whole = seconds(total + inMenu);
      const zh = `问候语（${played.join('、')}）和菜单 ${menu} 共 ${whole} 秒后才能转人工`;
      const en = `a person can be reached after ${whole} s of ${played.join(', ')} and the menu ${menu}`;
      findings.push(finding('greeting.beforePerson', { ...place, field: 'menu' }, zh, en));
    }
  }
  return [...findings, ...rules.lines.flatMap((line) => lintExpiry(line, rules, prompts, nowMs))];
}

/** A number's own greeting that ends while the number still needs it. */
function lintExpiry(
  line: RuleLine,
  { municipality }: RuleSet,
  prompts: ReadonlyMap<string, PromptOnFile>,
  nowMs: number,
): readonly Finding[] {
  const { number, greeting, validTo } = line;
  const expiresAt = prompts.get(greeting ?? '')?.expiresAt ?? null;
  if (greeting === null || expiresAt === null) return [];
  const day = localDate(Date.parse(expiresAt), municipality.timeZone);
  const place = { thing: 'line', key: lineKey(line), field: 'greeting' } as const;
  if (Date.parse(expiresAt) <= nowMs) {
    const zh = `号码 ${number} 的语音 ${greeting} 已于 ${day} 到期`;
    return [finding('prompt.expired', place, zh, `the prompt ${greeting} expired on ${day}`)];
  }
  if (validTo !== null && validTo < day) return [];
  const zh = `号码 ${number} 的语音 ${greeting} 于 ${day} 到期，早于规则（${validTo ?? '长期'}）`;
  return [
    finding('prompt.expiresFirst', place, zh, `the prompt ${greeting} expires on ${day}, before the rule`),
  ];
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

function everythingHeard(rules: RuleSet): readonly Heard[] {
  const configuration = configurationOf(rules, { version: 0, publishedAt: '' }, []);
  const stranger = heard(configuration, '', 0);
  const nowhere = { thing: 'municipality', key: '', field: null } as const;
  return [
    { ...stranger, place: nowhere },
    ...rules.lines.flatMap((line): Heard[] => {
      const { number, validFrom, validTo } = line;
      const place = { thing: 'line', key: lineKey(line), field: 'greeting' } as const;
      const days = [validFrom, ...(validTo === null || !isLocalDate(validTo) ? [] : [addDays(validTo, 1)])];
      // Noon in Greenwich is the same local day nearly everywhere, and in all of China.
      return days
        .filter(isLocalDate)
        .map((day) => ({ ...heard(configuration, number, Date.parse(`${day}T12:00:00Z`)), place }));
    }),
  ];
}

/** Days are asked about at noon; what an hour or a holiday changes is asked of `lint/hours.ts`. */
const noonOf = (nowMs: number): LocalMoment => ({ nowMs, minuteOfDay: 720, weekday: 1, dayKind: 'workday' });

function heard(configuration: Configuration, dialled: string, atMs: number): Omit<Heard, 'place'> {
  const headers = { to: '', diversion: [], historyInfo: [] };
  const call = { dialled, callerNumber: '', headers };
  const { prompts, menu } = planCall(configuration, call, noonOf(atMs));
  return { prompts: prompts.map(plainName), menu: menu ?? null };
}
