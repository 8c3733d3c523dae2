import { Type } from '@fastify/type-provider-typebox';
import { GRADE_ORDER, type Grade } from '../../../domain/rating/grades.ts';
import { exactly } from './elements.ts';

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

export const GivenShape = exactly(
  {
    resolved: Type.Optional(Type.Boolean()),
    result: Type.Optional(GradeShape('对办理结果')),
    process: Type.Optional(GradeShape('对办理过程')),
  },
  { description: '中断或转人工之前已答的部分' },
);
