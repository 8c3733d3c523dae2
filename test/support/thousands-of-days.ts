import { test } from 'vitest';
import { freshSeed, liveThrough } from '../app/calls/model-days.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Lived through in this test; the run says so at its end. */
    days?: { readonly runs: number; readonly seed: number };
  }
}

/** Of the ten thousand, which two processes live through at the same time. */
const HALF = 5_000;

/** A day that fails is told by seed and path: `MODEL_SEED=… MODEL_PATH=… npx vitest run --project domain model.test`. */
export function halfOfTenThousandDays(nth: 0 | 1): void {
  test(
    `${HALF} days, whatever crosses, fails or comes twice: one caller one agent, nobody dropped, nothing left over`,
    async ({ task }) => {
      const days = { runs: HALF, seed: freshSeed(nth) };
      task.meta.days = days;
      await liveThrough({ ...days, shrinks: false });
    },
    HALF * 500,
  );
}
