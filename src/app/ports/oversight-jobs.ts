/**
 * order: most of the time of a supervision order is used up, or all of it. longOverdue: a unit is told of in a circular.
 * receipt: a unit has not read a circular. plan: a long-term item is looked at again soon, today, or was passed over.
 */
export const OVERSIGHT_JOB_KINDS = ['order', 'longOverdue', 'receipt', 'plan'] as const;
export type OversightJobKind = (typeof OVERSIGHT_JOB_KINDS)[number];

/** That something is due of a matter at a moment (epoch milliseconds). What it is stands in the books alone. */
export interface OversightJob {
  readonly kind: OversightJobKind;
  /** Of the order, of the circular, of the ticket. */
  readonly id: string;
  /** Whose receipt; null: of nobody's in particular. */
  readonly unitCode: string | null;
  readonly dueAt: number;
}
