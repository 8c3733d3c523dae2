import fc from 'fast-check';
import { bridgeStep } from './model-bridges.ts';
import { beside, live, step } from './model-events.ts';
import { Day } from './model-world.ts';

// Random days of a small hotline: three agents, citizens that come, wait, are called and hang up at any moment, commands
// and events that cross, fail, come twice, a socket that drops, a switch and a call control that restart. Whatever
// happens, the invariants hold at every moment, and in the end nothing is left over.

export interface Days {
  readonly runs: number;
  /** Another one each time; told, so that the days can be lived through again. */
  readonly seed: number;
  /** To the one day that failed, as it was told. */
  readonly path?: string;
  /** False: stops at the first day that fails, as it was. */
  readonly shrinks: boolean;
}

/** What is replayed with real telephones knows no emergency bridge: its days stay as they were chosen. */
const anyStep = fc.oneof(
  { weight: 72, arbitrary: step },
  { weight: 8, arbitrary: bridgeStep },
  { weight: 2, arbitrary: beside },
);
const FAULTS: readonly string[] = ['fault', 'lose', 'socket', 'restart'];
const steps = fc.array(anyStep, { minLength: 30, maxLength: 150, size: 'max' });

/** How many offers were held against the simplest order of all: those that were made while others waited. */
export async function liveThrough({ runs, seed, path, shrinks }: Days): Promise<number> {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), steps, async (quiet, all) => {
      const day = new Day();
      await day.begin();
      // A quiet day has the same traffic without faults: there the rules are stricter.
      for (const one of all) {
        if (quiet && FAULTS.includes(one.do)) continue;
        await live(day, one);
      }
      await day.finish();
      compared += day.order.compared;
    }),
    { numRuns: runs, endOnFailure: !shrinks, seed, ...(path === undefined ? {} : { path }), verbose: 0 },
  );
  return compared;
}

const SEEDS = 0x7fffffff;

/** `nth`: of those who live through days at the same time; no two the same ones. */
export const freshSeed = (nth = 0): number => (Date.now() + nth * 0x2fffffff) % SEEDS;
