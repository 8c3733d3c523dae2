import { callable } from '../../domain/agents/availability.ts';
import { inCall, type PhoneLeg, type Presence } from '../../domain/agents/presence.ts';
import type { PresenceEvent } from '../../domain/agents/presence-moves.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import type { Phone } from '../ports/phones.ts';
import { hasPersistentLeg, type Seat } from './seat.ts';
import type { SeatBook } from './seat-book.ts';
import type { SeatTimers } from './seat-timers.ts';

/** What the phones ask of the desk that they belong to. */
export interface PhonesDesk {
  readonly seats: SeatBook;
  readonly timers: SeatTimers;
  commit(seat: Seat, presence: Presence): void;
  keep(seat: Seat): void;
  apply(agentId: string, event: PresenceEvent): void;
  expectBeat(agentId: string): void;
  /** As in `DeskListener`. */
  onPhoneLeft(phone: string): void;
  onCallable(profile: AgentProfile, presence: Presence, isCallable: boolean): void;
}

/**
 * What the switch has proven of the agents' phones, and which of his phones each one uses. The phone in use changes
 * between calls only: a call in progress stays where it is. Modes: nothing proven (no switch) <-> proving.
 */
export class SeatPhones {
  readonly #desk: PhonesDesk;
  /** The switch is there: only then is a phone that is not proven a phone that is away. */
  #proving = false;

  constructor(desk: PhonesDesk) {
    this.#desk = desk;
  }

  /** From now on, or from the end of the present call on. A browser phone has a browser, so its beat is expected. */
  use(agentId: string, kind: Phone['kind']): 'done' | 'none' | 'unreachable' {
    const { seats } = this.#desk;
    const seat = seats.get(agentId);
    const phone = seat?.phones.find((one) => one.kind === kind)?.name;
    if (seat === undefined || phone === undefined) return 'none';
    const isNow = phone === seat.profile.phone;
    if (isNow ? seat.nextPhone === null : seat.nextPhone === phone) return 'done';
    if (!isNow && !seats.lines.of(phone).reachable) return 'unreachable';
    if (kind === 'browser') this.#desk.expectBeat(agentId);
    seat.nextPhone = isNow ? null : phone;
    this.#desk.commit(seat, seat.presence);
    this.#desk.keep(seat);
    return 'done';
  }

  reachable(phone: string, reachable: boolean): void {
    const { seats } = this.#desk;
    seats.lines.of(phone).reachable = reachable;
    const seat = seats.usingPhone(phone);
    if (seat === undefined || seat.presence.phoneReachable === reachable) return;
    this.#desk.commit(seat, { ...seat.presence, phoneReachable: reachable });
    const { state, callId } = seat.presence;
    this.#desk.timers.watchRinging(seat, !reachable && state === 'RINGING' ? callId : null);
    if (reachable) this.#desk.apply(seat.presence.agentId, { type: 'phoneBack' });
  }

  inUse(phone: string, foreignChannels: number): void {
    const { seats } = this.#desk;
    seats.lines.of(phone).foreignChannels = foreignChannels;
    const seat = seats.withPhone(phone);
    if (seat === undefined) return;
    const all = seats.linesOf(seat).foreignChannels;
    if (seat.presence.foreignChannels !== all) {
      this.#desk.commit(seat, { ...seat.presence, foreignChannels: all });
    }
  }

  /** Of a phone that is not rung for each call. */
  leg(phone: string, leg: PhoneLeg): void {
    const { seats } = this.#desk;
    seats.lines.of(phone).leg = leg;
    const seat = seats.usingPhone(phone);
    if (seat?.presence.leg == null || seat.presence.leg === leg) return;
    this.#desk.commit(seat, { ...seat.presence, leg });
  }

  /** The agent whose phone in use this is, and whether its leg is to be persistent. */
  userOf(phone: string): { readonly agentId: string; readonly isPersistent: boolean } | null {
    const seat = this.#desk.seats.usingPhone(phone);
    return seat === undefined
      ? null
      : { agentId: seat.profile.agentId, isPersistent: hasPersistentLeg(seat) };
  }

  /** True when this is what is believed of the phone. */
  knows(is: {
    readonly phone: string;
    readonly reachable: boolean;
    readonly foreignChannels: number;
  }): boolean {
    const { reachable, foreignChannels } = this.#desk.seats.lines.of(is.phone);
    return reachable === is.reachable && foreignChannels === is.foreignChannels;
  }

  /** The switch is away: nothing is proven any more. A ringing phone is not blamed for that. */
  nothingProven(): void {
    this.#proving = false;
    const { seats } = this.#desk;
    seats.lines.nothingProven();
    for (const seat of seats.all()) {
      this.#desk.timers.watchRinging(seat, null);
      this.#desk.commit(seat, { ...seat.presence, phoneReachable: false, foreignChannels: 0 });
    }
  }

  /** The switch is there and has told of all phones. */
  allTold(): void {
    this.#proving = true;
    for (const seat of this.#desk.seats.all()) this.watch(seat);
  }

  isReachable(agentId: string): boolean {
    return this.#desk.seats.get(agentId)?.presence.phoneReachable ?? false;
  }

  /** As in `CallContext`: a page in a browser is loaded anew within seconds; a telephone on a desk is not mended so soon. */
  rejoinsAt(agentId: string, callId: string): string | null | undefined {
    const seat = this.#desk.seats.get(agentId);
    if (seat === undefined || hasPersistentLeg(seat)) return undefined;
    const { presence, profile, phones } = seat;
    const inIt = presence.state === 'TALKING' && presence.callId === callId;
    const isPage = phones.some(({ name, kind }) => name === profile.phone && kind === 'browser');
    if (!inIt || !isPage) return undefined;
    return presence.phoneReachable ? profile.phone : null;
  }

  /** A ready agent whose phone stays away is not ready before long. */
  watch(seat: Seat): void {
    const { state, phoneReachable, foreignChannels } = seat.presence;
    const away = this.#proving && state === 'READY' && !phoneReachable && foreignChannels === 0;
    this.#desk.timers.watchPhone(seat, away);
  }

  /**
   * Between calls the phone is the one that was asked for; signed out, the one of the profile. null: the same phone as
   * before; else the presence with what is known of the other.
   */
  change(seat: Seat, next: Presence): Presence | null {
    if (inCall(next)) return null;
    const { seats, onCallable, onPhoneLeft } = this.#desk;
    const before = seat.profile.phone;
    const wanted = next.state === 'SIGNED_OUT' ? seat.configured.phone : (seat.nextPhone ?? before);
    seat.nextPhone = null;
    if (wanted === before) return null;
    if (callable(seat.presence)) onCallable(seat.profile, seat.presence, false);
    seats.changePhone(seat, wanted);
    onPhoneLeft(before);
    return { ...next, ...seats.linesOf(seat) };
  }
}
