import { GRADES, type Grade } from '../rating/grades.ts';

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
  return resolved && GRADES[result].satisfied ? 'close' : 'rework';
}

/** What he said of the first question, as it is written down. */
export const SOLVED_NAMES = { solved: '已解决', unsolved: '未解决' } as const;

/** The three answers as they stand on the ticket's time line. */
export const answersFrame = (solved: string, result: string, process: string): string =>
  `${solved}，结果${result}，过程${process}`;

/** As it stands on the ticket's time line. */
export function saidInWords({ resolved, result, process }: VisitAnswers): string {
  const solved = resolved ? SOLVED_NAMES.solved : SOLVED_NAMES.unsolved;
  return answersFrame(solved, GRADES[result].zh, GRADES[process].zh);
}
