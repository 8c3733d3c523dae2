import { Redis, type RedisOptions } from 'ioredis';

/** What this adapter says about itself: constant messages, structured fields. */
export interface RedisLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** `command` fails at once while Redis is away; `blocking` waits in BLPOP (see `answered`); `subscriber` listens. */
export type LinkKind = 'command' | 'blocking' | 'subscriber';

const CONNECT_TIMEOUT_MS = 2000;
const COMMAND_TIMEOUT_MS = 1500;
/** A connection whose far end vanished without a word is noticed within two of these. */
const WATCH_EVERY_MS = 3000;
/** AUTH and the first question, of which ioredis limits none on a `blocking` link. */
const HANDSHAKE_WITHIN_MS = 3000;
/**
 * All links of a system look for Redis by themselves, and it is of use when the last of them has found it: a word of a
 * desk waits two seconds for call control, and call control must be back before that.
 */
const RETRY_MAX_MS = 500;
const CLOSE_WITHIN_MS = 300;
const NO_ANSWER = 'redis does not answer, connecting anew';

/** Wait before the n-th attempt: doubling from 50 ms, at most half a second, each time a different half of it. */
function retryDelayMs(attempt: number): number {
  const ceiling = Math.min(RETRY_MAX_MS, 50 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}

const OPTIONS: Readonly<Record<LinkKind, RedisOptions>> = {
  command: { commandTimeout: COMMAND_TIMEOUT_MS },
  // No `blockingTimeout`: by it ioredis takes an overdue answer for "nothing came" and leaves the question standing at
  // Redis, where it takes the next command from the list for nobody. After a stall that never came into step again.
  blocking: {},
  // Who listens subscribes again at each 'ready', because only the answer to that says that it listens.
  subscriber: { commandTimeout: COMMAND_TIMEOUT_MS, autoResubscribe: false },
};

/**
 * Modes: connecting -> ready -> (lost -> connecting)* -> closed. Reconnects for ever. Nothing is queued while the
 * link is down and nothing is sent a second time by itself: the caller is told at once and decides.
 */
export class RedisLink {
  readonly client: Redis;
  readonly #kind: LinkKind;
  readonly #log: RedisLog;
  readonly #watch: NodeJS.Timeout | null;
  #handshake: NodeJS.Timeout | null = null;
  #lostSince: number | null = null;
  #closed = false;

  constructor(url: string, kind: LinkKind, log: RedisLog) {
    this.#kind = kind;
    this.#log = log;
    this.client = new Redis(url, {
      ...OPTIONS[kind],
      connectionName: `yihaotong-${kind}`,
      connectTimeout: CONNECT_TIMEOUT_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      keepAlive: 10_000,
      retryStrategy: retryDelayMs,
    });
    // Every failed attempt is an 'error' event; one line per outage is enough.
    this.client.on('error', (err: Error) => this.#lost({ err }));
    this.client.on('connect', () => this.#shakeHands());
    this.client.on('close', () => {
      this.#handsShaken();
      this.#lost({});
    });
    this.client.on('ready', () => {
      this.#handsShaken();
      this.#found();
    });
    this.#watch = kind === 'blocking' ? null : setInterval(() => this.#ping(), WATCH_EVERY_MS);
    this.#watch?.unref();
  }

  get ready(): boolean {
    return this.client.status === 'ready';
  }

  /** Keys and channels of one Redis database; channels do not know database numbers, so the name carries it. */
  name(rest: string): string {
    return `yht:${this.client.options.db ?? 0}:${rest}`;
  }

  /**
   * What had to be said at 'ready' was not answered (this process may have been too busy to hear it): a link that looks
   * ready and serves nobody is worse than none, so it is made anew, and 'ready' comes once more.
   */
  startOver(err: Error, message: string): void {
    if (this.#closed) return;
    this.#log.warn({ err, link: this.#kind }, message);
    if (this.ready) this.#breakOff();
  }

  /**
   * The answer to a question on a `blocking` link. One that is overdue means that the connection is dead or that Redis
   * stood still: either way nothing of it is wanted any more, and the link is made anew.
   */
  async answered<T>(limitMs: number, question: Promise<T>): Promise<T> {
    let waits = true;
    const giveUp = (): void => {
      if (waits) this.startOver(new Error(`no answer within ${limitMs} ms`), NO_ANSWER);
    };
    // What came while this process stood still is read before it is called overdue.
    const overdue = setTimeout(() => setImmediate(giveUp), limitMs);
    try {
      return await question;
    } finally {
      waits = false;
      clearTimeout(overdue);
    }
  }

  /** Resolves as soon as Redis can be asked: true; or after `withinMs`: false. */
  async whenReady(withinMs: number): Promise<boolean> {
    if (this.ready) return true;
    const { client } = this;
    return await new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        client.off('ready', over);
        resolve(this.ready);
      };
      const timer = setTimeout(over, withinMs);
      client.on('ready', over);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#handsShaken();
    const { client } = this;
    if (client.status === 'end') return;
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    // Between two attempts ioredis only drops its timer and never says that it ended.
    const waiting = client.status === 'reconnecting';
    client.disconnect();
    if (waiting) return;
    // A far end that does not move never closes its half; nor is a half-made connection ended by asking.
    const late = setTimeout(() => client.stream?.destroy(), CLOSE_WITHIN_MS);
    const given = new Promise<void>((resolve) => {
      setTimeout(resolve, 2 * CLOSE_WITHIN_MS).unref();
    });
    await Promise.race([ended, given]);
    clearTimeout(late);
  }

  #ping(): void {
    if (!this.ready) return;
    this.client.ping().catch((err: Error) => {
      if (this.#closed || !this.ready) return;
      this.#log.warn({ err, link: this.#kind }, NO_ANSWER);
      this.#breakOff();
    });
  }

  #shakeHands(): void {
    this.#handsShaken();
    this.#handshake = setTimeout(() => this.#breakOff(), HANDSHAKE_WITHIN_MS);
    this.#handshake.unref();
  }

  #handsShaken(): void {
    if (this.#handshake !== null) clearTimeout(this.#handshake);
    this.#handshake = null;
  }

  /** At once: a far end that does not move would not say goodbye either, and ioredis waits two seconds for that. */
  #breakOff(): void {
    if (this.#closed) return;
    this.client.disconnect(true);
    this.client.stream?.destroy();
  }

  #lost(fields: object): void {
    if (this.#lostSince !== null || this.#closed) return;
    this.#lostSince = Date.now();
    this.#log.warn(fields, 'redis is away');
  }

  #found(): void {
    if (this.#lostSince === null) return;
    this.#log.info({ awayMs: Date.now() - this.#lostSince }, 'redis is back');
    this.#lostSince = null;
  }
}

/** What came through Redis was written by our own kind; anything else is null and never an exception in an event. */
export function readJson<T extends object>(text: string | null): T | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}
