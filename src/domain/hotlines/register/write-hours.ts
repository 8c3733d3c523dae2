import { type Condition, DAY_KINDS, type DayKind } from '../../ivr/condition.ts';
import { DAY_GROUPS, WEEKDAY_WORDS } from './hours-words.ts';

/**
 * Hours as a person writes them, `08:30-12:00 14:00-17:30 workdays`; `readHours` reads them all but what asks about the
 * caller, whom hours do not know. Words side by side narrow each other, but times are added up and so are days; `;`
 * parts alternatives. Empty: always.
 */
export function writeHours(hours: Condition | null): string {
  const text = hours === null ? '' : choice(plain(hours));
  return text === 'always' ? '' : text;
}

/** An `all` or `any` of one is that one; a list of no days never holds. */
function plain(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const of = condition.kind === 'any' ? daysMerged(condition.of.map(plain)) : condition.of.map(plain);
      const [only] = of;
      return of.length === 1 && only !== undefined ? only : { ...condition, of };
    }
    case 'not':
      return { kind: 'not', of: plain(condition.of) };
    case 'weekday':
    case 'dayKind':
    case 'language':
      return condition.anyOf.length === 0 ? { kind: 'any', of: [] } : condition;
    default:
      return condition;
  }
}

/** Days side by side are added up: as one list of weekdays and one of kinds, in this order. */
function daysMerged(some: readonly Condition[]): readonly Condition[] {
  if (some.length === 0 || !some.every(isDays)) return some;
  const days = some.flatMap((one) => (one.kind === 'any' ? one.of : [one]));
  const weekdays = days.flatMap((one) => (one.kind === 'weekday' ? one.anyOf : []));
  const kinds = days.flatMap((one) => (one.kind === 'dayKind' ? one.anyOf : []));
  return [
    ...(weekdays.length === 0 ? [] : [{ kind: 'weekday', anyOf: weekdays } as const]),
    ...(kinds.length === 0 ? [] : [{ kind: 'dayKind', anyOf: kinds } as const]),
  ];
}

function choice(condition: Condition): string {
  if (condition.kind !== 'any' || isTimes(condition) || isDays(condition)) return sequence(condition);
  if (condition.of.length === 0) return 'never';
  return condition.of.map((one) => (isChoice(one) ? `(${choice(one)})` : choice(one))).join('; ');
}

function sequence(condition: Condition): string {
  switch (condition.kind) {
    case 'timeOfDay':
      return `${condition.from}-${condition.to}`;
    case 'weekday':
      return weekdayWords(condition.anyOf);
    case 'dayKind':
      return dayWords(condition.anyOf);
    case 'language':
      return `language:${condition.anyOf.join(',')}`;
    case 'openTicket':
      return 'open-ticket';
    case 'vulnerable':
      return 'vulnerable';
    case 'from':
    case 'until':
      return `${condition.kind} ${condition.at}`;
    case 'any':
      return isTimes(condition) || isDays(condition)
        ? condition.of.map(sequence).join(' ')
        : `(${choice(condition)})`;
    case 'all':
      return together(condition.of);
    case 'not': {
      const inner = choice(condition.of);
      return /^[^\s();]+$/.test(inner) ? `not ${inner}` : `not (${inner})`;
    }
    default:
      return condition satisfies never;
  }
}

/** First times, then days, as they are; more of them would be added up, so those stand in brackets. */
function together(parts: readonly Condition[]): string {
  if (parts.length === 0) return 'always';
  const times = parts.find(isTimes);
  const days = parts.find(isDays);
  const others = parts.filter((part) => part !== times && part !== days);
  return [
    ...[times, days].flatMap((part) => (part === undefined ? [] : [sequence(part)])),
    ...others.map((part) => (isPlain(part) ? sequence(part) : `(${choice(part)})`)),
  ].join(' ');
}

const isPlain = (one: Condition): boolean =>
  one.kind !== 'all' && one.kind !== 'any' && !isDays(one) && !isTimes(one);
const isTime = ({ kind }: Condition): boolean => kind === 'timeOfDay';
const isDay = ({ kind }: Condition): boolean => kind === 'weekday' || kind === 'dayKind';
function isTimes(one: Condition): boolean {
  return isTime(one) || (one.kind === 'any' && one.of.length > 0 && one.of.every(isTime));
}
function isDays(one: Condition): boolean {
  return isDay(one) || (one.kind === 'any' && one.of.length > 0 && one.of.every(isDay));
}
const isChoice = (one: Condition): boolean => one.kind === 'any' && !isTimes(one) && !isDays(one);

/** `Mon-Fri`, `Mon,Wed,Sat`; runs of three and more are ranges. */
function weekdayWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const word = (day: number): string => WEEKDAY_WORDS[day - 1]?.[0] ?? `${day}`;
  const runs: number[][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => (run.length < 3 ? run.map(word) : [`${word(run[0] ?? 0)}-${word(run.at(-1) ?? 0)}`]))
    .join(',');
}

function dayWords(kinds: readonly DayKind[]): string {
  const left = new Set(kinds);
  const words: string[] = [];
  for (const [word, group] of DAY_GROUPS) {
    if (!group.every((kind) => left.has(kind))) continue;
    words.push(word);
    for (const kind of group) left.delete(kind);
  }
  return [...words, ...DAY_KINDS.filter((kind) => left.has(kind)).map((kind) => `kind:${kind}`)].join(',');
}
