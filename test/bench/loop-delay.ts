import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into a role before its own code (`node --import`): how long its event loop keeps work waiting, told at its end.
// A slow figure with a small delay here is the machine's or Asterisk's, not ours.

const RESOLUTION_MS = 2;
const file = process.env.BENCH_LOOP_DELAY;
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  // What was loaded and connected at the start is no part of the work.
  process.on('SIGUSR2', () => delay.reset());
  process.on('exit', () => {
    const over = (share: number): number => Math.max(0, delay.percentile(share) / 1e6 - RESOLUTION_MS);
    writeFileSync(file, JSON.stringify({ p50: over(50), p99: over(99) }));
  });
}
