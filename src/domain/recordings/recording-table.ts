/**
 * The truth about one recorded segment of a conversation. Modes:
 *
 *   notRequested  未要求录音: nobody was to be recorded (a call that was turned away before it was answered; one that we
 *                 make, until the citizen answers, or when he hangs up in that moment)
 *   started       录音中: the switch was asked to write; the file grows, or is waited for, or is being sealed
 *   stored        已保存: whole, sealed with its SHA-256
 *   partial       不完整: sealed, but something of it is missing; where and why is in its gaps
 *   failed        录音失败: there is no file, or nothing in it. Should it turn up after all, it is sealed all the same
 *
 * `stored` is never said of what was not read through and measured.
 */
export const RECORDING_TABLE = {
  notRequested: { begun: ['started'], answeredUnrecorded: ['failed'] },
  started: { sealed: ['stored', 'partial'], missing: ['failed'] },
  failed: { begun: ['started'], sealed: ['stored', 'partial'] },
  partial: {},
  stored: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type RecordingState = keyof typeof RECORDING_TABLE;
export const RECORDING_STATES = Object.keys(RECORDING_TABLE) as readonly RecordingState[];
export type RecordingEvent = 'begun' | 'answeredUnrecorded' | 'sealed' | 'missing';

export const RECORDING_STATE_NAMES: Readonly<Record<RecordingState, string>> = {
  notRequested: '未要求录音',
  started: '录音中',
  stored: '已保存',
  partial: '不完整',
  failed: '录音失败',
};

/** Where an event may lead from a state; empty when it does not concern that state. */
export function recordingLeads(from: RecordingState, event: RecordingEvent): readonly RecordingState[] {
  const heeded: Readonly<Partial<Record<RecordingEvent, readonly RecordingState[]>>> = RECORDING_TABLE[from];
  return heeded[event] ?? [];
}

/** Why a recording is not whole, or not there. `folderMissing` and `diskFull` are told by the switch's own dialplan. */
export const RECORDING_FAULTS = {
  folderMissing: '录音目录不存在',
  diskFull: '录音磁盘空间不足，未开始录音',
  notStarted: '交换机未能开始录音',
  /** Not a failure: of a call that we made and that never came to a conversation. */
  notAnswered: '外呼未接通',
  /** Nor this: he hung up before the switch could begin, and before he could say a word to anybody. */
  endedAtOnce: '接通即挂断，未及录音',
  fileMissing: '没有录音文件',
  fileEmpty: '录音文件为空',
  unreadable: '录音文件无法读取',
  short: '录音比通话短',
  silent: '通话期间录音双方均无声',
  endUnknown: '通话如何结束未知，以文件为准',
} as const;
export type RecordingFault = keyof typeof RECORDING_FAULTS;

/** `conversation`: the citizen's, on two channels. `internal`: staff among themselves while the citizen waits. */
export type RecordingKind = 'conversation' | 'internal';
/** Of the segment that accompanies the citizen from the greeting to the end. */
export const MAIN_SEGMENT = 'main';
