import { isOn } from '../../domain/hotlines/surge-mode.ts';
import { underSurge } from '../../domain/hotlines/under-surge.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  ConfigurationCache,
  ConfigurationSource,
  PublishedConfiguration,
} from '../ports/configuration-source.ts';
import type { Log } from '../ports/log.ts';

export interface KeeperParts {
  readonly source: ConfigurationSource;
  readonly cache: ConfigurationCache;
  readonly clock: Clock;
  readonly log: Log;
}

/** While the database has not been read yet. */
const RETRY_MS = 2_000;
/** Afterwards: for the case that the word of a change was lost on its way. */
const LOOK_EVERY_MS = 60_000;

/**
 * The published configuration, from the database or, while that is away, from the local file. Modes: none -> cached
 * or published -> … -> stopped. Each new version goes to `onChange` once, as a surge changes it, and as it is when that
 * is over: for which neither database nor worker is needed.
 */
export class ConfigurationKeeper {
  readonly #parts: KeeperParts;
  readonly #onChange: (published: PublishedConfiguration) => void;
  #version: number | null = null;
  #fromSource = false;
  #cancel: (() => void) | null = null;
  #endSurge: (() => void) | null = null;
  #loading: Promise<boolean> | null = null;
  /** One more reading that begins when the present one is done. */
  #next: Promise<boolean> | null = null;
  #stopped = false;

  constructor(parts: KeeperParts, onChange: (published: PublishedConfiguration) => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  async start(): Promise<void> {
    if (!(await this.reload())) {
      const { cache, log } = this.#parts;
      const kept = await cache.read().catch((err: unknown) => {
        log.error({ err }, 'the configuration cache cannot be read');
        return null;
      });
      if (kept !== null && !this.#stopped && this.#version === null) {
        log.warn({ version: kept.configuration.version }, 'working with the configuration kept on the disk');
        // Who has read what since then only the database knows, and without it nobody can say that he has: nobody is held back.
        this.#take({ ...kept, holdingNotices: [] });
      }
      if (kept === null) log.error({}, 'there is no configuration yet; calls go to the fallback queue');
    }
    this.#later();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#endSurge?.();
  }

  /**
   * Reads the database now; false when it could not be read. A reading under way may have begun before the change it
   * is asked for: then another one follows, and whoever asks meanwhile shares it.
   */
  reload(): Promise<boolean> {
    if (this.#loading !== null) {
      // How the present one fails is told to whoever asked for it.
      this.#next ??= this.#loading
        .catch(() => false)
        .then(() => {
          this.#next = null;
          return this.reload();
        });
      return this.#next;
    }
    this.#loading = this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<boolean> {
    const { source, cache, log } = this.#parts;
    let published: PublishedConfiguration;
    try {
      published = await source.load();
    } catch (err) {
      log.warn({ err }, 'the configuration could not be loaded');
      return false;
    }
    if (this.#stopped) return false;
    const known = this.#fromSource && this.#version === published.configuration.version;
    this.#fromSource = true;
    if (known) return true;
    this.#take(published);
    await cache
      .write(published)
      .catch((err: unknown) => log.warn({ err }, 'the configuration could not be kept'));
    return true;
  }

  #take(published: PublishedConfiguration): void {
    const { configuration } = published;
    const { clock } = this.#parts;
    this.#version = configuration.version;
    this.#endSurge?.();
    this.#endSurge = null;
    const nowMs = clock.now();
    this.#onChange({ ...published, configuration: underSurge(configuration, nowMs) });
    const { surgeMode } = configuration;
    if (this.#stopped || surgeMode === null || surgeMode === undefined || !isOn(surgeMode, nowMs)) return;
    this.#endSurge = clock.after(surgeMode.untilMs - nowMs, () => this.#take(published));
  }

  #later(): void {
    if (this.#stopped) return;
    this.#cancel = this.#parts.clock.after(this.#fromSource ? LOOK_EVERY_MS : RETRY_MS, () => {
      this.reload()
        .catch((err: unknown) => this.#parts.log.error({ err }, 'the configuration could not be taken over'))
        .finally(() => this.#later());
    });
  }
}
