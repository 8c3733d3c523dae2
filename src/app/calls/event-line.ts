import type { Log } from '../ports/log.ts';
import type { Tenure } from '../ports/tenure.ts';

/**
 * The one line in which everything happens: each piece of work is done whole before the next begins, and what it leaves
 * to be done right after it (`settle`) before that. While it is in doubt whether another call control has taken over,
 * the line stands. Modes: moving <-> held -> stopped; stopped, it swallows what is still in it.
 */
export class EventLine {
  readonly #tenure: Tenure;
  readonly #log: Log;
  readonly #settle: () => void;
  readonly #waiting: (() => void)[] = [];
  #working = false;
  #held = false;
  #stopped = false;

  constructor(tenure: Tenure, log: Log, settle: () => void) {
    this.#tenure = tenure;
    this.#log = log;
    this.#settle = settle;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  post(work: () => void): void {
    this.#waiting.push(work);
    if (!this.#working) this.#workOff();
  }

  stop(): void {
    this.#stopped = true;
  }

  #workOff(): void {
    this.#working = true;
    try {
      while (this.#waiting.length > 0) {
        if (!this.#tenure.holds()) {
          this.#holdOn();
          return;
        }
        const next = this.#waiting.shift();
        if (this.#stopped || next === undefined) continue;
        try {
          next();
          this.#settle();
        } catch (err) {
          // One call's fault must not stop the others; its state's timer leads it on.
          this.#log.error({ err }, 'an event could not be worked off');
        }
      }
    } finally {
      this.#working = false;
    }
  }

  #holdOn(): void {
    if (this.#held) return;
    this.#held = true;
    this.#tenure.onceSettled(() => {
      this.#held = false;
      if (!this.#working) this.#workOff();
    });
  }
}
