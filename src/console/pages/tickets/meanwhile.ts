import { Problem } from '../../api/problem.ts';

/** What another did while one looked at an older state. */
export interface Meanwhile {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly by: string | null;
  readonly state: string;
}

/** Null: it was refused for something else. */
export function meanwhileOf(error: unknown): Meanwhile | null {
  if (!(error instanceof Problem) || error.code !== 'ticket.movedMeanwhile') return null;
  const { data } = error.document;
  return data === undefined ? null : (data as unknown as Meanwhile);
}
