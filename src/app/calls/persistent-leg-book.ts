import type { LegState } from '../../domain/agents/persistent-leg.ts';

/** A leg that stays up at a phone, and the call that it is lent to. */
export interface PersistentLeg {
  readonly phone: string;
  /** At the switch: the phone's name, and a mark by which a restart knows it. */
  readonly channel: string;
  isUp: boolean;
  /** The leg of a call that this one is at the moment: what call control knows it by. */
  lentTo: string | null;
  /** The tone that the agent hears before the call that has just come. */
  tone: string | null;
  cancelTone: (() => void) | null;
  /** As far as asked for: what must be undone when the call lets go of it. */
  bridge: string | null;
  isMuted: boolean;
  hasMusic: boolean;
  /** The phone was away since it was taken up. */
  isDoubtful: boolean;
  /** A look at the switch did not find it. */
  isMissed: boolean;
  /** What is done to it is done one after the other: nobody is put on a leg that has not left its last call. */
  chain: Promise<unknown>;
}

const MARK = /^(.+)\.k\d+$/;

/** Also tells a restart what it has before it. */
export const isPersistentLegId = (channel: string): boolean => MARK.test(channel);

export const phoneOfLegId = (channel: string): string | null => MARK.exec(channel)?.[1] ?? null;

export const legStateOf = (leg: PersistentLeg | undefined): LegState =>
  leg === undefined ? 'none' : leg.lentTo !== null ? 'taken' : leg.isUp ? 'idle' : 'ringing';

/** The persistent legs there are, by phone, by channel and by the call's leg that each stands for. */
export class LegBook {
  readonly #byPhone = new Map<string, PersistentLeg>();
  readonly #byChannel = new Map<string, PersistentLeg>();
  readonly #lent = new Map<string, PersistentLeg>();
  #made: number;

  /** `made`: above all numbers that a forerunner can have used. */
  constructor(made: number) {
    this.#made = made;
  }

  all(): readonly PersistentLeg[] {
    return [...this.#byPhone.values()];
  }

  ofPhone(phone: string): PersistentLeg | undefined {
    return this.#byPhone.get(phone);
  }

  ofChannel(channel: string): PersistentLeg | undefined {
    return this.#byChannel.get(channel);
  }

  lentTo(leg: string): PersistentLeg | undefined {
    return this.#lent.get(leg);
  }

  lend(leg: PersistentLeg, to: string): void {
    leg.lentTo = to;
    this.#lent.set(to, leg);
  }

  takeBack(leg: PersistentLeg): void {
    if (leg.lentTo !== null) this.#lent.delete(leg.lentTo);
    leg.cancelTone?.();
    Object.assign(leg, { lentTo: null, tone: null, cancelTone: null });
  }

  /** A new one, of which the switch knows nothing yet. */
  make(phone: string): PersistentLeg {
    this.#made += 1;
    return this.add(phone, `${phone}.k${this.#made}`);
  }

  newTone(leg: PersistentLeg): string {
    this.#made += 1;
    leg.tone = `${leg.channel}.p${this.#made}`;
    return leg.tone;
  }

  /** For a leg that is found in a call of which nothing is known here any more. */
  newLegIn(callId: string): string {
    this.#made += 1;
    return `${callId}.a${this.#made}`;
  }

  add(phone: string, channel: string): PersistentLeg {
    const leg: PersistentLeg = {
      phone,
      channel,
      isUp: false,
      lentTo: null,
      tone: null,
      cancelTone: null,
      bridge: null,
      isMuted: false,
      hasMusic: false,
      isDoubtful: false,
      isMissed: false,
      chain: Promise.resolve(),
    };
    this.#byPhone.set(phone, leg);
    this.#byChannel.set(channel, leg);
    return leg;
  }

  /** False when it was gone already. */
  drop(leg: PersistentLeg): boolean {
    if (this.#byPhone.get(leg.phone) !== leg) return false;
    this.takeBack(leg);
    this.#byPhone.delete(leg.phone);
    this.#byChannel.delete(leg.channel);
    return true;
  }
}
