import { goesBy, QUIET_MS, type Trouble } from '../../domain/recordings/alarm-over.ts';
import { RECORDING_FAULTS, type RecordingFault } from '../../domain/recordings/recording-table.ts';
import type { Alarm, AlarmBook, AlarmEnd } from '../ports/alarms.ts';
import type { Log } from '../ports/log.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import { alarmKey, faultWords, STALLED_WORDS, WAITS_WORDS } from './alarm-words.ts';

const AT_MOST = 200;
const FAULTS = Object.keys(RECORDING_FAULTS) as readonly RecordingFault[];

interface SettlerParts {
  readonly recordings: RecordingBook;
  readonly alarms: AlarmBook;
  readonly log: Log;
  now(): number;
}

/** Alarms of recordings whose trouble is over go by themselves, and say why; the list of what failed stays. */
export function settleAlarms(parts: SettlerParts) {
  const { alarms, log } = parts;
  return async (): Promise<void> => {
    for (const alarm of await alarms.list(true, AT_MOST)) {
      const end = await over(parts, alarm);
      if (end === null || !(await alarms.settle(alarm.key, parts.now(), end))) continue;
      log.info({ kind: alarm.kind, reason: end.reasonEn }, 'an alarm of recordings is over');
    }
  };
}

/** Why it is over; null: it is not. */
async function over({ recordings }: SettlerParts, alarm: Alarm): Promise<AlarmEnd | null> {
  if (alarm.key === alarmKey('recording.stalled', STALLED_WORDS)) {
    return (await recordings.stalled()) === 0
      ? { reason: '录音已恢复增长或已保存', reasonEn: 'It grows again, or was stored' }
      : null;
  }
  if (alarm.key === alarmKey('recording.diskFull', WAITS_WORDS)) {
    return (await recordings.sealedSince(Date.parse(alarm.lastAt)))
      ? { reason: '录音已可保存', reasonEn: 'Recordings are stored again' }
      : null;
  }
  const trouble = troubleOf(alarm);
  if (trouble === null) return null;
  const by = goesBy(trouble);
  switch (by) {
    case 'recordsAgain':
      return (await recordings.storedSince(trouble.lastMs + QUIET_MS))
        ? {
            reason: '后续通话已正常录音，未录音的通话见录音列表',
            reasonEn: 'Later calls are recorded; those without stay in the list of recordings',
          }
        : null;
    case 'turnedUp':
      return (await recordings.stillSo(trouble.state, trouble.fault, trouble.raisedMs)) === 0
        ? { reason: '录音文件已找到并保存', reasonEn: 'The files turned up and were stored' }
        : null;
    case 'never':
      return null;
    default:
      return by satisfies never;
  }
}

function troubleOf({ kind, key, raisedAt, lastAt }: Alarm): Trouble | null {
  if (kind !== 'recording.failed' && kind !== 'recording.partial') return null;
  const fault = FAULTS.find((one) => alarmKey(kind, faultWords(one)) === key);
  if (fault === undefined) return null;
  const state = kind === 'recording.failed' ? 'failed' : 'partial';
  return { state, fault, raisedMs: Date.parse(raisedAt), lastMs: Date.parse(lastAt) };
}
