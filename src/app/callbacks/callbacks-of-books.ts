import type { Callback } from '../../domain/callbacks/callback.ts';
import type { CallbackStore, OpenCallbacks } from '../ports/callback-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

const AGAIN_AFTER_MS = 5_000;

export interface BooksParts {
  readonly store: CallbackStore;
  readonly books: OpenCallbacks;
  readonly clock: Clock;
  readonly log: Log;
  /** Called once, with nothing when all is known. */
  adopt(callbacks: readonly Callback[]): void;
}

/**
 * A call control that took over without the last word of the one before (its machine is gone, and the mirror with it)
 * asks the books who was promised a call. Nobody waits for the answer, and it is asked until it comes.
 */
export class CallbacksOfBooks {
  readonly #parts: BooksParts;
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(parts: BooksParts) {
    this.#parts = parts;
  }

  /** Resolves at once when all is known. */
  async start(): Promise<void> {
    const as = await this.#parts.store.foundAs();
    if (as === 'latest') return this.#parts.adopt([]);
    this.#parts.log.warn({ as }, 'callbacks are asked of the books: what was known last is out of reach');
    this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #ask(): void {
    this.#parts.books.open().then(
      (callbacks) => {
        if (!this.#stopped) this.#parts.adopt(callbacks);
      },
      (err: unknown) => {
        this.#parts.log.warn({ err }, 'the books did not say who was promised a call');
        if (!this.#stopped) this.#cancel = this.#parts.clock.after(AGAIN_AFTER_MS, () => this.#ask());
      },
    );
  }
}
