import { callableNumber, outsideNumber } from '../../domain/callbacks/callable.ts';
import {
  DEFAULT_OUTBOUND_RULES,
  judgeOutbound,
  NUMBER_REFUSALS,
  type OutboundRefusal,
  type OutboundRules,
} from '../../domain/callbacks/outbound-rules.ts';
import { type OutboundPurpose, PURPOSE_NAMES } from '../../domain/callbacks/purposes.ts';
import { isOutbound, type OutboundSubject } from '../../domain/calls/outbound.ts';
import type { OutboundOrder } from '../../domain/calls/placing.ts';
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

export type CallRefusal = OutboundRefusal | 'outbound.citizenOnLine' | 'outbound.agentNotFree';
export type CallReply =
  | { readonly ok: true; readonly callId: string }
  | { readonly ok: false; readonly code: CallRefusal };

/** What of the engine a call out needs. */
export interface OutboundEngine {
  readonly book: CallBook;
  readonly configuration: Configuration;
  place(order: OutboundOrder): void;
}

export interface OutboundParts {
  readonly desk: AgentDesk;
  readonly clock: Clock;
  readonly log: Log;
  readonly placed: PlacedCallStore;
  newId(): string;
  engine(): OutboundEngine;
}

/** Of an agent's telephone, where his queue does not say. */
const RING_TIMEOUT_MS = 15_000;

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
    const { desk, clock, log } = this.#parts;
    const { book, configuration } = this.#parts.engine();
    const { callId, agentId, purpose } = wanted;
    const refused = (code: CallRefusal): CallReply => {
      log.info({ callId, agentId, purpose, code }, 'a call out was refused');
      return { ok: false, code };
    };
    if (book.get(callId) !== undefined || book.wasHere(callId)) return { ok: true, callId };
    const { areaCode, mainNumber, timeZone: zone } = configuration.municipality;
    const own = ownNumbers(configuration);
    const isOwn = (number: string): boolean => own.has(number);
    const readable = callableNumber(wanted.number, { areaCode, isOwn, foreign: true });
    const number = readable.kind === 'callable' ? readable.number : '';
    const onLine = this.#callWith(number);
    if (onLine !== null) {
      // Asked for once more, by the same agent for the same thing: it is that call.
      return onLine.agentId === agentId && onLine.purpose === purpose
        ? { ok: true, callId: onLine.callId }
        : refused('outbound.citizenOnLine');
    }
    const nowMs = clock.now();
    const judged = judgeOutbound(wanted, this.#rules, {
      nowMs,
      zone,
      areaCode,
      mainNumber,
      isOwn,
      placed: this.#placed.counts(agentId, number, nowMs),
    });
    if (judged.kind === 'refused') return refused(judged.code);
    const profile = desk.profile(agentId);
    if (profile === null || !desk.apply(agentId, { type: wanted.as, callId })) {
      return refused('outbound.agentNotFree');
    }
    this.#placed.add({ id: callId, atMs: nowMs, agentId, number: judged.number });
    const queue = configuration.queues.find(({ code }) => code === wanted.queue);
    this.#parts.engine().place({
      id: callId,
      number: judged.number,
      plan: this.#plan(wanted, judged.number, configuration),
      configurationVersion: configuration.version,
      agent: { agentId, phone: profile.phone, ringTimeoutMs: queue?.ringTimeoutMs ?? RING_TIMEOUT_MS },
      reason: wanted.reason,
      outbound: {
        purpose,
        subject: wanted.subject,
        trunk: judged.trunk,
        callerId: judged.callerId,
        ringTimeoutMs: judged.ringTimeoutMs,
        shortWrapUpMs: this.#rules.shortWrapUpMs,
      },
    });
    return { ok: true, callId };
  }

  /**
   * A number that an agent brings into a talk: held against the same rules, and counted with the calls out. Only how
   * often one number is called is not: many citizens need the same one.
   */
  outside(raw: string, agentId: string): { readonly number: string } | { readonly refused: OutboundRefusal } {
    const { configuration } = this.#parts.engine();
    const own = ownNumbers(configuration);
    const { areaCode } = configuration.municipality;
    const { international: foreign, perHour, perAgentHour } = this.#rules;
    const found = outsideNumber(raw, { areaCode, isOwn: (number) => own.has(number), foreign });
    if (found.kind === 'refused') return { refused: NUMBER_REFUSALS[found.why] };
    const { number } = found;
    const nowMs = this.#parts.clock.now();
    const { inAll, byAgent } = this.#placed.counts(agentId, number, nowMs);
    if (inAll >= perHour) return { refused: 'outbound.tooMany' };
    if (byAgent >= perAgentHour) return { refused: 'outbound.tooManyByAgent' };
    this.#placed.add({ id: this.#parts.newId(), atMs: nowMs, agentId, number });
    return { number };
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

  #plan(wanted: WantedCall, number: string, configuration: Configuration): CallPlan {
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
