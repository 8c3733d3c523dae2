import type { CommandOutcome } from '../../app/ports/switch.ts';
import { type Tenure, UNCONTESTED } from '../../app/ports/tenure.ts';
import { type AmiAddress, AmiRefusal, AmiSession } from './session.ts';

export interface AmiOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly commandTimeoutMs?: number;
  /** Whether this process is the active call control; without a word it is. */
  readonly tenure?: Tenure;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

export interface AmiUser {
  /** Before a new connection counts as one; rejects when Asterisk is not ready for it yet. */
  ready(session: AmiSession): Promise<void>;
  /** It counts: what was wanted meanwhile is asked for again. */
  opened(): Promise<void>;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
const HEARTBEAT_MS = 5_000;

/**
 * The one way to the manager interface, shared by whoever needs it. Modes: stopped -> connecting <-> connected; it
 * connects for ever, with jittered back-off, and looks every few seconds whether it is answered.
 */
export class AmiLink {
  readonly #options: AmiOptions;
  readonly #at: AmiAddress;
  #user: AmiUser = { ready: () => Promise.resolve(), opened: () => Promise.resolve() };
  #session: AmiSession | null = null;
  #retry: NodeJS.Timeout | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  #failures = 0;
  #running = false;

  constructor(options: AmiOptions) {
    this.#options = options;
    this.#at = { ...options, commandTimeoutMs: options.commandTimeoutMs ?? 3_000 };
  }

  /** Set before `start`. */
  use(user: AmiUser): void {
    this.#user = user;
  }

  get session(): AmiSession | null {
    return this.#session;
  }

  /** Resolves at the end of the first attempt. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#connect();
  }

  stop(): Promise<void> {
    this.#running = false;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#close();
    return Promise.resolve();
  }

  async send(action: string, fields: Readonly<Record<string, string>>): Promise<CommandOutcome> {
    const { tenure = UNCONTESTED } = this.#options;
    if (!tenure.holds() && !(await tenure.settled(this.#at.commandTimeoutMs))) {
      return { kind: 'unknown', reason: 'another call control may be the active one' };
    }
    const session = this.#session;
    if (session === null) return { kind: 'unknown', reason: 'the manager interface is out of reach' };
    try {
      await session.send(action, fields);
      return { kind: 'done' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async #connect(): Promise<void> {
    let session: AmiSession | null = null;
    try {
      const opened = await AmiSession.open(this.#at, (reason) => {
        if (this.#session === opened) this.#lost(reason);
      });
      session = opened;
      await this.#user.ready(opened);
      if (!this.#running) {
        opened.close();
        return;
      }
      this.#session = opened;
      this.#failures = 0;
      this.#heartbeat = setInterval(() => void this.#beat(opened), HEARTBEAT_MS);
      await this.#user.opened();
      this.#options.log.info({}, 'the manager interface is connected');
    } catch (error) {
      session?.close();
      this.#lost(error instanceof Error ? error.message : String(error));
    }
  }

  /** A half-open connection answers nothing. */
  async #beat(session: AmiSession): Promise<void> {
    try {
      await session.send('Ping');
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the manager interface does not answer');
      session.close();
    }
  }

  #lost(reason: string): void {
    this.#close();
    if (!this.#running) return;
    const whole = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    this.#failures = Math.min(this.#failures + 1, 20);
    const delayMs = Math.round(whole * (0.5 + Math.random() / 2));
    this.#options.log.warn({ reason, retryInMs: delayMs }, 'the manager interface is out of reach');
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), delayMs);
  }

  #close(): void {
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
    this.#heartbeat = null;
    const session = this.#session;
    this.#session = null;
    session?.close();
  }
}

/** AMI's sentences in our words. */
export function outcomeOf(error: unknown): CommandOutcome {
  const said = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AmiRefusal)) return { kind: 'unknown', reason: said };
  if (/already there/i.test(said)) return { kind: 'exists' };
  if (/not there|not in queue|no such channel/i.test(said)) return { kind: 'gone' };
  return { kind: 'refused', reason: said };
}
