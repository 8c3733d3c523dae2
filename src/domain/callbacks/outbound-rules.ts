import { afterQuietHours, type QuietHours, USUAL_QUIET_HOURS } from '../deadlines/quiet-hours.ts';
import { callableNumber, type NotCallable } from './callable.ts';
import {
  type DeskFault,
  deskFaults,
  type EmergencyDesk,
  USUAL_EMERGENCY_DESKS,
  withUsualDesks,
} from './emergency-desks.ts';
import { OUTBOUND_PURPOSES, type OutboundPurpose } from './purposes.ts';
import { type Relief, rulesAt } from './relief.ts';

/**
 * How the hotline calls out. Not part of the rule versions that route calls: it acts at once, and no call that comes in
 * is led elsewhere by it.
 */
export interface OutboundRules {
  /** The trunk's name at the switch, where a unit's line names none of its own. */
  readonly trunk: string;
  /** Which an agent brings into a talk by one key. */
  readonly emergencyDesks: readonly EmergencyDesk[];
  /** The number that is shown, by purpose; null: the main number. Only numbers of the register may stand here. */
  readonly callerIds: Readonly<Record<OutboundPurpose, string | null>>;
  readonly ringTimeoutMs: number;
  /** Caps against toll fraud: calls in any hour, of the whole house, of one agent, to one number. */
  readonly perHour: number;
  readonly perAgentHour: number;
  readonly perNumberHour: number;
  readonly international: boolean;
  /** For calls that nobody waits for; see `AT_ANY_HOUR`. */
  readonly quietHours: QuietHours;
  /** After a call that reached nobody. */
  readonly shortWrapUpMs: number;
  readonly relief: Relief | null;
}

export const DEFAULT_OUTBOUND_RULES: OutboundRules = {
  trunk: 'carrier',
  emergencyDesks: USUAL_EMERGENCY_DESKS,
  callerIds: {
    queueCallback: null,
    missedCall: null,
    ticket: null,
    returnVisit: null,
    unitContact: null,
    survey: null,
    urgentNotice: null,
    correction: null,
  },
  ringTimeoutMs: 35_000,
  perHour: 600,
  perAgentHour: 40,
  perNumberHour: 6,
  international: false,
  quietHours: USUAL_QUIET_HOURS,
  shortWrapUpMs: 5_000,
  relief: null,
};

/** Rules as they were stored by whatever release, a field that it did not know filled in: the only place that does so. */
export function storedOutboundRules(stored: unknown): OutboundRules {
  const known = typeof stored === 'object' && stored !== null ? (stored as Partial<OutboundRules>) : {};
  const callerIds = { ...DEFAULT_OUTBOUND_RULES.callerIds, ...known.callerIds };
  const all = { ...DEFAULT_OUTBOUND_RULES, ...known, callerIds };
  return { ...all, emergencyDesks: withUsualDesks(all.emergencyDesks) };
}

export type OutboundRulesFault =
  | DeskFault
  | { readonly at: string; readonly fault: 'notRegistered' | 'unknownTrunk' | 'tooLong' };

/** What no schema can say: a number that is not ours is never shown (E12), whoever asks for it. */
export function outboundFaults(
  rules: OutboundRules,
  known: { readonly isOwn: (number: string) => boolean; readonly trunks: readonly string[] },
): OutboundRulesFault[] {
  const faults: OutboundRulesFault[] = [];
  if (!known.trunks.includes(rules.trunk)) faults.push({ at: 'trunk', fault: 'unknownTrunk' });
  for (const purpose of OUTBOUND_PURPOSES) {
    const shown = rules.callerIds[purpose];
    if (shown !== null && !known.isOwn(shown))
      faults.push({ at: `callerIds.${purpose}`, fault: 'notRegistered' });
  }
  return [...faults, ...deskFaults(rules.emergencyDesks, known.isOwn)];
}

export interface OutboundRequest {
  readonly purpose: OutboundPurpose;
  /** As a ticket or a callback holds it. */
  readonly number: string;
  readonly agentId: string;
}

export interface OutboundSituation {
  readonly nowMs: number;
  readonly zone: string;
  readonly areaCode: string;
  readonly mainNumber: string;
  readonly isOwn: (number: string) => boolean;
  /** Calls placed within the last hour. */
  readonly placed: { readonly inAll: number; readonly byAgent: number; readonly toNumber: number };
}

export const OUTBOUND_REFUSALS = [
  'outbound.numberWithheld',
  'outbound.numberEmergency',
  'outbound.numberForeign',
  'outbound.numberService',
  'outbound.numberOwn',
  'outbound.numberInvalid',
  'outbound.quietHours',
  'outbound.tooMany',
  'outbound.tooManyByAgent',
  'outbound.tooManyToNumber',
] as const;
export type OutboundRefusal = (typeof OUTBOUND_REFUSALS)[number];

export type OutboundJudgement =
  | {
      readonly kind: 'granted';
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  | { readonly kind: 'refused'; readonly code: OutboundRefusal };

export const NUMBER_REFUSALS: Readonly<Record<NotCallable, OutboundRefusal>> = {
  withheld: 'outbound.numberWithheld',
  emergency: 'outbound.numberEmergency',
  foreign: 'outbound.numberForeign',
  service: 'outbound.numberService',
  own: 'outbound.numberOwn',
  invalid: 'outbound.numberInvalid',
};

/** A citizen waits for his callback, which has quiet hours of its own; who is on call for a unit is called at night too. */
const AT_ANY_HOUR: readonly OutboundPurpose[] = ['queueCallback', 'urgentNotice'];

/** Asked just before the telephones ring, for every call out and by whomever it is wanted. */
export function judgeOutbound(
  request: OutboundRequest,
  standing: OutboundRules,
  situation: OutboundSituation,
): OutboundJudgement {
  const { purpose } = request;
  const { areaCode, isOwn, placed, nowMs, zone, mainNumber } = situation;
  const rules = rulesAt(standing, nowMs);
  const refused = (code: OutboundRefusal): OutboundJudgement => ({ kind: 'refused', code });
  const callable = callableNumber(request.number, { areaCode, isOwn, foreign: rules.international });
  if (callable.kind === 'refused') return refused(NUMBER_REFUSALS[callable.why]);
  const quiet = !AT_ANY_HOUR.includes(purpose) && afterQuietHours(nowMs, rules.quietHours, zone) !== nowMs;
  if (quiet) return refused('outbound.quietHours');
  if (placed.inAll >= rules.perHour) return refused('outbound.tooMany');
  if (placed.byAgent >= rules.perAgentHour) return refused('outbound.tooManyByAgent');
  if (placed.toNumber >= rules.perNumberHour) return refused('outbound.tooManyToNumber');
  const wanted = rules.callerIds[purpose];
  // A line that is ours no more is not shown any more either.
  const callerId = wanted !== null && isOwn(wanted) ? wanted : mainNumber;
  const { trunk, ringTimeoutMs } = rules;
  return { kind: 'granted', number: callable.number, trunk, callerId, ringTimeoutMs };
}
