import type { TicketSummary } from './shapes.ts';

export type Marked = Pick<TicketSummary, 'urgency' | 'confidential' | 'anonymous'>;
export type Mark = 'urgent' | 'confidential' | 'anonymous';

const NONE: readonly Mark[] = [];

/** What is to be known of a ticket before it is read. */
export function marksOf({ urgency, confidential, anonymous }: Marked): readonly Mark[] {
  // Of most there is nothing to say, and a list asks for hundreds.
  if (urgency !== 'urgent' && !confidential && !anonymous) return NONE;
  return [
    ...(urgency === 'urgent' ? (['urgent'] as const) : []),
    ...(confidential ? (['confidential'] as const) : []),
    ...(anonymous ? (['anonymous'] as const) : []),
  ];
}
