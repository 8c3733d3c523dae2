import { appendFile, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../../app/ports/log.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';
import { journalFile, journalFiles } from './journal-files.ts';

/** Appended bytes after which the file is written anew with what still counts. */
const COMPACT_AFTER_BYTES = 8 << 20;

export interface JournalKind<T> {
  /** For the log. */
  readonly name: string;
  key(value: T): string;
  /** null: not of this kind, or torn by a crash. */
  parse(value: unknown): T | null;
}

/** Whose journal it is. */
export interface JournalTerm {
  readonly generation: number;
  /** False while another call control may be the active one: then nothing is written. */
  holds(): boolean;
}
/** What travels in the same write as the changes, and is not kept once it has arrived elsewhere. */
export interface JournalRider {
  waits(): boolean;
  /** For the next write; null: nothing. */
  load(): object | null;
  /** That write is over, well or not. */
  arrived(): void;
  /** True when all that travelled before has arrived for certain, so that the file may be written anew without it. */
  settled(): Promise<boolean>;
  /** The file begins anew: what travels in this write, as the new file is to hold it. */
  begunAnew(): object | null;
  /** As `load` gave it to an earlier process. */
  found(load: unknown): void;
  readWhole(): Promise<void>;
}
const lineOfLoad = (load: object | null): string =>
  load === null ? '' : `${JSON.stringify({ with: load })}\n`;
const UNCONTESTED: JournalTerm = { generation: 0, holds: () => true };

/**
 * What is true now, as one JSON line per change; the last of a key counts. Appended, not forced to the disk: a killed
 * process loses nothing, and what it describes does not outlive the machine. Modes: writing <-> troubled (the next
 * change writes the whole again).
 *
 * Each term of call control writes a file of its own and begins with what the latest one before it held: what a deposed
 * process still writes lies where nobody reads.
 */
export class KeyedJournal<T> {
  readonly #base: string;
  readonly #path: string;
  readonly #kind: JournalKind<T>;
  readonly #log: Log;
  readonly #term: JournalTerm;
  readonly #rider: JournalRider | null;
  readonly #latest = new Map<string, T>();
  #bytes = 0;
  readonly #unwritten = new Set<string>();
  #writing: Promise<void> | null = null;
  #troubled = false;

  constructor(
    path: string,
    kind: JournalKind<T>,
    log: Log,
    term: JournalTerm = UNCONTESTED,
    rider: JournalRider | null = null,
  ) {
    this.#base = path;
    this.#path = journalFile(path, term.generation);
    this.#kind = kind;
    this.#log = log;
    this.#term = term;
    this.#rider = rider;
  }

  async read(): Promise<readonly T[]> {
    await mkdir(dirname(this.#base), { recursive: true, mode: 0o700 });
    const before = await journalFiles(this.#base, this.#term.generation);
    const text = before[0] === undefined ? null : await readIfThere(before[0]);
    for (const line of (text ?? '').split('\n')) this.#replay(line);
    await this.#rider?.readWhole();
    await this.#beginAnew(before);
    return [...this.#latest.values()];
  }

  /** A full disk takes no file of ours: the one of before stays, and the next change tries again. */
  async #beginAnew(before: readonly string[]): Promise<void> {
    try {
      await this.#compact();
      for (const path of before) if (path !== this.#path) await rm(path, { force: true });
    } catch (err) {
      this.#log.error({ err, journal: this.#kind.name }, 'a journal could not be begun');
      this.#troubled = true;
    }
  }

  put(value: T): void {
    const key = this.#kind.key(value);
    this.#latest.set(key, value);
    this.#note(key);
  }

  drop(key: string): void {
    if (this.#latest.delete(key)) this.#note(key);
  }

  /** Resolves when all changes so far are in the file, or could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** Written once this turn's commands are on their way to the switch, and once for all changes of the turn. */
  #note(key: string): void {
    this.#unwritten.add(key);
    void this.wake();
  }

  /** Has the rider travel although nothing changes; resolves as `flush` does. */
  wake(): Promise<void> {
    this.#writing ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#write())
      .finally(() => {
        this.#writing = null;
        // Noted after the last look of the writer, before it was gone.
        if (this.#waits() && this.#term.holds()) void this.wake();
      });
    return this.#writing;
  }

  #waits(): boolean {
    return this.#unwritten.size > 0 || this.#rider?.waits() === true;
  }

  #lineOf(key: string): string {
    const put = this.#latest.get(key);
    return `${JSON.stringify(put === undefined ? { drop: key } : { put })}\n`;
  }

  async #write(): Promise<void> {
    while (this.#waits() && this.#term.holds()) {
      const load = this.#rider?.load() ?? null;
      const lines = lineOfLoad(load) + [...this.#unwritten].map((key) => this.#lineOf(key)).join('');
      this.#unwritten.clear();
      try {
        if (this.#troubled || (this.#bytes > COMPACT_AFTER_BYTES && (await this.#maybeAnew()))) {
          await this.#compact();
        } else {
          await appendFile(this.#path, lines, { mode: 0o600 });
          this.#bytes += Buffer.byteLength(lines);
        }
        this.#troubled = false;
      } catch (err) {
        if (!this.#troubled)
          this.#log.error({ err, journal: this.#kind.name }, 'a journal could not be written');
        this.#troubled = true;
      }
      if (load !== null) this.#rider?.arrived();
    }
  }

  #maybeAnew(): Promise<boolean> {
    return this.#rider?.settled() ?? Promise.resolve(true);
  }

  async #compact(): Promise<void> {
    const lines = [...this.#latest.values()].map((put) => `${JSON.stringify({ put })}\n`);
    const load = this.#rider?.begunAnew() ?? null;
    await writeAtomically(this.#path, lineOfLoad(load) + lines.join(''));
    this.#bytes = 0;
  }

  #replay(text: string): void {
    if (text === '') return;
    let line: { readonly put?: unknown; readonly drop?: unknown; readonly with?: unknown } | null;
    try {
      line = JSON.parse(text);
    } catch {
      this.#log.warn({ journal: this.#kind.name }, 'a journal held a torn line');
      return;
    }
    if (line?.with !== undefined) this.#rider?.found(line.with);
    if (typeof line?.drop === 'string') this.#latest.delete(line.drop);
    const value = line?.put === undefined ? null : this.#kind.parse(line.put);
    if (value !== null) this.#latest.set(this.#kind.key(value), value);
  }
}
