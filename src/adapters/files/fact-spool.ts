import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fact, FactLog } from '../../app/ports/facts.ts';
import type { Log } from '../../app/ports/log.ts';
import { listSegments, segmentName } from './fact-segments.ts';

const SEGMENT_BYTES = 8 << 20;
const RETRY_MS = 1_000;
const BATCH = 1_000;

export interface SpoolLimits {
  /** Facts held in memory while the disk takes none; beyond it the oldest are dropped, and that is said. */
  readonly memoryFacts: number;
}

/**
 * Facts on their way to the local disk: JSON lines in numbered segments. Modes: writing <-> troubled (disk full or
 * gone: facts stay in memory, tried again each second) -> closed.
 *
 * fsync: group commit. `append` only puts the fact in memory; one write and one `datasync` take all that has gathered
 * meanwhile, off the main thread. A killed process loses what was appended in the last milliseconds, a power cut no
 * more than that, and no call ever waits.
 *
 * A segment is never appended to by a second process or after an error: a torn line stays the last of its segment.
 */
export class FactSpool implements FactLog {
  readonly folder: string;
  readonly #log: Log;
  readonly #limits: SpoolLimits;
  readonly #holds: () => boolean;
  readonly #pending: Fact[] = [];
  #file: FileHandle | null = null;
  #segment = 0;
  #bytes = 0;
  #working: Promise<void> | null = null;
  #troubledSince: number | null = null;
  #dropped = 0;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;
  #onWritten: () => void = () => undefined;

  private constructor(folder: string, log: Log, limits: SpoolLimits, holds: () => boolean) {
    this.folder = folder;
    this.#log = log;
    this.#limits = limits;
    this.#holds = holds;
  }

  /** `holds`: false while another call control may be the active one, and what happened is told by it. */
  static async open(
    folder: string,
    log: Log,
    limits: SpoolLimits = { memoryFacts: 100_000 },
    holds: () => boolean = () => true,
  ): Promise<FactSpool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spool = new FactSpool(folder, log, limits, holds);
    spool.#segment = (await listSegments(folder)).at(-1) ?? 0;
    return spool;
  }

  /** The segment that is written to; all before are complete. */
  get segment(): number {
    return this.#segment;
  }

  get troubled(): boolean {
    return this.#troubledSince !== null;
  }

  onWritten(run: () => void): void {
    this.#onWritten = run;
  }

  append(fact: Fact): void {
    this.#pending.push(fact);
    if (this.#pending.length > this.#limits.memoryFacts) {
      this.#pending.shift();
      if (this.#dropped === 0)
        this.#log.error({}, 'facts are being lost: the disk takes none and memory is full');
      this.#dropped += 1;
    }
    this.#kick();
  }

  async flush(): Promise<boolean> {
    this.#kick();
    await this.#working;
    return this.#pending.length === 0;
  }

  /** While the disk takes nothing the database may still: what it wrote is taken out of memory again. */
  held(max: number): readonly Fact[] {
    return this.troubled ? this.#pending.slice(0, max) : [];
  }

  release(facts: readonly Fact[]): void {
    const written = new Set(facts.map(({ id }) => id));
    const kept = this.#pending.filter(({ id }) => !written.has(id));
    this.#pending.splice(0, this.#pending.length, ...kept);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    await this.flush();
    await this.#file?.close();
    this.#file = null;
  }

  #kick(): void {
    if (this.#working !== null || this.#retry !== null) return;
    // First what this turn has to say to the switch, then what it has to write down.
    this.#working = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#write())
      .finally(() => {
        this.#working = null;
      });
  }

  async #write(): Promise<void> {
    while (this.#pending.length > 0) {
      if (!this.#holds()) return this.#tryLater();
      const batch = this.#pending.slice(0, BATCH);
      try {
        const file = this.#file ?? (await this.#nextSegment());
        const lines = Buffer.from(batch.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
        await file.appendFile(lines);
        await file.datasync();
        this.#bytes += lines.length;
      } catch (err) {
        await this.#trouble(err);
        return;
      }
      this.release(batch);
      this.#relief();
      this.#onWritten();
      if (this.#bytes >= SEGMENT_BYTES) await this.#leaveSegment();
    }
  }

  async #nextSegment(): Promise<FileHandle> {
    const next = this.#segment + 1;
    this.#file = await open(join(this.folder, segmentName(next)), 'ax', 0o600).catch(
      (error: NodeJS.ErrnoException) => {
        // Somebody else's, or left over by a failed try: never write behind it.
        if (error.code === 'EEXIST') this.#segment = next;
        throw error;
      },
    );
    this.#segment = next;
    this.#bytes = 0;
    return this.#file;
  }

  async #leaveSegment(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close().catch((err: unknown) => this.#log.warn({ err }, 'a fact segment did not close'));
  }

  async #trouble(err: unknown): Promise<void> {
    await this.#leaveSegment();
    if (this.#troubledSince === null) {
      this.#troubledSince = Date.now();
      this.#log.error({ err, folder: this.folder }, 'facts stay in memory: the disk does not take them');
    }
    this.#onWritten();
    this.#tryLater();
  }

  #tryLater(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#kick();
    }, RETRY_MS);
  }

  #relief(): void {
    if (this.#troubledSince === null) return;
    this.#log.info({ lost: this.#dropped }, 'the disk takes facts again');
    this.#troubledSince = null;
    this.#dropped = 0;
  }
}
