import { RECORDING_FAULTS, type RecordingFault } from '../../domain/recordings/recording-table.ts';
import type { AlarmWords } from '../ports/alarms.ts';

const EN: Readonly<Record<RecordingFault, string>> = {
  folderMissing: 'The folder of recordings is missing',
  diskFull: 'The disk has no room for recordings',
  notStarted: 'The switch did not begin to record',
  notAnswered: 'The citizen did not answer',
  endedAtOnce: 'The citizen hung up before it could begin',
  fileMissing: 'There is no file',
  fileEmpty: 'The file is empty',
  unreadable: 'The file cannot be read',
  short: 'The recording is shorter than the call',
  silent: 'Nobody is heard in it though people talked',
  endUnknown: 'Nobody told how the call ended',
};

export const faultWords = (fault: RecordingFault): AlarmWords => ({
  detail: RECORDING_FAULTS[fault],
  detailEn: EN[fault],
});

export const STALLED_WORDS: AlarmWords = { detail: '通话中录音停止增长', detailEn: 'It no longer grows' };
export const WAITS_WORDS: AlarmWords = {
  detail: '磁盘已满，录音暂存原处',
  detailEn: 'The disk is full, it waits as it is',
};

/** One trouble, one alarm, however many calls it concerns. As earlier releases wrote it: what they raised is open still. */
export const alarmKey = (kind: string, { detail, detailEn }: AlarmWords): string =>
  `${kind}: ${detail} ${detailEn.charAt(0).toLowerCase()}${detailEn.slice(1)}`;
