import type { FactRow } from './figures.ts';

/** A thing that stood behind a figure and does no more, does now, or at another time. */
export interface ChangedFact extends Pick<FactRow, 'kind' | 'unitCode' | 'ticketId' | 'subjectNumber'> {
  readonly change: 'gone' | 'new' | 'moved';
}

/** Times are kept to the microsecond and read as floating milliseconds: less is no difference. */
const SAME_MS = 1;
const nameOf = ({ kind, subjectId }: FactRow): string => `${kind} ${subjectId}`;

/**
 * What differs between two counts row by row. Two rows that changed places leave every figure as it was, and are no less another
 * circular: other tickets stand behind its words.
 */
export function changedFacts(before: readonly FactRow[], after: readonly FactRow[]): readonly ChangedFact[] {
  const now = new Map(after.map((row) => [nameOf(row), row]));
  const known = new Set(before.map(nameOf));
  const changed = before.flatMap((row): ChangedFact[] => {
    const same = now.get(nameOf(row));
    if (same === undefined) return [factOf(row, 'gone')];
    return isSame(row, same) ? [] : [factOf(same, 'moved')];
  });
  const appeared = after.filter((row) => !known.has(nameOf(row))).map((row) => factOf(row, 'new'));
  return [...changed, ...appeared];
}

const isSame = (one: FactRow, other: FactRow): boolean =>
  one.unitCode === other.unitCode &&
  one.ticketId === other.ticketId &&
  one.subjectNumber === other.subjectNumber &&
  Math.abs(one.at - other.at) < SAME_MS;

const factOf = (
  { kind, unitCode, ticketId, subjectNumber }: FactRow,
  change: ChangedFact['change'],
): ChangedFact => ({ kind, unitCode, ticketId, subjectNumber, change });
