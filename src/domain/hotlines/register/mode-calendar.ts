import type { AfterEnd, Mode } from '../mode.ts';
import { canonical } from '../versions/content.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { addDays, byNumber } from './period.ts';

/** The register as a version has it, from the day on which that version takes effect. */
export interface Stage {
  /** Of the version; null: in force now, with the past as the books have it. */
  readonly version: number | null;
  readonly fromDay: string;
  readonly lines: readonly RuleLine[];
}

/** A number handled in one way from one day to another, both included; null: without an end. */
export interface ModeBar {
  readonly from: string;
  readonly to: string | null;
  readonly mode: Mode;
  readonly queue: string;
  readonly hours: string | null;
  /** What whoever still calls meets after `to`, where nothing follows. */
  readonly afterEnd: AfterEnd;
  /** The version that brings it; null: it is in the register in force. */
  readonly version: number | null;
}

export interface ModeRow {
  readonly number: string;
  readonly name: string;
  readonly unitName: string;
  readonly bars: readonly ModeBar[];
}

/** What is otherwise from `day` on. */
export interface ModeChange {
  readonly day: string;
  readonly number: string;
  readonly name: string;
  /** switchedOff: a transition is over and nothing follows; ends: taken out. */
  readonly kind: 'begins' | 'becomes' | 'switchedOff' | 'ends';
  readonly from: Mode | null;
  readonly to: Mode | null;
  readonly afterEnd: AfterEnd;
  readonly version: number | null;
}

/**
 * How each number is handled, day by day, between two days: the register in force, and from its day on each version that
 * is planned. `stages` in the order of their days, the one in force first.
 */
export function modeCalendar(stages: readonly Stage[], from: string, to: string): readonly ModeRow[] {
  const rows = new Map<string, { name: string; unitName: string; bars: ModeBar[] }>();
  for (const [nth, { version, fromDay, lines }] of stages.entries()) {
    const next = stages[nth + 1]?.fromDay ?? null;
    const first = nth === 0 ? '0001-01-01' : fromDay;
    const last = next === null ? null : addDays(next, -1);
    if (last !== null && last < first) continue;
    for (const [number, periods] of byNumber(lines)) {
      const row = rows.get(number) ?? { name: '', unitName: '', bars: [] };
      for (const line of byFirstDay(periods)) {
        const bar = barOf(line, version, first, last);
        if (bar === null) continue;
        Object.assign(row, { name: line.name, unitName: line.unitName });
        put(row.bars, bar);
      }
      rows.set(number, row);
    }
  }
  return [...rows]
    .map(([number, { bars, ...row }]) => ({
      number,
      ...row,
      bars: bars.filter((bar) => isSeen(bar, from, to)),
    }))
    .filter(({ bars }) => bars.length > 0)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

const isSeen = (bar: ModeBar, from: string, to: string): boolean =>
  bar.from <= to && (bar.to === null || bar.to >= from);

const byFirstDay = (periods: readonly RuleLine[]): RuleLine[] =>
  [...periods].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));

const later = (one: string, other: string): string => (one > other ? one : other);

function barOf(line: RuleLine, version: number | null, first: string, last: string | null): ModeBar | null {
  const { mode, queue, hours, afterEnd, validFrom, validTo } = line;
  const from = later(validFrom, first);
  const to = last === null || (validTo !== null && validTo < last) ? validTo : last;
  return to !== null && to < from ? null : { from, to, mode, queue, hours, afterEnd, version };
}

/** What goes on in the next version as it was is one bar, and that of the version that began it. */
function put(bars: ModeBar[], bar: ModeBar): void {
  const before = bars.at(-1);
  const goesOn = before !== undefined && before.to !== null && addDays(before.to, 1) === bar.from;
  if (goesOn && sameWay(before, bar))
    bars[bars.length - 1] = { ...before, to: bar.to, afterEnd: bar.afterEnd };
  else bars.push(bar);
}

const sameWay = (one: ModeBar, other: ModeBar): boolean => {
  const way = ({ mode, queue, hours }: ModeBar): string => canonical({ mode, queue, hours });
  return way(one) === way(other);
};

/** What changes after `today`, until `last`; in the order of the days. */
export function modeChanges(rows: readonly ModeRow[], today: string, last: string): readonly ModeChange[] {
  return rows
    .flatMap(({ number, name, bars }) =>
      bars.flatMap((bar, nth) =>
        changesOf(bar, bars[nth - 1], bars[nth + 1]).map((change) => ({ ...change, number, name })),
      ),
    )
    .filter(({ day }) => day > today && day <= last)
    .sort((a, b) => (a.day === b.day ? (a.number < b.number ? -1 : 1) : a.day < b.day ? -1 : 1));
}

type Untold = Omit<ModeChange, 'number' | 'name'>;

function changesOf(bar: ModeBar, before: ModeBar | undefined, next: ModeBar | undefined): readonly Untold[] {
  const { mode, afterEnd, version } = bar;
  const follows = (one: ModeBar | undefined, day: string): boolean => one?.from === day;
  const off = bar.to === null ? null : addDays(bar.to, 1);
  const joins = before?.to != null && addDays(before.to, 1) === bar.from;
  const begin: Untold = {
    ...{ day: bar.from, kind: joins ? 'becomes' : 'begins', afterEnd, version },
    ...{ from: joins ? (before?.mode ?? null) : null, to: mode },
  };
  if (off === null || follows(next, off)) return [begin];
  const kind = mode === 'TRANSITION' && afterEnd !== 'none' ? 'switchedOff' : 'ends';
  return [begin, { day: off, kind, from: mode, to: null, afterEnd, version }];
}
