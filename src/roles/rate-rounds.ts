import { randomUUID } from 'node:crypto';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { connectionWaits } from '../adapters/pg/connection-waits.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { unservedCalls } from '../adapters/pg/unserved-calls.ts';
import type { Log } from '../app/ports/log.ts';
import { watchConnectionRate } from '../app/reporting/watch-connection-rate.ts';
import { watchUnservedCalls } from '../app/reporting/watch-unserved-calls.ts';
import type { Round } from './rounds.ts';

/** It reads a day's calls, and foretells hours. */
const RATE_EVERY_MS = 5 * 60_000;
/** Somebody waits meanwhile. */
const UNSERVED_EVERY_MS = 10_000;

/** Callers are answered in time, or somebody is told that they are not. */
export function rateRounds(db: PgDatabase, log: Log): readonly Round[] {
  const deps = { waits: connectionWaits(db), alarms: alarmBooks(db), now: Date.now, newId: randomUUID };
  const watch = watchConnectionRate(deps);
  const watchUnserved = watchUnservedCalls({ ...deps, calls: unservedCalls(db) });
  return [
    {
      name: 'unserved',
      everyMs: UNSERVED_EVERY_MS,
      work: async () => {
        const calls = await watchUnserved();
        if (calls > 0) log.warn({ calls }, 'calls wait for whom nobody is there');
        return 'done';
      },
    },
    {
      name: 'connectionRate',
      everyMs: RATE_EVERY_MS,
      work: async () => {
        const warning = await watch();
        if (warning.kind === 'breached' || warning.kind === 'coming') {
          log.warn({ warning }, 'callers are answered too late, or will be');
        }
        return 'done';
      },
    },
  ];
}
