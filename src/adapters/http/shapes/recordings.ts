import { Type } from '@fastify/type-provider-typebox';
import type { Alarm } from '../../../app/ports/alarms.ts';
import type { RecordingView } from '../../../app/ports/recordings.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import {
  RECORDING_FAULTS,
  RECORDING_STATE_NAMES,
  RECORDING_STATES,
  type RecordingFault,
} from '../../../domain/recordings/recording-table.ts';
import { PARTICIPANTS, type TimeLine } from '../../../domain/recordings/time-line.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';

const Offset = (description: string) => Type.Integer({ description: `${description}，毫秒` });

export const RecordingShape = exactly({
  callId: Type.String(),
  segment: Type.String({
    description: 'main：与市民的通话，来电从欢迎语起，去电从市民接听起；其余为内部通话',
  }),
  kind: oneOf(['conversation', 'internal']),
  state: oneOf(RECORDING_STATES, {
    description: RECORDING_STATES.map((state) => `${state}：${RECORDING_STATE_NAMES[state]}`).join('，'),
  }),
  stateAt: Instant,
  fault: nullable(Type.String({ description: '不完整或失败的原因（代码）' })),
  faultText: nullable(Type.String()),
  beganAt: Instant,
  endedAt: nullable(Instant),
  channels: nullable(Type.Integer({ description: '2：左声道市民，右声道话务人员' })),
  durationMs: nullable(Offset('时长')),
  heardMs: Type.Array(Type.Integer(), { description: '各声道有声的毫秒数' }),
  bytes: nullable(Type.Integer()),
  sha256: nullable(Type.String({ description: '保存时计算' })),
  gaps: Type.Array(
    exactly({
      fromMs: Offset('自录音开始'),
      toMs: Offset('自录音开始'),
      why: oneOf(['paused', 'missing'], { description: 'paused：涉及敏感信息，按要求暂停；missing：缺失' }),
      by: nullable(Type.String({ description: '要求暂停的话务员' })),
      reason: Type.String(),
    }),
  ),
});

const Place = {
  fromMs: Offset('自来电起'),
  toMs: nullable(Offset('自来电起')),
};

export const TimeLineShape = exactly({
  callId: Type.String(),
  arrivedAt: Instant,
  endedAt: nullable(Instant),
  segments: Type.Array(exactly({ ...RecordingShape.properties, startsAtMs: Offset('此段在时间轴上的起点') })),
  participants: Type.Array(
    exactly({
      who: oneOf(PARTICIPANTS),
      leg: nullable(Type.String()),
      agentId: nullable(Type.String()),
      number: nullable(Type.String()),
      side: oneOf(['citizen', 'staff']),
      ...Place,
    }),
  ),
  marks: Type.Array(
    exactly({
      what: oneOf(['held', 'paused', 'internal']),
      reason: Type.String(),
      legs: Type.Array(Type.String(), { description: '内部通话的各方' }),
      ...Place,
    }),
  ),
});

const isFault = (fault: string): fault is RecordingFault => Object.hasOwn(RECORDING_FAULTS, fault);

/** The path of the file stays inside. */
export function shownRecording({ file, ...recording }: RecordingView) {
  const { fault } = recording;
  return {
    ...recording,
    faultText: fault === null ? null : isFault(fault) ? RECORDING_FAULTS[fault] : fault,
    gaps: recording.gaps.map((gap) => (gap.why === 'paused' ? gap : { ...gap, by: null, reason: '' })),
  };
}

export function shownTimeLine(callId: string, line: TimeLine, segments: readonly RecordingView[]) {
  const { arrivedMs, endedMs } = line;
  return {
    callId,
    arrivedAt: new Date(arrivedMs).toISOString(),
    endedAt: endedMs === null ? null : new Date(endedMs).toISOString(),
    segments: segments.map((one) => ({
      ...shownRecording(one),
      startsAtMs: Math.max(0, Date.parse(one.beganAt) - arrivedMs),
    })),
    participants: line.participants.map((one) => ({
      ...one,
      number: one.number === null ? null : maskedNumber(one.number),
    })),
    marks: line.marks.map((mark) => ({ ...mark, legs: [...mark.legs] })),
  };
}

export const AlarmShape = exactly({
  id: Type.String(),
  kind: Type.String(),
  detail: Type.String({ description: '告警内容' }),
  detailEn: Type.String({ description: '告警内容（英文），所述事实相同；早先的告警只有一段文字，两项相同' }),
  subject: Type.String({ description: '最近一次涉及的通话等' }),
  times: Type.Integer({ description: '发生次数' }),
  raisedAt: Instant,
  lastAt: Instant,
  closedAt: nullable(Instant),
  closedBy: nullable(Type.String({ description: '空：自行恢复' })),
  closingReason: nullable(Type.String({ description: '关闭的理由；自行恢复的为恢复的情况' })),
  closingReasonEn: nullable(
    Type.String({ description: '同上（英文）；由人关闭的为其原话，早先的告警只有一段文字，两项相同' }),
  ),
});

export const shownAlarm = ({ key, ...alarm }: Alarm): Omit<Alarm, 'key'> => alarm;
