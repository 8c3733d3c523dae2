import type { Fact, FactLog } from '../../app/ports/facts.ts';
import type { JournalRider } from './house-journal.ts';
import type { Letter } from './house-lines.ts';

/**
 * Facts on their way into the spool, by way of the journal of the house: what is told of a call and the state in which
 * that leaves it reach the disk in one write. A process that is killed in between has either done both, and its
 * successor hands the facts on, or neither, and the successor decides anew: no fact is lost, and none told twice.
 */
export class FactOutbox implements FactLog, JournalRider {
  readonly #spool: FactLog;
  #wake: () => Promise<void> = () => Promise.resolve();
  #pending: Fact[] = [];
  #riding: readonly Fact[] = [];
  #inFile = 0;
  #handed = 0;
  /** Of the file: what was confirmed of the one before says nothing of this one. */
  #file = 0;
  readonly #found: Fact[] = [];
  #foundHanded = 0;

  constructor(spool: FactLog) {
    this.#spool = spool;
  }

  append(fact: Fact): void {
    this.#pending.push(fact);
    void this.#wake();
  }

  async flush(): Promise<boolean> {
    await this.#wake();
    return (await this.#spool.flush()) && this.#pending.length === 0;
  }

  /** `wake`: has the journal write; resolves when it has written, or could not. */
  rideOn(wake: () => Promise<void>): void {
    this.#wake = wake;
  }

  waits(): boolean {
    return this.#pending.length > 0;
  }

  load(): Letter | null {
    if (this.#pending.length === 0) return null;
    this.#riding = this.#pending;
    this.#pending = [];
    this.#inFile += this.#riding.length;
    return { told: this.#riding, handed: this.#handed };
  }

  /** Also when the journal could not be written: then the spool's memory and the database are all there is. */
  arrived(): void {
    for (const fact of this.#riding) this.#spool.append(fact);
    this.#riding = [];
    const [file, count] = [this.#file, this.#inFile];
    this.#spool.flush().then(
      (safe) => {
        if (safe && file === this.#file) this.#handed = count;
      },
      // Said by the spool; handed on once more after a crash, which changes nothing.
      () => undefined,
    );
  }

  settled(): Promise<boolean> {
    return this.#spool.flush();
  }

  /** None of the new file's facts is in the spool yet, however many of the old one's were. */
  begunAnew(): Letter | null {
    this.#file += 1;
    this.#inFile = this.#riding.length;
    this.#handed = 0;
    return this.#inFile === 0 ? null : { told: this.#riding, handed: 0 };
  }

  found({ told, handed }: Letter): void {
    if (!Array.isArray(told) || typeof handed !== 'number') return;
    this.#found.push(...told);
    this.#foundHanded = Math.max(this.#foundHanded, handed);
  }

  /** What the last file held and may not have been in the spool. */
  async readWhole(): Promise<void> {
    for (const fact of this.#found.splice(0).slice(this.#foundHanded)) this.#spool.append(fact);
    await this.#spool.flush();
  }
}
