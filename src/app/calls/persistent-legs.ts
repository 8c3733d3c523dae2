import { LEG_RETRY_MS, LEG_RING_MS, LEG_TRIES_MOST, legMove } from '../../domain/agents/persistent-leg.ts';
import { legOfAgent } from '../../domain/calls/conversation/talk-of.ts';
import { CALL_TONE } from '../../domain/ivr/prompts.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { HangupReason, Switch } from '../ports/switch.ts';
import type { CallEngine } from './engine.ts';
import { LegBook, legStateOf } from './persistent-leg-book.ts';
import type { LegKeeper } from './persistent-leg-keeper.ts';
import { PersistentLegSwitch } from './persistent-leg-switch.ts';

interface PersistentLegsParts {
  readonly switch: Switch;
  readonly clock: Clock;
  readonly log: Log;
  readonly prompts: PromptStore;
  readonly desk: () => AgentDesk;
  readonly engine: () => CallEngine;
  post(work: () => void): void;
}

/** How it stands on the phone while it is to be taken up. */
const SHOWN = '常接线路，请接起';
/** Ended so, it was the agent who did it, or left it undone. */
const OWN_DOING: ReadonlySet<HangupReason> = new Set(['normal', 'busy', 'rejected', 'noAnswer']);

/**
 * Keeps up the legs of the phones that are not rung for each call: from sign-in to sign-out, again after they broke, and
 * over a restart of call control, which finds them at the switch. Decides nothing: `legMove` does.
 */
export class PersistentLegs implements LegKeeper {
  /** As calls and everybody else know it. */
  readonly switch: PersistentLegSwitch;
  readonly #parts: PersistentLegsParts;
  readonly #book: LegBook;
  readonly #toLookAt = new Set<string>();
  /** Phones whose leg was wanted at the last look. */
  readonly #wanted = new Set<string>();
  readonly #due = new Set<string>();
  /** Phones of which the switch is just being told something new. */
  readonly #held = new Set<string>();
  readonly #tries = new Map<string, number>();
  readonly #timers = new Map<string, () => void>();
  /** Without the switch nothing is known of any leg, and nobody is blamed for it. */
  #isUp = false;

  constructor(parts: PersistentLegsParts, made: number) {
    this.#parts = parts;
    this.#book = new LegBook(made);
    this.switch = new PersistentLegSwitch({
      inner: parts.switch,
      book: this.#book,
      clock: parts.clock,
      keeper: this,
      tone: () => {
        const tone = parts.prompts.media(CALL_TONE);
        if (tone === null) parts.log.warn({ prompt: CALL_TONE }, 'a prompt is missing');
        return tone;
      },
    });
  }

  /** The agent wants calls: a leg that is down is rung now. */
  want(agentId: string): void {
    const phone = this.#parts.desk().profile(agentId)?.phone;
    if (phone === undefined) return;
    this.#due.add(phone);
    this.#tries.delete(phone);
    if (this.#book.ofPhone(phone) === undefined) this.#cancelTimer(phone);
    this.lookAt(phone);
  }

  /** Something about the phone or its agent is another: looked at when the present event is worked off. */
  lookAt(phone: string): void {
    this.#toLookAt.add(phone);
  }

  /** Until the switch knows these phones as they are now: a leg that was made before has the old rules for as long as it is up. */
  async holdBack(phones: readonly string[], until: Promise<unknown>): Promise<void> {
    for (const phone of phones) this.#held.add(phone);
    await until.finally(() => {
      this.#parts.post(() => {
        for (const phone of phones) {
          this.#held.delete(phone);
          this.lookAt(phone);
        }
      });
    });
  }

  /** After whatever happened. */
  review(): void {
    while (this.#isUp && this.#toLookAt.size > 0) {
      const phones = [...this.#toLookAt].filter((phone) => !this.#held.has(phone));
      this.#toLookAt.clear();
      for (const phone of phones) this.#review(phone);
    }
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    for (const leg of this.#book.all()) leg.cancelTone?.();
  }

  #review(phone: string): void {
    const desk = this.#parts.desk();
    const user = desk.phones.userOf(phone);
    const presence = user === null ? null : desk.presence(user.agentId);
    const isWanted = user?.isPersistent === true && presence !== null && presence.state !== 'SIGNED_OUT';
    if (!isWanted) for (const set of [this.#wanted, this.#due]) set.delete(phone);
    else if (!this.#wanted.has(phone)) {
      this.#wanted.add(phone);
      this.#due.add(phone);
    }
    const leg = this.#book.ofPhone(phone);
    const state = legStateOf(leg);
    const isDoubtful = leg?.isDoubtful ?? false;
    // It is there, taken up now or found by a restart: whatever becomes of it later is judged by how it ends.
    if (leg?.isUp === true) this.#due.delete(phone);
    desk.phones.leg(phone, state === 'none' || isDoubtful ? 'down' : state === 'ringing' ? state : 'up');
    const at = presence ?? { state: 'SIGNED_OUT', phoneReachable: false, foreignChannels: 0 };
    const move = legMove(state, { isWanted, presence: at, isDue: this.#due.has(phone), isDoubtful });
    switch (move) {
      case 'ring':
        // A try that came to nothing is not repeated at once: whatever broke it may take a moment to be over.
        if (!this.#timers.has(phone)) this.#ring(phone);
        return;
      case 'hangUp':
        if (leg !== undefined) this.#inBackground(this.switch.lower(leg), 'a leg could not be hung up');
        this.#cancelTimer(phone);
        if (isDoubtful) this.#due.add(phone);
        this.lookAt(phone);
        return;
      case 'giveUp':
        if (user !== null) desk.apply(user.agentId, { type: 'legLost' });
        return;
      case 'stay':
        return;
      default:
        move satisfies never;
    }
  }

  #ring(phone: string): void {
    const { post, log } = this.#parts;
    const leg = this.#book.make(phone);
    this.#after(phone, LEG_RING_MS + LEG_RETRY_MS, () => {
      if (leg.isUp || this.#book.ofPhone(phone) !== leg) return;
      this.#inBackground(this.switch.lower(leg), 'a leg could not be hung up');
      this.#over(phone, 'noAnswer');
    });
    this.lookAt(phone);
    const ringing = this.switch
      .raise(leg, { callerNumber: '', callerName: SHOWN, ringTimeoutMs: LEG_RING_MS })
      .then((outcome) => {
        if (outcome.kind === 'done' || outcome.kind === 'exists') return;
        log.warn({ phone, outcome: outcome.kind }, 'a persistent leg could not be rung');
        post(() => {
          if (this.#book.ofPhone(phone) !== leg || leg.isUp) return;
          // Without an answer of the switch it may ring all the same.
          this.#inBackground(this.switch.lower(leg), 'a leg could not be hung up');
          this.#over(phone, 'unreachable');
        });
      });
    this.#inBackground(ringing, 'a persistent leg could not be rung');
  }

  #over(phone: string, reason: HangupReason): void {
    this.#cancelTimer(phone);
    const tries = (this.#tries.get(phone) ?? 0) + 1;
    this.#tries.set(phone, tries);
    this.lookAt(phone);
    if (OWN_DOING.has(reason) || tries > LEG_TRIES_MOST) {
      this.#due.delete(phone);
      return;
    }
    this.#due.add(phone);
    this.#after(phone, LEG_RETRY_MS, () => this.lookAt(phone));
  }

  // What the switch tells, in the one line of events from here on.

  legAt(phone: string): string | null {
    const user = this.#parts.desk().phones.userOf(phone);
    if (user === null) return null;
    for (const { call } of this.#parts.engine().book.all()) {
      const leg = legOfAgent(call, user.agentId);
      if (leg !== null) return leg;
    }
    return null;
  }

  up(): void {
    this.#parts.post(() => {
      this.#isUp = true;
      const desk = this.#parts.desk();
      for (const { agentId } of desk.presences()) {
        const phone = desk.profile(agentId)?.phone;
        if (phone !== undefined) this.lookAt(phone);
      }
      for (const { phone } of this.#book.all()) this.lookAt(phone);
    });
  }

  down(): void {
    this.#parts.post(() => {
      this.#isUp = false;
    });
  }

  answered(phone: string): void {
    this.#parts.post(() => {
      this.#cancelTimer(phone);
      this.#tries.delete(phone);
      this.#due.delete(phone);
      this.lookAt(phone);
    });
  }

  ended(phone: string, reason: HangupReason): void {
    this.#parts.post(() => {
      this.#parts.log.info({ phone, reason }, 'a persistent leg has ended');
      this.#over(phone, reason);
    });
  }

  moved(phone: string): void {
    this.#parts.post(() => this.lookAt(phone));
  }

  phone(phone: string, reachable: boolean): void {
    const leg = this.#book.ofPhone(phone);
    if (leg !== undefined && !reachable) leg.isDoubtful = true;
    this.moved(phone);
  }

  #after(phone: string, ms: number, work: () => void): void {
    this.#cancelTimer(phone);
    const { clock, post } = this.#parts;
    const cancel = clock.after(ms, () => {
      this.#timers.delete(phone);
      post(work);
    });
    this.#timers.set(phone, cancel);
  }

  #cancelTimer(phone: string): void {
    this.#timers.get(phone)?.();
    this.#timers.delete(phone);
  }

  #inBackground(work: Promise<unknown>, failure: string): void {
    work.catch((err: unknown) => this.#parts.log.error({ err }, failure));
  }
}
