/** A member's place in one heap: whoever holds it can take the member out again. */
export interface Place<T> {
  readonly item: T;
  readonly heap: IndexedHeap<T>;
  /** Where it stands; -1 when it was taken out. */
  at: number;
}

/**
 * Smallest first, with removal of any member: O(log n) each, and a look at the first costs nothing. Queues of
 * thousands of callers and hundreds of agents are kept in these, so that no decision scans anybody. Members know their
 * place themselves: a table from member to place cost more than all the comparing.
 */
export class IndexedHeap<T> {
  readonly #places: Place<T>[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#places.length;
  }

  first(): T | undefined {
    return this.#places[0]?.item;
  }

  /** In no order. */
  *items(): IterableIterator<T> {
    for (const { item } of this.#places) yield item;
  }

  /** Those who come before `item`, which need not be a member, in no order: looks at no more than twice `atMost`. */
  before(item: T, atMost: number): readonly T[] {
    const next = [0];
    const found: T[] = [];
    for (let at = next.pop(); at !== undefined && found.length < atMost; at = next.pop()) {
      const place = this.#places[at];
      if (place === undefined || !this.#before(place.item, item)) continue;
      found.push(place.item);
      next.push(2 * at + 1, 2 * at + 2);
    }
    return found;
  }

  add(item: T): Place<T> {
    const place: Place<T> = { item, heap: this, at: this.#places.length };
    this.#places.push(place);
    this.#rise(place);
    return place;
  }

  /** False when it was taken out before. */
  remove(place: Place<T>): boolean {
    const { at } = place;
    if (at < 0 || this.#places[at] !== place) return false;
    const last = this.#places.pop();
    place.at = -1;
    if (last !== undefined && last !== place) {
      last.at = at;
      this.#places[at] = last;
      this.#sink(last);
      this.#rise(last);
    }
    return true;
  }

  /** The others make room, and it is put down once. */
  #rise(place: Place<T>): void {
    const places = this.#places;
    let { at } = place;
    while (at > 0) {
      const above = places[(at - 1) >> 1];
      if (above === undefined || !this.#before(place.item, above.item)) break;
      const free = above.at;
      places[at] = above;
      above.at = at;
      at = free;
    }
    places[at] = place;
    place.at = at;
  }

  #sink(place: Place<T>): void {
    const places = this.#places;
    let { at } = place;
    for (;;) {
      const left = places[2 * at + 1];
      if (left === undefined) break;
      const right = places[2 * at + 2];
      const below = right !== undefined && this.#before(right.item, left.item) ? right : left;
      if (!this.#before(below.item, place.item)) break;
      const free = below.at;
      places[at] = below;
      below.at = at;
      at = free;
    }
    places[at] = place;
    place.at = at;
  }
}
