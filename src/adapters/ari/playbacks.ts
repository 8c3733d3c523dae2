/** The playbacks that are on, by channel: so that each ends once, also when its channel left. */
export class PlaybackLedger {
  readonly #entries = new Map<string, { readonly channel: string; stopped: boolean }>();

  add(playback: string, channel: string): void {
    if (!this.#entries.has(playback)) this.#entries.set(playback, { channel, stopped: false });
  }

  stopping(playback: string): void {
    const entry = this.#entries.get(playback);
    if (entry !== undefined) entry.stopped = true;
  }

  on(channel: string): readonly string[] {
    return [...this.#entries].filter(([, entry]) => entry.channel === channel).map(([playback]) => playback);
  }

  /** Null when it ended before. */
  end(playback: string): { readonly channel: string; readonly stopped: boolean } | null {
    const entry = this.#entries.get(playback);
    if (entry === undefined) return null;
    this.#entries.delete(playback);
    return entry;
  }
}
