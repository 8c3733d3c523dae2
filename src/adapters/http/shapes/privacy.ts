import { Type } from '@fastify/type-provider-typebox';
import { PERSONAL_KIND_NAMES, PERSONAL_KINDS } from '../../../domain/privacy/personal-data.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';

const Somebody = exactly({
  id: Type.String(),
  displayName: Type.String(),
  unitCode: nullable(Type.String()),
});

/** Shown for a reason, for ten minutes: not masked. */
export const RevealedCitizenShape = exactly({
  citizenName: Type.String(),
  citizenNumber: Type.String(),
  place: Type.String(),
  content: Type.String(),
  reply: nullable(Type.String({ description: '公开答复原文，含暂缓发布的；尚无则为空' })),
  until: Instant,
});

export const GrantShape = exactly({
  id: Type.String(),
  account: Somebody,
  reason: Type.String(),
  grantedBy: Type.String(),
  grantedAt: Instant,
  until: Instant,
  endedAt: nullable(Instant),
  endedBy: nullable(Type.String()),
  endedReason: nullable(Type.String()),
});

export const CitizenViewsShape = exactly({
  account: Somebody,
  leases: Type.Integer({ description: '说明理由查看的次数' }),
  views: Type.Integer({ description: '显示姓名和号码的次数' }),
  tickets: Type.Integer({ description: '涉及的工单数' }),
});

const KindShape = oneOf(PERSONAL_KINDS, {
  description: PERSONAL_KINDS.map((kind) => `${kind} ${PERSONAL_KIND_NAMES[kind]}`).join('，'),
});
export const PersonalKindsShape = Type.Array(KindShape);
export const PersonalDataShape = Type.Array(
  exactly({
    kind: KindShape,
    from: Type.Integer({ description: '起（UTF-16 位置，含）' }),
    to: Type.Integer({ description: '止（不含）' }),
  }),
);
