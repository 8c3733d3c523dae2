import type { Decision } from '../../domain/calls/call.ts';
import type { CallContext } from '../../domain/calls/call-context.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { LegFound } from '../../domain/calls/conversation/found.ts';
import { decide, rescue, resume } from '../../domain/calls/decide.ts';
import type { CallFact } from '../../domain/calls/facts.ts';
import { enteredFallback } from '../../domain/calls/fallback-queue.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { Router } from '../../domain/routing/router.ts';
import type { Ask } from '../../domain/skills/skills.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { SavedCall } from '../ports/call-store.ts';
import type { CallView } from '../ports/call-view.ts';
import type { IncomingCall, SwitchSnapshot } from '../ports/switch.ts';
import { Arrivals, type Beginning } from './arrivals.ts';
import {
  CallBook,
  callIdOf,
  type Edition,
  editionOf,
  isLegId,
  type LiveCall,
  stopTimers,
} from './call-book.ts';
import { contextOf } from './call-context.ts';
import { CallQuestions } from './call-questions.ts';
import { arrivedFact, looksOther, viewOf } from './call-view.ts';
import type { EngineParts } from './engine-parts.ts';
import { FactTeller } from './fact-teller.ts';
import { HeldTimers } from './held-timers.ts';
import { HouseHand } from './house-hand.ts';
import { OfferDesk } from './offer-desk.ts';
import { ReleasedCalls } from './released-calls.ts';
import { isElsewhere } from './resync-talk.ts';
import type { SwitchHand } from './switch-hand.ts';

const SEEN_NOW = { endedMs: null, unheard: false };

/**
 * Carries decisions out: keeps each call's latest state, has its facts told, and hands its commands to `HouseHand`,
 * which hands the switch's part on. Decides nothing itself, and everything in it runs to its end at once: the awaiting
 * is the hand's.
 */
export class CallEngine {
  readonly book = new CallBook();
  readonly router = new Router();
  readonly #parts: EngineParts;
  readonly #desk: AgentDesk;
  readonly #hand: HouseHand;
  #edition: Edition;
  readonly offers: OfferDesk;
  readonly #arrivals: Arrivals;
  readonly #teller: FactTeller;
  readonly #questions: CallQuestions;
  readonly #heldTimers: HeldTimers;
  readonly #released: ReleasedCalls;

  constructor(parts: EngineParts, desk: AgentDesk, theSwitch: SwitchHand, configuration: Configuration) {
    this.#parts = parts;
    this.#desk = desk;
    this.#edition = editionOf(configuration);
    const { clock, log } = parts;
    this.#released = new ReleasedCalls(parts.calls, this.book);
    this.#arrivals = new Arrivals(parts, () => this.configuration);
    this.#teller = new FactTeller(parts);
    this.offers = new OfferDesk({
      book: this.book,
      router: this.router,
      desk,
      clock,
      log,
      callbacks: parts.callbacks,
      apply: (callId, event) => this.apply(callId, event),
    });
    this.#questions = new CallQuestions({
      books: parts.callers,
      prompts: parts.prompts,
      log,
      answer: (callId, event) => parts.post(() => this.apply(callId, event)),
    });
    this.#hand = new HouseHand({
      switch: theSwitch,
      router: this.router,
      offers: this.offers,
      desk,
      questions: this.#questions,
      callerHours: parts.callerHours,
      callbacks: parts.callbacks,
      recordings: parts.recordings,
      clock,
      later: (callId, event) => parts.post(() => this.apply(callId, event)),
      verify: (callId, epoch) => parts.verify(callId, epoch),
    });
    this.#heldTimers = new HeldTimers(clock, (live, timer) => this.#hand.execute(live, timer));
  }

  get configuration(): Configuration {
    return this.#edition.configuration;
  }

  /** Calls in progress keep their version; only who waits in a queue that is no more is moved. */
  replaceConfiguration(configuration: Configuration): void {
    this.#edition = editionOf(configuration);
    for (const live of [...this.book.all()]) this.#keepQueueAlive(live);
    this.#parts.callbacks.replaceConfiguration(configuration);
  }

  /** A call to a citizen begins, at who is to talk with him. */
  place(decision: Decision): void {
    const live = this.#take(decision.call, 1);
    this.#carryOut(live, decision);
    this.#show(live);
  }

  incoming(announced: IncomingCall): void {
    const { book } = this;
    const { log } = this.#parts;
    if (book.get(announced.callId) !== undefined || book.ofCaller(announced.channel) !== undefined) return;
    if (book.wasHere(announced.callId)) {
      log.warn({ callId: announced.callId }, 'a call that is over was announced again');
      return;
    }
    this.#begin(this.#arrivals.announced(announced));
  }

  /**
   * A citizen is at the switch whom nobody here knows. `legs`: those that he is bridged with, and whose they are. Who
   * waited in the fallback was claimed out of it by a process that died before it could take him back: his place there
   * is his still. An agent who has another call by now was let go of this one, and is not asked to have both.
   */
  adopt(announced: IncomingCall, up: boolean, found: readonly LegFound[]): void {
    const { callId } = announced;
    const presence = (agentId: string | null) => (agentId === null ? null : this.#desk.presence(agentId));
    const legs = found.filter(({ agentId }) => !isElsewhere(presence(agentId), callId, this.book));
    if (legs.length === 0 && announced.waitingSinceMs !== undefined) {
      this.incoming(announced);
      return;
    }
    this.#parts.log.warn({ callId, talking: legs.length }, 'a call was adopted');
    for (const { agentId } of legs) {
      if (agentId !== null) this.#desk.apply(agentId, { type: 'adopted', callId });
    }
    this.#begin(this.#arrivals.found(announced, up, legs));
  }

  /** Before the switch is there: the calls that were in progress when this process's forerunner ended. */
  restore(saved: readonly SavedCall[]): void {
    for (const one of saved) {
      const { call, seq, toldMs } = one;
      if (call.state === 'ended') {
        this.#released.restore(one);
        continue;
      }
      const live = this.#take(call, seq, toldMs);
      this.#show(live);
      const commands = resume(call, this.#context(live.edition));
      this.#carryOut(live, { call, commands: commands.filter(({ kind }) => kind !== 'timer'), facts: [] });
      for (const command of commands) if (command.kind === 'timer') this.#heldTimers.hold(live, command);
    }
    if (saved.length > 0)
      this.#parts.log.info({ calls: saved.length }, 'calls in progress are taken up again');
  }

  /** The switch is there, and what it has has been compared with what was believed. */
  switchHeard(): void {
    this.#heldTimers.letGo();
  }

  /** As it was a moment ago. */
  switchSeen(snapshot: SwitchSnapshot): void {
    this.#released.seen(snapshot);
  }

  /** `endedMs`: for an end that nobody saw, the last moment at which it had not come yet; null for what happens now. */
  apply(callId: string, event: CallEvent, endedMs: number | null = null): void {
    const live = this.book.get(callId);
    if (live === undefined) return;
    const decision = this.#decide(live, event);
    if (decision.call === live.call) return;
    const before = live.call;
    live.call = decision.call;
    this.#parts.log.debug(
      { callId, from: before.state, event: event.type, to: live.call.state },
      'a call moved',
    );
    const unheard = before.state === 'releasing' && event.type === 'timeout';
    this.#carryOut(live, decision, { endedMs, unheard });
    if (looksOther(before, live.call)) this.#show(live);
    if (live.call.state === 'ended') this.#close(live, before.state === 'releasing');
    this.#parts.callbacks.callMoved(live.call);
  }

  #decide({ call, edition }: LiveCall, event: CallEvent): Decision {
    const context = this.#context(edition);
    try {
      return decide(call, event, context);
    } catch (err) {
      const { id: callId, state } = call;
      this.#parts.log.error({ err, callId, state, event: event.type }, 'a call could not be decided on');
      return rescue(call, context);
    }
  }

  /** Something that their waiting depends on is another: who is signed in, or within reach. */
  lookAround(callIds: readonly string[]): void {
    for (const callId of callIds) {
      this.apply(callId, { type: 'lookAround' });
      const live = this.book.get(callId);
      if (live !== undefined) this.#show(live);
    }
  }

  callerEnded(channel: string, event: Extract<CallEvent, { type: 'callerEnded' }>): boolean {
    const live = this.book.ofCaller(channel);
    if (live === undefined) return false;
    this.apply(live.call.id, event);
    return true;
  }

  digit(channel: string, digit: string): void {
    const live = this.book.ofCaller(channel);
    if (live !== undefined) this.apply(live.call.id, { type: 'digit', digit });
    else if (isLegId(channel)) this.apply(callIdOf(channel), { type: 'legDigit', leg: channel, digit });
  }

  promptMissing(callId: string, prompt: string): void {
    const live = this.book.get(callId);
    this.#parts.log.warn({ callId, prompt }, 'a prompt is missing');
    if (live !== undefined)
      this.#tellBeside(live, [{ type: 'anomaly', code: 'prompt.missing', detail: prompt }]);
  }

  ableAtWork(queue: string, ask: Ask | undefined): boolean {
    return this.#context(this.#edition).ableAtWork(queue, ask);
  }

  /** Beside what its moves tell; a call that is over is told nothing more. */
  tell(callId: string, facts: readonly CallFact[]): void {
    const live = this.book.get(callId);
    if (live !== undefined) this.#tellBeside(live, facts);
  }

  stop(): void {
    this.#heldTimers.stop();
    for (const live of this.book.all()) stopTimers(live);
  }

  /** What was told is kept with the call at once: a successor would give its numbers out again. */
  #tellBeside(live: LiveCall, facts: readonly CallFact[]): void {
    this.#teller.tell(live, facts);
    this.#save(live);
  }

  #save({ call, seq, toldMs }: LiveCall): void {
    this.#parts.calls.save({ call, seq, toldMs });
  }

  #begin({ incoming, seq, first }: Beginning): void {
    const decision = first(this.#context(this.#edition));
    const live = this.#take(decision.call, seq);
    const { waitingSinceMs } = incoming;
    if (waitingSinceMs === undefined) this.#teller.tell(live, [arrivedFact(incoming)]);
    else this.#teller.tellAt(live, waitingSinceMs, [arrivedFact(incoming), ...enteredFallback()]);
    this.#show(live);
    this.#carryOut(live, decision);
    if (live.call.state === 'arrived') this.#questions.whoCalls(live);
  }

  #take(call: LiveCall['call'], seq: number, toldMs = 0): LiveCall {
    const edition = this.#edition;
    const live: LiveCall = { call, edition, seq, toldMs, chain: Promise.resolve(), timer: null };
    this.book.add(live);
    return live;
  }

  #context(edition: Edition): CallContext {
    const { configuration: now } = this.#edition;
    return contextOf(edition, { ...this.#parts, desk: this.#desk, router: this.router, now });
  }

  /** `unheard`: we let go of the citizen, and nobody knows that he is gone. */
  #carryOut(
    live: LiveCall,
    { commands, facts }: Decision,
    { endedMs, unheard }: { readonly endedMs: number | null; readonly unheard: boolean } = SEEN_NOW,
  ): void {
    this.#teller.tell(live, facts, endedMs);
    for (const command of commands) this.#hand.execute(live, command);
    if (live.call.state !== 'ended') this.#save(live);
    else if (unheard) this.#released.keep(live);
    else this.#parts.calls.remove(live.call.id);
    this.#keepQueueAlive(live);
  }

  #close(live: LiveCall, released: boolean): void {
    stopTimers(live);
    this.book.remove(live.call.id, released);
    this.#parts.board.callGone(live.call.id);
  }

  viewOf(live: LiveCall): CallView {
    return viewOf(live, { ...this.#parts, router: this.router });
  }

  #show(live: LiveCall): void {
    if (live.call.state !== 'ended') this.#parts.board.call(this.viewOf(live));
  }

  #keepQueueAlive(live: LiveCall): void {
    const { state, waiting, id } = live.call;
    if (state !== 'queued' || waiting === null || this.#edition.queues.has(waiting.queue)) return;
    const { generalQueue } = this.#edition.configuration.municipality;
    if (waiting.queue !== generalQueue) this.apply(id, { type: 'queueGone', to: generalQueue });
  }
}
