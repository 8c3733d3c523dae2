/**
 * Smallest first, with removal of any member: O(log n) each, and a look at the first costs nothing. Queues of
 * thousands of callers and hundreds of agents are kept in these, so that no decision scans anybody.
 */
export class IndexedHeap<T extends object> {
  readonly #items: T[] = [];
  readonly #at = new Map<T, number>();
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  first(): T | undefined {
    return this.#items[0];
  }

  has(item: T): boolean {
    return this.#at.has(item);
  }

  add(item: T): void {
    if (this.#at.has(item)) return;
    this.#items.push(item);
    this.#at.set(item, this.#items.length - 1);
    this.#rise(this.#items.length - 1);
  }

  remove(item: T): boolean {
    const at = this.#at.get(item);
    if (at === undefined) return false;
    const last = this.#items.pop();
    this.#at.delete(item);
    if (last !== undefined && last !== item) {
      this.#items[at] = last;
      this.#at.set(last, at);
      this.#sink(at);
      this.#rise(this.#at.get(last) ?? at);
    }
    return true;
  }

  #rise(start: number): void {
    let at = start;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#swapIf(above, at)) return;
      at = above;
    }
  }

  #sink(start: number): void {
    let at = start;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const a = this.#items[left];
      const b = this.#items[right];
      if (a === undefined) return;
      const smaller = b !== undefined && this.#before(b, a) ? right : left;
      if (!this.#swapIf(at, smaller)) return;
      at = smaller;
    }
  }

  /** Puts the two in order; true when they had to change places. */
  #swapIf(upper: number, lower: number): boolean {
    const a = this.#items[upper];
    const b = this.#items[lower];
    if (a === undefined || b === undefined || !this.#before(b, a)) return false;
    this.#items[upper] = b;
    this.#items[lower] = a;
    this.#at.set(b, upper);
    this.#at.set(a, lower);
    return true;
  }
}
