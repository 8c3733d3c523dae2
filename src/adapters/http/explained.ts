import type { Static } from '@fastify/type-provider-typebox';
import type { Explanation } from '../../domain/deadlines/due.ts';
import { explainedEn } from '../../domain/deadlines/explained-english.ts';
import type { ExplanationShape } from './shapes/tickets.ts';

/** Why a due time is when it is, in both languages. */
export const explained = (explanation: Explanation): Static<typeof ExplanationShape> => ({
  ...explanation,
  ...explainedEn(explanation),
  days: [...explanation.days],
  missingYears: [...explanation.missingYears],
});
