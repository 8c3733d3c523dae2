import { type Static, Type } from '@fastify/type-provider-typebox';
import type { Hit } from '../../../app/knowledge/search/find-answers.ts';
import { MATCHES } from '../../../domain/knowledge/search/clue.ts';
import { exactly, nullable, oneOf, Uuid } from './elements.ts';

export const HIT_KINDS = ['entry', 'place'] as const;

const ReasonShape = exactly({
  kind: oneOf(['matched', 'line', 'area', 'pinned', 'quoted', 'learned'], {
    description: '词语命中、来电号码的条目、同一区域、应急知识包置顶、常被引用、学自以前的引用',
  }),
  said: Type.Optional(Type.String({ description: '问话中的词' })),
  found: Type.Optional(Type.String({ description: '按什么词找到' })),
  match: Type.Optional(oneOf(MATCHES, { description: '原词、同义词、拼音、首字母、音近、笔误、开头、部分' })),
  field: Type.Optional(
    oneOf(['head', 'alias', 'body'], { description: '命中处：问题或名称、其他问法、其余' }),
  ),
  line: Type.Optional(Type.String()),
  area: Type.Optional(Type.String()),
  pack: Type.Optional(Type.String()),
  times: Type.Optional(Type.Integer()),
});

export const HitShape = exactly({
  kind: oneOf(HIT_KINDS, { description: '知识条目、场所' }),
  id: Uuid,
  title: Type.String(),
  version: Type.Integer({ description: '条目的版本，引用时用' }),
  unit: nullable(Type.String()),
  category: nullable(Type.String()),
  score: Type.Number(),
  reasons: Type.Array(ReasonShape),
});

export function shownHit({ document, score, reasons }: Hit): Static<typeof HitShape> {
  const { kind, ref: id, title, version, unit, category } = document;
  return {
    kind,
    id,
    title,
    version,
    unit,
    category,
    score: Math.round(score * 100) / 100,
    reasons: reasons.map((reason) => ({ ...reason })),
  };
}
