import type { PhoneLeg } from '../../domain/agents/presence.ts';

interface PhoneLine {
  reachable: boolean;
  foreignChannels: number;
  /** Of a phone that has a persistent one. */
  leg: PhoneLeg;
}

/** What the switch has told of each phone, of whom it may be: a phone is there before its agent takes it into use. */
export class PhoneLines {
  readonly #lines = new Map<string, PhoneLine>();

  of(phone: string): PhoneLine {
    let line = this.#lines.get(phone);
    if (line === undefined) {
      line = { reachable: false, foreignChannels: 0, leg: 'down' };
      this.#lines.set(phone, line);
    }
    return line;
  }

  nothingProven(): void {
    for (const line of this.#lines.values()) {
      line.reachable = false;
      line.foreignChannels = 0;
    }
  }
}
