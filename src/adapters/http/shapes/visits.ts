import { Type } from '@fastify/type-provider-typebox';
import { RECHECKS } from '../../../app/visits/recheck-rated.ts';
import { GRADE_ORDER, type Grade } from '../../../domain/rating/grades.ts';
import { exactly, oneOf } from './elements.ts';

const GradeShape = (about: string) =>
  Type.Unsafe<Grade>({
    type: 'integer',
    enum: [...GRADE_ORDER],
    description: `${about}：5 非常满意 … 1 非常不满意`,
  });

export const VisitAnswersShape = exactly({
  resolved: Type.Boolean({ description: '是否解决' }),
  result: GradeShape('对办理结果'),
  process: GradeShape('对办理过程'),
  words: Type.Optional(Type.String({ maxLength: 2000, description: '市民补充的话' })),
});

export const RecheckShape = oneOf(RECHECKS, {
  description:
    'begun 已转异议复核（或正在复核）；none 无须复核；before 本次办结的异议已复核过；tooLate 结案已久，请登记新诉求',
});

export const GivenShape = exactly(
  {
    resolved: Type.Optional(Type.Boolean()),
    result: Type.Optional(GradeShape('对办理结果')),
    process: Type.Optional(GradeShape('对办理过程')),
  },
  { description: '中断或转人工之前已答的部分' },
);
