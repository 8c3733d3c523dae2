import { Type } from '@fastify/type-provider-typebox';
import { CLIP_STATE_NAMES, CLIP_STATES } from '../../../domain/recordings/clip.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';

const Person = exactly({ id: Type.String(), displayName: Type.String() });
const Offset = (description: string) => Type.Integer({ minimum: 0, maximum: 14_400_000, description });

/** Offsets in the recording. */
export const CutFields = {
  fromMs: Offset('片段起点，自录音开始，毫秒'),
  toMs: Offset('片段终点，自录音开始，毫秒'),
  muted: Type.Array(exactly({ fromMs: Offset('自录音开始，毫秒'), toMs: Offset('自录音开始，毫秒') }), {
    maxItems: 50,
    description: '片段内须消音的时段，如他人姓名、电话',
  }),
};

export const ClipStateShape = oneOf(CLIP_STATES, {
  description: CLIP_STATES.map((state) => `${state}：${CLIP_STATE_NAMES[state]}`).join('，'),
});

export const ClipShape = exactly({
  id: Type.String(),
  ticketId: Type.String(),
  callId: Type.String(),
  unitCode: Type.String(),
  purpose: Type.String(),
  state: ClipStateShape,
  askedBy: Person,
  askedAt: Instant,
  decidedBy: nullable(Person),
  decidedAt: nullable(Instant),
  decision: nullable(Type.String({ description: '审批或收回的理由' })),
  cut: nullable(exactly(CutFields)),
  until: nullable(Instant),
});
