import type { Switch, SwitchEvent } from '../../../src/app/ports/switch.ts';

type OfType<T extends SwitchEvent['type']> = Extract<SwitchEvent, { type: T }>;

/** All that a switch has told, and a way to wait for what it has not told yet. */
export class EventLog {
  readonly events: SwitchEvent[] = [];
  #waiting: (() => void)[] = [];
  #react: (event: SwitchEvent) => void = () => undefined;

  listen(to: Switch): void {
    to.onEvent((event) => {
      this.events.push(event);
      for (const look of this.#waiting.splice(0)) look();
      this.#react(event);
    });
  }

  react(handler: (event: SwitchEvent) => void): void {
    this.#react = handler;
  }

  ofType<T extends SwitchEvent['type']>(type: T): OfType<T>[] {
    return this.events.filter((event): event is OfType<T> => event.type === type);
  }

  /** The first event of the type, from the mark on, that fits. */
  async next<T extends SwitchEvent['type']>(
    type: T,
    fits: (event: OfType<T>) => boolean = () => true,
    options: { readonly from?: number; readonly withinMs?: number } = {},
  ): Promise<OfType<T>> {
    const deadline = Date.now() + (options.withinMs ?? 8_000);
    for (;;) {
      const found = this.events
        .slice(options.from ?? 0)
        .find((event): event is OfType<T> => event.type === type && fits(event as OfType<T>));
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0) {
        const told = this.events.map((event) => event.type).join(' ');
        throw new Error(`no "${type}" in time; told: ${told}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Where the log stands now; what comes later is from here on. */
  get mark(): number {
    return this.events.length;
  }
}
