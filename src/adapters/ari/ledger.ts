import type { HangupReason } from '../../app/ports/switch.ts';
import { hangupReason } from './vocabulary.ts';

interface Entry {
  readonly kind: 'incoming' | 'leg';
  asked: HangupReason | null;
  answered: boolean;
  dialled: boolean;
  rang: boolean;
  dialStatus: string;
  inStasis: boolean;
  leaving: boolean;
  putOut: boolean;
  travelling: boolean;
  readonly waiting: (() => void)[];
}

const REMEMBERED = 500;

export interface Ending {
  readonly reason: HangupReason;
  readonly cause: number;
  readonly putOut?: true;
}

/** The channels that are ours, and what is known of each: so that an end is told once, and a stranger is a stranger. */
export class ChannelLedger {
  readonly #entries = new Map<string, Entry>();
  readonly #past: string[] = [];

  /** The phone may still show a leg of ours for a moment after its end. */
  isOrWas(channel: string): boolean {
    return this.#entries.has(channel) || this.#past.includes(channel);
  }

  isLeg(channel: string): boolean {
    return this.#entries.get(channel)?.kind === 'leg';
  }

  isIncoming(channel: string): boolean {
    return this.#entries.get(channel)?.kind === 'incoming';
  }

  /** A leg that was answered. */
  isTalkingLeg(channel: string): boolean {
    const entry = this.#entries.get(channel);
    return entry?.kind === 'leg' && entry.answered;
  }

  ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** False when it was there already. */
  add(channel: string, kind: 'incoming' | 'leg', known: { up: boolean; inStasis: boolean }): boolean {
    if (this.#entries.has(channel)) return false;
    this.#entries.set(channel, {
      kind,
      asked: null,
      answered: known.up,
      dialled: false,
      rang: false,
      dialStatus: '',
      inStasis: known.inStasis,
      leaving: false,
      travelling: false,
      putOut: false,
      waiting: [],
    });
    return true;
  }

  /** Takes back an entry of a leg that was never made. */
  forget(channel: string): void {
    this.#release(channel);
    this.#entries.delete(channel);
  }

  asked(channel: string, reason: HangupReason): void {
    const entry = this.#entries.get(channel);
    if (entry !== undefined) entry.asked ??= reason;
  }

  /** `dial` was asked for: a second one would be an error. */
  dialled(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry !== undefined) entry.dialled = true;
  }

  isDialled(channel: string): boolean {
    return this.#entries.get(channel)?.dialled ?? false;
  }

  /** True the first time. */
  ringing(channel: string): boolean {
    const entry = this.#entries.get(channel);
    if (entry === undefined || entry.kind !== 'leg' || entry.rang || entry.answered) return false;
    entry.rang = true;
    return true;
  }

  /** True the first time. */
  answered(channel: string): boolean {
    const entry = this.#entries.get(channel);
    if (entry === undefined || entry.answered) return false;
    entry.answered = true;
    return entry.kind === 'leg';
  }

  dialStatus(channel: string, status: string): void {
    const entry = this.#entries.get(channel);
    if (entry !== undefined && status !== '') entry.dialStatus = status;
  }

  /** A hang-up is under way. */
  leaving(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry !== undefined) entry.leaving = true;
  }

  /**
   * By Asterisk, which goes down: that is told of one channel after the other, and one may end before it is told of it.
   */
  putOutAll(): void {
    for (const entry of this.#entries.values()) entry.putOut = true;
  }

  /** Also true when it has left already. */
  isLeaving(channel: string): boolean {
    return this.#entries.get(channel)?.leaving ?? true;
  }

  enteredStasis(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry === undefined) return;
    entry.inStasis = true;
    entry.travelling = false;
    this.#release(channel);
  }

  /** Sent through the dialplan, from where it comes back: leaving is no end then. `settled` waits for it. */
  travels(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry !== undefined) Object.assign(entry, { travelling: true, inStasis: false });
  }

  isTravelling(channel: string): boolean {
    return this.#entries.get(channel)?.travelling ?? false;
  }

  isInStasis(channel: string): boolean {
    return this.#entries.get(channel)?.inStasis ?? false;
  }

  /** Resolves when the channel is under our control, or at its end, or after `limitMs`: the switch then says no itself. */
  settled(channel: string, limitMs: number): Promise<void> {
    const entry = this.#entries.get(channel);
    if (entry === undefined || entry.inStasis) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      entry.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Null when it was told before, or was never ours. */
  end(channel: string, cause: number): Ending | null {
    const entry = this.#entries.get(channel);
    if (entry === undefined) return null;
    this.forget(channel);
    this.#past.push(channel);
    if (this.#past.length > REMEMBERED) this.#past.shift();
    return { reason: hangupReason(cause, entry), cause, ...(entry.putOut ? { putOut: true } : {}) };
  }

  #release(channel: string): void {
    for (const go of this.#entries.get(channel)?.waiting.splice(0) ?? []) go();
  }
}
