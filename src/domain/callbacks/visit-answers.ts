/** 非常满意 5 … 非常不满意 1. */
export const GRADES = [1, 2, 3, 4, 5] as const;
export type Grade = (typeof GRADES)[number];
export const GRADE_NAMES: Readonly<Record<Grade, string>> = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
};
/** From here on a citizen is satisfied. */
const SATISFIED_FROM = 3;

/** Three questions, three answers (JS-30, JY-13): whether it is solved, how content with the result, how with the way. */
export interface VisitAnswers {
  readonly resolved: boolean;
  readonly result: Grade;
  readonly process: Grade;
  /** What the citizen said beside it. */
  readonly words: string;
}

export type VisitVerdict = 'close' | 'rework';

/** Unsolved, or not content with the result: it is done again (G6). Discontent with the way is counted, and no rework mends it. */
export function verdictOf({ resolved, result }: VisitAnswers): VisitVerdict {
  return resolved && isSatisfied(result) ? 'close' : 'rework';
}

export function isSatisfied(grade: Grade): boolean {
  return grade >= SATISFIED_FROM;
}

/** As it stands on the ticket's time line. */
export function saidInWords({ resolved, result, process }: VisitAnswers): string {
  const solved = resolved ? '已解决' : '未解决';
  return `${solved}，结果${GRADE_NAMES[result]}，过程${GRADE_NAMES[process]}`;
}
