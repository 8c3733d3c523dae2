import type { Fired } from './fire-deadline.ts';

interface Waiting {
  readonly id: string;
  readonly resolve: (fired: Fired) => void;
  readonly reject: (error: unknown) => void;
}

/** More in one transaction gains nothing, and holds its tickets for longer. */
const AT_MOST = 250;
/** Each takes a connection to the database. */
export const ALONE_AT_ONCE = 8;

/**
 * One deadline a call, many a transaction: what comes while a transaction is under way goes with the next. Who comes
 * alone waits for nobody. What a batch leaves out is fired alone, and so is all of a batch that failed: one bad row
 * holds up no others.
 *
 * Modes: resting -> a batch under way (calls gather) -> resting.
 */
export function fireTogether(deps: {
  readonly batch: (ids: readonly string[]) => Promise<ReadonlyMap<string, Fired>>;
  readonly alone: (id: string) => Promise<Fired>;
  readonly atMost?: number;
}) {
  const { atMost = AT_MOST } = deps;
  let gathered: Waiting[] = [];
  let underWay = false;
  const single: Waiting[] = [];
  let alone = 0;

  const oneByOne = (): void => {
    while (alone < ALONE_AT_ONCE) {
      const next = single.shift();
      if (next === undefined) return;
      alone += 1;
      void deps
        .alone(next.id)
        .then(next.resolve, next.reject)
        .finally(() => {
          alone -= 1;
          oneByOne();
        });
    }
  };
  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    // A failure tells nothing of a single one: each alone says what is wrong with it.
    const outcomes = await deps.batch(batch.map(({ id }) => id)).catch(() => new Map<string, Fired>());
    for (const waiting of batch) {
      const fired = outcomes.get(waiting.id);
      if (fired === undefined) single.push(waiting);
      else waiting.resolve(fired);
    }
    oneByOne();
  };
  const goOn = (): void => {
    if (underWay || gathered.length === 0) return;
    underWay = true;
    const batch = gathered.slice(0, atMost);
    gathered = gathered.slice(atMost);
    void settle(batch).finally(() => {
      underWay = false;
      goOn();
    });
  };
  return (id: string): Promise<Fired> =>
    new Promise<Fired>((resolve, reject) => {
      gathered.push({ id, resolve, reject });
      // After this turn, so that what arrives together goes together.
      queueMicrotask(goOn);
    });
}
