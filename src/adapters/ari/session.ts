import type { Tenure } from '../../app/ports/tenure.ts';
import { type Frame, readFrame } from './frame.ts';
import { type AriClient, type AriSocket, loadClient, takeBackAll } from './library.ts';
import { within } from './within.ts';

export interface AriLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface AriEndpoint {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly app: string;
  readonly connectTimeoutMs: number;
  /** A ping each `heartbeatMs`; a socket silent for `silenceMs` is given up, half-open or not. */
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  readonly tenure: Tenure;
}

interface SessionListener {
  frame(frame: Frame): void;
  /** Once, also after `close`. */
  closed(reason: string, silentMs: number): void;
}

const REMEMBERED = 64;

/**
 * One connection to one run of Asterisk: open, then closed for good; the supervisor makes the next one. ari-client's
 * own handler would end the process at an event type it does not know and at bad JSON, and its own reconnect gives up
 * after 43 s and reads no new description of the API: both are switched off here.
 */
export class AriSession {
  readonly client: AriClient;
  readonly #socket: AriSocket;
  readonly #listener: SessionListener;
  readonly #log: AriLog;
  readonly #recent: string[] = [];
  #heartbeat: NodeJS.Timeout | null = null;
  #heardAt = Date.now();
  #closed = false;

  private constructor(client: AriClient, socket: AriSocket, listener: SessionListener, log: AriLog) {
    this.client = client;
    this.#socket = socket;
    this.#listener = listener;
    this.#log = log;
  }

  /**
   * Rejects when Asterisk is away, refuses the credentials or does not answer in time, and while another call control may
   * be the active one: Asterisk gives the application to whoever asked last, so a process that was frozen would take it
   * from its successor.
   */
  static async open(at: AriEndpoint, listener: SessionListener, log: AriLog): Promise<AriSession> {
    const began = performance.now();
    const client = await within(
      at.connectTimeoutMs,
      loadClient(at.url, at.user, at.password),
      'no API description',
    );
    if (client.channels?.create === undefined || client.events?.claimChannel === undefined) {
      throw new Error('Asterisk is still loading, or older than 22.10.1');
    }
    if (!(await at.tenure.settled(at.connectTimeoutMs))) {
      throw new Error('another call control may be the active one');
    }
    client._wsClosed = true;
    // Its promise never settles with reconnecting off; what matters is the socket that it makes at once.
    void client.start(at.app);
    const socket = client._ws;
    if (socket === undefined) throw new Error('ari-client made no socket');
    const session = new AriSession(client, socket, listener, log);
    try {
      await within(at.connectTimeoutMs, session.#opened(), 'no event socket');
    } catch (error) {
      session.#finish('did not open');
      throw error;
    }
    log.info({ tookMs: Math.round(performance.now() - began) }, 'connected to the switch');
    session.#beat(at.heartbeatMs, at.silenceMs);
    return session;
  }

  /** With what was asked over it and not answered: a command must not arrive behind what the next connection does. */
  giveUp(reason: string): void {
    if (!this.#closed) this.#socket.close();
    this.#finish(reason);
    takeBackAll(this.client);
  }

  #opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = this.#socket;
      socket.removeAllListeners('message');
      socket.on('message', (data: unknown) => this.#message(String(data)));
      socket.on('pong', () => this.#heard());
      socket.on('open', () => resolve());
      socket.on('error', (error: Error) => reject(error));
      socket.on('close', (code: number) => {
        reject(new Error(`socket closed (${code})`));
        this.#finish(`socket closed (${code})`);
      });
    });
  }

  #message(data: string): void {
    this.#heard();
    if (this.#closed) return;
    const reading = readFrame(data);
    switch (reading.kind) {
      case 'broken':
        this.#log.warn({ reason: reading.reason }, 'the switch sent an event that cannot be read');
        return;
      case 'other':
        return;
      case 'frame': {
        if (this.#recent.includes(reading.key)) return;
        this.#recent.push(reading.key);
        if (this.#recent.length > REMEMBERED) this.#recent.shift();
        this.#listener.frame(reading.frame);
        return;
      }
      default:
        reading satisfies never;
    }
  }

  #heard(): void {
    this.#heardAt = Date.now();
  }

  #beat(everyMs: number, silenceMs: number): void {
    this.#heard();
    this.#heartbeat = setInterval(() => {
      const silentMs = Date.now() - this.#heardAt;
      if (silentMs > silenceMs) this.#finish(`silent for ${silenceMs} ms`, silentMs);
      else if (this.#socket.readyState === 1) this.#socket.ping();
    }, everyMs);
  }

  #finish(reason: string, silentMs = 0): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
    // An error of a socket that is given up concerns nobody; without a listener it would end the process.
    this.#socket.on('error', () => undefined);
    const socket = this.#socket;
    // A polite close waits for the other side; a dead one never answers.
    setTimeout(() => socket.terminate(), 500).unref();
    this.#listener.closed(reason, silentMs);
  }
}
