import type { MatterCounts, OrderEffect, Period } from '../../domain/tickets/order-effect.ts';
import type { Transaction } from './transaction.ts';

/** What measuring an order needs of it. Times in epoch milliseconds. */
export interface MeasuredOrder {
  readonly unitCode: string;
  readonly categoryCode: string;
  readonly issuedAt: number;
  readonly finishedAt: number;
  readonly ticket: OrderEffect['ticket'];
}

/** As it was found when it was closed, and when there had been time to see whether it lasts. */
export const EFFECT_TIMES = ['atClose', 'later'] as const;
export type EffectTime = (typeof EFFECT_TIMES)[number];

export interface OrderEffectBook {
  /** For this transaction to measure; null: it was measured for that time meanwhile, or another worker is at it. */
  takeToMeasure(id: string, when: EffectTime, tx: Transaction): Promise<MeasuredOrder | null>;
  /** How one unit did with one kind of matter, by what the codes stand for today. */
  matterCounts(
    unitCode: string,
    categoryCode: string,
    period: Period,
    tx: Transaction,
  ): Promise<MatterCounts>;
  /** Of what was taken. */
  keepEffect(id: string, when: EffectTime, effect: OrderEffect, tx: Transaction): Promise<void>;
  /** Closed at `before` or earlier and not measured for that time; whoever closed one just now sees it first. */
  toMeasure(when: EffectTime, before: number, limit: number): Promise<readonly string[]>;
}
