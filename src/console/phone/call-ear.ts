import { measure } from './call-quality.ts';
import { keptDevice } from './kept-devices.ts';
import type { CallQuality, Counted } from './opinion.ts';
import { type TalkFigures, TalkSum } from './talk-figures.ts';

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
  #sum = new TalkSum();

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
    let at = performance.now();
    this.#looks = window.setInterval(async () => {
      const now = connection();
      const seen = now === null ? null : await measure(now, before);
      const seconds = (performance.now() - at) / 1000;
      at = performance.now();
      if (seen === null) {
        this.#events.quality(null);
        return;
      }
      this.#sum.add(seconds, seen.since, seen.quality);
      before = seen.counted;
      this.#events.quality(seen.quality);
    }, LOOK_EVERY_MS);
  }

  /** How it was heard since this was asked last; null: that is not known. */
  take(): TalkFigures | null {
    const figures = this.#sum.figures();
    this.#sum = new TalkSum();
    return figures;
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
