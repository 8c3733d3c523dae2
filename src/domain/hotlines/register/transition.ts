import { addCalendarMonths } from '../local-date.ts';
import type { Mode } from '../mode.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { addDays, byNumber, isInForce, periodAt } from './period.ts';

/** How long a transition lasts unless somebody decides otherwise, in calendar months (RD-06). */
export const TRANSITION_MONTHS = 3;

/** Days before a transition's last day on which somebody is told (RD-06, A4). */
export const WARNING_DAYS = [30, 14, 7, 1] as const;

export interface TransitionTask {
  /** The same for the same end: a task is made once, however often this is asked. */
  readonly key: string;
  readonly kind: 'warn' | 'switchOff';
  readonly number: string;
  readonly unitCode: string;
  /** 30, 14, 7, 1; 0 when the number is switched off. */
  readonly daysBefore: number;
  /** Local day; a switch-off happens at its first instant. */
  readonly day: string;
  /** The last day of the transition. */
  readonly lastDay: string;
  /** What is entered to follow, null when nobody has decided. */
  readonly followUp: Mode | null;
}

/** Everything that falls due for the transitions of a register, by day. Warnings before a transition's begin are left out. */
export function transitionTasks(lines: readonly RuleLine[]): readonly TransitionTask[] {
  const periods = byNumber(lines);
  return lines
    .flatMap((line) => tasksOf(line, periods.get(line.number) ?? []))
    .sort((a, b) => (a.day === b.day ? (a.key < b.key ? -1 : 1) : a.day < b.day ? -1 : 1));
}

function tasksOf(line: RuleLine, periods: readonly RuleLine[]): TransitionTask[] {
  const { number, unitCode, mode, validFrom, validTo, afterEnd } = line;
  if (mode !== 'TRANSITION' || validTo === null || afterEnd === 'none') return [];
  const off = addDays(validTo, 1);
  const common = { number, unitCode, lastDay: validTo, followUp: following(periods, validTo)?.mode ?? null };
  return [
    ...WARNING_DAYS.map((daysBefore) => ({ daysBefore, day: addDays(validTo, -daysBefore) }))
      .filter(({ day }) => day >= validFrom)
      .map(({ daysBefore, day }) => ({
        ...common,
        key: `${number}@${validTo}:T-${daysBefore}`,
        kind: 'warn' as const,
        daysBefore,
        day,
      })),
    { ...common, key: `${number}@${validTo}:off`, kind: 'switchOff', daysBefore: 0, day: off },
  ];
}

/** What is entered to come first after that day. */
function following(periods: readonly RuleLine[], day: string): RuleLine | undefined {
  const later = periods.filter(({ validFrom }) => validFrom > day);
  return later.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0];
}

/** The last day of the transition that runs on `day` and that nothing follows yet; null: there is none to extend. */
export function openEnd(periods: readonly RuleLine[], day: string): string | null {
  const found = extensionAt(periods, day, { months: TRANSITION_MONTHS, basis: '' });
  return found.kind === 'refused' ? null : addDays(found.line.validFrom, -1);
}

/**
 * An extension: a new period that begins on the day after the last. It takes effect with the version that holds it,
 * which needs an approver (see the risk `transition.term`).
 */
export function extensionOf(line: RuleLine, months: number, basis: string): RuleLine {
  if (line.mode !== 'TRANSITION' || line.validTo === null)
    throw new RangeError('only a transition is extended');
  if (!Number.isInteger(months) || months < 1) throw new RangeError('an extension is whole calendar months');
  return {
    ...line,
    validFrom: addDays(line.validTo, 1),
    validTo: addCalendarMonths(line.validTo, months),
    basis,
  };
}

export type Extension =
  | { readonly kind: 'extension'; readonly line: RuleLine }
  | {
      readonly kind: 'refused';
      readonly refusal:
        | { readonly code: 'rules.lineUnknown' }
        /** What applies instead, or what ended when. */
        | { readonly code: 'transition.notRunning'; readonly mode: Mode; readonly validTo: string | null }
        /** Somebody has decided already: that entry is to be changed, not overtaken. */
        | { readonly code: 'transition.followed'; readonly followUp: Mode; readonly validFrom: string };
    };

/** The extension of the transition that runs on `day`, or why there is none. `periods` are those of one number. */
export function extensionAt(
  periods: readonly RuleLine[],
  day: string,
  { months, basis }: { readonly months: number; readonly basis: string },
): Extension {
  const line = periodAt(periods, day);
  if (line === null) return { kind: 'refused', refusal: { code: 'rules.lineUnknown' } };
  const { mode, validTo } = line;
  if (mode !== 'TRANSITION' || validTo === null || !isInForce(line, day)) {
    return { kind: 'refused', refusal: { code: 'transition.notRunning', mode, validTo } };
  }
  const next = following(periods, validTo);
  if (next !== undefined) {
    const { mode: followUp, validFrom } = next;
    return { kind: 'refused', refusal: { code: 'transition.followed', followUp, validFrom } };
  }
  return { kind: 'extension', line: extensionOf(line, months, basis) };
}
