import { Type } from '@fastify/type-provider-typebox';
import {
  REVIEW_FINDINGS,
  REVIEW_POINT_NAMES,
  REVIEW_POINTS,
  type ReviewPoint,
} from '../../../domain/tickets/reply-checklist.ts';
import { exactly, oneOf } from './elements.ts';

const Finding = exactly({
  finding: oneOf(REVIEW_FINDINGS, { description: 'met 达到，unmet 未达到，notApplicable 不适用' }),
  mark: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, description: '问题所在；退回时未达到的各项必填' }),
  ),
});

/** With which a reply leaves its review, alone or with all of an incident. */
export const ChecklistShape = exactly(
  Object.fromEntries(
    REVIEW_POINTS.map((point) => [point, { ...Finding, description: REVIEW_POINT_NAMES[point] }]),
  ) as unknown as Record<ReviewPoint, typeof Finding>,
  { description: '答复审核单：答复离开审核（转回访、退回、不回访结案）时填写' },
);
