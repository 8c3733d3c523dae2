import type { Frame } from './frame.ts';
import { type AriEndpoint, type AriLog, AriSession } from './session.ts';

/** What the supervisor tells: the session is ready to be resynchronised, a frame came, the session is over. */
interface Supervised {
  /** Reads the switch's state and announces it. A rejection counts as a failed connection. */
  opened(session: AriSession): Promise<void>;
  frame(frame: Frame): void;
  /** `silentMs`: how long nothing had been heard by then. */
  closed(reason: string, silentMs: number): void;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * Keeps one session alive for as long as it is started. Modes:
 *   stopped -> connecting -> up -> waiting -> connecting …      back-off with jitter, without end
 *   up -> fenced -> connecting                                   another call control took the application: this one
 *                                                                stays away for `fencedMs` instead of fighting for it
 */
export class Supervisor {
  readonly #at: AriEndpoint;
  readonly #fencedMs: number;
  readonly #on: Supervised;
  readonly #log: AriLog;
  #session: AriSession | null = null;
  #retry: NodeJS.Timeout | null = null;
  #failures = 0;
  /** Raised by every start, stop and attempt: what belongs to an older one is not heard. */
  #generation = 0;
  #running = false;

  constructor(at: AriEndpoint, fencedMs: number, on: Supervised, log: AriLog) {
    this.#at = at;
    this.#fencedMs = fencedMs;
    this.#on = on;
    this.#log = log;
  }

  get session(): AriSession | null {
    return this.#session;
  }

  /** Resolves at the end of the first attempt, however it went. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#attempt();
  }

  stop(): void {
    this.#running = false;
    this.#generation += 1;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#session?.giveUp('stopped');
    this.#session = null;
  }

  /** The application has a newer owner. */
  fence(): void {
    this.#drop('another call control took over', this.#fencedMs);
  }

  async #attempt(): Promise<void> {
    this.#generation += 1;
    const generation = this.#generation;
    const current = () => this.#running && generation === this.#generation;
    let session: AriSession | null = null;
    try {
      session = await AriSession.open(
        this.#at,
        {
          frame: (frame) => {
            if (current()) this.#on.frame(frame);
          },
          closed: (reason, silentMs) => {
            if (current() && this.#session !== null) this.#drop(reason, this.#delay(), silentMs);
          },
        },
        this.#log,
      );
      if (!current()) {
        session.giveUp('stopped');
        return;
      }
      this.#session = session;
      await this.#on.opened(session);
      if (current()) this.#failures = 0;
    } catch (error) {
      if (!current()) {
        session?.giveUp('stopped');
        return;
      }
      this.#drop(error instanceof Error ? error.message : String(error), this.#delay());
    }
  }

  #drop(reason: string, delayMs: number, silentMs = 0): void {
    const session = this.#session;
    this.#session = null;
    this.#generation += 1;
    session?.giveUp(reason);
    this.#log.warn({ reason, retryInMs: delayMs }, 'the switch is out of reach');
    this.#on.closed(reason, silentMs);
    this.#retry = setTimeout(() => void this.#attempt(), delayMs);
  }

  #delay(): number {
    const whole = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    this.#failures = Math.min(this.#failures + 1, 20);
    return Math.round(whole * (0.5 + Math.random() / 2));
  }
}
