import type { LiveCall } from './call-book.ts';

/** More wishes than a province's agents have in the longest time after which anybody asks again. */
const KEPT_MOST = 50_000;

/**
 * The keys of the wishes that were granted, in whichever call: who asks again has got the next citizen by then, perhaps. The
 * calls keep them through a death of call control, and these are read from them at the first look.
 */
export class GrantedKeys {
  readonly #keys = new Set<string>();
  #isRead = false;

  has(key: string, calls: () => Iterable<LiveCall>): boolean {
    if (!this.#isRead) {
      this.#isRead = true;
      for (const { call } of calls()) for (const done of call.actsDone ?? []) this.#keys.add(done);
    }
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    // The oldest goes first.
    for (const oldest of this.#keys) {
      if (this.#keys.size <= KEPT_MOST) return;
      this.#keys.delete(oldest);
    }
  }
}
