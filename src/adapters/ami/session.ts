import { randomUUID } from 'node:crypto';
import createManager from 'asterisk-manager';

export type AmiAnswer = Readonly<Record<string, string>>;
export class AmiRefusal extends Error {}

export interface AmiAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly commandTimeoutMs: number;
}

/**
 * One logged-in connection to the manager interface; closed once, then done with. asterisk-manager's own reconnect,
 * queue of held actions and console output are not used; its writer strips no line breaks, so nothing with a control
 * character ever reaches it.
 */
export class AmiSession {
  readonly #manager: ReturnType<typeof createManager>;
  readonly #limitMs: number;
  readonly #pending = new Map<string, (error: Error) => void>();
  readonly #lists = new Map<string, (event: AmiAnswer) => void>();
  #onClosed: (reason: string) => void = () => undefined;
  #closed = false;

  private constructor(manager: ReturnType<typeof createManager>, limitMs: number) {
    this.#manager = manager;
    this.#limitMs = limitMs;
    manager.on('close', () => this.#finish('connection closed'));
    manager.on('error', (error) => this.#finish(String(error)));
    manager.on('managerevent', (event) => this.#lists.get(String(event.actionid))?.(words(event)));
  }

  static async open(at: AmiAddress, onClosed: (reason: string) => void): Promise<AmiSession> {
    const manager = createManager(null, at.host, at.user, at.secret, false);
    const session = new AmiSession(manager, at.commandTimeoutMs);
    try {
      await session.#within('log in', (resolve, reject) => {
        manager.connect(at.port, at.host, () =>
          manager.login((error) =>
            error === undefined || error === null ? resolve() : reject(refusalOf(error)),
          ),
        );
      });
    } catch (error) {
      session.close();
      throw error;
    }
    session.#onClosed = onClosed;
    return session;
  }

  /** Rejects with `AmiRefusal` when Asterisk says no, with another error when it does not answer. */
  async send(action: string, fields: Readonly<Record<string, string>> = {}): Promise<AmiAnswer> {
    return this.#ask({ action, ...fields, actionid: randomUUID() });
  }

  /** An action that is answered with a list of events. */
  async list(
    action: string,
    fields: Readonly<Record<string, string>>,
    end: string,
  ): Promise<readonly AmiAnswer[]> {
    const id = randomUUID();
    const events: AmiAnswer[] = [];
    try {
      await this.#within(action, (resolve, reject) => {
        this.#lists.set(id, (event) => {
          if (event.event === end) resolve();
          else events.push(event);
        });
        this.#ask({ action, ...fields, actionid: id }).catch(reject);
      });
      return events;
    } finally {
      this.#lists.delete(id);
    }
  }

  close(): void {
    this.#finish('closed');
  }

  async #ask(action: Record<string, string>): Promise<AmiAnswer> {
    for (const [name, value] of Object.entries(action)) {
      if (!/^[A-Za-z]+$/.test(name) || /\p{Cc}/u.test(value)) {
        throw new AmiRefusal(`${name} holds a control character; it would be a header of its own`);
      }
    }
    let answer: AmiAnswer = {};
    await this.#within(action.action ?? 'action', (resolve, reject) => {
      this.#manager.action(action, (error, said) => {
        if (error !== undefined) return reject(refusalOf(error));
        answer = words(said);
        resolve();
      });
    });
    return answer;
  }

  #within(what: string, work: (resolve: () => void, reject: (error: Error) => void) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('connection closed'));
    const id = randomUUID();
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error(`no answer to ${what} within ${this.#limitMs} ms`))),
        this.#limitMs,
      );
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        this.#pending.delete(id);
        then();
      };
      this.#pending.set(id, (error) => settle(() => reject(error)));
      work(
        () => settle(resolve),
        (error) => settle(() => reject(error)),
      );
    });
  }

  #finish(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const fail of [...this.#pending.values()]) fail(new Error(reason));
    this.#manager.disconnect();
    this.#onClosed(reason);
  }
}

function refusalOf(error: unknown): Error {
  if (error instanceof Error) return error;
  const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return new AmiRefusal(String(said));
}

/** AMI speaks text; a header that comes twice is read once. */
function words(message: Readonly<Record<string, unknown>>): AmiAnswer {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}
