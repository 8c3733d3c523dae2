import { SYSTEM_REASONS } from './presence-table.ts';

/** A reason of being not ready that an agent may give. Beyond `limitMinutes` it is shown, never punished. */
export interface ReasonRule {
  readonly code: string;
  readonly name: string;
  /** 1 to 480; null without a limit. */
  readonly limitMinutes: number | null;
  /** Time spent so counts as the rest that labour law prescribes. */
  readonly countsAsRest: boolean;
}

/** What a queue asks of its agents; what it leaves open the hotline says. */
export interface QueueManners {
  readonly missesMax?: number;
  readonly wrapUpExtraMaxMs?: number;
}

/**
 * How agents are treated, hotline-wide. Not part of the rule versions that route calls: it acts at once, and no caller
 * is led elsewhere by it.
 */
export interface PresenceRules {
  readonly reasons: readonly ReasonRule[];
  /** Offers not taken in a row after which an agent is not ready, 1 to 20. Each one costs a citizen a ringing time. */
  readonly missesMax: number;
  /** How far an agent may extend a wrap-up, in all. */
  readonly wrapUpExtraMaxMs: number;
  /** Between two words to the agent of a citizen whom he holds (E1). */
  readonly holdReminderMs: number;
  readonly queues: Readonly<Record<string, QueueManners>>;
}

export const DEFAULT_PRESENCE_RULES: PresenceRules = {
  reasons: [
    { code: 'rest', name: '休息', limitMinutes: 15, countsAsRest: true },
    { code: 'meal', name: '用餐', limitMinutes: 45, countsAsRest: true },
    { code: 'training', name: '培训', limitMinutes: 120, countsAsRest: false },
    { code: 'meeting', name: '会议', limitMinutes: 60, countsAsRest: false },
    { code: 'paperwork', name: '文书处理', limitMinutes: 30, countsAsRest: false },
    { code: 'other', name: '其他', limitMinutes: 15, countsAsRest: false },
  ],
  missesMax: 1,
  wrapUpExtraMaxMs: 5 * 60_000,
  holdReminderMs: 45_000,
  queues: {},
};

/** Rules as they were stored by whatever release, a field that it did not know filled in: the only place that does so. */
export function storedPresenceRules(stored: unknown): PresenceRules {
  const known = typeof stored === 'object' && stored !== null ? (stored as Partial<PresenceRules>) : {};
  return { ...DEFAULT_PRESENCE_RULES, ...known };
}

export interface PresenceRulesFault {
  readonly at: string;
  readonly fault: 'noReason' | 'reservedCode' | 'repeatedCode' | 'unknownQueue';
}

/** What no schema can say of a catalogue. */
export function faultsOf(rules: PresenceRules, queues: readonly string[]): PresenceRulesFault[] {
  const faults: PresenceRulesFault[] = [];
  if (rules.reasons.length === 0) faults.push({ at: 'reasons', fault: 'noReason' });
  rules.reasons.forEach(({ code }, index) => {
    const at = `reasons.${index}.code`;
    if (SYSTEM_REASONS.some((reserved) => reserved === code)) faults.push({ at, fault: 'reservedCode' });
    if (rules.reasons.findIndex((other) => other.code === code) < index) {
      faults.push({ at, fault: 'repeatedCode' });
    }
  });
  for (const code of Object.keys(rules.queues)) {
    if (!queues.includes(code)) faults.push({ at: `queues.${code}`, fault: 'unknownQueue' });
  }
  return faults;
}

export function reasonRule(rules: PresenceRules, code: string | null): ReasonRule | null {
  return rules.reasons.find((one) => one.code === code) ?? null;
}

/** For one who serves several queues the strictest of them: misses are counted across queues, as the agent is one. */
export function mannersOf(rules: PresenceRules, queues: readonly string[]): Required<QueueManners> {
  const of = <K extends keyof QueueManners>(key: K): number => {
    const said = queues.map((queue) => rules.queues[queue]?.[key] ?? rules[key]);
    return said.length === 0 ? rules[key] : Math.min(...said);
  };
  return { missesMax: of('missesMax'), wrapUpExtraMaxMs: of('wrapUpExtraMaxMs') };
}
