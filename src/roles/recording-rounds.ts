import { randomUUID } from 'node:crypto';
import { recordingVault } from '../adapters/audio/recording-vault.ts';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { recordingBooks } from '../adapters/pg/recordings.ts';
import type { Log } from '../app/ports/log.ts';
import { finaliseRecordings } from '../app/recordings/finalise-recordings.ts';
import { settleAlarms } from '../app/recordings/settle-alarms.ts';
import { watchRoom } from '../app/recordings/watch-room.ts';
import type { Round } from './rounds.ts';

const SEAL_EVERY_MS = 500;
/** The dialplan believes a mark of the last two minutes. */
const ROOM_EVERY_MS = 15_000;

/** What the worker does for recordings. It sees the files that Asterisk writes. */
export function recordingRounds(db: PgDatabase, recordingsDir: string, log: Log): readonly Round[] {
  const parts = {
    recordings: recordingBooks(db),
    vault: recordingVault(recordingsDir),
    alarms: alarmBooks(db),
    log,
    now: Date.now,
    newId: randomUUID,
  };
  const finalise = finaliseRecordings(parts);
  const watch = watchRoom(parts);
  const settle = settleAlarms(parts);
  return [
    {
      name: 'recordings',
      everyMs: SEAL_EVERY_MS,
      work: async () => ((await finalise()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'recordingRoom',
      everyMs: ROOM_EVERY_MS,
      work: async () => {
        await watch();
        await settle();
        return 'done';
      },
    },
  ];
}
