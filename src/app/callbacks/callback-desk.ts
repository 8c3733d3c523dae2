import {
  type Callback,
  type CallbackEvent,
  diallableMs,
  lookAt,
  moveCallback,
  requestCallback,
} from '../../domain/callbacks/callback.ts';
import { isOver } from '../../domain/callbacks/callback-table.ts';
import type { Stand } from '../../domain/callbacks/stands.ts';
import type { Call } from '../../domain/calls/call.ts';
import { isOutbound } from '../../domain/calls/outbound.ts';
import type { CallbackRule } from '../../domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Offer } from '../../domain/routing/offer.ts';
import type { CallbackPlaces } from '../calls/callback-places.ts';
import type { CallbackStore } from '../ports/callback-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { Log } from '../ports/log.ts';
import { callBackNumber, callbackRuleFor } from './callable-callers.ts';
import type { CallbackEngine } from './callback-engine.ts';
import { type ToldOfCallback, tellCallback } from './callback-facts.ts';
import { requestOf } from './callback-request.ts';
import { CallbackShelf } from './callback-shelf.ts';
import { CallbackUpkeep } from './callback-upkeep.ts';
import type { OutboundDesk } from './outbound-desk.ts';

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

/** The two states in which a call to a citizen has not come to a talk. */
const BEFORE_TALK: ReadonlySet<string> = new Set(['callingAgent', 'dialling']);

/**
 * The queue callbacks of this house, and nobody else's to move: each in the router where its citizen stood, with its own
 * timer. Everything in it runs to its end at once, in the one line of events.
 */
export class CallbackDesk implements CallbackPlaces {
  readonly #parts: CallbackParts;
  readonly #shelf = new CallbackShelf();
  /** Over since this process began, as long as the books may still name them; null: they were asked. */
  #overHere: Set<string> | null = new Set();
  readonly #upkeep: CallbackUpkeep;

  constructor(parts: CallbackParts) {
    this.#parts = parts;
    this.#upkeep = new CallbackUpkeep(parts, this.#shelf, (id) => this.#look(id));
  }

  /** Before the calls are taken up again: one of theirs may have the place of a callback. */
  load(callbacks: readonly Callback[]): void {
    for (const callback of callbacks) {
      const known = this.#shelf.get(callback.id) ?? this.#shelf.at(callback);
      if (known === undefined && !isOver(callback.state)) this.#shelf.put(callback);
    }
  }

  /** From the books, when what was known last is out of reach: none that is held here, or was ended here. */
  adopt(callbacks: readonly Callback[]): void {
    const news = callbacks.filter(({ id }) => !this.holds(id) && this.#overHere?.has(id) !== true);
    this.#overHere = null;
    this.load(news);
    for (const { id } of news) this.#takeUp(id);
  }

  /** After that: what the process before was in the middle of is gone on with, or taken back. */
  resume(): void {
    for (const { id } of this.#shelf.all()) this.#takeUp(id);
  }

  #takeUp(id: string): void {
    const callback = this.#shelf.get(id);
    if (callback === undefined) return;
    const { state, inCall } = callback;
    this.#parts.log.info({ callbackId: id, state }, 'a callback is taken up again');
    const lives = inCall !== null && this.#parts.engine().book.get(inCall) !== undefined;
    if (state === 'onLine' && !lives) this.#move(callback, { type: 'hungUp', callId: inCall ?? '' });
    else if (state === 'dialling' && !lives) this.#move(callback, { type: 'leaseOver' });
    else this.#settle(callback);
  }

  stop(): void {
    this.#upkeep.stop();
  }

  all(): readonly Callback[] {
    return this.#shelf.all();
  }

  holds(id: string): boolean {
    return this.#shelf.get(id) !== undefined;
  }

  /** The rule by which this citizen may be called back; null: not he, or not from this queue. */
  ruleFor(call: Call, rule: CallbackRule | null): CallbackRule | null {
    return callbackRuleFor(call, rule, this.#parts.engine().configuration, this.#parts.log);
  }

  /** He hangs up, and his place stays. Asked for twice it is one. */
  promise(
    call: Call,
    { queue, priority, sinceMs, stands }: Place & { readonly stands: readonly Stand[] },
    rule: CallbackRule | null,
  ): void {
    const number = this.#numberOf(call);
    if (number === null || rule === null) return;
    if (this.#shelf.at({ number, queue }) !== undefined) return;
    const id = this.#parts.newId();
    const request = requestOf(call, { id, number, queue, priority, sinceMs, stands, rule });
    const callback = requestCallback(request, this.#parts.clock.now(), this.#zone());
    tellCallback(this.#parts, callback, 'promised', { ofCall: call.id });
    this.#settle(callback);
  }

  /**
   * F-18: a citizen enters a queue where a callback of his stands. It steps aside, and its place is his; null: there is
   * none, or he is already being talked with.
   */
  calledIn(call: Call, queue: string): (Place & { readonly callback: string }) | null {
    const number = isOutbound(call) ? null : this.#numberOf(call);
    const callback = number === null ? undefined : this.#shelf.at({ number, queue });
    if (callback === undefined) return null;
    const { sinceMs, priority } = callback;
    const place = { queue, sinceMs, priority, callback: callback.id };
    if (callback.state === 'onLine') return callback.inCall === call.id ? place : null;
    return this.#stepAside(callback, call) ? place : null;
  }

  /** False: he is already being talked with. */
  #stepAside(callback: Callback, call: Call): boolean {
    const { state, inCall } = callback;
    if (state === 'dialling') {
      const at = inCall === null ? undefined : this.#parts.engine().book.get(inCall)?.call.state;
      if (at !== undefined && !BEFORE_TALK.has(at)) return false;
    }
    this.#move(callback, { type: 'calledIn', callId: call.id }, { ofCall: call.id });
    // The call to him is let go: his line is busy with this one.
    if (state === 'dialling' && inCall !== null) {
      this.#parts.post(() => this.#parts.engine().apply(inCall, { type: 'calledOff', why: 'calledIn' }));
    }
    return true;
  }

  /** The router found an agent. False: it came to nothing, and the agent is free again. */
  offered({ callId: id, agentId, queue, reason }: Offer): boolean {
    const callback = this.#shelf.get(id);
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
    const { number, line, lineName, ticketId, ticketNumber } = callback;
    const reply = this.#parts.outbound.call({
      callId,
      purpose: 'queueCallback',
      number,
      agentId,
      subject: { callbackId: id, ticketId, missedCallId: null },
      queue,
      line,
      about: [lineName, ticketNumber ?? ''].filter((word) => word !== '').join(' '),
      reason,
      as: 'offered',
    });
    if (reply.ok) return true;
    const { code } = reply;
    const moved = this.#shelf.get(id);
    if (moved === undefined) return false;
    // An agent who was not free after all costs nothing; every other hindrance is asked again in a while.
    if (code === 'outbound.agentNotFree') this.#move(moved, { type: 'agentAway', callId }, { detail: code });
    else this.#move(moved, { type: 'notReached', callId, outcome: 'network' }, { detail: code });
    return false;
  }

  /** A call came to another state. */
  callMoved(call: Call): void {
    const { id: callId, state, talkedWith, promised = false } = call;
    if (state !== 'talking' && state !== 'ended') return;
    if (isOutbound(call)) {
      const { callbackId } = call.outbound.subject;
      const callback = callbackId === null ? undefined : this.#shelf.get(callbackId);
      if (callback !== undefined && state === 'ended') this.#resolve(callback, call);
      return;
    }
    // Whose talk broke off, and who asked to be called back while he waited again, is waiting for that call.
    const type = talkedWith === null || promised ? 'hungUp' : 'gotThrough';
    const number = this.#numberOf(call);
    for (const callback of number === null ? this.#shelf.all() : this.#shelf.of(number)) {
      // He speaks with a person, at whichever desk: what he waits for at another one is said to that person.
      const aside = state === 'talking' && callback.state !== 'onLine' && this.#stepAside(callback, call);
      const now = aside ? this.#shelf.get(callback.id) : callback;
      // Of every desk that he stood at: none may wait for the end of a call that is over.
      if (now?.inCall === callId && now.state === 'onLine')
        this.#move(now, { type, callId }, { ofCall: callId });
    }
  }

  /** By a person: true when there was something to cancel. */
  cancel(id: string, by: string, reason: string): boolean {
    const callback = this.#shelf.get(id);
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
    for (const callback of this.#shelf.all()) {
      if (codes.has(callback.queue) || callback.queue === generalQueue) continue;
      if (this.#shelf.at({ number: callback.number, queue: generalQueue }) !== undefined) {
        this.#move(callback, { type: 'cancel' }, { detail: 'queueGone' });
        continue;
      }
      const stands = (callback.stands ?? []).filter(({ queue }) => codes.has(queue));
      const moved = { ...callback, queue: generalQueue, stands };
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

  #move(before: Callback, event: CallbackEvent, told: ToldOfCallback = {}): void {
    const context = { nowMs: this.#parts.clock.now(), zone: this.#zone() };
    const callback = moveCallback(before, event, context);
    if (callback === before) return;
    const { router } = this.#parts.engine();
    // Matched as well: from then on the call to him is the agent's reservation, and lets go of him when he leaves it. The
    // place is the callback's own, and it is settled anew if it comes back to it.
    router.leave(callback.id);
    tellCallback(this.#parts, callback, event.type, told);
    this.#settle(callback);
  }

  #look(id: string): void {
    const callback = this.#shelf.get(id);
    if (callback === undefined) return;
    const due = lookAt(callback, this.#parts.clock.now());
    // The lease is of a call that goes on: a long talk is no lost one.
    const lives = callback.inCall !== null && this.#parts.engine().book.get(callback.inCall) !== undefined;
    if (due === null) this.#settle(callback);
    else if (due.type === 'leaseOver' && lives) {
      this.#settle({ ...callback, leasedUntilMs: this.#parts.clock.now() + RENEW_MS });
    } else this.#move(callback, due);
  }

  #settle(callback: Callback): void {
    if (isOver(callback.state)) this.#overHere?.add(callback.id);
    this.#upkeep.settle(callback);
  }

  #zone(): string {
    return this.#parts.engine().configuration.municipality.timeZone;
  }

  #numberOf(call: Call): string | null {
    return callBackNumber(call, this.#parts.engine().configuration, this.#parts.log);
  }
}

const RENEW_MS = 60_000;
