import { LEG_TONE_MOST_MS } from '../../domain/agents/persistent-leg.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandOutcome, HangupReason, Media, Switch, SwitchEvent } from '../ports/switch.ts';
import type { LegBook, PersistentLeg } from './persistent-leg-book.ts';
import type { LegKeeper } from './persistent-leg-keeper.ts';

interface LoanParts {
  readonly inner: Switch;
  readonly book: LegBook;
  readonly clock: Clock;
  readonly keeper: LegKeeper;
  tone(): Media | null;
  /** To whoever hears the switch as calls know it. */
  tell(event: SwitchEvent): void;
}

/**
 * A leg that stays up, on loan to a call: it begins with a tone, whose end is the call's answer, and ends with the leg
 * given back as it was. What is done with one leg is done in turn, so that a new loan finds the last one cleared away.
 */
export class LegLoans {
  readonly #parts: LoanParts;

  constructor(parts: LoanParts) {
    this.#parts = parts;
  }

  lend(leg: PersistentLeg, call: string): Promise<CommandOutcome> {
    this.#parts.book.lend(leg, call);
    return this.inTurn(leg, () => this.#soundTone(leg, call));
  }

  /** Out of the talk, and as it was before: the next call finds it so. */
  async giveBack(leg: PersistentLeg, call: string, reason: HangupReason): Promise<CommandOutcome> {
    const { inner, book, keeper, tell } = this.#parts;
    const { tone } = leg;
    book.takeBack(leg);
    await this.inTurn(leg, async () => {
      if (tone !== null) await inner.stopPlayback(tone);
      await this.#part(leg);
      if (leg.hasMusic) await inner.stopMusic(leg.channel);
      leg.hasMusic = false;
      if (leg.isMuted) await this.#unmute(leg);
    });
    tell({ type: 'ended', channel: call, reason, cause: 16 });
    keeper.moved(leg.phone);
    return { kind: 'done' };
  }

  toneOver(leg: PersistentLeg, playback: string): void {
    if (leg.tone !== playback || leg.lentTo === null) return;
    leg.tone = null;
    leg.cancelTone?.();
    this.#parts.tell({ type: 'answered', channel: leg.lentTo });
  }

  inTurn<T>(leg: PersistentLeg, work: () => Promise<T>): Promise<T> {
    const done = leg.chain.then(work);
    leg.chain = done.catch(() => undefined);
    return done;
  }

  async #soundTone(leg: PersistentLeg, call: string): Promise<CommandOutcome> {
    const { inner, clock, keeper, tone, book } = this.#parts;
    if (leg.isMuted) await this.#unmute(leg);
    if (leg.lentTo !== call) return { kind: 'gone' };
    const media = tone();
    const playback = book.newTone(leg);
    const outcome = media === null ? null : await inner.play(leg.channel, playback, [media]);
    if (outcome?.kind === 'gone') {
      // It has ended, and the word of it is late or lost: found out before a citizen is put on it.
      if (book.drop(leg)) keeper.ended(leg.phone, 'unknown');
      return { kind: 'refused', reason: 'the leg of the phone has broken off' };
    }
    // Without a tone the agent is startled; without an agent the citizen is left waiting.
    if (outcome?.kind === 'done') {
      leg.cancelTone = clock.after(LEG_TONE_MOST_MS, () => this.toneOver(leg, playback));
    } else this.toneOver(leg, playback);
    keeper.moved(leg.phone);
    return { kind: 'done' };
  }

  /** Twice, before the next look at the switch has to find it: who is left in there hears what is not for him. */
  async #part(leg: PersistentLeg): Promise<void> {
    const { inner } = this.#parts;
    const { bridge, channel } = leg;
    if (bridge === null) return;
    leg.bridge = null;
    const { kind } = await inner.unbridge(bridge, channel);
    if (kind === 'unknown' || kind === 'refused') await inner.unbridge(bridge, channel);
  }

  async #unmute(leg: PersistentLeg): Promise<void> {
    const { kind } = await this.#parts.inner.mute(leg.channel, false);
    leg.isMuted = kind === 'unknown' || kind === 'refused';
  }
}
