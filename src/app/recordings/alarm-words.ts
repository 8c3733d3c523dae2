import { RECORDING_FAULTS, type RecordingFault } from '../../domain/recordings/recording-table.ts';

const EN: Readonly<Record<RecordingFault, string>> = {
  folderMissing: 'the folder of recordings is missing',
  diskFull: 'the disk has no room for recordings',
  notStarted: 'the switch did not begin to record',
  notAnswered: 'the citizen did not answer',
  endedAtOnce: 'the citizen hung up before it could begin',
  fileMissing: 'there is no file',
  fileEmpty: 'the file is empty',
  unreadable: 'the file cannot be read',
  short: 'the recording is shorter than the call',
  silent: 'nobody is heard in it though people talked',
  endUnknown: 'nobody told how the call ended',
};

export const faultWords = (fault: RecordingFault): string => `${RECORDING_FAULTS[fault]} ${EN[fault]}`;

export const STALLED_WORDS = '通话中录音停止增长 it no longer grows';
export const WAITS_WORDS = '磁盘已满，录音暂存原处 the disk is full, it waits as it is';

/** One trouble, one alarm, however many calls it concerns. */
export const alarmKey = (kind: string, words: string): string => `${kind}: ${words}`;
