import { Type } from '@fastify/type-provider-typebox';
import type { DeskLoad } from '../../../domain/hotlines/replay.ts';
import type { Change } from '../../../domain/hotlines/versions/change.ts';
import { describeInEnglish } from '../../../domain/hotlines/versions/change-english.ts';
import { exactly, nullable } from './elements.ts';

export const changeSeen = (change: Change) => ({
  kind: change.kind,
  ...change.place,
  field: change.kind === 'changed' ? change.field : null,
  from: change.kind === 'changed' ? change.from : null,
  to: change.kind === 'changed' ? change.to : null,
  words: { zh: change.words, en: describeInEnglish(change) },
});

export const LoadShape = exactly({
  calls: Type.Integer(),
  busiest: nullable(Type.String({ description: '最忙的一小时（当地）' })),
  busiestCalls: Type.Integer(),
  handlingMs: Type.Integer({ description: '平均处理时长' }),
  seatsNeeded: Type.Integer({ description: '15 秒内接通 95% 所需席位（Erlang C）' }),
});

export const loadSeen = ({ calls, seatsNeeded, busiest, handlingMs }: DeskLoad) => ({
  calls,
  seatsNeeded,
  handlingMs: Math.round(handlingMs),
  busiest: busiest?.hour ?? null,
  busiestCalls: busiest?.calls ?? 0,
});
