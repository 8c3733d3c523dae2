import {
  EFFECT_FORMULAS,
  EFFECT_LAST_MS,
  type OrderEffect,
  type Period,
  periodsAtClose,
  periodsLater,
} from '../../domain/tickets/order-effect.ts';
import { oneByOne } from '../one-by-one.ts';
import type { Log } from '../ports/log.ts';
import type { EffectTime, MeasuredOrder, OrderEffectBook } from '../ports/order-effects.ts';

/** Behind the closing, and once more 30 days later: the periods are over by then, so that it is the same count whoever makes it when. */
const TIMES = {
  atClose: { afterMs: 0, periods: periodsAtClose },
  later: { afterMs: EFFECT_LAST_MS, periods: periodsLater },
} as const satisfies Record<EffectTime, { readonly afterMs: number; readonly periods: typeof periodsLater }>;

/**
 * Measures what orders that were closed brought about, whichever of the five instruments they were. Counting takes as long as
 * the county is large: it holds neither the click that closes one nor anybody's row. Returns how many were measured.
 */
export function measureEffects(deps: {
  readonly supervision: OrderEffectBook;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  const { supervision, now } = deps;
  const effectOf = async (
    { unitCode, categoryCode, ticketState: state, ticketOverdue: overdue }: MeasuredOrder,
    { before, after }: { readonly before: Period; readonly after: Period },
  ): Promise<OrderEffect> => ({
    ...{ measuredAt: now(), unitCode, categoryCode },
    before: { ...before, ...(await supervision.matterCounts(unitCode, categoryCode, before)) },
    after: { ...after, ...(await supervision.matterCounts(unitCode, categoryCode, after)) },
    ...{ ticket: { state, overdue }, formulas: EFFECT_FORMULAS },
  });
  return async (when: EffectTime, limit: number): Promise<number> => {
    const { afterMs, periods } = TIMES[when];
    const due = await supervision.toMeasure(when, now() - afterMs, limit);
    return await oneByOne(due, deps.log, async (id) => {
      const order = await supervision.measured(id);
      if (order === null || order.finishedAt === null) return false;
      const effect = await effectOf(order, periods(order.issuedAt, order.finishedAt));
      // By another worker meanwhile: what is kept stays.
      return supervision.keepEffect(id, when, effect);
    });
  };
}
