import type { Child } from './child.ts';

const EVERY_MS = 10_000;
/** A minute without a sign of life. Counted in questions, not by the clock: a machine that slept is no hung process. */
const OPEN_MAX = 6;

/** Ends a process that runs but does nothing any more, so that its keeper starts it again. */
export function watchPulse(child: Child, say: (line: string) => void, everyMs = EVERY_MS): void {
  const timer = setInterval(() => {
    if (child.ping() < OPEN_MAX) return;
    say(`${child.name} (process ${child.pid}) has given no sign of life: ending it`);
    clearInterval(timer);
    child.kill('SIGKILL');
  }, everyMs).unref();
  void child.exited.then(() => clearInterval(timer));
}
