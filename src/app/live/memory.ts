import type { LiveChange, LivePosition } from './board.ts';

/** At ten changes a second more than three minutes: as long as a page that is loaded anew, or an API that is. */
const REMEMBERED = 2_000;

/**
 * The last changes with their numbers, so that who was cut off goes on where he was, at this API or at another: the
 * numbers are call control's. Null where that cannot be had: then the whole picture is read again.
 */
export class LiveMemory {
  readonly #max: number;
  #epoch: string | null = null;
  /** The number before the first change that is remembered. */
  #floor = 0;
  #changes: LiveChange[] = [];

  constructor(start: LivePosition | null, max = REMEMBERED) {
    this.#max = max;
    this.restart(start);
  }

  /** Changes up to here were not told one by one. */
  restart(at: LivePosition | null): void {
    this.#epoch = at?.epoch ?? null;
    this.#floor = at?.seq ?? 0;
    this.#changes = [];
  }

  note(at: LivePosition, change: LiveChange): void {
    if (at.epoch !== this.#epoch || at.seq !== this.#floor + this.#changes.length + 1) {
      this.restart(at);
      return;
    }
    this.#changes.push(change);
    if (this.#changes.length > 2 * this.#max) {
      this.#floor += this.#changes.length - this.#max;
      this.#changes = this.#changes.slice(-this.#max);
    }
  }

  since({ epoch, seq }: LivePosition): readonly LiveChange[] | null {
    const from = seq - this.#floor;
    if (epoch !== this.#epoch || from < 0 || from > this.#changes.length) return null;
    return this.#changes.slice(from);
  }
}
