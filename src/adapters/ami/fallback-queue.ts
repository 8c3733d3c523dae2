import type { FallbackQueue } from '../../app/ports/phones.ts';
import type { CommandOutcome, PhoneName } from '../../app/ports/switch.ts';
import { type AmiAddress, AmiRefusal, AmiSession } from './session.ts';

export interface AmiOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  /** Name of the queue in queues.conf. */
  readonly queue?: string;
  readonly commandTimeoutMs?: number;
  /** Whether this process is the active call control; without a word it is. */
  readonly holds?: () => boolean;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

export interface AmiFallbackQueue extends FallbackQueue {
  /** Connects and keeps connecting. Resolves at the end of the first attempt. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

type MemberState = Parameters<FallbackQueue['setMember']>[1];

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
const HEARTBEAT_MS = 5_000;

/** Members of the dialplan's own queue, over the manager interface. */
export function createFallbackQueue(options: AmiOptions): AmiFallbackQueue {
  return new Membership(options);
}

class Membership implements AmiFallbackQueue {
  readonly #options: AmiOptions;
  readonly #at: AmiAddress;
  readonly #queue: string;
  /** Wanted by call control; applied again after each reconnection. */
  readonly #wanted = new Map<PhoneName, MemberState>();
  #session: AmiSession | null = null;
  #retry: NodeJS.Timeout | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  #failures = 0;
  #running = false;

  constructor(options: AmiOptions) {
    this.#options = options;
    this.#queue = options.queue ?? 'fallback';
    this.#at = { ...options, commandTimeoutMs: options.commandTimeoutMs ?? 3_000 };
  }

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

  async setMember(phone: PhoneName, state: MemberState): Promise<CommandOutcome> {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(phone) || /^\d+$/.test(phone)) {
      return {
        kind: 'refused',
        reason: 'a phone is named with letters, digits and "-", not with digits alone',
      };
    }
    this.#wanted.set(phone, state);
    return this.#apply(phone, state);
  }

  async members(): Promise<readonly { readonly phone: PhoneName; readonly paused: boolean }[] | null> {
    const session = this.#session;
    if (session === null) return null;
    try {
      const events = await session.list('QueueStatus', { queue: this.#queue }, 'QueueStatusComplete');
      return events
        .filter(({ event }) => event === 'QueueMember')
        .map(({ location, paused }) => ({
          phone: (location ?? '').replace(/^PJSIP\//, ''),
          paused: paused === '1',
        }));
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the fallback queue could not be read');
      return null;
    }
  }

  async #apply(phone: PhoneName, state: MemberState): Promise<CommandOutcome> {
    const place = { queue: this.#queue, interface: `PJSIP/${phone}` };
    if (state === 'absent') return this.#send('QueueRemove', place);
    const paused = state === 'paused' ? 'true' : 'false';
    const added = await this.#send('QueueAdd', { ...place, paused, stateinterface: place.interface });
    return added.kind === 'exists' ? this.#send('QueuePause', { ...place, paused }) : added;
  }

  async #send(action: string, fields: Readonly<Record<string, string>>): Promise<CommandOutcome> {
    const session = this.#session;
    if (session === null) return { kind: 'unknown', reason: 'the manager interface is out of reach' };
    if (this.#options.holds?.() === false) {
      return { kind: 'unknown', reason: 'another call control may be the active one' };
    }
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
      // The manager interface answers before the queue is loaded; members sent by then would be lost.
      const events = await opened.list('QueueStatus', { queue: this.#queue }, 'QueueStatusComplete');
      if (!events.some(({ event }) => event === 'QueueParams')) {
        throw new Error(`there is no queue "${this.#queue}" (yet)`);
      }
      if (!this.#running) {
        opened.close();
        return;
      }
      this.#session = opened;
      this.#failures = 0;
      this.#heartbeat = setInterval(() => void this.#beat(opened), HEARTBEAT_MS);
      for (const [phone, state] of this.#wanted) if (state !== 'absent') await this.#apply(phone, state);
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
function outcomeOf(error: unknown): CommandOutcome {
  const said = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AmiRefusal)) return { kind: 'unknown', reason: said };
  if (/already there/i.test(said)) return { kind: 'exists' };
  if (/not there|not in queue/i.test(said)) return { kind: 'gone' };
  return { kind: 'refused', reason: said };
}
