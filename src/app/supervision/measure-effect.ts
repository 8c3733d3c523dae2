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
import type { Database, Transaction } from '../ports/transaction.ts';

/**
 * Behind the closing, and once more 30 days later. The periods are over by then: the counts are the same whoever makes them when.
 * How its ticket stood is kept with the closing.
 */
const TIMES = {
  atClose: { afterMs: 0, periods: periodsAtClose },
  later: { afterMs: EFFECT_LAST_MS, periods: periodsLater },
} as const satisfies Record<EffectTime, { readonly afterMs: number; readonly periods: typeof periodsLater }>;

/**
 * Measures what orders that were closed brought about, whichever of the five instruments they were. Counting takes as long as
 * the county is large: it holds neither the click that closes one nor anybody's row, and of several workers one does it.
 * Returns how many were measured.
 */
export function measureEffects(deps: {
  readonly database: Database;
  readonly supervision: OrderEffectBook;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  const { database, supervision, now } = deps;
  const effectOf = async (
    { unitCode, categoryCode, ticket }: MeasuredOrder,
    { before, after }: { readonly before: Period; readonly after: Period },
    tx: Transaction,
  ): Promise<OrderEffect> => ({
    ...{ measuredAt: now(), unitCode, categoryCode },
    before: { ...before, ...(await supervision.matterCounts(unitCode, categoryCode, before, tx)) },
    after: { ...after, ...(await supervision.matterCounts(unitCode, categoryCode, after, tx)) },
    ...{ ticket, formulas: EFFECT_FORMULAS },
  });
  return async (when: EffectTime, limit: number): Promise<number> => {
    const { afterMs, periods } = TIMES[when];
    const due = await supervision.toMeasure(when, now() - afterMs, limit);
    return await oneByOne(due, deps.log, (id) =>
      database.transact(async (tx) => {
        const order = await supervision.takeToMeasure(id, when, tx);
        if (order === null) return false;
        const effect = await effectOf(order, periods(order.issuedAt, order.finishedAt), tx);
        await supervision.keepEffect(id, when, effect, tx);
        return true;
      }),
    );
  };
}
