import { leadAfter } from './lead-at-talk.ts';
import { inCall, mustLeave, PHONE_RETURN_MS, type Presence } from './presence.ts';
import {
  type Intention,
  PRESENCE_TABLE,
  type PresenceState,
  type SignOutOrder,
  type SystemReason,
  wishOfFound,
} from './presence-table.ts';
import { nextTrial, type Trial, trialOf } from './trial.ts';

// What happens to an agent, and what his presence is after it: along the table of states, and nothing else moves it.

export type PresenceEvent =
  | { readonly type: 'signIn' }
  | { readonly type: 'signOut'; readonly order: SignOutOrder }
  | { readonly type: 'ready' }
  | { readonly type: 'notReady'; readonly reason: string }
  /** The agent no longer wants the break, or the end of the shift, that was asked for during the call. */
  | { readonly type: 'requestWithdrawn' }
  /** The desk shows life: one that fell silent during a call is not signed out after it. */
  | { readonly type: 'heard' }
  | { readonly type: 'offered'; readonly callId: string }
  /** The agent wants to call somebody: from a break or a wrap-up too, to which he returns afterwards. */
  | { readonly type: 'callsOut'; readonly callId: string }
  | { readonly type: 'answered'; readonly callId: string }
  /** The caller left, or the offer was taken back: not the agent's doing. */
  | { readonly type: 'withdrawn'; readonly callId: string }
  /** The agent did not take the call, or the phone failed. */
  | { readonly type: 'failed'; readonly callId: string; readonly reason: SystemReason }
  /** F-16: the agent did answer, in the same moment in which the offer went on to the next. */
  | { readonly type: 'taken'; readonly callId: string; readonly by: string | null }
  | { readonly type: 'callOver'; readonly callId: string; readonly wrapUpMs: number }
  /** `extraMs` beyond the regular end in all: asking for the same again adds nothing. */
  | { readonly type: 'extendWrapUp'; readonly extraMs: number }
  | { readonly type: 'wrapUpOver'; readonly callId: string | null }
  /** The phone of an agent without a call has been away for PHONE_GRACE_MS. */
  | { readonly type: 'phoneLost' }
  | { readonly type: 'phoneBack' }
  /** `Trial.atMs` has come; with the phone away nothing comes of it before `phoneBack`. */
  | { readonly type: 'trialDue' }
  /** The persistent leg is down by the agent's doing: he hung it up, or did not take it up. */
  | { readonly type: 'legLost' }
  /** After a restart: this agent was found talking. */
  | { readonly type: 'adopted'; readonly callId: string };

export interface PresenceContext {
  readonly nowMs: number;
  /** Offers not taken in a row after which an agent is not ready: 1 for the first. */
  readonly missesMax: number;
  readonly wrapUpExtraMaxMs: number;
}

const NOT_TAKEN: ReadonlySet<SystemReason> = new Set(['missed', 'rejected', 'undelivered']);
/** Nobody is blamed for what happens once; a telephone to which nothing can be delivered gets no more calls. */
const UNDELIVERED_MOST = 2;

/** Begins with a call that the agent has not had yet. */
const TAKES_ON: ReadonlySet<PresenceEvent['type']> = new Set(['offered', 'callsOut', 'adopted']);

/** The next presence; the same object when the event is late, repeated or not for this state. */
export function nextPresence(presence: Presence, event: PresenceEvent, context: PresenceContext): Presence {
  if (!(event.type in PRESENCE_TABLE[presence.state])) return presence;
  const stranger = 'callId' in event && event.callId !== presence.callId;
  if (stranger && event.type !== 'taken' && !TAKES_ON.has(event.type)) return presence;
  const { nowMs } = context;
  const { intended } = presence;
  const held = trialOf(presence);
  const enter = (state: PresenceState, change: Partial<Presence> = {}): Presence => ({
    ...presence,
    reason: null,
    callId: null,
    wrapUp: null,
    signOut: null,
    taken: null,
    lead: leadAfter(presence.lead ?? null, state),
    idleSinceMs: nowMs,
    ...change,
    state,
    sinceMs: nowMs,
  });
  const leave = (order: SignOutOrder): Presence =>
    enter('SIGNED_OUT', {
      reason: order.reason,
      signOut: order,
      intended: { to: 'READY' },
      misses: 0,
      trial: null,
    });
  const follow = (wish: Intention, idleSinceMs = nowMs, misses = presence.misses): Presence => {
    if (wish.to === 'SIGNED_OUT') return leave(wish.order);
    return wish.to === 'READY'
      ? enter('READY', { intended: wish, idleSinceMs, misses })
      : enter('NOT_READY', { intended: wish, reason: wish.reason, misses });
  };
  /** Whose phone was away far beyond that moment says himself that he is there. */
  const tryAgain = ({ atMs }: Trial): Presence =>
    nowMs - atMs <= PHONE_RETURN_MS ? enter('READY', { misses: 0 }) : { ...presence, trial: null };
  /** A wish of the agent: at once, or after the call; never against an order. */
  const wish = (wanted: Intention): Presence => {
    if (mustLeave(presence)) return inCall(presence) ? presence : follow(intended);
    if (inCall(presence)) return sameWish(intended, wanted) ? presence : { ...presence, intended: wanted };
    return follow(wanted);
  };

  switch (event.type) {
    case 'signIn':
      return {
        ...enter('NOT_READY', { reason: 'signedIn', intended: { to: 'READY' }, misses: 0, trial: null }),
        lead: null,
      };
    case 'signOut': {
      const { order } = event;
      const waits = inCall(presence) || (presence.state === 'WRAP_UP' && order.reason === 'silent');
      if (!waits) return leave(order);
      // A lead's order stands over the agent's wish; a second one, or a lesser, changes nothing.
      const stands =
        intended.to === 'SIGNED_OUT' &&
        (mustLeave(presence) || order.reason === 'silent' || intended.order.reason === order.reason);
      if (stands) return presence;
      const instead = intended.to === 'SIGNED_OUT' ? intended.instead : intended;
      return { ...presence, intended: { to: 'SIGNED_OUT', order, instead } };
    }
    case 'ready':
      return presence.state === 'NOT_READY'
        ? { ...wish({ to: 'READY' }), misses: 0, trial: null }
        : wish({ to: 'READY' });
    case 'notReady':
      // Asked for again it is the same break, with the same beginning.
      return presence.state === 'NOT_READY' && presence.reason === event.reason
        ? presence
        : wish({ to: 'NOT_READY', reason: event.reason });
    case 'requestWithdrawn':
      return mustLeave(presence) || intended.to === 'READY'
        ? presence
        : { ...presence, intended: { to: 'READY' } };
    case 'heard':
      return intended.to === 'SIGNED_OUT' && intended.order.reason === 'silent'
        ? { ...presence, intended: intended.instead }
        : presence;
    case 'callsOut': {
      const { state, reason } = presence;
      const rests = state === 'NOT_READY' && held === null;
      const back: Intention = rests && reason !== null ? { to: 'NOT_READY', reason } : intended;
      return enter('RINGING', { callId: event.callId, idleSinceMs: presence.idleSinceMs, intended: back });
    }
    case 'offered':
      if (presence.state === 'WRAP_UP' && stranger) return presence;
      return enter('RINGING', { callId: event.callId, idleSinceMs: presence.idleSinceMs });
    case 'adopted':
      if (presence.state === 'TALKING' && !stranger) return presence;
      return enter('TALKING', {
        ...TALKS,
        callId: event.callId,
        intended: presence.state === 'SIGNED_OUT' ? wishOfFound(presence.signOut) : intended,
      });
    case 'answered':
      return enter('TALKING', { ...TALKS, callId: event.callId });
    case 'withdrawn':
      return follow(intended, presence.idleSinceMs);
    case 'failed': {
      const { reason } = event;
      if (intended.to === 'SIGNED_OUT') return leave(intended.order);
      const blamed = (after: Presence): Presence =>
        reason === 'missed' ? { ...after, missed: { callId: event.callId, misses: presence.misses } } : after;
      const notTaken = presence.state === 'RINGING' && NOT_TAKEN.has(reason);
      const misses = notTaken ? presence.misses + 1 : presence.misses;
      const most =
        reason === 'undelivered' ? Math.max(UNDELIVERED_MOST, context.missesMax) : context.missesMax;
      if (notTaken && (misses < most || intended.to === 'NOT_READY')) {
        return blamed(follow(intended, nowMs, misses));
      }
      const trial = nextTrial(reason, presence.trial ?? null, nowMs);
      if (trial === null) return blamed(follow({ to: 'NOT_READY', reason }, nowMs, misses));
      return intended.to === 'NOT_READY'
        ? follow(intended, nowMs, misses)
        : enter('NOT_READY', { reason, misses, trial });
    }
    case 'taken': {
      const { missed = null, reason } = presence;
      if (missed?.callId !== event.callId) return presence;
      const { misses } = missed;
      const taken = { callId: event.callId, by: event.by, atMs: nowMs };
      return reason === 'missed'
        ? { ...enter('READY', { intended: { to: 'READY' }, misses }), missed: null, taken }
        : { ...presence, misses, missed: null, taken };
    }
    case 'callOver': {
      if (event.wrapUpMs <= 0) return follow(intended);
      const regularMs = nowMs + event.wrapUpMs;
      const wrapUp = { regularMs, untilMs: regularMs, latestMs: regularMs + context.wrapUpExtraMaxMs };
      return enter('WRAP_UP', { callId: event.callId, wrapUp });
    }
    case 'extendWrapUp': {
      const { wrapUp } = presence;
      if (wrapUp === null) return presence;
      const untilMs = Math.min(wrapUp.latestMs, wrapUp.regularMs + event.extraMs);
      return untilMs <= wrapUp.untilMs ? presence : { ...presence, wrapUp: { ...wrapUp, untilMs } };
    }
    case 'wrapUpOver':
      return follow(intended);
    case 'phoneLost':
      return enter('NOT_READY', { reason: 'phoneUnreachable', intended: { to: 'READY' }, trial: null });
    case 'phoneBack': {
      // One that failed at an offered call is tried in its own time: that it is registered proves little.
      if (held !== null) return nowMs < held.atMs ? presence : tryAgain(held);
      const lost = presence.reason === 'phoneUnreachable' && intended.to === 'READY';
      return lost && nowMs - presence.sinceMs <= PHONE_RETURN_MS ? enter('READY') : presence;
    }
    case 'trialDue':
      // Nobody is ready at a phone that is away: then it is tried when the phone is back.
      return held === null || !presence.phoneReachable ? presence : tryAgain(held);
    case 'legLost': {
      const wanted: Intention = { to: 'NOT_READY', reason: 'legDown' };
      if (intended.to !== 'READY') return presence;
      return presence.state === 'READY' ? follow(wanted) : { ...presence, intended: wanted };
    }
    default:
      return event satisfies never;
  }
}

const TALKS = { misses: 0, missed: null, trial: null } as const;

const sameWish = (one: Intention, other: Intention): boolean =>
  one.to === other.to && (one.to !== 'NOT_READY' || other.to !== 'NOT_READY' || one.reason === other.reason);
