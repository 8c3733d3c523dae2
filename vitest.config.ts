import { defineConfig } from 'vitest/config';

const PATIENT = ['./test/support/patience.ts'];

// Three speeds, three projects: a developer runs `npx vitest --project domain` in a second; the other two bring up
// PostgreSQL and Redis (fetched first where the machine lacks them). One project after the other.
/**
 * At the gate a test that needs real programs and fails is tried once more, and up to three files that still fail are run again from their start
 * (.ci/run); the run says at its end which ones needed that: real programs on a shared machine of two processors meet a
 * moment now and then that no limit foresaw. A developer's run tries once.
 */
const retry = process.env.CI === 'true' ? 1 : 0;

/** Of what waits for the thing itself, without a limit of its own (see test/support/patience.ts); no project inherits it. */
const EXPECT = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'domain',
          expect: EXPECT,
          setupFiles: PATIENT,
          include: [
            'test/architecture.test.ts',
            'test/domain/**/*.test.ts',
            'test/app/**/*.test.ts',
            'test/runtime/**/*.test.ts',
            'test/demo/**/*.test.ts',
          ],
          maxWorkers: 2,
          // Property tests compute for a second or two; a busy machine made that forty.
          testTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'adapters',
          expect: EXPECT,
          retry,
          setupFiles: PATIENT,
          include: ['test/adapters/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // They wait for programs more than they compute: more at once than there are processors.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'calls',
          expect: EXPECT,
          retry,
          setupFiles: [...PATIENT, './test/support/standing-towns.ts'],
          include: ['test/calls/**/*.test.ts', 'test/faults/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Calls are timed in seconds and mostly waited for: two towns fit two processors.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          // The console in a real browser, before a whole town.
          name: 'console',
          expect: EXPECT,
          retry,
          setupFiles: [...PATIENT, './test/support/standing-towns.ts'],
          include: ['test/console/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          // `npm run faults`: faults that last minutes.
          name: 'faults',
          expect: EXPECT,
          retry,
          setupFiles: [...PATIENT, './test/support/standing-towns.ts'],
          include: ['test/faults/long/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          // `npm run faults` as well: ten thousand days of the model, half of them in each of two processes.
          name: 'days',
          setupFiles: PATIENT,
          include: ['test/faults/days/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          // `npm run screens`: pictures to be looked at.
          name: 'screens',
          expect: EXPECT,
          setupFiles: [...PATIENT, './test/support/standing-towns.ts'],
          include: ['test/console/screens/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 6 },
        },
      },
    ],
  },
});
