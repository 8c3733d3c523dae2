import type { MatterCounts, OrderEffect, Period } from '../../domain/tickets/order-effect.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';

/** What measuring an order needs of it. Times in epoch milliseconds. */
export interface MeasuredOrder {
  readonly id: string;
  readonly unitCode: string;
  readonly categoryCode: string;
  readonly issuedAt: number;
  readonly finishedAt: number | null;
  readonly ticketState: TicketState;
  /** The time of its unit, or that of its citizen, was over by then and it is not done. */
  readonly ticketOverdue: boolean;
}

/** As it was found when it was closed, and when there had been time to see whether it lasts. */
export const EFFECT_TIMES = ['atClose', 'later'] as const;
export type EffectTime = (typeof EFFECT_TIMES)[number];

export interface OrderEffectBook {
  measured(id: string): Promise<MeasuredOrder | null>;
  /** How one unit did with one kind of matter, by what the codes stand for today. */
  matterCounts(unitCode: string, categoryCode: string, period: Period): Promise<MatterCounts>;
  /** Kept as found: what is there already stays. False then. */
  keepEffect(id: string, when: EffectTime, effect: OrderEffect): Promise<boolean>;
  /** Closed at `before` or earlier and not measured for that time; whoever closed one just now sees it first. */
  toMeasure(when: EffectTime, before: number, limit: number): Promise<readonly string[]>;
}
