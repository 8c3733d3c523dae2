import type { CallPlan } from '../hotlines/call-plan.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { recognised } from './decide.ts';
import type { CallFact } from './facts.ts';
import { enteredFallback, FALLBACK_QUEUE } from './fallback-queue.ts';

/** How a call went that the dialplan's own queue took while call control was away. Epoch milliseconds. */
export interface FallbackCourse {
  readonly arrivedMs: number;
  readonly enteredMs: number;
  readonly answered: { readonly atMs: number; readonly phone: string } | null;
  /** null: nobody was there to see its end. */
  readonly ended: { readonly atMs: number; readonly by: 'caller' | 'agent' | 'system' } | null;
  /** Why call control did not get it, in the dialplan's word. */
  readonly status: string;
  /** The citizen was turned away at the door: `full`, every channel of the trunk was taken; `number`, what he dialled is none. */
  readonly refused?: true;
}

type Timed = { readonly atMs: number; readonly fact: CallFact };

/** The facts that call control would have told, had it been there; in order, none before the one it follows. */
export function fallbackFacts(
  course: FallbackCourse,
  told: {
    readonly callId: string;
    readonly arrived: CallFact;
    readonly plan: CallPlan;
    readonly configurationVersion: number;
    /** Whose phone answered; null when nobody's now. */
    readonly agentId: string | null;
  },
): readonly Timed[] {
  if (course.refused === true) return refusedFacts(course, told);
  const { arrivedMs, enteredMs, answered, ended, status } = course;
  const lastSeenMs = answered?.atMs ?? enteredMs;
  const { atMs: endedMs, by } = ended ?? { atMs: lastSeenMs, by: 'system' as const };
  const leg = `${told.callId}.f1`;
  const at = (atMs: number, ...facts: readonly CallFact[]): Timed[] => facts.map((fact) => ({ atMs, fact }));
  const facts = [
    ...at(arrivedMs, told.arrived, ...recognised(told.plan, told.configurationVersion), {
      type: 'anomaly',
      code: 'fallback',
      detail: status,
    }),
    ...at(enteredMs, ...enteredFallback()),
    ...(answered === null
      ? at(endedMs, { type: 'queueLeft', queue: FALLBACK_QUEUE, how: 'abandoned' })
      : [
          ...at(
            answered.atMs,
            {
              type: 'legRang',
              leg,
              agentId: told.agentId,
              number: told.agentId === null ? answered.phone : null,
              reason: CALL_REASONS.fallbackRang().zh,
            },
            { type: 'legAnswered', leg },
            { type: 'queueLeft', queue: FALLBACK_QUEUE, how: 'answered' },
            { type: 'talkStarted', leg, agentId: told.agentId },
          ),
          ...at(endedMs, { type: 'legEnded', leg, how: LEG_ENDED[by] }),
        ]),
    ...at(endedMs, {
      type: 'callEnded',
      releasedBy: by,
      result: answered !== null ? 'answeredByAgent' : by === 'caller' ? 'abandoned' : 'lost',
      detail: ended === null ? 'fallback: unknown' : 'fallback: normal',
    }),
  ];
  let latest = 0;
  return facts.map(({ atMs, fact }) => {
    latest = Math.max(latest, atMs);
    return { atMs: latest, fact };
  });
}

function refusedFacts(
  { arrivedMs, status }: FallbackCourse,
  {
    arrived,
    plan,
    configurationVersion,
  }: Pick<Parameters<typeof fallbackFacts>[1], 'arrived' | 'plan' | 'configurationVersion'>,
): readonly Timed[] {
  const facts: readonly CallFact[] = [
    arrived,
    ...recognised(plan, configurationVersion),
    { type: 'anomaly', code: status === 'number' ? 'number.undialable' : 'trunk.refused', detail: status },
    { type: 'callEnded', releasedBy: 'system', result: 'refused', detail: `trunk: ${status}` },
  ];
  return facts.map((fact) => ({ atMs: arrivedMs, fact }));
}

const LEG_ENDED = { caller: 'callerHungUp', agent: 'normal', system: 'lost' } as const;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
export const isCallId = (text: string): boolean => UUID.test(text);

/**
 * The id of the call's nth such fact, always the same: telling it again changes nothing. A UUID of version 8 (RFC 9562:
 * one's own making), so it meets no random one; the call's own randomness is kept but for the last two digits.
 */
export function fallbackFactId(callId: string, n: number): string {
  return `${callId.slice(0, 14)}8${callId.slice(15, -2)}${n.toString(16).padStart(2, '0')}`.toLowerCase();
}
