import { Type } from '@fastify/type-provider-typebox';
import {
  CASE_FILED_BY_MAX,
  CASE_NUMBER_MAX,
  OUTCOME_NAMES,
  TICKET_OUTCOMES,
} from '../../../domain/tickets/outcome.ts';
import { exactly, nullable, oneOf } from './elements.ts';

export const OutcomeKind = oneOf(TICKET_OUTCOMES, {
  description: `办理结果：${TICKET_OUTCOMES.map((one) => `${one} ${OUTCOME_NAMES[one]}`).join('，')}`,
});
const Words = (max: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: max, description }));

/** With `reportDone` (HM-12). */
export const saidOutcome = {
  outcome: Type.Optional(OutcomeKind),
  caseNumber: Words(CASE_NUMBER_MAX, '案号；立案查处必填，写入答复'),
  caseFiledBy: Words(CASE_FILED_BY_MAX, '立案机关；不填即承办单位'),
};

export const OutcomeShape = Type.Union(
  [
    exactly({
      kind: OutcomeKind,
      caseNumber: nullable(Type.String({ description: '案号' })),
      caseFiledBy: nullable(Type.String({ description: '立案机关；空：承办单位' })),
    }),
    Type.Null(),
  ],
  { description: '最近一次办结上报的结果；空：尚未上报' },
);
