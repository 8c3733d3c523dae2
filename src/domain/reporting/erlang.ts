/**
 * How many seats a desk needs: Erlang C (calls come at random, wait without giving up, are served in turn). It errs to
 * the safe side: citizens who give up would leave the desk less to do.
 */
export interface Demand {
  readonly callsPerHour: number;
  /** Talk and wrap-up of one call, in milliseconds. */
  readonly handlingMs: number;
}
export interface ServiceGoal {
  /** Part of the calls answered in time, 0 < share < 1. */
  readonly share: number;
  readonly withinMs: number;
}

/** 95 % answered within 15 s (GB/T 33358). */
export const NATIONAL_GOAL: ServiceGoal = { share: 0.95, withinMs: 15_000 };
/** Part of a day's calls that fall into its busiest hour, and handling of a call, where nothing was measured. */
export const USUAL_BUSY_HOUR_SHARE = 0.12;
export const USUAL_HANDLING_MS = 240_000;

/** Offered load in erlangs: calls that would be in progress at once if nobody waited. */
export function offeredLoad({ callsPerHour, handlingMs }: Demand): number {
  if (!(callsPerHour >= 0) || !(handlingMs >= 0)) throw new RangeError('a demand is not negative');
  return (callsPerHour * handlingMs) / 3_600_000;
}

/** Probability that a call finds every seat busy; 1 when the seats cannot carry the load at all. */
export function waitProbability(seats: number, load: number): number {
  if (!Number.isInteger(seats) || seats < 0) throw new RangeError('seats are a whole number');
  if (load === 0) return seats === 0 ? 1 : 0;
  if (seats <= load) return 1;
  const blocked = erlangB(seats, load);
  return blocked / (1 - (load / seats) * (1 - blocked));
}

/** Erlang B by its recursion: no factorial grows out of bounds, also with thousands of seats. */
function erlangB(seats: number, load: number): number {
  let blocked = 1;
  for (let seat = 1; seat <= seats; seat += 1) blocked = (load * blocked) / (seat + load * blocked);
  return blocked;
}

/** Part of the calls answered within `withinMs`. */
export function serviceLevel(seats: number, demand: Demand, withinMs: number): number {
  const load = offeredLoad(demand);
  if (load === 0) return seats > 0 ? 1 : 0;
  if (seats <= load) return 0;
  const wait = waitProbability(seats, load);
  return 1 - wait * Math.exp((-(seats - load) * withinMs) / demand.handlingMs);
}

/** Mean wait of all calls in milliseconds; Infinity when the seats cannot carry the load. */
export function meanWaitMs(seats: number, demand: Demand): number {
  const load = offeredLoad(demand);
  if (load === 0) return 0;
  return seats <= load ? Infinity : (waitProbability(seats, load) * demand.handlingMs) / (seats - load);
}

/** The fewest seats that reach the goal; none when there are no calls. */
export function seatsNeeded(demand: Demand, goal: ServiceGoal = NATIONAL_GOAL): number {
  if (!(goal.share > 0 && goal.share < 1)) throw new RangeError('a share lies between 0 and 1');
  const load = offeredLoad(demand);
  if (load === 0) return 0;
  let seats = Math.floor(load) + 1;
  // One recursion carries Erlang B from seat to seat; starting it anew each time would cost the square.
  let blocked = erlangB(seats, load);
  for (;;) {
    const wait = blocked / (1 - (load / seats) * (1 - blocked));
    if (1 - wait * Math.exp((-(seats - load) * goal.withinMs) / demand.handlingMs) >= goal.share)
      return seats;
    seats += 1;
    blocked = (load * blocked) / (seats + load * blocked);
  }
}

/** The busy hour of a day of which only the total is known. */
export function busyHour(callsPerDay: number, handlingMs = USUAL_HANDLING_MS): Demand {
  return { callsPerHour: callsPerDay * USUAL_BUSY_HOUR_SHARE, handlingMs };
}
