import type { Child, Exit } from './child.ts';
import { Setback } from './setback.ts';

/**
 * Keeps one process up.
 *   idle -> starting -> up -> waiting (it fell) -> starting …      stop: any -> stopped
 * The wait doubles with each fall, is spread by chance, and is forgotten after a quiet minute.
 */
export type KeeperState = 'idle' | 'starting' | 'up' | 'waiting' | 'stopped';

export interface KeeperSpec {
  readonly name: string;
  /** Resolves when the process serves; rejects when it does not come up, having ended it. */
  start(): Promise<Child>;
  lastLines(): readonly string[];
}

export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly quietMs: number;
  readonly chance: () => number;
}
const BACK_OFF: BackOff = { firstMs: 500, maxMs: 30_000, quietMs: 60_000, chance: Math.random };
/** Tries of the very first start before the whole start is given up. */
const FIRST_TRIES = 3;

export function backOffMs(falls: number, { firstMs, maxMs, chance }: BackOff): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(falls - 1, 20));
  return Math.round(full * (0.75 + 0.5 * chance()));
}

export class Keeper {
  readonly name: string;
  readonly #spec: KeeperSpec;
  readonly #say: (line: string) => void;
  readonly #backOff: BackOff;
  #state: KeeperState = 'idle';
  #child: Child | null = null;
  #sinceMs = 0;
  #restarts = 0;
  #falls = 0;
  #wake: (() => void) | null = null;
  #watching: Promise<void> = Promise.resolve();

  constructor(spec: KeeperSpec, say: (line: string) => void, backOff: Partial<BackOff> = {}) {
    this.name = spec.name;
    this.#spec = spec;
    this.#say = say;
    this.#backOff = { ...BACK_OFF, ...backOff };
  }

  view() {
    return {
      name: this.name,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      sinceMs: this.#sinceMs,
      restarts: this.#restarts,
    };
  }

  /** The first start: a few tries, then the reason with what the process said last. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#tryOnce();
      if (this.#stopped()) return;
      if (failure === null) break;
      if (failure instanceof Setback) throw failure;
      if (attempt >= FIRST_TRIES) throw this.#gaveUp(failure);
      await this.#pause(backOffMs(attempt, this.#backOff));
      if (this.#stopped()) return;
    }
    this.#watching = this.#watch();
  }

  /** Resolves when the process and its watch are over. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#wake?.();
    await this.#child?.stop();
    await this.#watching;
  }

  /** A method, so that the compiler does not take the state for unchanged across an `await`. */
  #stopped(): boolean {
    return this.#state === 'stopped';
  }

  async #tryOnce(): Promise<unknown> {
    this.#state = 'starting';
    try {
      const child = await this.#spec.start();
      this.#child = child;
      if (this.#stopped()) {
        await child.stop();
        return null;
      }
      this.#state = 'up';
      this.#sinceMs = Date.now();
      return null;
    } catch (error) {
      return error ?? new Error('it did not start');
    }
  }

  async #watch(): Promise<void> {
    while (this.#child !== null && !this.#stopped()) {
      const exit = await this.#child.exited;
      if (this.#stopped()) return;
      this.#child = null;
      await this.#revive(describe(exit));
    }
  }

  async #revive(why: string): Promise<void> {
    if (Date.now() - this.#sinceMs > this.#backOff.quietMs) this.#falls = 0;
    let reason = why;
    while (this.#child === null && !this.#stopped()) {
      this.#falls += 1;
      const waitMs = backOffMs(this.#falls, this.#backOff);
      this.#state = 'waiting';
      this.#say(`${this.name} ${reason}; starting it again in ${(waitMs / 1000).toFixed(1)} s`);
      if (this.#falls % 3 === 0) this.#say(this.#lastWords());
      await this.#pause(waitMs);
      if (this.#stopped()) return;
      this.#restarts += 1;
      const failure = await this.#tryOnce();
      if (failure === null) {
        this.#say(`${this.name} is up again`);
        return;
      }
      reason = failure instanceof Error ? `did not come up (${failure.message})` : 'did not come up';
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #lastWords(): string {
    const lines = this.#spec.lastLines();
    return lines.length === 0
      ? `${this.name} said nothing`
      : [`the last that ${this.name} said:`, ...lines].join('\n    ');
  }

  #gaveUp(failure: unknown): Setback {
    const why = failure instanceof Error ? failure.message : String(failure);
    return new Setback('start.child', `${this.name} does not come up: ${why}.`, this.#lastWords(), {
      cause: failure,
    });
  }
}

function describe({ code, signal }: Exit): string {
  if (signal !== null) return `was ended by ${signal}`;
  // Of an adopted process nobody is told how it ended.
  return code === null ? 'has ended' : `ended with code ${code}`;
}
