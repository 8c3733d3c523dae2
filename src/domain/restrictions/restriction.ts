import { REFUSALS } from './refusals.ts';

/**
 * What a number has brought upon itself, as call control needs it. Three steps: a note that the agent sees, a limit of
 * calls an hour that reach a person, a block. Each ends by itself: the moment is looked at with each call.
 */
export const RESTRICTION_STEPS = ['note', 'limit', 'block'] as const;
export type RestrictionStep = (typeof RESTRICTION_STEPS)[number];

export const STEP_NAMES: Readonly<Record<RestrictionStep, string>> = {
  note: '备注',
  limit: '限制',
  block: '暂停受理',
};

export interface Restriction {
  readonly id: string;
  /** In the one spelling. */
  readonly number: string;
  readonly step: RestrictionStep;
  /** Of a limit: so many calls in any hour reach a person. */
  readonly callsPerHour: number | null;
  /** Epoch milliseconds; from the first up to, and not at, the last. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** What the agent is told of it, zh-CN. */
  readonly note: string;
}

export const HOUR_MS = 3_600_000;
/** Each says why, where to appeal, and which numbers help in an emergency. */
export const RESTRICTED_PROMPTS = { limit: 'restricted-limit', block: 'restricted-block' } as const;

export interface RestrictedCall {
  /** In the one spelling; null when withheld or unreadable. */
  readonly caller: string | null;
  /** Dialled, handed over from or calling from an emergency number. */
  readonly emergency: boolean;
  /** Calls of this number that reached a person within the last hour. */
  readonly reachedInHour: number;
}

export type Judgement =
  /** No restriction speaks of this call, or none may. */
  | { readonly kind: 'free'; readonly reason: string | null; readonly note: null }
  | { readonly kind: 'noted'; readonly reason: string; readonly note: string }
  /** Within its limit: this call counts. */
  | { readonly kind: 'counted'; readonly reason: string; readonly note: string }
  | {
      readonly kind: 'refused';
      readonly restrictionId: string;
      readonly step: 'limit' | 'block';
      readonly prompt: string;
      readonly reason: string;
      readonly note: string;
    };

export const isInForce = ({ fromMs, untilMs }: Restriction, nowMs: number): boolean =>
  fromMs <= nowMs && nowMs < untilMs;

/** What becomes of a call by the restrictions of its number; of several in force the strictest speaks. */
export function judge(restrictions: readonly Restriction[], call: RestrictedCall, nowMs: number): Judgement {
  const { caller, emergency, reachedInHour } = call;
  if (caller === null) return { kind: 'free', reason: '来电未显示号码，无法按号码限制', note: null };
  const inForce = restrictions.filter((one) => one.number === caller && isInForce(one, nowMs));
  const strictest = strictestOf(inForce);
  if (strictest === null) return { kind: 'free', reason: null, note: null };
  if (emergency) return { kind: 'free', reason: '紧急来电不受限制', note: null };
  const note = inForce.map(({ step, note: said }) => `${STEP_NAMES[step]}：${said}`).join('；');
  const { id: restrictionId, step, callsPerHour } = strictest;
  switch (step) {
    case 'note':
      return { kind: 'noted', reason: '该号码有备注，照常受理', note };
    case 'limit': {
      const most = callsPerHour ?? 1;
      if (reachedInHour < most) {
        return { kind: 'counted', reason: `该号码每小时限 ${most} 次，这是第 ${reachedInHour + 1} 次`, note };
      }
      const reason = REFUSALS.limit(`${most}`).zh;
      return { kind: 'refused', restrictionId, step, prompt: RESTRICTED_PROMPTS.limit, reason, note };
    }
    case 'block': {
      const reason = REFUSALS.block().zh;
      return { kind: 'refused', restrictionId, step, prompt: RESTRICTED_PROMPTS.block, reason, note };
    }
    default:
      return step satisfies never;
  }
}

function strictestOf(inForce: readonly Restriction[]): Restriction | null {
  const rank = ({ step }: Restriction): number => RESTRICTION_STEPS.indexOf(step);
  let strictest: Restriction | null = null;
  for (const one of inForce) {
    if (strictest === null || rank(one) > rank(strictest)) strictest = one;
    // Of two limits the one that lets fewer through.
    else if (rank(one) === rank(strictest) && (one.callsPerHour ?? 0) < (strictest.callsPerHour ?? 0))
      strictest = one;
  }
  return strictest;
}
