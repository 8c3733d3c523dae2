import type { LocalMoment, MenuCalendar } from '../ivr/condition.ts';
import type { Configuration } from './configuration.ts';
import { followMenu, NO_KEYS } from './follow-menu.ts';
import { localDate } from './local-date.ts';
import { planCall } from './plan-call.ts';
import type { CarrierCall } from './recognise.ts';
import { kindOf, ROUTE_KINDS, type Route, type RouteKind, routeOf } from './route.ts';

/** A call as it lies in the books. */
export interface RecordedCall extends CarrierCall {
  readonly id: string;
  readonly atMs: number;
  /** Talk and wrap-up; null when nobody spoke with the citizen. */
  readonly handlingMs: number | null;
  /** The menu that the caller met, and the keys pressed there; null when there was none. */
  readonly menu: { readonly code: string; readonly keys: string } | null;
}

export interface ReplayOptions {
  /** The calendar by which conditions hold, for the rules on both sides. */
  readonly moments: MenuCalendar;
  /** Seats that a load needs, as `seatsNeeded` of domain/reporting counts them. */
  readonly seats: (demand: { readonly callsPerHour: number; readonly handlingMs: number }) => number;
  /** Handling of a call for desks where none was measured. */
  readonly usualHandlingMs: number;
  /** Calls are replayed this much later: for rules that begin in the future, by whole weeks to keep weekdays. */
  readonly laterMs?: number;
}

export interface MovedCall {
  readonly id: string;
  readonly atMs: number;
  readonly line: string | null;
  readonly from: Route;
  readonly to: Route;
}
/** One desk's load. The busiest hour is one that was there, not an average day's. */
export interface DeskLoad {
  readonly calls: number;
  /** Calls in each hour of the local day, 0 to 23, over all days. */
  readonly byHour: readonly number[];
  readonly busiest: { readonly hour: string; readonly calls: number } | null;
  readonly handlingMs: number;
  readonly seatsNeeded: number;
}
export interface Replay {
  readonly calls: number;
  readonly moved: readonly MovedCall[];
  /** How many went from where to where, the most first. */
  readonly movements: readonly { readonly from: Route; readonly to: Route; readonly calls: number }[];
  /** Calls to the same place that hear something else. */
  readonly otherPrompts: number;
  /** Calls that would meet a menu in which nobody knows what the caller would press: taken as pressing nothing. */
  readonly withoutKeys: number;
  /** How many ended in each way; every way, also where it is none. */
  readonly ends: readonly { readonly kind: RouteKind; readonly before: number; readonly after: number }[];
  /** Queues only: a unit's own telephone has no seats of ours. */
  readonly desks: readonly {
    readonly queue: string;
    readonly before: DeskLoad;
    readonly after: DeskLoad;
  }[];
}

/** What would have become of recorded calls under other rules, each at its own moment. */
export function replay(
  calls: readonly RecordedCall[],
  from: Configuration,
  to: Configuration,
  options: ReplayOptions,
): Replay {
  const { laterMs = 0 } = options;
  const moved: MovedCall[] = [];
  const movements = new Map<string, { from: Route; to: Route; calls: number }>();
  const before = new DeskBook();
  const after = new DeskBook();
  const ends = Object.fromEntries(ROUTE_KINDS.map((kind) => [kind, [0, 0]])) as Record<
    RouteKind,
    [before: number, after: number]
  >;
  let otherPrompts = 0;
  let withoutKeys = 0;
  for (const call of calls) {
    const local = options.moments(call.atMs + laterMs);
    const [was, would] = [wayOf(from, call, local), wayOf(to, call, local)];
    const [old, next] = [was.route, would.route];
    ends[kindOf(old)][0] += 1;
    ends[kindOf(next)][1] += 1;
    const { timeZone } = to.municipality;
    if (was.queue !== null) before.add(was.queue, call, timeZone);
    if (would.queue !== null) after.add(would.queue, call, timeZone);
    if (would.guessed) withoutKeys += 1;
    if (old === next) {
      if (was.prompts.join(' ') !== would.prompts.join(' ')) otherPrompts += 1;
      continue;
    }
    moved.push({
      id: call.id,
      atMs: call.atMs,
      line: would.line,
      from: old,
      to: next,
    });
    const way = `${old} > ${next}`;
    const known = movements.get(way);
    if (known === undefined) movements.set(way, { from: old, to: next, calls: 1 });
    else known.calls += 1;
  }
  const queues = [...new Set([...before.queues(), ...after.queues()])].sort();
  return {
    calls: calls.length,
    moved,
    movements: [...movements.values()].sort((a, b) => b.calls - a.calls),
    otherPrompts,
    withoutKeys,
    ends: ROUTE_KINDS.map((kind) => ({ kind, before: ends[kind][0], after: ends[kind][1] })),
    desks: queues.map((queue) => ({
      queue,
      before: before.load(queue, options),
      after: after.load(queue, options),
    })),
  };
}

interface Way {
  readonly route: Route;
  readonly queue: string | null;
  readonly prompts: readonly string[];
  readonly line: string | null;
  readonly guessed: boolean;
}

/** Where a recorded call goes: through a menu with the keys that were pressed in it, where they are known. */
function wayOf(configuration: Configuration, call: RecordedCall, moment: LocalMoment): Way {
  const plan = planCall(configuration, call, moment);
  const known = call.menu !== null && call.menu.code === plan.menu;
  const keys = known ? { ...NO_KEYS, keys: call.menu.keys } : NO_KEYS;
  const through = followMenu(configuration, plan, moment, keys);
  const destination = through === null ? plan.destination : through.destination;
  return {
    route: through?.route ?? routeOf(plan.destination),
    queue: destination?.kind === 'queue' ? destination.queue : null,
    prompts: plan.prompts,
    line: plan.recognition.line?.number ?? null,
    guessed: through !== null && !known,
  };
}

interface DeskSum {
  calls: number;
  handledMs: number;
  handled: number;
  readonly byHour: number[];
  /** `2026-11-23 09` -> calls. */
  readonly hours: Map<string, number>;
}

class DeskBook {
  readonly #desks = new Map<string, DeskSum>();

  queues(): IterableIterator<string> {
    return this.#desks.keys();
  }

  add(queue: string, { atMs, handlingMs }: RecordedCall, timeZone: string): void {
    const sum = this.#desks.get(queue) ?? {
      calls: 0,
      handledMs: 0,
      handled: 0,
      byHour: Array.from({ length: 24 }, () => 0),
      hours: new Map<string, number>(),
    };
    this.#desks.set(queue, sum);
    const hour = localHour(atMs, timeZone);
    const key = `${localDate(atMs, timeZone)} ${`${hour}`.padStart(2, '0')}`;
    sum.calls += 1;
    sum.byHour[hour] = (sum.byHour[hour] ?? 0) + 1;
    sum.hours.set(key, (sum.hours.get(key) ?? 0) + 1);
    if (handlingMs !== null) {
      sum.handled += 1;
      sum.handledMs += handlingMs;
    }
  }

  load(queue: string, { seats, usualHandlingMs }: ReplayOptions): DeskLoad {
    const sum = this.#desks.get(queue);
    if (sum === undefined) {
      const byHour = Array.from({ length: 24 }, () => 0);
      return { calls: 0, byHour, busiest: null, handlingMs: usualHandlingMs, seatsNeeded: 0 };
    }
    let busiest: { hour: string; calls: number } | null = null;
    for (const [hour, calls] of sum.hours) if (calls > (busiest?.calls ?? 0)) busiest = { hour, calls };
    const handlingMs = sum.handled === 0 ? usualHandlingMs : Math.round(sum.handledMs / sum.handled);
    return {
      calls: sum.calls,
      byHour: sum.byHour,
      busiest,
      handlingMs,
      seatsNeeded: seats({ callsPerHour: busiest?.calls ?? 0, handlingMs }),
    };
  }
}

const hourFormats = new Map<string, Intl.DateTimeFormat>();

function localHour(atMs: number, timeZone: string): number {
  let format = hourFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
    hourFormats.set(timeZone, format);
  }
  return Number(format.formatToParts(atMs).find(({ type }) => type === 'hour')?.value ?? 0);
}
