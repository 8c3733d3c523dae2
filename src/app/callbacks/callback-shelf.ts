import type { Callback } from '../../domain/callbacks/callback.ts';

type Place = Pick<Callback, 'number' | 'queue'>;

const placeKey = ({ number, queue }: Place): string => `${number} ${queue}`;

/** The callbacks that are not over: one for each number and queue. */
export class CallbackShelf {
  readonly #callbacks = new Map<string, Callback>();
  readonly #byPlace = new Map<string, string>();
  readonly #byNumber = new Map<string, Set<string>>();

  get(id: string): Callback | undefined {
    return this.#callbacks.get(id);
  }

  at(place: Place): Callback | undefined {
    const id = this.#byPlace.get(placeKey(place));
    return id === undefined ? undefined : this.#callbacks.get(id);
  }

  /** At every desk at which he stands. */
  of(number: string): readonly Callback[] {
    return [...(this.#byNumber.get(number) ?? [])].flatMap((id) => this.#callbacks.get(id) ?? []);
  }

  all(): readonly Callback[] {
    return [...this.#callbacks.values()];
  }

  /** As it now stands, and where: one that went to another queue leaves its place there. */
  put(callback: Callback): void {
    this.#leavePlace(callback.id);
    this.#callbacks.set(callback.id, callback);
    this.#byPlace.set(placeKey(callback), callback.id);
    const others = this.#byNumber.get(callback.number);
    if (others === undefined) this.#byNumber.set(callback.number, new Set([callback.id]));
    else others.add(callback.id);
  }

  remove(id: string): void {
    this.#leavePlace(id);
    this.#callbacks.delete(id);
  }

  #leavePlace(id: string): void {
    const before = this.#callbacks.get(id);
    if (before === undefined) return;
    this.#byPlace.delete(placeKey(before));
    const others = this.#byNumber.get(before.number);
    others?.delete(id);
    if (others?.size === 0) this.#byNumber.delete(before.number);
  }
}
