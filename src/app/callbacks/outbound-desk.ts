import { callableNumber, outsideNumber } from '../../domain/callbacks/callable.ts';
import {
  DEFAULT_OUTBOUND_RULES,
  judgeOutbound,
  NUMBER_REFUSALS,
  type OutboundJudgement,
  type OutboundRefusal,
  type OutboundRules,
} from '../../domain/callbacks/outbound-rules.ts';
import { type OutboundPurpose, PURPOSE_NAMES } from '../../domain/callbacks/purposes.ts';
import type { Decision } from '../../domain/calls/call.ts';
import { isOutbound, type OutboundSubject, ticketOf } from '../../domain/calls/outbound.ts';
import { place } from '../../domain/calls/placing.ts';
import { placeForUnit, type UnitOrder } from '../../domain/calls/unit-call-moves.ts';
import type { CallPlan } from '../../domain/hotlines/call-plan.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { maskedNumber } from '../../domain/privacy/masked.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PlacedCallStore } from '../ports/placed-calls.ts';
import { ownNumbers } from './own-numbers.ts';
import { PlacedCalls } from './placed-calls.ts';

/** Somebody is to be called, by this agent. */
export interface WantedCall {
  /** Ours from the beginning: the same call asked for again is the same call (F-17). */
  readonly callId: string;
  readonly purpose: OutboundPurpose;
  /** As a ticket, a callback or a missed call holds it. */
  readonly number: string;
  readonly agentId: string;
  readonly subject: OutboundSubject;
  /** Who takes the citizen if this agent's telephone fails in the middle of the talk. */
  readonly queue: string;
  /** The line that the matter came by. */
  readonly line: string | null;
  /** For the agent's telephone: the line's name, the ticket's number. */
  readonly about: string;
  /** Why this agent. */
  readonly reason: string;
  /** `offered`: the router's choice of a free agent. `callsOut`: his own wish. */
  readonly as: 'offered' | 'callsOut';
}

/** The same by a unit's own person; `agentId` is his account. */
export interface WantedUnitCall
  extends Pick<WantedCall, 'callId' | 'purpose' | 'number' | 'agentId' | 'subject' | 'line' | 'about'> {
  /** The telephone of the unit that rings first. */
  readonly unitNumber: string;
}

export type CallRefusal =
  | OutboundRefusal
  | 'outbound.citizenOnLine'
  | 'outbound.agentNotFree'
  | 'outbound.unitPhoneInvalid'
  | 'outbound.unitPhoneBusy';
export type CallReply =
  | { readonly ok: true; readonly callId: string }
  | { readonly ok: false; readonly code: CallRefusal };

/** What of the engine a call out needs. */
export interface OutboundEngine {
  readonly book: CallBook;
  readonly configuration: Configuration;
  place(decision: Decision): void;
}

export interface OutboundParts {
  readonly desk: AgentDesk;
  readonly clock: Clock;
  readonly log: Log;
  readonly placed: PlacedCallStore;
  newId(): string;
  engine(): OutboundEngine;
}

type Outside = { readonly number: string } | { readonly refused: OutboundRefusal };
type Wish = Omit<WantedCall, 'reason' | 'as'>;
type Granted = Extract<OutboundJudgement, { readonly kind: 'granted' }>;
/** All of it but who is rung first. */
export type Order = Omit<UnitOrder, 'unit'>;

/** Of an agent's telephone, where his queue does not say. */
const RING_TIMEOUT_MS = 15_000;
/** In the place of an agent, where none is needed. */
const MACHINE = '';
/** Of a unit's: somebody has asked for this call a moment ago. */
const UNIT_RING_MS = 30_000;

/** Places calls to citizens: judged anew each time, one at a time for each citizen, one for each agent. */
export class OutboundDesk {
  readonly #parts: OutboundParts;
  readonly #placed: PlacedCalls;
  #rules: OutboundRules = DEFAULT_OUTBOUND_RULES;

  constructor(parts: OutboundParts) {
    this.#parts = parts;
    this.#placed = new PlacedCalls(parts.placed);
  }

  async restore(): Promise<void> {
    this.#placed.restore(await this.#parts.placed.read());
  }

  get rules(): OutboundRules {
    return this.#rules;
  }

  useRules(rules: OutboundRules): void {
    this.#rules = rules;
  }

  call(wanted: WantedCall): CallReply {
    const { desk } = this.#parts;
    const { configuration } = this.#parts.engine();
    const { callId, agentId } = wanted;
    const looked = this.#look(wanted);
    if (looked.kind !== 'granted') return looked.reply;
    const profile = desk.profile(agentId);
    if (profile === null || !desk.apply(agentId, { type: wanted.as, callId })) {
      return this.#refused(wanted, 'outbound.agentNotFree');
    }
    const queue = configuration.queues.find(({ code }) => code === wanted.queue);
    const ringTimeoutMs = queue?.ringTimeoutMs ?? RING_TIMEOUT_MS;
    const agent = { agentId, phone: profile.phone, ringTimeoutMs };
    return this.#begin(wanted, looked, (order, nowMs) =>
      place({ ...order, agent, reason: wanted.reason }, nowMs),
    );
  }

  /** By a unit's own person: his telephone is one that the books know, and rings for one such call at a time. */
  callForUnit(asked: WantedUnitCall): CallReply {
    const { book, configuration } = this.#parts.engine();
    const { areaCode, generalQueue } = configuration.municipality;
    const own = ownNumbers(configuration);
    const wanted = { ...asked, queue: generalQueue };
    const phone = callableNumber(asked.unitNumber, { areaCode, isOwn: (number) => own.has(number) });
    if (phone.kind === 'refused') return this.#refused(wanted, 'outbound.unitPhoneInvalid');
    const looked = this.#look(wanted);
    if (looked.kind !== 'granted') return looked.reply;
    const { number } = phone;
    // A unit that is to be called at its own citizen's number is one and the same telephone.
    if (number === looked.number) return this.#refused(wanted, 'outbound.unitPhoneInvalid');
    for (const { call } of book.all()) {
      const isIts = call.leg?.kind === 'unit' && call.leg.number === number;
      if (isIts && isOutbound(call)) return this.#refused(wanted, 'outbound.unitPhoneBusy');
    }
    const unit = { number, ringTimeoutMs: UNIT_RING_MS };
    return this.#begin(wanted, looked, (order, nowMs) => placeForUnit({ ...order, unit }, nowMs));
  }

  /** By the machine, which asks alone: the citizen's telephone is the only one that rings. */
  callAlone(asked: Omit<Wish, 'agentId'>, placed: (order: Order, nowMs: number) => Decision): CallReply {
    const wanted = { ...asked, agentId: MACHINE };
    const looked = this.#look(wanted);
    return looked.kind === 'granted' ? this.#begin(wanted, looked, placed) : looked.reply;
  }

  /**
   * A number that an agent wants in his talk, held against the same rules. Only how often one number is called is not:
   * many citizens need the same one.
   */
  outside(raw: string, agentId: string): Outside {
    const found = this.onCall(raw);
    if ('refused' in found) return found;
    const { perHour, perAgentHour } = this.#rules;
    const { inAll, byAgent } = this.#placed.counts(agentId, found.number, this.#parts.clock.now());
    if (inAll >= perHour) return { refused: 'outbound.tooMany' };
    return byAgent >= perAgentHour ? { refused: 'outbound.tooManyByAgent' } : found;
  }

  /**
   * The number of somebody on call, for an emergency bridge (E5). No cap against toll fraud holds it up, and it uses none up:
   * nobody types it, and on a day of many emergencies the caps would be reached when it matters most.
   */
  onCall(raw: string): Outside {
    const { configuration } = this.#parts.engine();
    const own = ownNumbers(configuration);
    const { areaCode } = configuration.municipality;
    const foreign = this.#rules.international;
    const found = outsideNumber(raw, { areaCode, isOwn: (number) => own.has(number), foreign });
    return found.kind === 'refused' ? { refused: NUMBER_REFUSALS[found.why] } : { number: found.number };
  }

  /** That number is rung for the talk: counted with the calls out. */
  broughtIn(number: string, agentId: string): void {
    const { newId, clock } = this.#parts;
    this.#placed.add({ id: newId(), atMs: clock.now(), agentId, number });
  }

  #refused({ callId, agentId, purpose }: Wish, code: CallRefusal): CallReply {
    this.#parts.log.info({ callId, agentId, purpose, code }, 'a call out was refused');
    return { ok: false, code };
  }

  /** Whether this call may be made now, and how; or it is there already. */
  #look(wanted: Wish): Granted | { readonly kind: 'replied'; readonly reply: CallReply } {
    const { clock } = this.#parts;
    const { book, configuration } = this.#parts.engine();
    const { callId, agentId, purpose } = wanted;
    const replied = (reply: CallReply) => ({ kind: 'replied', reply }) as const;
    const isKnown = book.get(callId) !== undefined || book.wasHere(callId) || this.#placed.knows(callId);
    if (isKnown) return replied({ ok: true, callId });
    const { areaCode, mainNumber, timeZone: zone } = configuration.municipality;
    const own = ownNumbers(configuration);
    const isOwn = (number: string): boolean => own.has(number);
    const readable = callableNumber(wanted.number, { areaCode, isOwn, foreign: true });
    const number = readable.kind === 'callable' ? readable.number : '';
    const onLine = this.#callWith(number);
    if (onLine !== null) {
      // Asked for once more, by the same agent for the same thing: it is that call.
      return replied(
        onLine.agentId === agentId && onLine.purpose === purpose
          ? { ok: true, callId: onLine.callId }
          : this.#refused(wanted, 'outbound.citizenOnLine'),
      );
    }
    const nowMs = clock.now();
    const placed = this.#placed.counts(agentId, number, nowMs);
    const judged = judgeOutbound(wanted, this.#rules, {
      nowMs,
      zone,
      areaCode,
      mainNumber,
      isOwn,
      // The cap of one agent is not the machine's, which has its own.
      placed: agentId === MACHINE ? { ...placed, byAgent: 0 } : placed,
    });
    return judged.kind === 'refused' ? replied(this.#refused(wanted, judged.code)) : judged;
  }

  #begin(
    wanted: Wish,
    { number, trunk, callerId, ringTimeoutMs }: Granted,
    placed: (order: Order, nowMs: number) => Decision,
  ): CallReply {
    const { configuration } = this.#parts.engine();
    const nowMs = this.#parts.clock.now();
    const { callId, agentId, purpose, subject } = wanted;
    this.#placed.add({ id: callId, atMs: nowMs, agentId, number });
    const order: Order = {
      id: callId,
      number,
      plan: this.#plan(wanted, number, configuration),
      configurationVersion: configuration.version,
      outbound: {
        purpose,
        subject,
        ...ticketOf(purpose, subject, wanted.about),
        trunk,
        callerId,
        ringTimeoutMs,
        shortWrapUpMs: this.#rules.shortWrapUpMs,
      },
    };
    this.#parts.engine().place(placed(order, nowMs));
    return { ok: true, callId };
  }

  /** The citizen's call that is going on, whoever began it. */
  #callWith(
    number: string,
  ): { callId: string; agentId: string | null; purpose: OutboundPurpose | null } | null {
    if (number === '') return null;
    const { book, configuration } = this.#parts.engine();
    const { areaCode } = configuration.municipality;
    for (const { call } of book.all()) {
      if (call.state === 'releasing' || call.state === 'ended') continue;
      const his = callableNumber(call.callerNumber, { areaCode, isOwn: () => false, foreign: true });
      if (his.kind !== 'callable' || his.number !== number) continue;
      const agentId = call.leg?.kind === 'agent' ? call.leg.agentId : null;
      return { callId: call.id, agentId, purpose: isOutbound(call) ? call.outbound.purpose : null };
    }
    return null;
  }

  #plan(wanted: Wish, number: string, configuration: Configuration): CallPlan {
    const { purpose, queue, about } = wanted;
    const line = configuration.lines.find((one) => one.number === wanted.line) ?? null;
    const reason = PURPOSE_NAMES[purpose];
    return {
      recognition: { line, method: 'none', confidence: 'certain', reason, loop: false },
      mode: line?.mode ?? 'MAIN',
      prompts: [],
      announcements: [],
      destination: { kind: 'queue', queue, reason },
      whisper: [reason, about, maskedNumber(number)].filter((word) => word !== '').join(' '),
      anomalies: [],
    };
  }
}
