import { callable } from '../../domain/agents/availability.ts';
import type { LeadAtTalk } from '../../domain/agents/lead-at-talk.ts';
import { type HoldingNotice, heldBack } from '../../domain/agents/notice-hold.ts';
import { inCall, orderWithdrawn, type Presence } from '../../domain/agents/presence.ts';
import { nextPresence, type PresenceEvent } from '../../domain/agents/presence-moves.ts';
import { DEFAULT_PRESENCE_RULES, mannersOf, type PresenceRules } from '../../domain/agents/presence-rules.ts';
import { signOutOrder } from '../../domain/agents/presence-table.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { Clock } from '../ports/clock.ts';
import type { Phone } from '../ports/phones.ts';
import type { SavedPresence } from '../ports/presence-store.ts';
import { Heartbeats } from './heartbeats.ts';
import { IntervalLog, type TellInterval } from './interval-log.ts';
import { NoticeHold } from './notice-hold.ts';
import { type Heartbeat, type Seat, savedOf, viewOf } from './seat.ts';
import { SeatBook } from './seat-book.ts';
import { SeatPhones } from './seat-phones.ts';
import { SeatTimers } from './seat-timers.ts';

export interface DeskListener {
  /** Something a screen shows has changed. */
  onView(view: AgentView): void;
  /** Something that must survive a restart has changed: to be kept and mirrored. */
  onPresence(saved: SavedPresence, profile: AgentProfile): void;
  readonly onInterval: TellInterval;
  /** The agent changed to another phone: this one gets no more calls. */
  onPhoneLeft(phone: string): void;
  /** The agent may be offered calls from now on, or no longer. */
  onCallable(profile: AgentProfile, presence: Presence, isCallable: boolean): void;
  /** The phone of a ringing agent is gone. */
  onRingingPhoneLost(callId: string): void;
  /** Runs later, in the one line of events. */
  post(work: () => void): void;
}

/** All seats in memory: the only truth about who is there. No decision of its own; `nextPresence` decides. */
export class AgentDesk {
  readonly #clock: Clock;
  readonly #listener: DeskListener;
  readonly #intervals: IntervalLog;
  readonly #timers: SeatTimers;
  readonly #heartbeats: Heartbeats;
  readonly #seats = new SeatBook();
  /** Their phones: what is proven of them, and which is in use. */
  readonly phones: SeatPhones;
  /** What must be read before anybody is ready again. */
  readonly notices = new NoticeHold();
  #rules = DEFAULT_PRESENCE_RULES;

  constructor(clock: Clock, newId: () => string, listener: DeskListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#intervals = new IntervalLog(newId, listener.onInterval);
    this.#timers = new SeatTimers(clock, (work) => listener.post(work), {
      wrapUpOver: ({ presence }, callId) => this.apply(presence.agentId, { type: 'wrapUpOver', callId }),
      overLimit: (seat) => this.#show(seat),
      phoneAway: ({ presence }) => {
        if (!presence.phoneReachable) this.apply(presence.agentId, { type: 'phoneLost' });
      },
      // What waits for a phone that is away is no longer shown with a time.
      trialDue: (seat) => {
        if (!this.apply(seat.presence.agentId, { type: 'trialDue' })) this.#show(seat);
      },
      ringingPhoneAway: ({ presence }, callId) => {
        if (!presence.phoneReachable && presence.callId === callId) listener.onRingingPhoneLost(callId);
      },
    });
    this.phones = new SeatPhones({
      seats: this.#seats,
      timers: this.#timers,
      commit: (seat, presence) => this.#commit(seat, presence, false),
      keep: (seat) => this.#keep(seat),
      apply: (agentId, event) => this.apply(agentId, event),
      expectBeat: (agentId) => this.setHeartbeat(agentId, 'expected'),
      onPhoneLeft: (phone) => listener.onPhoneLeft(phone),
      onCallable: (profile, presence, isCallable) => listener.onCallable(profile, presence, isCallable),
    });
    this.#heartbeats = new Heartbeats(clock, (agentId) => listener.post(() => this.#silent(agentId)));
  }

  get rules(): PresenceRules {
    return this.#rules;
  }

  /** An interval that is open keeps the limit with which it began. */
  useRules(rules: PresenceRules): void {
    this.#rules = rules;
  }

  /** Takes over the agents of a configuration; who is no longer in it is signed out, unless talking. */
  replaceProfiles(profiles: readonly AgentProfile[], phones: readonly Phone[]): void {
    const gone = new Set(this.#seats.agentIds());
    this.#seats.forgetPhones();
    for (const profile of profiles) {
      gone.delete(profile.agentId);
      const own = phones
        .filter(({ agentId, name }) => agentId === profile.agentId || name === profile.phone)
        .map(({ name, kind, persistentLeg = false }) => ({ name, kind, persistentLeg }));
      const known = this.#seats.get(profile.agentId);
      const seat = known ?? this.#seats.add(profile, own, this.#clock.now());
      const other =
        known === undefined ||
        JSON.stringify([seat.configured, seat.phones]) !== JSON.stringify([profile, own]);
      const chosen = seat.profile.phone !== seat.configured.phone;
      const phone =
        chosen && own.some(({ name }) => name === seat.profile.phone) ? seat.profile.phone : profile.phone;
      if (!own.some(({ name }) => name === seat.nextPhone)) seat.nextPhone = null;
      const presence = seat.leaving ? orderWithdrawn(seat.presence) : seat.presence;
      seat.leaving = false;
      if (other && callable(seat.presence)) this.#listener.onCallable(seat.profile, seat.presence, false);
      Object.assign(seat, { configured: profile, profile: { ...profile, phone }, phones: own });
      this.#seats.seatPhones(seat);
      this.#commit(seat, { ...presence, ...this.#seats.linesOf(seat) }, other);
    }
    for (const agentId of gone) {
      const seat = this.#seats.get(agentId);
      if (seat === undefined) continue;
      if (inCall(seat.presence)) this.#seats.keepPhone(seat);
      seat.leaving = true;
      this.apply(agentId, { type: 'signOut', order: signOutOrder('removed') });
      if (!inCall(seat.presence)) this.#remove(seat);
    }
  }

  /** At the start, after the profiles: who was there before. A wrap-up or a break goes on to its old end. */
  restore(saved: readonly SavedPresence[]): void {
    for (const { interval, phone, nextPhone, heartbeat, ...presence } of saved) {
      const seat = this.#seats.get(presence.agentId);
      if (seat === undefined) continue;
      const own = (name: string | null): boolean => seat.phones.some((one) => one.name === name);
      if (phone !== null && own(phone)) this.#seats.changePhone(seat, phone);
      Object.assign(seat, { nextPhone: own(nextPhone) ? nextPhone : null, heartbeat, interval });
      seat.presence = { ...seat.presence, ...presence };
      if (interval === null) this.#intervals.begin(seat, this.#rules);
      else this.#intervals.tell(seat);
      this.#timers.arm(seat);
      if (presence.state !== 'SIGNED_OUT' && heartbeat === 'expected')
        this.#heartbeats.expect(presence.agentId);
      this.#show(seat);
    }
  }

  profile(agentId: string): AgentProfile | null {
    return this.#seats.get(agentId)?.profile ?? null;
  }

  /** Critical notices that hold this agent back. */
  unread(agentId: string): readonly HoldingNotice[] {
    return this.notices.unread(agentId, this.#clock.now());
  }

  presence(agentId: string): Presence | null {
    return this.#seats.get(agentId)?.presence ?? null;
  }

  presences(): Presence[] {
    return [...this.#seats.all()].map(({ presence }) => presence);
  }

  view(agentId: string): AgentView | null {
    const seat = this.#seats.get(agentId);
    return seat === undefined ? null : viewOf(seat, this.#clock.now());
  }

  /** True when the event meant something in the present state. */
  apply(agentId: string, event: PresenceEvent): boolean {
    const seat = this.#seats.get(agentId);
    if (seat === undefined) return false;
    const next = this.#next(seat, event);
    if (next === seat.presence) return false;
    this.#commit(seat, next, false);
    if (!seat.leaving || inCall(next)) return true;
    // What belongs to the call ended with it; a wrap-up is not waited for.
    this.#commit(seat, this.#next(seat, { type: 'signOut', order: signOutOrder('removed') }), false);
    this.#remove(seat);
    return true;
  }

  /** The desk shows life. */
  heard(agentId: string): void {
    this.#heartbeats.heard(agentId);
    this.apply(agentId, { type: 'heard' });
  }

  /** A lead listens to this call, or (null) to none: meanwhile no citizen is offered to him. */
  listens(agentId: string, callId: string | null): void {
    const seat = this.#seats.get(agentId);
    if (seat !== undefined) this.#commit(seat, { ...seat.presence, listensTo: callId }, false);
  }

  /** A lead is heard at this agent's talk, or has it in his stead. */
  leadComes(agentId: string, lead: Omit<LeadAtTalk, 'atMs'>): void {
    const seat = this.#seats.get(agentId);
    const told = { ...lead, atMs: this.#clock.now() };
    if (seat !== undefined) this.#commit(seat, { ...seat.presence, lead: told }, false);
  }

  /** Who was heard at this call's talk is heard no more; who took it over still did. */
  leadLeft(agentId: string, callId: string): void {
    const seat = this.#seats.get(agentId);
    const lead = seat?.presence.lead ?? null;
    if (seat === undefined || lead?.callId !== callId || lead.how === 'takenOver') return;
    this.#commit(seat, { ...seat.presence, lead: null }, false);
  }

  /** Words of desks can reach us. */
  wayOpen(): void {
    this.#heartbeats.wayOpen();
  }

  /** `none`: a desk phone without a browser beside it, for this shift. */
  setHeartbeat(agentId: string, heartbeat: Heartbeat): void {
    const seat = this.#seats.get(agentId);
    if (seat === undefined || seat.heartbeat === heartbeat) return;
    seat.heartbeat = heartbeat;
    if (heartbeat === 'none') this.#heartbeats.forget(agentId);
    else if (seat.presence.state !== 'SIGNED_OUT') this.#heartbeats.expect(agentId);
    this.#keep(seat);
  }

  stop(): void {
    this.#heartbeats.stop();
    for (const seat of this.#seats.all()) this.#timers.stop(seat);
  }

  #next({ presence, profile }: Seat, event: PresenceEvent): Presence {
    // A clock that was set back makes no interval that ends before it begins.
    const nowMs = Math.max(this.#clock.now(), presence.sinceMs);
    const next = nextPresence(presence, event, { nowMs, ...mannersOf(this.#rules, profile.queues) });
    return this.unread(presence.agentId).length === 0 ? next : heldBack(presence, next);
  }

  #remove(seat: Seat): void {
    this.#timers.stop(seat);
    this.#heartbeats.forget(seat.profile.agentId);
    this.#seats.remove(seat);
  }

  #silent(agentId: string): void {
    // A call of the fallback queue is a call as well.
    if ((this.#seats.get(agentId)?.presence.foreignChannels ?? 0) > 0) this.#heartbeats.again(agentId);
    else this.apply(agentId, { type: 'signOut', order: signOutOrder('silent') });
  }

  #show(seat: Seat): void {
    this.#listener.onView(viewOf(seat, this.#clock.now()));
  }

  #keep(seat: Seat): void {
    this.#listener.onPresence(savedOf(seat), seat.profile);
    this.#show(seat);
  }

  /** `anew`: another profile, so that screen and router must hear of the agent again. */
  #commit(seat: Seat, wanted: Presence, anew: boolean): void {
    const before = seat.presence;
    const moved = this.phones.change(seat, wanted);
    const next = moved ?? wanted;
    const afresh = anew || moved !== null;
    seat.presence = next;
    const opens = before.state !== next.state || before.reason !== next.reason;
    if (opens) this.#intervals.begin(seat, this.#rules);
    if (opens || before.wrapUp !== next.wrapUp) this.#timers.arm(seat);
    if (before.state !== next.state) this.#followShift(seat);
    const changed = opens || KEPT.some((field) => before[field] !== next[field]);
    const looksOther =
      changed ||
      before.phoneReachable !== next.phoneReachable ||
      before.foreignChannels !== next.foreignChannels ||
      before.leg !== next.leg ||
      before.listensTo !== next.listensTo;
    this.phones.watch(seat);
    if (changed || moved !== null) this.#listener.onPresence(savedOf(seat), seat.profile);
    if (looksOther || afresh) this.#show(seat);
    const was = callable(before) && !afresh;
    if (callable(next) !== was) this.#listener.onCallable(seat.profile, next, callable(next));
  }

  /** Beats are expected from sign-in to sign-out; the next shift begins like every other. */
  #followShift(seat: Seat): void {
    const { agentId, state } = seat.presence;
    if (state === 'SIGNED_OUT') {
      this.#heartbeats.forget(agentId);
      seat.heartbeat = 'expected';
    } else if (seat.heartbeat === 'expected') this.#heartbeats.expect(agentId);
  }
}

/** Beside state and reason, what of a presence must survive a restart. */
const KEPT = ['intended', 'callId', 'misses', 'trial', 'wrapUp', 'signOut', 'taken', 'lead'] as const;
