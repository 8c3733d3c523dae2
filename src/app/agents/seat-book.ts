import { type Presence, signedOut } from '../../domain/agents/presence.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import { PhoneLines } from './phone-lines.ts';
import { hasPersistentLeg, type Seat } from './seat.ts';

/** The seats by their agent and by their phones, and what is proven of each phone. Keeps; decides nothing. */
export class SeatBook {
  readonly lines = new PhoneLines();
  readonly #seats = new Map<string, Seat>();
  readonly #byPhone = new Map<string, Seat>();
  /** By each phone of the agent's, in use or not. */
  readonly #owners = new Map<string, Seat>();

  get(agentId: string): Seat | undefined {
    return this.#seats.get(agentId);
  }

  all(): IterableIterator<Seat> {
    return this.#seats.values();
  }

  agentIds(): readonly string[] {
    return [...this.#seats.keys()];
  }

  /** The seat that the phone is in use at. */
  usingPhone(phone: string): Seat | undefined {
    return this.#byPhone.get(phone);
  }

  /** The seat whose phone it is, in use or not. */
  withPhone(phone: string): Seat | undefined {
    return this.#byPhone.get(phone) ?? this.#owners.get(phone);
  }

  add(profile: AgentProfile, phones: Seat['phones'], nowMs: number): Seat {
    const seat: Seat = {
      configured: profile,
      profile,
      phones,
      nextPhone: null,
      presence: signedOut(profile.agentId, nowMs),
      interval: null,
      heartbeat: 'expected',
      wrapUpTimer: null,
      limitTimer: null,
      graceTimer: null,
      trialTimer: null,
      blinkTimer: null,
      leaving: false,
    };
    this.#seats.set(profile.agentId, seat);
    return seat;
  }

  remove(seat: Seat): void {
    const { agentId, phone } = seat.profile;
    if (this.#byPhone.get(phone) === seat) this.#byPhone.delete(phone);
    this.#seats.delete(agentId);
  }

  /** The phones are told anew, seat by seat. */
  forgetPhones(): void {
    this.#byPhone.clear();
    this.#owners.clear();
  }

  seatPhones(seat: Seat): void {
    this.#byPhone.set(seat.profile.phone, seat);
    for (const { name } of seat.phones) this.#owners.set(name, seat);
  }

  /** Who leaves in the middle of a call still hears of the phone it is on. */
  keepPhone(seat: Seat): void {
    this.#byPhone.set(seat.profile.phone, seat);
  }

  changePhone(seat: Seat, phone: string): void {
    this.#byPhone.delete(seat.profile.phone);
    this.#byPhone.set(phone, seat);
    seat.profile = { ...seat.profile, phone };
  }

  /** Of the phone in use; but whoever talks on another of his phones is not to be called on this one. */
  linesOf(seat: Seat): Required<Pick<Presence, 'phoneReachable' | 'foreignChannels' | 'leg'>> {
    const { profile, phones } = seat;
    const names = new Set([profile.phone, ...phones.map(({ name }) => name)]);
    const foreign = [...names].map((name) => this.lines.of(name).foreignChannels);
    return {
      phoneReachable: this.lines.of(profile.phone).reachable,
      foreignChannels: foreign.reduce((sum, one) => sum + one, 0),
      leg: hasPersistentLeg(seat) ? this.lines.of(profile.phone).leg : null,
    };
  }
}
