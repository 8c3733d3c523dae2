/** Commands wait no longer than this for what was decided before them to be written. */
const PATIENCE_MS = 50;

/** A line that somebody waits for. */
interface Awaited {
  readonly written: Promise<void>;
  over(): 'inTime' | 'late';
}

const DONE = Promise.resolve();

/**
 * Who waits for a line to be written, and for how long. Modes: patient <-> behind (a line took too long: nobody
 * waits until one is in time again, or each command after it would wait).
 */
export class JournalPatience {
  #next: Awaited | null = null;
  #current: Awaited | null = null;
  #isBehind = false;

  /** Until what is noted and not begun yet stands in the file. */
  ofNext(): Promise<void> {
    if (this.#isBehind) return DONE;
    this.#next ??= this.#awaited();
    return this.#next.written;
  }

  /** Until what is being written stands there. */
  ofCurrent(): Promise<void> {
    return this.#isBehind ? DONE : (this.#current?.written ?? DONE);
  }

  /** What was noted so far is being written. */
  begun(): void {
    this.#current = this.#next ?? this.#awaited();
    this.#next = null;
  }

  /** It is, or could not be. */
  ended(): void {
    if (this.#current?.over() === 'inTime') this.#isBehind = false;
    this.#current = null;
  }

  /** Nothing is left that will be written. */
  over(): void {
    this.#next?.over();
    this.#next = null;
  }

  #awaited(): Awaited {
    let resolved = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      resolved = resolve;
    });
    let came: 'inTime' | 'late' = 'inTime';
    const giveUp = (): void => {
      came = 'late';
      this.#isBehind = true;
      resolved();
    };
    // Not at once: where this process stood still, the disk may have answered long ago.
    let late: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      late = setImmediate(giveUp);
    }, PATIENCE_MS);
    timer.unref();
    const over = (): 'inTime' | 'late' => {
      clearTimeout(timer);
      clearImmediate(late);
      resolved();
      return came;
    };
    return { written, over };
  }
}
