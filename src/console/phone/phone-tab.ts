/** `asking` until it is known; `here`: this tab is the telephone; `elsewhere`: another tab of this browser is. */
export type Holding = 'asking' | 'here' | 'elsewhere';

/**
 * Of all tabs of a browser one is the agent's telephone: two would ring together and each take the other's registration.
 * The lock goes with its tab; whoever waits gets it then. Modes: asking -> here | elsewhere; elsewhere -> here when the
 * other tab is closed, or by `takeOver`; here -> elsewhere when another tab took over.
 */
export class PhoneTab {
  readonly #name: string;
  readonly #tell: (holding: Holding) => void;
  #release: (() => void) | null = null;
  #waiting: AbortController | null = null;

  constructor(agentId: string, tell: (holding: Holding) => void) {
    this.#name = `yihaotong.phone.${agentId}`;
    this.#tell = tell;
    this.#ask();
  }

  takeOver(): void {
    this.#waiting?.abort();
    this.#hold({ steal: true });
  }

  close(): void {
    this.#waiting?.abort();
    this.#release?.();
  }

  #ask(): void {
    // Without locks (no secure origin) there is no microphone either; one tab is assumed.
    if (!('locks' in navigator)) {
      this.#tell('here');
      return;
    }
    void navigator.locks.query().then(({ held = [] }) => {
      if (held.some(({ name }) => name === this.#name)) this.#tell('elsewhere');
    });
    this.#waiting = new AbortController();
    this.#hold({ signal: this.#waiting.signal });
  }

  #hold(how: LockOptions): void {
    navigator.locks
      .request(this.#name, how, () => {
        this.#waiting = null;
        this.#tell('here');
        return new Promise<void>((resolve) => {
          this.#release = resolve;
        });
      })
      .catch((error: unknown) => {
        // Aborted: no longer asked for, or taken by another tab.
        if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
        if (this.#release === null || how.signal?.aborted === true) return;
        this.#release = null;
        this.#tell('elsewhere');
        this.#ask();
      });
  }
}
