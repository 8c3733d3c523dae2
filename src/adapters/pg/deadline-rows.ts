import type { DeadlineMark } from '../../domain/deadlines/clocks.ts';

/** Marks as `jsonb_to_recordset` reads them. How the limit was counted is kept once, with the mark at its end. */
export function markRows(marks: readonly DeadlineMark[]): string {
  return JSON.stringify(marks.map(markRow));
}

export function markRow<M extends DeadlineMark>(mark: M) {
  return {
    ...mark,
    startsAt: new Date(mark.startsAt).toISOString(),
    dueAt: new Date(mark.dueAt).toISOString(),
    explanation: mark.kind === 'warning' ? null : mark.explanation,
  };
}
