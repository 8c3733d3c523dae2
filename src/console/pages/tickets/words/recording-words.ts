import { bilingual } from '../../../words/word-table.ts';

/** Of a ticket's recordings. */
export const RECORDING_WORDS = bilingual(
  {
    recording: {
      notRequested: '未要求录音',
      started: '录音中',
      stored: '已保存',
      partial: '不完整',
      failed: '录音失败',
    },
    noRecordings: '这次通话没有录音：可看时间线和受理人的登记。',
    internalTalk: '内部通话',
    conversation: '与市民的通话',
    listen: '收听',
    purpose: '用途（记入日志）',
    staffSide: '话务',
    participant: {
      citizen: '市民',
      agent: '话务员',
      unit: '单位',
      centre: '分中心',
      outside: '外线',
      emergency: '紧急台',
      lead: '班长',
    },
    soundMark: { held: '保持', paused: '按要求暂停录音', internal: '内部通话' },
  },
  {
    recording: {
      notRequested: 'Not requested',
      started: 'Recording',
      stored: 'Stored',
      partial: 'Partial',
      failed: 'Failed',
    },
    noRecordings: 'This call has no recording: look at the time line and what the agent wrote down.',
    internalTalk: 'Among staff',
    conversation: 'With the citizen',
    listen: 'Listen',
    purpose: 'What for (goes into the log)',
    staffSide: 'Staff',
    participant: {
      citizen: 'Citizen',
      agent: 'Agent',
      unit: 'Unit',
      centre: 'Sub-centre',
      outside: 'Outside',
      emergency: 'Emergency',
      lead: 'Lead',
    },
    soundMark: { held: 'On hold', paused: 'Paused on request', internal: 'Among staff' },
  },
);
