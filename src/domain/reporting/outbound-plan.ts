import { fractionOf, percentOf } from './figures.ts';

/** Return visits by telephone, and what came in, over some days (JY-15: 179,418 out, 90,799 in, 638 days). */
export interface OutboundVolume {
  readonly days: number;
  readonly callsIn: number;
  readonly dialsOut: number;
}

export interface OutboundLoad {
  /** Dials out for a call in, three places; null: nothing came in. */
  readonly ratio: number | null;
  /** One place. */
  readonly callsInPerDay: number | null;
  readonly dialsOutPerDay: number | null;
}

export function outboundLoad({ days, callsIn, dialsOut }: OutboundVolume): OutboundLoad {
  return {
    ratio: fractionOf(dialsOut, callsIn, 1000),
    callsInPerDay: fractionOf(callsIn, days, 10),
    dialsOutPerDay: fractionOf(dialsOut, days, 10),
  };
}

/** How visits are made by people. */
export interface OutboundPace {
  /** Citizens that are to be talked to in a day. */
  readonly visitsPerDay: number;
  /** Dials until one of them is talked to, 1 or more. */
  readonly attemptsPerVisit: number;
  /** From the dial to the answer, or to giving up. */
  readonly ringMs: number;
  readonly talkMs: number;
  /** To write down what was said. */
  readonly afterMs: number;
  /** A seat's hours in which citizens may be called. */
  readonly hoursPerDay: number;
  /** Percent of those hours that a person dials, talks and writes: more is planned by nobody who has to do it. */
  readonly occupancy: number;
}
export const USUAL_PACE = {
  attemptsPerVisit: 1.5,
  ringMs: 20_000,
  talkMs: 120_000,
  afterMs: 60_000,
  hoursPerDay: 7,
  occupancy: 80,
} as const satisfies Omit<OutboundPace, 'visitsPerDay'>;

export interface OutboundPlan {
  /** One place. */
  readonly dialsPerDay: number;
  readonly dialsPerHour: number;
  /** Of all seats together, one place. */
  readonly workHours: number;
  /** Whole people. */
  readonly seats: number;
}

export const PLAN_FORMULA = {
  zh: '日拨打数 = 日回访人数 × 人均拨打次数；工时 = 日拨打数 × 振铃 + 日回访人数 ×（通话 + 登记）；座席 = 工时 ÷（可拨时长 × 利用率），进位取整',
  en: 'dials a day = visits a day x dials a visit; work = dials x ringing + visits x (talk + writing down); seats = work / (hours of dialling x occupancy), rounded up',
} as const;

const MS_PER_HOUR = 3_600_000;
const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
/** What a product of decimals leaves behind the last place that counts would make one seat more. */
const EXACT = 1e9;

/** Throws a RangeError where a pace is none. */
export function planOutbound(pace: OutboundPace): OutboundPlan {
  const { visitsPerDay, attemptsPerVisit, ringMs, talkMs, afterMs, hoursPerDay, occupancy } = pace;
  if (!(visitsPerDay >= 0 && attemptsPerVisit >= 1 && hoursPerDay > 0 && occupancy > 0 && occupancy <= 100))
    throw new RangeError('no pace at which anybody could dial');
  const dials = visitsPerDay * attemptsPerVisit;
  const workMs = dials * ringMs + visitsPerDay * (talkMs + afterMs);
  const seatMs = (hoursPerDay * MS_PER_HOUR * occupancy) / 100;
  return {
    dialsPerDay: oneDecimal(dials),
    dialsPerHour: oneDecimal(dials / hoursPerDay),
    workHours: oneDecimal(workMs / MS_PER_HOUR),
    seats: Math.ceil(Math.round((workMs / seatMs) * EXACT) / EXACT),
  };
}

/** Of what was dialled for one purpose. */
export interface DialTally {
  readonly dials: number;
  readonly reached: number;
  /** Of all dials. */
  readonly ringMs: number;
  /** Of those that were reached. */
  readonly talkMs: number;
}

/** The pace that was measured, as far as something was; the rest as usual. */
export function measuredPace({ dials, reached, ringMs, talkMs }: DialTally, days: number): OutboundPace {
  const some = reached > 0 && days > 0;
  return {
    ...USUAL_PACE,
    visitsPerDay: days > 0 ? oneDecimal(reached / days) : 0,
    ...(some ? { attemptsPerVisit: Math.round((dials / reached) * 100) / 100 } : {}),
    ...(dials > 0 ? { ringMs: Math.round(ringMs / dials) } : {}),
    ...(some ? { talkMs: Math.round(talkMs / reached) } : {}),
  };
}

export const reachedShare = ({ dials, reached }: DialTally): number | null => percentOf(reached, dials);
