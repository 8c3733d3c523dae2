import type { CallStore, SavedCall } from '../ports/call-store.ts';
import type { SwitchSnapshot } from '../ports/switch.ts';
import type { CallBook } from './call-book.ts';

/**
 * Citizens whom we let go of and whose end the switch has not told: it was away, or did not do it. They are kept until they
 * are seen to be gone, so that a successor lets them go as well. To it they would be strangers, and what their agent has
 * ended a talk to be taken up.
 */
export class ReleasedCalls {
  readonly #calls: CallStore;
  readonly #book: CallBook;
  /** By their calls. */
  readonly #channels = new Map<string, string>();

  constructor(calls: CallStore, book: CallBook) {
    this.#calls = calls;
    this.#book = book;
  }

  keep({ call, seq, toldMs }: SavedCall): void {
    this.#calls.save({ call, seq, toldMs });
    this.#channels.set(call.id, call.channel);
  }

  restore({ call }: SavedCall): void {
    this.#book.remember(call.id, true);
    this.#channels.set(call.id, call.channel);
  }

  seen({ channels }: SwitchSnapshot): void {
    const there = new Set(channels.map(({ channel }) => channel));
    for (const [callId, channel] of this.#channels) {
      if (there.has(channel)) continue;
      this.#channels.delete(callId);
      this.#calls.remove(callId);
    }
  }
}
