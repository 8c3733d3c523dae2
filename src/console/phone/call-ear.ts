import { type CallQuality, type Counted, measure } from './call-quality.ts';
import { keptDevice } from './kept-devices.ts';

const LOOK_EVERY_MS = 5_000;

export interface CallEarEvents {
  /** The browser plays nothing before somebody has clicked on the page. */
  blocked(blocked: boolean): void;
  quality(now: CallQuality | null): void;
}

/** Plays the other side, and looks every few seconds how well it arrives. */
export class CallEar {
  readonly #events: CallEarEvents;
  readonly #player = new Audio();
  #looks = 0;

  constructor(events: CallEarEvents) {
    this.#events = events;
    this.#player.autoplay = true;
  }

  /** null: nobody is heard any more. */
  hear(stream: MediaStream | null, connection: () => RTCPeerConnection | null): void {
    window.clearInterval(this.#looks);
    this.#events.quality(null);
    this.#player.srcObject = stream;
    if (stream === null) {
      this.#events.blocked(false);
      return;
    }
    void this.#useLoudspeaker();
    this.allow();
    let before: Counted | null = null;
    this.#looks = window.setInterval(async () => {
      const now = connection();
      const seen = now === null ? null : await measure(now, before);
      if (seen === null) return;
      before = seen.counted;
      this.#events.quality(seen.quality);
    }, LOOK_EVERY_MS);
  }

  /** From a click: now it may be played. */
  allow(): void {
    this.#player.play().then(
      () => this.#events.blocked(false),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.#events.blocked(true);
        // Over before it began.
        else if (!(error instanceof DOMException)) throw error;
      },
    );
  }

  async #useLoudspeaker(): Promise<void> {
    if (!('setSinkId' in this.#player)) return;
    // Unplugged since it was chosen: the system's own.
    await this.#player.setSinkId(keptDevice('loudspeaker')).catch(() => this.#player.setSinkId(''));
  }
}
