import { DatabaseAway } from '../ports/transaction.ts';

/** As many as there are sessions; what was read longest ago goes first. */
const MOST = 20_000;

/**
 * What the books last showed to its owner (his desk, the secret of his telephone): for the time that they are away, so that a
 * page which is loaded anew finds its telephone. Only for whom `SeenSessions` still knows, and of himself.
 */
export class LastShown<T> {
  readonly #most: number;
  readonly #shown = new Map<string, T>();

  constructor(most = MOST) {
    this.#most = most;
  }

  /** By the books while they are there. Rejects with `DatabaseAway` when they are not and never showed this. */
  async of(key: string, isAway: boolean, read: () => Promise<T>): Promise<T> {
    if (isAway) {
      const last = this.#shown.get(key);
      if (last === undefined) throw new DatabaseAway('the books are away, and have not shown this before');
      return last;
    }
    const now = await read();
    this.#shown.delete(key);
    this.#shown.set(key, now);
    for (const oldest of this.#shown.keys()) {
      if (this.#shown.size <= this.#most) break;
      this.#shown.delete(oldest);
    }
    return now;
  }
}
