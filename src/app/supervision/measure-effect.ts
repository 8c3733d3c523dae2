import {
  EFFECT_FORMULAS,
  EFFECT_LAST_MS,
  type OrderEffect,
  type Period,
  periodsAtClose,
  periodsLater,
} from '../../domain/tickets/order-effect.ts';
import type { MeasuredOrder, OrderEffectBook } from '../ports/order-effects.ts';
import type { Transaction } from '../ports/transaction.ts';

interface MeasureDeps {
  readonly supervision: OrderEffectBook;
  readonly now: () => number;
}

async function effectOf(
  { supervision, now }: MeasureDeps,
  order: MeasuredOrder,
  { before, after }: { readonly before: Period; readonly after: Period },
  tx?: Transaction,
): Promise<OrderEffect> {
  const { unitCode, categoryCode, ticketState: state, ticketOverdue: overdue } = order;
  const counts = (period: Period) => supervision.matterCounts(unitCode, categoryCode, period, tx);
  return {
    ...{ measuredAt: now(), unitCode, categoryCode },
    before: { ...before, ...(await counts(before)) },
    after: { ...after, ...(await counts(after)) },
    ...{ ticket: { state, overdue }, formulas: EFFECT_FORMULAS },
  };
}

/** With the closing of an order, in its transaction: whichever of the five instruments it was. */
export function measureAtClose(deps: MeasureDeps) {
  return async (id: string, closedAt: number, tx: Transaction): Promise<void> => {
    const order = await deps.supervision.measured(id, tx);
    if (order === null) throw new Error('an order that is held is there');
    const effect = await effectOf(deps, order, periodsAtClose(order.issuedAt, closedAt), tx);
    await deps.supervision.keepEffect(id, 'atClose', effect, tx);
  };
}

/** Once more, of each order that was closed 30 days ago. Returns how many. */
export function measureLater(deps: MeasureDeps) {
  return async (limit: number): Promise<number> => {
    let kept = 0;
    for (const id of await deps.supervision.toMeasure(deps.now() - EFFECT_LAST_MS, limit)) {
      const order = await deps.supervision.measured(id);
      if (order === null || order.finishedAt === null) continue;
      const effect = await effectOf(deps, order, periodsLater(order.issuedAt, order.finishedAt));
      if (await deps.supervision.keepEffect(id, 'later', effect)) kept += 1;
    }
    return kept;
  };
}
