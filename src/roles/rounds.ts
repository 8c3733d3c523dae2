import { setMaxListeners } from 'node:events';
import type { Log } from '../app/ports/log.ts';
import type { RoundRecord } from '../app/ports/round-record.ts';

export interface Round {
  readonly name: string;
  /** Pause after a round; `again` skips it. */
  readonly everyMs: number;
  /** What takes long listens for the end. */
  readonly work: (stopping: AbortSignal) => Promise<'again' | 'done'>;
}

const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_MAX_MS = 10_000;

/**
 * Work that comes round again and again. Each round runs by itself, never twice at once: running -> resting ->
 * running …, after a failure backing off up to 10 s for as long as it fails. One line in the log when it begins to
 * fail, one when it works again; meanwhile it stands on the board of jobs. Stopping ends the rest and waits for what
 * runs.
 */
export function startRounds(
  rounds: readonly Round[],
  record: RoundRecord,
  log: Log,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  // Each that rests listens for the end; Node takes more than ten for a leak.
  setMaxListeners(rounds.length, stopping.signal);
  const running = rounds.map((round) => goRound(round, record, log, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await isTold(record.forget());
    },
  };
}

async function goRound(
  { name, everyMs, work }: Round,
  record: RoundRecord,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  let sinceMs = 0;
  let onBoard = false;
  while (!signal.aborted) {
    let restMs = everyMs;
    try {
      if ((await work(signal)) === 'again') restMs = 0;
      if (failures > 0) log.info({ round: name, failures }, 'a round works again');
      if (onBoard) onBoard = !(await isTold(record.works(name)));
      failures = 0;
    } catch (err) {
      // Broken off: the next worker begins it anew.
      if (signal.aborted) return;
      const atMs = Date.now();
      if (failures === 0) {
        log.warn({ err, round: name }, 'a round failed, it will be tried again');
        sinceMs = atMs;
      }
      failures += 1;
      // Once is what a busy machine does now and then.
      if (failures > 1) {
        onBoard = true;
        const why = err instanceof Error ? err.message : String(err);
        await isTold(record.failed({ round: name, why, sinceMs, atMs, failures }));
      }
      restMs = Math.max(
        Math.min(everyMs, BACK_OFF_MAX_MS),
        Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** Math.min(failures, 10)),
      );
    }
    if (restMs > 0) await rest(restMs, signal);
  }
}

/** With the books away nobody could read it there either: it is told again by the next round, the log has told it. */
function isTold(told: Promise<void>): Promise<boolean> {
  return told.then(
    () => true,
    () => false,
  );
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
