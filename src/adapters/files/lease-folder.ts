import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LeaseFolder } from '../../app/ports/lease.ts';
import type { Log } from '../../app/ports/log.ts';
import { type FolderView, STILL_AFTER_MS } from '../../domain/lease/contend.ts';
import { type Holder, type Term, termOf } from '../../domain/lease/term.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';
import { type FileLock, tryFileLock, watchFileLock } from './file-lock.ts';

const TERM = 'term.json';
const ENTERING = 'entering.lock';
const FOLDER = 'folder-id';
/** Whoever enters is done in milliseconds. */
const ENTERS_WITHIN_S = 5;
const ALIVE = /^([0-9a-f-]{36})\.alive$/;

type Watched = { readonly id: string; readonly stop: () => void; dead: boolean; sign: number; since: number };

/**
 * A folder in which the call controls of one machine meet. Each locks a file of its own for as long as it lives and
 * touches it with every beat: a lock that can be had is the proof of a death, a file that is not touched any more the
 * mark of a process that is frozen. `term.json` says who serves, here or, as far as was seen, elsewhere.
 */
export class LocalLeaseFolder implements LeaseFolder {
  readonly holder: Holder;
  readonly #dir: string;
  readonly #own: FileLock;
  readonly #log: Log;
  #watched: Watched | null = null;
  #onDeath: () => void = () => undefined;

  private constructor(dir: string, holder: Holder, own: FileLock, log: Log) {
    this.#dir = dir;
    this.holder = holder;
    this.#own = own;
    this.#log = log;
  }

  static async open(dir: string, log: Log): Promise<LocalLeaseFolder> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    // Alone: a file that is not locked yet looks like that of a dead process.
    const alone = await tryFileLock(join(dir, ENTERING), ENTERS_WITHIN_S);
    if (alone === null) throw new Error(`another process has kept ${join(dir, ENTERING)} locked`);
    try {
      const id = randomUUID();
      const own = await tryFileLock(join(dir, `${id}.alive`));
      if (own === null) throw new Error('a new file is locked by another process');
      const folder = await folderId(dir);
      const made = new LocalLeaseFolder(dir, { id, folder, name: `${hostname()}:${process.pid}` }, own, log);
      await made.#clearAway();
      return made;
    } finally {
      alone.release();
    }
  }

  onDeath(run: () => void): void {
    this.#onDeath = run;
  }

  async view(): Promise<FolderView> {
    const term = await this.#term();
    if (term === null) return { term, ours: false, holder: 'unknown' };
    const ours = term.folder === this.holder.folder;
    return { term, ours, holder: ours ? await this.#signOf(term.id) : 'unknown' };
  }

  async note(term: Term): Promise<void> {
    const known = await this.#term();
    if (known !== null && known.id === term.id && known.generation === term.generation) return;
    await this.#alone(async () => {
      const latest = await this.#term();
      if (latest !== null && latest.generation >= term.generation) return;
      await this.#keep(term);
    });
  }

  async enter(term: Term, seen: Term | null): Promise<boolean> {
    const entered = await this.#alone(async () => {
      const latest = await this.#term();
      const isLater = (latest?.generation ?? 0) > (seen?.generation ?? 0);
      if (latest !== null && isLater && latest.id !== term.id) return false;
      await this.#keep(term);
      return true;
    });
    if (entered === true) this.#stopWatching();
    return entered === true;
  }

  async beat(term: Term): Promise<'held' | 'lost'> {
    const now = new Date();
    const [latest] = await Promise.all([this.#term(), utimes(this.#aliveFile(this.holder.id), now, now)]);
    const lost = latest !== null && latest.id !== term.id && latest.generation > term.generation;
    return lost ? 'lost' : 'held';
  }

  close(): void {
    this.#stopWatching();
    this.#own.release();
  }

  /** A disk that takes nothing does not keep anybody from serving: the store has the lease as well. */
  async #keep(term: Term): Promise<void> {
    await writeAtomically(join(this.#dir, TERM), JSON.stringify(term)).catch((err: unknown) =>
      this.#log.error({ err }, 'the term of call control could not be kept'),
    );
  }

  async #term(): Promise<Term | null> {
    try {
      return termOf(JSON.parse((await readIfThere(join(this.#dir, TERM))) ?? '{}'));
    } catch (err) {
      this.#log.warn({ err }, 'the term of call control cannot be read');
      return null;
    }
  }

  async #signOf(id: string): Promise<FolderView['holder']> {
    const found = await stat(this.#aliveFile(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    // Only what is proven dead is cleared away.
    if (found === null) return 'dead';
    if (this.#watched?.id !== id) {
      this.#stopWatching();
      const watched: Watched = { id, stop: () => look(), dead: false, sign: 0, since: performance.now() };
      const look = watchFileLock(this.#aliveFile(id), () => {
        watched.dead = true;
        this.#onDeath();
      });
      this.#watched = watched;
      const free = await tryFileLock(this.#aliveFile(id)).catch(() => null);
      free?.release();
      if (free !== null) watched.dead = true;
    }
    const watched = this.#watched;
    if (watched === null || watched.dead) return 'dead';
    if (watched.sign !== found.mtimeMs) {
      watched.sign = found.mtimeMs;
      watched.since = performance.now();
    }
    return performance.now() - watched.since > STILL_AFTER_MS ? 'still' : 'alive';
  }

  #stopWatching(): void {
    this.#watched?.stop();
    this.#watched = null;
  }

  /** Null: another one is just entering. */
  async #alone<T>(work: () => Promise<T>): Promise<T | null> {
    const lock = await tryFileLock(join(this.#dir, ENTERING));
    if (lock === null) return null;
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  #aliveFile(id: string): string {
    return join(this.#dir, `${id}.alive`);
  }

  /** Files of processes that are dead, but for the one that served last. */
  async #clearAway(): Promise<void> {
    const last = await this.#term();
    for (const name of await readdir(this.#dir)) {
      const id = ALIVE.exec(name)?.[1];
      if (id === undefined || id === this.holder.id || id === last?.id) continue;
      const lock = await tryFileLock(join(this.#dir, name));
      if (lock === null) continue;
      await rm(join(this.#dir, name), { force: true });
      lock.release();
    }
  }
}

async function folderId(dir: string): Promise<string> {
  const path = join(dir, FOLDER);
  const kept = await readIfThere(path);
  if (kept !== null && kept.trim() !== '') return kept.trim();
  const made = randomUUID();
  await writeAtomically(path, made);
  return made;
}
