import { Type } from '@fastify/type-provider-typebox';
import { PACK_ENDINGS, type PackUse } from '../../../app/ports/knowledge-packs.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';

export const PackCode = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,40}$',
  description: '应急知识包代码',
  examples: ['flood'],
});

export const PackUseShape = exactly({
  id: Type.String({ description: '开通按键的规则版本' }),
  pack: Type.String(),
  surge: Type.String(),
  until: Instant,
  begunAt: nullable(Type.String({ description: '空：按键尚未开通' })),
  endedAt: nullable(Type.String()),
  ending: nullable(oneOf(PACK_ENDINGS, { description: '到期、按键收回、换用另一知识包' })),
  leftOut: Type.Array(exactly({ number: Type.String(), why: Type.String() }), {
    description: '未能随按键发布的条目',
  }),
});

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export const shownUse = ({ orderedBy: _by, noticeId: _notice, ...use }: PackUse) => ({
  ...use,
  until: new Date(use.until).toISOString(),
  begunAt: isoOrNull(use.begunAt),
  endedAt: isoOrNull(use.endedAt),
  leftOut: use.leftOut.map((one) => ({ ...one })),
});
