import { setTimeout as wait } from 'node:timers/promises';

/** Asks again until there is an answer (not null); rejects with `what` and the last trouble after `withinMs`. */
export async function until<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | null> | T | null,
  everyMs = 100,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let trouble: unknown = null;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() >= deadline) {
      const why = trouble instanceof Error ? ` (${trouble.message})` : '';
      throw new Error(`${what}: not within ${withinMs} ms${why}`, { cause: trouble });
    }
    await wait(everyMs);
  }
}
