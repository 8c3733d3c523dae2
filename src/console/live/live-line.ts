import type { LiveMessage } from './messages.ts';

/** No word for so long: the line is dead, whatever the browser believes. A beat comes every 5 s. */
const SILENCE_MS = 12_000;
const HEARTBEAT_MS = 30_000;
const RETRY_MS = [300, 1_000, 2_000, 4_000, 8_000] as const;
/** The server's word that this session is over: no use to come back. */
const SESSION_ENDED = 4401;

export interface LiveLineEvents {
  message(message: LiveMessage): void;
  /** `open` when messages flow, `cut` from the moment that they do not. */
  state(state: 'open' | 'cut'): void;
  sessionEnded(): void;
}

/**
 * One WebSocket to the live picture that comes back by itself, with what it last knew, for as long as it is not closed.
 * Modes: connecting -> open -> cut -> (wait) -> connecting; closed from each.
 */
export class LiveLine {
  readonly #events: LiveLineEvents;
  #socket: WebSocket | null = null;
  #timers: number[] = [];
  #silence = 0;
  #tries = 0;
  #at: { readonly epoch: string; seq: number } | null = null;
  #closed = false;

  constructor(events: LiveLineEvents) {
    this.#events = events;
    window.addEventListener('online', this.#hurry);
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener('online', this.#hurry);
    this.#drop();
  }

  /** The network is back: not worth waiting out the pause. */
  readonly #hurry = (): void => {
    if (this.#socket?.readyState !== WebSocket.OPEN) this.#connect();
  };

  #connect(): void {
    this.#drop();
    if (this.#closed) return;
    const address = new URL('/v1/live', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.#at !== null) {
      address.searchParams.set('epoch', this.#at.epoch);
      address.searchParams.set('after', String(this.#at.seq));
    }
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#listen(socket);
    socket.onopen = () => {
      const beat = (): void => socket.send('{"type":"heartbeat"}');
      beat();
      this.#timers.push(window.setInterval(beat, HEARTBEAT_MS));
    };
    socket.onmessage = ({ data }) => {
      this.#listen(socket);
      this.#take(JSON.parse(String(data)) as LiveMessage);
    };
    socket.onclose = ({ code }) => this.#lost(socket, code);
  }

  #take(message: LiveMessage): void {
    if (message.type === 'snapshot' || message.type === 'resumed') {
      this.#tries = 0;
      const { epoch, seq } = message;
      // A change that this page resumes from is numbered on; a snapshot begins anew.
      if (message.type === 'snapshot' || epoch !== this.#at?.epoch)
        this.#at = epoch === null || seq === null ? null : { epoch, seq };
      this.#events.message(message);
      this.#events.state('open');
      return;
    }
    if (message.seq !== undefined && message.seq !== null && this.#at !== null && message.type !== 'beat')
      this.#at.seq = message.seq;
    // Another writer: what it numbers has nothing to do with what we remember, so the next time everything is asked for.
    if (message.type === 'beat' && message.epoch !== this.#at?.epoch) this.#at = null;
    this.#events.message(message);
  }

  /** Starts the silence over. */
  #listen(socket: WebSocket): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => this.#lost(socket, 0), SILENCE_MS);
  }

  #lost(socket: WebSocket, code: number): void {
    if (socket !== this.#socket || this.#closed) return;
    this.#drop();
    if (code === SESSION_ENDED) {
      this.#closed = true;
      this.#events.sessionEnded();
      return;
    }
    this.#events.state('cut');
    const pause = RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)] ?? 8_000;
    this.#tries += 1;
    // A thousand pages that were cut together do not come back together.
    this.#timers.push(window.setTimeout(() => this.#connect(), pause * (0.5 + Math.random())));
  }

  #drop(): void {
    for (const timer of this.#timers) window.clearTimeout(timer);
    window.clearTimeout(this.#silence);
    this.#timers = [];
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
