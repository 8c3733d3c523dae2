import type { TicketSummary } from './shapes.ts';

export type Marked = Pick<TicketSummary, 'urgency' | 'confidential' | 'anonymous' | 'outcome'>;
export type Mark = 'urgent' | 'confidential' | 'anonymous' | 'caseFiled';

const NONE: readonly Mark[] = [];

/** What is to be known of a ticket before it is read. */
export function marksOf({ urgency, confidential, anonymous, outcome }: Marked): readonly Mark[] {
  // Of most there is nothing to say, and a list asks for hundreds.
  const caseFiled = outcome?.kind === 'caseFiled';
  if (urgency !== 'urgent' && !confidential && !anonymous && !caseFiled) return NONE;
  return [
    ...(urgency === 'urgent' ? (['urgent'] as const) : []),
    ...(confidential ? (['confidential'] as const) : []),
    ...(anonymous ? (['anonymous'] as const) : []),
    ...(caseFiled ? (['caseFiled'] as const) : []),
  ];
}
