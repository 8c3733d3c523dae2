import { inCall, type Presence } from '../../domain/agents/presence.ts';
import { trialOf } from '../../domain/agents/trial.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { Phone } from '../ports/phones.ts';
import type { OpenInterval, SavedPresence } from '../ports/presence-store.ts';

export type Heartbeat = SavedPresence['heartbeat'];

/** One agent's place, with what belongs to it here but to no decision. */
export interface Seat {
  /** As configured. */
  configured: AgentProfile;
  /** The same, with the phone in use. */
  profile: AgentProfile;
  phones: readonly Pick<Phone, 'name' | 'kind' | 'persistentLeg'>[];
  /** To be used when the present call is over. */
  nextPhone: string | null;
  presence: Presence;
  interval: OpenInterval | null;
  heartbeat: Heartbeat;
  /** Ends the wrap-up. */
  wrapUpTimer: (() => void) | null;
  /** Runs to the moment at which a break is longer than its limit. */
  limitTimer: (() => void) | null;
  /** Runs while a ready agent's phone is away. */
  graceTimer: (() => void) | null;
  /** Runs to the moment at which an agent who was not ready by no fault of his is offered calls again. */
  trialTimer: (() => void) | null;
  /** Runs while the phone of an agent at whom a call rings is away. */
  blinkTimer: (() => void) | null;
  /** No longer configured: leaves when the call is over. */
  leaving: boolean;
}

export const kindOf = ({ phones, profile }: Seat): Phone['kind'] =>
  phones.find(({ name }) => name === profile.phone)?.kind ?? 'desk';

/** The phone in use is not rung for each call. */
export const hasPersistentLeg = ({ phones, profile }: Seat): boolean =>
  phones.find(({ name }) => name === profile.phone)?.persistentLeg === true;

export function savedOf({
  presence,
  interval,
  profile,
  configured,
  nextPhone,
  heartbeat,
}: Seat): SavedPresence {
  const { phoneReachable: _, foreignChannels: __, leg: ___, listensTo: ____, ...kept } = presence;
  const phone = profile.phone === configured.phone ? null : profile.phone;
  // Who listens is forgotten with this process, and ended by the next.
  const lead = kept.lead?.how === 'takenOver' ? kept.lead : null;
  return { ...kept, lead, interval, phone, nextPhone, heartbeat };
}

export function viewOf(seat: Seat, nowMs: number): AgentView {
  const { presence, profile, interval } = seat;
  const { intended, wrapUp } = presence;
  const limitMs = interval?.limitMs ?? null;
  const trialMs = trialOf(presence)?.atMs ?? null;
  const waits = inCall(presence) || presence.state === 'WRAP_UP';
  return {
    agentId: profile.agentId,
    number: profile.number,
    displayName: profile.displayName,
    employer: profile.employer,
    state: presence.state,
    reason: presence.reason,
    sinceMs: presence.sinceMs,
    intended: !waits || intended.to === 'READY' ? null : intentionSeen(intended),
    limitMs,
    overLimit: limitMs !== null && nowMs - presence.sinceMs >= limitMs,
    misses: presence.misses,
    readyAgainMs: trialMs !== null && trialMs > nowMs ? trialMs : null,
    wrapUpUntilMs: wrapUp?.untilMs ?? null,
    wrapUpLatestMs: wrapUp?.latestMs ?? null,
    signOut:
      presence.signOut === null ? null : { ...presence.signOut, by: presence.signOut.by?.name ?? null },
    phone: profile.phone,
    phoneKind: kindOf(seat),
    nextPhone: seat.nextPhone,
    phoneReachable: presence.phoneReachable,
    heartbeat: seat.heartbeat,
    persistentLeg: presence.leg ?? null,
    listensTo: presence.listensTo ?? null,
    taken: presence.taken ?? null,
    lead: presence.lead ?? null,
    onForeignCall: presence.foreignChannels > 0,
    callId: presence.callId,
    queues: profile.queues,
    ...(profile.lent === undefined ? {} : { lent: profile.lent }),
  };
}

function intentionSeen(intended: Exclude<Presence['intended'], { to: 'READY' }>): AgentView['intended'] {
  if (intended.to === 'NOT_READY')
    return { state: 'NOT_READY', reason: intended.reason, by: null, note: null };
  const { reason, by, note } = intended.order;
  return { state: 'SIGNED_OUT', reason, by: by?.name ?? null, note };
}
