import { type Ref, shallowRef } from 'vue';
import { Problem } from '../api/problem.ts';

interface Clash {
  /** The last refusal with what it knows, until the next try. */
  readonly problem: Ref<Problem | null>;
  /** Runs the work and keeps what it was refused with, for whoever shows more of it than its title. */
  readonly heard: <T>(work: () => Promise<T>) => Promise<T>;
}

export function useClash(): Clash {
  const problem = shallowRef<Problem | null>(null);
  return {
    problem,
    async heard(work) {
      problem.value = null;
      try {
        return await work();
      } catch (error) {
        if (error instanceof Problem) problem.value = error;
        throw error;
      }
    },
  };
}

/** What another brought in while somebody wrote on what stood before. */
interface MeanwhileEdit {
  /** Of a version of the rules its revision, of a calendar its edition, of limits their number. */
  readonly revision: number;
  /** By name; null: the program. */
  readonly by: string | null;
  readonly at: string;
  readonly reason?: string;
}

/** Who changed it since this one began; empty where that was not the trouble. */
export function editsMeanwhile({ document: { data } }: Problem): readonly MeanwhileEdit[] {
  const edits = data?.edits;
  return Array.isArray(edits) ? (edits as readonly MeanwhileEdit[]) : [];
}
/** The last of them: on what is written on by whoever has seen them all. */
export const newestOf = (problem: Problem): number => editsMeanwhile(problem).at(-1)?.revision ?? 0;

const TOLD = ['changes', 'conflicts', 'findings', 'missing', 'faults', 'wrong', 'right'];

/** What the refusal says beside its title: what others changed, what conflicts, what the check found; in English where it can. */
export function factsOf({ document: { data = {} } }: Problem, isEnglish: boolean): readonly string[] {
  return TOLD.flatMap((name) => {
    const told = (isEnglish ? data[`${name}En`] : undefined) ?? data[name];
    return (Array.isArray(told) ? told : [told]).filter((one) => typeof one === 'string');
  });
}
