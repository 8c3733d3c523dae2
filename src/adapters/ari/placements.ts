/**
 * Into which bridge each channel was put last. By our own doing and not by Asterisk's word of it, which on a busy machine
 * comes after the next command.
 */
export class Placements {
  readonly #bridgeOf = new Map<string, string>();
  readonly #inside = new Map<string, Set<string>>();

  put(channel: string, bridge: string): void {
    this.take(channel);
    this.#bridgeOf.set(channel, bridge);
    const inside = this.#inside.get(bridge);
    if (inside === undefined) this.#inside.set(bridge, new Set([channel]));
    else inside.add(channel);
  }

  /** Out of wherever it is. */
  take(channel: string): void {
    const bridge = this.#bridgeOf.get(channel);
    if (bridge === undefined) return;
    this.#bridgeOf.delete(channel);
    const inside = this.#inside.get(bridge);
    inside?.delete(channel);
    if (inside?.size === 0) this.#inside.delete(bridge);
  }

  inside(bridge: string): readonly string[] {
    return [...(this.#inside.get(bridge) ?? [])];
  }

  forget(): void {
    this.#bridgeOf.clear();
    this.#inside.clear();
  }
}
