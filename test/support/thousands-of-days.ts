import { test } from 'vitest';
import { freshSeed, liveThrough } from '../app/calls/model-days.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Lived through in this test; the run says so at its end. */
    days?: { readonly runs: number; readonly seed: number };
  }
}

/** The gate asks what it asked before; other days by `MODEL_FRESH=yes`. */
const SEEDS = [421_752_836, 1_227_059_210] as const;
const seedOf = (nth: 0 | 1): number => (process.env.MODEL_FRESH === 'yes' ? freshSeed(nth) : SEEDS[nth]);

/** Of the ten thousand, which two processes live through at the same time. */
const HALF = 5_000;

/** A day that fails is told by seed and path: `MODEL_SEED=… MODEL_PATH=… npx vitest run --project domain model.test`. */
export function halfOfTenThousandDays(nth: 0 | 1): void {
  test(
    `${HALF} days, whatever crosses, fails or comes twice: one caller one agent, nobody dropped, nothing left over`,
    async ({ task }) => {
      const days = { runs: HALF, seed: seedOf(nth) };
      task.meta.days = days;
      await liveThrough({ ...days, shrinks: false });
    },
    HALF * 500,
  );
}
