import type { PresenceState } from '../../domain/agents/presence.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { FallbackQueue, MemberState } from '../ports/phones.ts';

const RETRY_MS = 5_000;
/** At once on the wire: a shift change moves hundreds of agents, and the switch's management line is one socket. */
const AT_ONCE = 4;

/**
 * Written for the moment at which call control may freeze and stay away: a wrap-up would then last for ever, so who
 * wraps up is a member who can be called. Only who said that he is not ready is left alone.
 */
const MEMBER: Readonly<Record<PresenceState, MemberState>> = {
  SIGNED_OUT: 'absent',
  NOT_READY: 'paused',
  READY: 'available',
  RINGING: 'available',
  TALKING: 'available',
  WRAP_UP: 'available',
};

/**
 * Keeps the dialplan's own queue in step with who is signed in, for the time when call control is away. Always tries
 * to reach the latest wanted state; nobody waits for it.
 */
export class FallbackMirror {
  readonly #queue: FallbackQueue;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #wanted = new Map<string, MemberState>();
  readonly #dirty = new Set<string>();
  readonly #running = new Set<string>();
  #retry: (() => void) | null = null;
  #compareAgain = false;
  #stopped = false;

  constructor(queue: FallbackQueue, clock: Clock, log: Log) {
    this.#queue = queue;
    this.#clock = clock;
    this.#log = log;
  }

  /** `isStanding`: the leg of the phone stays up. */
  want(phone: string, state: PresenceState, isStanding = false): void {
    const member = isStanding && MEMBER[state] === 'available' ? 'standing' : MEMBER[state];
    // Who was never in it need not be taken out; who is in it from before comes up in `resync`.
    if ((this.#wanted.get(phone) ?? 'absent') === member) return;
    this.#wanted.set(phone, member);
    this.#dirty.add(phone);
    this.#pump();
  }

  /** After the switch came (back): it may have forgotten everybody, or remember somebody who left. */
  async resync(): Promise<void> {
    for (const [phone, member] of this.#wanted) if (member !== 'absent') this.#dirty.add(phone);
    const members = await this.#queue.members();
    this.#compareAgain = members === null;
    if (members === null) this.#later();
    for (const { phone } of members ?? []) {
      if ((this.#wanted.get(phone) ?? 'absent') === 'absent') {
        this.#wanted.set(phone, 'absent');
        this.#dirty.add(phone);
      }
    }
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    this.#retry?.();
  }

  #pump(): void {
    for (const phone of this.#dirty) {
      if (this.#stopped || this.#running.size >= AT_ONCE) return;
      if (this.#running.has(phone)) continue;
      this.#dirty.delete(phone);
      this.#running.add(phone);
      this.#set(phone).catch((err: unknown) => this.#log.error({ err, phone }, 'fallback queue failed'));
    }
  }

  async #set(phone: string): Promise<void> {
    const member = this.#wanted.get(phone) ?? 'absent';
    try {
      const outcome = await this.#queue.setMember(phone, member);
      if (outcome.kind === 'unknown') {
        this.#dirty.add(phone);
        this.#later();
        return;
      }
      if (outcome.kind === 'refused') {
        this.#log.warn({ phone, member, reason: outcome.reason }, 'the fallback queue refused a member');
      }
    } finally {
      this.#running.delete(phone);
    }
    this.#pump();
  }

  #later(): void {
    this.#retry ??= this.#clock.after(RETRY_MS, () => {
      this.#retry = null;
      this.#pump();
      if (this.#compareAgain) {
        this.resync().catch((err: unknown) => this.#log.error({ err }, 'fallback queue failed'));
      }
    });
  }
}
