/** One bridge of ours may be two of Asterisk's, one after the other: see `TalkBridges`. */
const MIXED = '~m';
export const mixedName = (bridge: string): string => `${bridge}${MIXED}`;
export const isMixedName = (name: string): boolean => name.endsWith(MIXED);
/** Ours, by Asterisk's. */
export const ownName = (name: string): string => (isMixedName(name) ? name.slice(0, -MIXED.length) : name);

/**
 * Who is in which bridge, as Asterisk tells it. It answers a command to part before the channels have left, and a sound
 * that is played to one that is still on its way out is swallowed: it is neither heard nor ever told to have ended.
 */
export class BridgeLedger {
  readonly #in = new Map<string, Set<string>>();
  readonly #waiting = new Set<() => void>();

  entered(channel: string, bridge: string): void {
    const inside = this.#in.get(bridge);
    if (inside === undefined) this.#in.set(bridge, new Set([channel]));
    else inside.add(channel);
  }

  left(channel: string, bridge: string): void {
    const inside = this.#in.get(bridge);
    if (inside === undefined) return;
    inside.delete(channel);
    if (inside.size === 0) this.#in.delete(bridge);
    for (const look of [...this.#waiting]) look();
  }

  /** The channel is no more. */
  ended(channel: string): void {
    for (const bridge of [...this.#in.keys()]) this.left(channel, bridge);
  }

  /** What was told before a connection was lost may be over. */
  forget(): void {
    this.#in.clear();
    for (const look of [...this.#waiting]) look();
  }

  /** Resolves when the channel, or everybody, has left the bridge; after `limitMs` at the latest. */
  parted(bridge: string, channel: string | null, limitMs: number): Promise<void> {
    const gone = (): boolean => {
      const inside = this.#in.get(bridge);
      return inside === undefined || (channel !== null && !inside.has(channel));
    };
    if (gone()) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const look = (): void => {
        if (gone()) done();
      };
      const timer = setTimeout(done, limitMs);
      this.#waiting.add(look);
    });
  }
}
