import { setMaxListeners } from 'node:events';
import type { Log } from '../app/ports/log.ts';

export interface Round {
  readonly name: string;
  /** Pause after a round; `again` skips it. */
  readonly everyMs: number;
  readonly work: () => Promise<'again' | 'done'>;
}

const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_MAX_MS = 10_000;

/**
 * Work that comes round again and again. Each round runs by itself, never twice at once: running -> resting ->
 * running …, after a failure backing off up to 10 s for as long as it fails. One line in the log when it begins to
 * fail, one when it works again. Stopping ends the rest and waits for what runs.
 */
export function startRounds(rounds: readonly Round[], log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  // Each that rests listens for the end; Node takes more than ten for a leak.
  setMaxListeners(rounds.length, stopping.signal);
  const running = rounds.map((round) => goRound(round, log, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function goRound({ name, everyMs, work }: Round, log: Log, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let restMs = everyMs;
    try {
      if ((await work()) === 'again') restMs = 0;
      if (failures > 0) log.info({ round: name, failures }, 'a round works again');
      failures = 0;
    } catch (err) {
      if (failures === 0) log.warn({ err, round: name }, 'a round failed, it will be tried again');
      failures += 1;
      restMs = Math.max(
        Math.min(everyMs, BACK_OFF_MAX_MS),
        Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** Math.min(failures, 10)),
      );
    }
    if (restMs > 0) await rest(restMs, signal);
  }
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
