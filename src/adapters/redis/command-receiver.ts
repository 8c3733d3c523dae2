import type { CommandReply } from '../../app/ports/command-reply.ts';
import type { AgentCommand, CommandReceiver } from '../../app/ports/commands.ts';
import { type Tenure, UNCONTESTED } from '../../app/ports/tenure.ts';
import type { CommandEnvelope, ReplyEnvelope } from './command-sender.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

type Handler = (command: AgentCommand) => Promise<CommandReply>;

const BLOCK_S = 2;
/** Redis looks at the time of those who wait now and then only, and we are not always at once there to hear it. */
const ANSWERED_WITHIN_MS = BLOCK_S * 1000 + 2000;
const IDLE_RETRY_MS = 200;
/** As long as the sender waits for it, at the most. */
const REPLIES_WITHIN_MS = 2000;
const REPLY_AGAIN_MS = 50;
/** This process stood still (frozen, or starved) between asking for a command and reading it: who sent it has given up. */
const TAKEN_WITHIN_MS = 500;
/** A command that comes a second time under its id gets the first answer again for as long as this many later ones. */
const REMEMBERED = 2000;

/**
 * Modes: idle (no handler yet) -> taking -> closed. Only the active call control sets a handler. Handlers start in
 * the order of arrival and run side by side, so that one slow answer does not hold up the other agents.
 */
export class RedisCommandReceiver implements CommandReceiver {
  readonly #take: RedisLink;
  readonly #answer: RedisLink;
  readonly #log: RedisLog;
  readonly #tenure: Tenure;
  readonly #answers = new Map<string, Promise<CommandReply>>();
  #handler: Handler | null = null;
  #loop: Promise<void> | null = null;
  #closing = new AbortController();

  /** While another call control may be the active one nothing is taken, nor answered. */
  constructor(url: string, log: RedisLog, tenure: Tenure = UNCONTESTED) {
    this.#log = log;
    this.#tenure = tenure;
    this.#take = new RedisLink(url, 'blocking', log);
    this.#answer = new RedisLink(url, 'command', log);
  }

  onCommand(handler: Handler): void {
    this.#handler = handler;
    this.#loop ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#take.close(), this.#answer.close()]);
    await this.#loop;
  }

  async #run(): Promise<void> {
    const list = this.#take.name('commands');
    while (!this.#closing.signal.aborted) {
      try {
        if (!(await this.#tenure.settled(IDLE_RETRY_MS))) continue;
        const popped = await this.#take.answered(ANSWERED_WITHIN_MS, this.#take.client.blpop(list, BLOCK_S));
        if (popped === null) continue;
        // Gone: past its deadline, or another receiver has it.
        const askedAt = performance.now();
        const key = this.#take.name(`command:${popped[1]}`);
        const text = await this.#take.answered(ANSWERED_WITHIN_MS, this.#take.client.getdel(key));
        if (text === null) continue;
        const leftMs = TAKEN_WITHIN_MS - (performance.now() - askedAt);
        if (leftMs > 0 && (await this.#tenure.settled(leftMs))) this.#execute(text);
        else this.#log.warn({}, 'a command was taken too slowly and is not carried out');
      } catch (err) {
        if (this.#closing.signal.aborted) return;
        if (this.#take.ready) this.#log.warn({ err }, 'could not take a command');
        await pause(IDLE_RETRY_MS, this.#closing.signal);
      }
    }
  }

  #execute(text: string): void {
    const envelope = parsed(text);
    if (envelope === null) {
      this.#log.warn({ bytes: text.length }, 'a command that nobody can read was thrown away');
      return;
    }
    const answer = this.#answers.get(envelope.id) ?? this.#decide(envelope.command);
    this.#answers.set(envelope.id, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= REMEMBERED) break;
      this.#answers.delete(oldest);
    }
    answer
      .then((reply) => this.#reply(envelope.replyTo, { id: envelope.id, reply }))
      .catch((err: unknown) => this.#log.warn({ err, command: envelope.command.kind }, 'a reply got lost'));
  }

  /**
   * Until somebody has heard it, for as long as the sender waits. In the moments after Redis came back one of the links
   * may still be on its way here, or the sender's ear is; and while it is in doubt whether another call control has taken
   * over, nothing is said.
   */
  async #reply(replyTo: string, letter: ReplyEnvelope): Promise<void> {
    const givesUpAt = performance.now() + REPLIES_WITHIN_MS;
    for (;;) {
      let trouble: unknown = new Error('another call control may be the active one');
      try {
        if (await this.#tenure.settled(Math.max(0, givesUpAt - performance.now()))) {
          if ((await this.#answer.client.publish(replyTo, JSON.stringify(letter))) > 0) return;
          trouble = new Error('nobody listens for it');
        }
      } catch (err) {
        trouble = err;
      }
      const leftMs = givesUpAt - performance.now();
      if (leftMs <= 0 || this.#closing.signal.aborted) throw trouble;
      if (await this.#answer.whenReady(leftMs)) await pause(REPLY_AGAIN_MS, this.#closing.signal);
    }
  }

  async #decide(command: AgentCommand): Promise<CommandReply> {
    try {
      if (this.#handler === null) throw new Error('no handler');
      return await this.#handler(command);
    } catch (err) {
      this.#log.warn({ err, command: command.kind }, 'a command failed');
      return { ok: false, code: 'callControl.busy', detail: 'call control could not carry out the command' };
    }
  }
}

function parsed(text: string): CommandEnvelope | null {
  const value = readJson<Partial<CommandEnvelope>>(text);
  const fits =
    typeof value?.id === 'string' &&
    typeof value.replyTo === 'string' &&
    typeof value.command?.kind === 'string';
  return fits ? (value as CommandEnvelope) : null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
