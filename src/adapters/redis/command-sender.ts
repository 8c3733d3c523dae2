import { randomUUID } from 'node:crypto';
import { CallControlAway, type CommandReply } from '../../app/ports/command-reply.ts';
import type { AgentCommand, CommandSender } from '../../app/ports/commands.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

/** How the API's words travel: an id on a list, the request under a key that dies with its deadline. */
export interface CommandEnvelope {
  readonly id: string;
  readonly replyTo: string;
  readonly command: AgentCommand;
}
export interface ReplyEnvelope {
  readonly id: string;
  readonly reply: CommandReply;
}

const DEADLINE_MS = 2000;
/** Nobody takes commands: the ids of the dead ones must not pile up. */
const LIST_MAX = 512;
const LIST_LIFE_MS = 10_000;

const CLOCK_EVERY_MS = 15_000;

/**
 * A command lives until an instant by the clock of Redis and of nobody else: skewed clocks cannot revive one, nor can
 * a Redis that was frozen and reads its socket late. It is taken by deleting its key, so at most one receiver
 * executes it.
 */
export class RedisCommandSender implements CommandSender {
  readonly #commands: RedisLink;
  readonly #replies: RedisLink;
  readonly #replyTo: string;
  readonly #log: RedisLog;
  readonly #deadlineMs: number;
  readonly #pending = new Map<string, (reply: CommandReply) => void>();
  readonly #clock: NodeJS.Timeout;
  #listening = false;
  /**
   * Redis's clock minus our monotonic one, at the least: however late its answer was read, no command outlives its
   * deadline by that. Null until it was read on this connection.
   */
  #aheadMs: number | null = null;

  constructor(url: string, log: RedisLog, deadlineMs = DEADLINE_MS) {
    this.#deadlineMs = deadlineMs;
    this.#log = log;
    this.#commands = new RedisLink(url, 'command', log);
    this.#replies = new RedisLink(url, 'subscriber', log);
    this.#replyTo = this.#replies.name(`replies:${randomUUID()}`);
    this.#commands.client.on('ready', () => this.#readClock());
    this.#commands.client.on('close', () => {
      this.#aheadMs = null;
    });
    this.#clock = setInterval(() => this.#readClock(), CLOCK_EVERY_MS);
    this.#clock.unref();
    this.#replies.client.on('message', (_channel, text) => this.#settle(text));
    this.#replies.client.on('close', () => {
      this.#listening = false;
    });
    // Also after a reconnection: the subscription is made here and only its answer counts as listening.
    this.#replies.client.on('ready', () => {
      this.#replies.client.subscribe(this.#replyTo).then(
        () => {
          this.#listening = true;
        },
        (err: Error) => this.#replies.startOver(err, 'could not listen for replies of call control'),
      );
    });
  }

  get ready(): boolean {
    return this.#commands.ready && this.#listening && this.#aheadMs !== null;
  }

  async send(command: AgentCommand, id: string = randomUUID()): Promise<CommandReply> {
    const aheadMs = this.#aheadMs;
    if (!this.ready || aheadMs === null)
      throw new CallControlAway('redis does not answer, so call control cannot be asked');
    const deadlineAt = Math.floor(performance.now() + aheadMs + this.#deadlineMs);
    const envelope: CommandEnvelope = { id, replyTo: this.#replyTo, command };
    let timer: NodeJS.Timeout | undefined;
    const reply = new Promise<CommandReply>((resolve, reject) => {
      this.#pending.set(id, resolve);
      timer = setTimeout(
        () => reject(new CallControlAway(`call control did not answer within ${this.#deadlineMs} ms`)),
        this.#deadlineMs,
      );
    });
    try {
      return await Promise.race([reply, this.#post(envelope, deadlineAt).then(() => reply)]);
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    await Promise.all([this.#commands.close(), this.#replies.close()]);
  }

  async #post(envelope: CommandEnvelope, deadlineAt: number): Promise<void> {
    const list = this.#commands.name('commands');
    const key = this.#commands.name(`command:${envelope.id}`);
    try {
      await this.#commands.client
        .multi()
        .set(key, JSON.stringify(envelope), 'PXAT', deadlineAt)
        .rpush(list, envelope.id)
        .ltrim(list, -LIST_MAX, -1)
        .pexpire(list, LIST_LIFE_MS)
        .exec();
    } catch (cause) {
      throw new CallControlAway('redis did not take the command', { cause });
    }
  }

  #readClock(): void {
    if (!this.#commands.ready) return;
    this.#commands.client.time().then(
      ([seconds, microseconds]) => {
        this.#aheadMs = Number(seconds) * 1000 + Number(microseconds) / 1000 - performance.now();
      },
      (err: Error) => {
        // The link's own watch decides whether the connection is dead; the last reading serves until then.
        if (this.#aheadMs !== null) this.#log.warn({ err }, 'the clock of redis could not be read');
        else this.#commands.startOver(err, 'the clock of redis could not be read');
      },
    );
  }

  #settle(text: string): void {
    const letter = readJson<ReplyEnvelope>(text);
    // A reply after its time, or a second one, finds nobody waiting.
    if (letter !== null) this.#pending.get(letter.id)?.(letter.reply);
  }
}
