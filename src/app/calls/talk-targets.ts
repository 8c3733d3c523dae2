import { callable } from '../../domain/agents/availability.ts';
import type { Presence } from '../../domain/agents/presence.ts';
import { emergencyNumber } from '../../domain/callbacks/callable.ts';
import type { OutboundRefusal } from '../../domain/callbacks/outbound-rules.ts';
import type { Call } from '../../domain/calls/call.ts';
import { CALL_REASONS } from '../../domain/calls/call-reasons.ts';
import type { Act, PartyTarget, TransferTarget } from '../../domain/calls/conversation/acts.ts';
import type { BridgeOrder } from '../../domain/calls/conversation/emergency-bridge.ts';
import type { AgentProfile, Configuration, Line } from '../../domain/hotlines/configuration.ts';
import { modeAt } from '../../domain/hotlines/mode-at.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { OutboundDesk } from '../callbacks/outbound-desk.ts';
import type { CallContextNote, TalkTarget, TalkWish, TargetRefusal } from '../ports/talk-commands.ts';
import { type LiveCall, rulesOf } from './call-book.ts';
import type { CallEngine } from './engine.ts';

export type Found<T> =
  | { readonly target: T }
  | { readonly refused: TargetRefusal | OutboundRefusal; readonly detail: string };
type Seeking = Readonly<{
  by: string;
  live: LiveCall;
  note: CallContextNote;
  /** The moment by which rules apply. */
  rulesMs: number;
}>;

type Outbound = Pick<OutboundDesk, 'outside' | 'onCall' | 'broughtIn' | 'rules'>;

const OUTSIDE_RING_MS = 40_000;
/** Before a voicemail takes it, as a rule. */
const ON_CALL_RING_MS = 28_000;
/** Longer than others: who gives up on 120 too early has given up on a life. */
const EMERGENCY_RING_MS = 90_000;

const refused = (code: TargetRefusal | OutboundRefusal, detail: string) =>
  ({ refused: code, detail }) as const;

/** Whom an agent means, found among agents, queues, the register and the emergency desks, and whether it can be rung now. */
export class TalkTargets {
  readonly #engine: CallEngine;
  readonly #desk: AgentDesk;
  readonly #outbound: Outbound;

  constructor(engine: CallEngine, desk: AgentDesk, outbound: Outbound) {
    this.#engine = engine;
    this.#desk = desk;
    this.#outbound = outbound;
  }

  /** A queue itself only where the citizen is given to it; otherwise whoever of it is free. */
  transfer(wanted: TalkTarget, seeking: Seeking): Found<TransferTarget> {
    if (wanted.kind !== 'queue') return this.party(wanted, seeking);
    const { queue } = wanted;
    return this.#knowsQueue(queue) ? { target: { kind: 'queue', queue } } : this.#noQueue(queue);
  }

  party(wanted: TalkTarget, seeking: Seeking): Found<PartyTarget> {
    switch (wanted.kind) {
      case 'agent':
        return this.#agent(wanted.agent, seeking);
      case 'queue':
        return this.#anybodyOf(wanted.queue, seeking);
      case 'unit':
        return this.#unit(wanted.unit, seeking);
      case 'number':
        return this.#number(wanted, seeking);
      case 'emergency':
        return this.#emergency(wanted.desk, seeking);
      default:
        return wanted satisfies never;
    }
  }

  /**
   * Who is on call, as far as the rules let them be dialled: one number that is not lets the others be called all the same.
   */
  onCall(
    { list, rule, ladder }: Extract<TalkWish, { readonly kind: 'emergencyBridge' }>,
    seeking: Seeking,
  ): Found<BridgeOrder> {
    const { live, note } = seeking;
    const { trunk } = this.#outbound.rules;
    const shows = this.#configuration.municipality.mainNumber;
    const headers = headersOf(live.call, note);
    const judged = ladder.map(({ name, number }) => ({ name, found: this.#outbound.onCall(number) }));
    const people = judged.flatMap(({ name, found }) =>
      'number' in found
        ? [{ name, number: found.number, trunk, shows, ringTimeoutMs: ON_CALL_RING_MS, headers }]
        : [],
    );
    const refusal = judged.flatMap(({ found }) => ('refused' in found ? [found.refused] : []))[0];
    if (people.length === 0) {
      return refused(refusal ?? 'target.unknown', 'nobody on the duty list can be called by the rules');
    }
    return { target: { list, rule, people } };
  }

  /** The talk grants it: what was refused rang nobody, and counts for nothing. */
  granted(act: Act, by: string): void {
    if (!('target' in act) || act.target.kind !== 'outside') return;
    const { who } = act.target;
    if (who.kind === 'number') this.#outbound.broughtIn(who.number, by);
  }

  get #configuration(): Configuration {
    return this.#engine.configuration;
  }

  /** By account or by work number. */
  #agent(agent: string, seeking: Seeking): Found<PartyTarget> {
    const profile = this.#configuration.agents.find(
      ({ agentId, number }) => agentId === agent || number === agent,
    );
    const presence = profile === undefined ? null : this.#desk.presence(profile.agentId);
    if (profile === undefined || presence === null) return refused('target.unknown', `no agent ${agent}`);
    if (profile.agentId === seeking.by) return refused('target.self', 'the agent asked for himself');
    const hindrance = hindranceOf(presence);
    if (hindrance !== null) return refused(hindrance, `${profile.number} is ${presence.state}`);
    return this.#toAgent(profile, CALL_REASONS.askedFor(profile.number).zh, seeking);
  }

  #anybodyOf(queue: string, seeking: Seeking): Found<PartyTarget> {
    if (!this.#knowsQueue(queue)) return this.#noQueue(queue);
    const free = this.#desk
      .presences()
      .filter((one) => callable(one) && this.#desk.profile(one.agentId)?.queues.includes(queue) === true)
      .sort((one, other) => one.idleSinceMs - other.idleSinceMs);
    const [longest] = free;
    const profile = longest === undefined ? null : this.#desk.profile(longest.agentId);
    if (profile === null) return refused('target.nobodyFree', `nobody of ${queue} is free`);
    return this.#toAgent(profile, CALL_REASONS.longestIdle(queue).zh, seeking);
  }

  #toAgent(profile: AgentProfile, reason: string, { by, live }: Seeking): Found<PartyTarget> {
    const from = this.#desk.profile(by)?.number ?? '';
    const { ringTimeoutMs } = rulesOf(live.edition, profile.queues[0] ?? '');
    const phone = this.#desk.profile(profile.agentId)?.phone ?? profile.phone;
    return {
      target: {
        kind: 'agent',
        agentId: profile.agentId,
        phone,
        callerName: `座席${from} ${live.call.plan.whisper}`.trim(),
        ringTimeoutMs,
        reason,
      },
    };
  }

  #unit(unit: string, seeking: Seeking): Found<PartyTarget> {
    const own = (line: Line): boolean => line.unitCode === unit && line.unitNumber !== null;
    const line = this.#linesNow(seeking.rulesMs).find(own) ?? this.#configuration.lines.find(own);
    if (line === undefined || line.unitNumber === null) {
      return refused('target.noNumber', `the register has no telephone of unit ${unit}`);
    }
    const { unitNumber: number, unitName: name } = line;
    const who = { kind: 'unit', number, code: unit, name } as const;
    return this.#outside(who, line.trunk ?? this.#outbound.rules.trunk, OUTSIDE_RING_MS, seeking);
  }

  #number(
    { number: typed, expert }: Extract<TalkTarget, { readonly kind: 'number' }>,
    seeking: Seeking,
  ): Found<PartyTarget> {
    if (!/^\d{3,20}$/.test(typed)) return refused('target.numberInvalid', 'three to twenty digits');
    const known = emergencyNumber(typed, this.#configuration.municipality.areaCode) ?? typed;
    const desk = this.#outbound.rules.emergencyDesks.find(
      (one) => one.number === typed || one.desk === known,
    );
    // Whatever way it was typed, an emergency desk keeps its agent.
    if (desk !== undefined) return this.#emergency(desk.desk, seeking);
    const found = this.#outbound.outside(typed, seeking.by);
    if ('number' in found) {
      const named = expert === undefined ? {} : { expert };
      const who = { kind: 'number', number: found.number, ...named } as const;
      return this.#outside(who, this.#outbound.rules.trunk, OUTSIDE_RING_MS, seeking);
    }
    return found.refused === 'outbound.numberOwn'
      ? refused('target.ownNumber', 'the number is answered here: name a queue instead')
      : refused(found.refused, 'the rules for calls out do not allow this call');
  }

  #emergency(wanted: string, seeking: Seeking): Found<PartyTarget> {
    const found = this.#outbound.rules.emergencyDesks.find(({ desk }) => desk === wanted);
    if (found === undefined) {
      const known = this.#outbound.rules.emergencyDesks.map(({ desk }) => desk).join(', ');
      return refused('target.unknown', `no emergency desk ${wanted}; there are ${known}`);
    }
    const { desk, number, name } = found;
    const who = { kind: 'emergency', desk, number, name, accepted: false } as const;
    return this.#outside(who, this.#outbound.rules.trunk, EMERGENCY_RING_MS, seeking);
  }

  #outside(
    who: Extract<PartyTarget, { kind: 'outside' }>['who'],
    trunk: string,
    ringTimeoutMs: number,
    { by, live, note }: Seeking,
  ): Found<PartyTarget> {
    const { trunks, municipality } = this.#configuration;
    if (!trunks.some(({ code }) => code === trunk)) {
      return refused('target.trunkUnknown', `the rules know no trunk ${trunk}`);
    }
    const number = this.#desk.profile(by)?.number ?? '';
    return {
      target: {
        kind: 'outside',
        who,
        trunk,
        shows: municipality.mainNumber,
        ringTimeoutMs,
        headers: headersOf(live.call, note),
        reason: CALL_REASONS.calledByAgent(number).zh,
      },
    };
  }

  #linesNow(rulesMs: number): readonly Line[] {
    const { lines, municipality } = this.#configuration;
    return lines.filter((line) => modeAt(line, municipality.timeZone, rulesMs) !== 'UNREGISTERED');
  }

  #knowsQueue(queue: string): boolean {
    return this.#configuration.queues.some(({ code }) => code === queue);
  }

  #noQueue(queue: string) {
    const known = this.#configuration.queues.map(({ code }) => code).join(', ');
    return refused('target.unknown', `no queue ${queue}; there are ${known}`);
  }
}

function hindranceOf(presence: Presence): TargetRefusal | null {
  if (presence.state === 'SIGNED_OUT') return 'target.signedOut';
  if (presence.state === 'READY' && !presence.phoneReachable) return 'target.unreachable';
  return callable(presence) ? null : 'target.busy';
}

/** What goes with the call (E6): which call and ticket it is about, one that we make by itself, and where. Printable ASCII; the rest is encoded. */
function headersOf(call: Pick<Call, 'id' | 'dialled' | 'outbound'>, note: CallContextNote) {
  const { dialled } = call;
  const { ticket = call.outbound?.ticket, location } = note;
  return {
    'X-12345-Call': call.id,
    ...(/^\+?\d+$/.test(dialled) ? { 'X-12345-Dialled': dialled } : {}),
    ...(ticket === undefined ? {} : { 'X-12345-Ticket': ticket }),
    ...(location === undefined ? {} : { 'X-12345-Location': encodeURIComponent(location) }),
  };
}
