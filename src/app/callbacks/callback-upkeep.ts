import { type Callback, nextLookMs } from '../../domain/callbacks/callback.ts';
import { isOver } from '../../domain/callbacks/callback-table.ts';
import { asks, type Stand, standsNow } from '../../domain/callbacks/stands.ts';
import type { CallbackStore } from '../ports/callback-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallbackEngine } from './callback-engine.ts';
import type { CallbackShelf } from './callback-shelf.ts';

interface UpkeepParts {
  readonly clock: Clock;
  readonly store: CallbackStore;
  post(work: () => void): void;
  engine(): Pick<CallbackEngine, 'router' | 'offers' | 'ableAtWork'>;
}

/** Brings the shelf, the router, the timer and the disk in step with what a callback has become. */
export class CallbackUpkeep {
  readonly #parts: UpkeepParts;
  readonly #shelf: CallbackShelf;
  readonly #look: (id: string) => void;
  readonly #timers = new Map<string, () => void>();

  /** `look`: its time has come. */
  constructor(parts: UpkeepParts, shelf: CallbackShelf, look: (id: string) => void) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#look = look;
  }

  settle(callback: Callback): void {
    const { id, state } = callback;
    const { clock, store, post } = this.#parts;
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    if (isOver(state)) {
      this.#shelf.remove(id);
      store.remove(id);
      return;
    }
    this.#shelf.put(callback);
    store.save(callback);
    const now = clock.now();
    if (state === 'waiting') this.#stand(callback, now);
    const nextMs = nextLookMs(callback, now);
    if (nextMs === null) return;
    this.#timers.set(
      id,
      clock.after(Math.max(0, nextMs - now), () => post(() => this.#look(id))),
    );
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #stand(callback: Callback, now: number): void {
    const { id, queue, priority, sinceMs } = callback;
    const engine = this.#parts.engine();
    const { router, offers } = engine;
    const { own, also } = standsNow(callback, now, (at, ask) => engine.ableAtWork(at, ask));
    // Where he stands by another ask he is out and in again, in his own place.
    if (asks(callback.stands)) router.leave(id);
    offers.add(router.join({ callId: id, queue, priority, sinceMs, ...askOf(own) }, now));
    for (const stand of also) offers.add(router.lookAlsoIn(id, stand.queue, now, stand.ask));
  }
}

const askOf = ({ ask }: Stand): Pick<Stand, 'ask'> => (ask === undefined ? {} : { ask });
