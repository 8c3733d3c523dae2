import { Type } from '@fastify/type-provider-typebox';
import { BAD_MOS, LEAST_SECONDS } from '../../../domain/calls/talk-quality.ts';
import { exactly, Instant, nullable } from './elements.ts';

const MINUTE_MS = 60_000;
const Opinion = (description: string) => Type.Number({ minimum: 1, maximum: 4.5, description });

export const MeasuredFields = {
  seconds: Type.Integer({ minimum: LEAST_SECONDS, maximum: 86_400, description: '测量时长，秒' }),
  loss: Type.Number({ minimum: 0, maximum: 1, description: '丢包率，0 至 1' }),
  jitterMs: Type.Number({ minimum: 0, maximum: MINUTE_MS, description: '抖动，毫秒' }),
  roundTripMs: nullable(
    Type.Number({ minimum: 0, maximum: MINUTE_MS, description: '往返时延，毫秒；空：未测得' }),
  ),
  mos: Opinion('全程的估计主观分（ITU-T G.107 E 模型），1 至 4.5'),
  worstMos: Opinion('最差几秒的估计主观分'),
};

export const MeasuredTalkShape = exactly({
  leg: Type.String(),
  agentId: Type.String(),
  agentNumber: nullable(Type.String()),
  measuredAt: Instant,
  ...MeasuredFields,
  bad: Type.Boolean({ description: `MOS 低于 ${BAD_MOS}（ITU-T G.107）` }),
});
