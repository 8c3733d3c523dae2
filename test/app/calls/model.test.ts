import { expect, test } from 'vitest';
import { freshSeed, liveThrough } from './model-days.ts';

/** Days to live through: `npm run faults` lives through ten thousand; `MODEL_SHRINK=no` stops at the first that fails, as it was. */
const RUNS = Number(process.env.MODEL_RUNS ?? 300);
/** The one day that failed, again: its `seed` and `path`, as they were told. */
const { MODEL_SEED, MODEL_PATH = '0' } = process.env;
const seed = MODEL_SEED === undefined ? freshSeed() : Number(MODEL_SEED);

test(
  'whatever crosses, fails or comes twice: one caller one agent, nobody dropped, nothing left over',
  async () => {
    if (process.env.MODEL_RUNS !== undefined) process.stdout.write(`${RUNS} days of seed ${seed}\n`);
    const path = MODEL_SEED === undefined ? {} : { path: MODEL_PATH };
    const compared = await liveThrough({
      runs: RUNS,
      seed,
      ...path,
      shrinks: process.env.MODEL_SHRINK !== 'no',
    });
    // Who is served first was a question often enough.
    if (MODEL_SEED === undefined) expect(compared).toBeGreaterThan(RUNS / 10);
  },
  Math.max(300_000, RUNS * 500),
);
