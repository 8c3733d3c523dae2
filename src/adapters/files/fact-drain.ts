import type { FactWriter } from '../../app/ports/facts.ts';
import type { Log } from '../../app/ports/log.ts';
import {
  listSegments,
  type Offset,
  readChunk,
  readOffset,
  removeSegment,
  writeOffset,
} from './fact-segments.ts';
import type { FactSpool } from './fact-spool.ts';

export interface DrainRhythm {
  readonly batch: number;
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  /**
   * What follows a batch waits so long for company: the books cost as much for one call as for ten, and share the
   * processor with the telephone. After a quiet moment a fact is written at once.
   */
  readonly gatherMs: number;
}
const RHYTHM: DrainRhythm = { batch: 500, firstRetryMs: 250, lastRetryMs: 10_000, gatherMs: 200 };
type Step = 'full' | 'last' | 'nothing';

/**
 * From the spool into the database, oldest first. Modes: idle (all written) -> draining -> gathering (a moment after
 * each last batch) -> idle or draining …; draining -> waiting (database away: jittered back-off) -> draining; stopped. The offset moves only behind what the database has; a crash in between
 * writes a batch twice, which changes nothing there.
 */
export class FactDrain {
  readonly #spool: FactSpool;
  readonly #writer: FactWriter;
  readonly #log: Log;
  readonly #rhythm: DrainRhythm;
  #offset: Offset | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #retry: NodeJS.Timeout | null = null;
  #gathering: NodeJS.Timeout | null = null;
  #failures = 0;
  #stopped = false;

  constructor(spool: FactSpool, writer: FactWriter, log: Log, rhythm: DrainRhythm = RHYTHM) {
    this.#spool = spool;
    this.#writer = writer;
    this.#log = log;
    this.#rhythm = rhythm;
    spool.onWritten(() => this.#kick());
  }

  start(): void {
    this.#kick();
  }

  /** Finishes the batch in hand; the rest stays in the spool for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#endGathering();
    await this.#running;
  }

  /** Tries once more to write everything, now; resolves when that is done or failed. */
  async drainNow(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    do {
      this.#endGathering();
      this.#kick();
      await this.#running;
    } while (this.#gathering !== null);
  }

  #kick(): void {
    if (this.#stopped || this.#retry !== null) return;
    this.#again = true;
    if (this.#gathering !== null) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        let step: Step = 'full';
        while (!this.#stopped && step === 'full') {
          step = await this.#step();
          if (step !== 'nothing') this.#recovered();
        }
        if (step === 'last') return this.#gather();
      } catch (err) {
        this.#later(err);
        return;
      }
    }
  }

  #gather(): void {
    if (this.#stopped) return;
    // There may be more than the last look saw.
    this.#again = true;
    this.#gathering = setTimeout(() => {
      this.#gathering = null;
      this.#kick();
    }, this.#rhythm.gatherMs);
  }

  #endGathering(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#gathering = null;
  }

  /** One batch. */
  async #step(): Promise<Step> {
    const { folder } = this.#spool;
    this.#offset ??= await this.#begin();
    // Read before the segment: whatever was written into an older one was there when it was left.
    const writingTo = this.#spool.segment;
    const { facts, next, unreadable } = await readChunk(folder, this.#offset, this.#rhythm.batch);
    if (unreadable > 0)
      this.#log.error({ segment: next.segment, lines: unreadable }, 'the spool held torn lines');
    if (next.bytes > this.#offset.bytes) {
      if (facts.length > 0) await this.#writer.writeFacts(facts);
      await writeOffset(folder, next).catch((err: unknown) => {
        // A full disk: the offset in memory is right, and after a restart the batch is written once more.
        this.#log.warn({ err }, 'the offset could not be kept');
      });
      this.#offset = next;
      return facts.length < this.#rhythm.batch && next.segment === this.#spool.segment ? 'last' : 'full';
    }
    if (this.#offset.segment < writingTo) {
      return (await this.#nextSegment(this.#offset)) ? 'full' : 'nothing';
    }
    const held = this.#spool.held(this.#rhythm.batch);
    if (held.length === 0) return 'nothing';
    await this.#writer.writeFacts(held);
    this.#spool.release(held);
    return 'full';
  }

  async #begin(): Promise<Offset> {
    const offset = await readOffset(this.#spool.folder);
    const [oldest] = await listSegments(this.#spool.folder);
    // An offset beyond what is there, or before it: begin with what there is.
    if (oldest === undefined) return { segment: this.#spool.segment, bytes: 0 };
    return offset.segment < oldest ? { segment: oldest, bytes: 0 } : offset;
  }

  async #nextSegment(done: Offset): Promise<boolean> {
    const { folder } = this.#spool;
    const following = (await listSegments(folder)).find((segment) => segment > done.segment);
    if (following === undefined) return false;
    const next = { segment: following, bytes: 0 };
    await writeOffset(folder, next).catch((err: unknown) =>
      this.#log.warn({ err }, 'the offset could not be kept'),
    );
    this.#offset = next;
    await removeSegment(folder, done.segment);
    return true;
  }

  #later(err: unknown): void {
    if (this.#failures === 0)
      this.#log.warn({ err }, 'facts wait in the spool: the database does not take them');
    const { firstRetryMs, lastRetryMs } = this.#rhythm;
    const ceiling = Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    if (this.#stopped) return;
    this.#retry = setTimeout(
      () => {
        this.#retry = null;
        this.#kick();
      },
      ceiling / 2 + (Math.random() * ceiling) / 2,
    );
  }

  #recovered(): void {
    if (this.#failures > 0) this.#log.info({ tries: this.#failures }, 'facts are written again');
    this.#failures = 0;
  }
}
