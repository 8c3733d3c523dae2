import type { AlarmBook, AlarmKind, AlarmWords } from '../ports/alarms.ts';
import type { Log } from '../ports/log.ts';
import type { RecordingVault } from '../ports/recordings.ts';

/** Below this calls go on unrecorded: what is being recorded still has room, and so has the rest of the machine. */
const FULL = { bytes: 512 * 1024 * 1024, share: 0.01 } as const;
/** Below this somebody is told: days of calls before it is full. */
const LOW = { bytes: 5 * 1024 * 1024 * 1024, share: 0.05 } as const;
/** Beyond the bound by so much it is over: not to and fro. */
const EASED = 1.2;

interface Room {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The smaller of the two bounds counts: a small disk may be used, a large one is not filled to its last gigabytes. */
const bound = ({ totalBytes }: Room, { bytes, share }: typeof FULL | typeof LOW): number =>
  Math.min(bytes, totalBytes * share);

const GIGABYTE = 1024 ** 3;

/**
 * Looks at the folder of recordings: is it there, is there room. Alarms before it is full; when it is, the dialplan is
 * told to answer calls without recording them, as long as that is said anew every round.
 */
export function watchRoom(parts: {
  readonly vault: RecordingVault;
  readonly alarms: AlarmBook;
  readonly log: Log;
  now(): number;
  newId(): string;
}) {
  let full = false;
  const { vault, alarms } = parts;
  const say = async (on: boolean, kind: AlarmKind, words: AlarmWords): Promise<void> => {
    if (on) {
      const raise = { id: parts.newId(), key: kind, kind, ...words, subject: '', atMs: parts.now() };
      if ((await alarms.raise(raise)) === 'raised')
        parts.log.error({ kind, detail: words.detailEn }, 'recordings are in danger');
    } else if (await alarms.settle(kind, parts.now(), { reason: '已恢复', reasonEn: 'It is over' })) {
      parts.log.info({ kind }, 'recordings are out of that danger');
    }
  };
  return async (): Promise<void> => {
    const room = await vault.room();
    await say(room === null, 'recording.folderMissing', {
      detail: '录音目录不存在',
      detailEn: 'The folder of recordings is missing',
    });
    if (room === null) return;
    const eased = full ? EASED : 1;
    full = room.freeBytes < bound(room, FULL) * eased;
    const low = full || room.freeBytes < bound(room, LOW);
    const left = `${(room.freeBytes / GIGABYTE).toFixed(1)} GB`;
    // First what matters to the next call: the alarm may have to wait for the database.
    await vault.setFull(full);
    await say(low, 'recording.diskLow', {
      detail: `录音磁盘空间不足，剩余 ${left}`,
      detailEn: `The disk of recordings is filling up, ${left} left`,
    });
    await say(full, 'recording.diskFull', {
      detail: `录音磁盘已满，来电不再录音，剩余 ${left}`,
      detailEn: `The disk of recordings is full and calls are not recorded, ${left} left`,
    });
  };
}
