import { Type } from '@fastify/type-provider-typebox';
import { WORK_KINDS, type WorkItem } from '../../../app/ports/work-items.ts';
import { taskWords, WORK_STATES } from '../../../domain/hotlines/register/work-items.ts';
import { Day, exactly, Instant, nullable, oneOf } from './elements.ts';

export const WorkItemShape = exactly({
  id: Type.String(),
  kind: oneOf(WORK_KINDS),
  number: Type.String(),
  unit: exactly({ code: Type.String(), name: Type.String() }),
  dueDay: Day,
  lastDay: Day,
  daysBefore: Type.Integer({ description: '届满前天数；0 为停用' }),
  words: exactly({ zh: Type.String(), en: Type.String() }),
  state: oneOf(WORK_STATES, { description: 'withdrawn：规则变更后不再适用' }),
  openedAt: Instant,
  closed: Type.Union([
    exactly({
      by: nullable(Type.String({ description: '处理人；null：系统' })),
      at: Instant,
      reason: Type.String(),
    }),
    Type.Null(),
  ]),
});

export const workItemSeen = ({ key, unitCode, unitName, ...item }: WorkItem) => ({
  ...item,
  unit: { code: unitCode, name: unitName },
  words: taskWords(item),
});
