import {
  callable,
  nextPresence,
  PHONE_GRACE_MS,
  type Presence,
  type PresenceEvent,
  signedOut,
} from '../../domain/agents/presence.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import type { Clock } from '../ports/clock.ts';
import type { AgentView } from '../ports/commands.ts';
import type { SavedPresence } from '../ports/presence-store.ts';

interface Seat {
  profile: AgentProfile;
  presence: Presence;
  wrapUpTimer: (() => void) | null;
  /** Runs while a ready agent's phone is away. */
  graceTimer: (() => void) | null;
  /** No longer configured: leaves when the call is over. */
  leaving: boolean;
}

export interface DeskListener {
  /** Something a screen shows has changed. */
  onView(view: AgentView): void;
  /** State, reason or intention changed: to be told as a fact, kept, mirrored. */
  onPresence(presence: Presence, profile: AgentProfile): void;
  /** The agent may be offered calls from now on, or no longer. */
  onCallable(profile: AgentProfile, presence: Presence, isCallable: boolean): void;
  /** The phone of a ringing agent is gone. */
  onRingingPhoneLost(callId: string): void;
  /** Time for `wrapUpOver`, in the one line of events. */
  onWrapUpTime(agentId: string, callId: string | null): void;
  /** Time for `phoneLost`, likewise. */
  onPhoneGraceOver(agentId: string): void;
}

/** All seats in memory: the only truth about who is there. No decision of its own; `nextPresence` decides. */
export class AgentDesk {
  readonly #clock: Clock;
  readonly #listener: DeskListener;
  readonly #seats = new Map<string, Seat>();
  readonly #byPhone = new Map<string, Seat>();
  /** Reachability may be reported before the configuration knows the phone. */
  readonly #phones = new Map<string, { reachable: boolean; foreignChannels: number }>();
  /** The switch is there: only then is a phone that is not proven a phone that is away. */
  #proving = false;

  constructor(clock: Clock, listener: DeskListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Takes over the agents of a configuration; who is no longer in it is signed out, unless talking. */
  replaceProfiles(profiles: readonly AgentProfile[]): void {
    const gone = new Set(this.#seats.keys());
    this.#byPhone.clear();
    for (const profile of profiles) {
      gone.delete(profile.agentId);
      let seat = this.#seats.get(profile.agentId);
      const isNew = seat === undefined;
      if (seat === undefined) {
        seat = {
          profile,
          presence: signedOut(profile.agentId, this.#clock.now()),
          wrapUpTimer: null,
          graceTimer: null,
          leaving: false,
        };
        this.#seats.set(profile.agentId, seat);
      }
      this.#byPhone.set(profile.phone, seat);
      seat.leaving = false;
      const other = isNew || JSON.stringify(seat.profile) !== JSON.stringify(profile);
      if (other && callable(seat.presence)) this.#listener.onCallable(seat.profile, seat.presence, false);
      seat.profile = profile;
      const { reachable, foreignChannels } = this.#line(profile.phone);
      this.#commit(seat, { ...seat.presence, phoneReachable: reachable, foreignChannels }, other);
    }
    for (const agentId of gone) {
      const seat = this.#seats.get(agentId);
      if (seat === undefined) continue;
      const { state } = seat.presence;
      if (state === 'RINGING' || state === 'TALKING') {
        this.#byPhone.set(seat.profile.phone, seat);
        seat.leaving = true;
        continue;
      }
      this.apply(agentId, { type: 'signOut' });
      this.#seats.delete(agentId);
    }
  }

  /** At the start, after the profiles: who was there before. Wrap-up begun before the restart ends by its timer. */
  restore(saved: readonly SavedPresence[], wrapUpMs: number): void {
    for (const one of saved) {
      const seat = this.#seats.get(one.agentId);
      if (seat === undefined) continue;
      seat.presence = { ...seat.presence, ...one };
      this.#listener.onView(viewOf(seat));
      if (one.state === 'WRAP_UP') this.#startWrapUp(seat, wrapUpMs);
    }
  }

  profile(agentId: string): AgentProfile | null {
    return this.#seats.get(agentId)?.profile ?? null;
  }

  presence(agentId: string): Presence | null {
    return this.#seats.get(agentId)?.presence ?? null;
  }

  presences(): Presence[] {
    return [...this.#seats.values()].map(({ presence }) => presence);
  }

  view(agentId: string): AgentView | null {
    const seat = this.#seats.get(agentId);
    return seat === undefined ? null : viewOf(seat);
  }

  /** True when the event meant something in the present state. */
  apply(agentId: string, event: PresenceEvent): boolean {
    const seat = this.#seats.get(agentId);
    if (seat === undefined) return false;
    const next = nextPresence(seat.presence, event, this.#clock.now());
    if (next === seat.presence) return false;
    this.#commit(seat, next, false);
    if (seat.leaving && next.state !== 'RINGING' && next.state !== 'TALKING') {
      seat.leaving = false;
      this.apply(agentId, { type: 'signOut' });
      this.#seats.delete(agentId);
    } else if (event.type === 'callOver' && next.state === 'WRAP_UP') {
      this.#startWrapUp(seat, event.wrapUpMs);
    }
    return true;
  }

  phoneReachable(phone: string, reachable: boolean): void {
    this.#line(phone).reachable = reachable;
    const seat = this.#byPhone.get(phone);
    if (seat === undefined || seat.presence.phoneReachable === reachable) return;
    this.#commit(seat, { ...seat.presence, phoneReachable: reachable }, false);
    const { state, callId } = seat.presence;
    if (!reachable && state === 'RINGING' && callId !== null) this.#listener.onRingingPhoneLost(callId);
    if (reachable) this.apply(seat.presence.agentId, { type: 'phoneBack' });
  }

  phoneUse(phone: string, foreignChannels: number): void {
    this.#line(phone).foreignChannels = foreignChannels;
    const seat = this.#byPhone.get(phone);
    if (seat === undefined || seat.presence.foreignChannels === foreignChannels) return;
    this.#commit(seat, { ...seat.presence, foreignChannels }, false);
  }

  /** True when this is what is believed of the phone. */
  knowsPhone(is: {
    readonly phone: string;
    readonly reachable: boolean;
    readonly foreignChannels: number;
  }): boolean {
    const { reachable, foreignChannels } = this.#line(is.phone);
    return reachable === is.reachable && foreignChannels === is.foreignChannels;
  }

  /** The switch is away: nothing is proven any more. A ringing phone is not blamed for that. */
  nothingProven(): void {
    this.#proving = false;
    for (const line of this.#phones.values()) {
      line.reachable = false;
      line.foreignChannels = 0;
    }
    for (const seat of this.#seats.values()) {
      this.#commit(seat, { ...seat.presence, phoneReachable: false, foreignChannels: 0 }, false);
    }
  }

  /** The switch is there and has told of all phones. */
  allTold(): void {
    this.#proving = true;
    for (const seat of this.#seats.values()) this.#watchPhone(seat);
  }

  isPhoneReachable(agentId: string): boolean {
    return this.#seats.get(agentId)?.presence.phoneReachable ?? false;
  }

  stop(): void {
    for (const { wrapUpTimer, graceTimer } of this.#seats.values()) {
      wrapUpTimer?.();
      graceTimer?.();
    }
  }

  #startWrapUp(seat: Seat, wrapUpMs: number): void {
    const { agentId, callId } = seat.presence;
    seat.wrapUpTimer?.();
    seat.wrapUpTimer = this.#clock.after(wrapUpMs, () => this.#listener.onWrapUpTime(agentId, callId));
  }

  #watchPhone(seat: Seat): void {
    const { state, phoneReachable, foreignChannels, agentId } = seat.presence;
    const away = this.#proving && state === 'READY' && !phoneReachable && foreignChannels === 0;
    if (away && seat.graceTimer === null) {
      seat.graceTimer = this.#clock.after(PHONE_GRACE_MS, () => {
        seat.graceTimer = null;
        this.#listener.onPhoneGraceOver(agentId);
      });
    } else if (!away) {
      seat.graceTimer?.();
      seat.graceTimer = null;
    }
  }

  #line(phone: string): { reachable: boolean; foreignChannels: number } {
    let line = this.#phones.get(phone);
    if (line === undefined) {
      line = { reachable: false, foreignChannels: 0 };
      this.#phones.set(phone, line);
    }
    return line;
  }

  /** `anew`: another profile, so that screen and router must hear of the agent again. */
  #commit(seat: Seat, next: Presence, anew: boolean): void {
    const before = seat.presence;
    seat.presence = next;
    if (before.state === 'WRAP_UP' && next.state !== 'WRAP_UP') {
      seat.wrapUpTimer?.();
      seat.wrapUpTimer = null;
    }
    const moved =
      before.state !== next.state || before.reason !== next.reason || before.intended !== next.intended;
    const looksOther =
      moved ||
      before.phoneReachable !== next.phoneReachable ||
      before.foreignChannels !== next.foreignChannels ||
      before.callId !== next.callId;
    this.#watchPhone(seat);
    if (moved) this.#listener.onPresence(next, seat.profile);
    if (looksOther || anew) this.#listener.onView(viewOf(seat));
    const was = callable(before) && !anew;
    if (callable(next) !== was) this.#listener.onCallable(seat.profile, next, callable(next));
  }
}

function viewOf({ profile, presence }: Seat): AgentView {
  return {
    agentId: profile.agentId,
    number: profile.number,
    displayName: profile.displayName,
    state: presence.state,
    reason: presence.reason,
    sinceMs: presence.sinceMs,
    phone: profile.phone,
    phoneReachable: presence.phoneReachable,
    onForeignCall: presence.foreignChannels > 0,
    callId: presence.callId,
    queues: profile.queues,
  };
}
