import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type HouseChanges, type HouseMirror, NO_MIRROR } from '../../app/ports/house-mirror.ts';
import type { Log } from '../../app/ports/log.ts';
import type { WrittenAhead } from '../../app/ports/written-ahead.ts';
import { AppendedFile } from './appended-file.ts';
import { replaceSoon, writeAtomically } from './atomic-write.ts';
import { type FoundHouse, findHouse } from './found-house.ts';
import { type Letter, lineOf } from './house-lines.ts';
import { journalFile, journalFiles } from './journal-files.ts';
import { JournalPatience } from './journal-patience.ts';
import type { JournalRoom, RoomKind } from './journal-room.ts';

/** Appended bytes after which the file is written anew with what still counts. */
const COMPACT_AFTER_BYTES = 8 << 20;

/** Whose journal it is. */
export interface JournalTerm {
  readonly generation: number;
  /** The latest term before that was heard of; 0: none. */
  readonly after?: number;
  /** False while another call control may be the active one: then nothing is written. */
  holds(): boolean;
}

/** Facts travel in the same write as the changes, and are not kept once they have arrived elsewhere. */
export interface JournalRider {
  waits(): boolean;
  /** For the next write; null: nothing. */
  load(): Letter | null;
  /** That write is over, well or not. */
  arrived(): void;
  /** True when all that travelled before has arrived for certain, so that the file may be written anew without it. */
  settled(): Promise<boolean>;
  /** The file begins anew: what travels in this write, as the new file is to hold it. */
  begunAnew(): Letter | null;
  /** As `load` gave it to an earlier process. */
  found(letter: Letter): void;
  readWhole(): Promise<void>;
}

const UNCONTESTED: JournalTerm = { generation: 0, holds: () => true };

/**
 * All that call control must know again after its death, in ONE file: one line a turn, so that no crash comes between a
 * call that is over and the callback that was promised in it. Appended, not forced to the disk: a killed process loses
 * nothing, and what it describes does not outlive the machine. The commands of a turn leave when its line is written
 * (`written`). Modes: writing <-> troubled (the next change writes the whole again).
 *
 * Each term of call control writes a file of its own and begins with what the latest one before it held, here or in the
 * mirror: what a deposed process still writes lies where nobody reads.
 */
export class HouseJournal implements WrittenAhead {
  readonly #base: string;
  readonly #path: string;
  readonly #file: AppendedFile;
  readonly #log: Log;
  readonly #term: JournalTerm;
  readonly #rider: JournalRider | null;
  readonly #mirror: HouseMirror;
  readonly #kinds = new Map<string, RoomKind<unknown>>();
  readonly #rooms = new Map<string, Map<string, unknown>>();
  readonly #patience = new JournalPatience();
  #unwritten = new Map<string, Set<string>>();
  #turn = 0;
  #bytes = 0;
  #opened: Promise<FoundHouse['as']> | null = null;
  #writing: Promise<void> | null = null;
  #troubled = false;

  constructor(
    path: string,
    log: Log,
    term: JournalTerm = UNCONTESTED,
    rider: JournalRider | null = null,
    mirror: HouseMirror = NO_MIRROR,
  ) {
    this.#base = path;
    this.#path = journalFile(path, term.generation);
    this.#file = new AppendedFile(this.#path);
    this.#log = log;
    this.#term = term;
    this.#rider = rider;
    this.#mirror = mirror;
  }

  /** Before the first of them is read. */
  room<T>(kind: RoomKind<T>): JournalRoom<T> {
    this.#kinds.set(kind.name, kind as RoomKind<unknown>);
    const values = new Map<string, unknown>();
    this.#rooms.set(kind.name, values);
    return {
      read: async () => {
        await this.#open();
        return [...values.values()] as T[];
      },
      put: (value) => {
        const key = kind.key(value);
        values.set(key, value);
        this.#note(kind.name, key);
      },
      drop: (key) => {
        if (values.delete(key)) this.#note(kind.name, key);
      },
    };
  }

  /** Whether what was found is all that was known last. */
  found(): Promise<FoundHouse['as']> {
    return this.#open();
  }

  /** Resolves when all changes so far are in the file, or could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  written(): Promise<void> {
    if (this.#unwritten.size > 0 && this.#term.holds()) return this.#patience.ofNext();
    return this.#patience.ofCurrent();
  }

  /** Has the rider travel although nothing changes; resolves as `flush` does. */
  wake(): Promise<void> {
    // Once for all changes of the turn: when it is worked off.
    this.#writing ??= Promise.resolve()
      .then(() => this.#write())
      .finally(() => {
        this.#writing = null;
        // Noted after the last look of the writer, before it was gone.
        if (this.#waits() && this.#term.holds()) void this.wake();
        else this.#patience.over();
      });
    return this.#writing;
  }

  #open(): Promise<FoundHouse['as']> {
    this.#opened ??= this.#begin();
    return this.#opened;
  }

  async #begin(): Promise<FoundHouse['as']> {
    await mkdir(dirname(this.#base), { recursive: true, mode: 0o700 });
    const { generation, after = 0 } = this.#term;
    const before = await journalFiles(this.#base, generation);
    const found = await findHouse({
      base: this.#base,
      files: before,
      generation,
      after,
      mirror: this.#mirror,
      kinds: this.#kinds,
      log: this.#log,
    });
    for (const [room, values] of found.rooms) {
      const known = this.#rooms.get(room);
      for (const [key, value] of values) if (known?.has(key) === false) known.set(key, value);
    }
    for (const letter of found.letters) this.#rider?.found(letter);
    await this.#rider?.readWhole();
    await this.#beginAnew(async () => {
      for (const path of before) if (path !== this.#path) await rm(path, { force: true });
      await found.done();
    });
    this.#mirror.follow(generation, () => ({ turn: this.#turn, changes: this.#whole(), told: [] }));
    return found.as;
  }

  /** A full disk takes no file of ours: the one of before stays, and the next change tries again. */
  async #beginAnew(clearAway: () => Promise<void>): Promise<void> {
    try {
      await this.#compact(writeAtomically);
      await clearAway();
    } catch (err) {
      this.#log.error({ err }, 'the journal of call control could not be begun');
      this.#troubled = true;
    }
  }

  #note(room: string, key: string): void {
    const keys = this.#unwritten.get(room);
    if (keys === undefined) this.#unwritten.set(room, new Set([key]));
    else keys.add(key);
    void this.wake();
  }

  #waits(): boolean {
    return this.#unwritten.size > 0 || this.#rider?.waits() === true;
  }

  async #write(): Promise<void> {
    while (this.#waits() && this.#term.holds()) {
      const letter = this.#rider?.load() ?? null;
      const changes = this.#changes();
      this.#patience.begun();
      this.#turn += 1;
      this.#mirror.take({ turn: this.#turn, changes, told: letter?.told ?? [] });
      try {
        if (this.#troubled || (this.#bytes > COMPACT_AFTER_BYTES && (await this.#maybeAnew()))) {
          await this.#compact(this.#troubled ? writeAtomically : replaceSoon);
        } else {
          this.#bytes += await this.#file.append(lineOf(this.#turn, changes, letter));
        }
        this.#troubled = false;
      } catch (err) {
        if (!this.#troubled) this.#log.error({ err }, 'the journal of call control could not be written');
        this.#troubled = true;
        await this.#file.close();
      }
      this.#patience.ended();
      if (letter !== null) this.#rider?.arrived();
    }
  }

  #changes(): HouseChanges {
    const unwritten = this.#unwritten;
    this.#unwritten = new Map();
    const textOf = (room: string, key: string): string | null => {
      const value = this.#rooms.get(room)?.get(key);
      return value === undefined ? null : JSON.stringify(value);
    };
    return new Map(
      [...unwritten].map(([room, keys]) => [room, new Map([...keys].map((key) => [key, textOf(room, key)]))]),
    );
  }

  #whole(): HouseChanges {
    return new Map(
      [...this.#rooms].map(([room, values]) => [
        room,
        new Map([...values].map(([key, value]) => [key, JSON.stringify(value)])),
      ]),
    );
  }

  #maybeAnew(): Promise<boolean> {
    return this.#rider?.settled() ?? Promise.resolve(true);
  }

  async #compact(write: typeof writeAtomically): Promise<void> {
    const letter = this.#rider?.begunAnew() ?? null;
    // What is written beside takes its name.
    await this.#file.close();
    await write(this.#path, lineOf(this.#turn, this.#whole(), letter));
    this.#bytes = 0;
  }
}
