import { Type } from '@fastify/type-provider-typebox';
import { Refusal } from '../problem-replies.ts';

const DAYS_OF_A_YEAR = 366;
const DAY_MS = 86_400_000;

/** The span of a report that covers a year at most. */
export const YearQuery = {
  from: Type.String({ format: 'date-time', description: '起（含），带时区' }),
  to: Type.String({ format: 'date-time', description: '止（不含），带时区' }),
};

/** In ms. Refuses with `period.tooLong` what ends before it begins, or is longer. */
export function spanOf(
  query: { readonly from: string; readonly to: string },
  daysAtMost = DAYS_OF_A_YEAR,
): { from: number; to: number } {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  if (!(from < to) || to - from > daysAtMost * DAY_MS) throw new Refusal('period.tooLong');
  return { from, to };
}
