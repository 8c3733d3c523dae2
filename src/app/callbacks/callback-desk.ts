import { callableNumber } from '../../domain/callbacks/callable.ts';
import {
  type Callback,
  type CallbackEvent,
  diallableMs,
  lookAt,
  moveCallback,
  nextLookMs,
  requestCallback,
} from '../../domain/callbacks/callback.ts';
import { isOver } from '../../domain/callbacks/callback-table.ts';
import { type Stand, standsNow } from '../../domain/callbacks/stands.ts';
import type { Call } from '../../domain/calls/call.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import { isOutbound } from '../../domain/calls/outbound.ts';
import type { CallbackRule } from '../../domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Offer, Router } from '../../domain/routing/router.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { CallbackPlaces } from '../calls/callback-places.ts';
import type { OfferDesk } from '../calls/offer-desk.ts';
import type { CallbackStore } from '../ports/callback-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { Log } from '../ports/log.ts';
import type { OutboundDesk, OutboundEngine } from './outbound-desk.ts';
import { ownNumbers } from './own-numbers.ts';

/** What of the engine callbacks need. */
export interface CallbackEngine extends OutboundEngine {
  readonly book: CallBook;
  readonly router: Router;
  readonly offers: OfferDesk;
  apply(callId: string, event: CallEvent): void;
}

export interface CallbackParts {
  readonly clock: Clock;
  readonly facts: FactLog;
  readonly store: CallbackStore;
  readonly outbound: OutboundDesk;
  readonly log: Log;
  newId(): string;
  /** Runs later, in the one line of events. */
  post(work: () => void): void;
  engine(): CallbackEngine;
}

type Place = { readonly queue: string; readonly priority: number; readonly sinceMs: number };
interface Told {
  readonly ofCall?: string | null;
  readonly by?: string | null;
  readonly detail?: string;
}

/** The two states in which a call to a citizen has not come to a talk. */
const BEFORE_TALK: ReadonlySet<string> = new Set(['callingAgent', 'dialling']);

/**
 * The queue callbacks of this house, and nobody else's to move: each in the router where its citizen stood, with its own
 * timer. Everything in it runs to its end at once, in the one line of events.
 */
export class CallbackDesk implements CallbackPlaces {
  readonly #parts: CallbackParts;
  readonly #callbacks = new Map<string, Callback>();
  /** number + queue -> callback: there is one of each. */
  readonly #byPlace = new Map<string, string>();
  readonly #timers = new Map<string, () => void>();

  constructor(parts: CallbackParts) {
    this.#parts = parts;
  }

  /** Before the calls are taken up again: one of theirs may have the place of a callback. */
  load(callbacks: readonly Callback[]): void {
    for (const callback of callbacks) {
      if (isOver(callback.state) || this.#callbacks.has(callback.id)) continue;
      const key = placeKey(callback);
      if (this.#byPlace.has(key)) continue;
      this.#callbacks.set(callback.id, callback);
      this.#byPlace.set(key, callback.id);
    }
  }

  /** After that: what the process before was in the middle of is gone on with, or taken back. */
  resume(): void {
    for (const callback of [...this.#callbacks.values()]) {
      const { state, inCall } = callback;
      const lives = inCall !== null && this.#parts.engine().book.get(inCall) !== undefined;
      if (state === 'onLine' && !lives) this.#move(callback, { type: 'hungUp', callId: inCall ?? '' });
      else if (state === 'dialling' && !lives) this.#move(callback, { type: 'leaseOver' });
      else this.#settle(callback);
    }
    if (this.#callbacks.size > 0) {
      this.#parts.log.info({ callbacks: this.#callbacks.size }, 'callbacks are taken up again');
    }
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  all(): readonly Callback[] {
    return [...this.#callbacks.values()];
  }

  holds(id: string): boolean {
    return this.#callbacks.has(id);
  }

  /** The rule by which this citizen may be called back; null: not he, or not from this queue. */
  ruleFor(call: Call, rule: CallbackRule | null): CallbackRule | null {
    if (rule === null || isOutbound(call)) return null;
    const { onRecord } = call.plan;
    // Whose calls are limited is not called on top of it.
    if (onRecord != null && (onRecord.counts || onRecord.refusedBy !== null)) return null;
    return this.#numberOf(call) === null ? null : rule;
  }

  /** He hangs up, and his place stays. Asked for twice it is one. */
  promise(
    call: Call,
    { queue, priority, sinceMs, stands }: Place & { readonly stands: readonly Stand[] },
    rule: CallbackRule | null,
  ): void {
    const number = this.#numberOf(call);
    if (number === null || rule === null) return;
    if (this.#byPlace.has(placeKey({ number, queue }))) return;
    const { line } = call.plan.recognition;
    const callback = requestCallback(
      {
        id: this.#parts.newId(),
        number,
        queue,
        priority,
        sinceMs,
        stands,
        callId: call.id,
        line: line?.number ?? null,
        lineName: line?.name ?? '',
        ticketId: null,
        rule,
      },
      this.#parts.clock.now(),
      this.#zone(),
    );
    this.#callbacks.set(callback.id, callback);
    this.#byPlace.set(placeKey(callback), callback.id);
    this.#tell(callback, 'promised', { ofCall: call.id });
    this.#settle(callback);
  }

  /**
   * F-18: a citizen enters a queue where a callback of his stands. It steps aside, and its place is his; null: there is
   * none, or he is already being talked with.
   */
  calledIn(call: Call, queue: string): (Place & { readonly callback: string }) | null {
    const number = isOutbound(call) ? null : this.#numberOf(call);
    const id = number === null ? undefined : this.#byPlace.get(placeKey({ number, queue }));
    const callback = id === undefined ? undefined : this.#callbacks.get(id);
    if (callback === undefined) return null;
    const { inCall, sinceMs, priority } = callback;
    const place = { queue, sinceMs, priority, callback: callback.id };
    if (callback.state === 'onLine') return inCall === call.id ? place : null;
    if (callback.state === 'dialling') {
      const state = inCall === null ? undefined : this.#parts.engine().book.get(inCall)?.call.state;
      if (state !== undefined && !BEFORE_TALK.has(state)) return null;
    }
    this.#move(callback, { type: 'calledIn', callId: call.id }, { ofCall: call.id });
    // The call to him is let go: his line is busy with this one.
    if (callback.state === 'dialling' && inCall !== null) {
      this.#parts.post(() => this.#parts.engine().apply(inCall, { type: 'calledOff', why: 'calledIn' }));
    }
    return place;
  }

  /** The router found an agent. False: it came to nothing, and the agent is free again. */
  offered({ callId: id, agentId, queue, reason }: Offer): boolean {
    const callback = this.#callbacks.get(id);
    const { router } = this.#parts.engine();
    if (callback?.state !== 'waiting') {
      router.leave(id);
      return false;
    }
    const now = this.#parts.clock.now();
    if (diallableMs(callback, now, this.#zone()) > now) {
      this.#move(callback, { type: 'quiet' });
      return false;
    }
    const callId = this.#parts.newId();
    this.#move(callback, { type: 'matched', callId }, { ofCall: callId, detail: reason });
    const { number, line, lineName, ticketId } = callback;
    const reply = this.#parts.outbound.call({
      callId,
      purpose: 'queueCallback',
      number,
      agentId,
      subject: { callbackId: id, ticketId, missedCallId: null },
      queue,
      line,
      lineName,
      reason,
      as: 'offered',
    });
    if (reply.ok) return true;
    const { code } = reply;
    const moved = this.#callbacks.get(id);
    if (moved === undefined) return false;
    // An agent who was not free after all costs nothing; every other hindrance is asked again in a while.
    if (code === 'outbound.agentNotFree') this.#move(moved, { type: 'agentAway', callId }, { detail: code });
    else this.#move(moved, { type: 'notReached', callId, outcome: 'network' }, { detail: code });
    return false;
  }

  /** A call came to another state. */
  callMoved(call: Call): void {
    const { id: callId, state, talkedWith } = call;
    if (state !== 'talking' && state !== 'ended') return;
    if (isOutbound(call)) {
      const { callbackId } = call.outbound.subject;
      const callback = callbackId === null ? undefined : this.#callbacks.get(callbackId);
      if (callback !== undefined && state === 'ended') this.#resolve(callback, call);
      return;
    }
    const type = talkedWith === null ? 'hungUp' : 'gotThrough';
    // Of every desk that he stood at: none may wait for the end of a call that is over.
    for (const callback of [...this.#callbacks.values()]) {
      if (callback.inCall !== callId || callback.state !== 'onLine') continue;
      this.#move(callback, { type, callId }, { ofCall: callId });
    }
  }

  /** By a person: true when there was something to cancel. */
  cancel(id: string, by: string, reason: string): boolean {
    const callback = this.#callbacks.get(id);
    if (callback === undefined) return false;
    const { state, inCall } = callback;
    this.#move(callback, { type: 'cancel' }, { by, detail: reason });
    if (state === 'dialling' && inCall !== null) {
      this.#parts.post(() => this.#parts.engine().apply(inCall, { type: 'calledOff', why: 'cancelled' }));
    }
    return true;
  }

  /** Whose queue is no more waits on at the general desk, in the same place. */
  replaceConfiguration({ queues, municipality: { generalQueue } }: Configuration): void {
    const codes = new Set(queues.map(({ code }) => code));
    for (const callback of [...this.#callbacks.values()]) {
      if (codes.has(callback.queue) || callback.queue === generalQueue) continue;
      if (this.#byPlace.has(placeKey({ number: callback.number, queue: generalQueue }))) {
        this.#move(callback, { type: 'cancel' }, { detail: 'queueGone' });
        continue;
      }
      this.#byPlace.delete(placeKey(callback));
      const stands = (callback.stands ?? []).filter(({ queue }) => codes.has(queue));
      const moved = { ...callback, queue: generalQueue, stands };
      this.#callbacks.set(moved.id, moved);
      this.#byPlace.set(placeKey(moved), moved.id);
      if (moved.state === 'waiting') this.#parts.engine().router.leave(moved.id);
      this.#settle(moved);
    }
  }

  #resolve(callback: Callback, call: Call): void {
    const callId = call.id;
    const outcome = call.outbound?.outcome ?? null;
    if (outcome !== null) {
      this.#move(callback, { type: 'notReached', callId, outcome }, { ofCall: callId, detail: outcome });
    } else if (call.talkedWith !== null)
      this.#move(callback, { type: 'reached', callId }, { ofCall: callId });
    else this.#move(callback, { type: 'agentAway', callId }, { ofCall: callId });
  }

  #move(before: Callback, event: CallbackEvent, told: Told = {}): void {
    const context = { nowMs: this.#parts.clock.now(), zone: this.#zone() };
    const callback = moveCallback(before, event, context);
    if (callback === before) return;
    const { router } = this.#parts.engine();
    // Matched as well: from then on the call to him is the agent's reservation, and lets go of him when he leaves it. The
    // place is the callback's own, and it is settled anew if it comes back to it.
    router.leave(callback.id);
    this.#callbacks.set(callback.id, callback);
    this.#tell(callback, event.type, told);
    this.#settle(callback);
  }

  /** The router, the timer and the disk are brought in step with what it is. */
  #settle(callback: Callback): void {
    const { id, state } = callback;
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    if (isOver(state)) {
      this.#callbacks.delete(id);
      this.#byPlace.delete(placeKey(callback));
      this.#parts.store.remove(id);
      return;
    }
    this.#parts.store.save(callback);
    const now = this.#parts.clock.now();
    if (state === 'waiting') {
      const { queue, priority, sinceMs } = callback;
      const { router, offers } = this.#parts.engine();
      const { own, also } = standsNow(callback, now);
      offers.add(router.join({ callId: id, queue, priority, sinceMs, ...askOf(own) }, now));
      for (const stand of also) offers.add(router.lookAlsoIn(id, stand.queue, now, stand.ask));
    }
    const nextMs = nextLookMs(callback, now);
    if (nextMs === null) return;
    this.#timers.set(
      id,
      this.#parts.clock.after(Math.max(0, nextMs - now), () => this.#parts.post(() => this.#look(id))),
    );
  }

  #look(id: string): void {
    const callback = this.#callbacks.get(id);
    if (callback === undefined) return;
    const due = lookAt(callback, this.#parts.clock.now());
    // The lease is of a call that goes on: a long talk is no lost one.
    const lives = callback.inCall !== null && this.#parts.engine().book.get(callback.inCall) !== undefined;
    if (due === null) this.#settle(callback);
    else if (due.type === 'leaseOver' && lives) {
      const renewed = { ...callback, leasedUntilMs: this.#parts.clock.now() + RENEW_MS };
      this.#callbacks.set(id, renewed);
      this.#settle(renewed);
    } else this.#move(callback, due);
  }

  #tell(callback: Callback, move: CallbackEvent['type'] | 'promised', told: Told): void {
    const { facts, clock, log } = this.#parts;
    const { ofCall = null, by = null, detail = '' } = told;
    const { id, state, queue, attempts } = callback;
    log.info({ callbackId: id, move, state, queue, attempts }, 'a callback moved');
    facts.append({
      id: this.#parts.newId(),
      atMs: clock.now(),
      callId: null,
      type: 'callback',
      move,
      callback,
      ofCall,
      by,
      detail,
    });
  }

  #zone(): string {
    return this.#parts.engine().configuration.municipality.timeZone;
  }

  #numberOf({ id, callerNumber }: Call): string | null {
    const { configuration } = this.#parts.engine();
    try {
      const own = ownNumbers(configuration);
      const { areaCode } = configuration.municipality;
      const found = callableNumber(callerNumber, { areaCode, isOwn: (number) => own.has(number) });
      return found.kind === 'callable' ? found.number : null;
    } catch (err) {
      // Rules that cannot be read cost nobody his call: he is merely not called back.
      this.#parts.log.error({ err, callId: id }, 'whether a citizen can be called could not be told');
      return null;
    }
  }
}

const RENEW_MS = 60_000;

const askOf = ({ ask }: Stand): Pick<Stand, 'ask'> => (ask === undefined ? {} : { ask });

const placeKey = ({ number, queue }: Pick<Callback, 'number' | 'queue'>): string => `${number} ${queue}`;
