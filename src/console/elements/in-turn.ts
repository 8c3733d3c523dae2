import { couldNot } from '../api/problem.ts';
import { keyWaits, type WaitingKey } from '../keyboard/waiting-keys.ts';
import type { Asking } from './refusal.ts';

export interface Wish extends WaitingKey {
  /** Tells it from others: the same one twice in a row is one wish. */
  readonly name: string;
  readonly work: () => Promise<unknown>;
}

/**
 * Wishes about one thing, one after the other: what is wished while another has no answer is kept until it has one. Where
 * none comes, what was kept behind it is not done later, out of the blue, but said not to be done.
 * Nobody else uses this `asking`.
 */
export function useInTurn({ ask }: Asking): (wish: Wish) => Promise<void> {
  /** The first is under way. */
  const line: Wish[] = [];

  async function settle({ work }: Wish): Promise<'answered' | 'unanswered'> {
    let came: 'answered' | 'unanswered' = 'answered';
    await ask(() =>
      work().catch((error: unknown) => {
        if (couldNot(error)) came = 'unanswered';
        throw error;
      }),
    );
    return came;
  }

  return async (wish) => {
    if (line.at(-1)?.name === wish.name) return;
    line.push(wish);
    if (line.length > 1) return;
    try {
      for (let next = line[0]; next !== undefined; next = line[0]) {
        const came = await settle(next);
        line.shift();
        if (came === 'unanswered') for (const kept of line.splice(0)) keyWaits(kept);
      }
    } finally {
      line.length = 0;
    }
  };
}
