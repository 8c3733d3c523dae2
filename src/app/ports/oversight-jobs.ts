/**
 * pressed: a unit lets a ticket run out, and is urged, or supervised in writing. order: most of the time of a supervision order is
 * used up, or all of it. longOverdue: a unit is told of in a circular. receipt: a unit has not read a circular. plan: a long-term
 * item is looked at again soon, today, or was passed over.
 */
export const OVERSIGHT_JOB_KINDS = ['pressed', 'order', 'longOverdue', 'receipt', 'plan'] as const;
export type OversightJobKind = (typeof OVERSIGHT_JOB_KINDS)[number];

/** That something is due of a matter at a moment (epoch milliseconds). What it is stands in the books alone. */
export interface OversightJob {
  readonly kind: OversightJobKind;
  /** Of the ticket, of the order, of the circular. */
  readonly id: string;
  /** Whose receipt; null: of nobody's in particular. */
  readonly unitCode: string | null;
  readonly dueAt: number;
}

/** What may be due again before the next sweep: it goes by the outbox, in the transaction that made it so. */
export const MATTER_KINDS = ['pressed', 'order'] as const satisfies readonly OversightJobKind[];
export interface Matter {
  readonly kind: (typeof MATTER_KINDS)[number];
  readonly id: string;
}
export const MATTER_TOPIC = 'oversightMatter';

/** undecided: the rules fail on this one, wherever it is tried; what keeps the queue or the database away is thrown instead. */
export type MatterOutcome = 'queued' | { readonly kind: 'undecided'; readonly err: unknown };

/** The row of the outbox by which a matter comes to the job queue. */
export const matterRow = ({ kind, id }: Matter) => ({ topic: MATTER_TOPIC, key: id, body: { kind, id } });

/** Null: nobody can read it. */
export function matterOf(body: unknown): Matter | null {
  if (typeof body !== 'object' || body === null || !('kind' in body) || !('id' in body)) return null;
  const kind = MATTER_KINDS.find((one) => one === body.kind);
  return kind === undefined || typeof body.id !== 'string' ? null : { kind, id: body.id };
}
