import fc from 'fast-check';
import { test } from 'vitest';
import { bridgeStep } from './model-bridges.ts';
import { live, step } from './model-events.ts';
import { Day } from './model-world.ts';

// Random days of a small hotline: three agents, citizens that come, wait, are called and hang up at any moment, commands
// and events that cross, fail, come twice, a socket that drops, a switch and a call control that restart. Whatever
// happens, the invariants hold at every moment, and in the end nothing is left over.

/** Days to live through: `MODEL_RUNS=10000` for a night; `MODEL_SHRINK=no` stops at the first that fails, as it was. */
const RUNS = Number(process.env.MODEL_RUNS ?? 300);
/** The one day that failed, again: its `seed` and `path`, as they were told. */
const { MODEL_SEED, MODEL_PATH = '0' } = process.env;
/** Another one each time; told, so that a night's days can be lived through again. */
const SEED = MODEL_SEED === undefined ? Date.now() % 0x7fffffff : Number(MODEL_SEED);

/** What is replayed with real telephones knows no emergency bridge: its days stay as they were chosen. */
const anyStep = fc.oneof({ weight: 9, arbitrary: step }, { weight: 1, arbitrary: bridgeStep });

test(
  'whatever crosses, fails or comes twice: one caller one agent, nobody dropped, nothing left over',
  async () => {
    if (process.env.MODEL_RUNS !== undefined) process.stdout.write(`${RUNS} days of seed ${SEED}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(anyStep, { minLength: 30, maxLength: 150, size: 'max' }),
        async (quiet, steps) => {
          const day = new Day();
          await day.begin();
          // A quiet day has the same traffic without faults: there the rules are stricter.
          for (const one of steps) {
            if (quiet && (one.do === 'fault' || one.do === 'socket' || one.do === 'restart')) continue;
            await live(day, one);
          }
          await day.finish();
        },
      ),
      {
        numRuns: RUNS,
        endOnFailure: process.env.MODEL_SHRINK === 'no',
        seed: SEED,
        ...(MODEL_SEED === undefined ? {} : { path: MODEL_PATH }),
        verbose: 0,
      },
    );
  },
  Math.max(300_000, RUNS * 500),
);
