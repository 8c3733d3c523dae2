import { vi } from 'vitest';

// Whoever waits without saying how long waits for the thing itself: the limit is there for what never comes. Vitest's
// own is a second, which on a busy machine is no time. That of `expect.poll` stands in vitest.config.ts.

const PATIENCE_MS = 10_000;
const { waitFor } = vi;

vi.waitFor = (callback, options = {}) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options });
