import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../../app/ports/log.ts';
import type { PresenceStore, SavedPresence } from '../../app/ports/presence-store.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';

/** Lines after which the journal is written anew with one line an agent. */
const COMPACT_AFTER = 20_000;

/**
 * One JSON line per change, the last of an agent counts. Appended, not forced to the disk: a killed process loses
 * nothing, and after a power cut the agents sign in anyway.
 */
export class PresenceJournal implements PresenceStore {
  readonly #path: string;
  readonly #log: Log;
  readonly #latest = new Map<string, SavedPresence>();
  #lines = 0;
  #unwritten: string[] = [];
  #writing: Promise<void> | null = null;
  #troubled = false;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  async read(): Promise<readonly SavedPresence[]> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    for (const line of ((await readIfThere(this.#path)) ?? '').split('\n')) {
      const saved = parsed(line);
      if (saved !== null) this.#latest.set(saved.agentId, saved);
    }
    await this.#compact();
    return [...this.#latest.values()];
  }

  save(presence: SavedPresence): void {
    const { agentId, state, reason, sinceMs, idleSinceMs, intended, callId } = presence;
    const saved: SavedPresence = { agentId, state, reason, sinceMs, idleSinceMs, intended, callId };
    this.#latest.set(agentId, saved);
    this.#unwritten.push(`${JSON.stringify(saved)}\n`);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when all that was saved before is in the file, or could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const lines = this.#unwritten;
      this.#unwritten = [];
      try {
        if (this.#lines + lines.length > COMPACT_AFTER || this.#troubled) await this.#compact();
        else {
          await appendFile(this.#path, lines.join(''), { mode: 0o600 });
          this.#lines += lines.length;
        }
        this.#troubled = false;
      } catch (err) {
        // The next change writes the whole again: `#latest` has everything.
        if (!this.#troubled) this.#log.error({ err, path: this.#path }, 'presence could not be kept');
        this.#troubled = true;
      }
    }
  }

  async #compact(): Promise<void> {
    const all = [...this.#latest.values()].filter(({ state }) => state !== 'SIGNED_OUT');
    await writeAtomically(this.#path, all.map((one) => `${JSON.stringify(one)}\n`).join(''));
    this.#lines = all.length;
  }
}

/** null for an empty or torn line. */
function parsed(line: string): SavedPresence | null {
  if (line === '') return null;
  try {
    const value = JSON.parse(line) as Partial<SavedPresence> | null;
    return typeof value?.agentId === 'string' &&
      typeof value.state === 'string' &&
      value.intended !== undefined
      ? (value as SavedPresence)
      : null;
  } catch {
    return null;
  }
}
