import { defineConfig } from 'vitest/config';

// Three speeds, three projects: a developer runs `npx vitest --project domain` in a second;
// the other two need the services that `npm test` brings up first.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'domain',
          include: [
            'test/architecture.test.ts',
            'test/domain/**/*.test.ts',
            'test/app/**/*.test.ts',
            'test/runtime/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'adapters',
          include: ['test/adapters/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'calls',
          include: ['test/calls/**/*.test.ts', 'test/faults/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
