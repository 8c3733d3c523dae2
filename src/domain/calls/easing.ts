import { isCutOff } from '../routing/rank.ts';
import { skillWords } from '../routing/skill-words.ts';
import { EASED_AFTER_MS, requires, stricter } from '../skills/skills.ts';
import type { Call, Waiting } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import { CALL_REASONS } from './call-reasons.ts';
import type { CallFact } from './facts.ts';
import { type Asking, askedAt, hopsOf, joining } from './waiting.ts';

interface Ease {
  readonly waiting: Waiting;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
}

/**
 * At the end of his chain a citizen who asks for what nobody there can do would wait without end. What he asks for is a
 * wish from then on, in the place that he has: whoever can do it is still asked first, should he sign in and be free. Null:
 * it is not so, or not yet.
 */
export function easing(call: Asking, waiting: Waiting, context: CallContext): Ease | null {
  const since = lastSinceMs(call, waiting, context);
  if (since === null || context.nowMs < since + EASED_AFTER_MS) return null;
  const stands = askedAt(call, waiting, context);
  if (stands.some(({ queue, ask }) => context.ableAtWork(queue, ask))) return null;
  const eased: Waiting = { ...waiting, eased: true };
  const skills = skillWords(stricter(stands.flatMap(({ ask }) => ask?.required ?? [])));
  return {
    waiting: eased,
    // He stands elsewhere by another ask: out and in again, with the time and the rank that he has.
    commands: [{ kind: 'leaveQueue' }, ...joining(call, eased, context)],
    facts: [
      {
        type: 'askEased',
        queues: stands.map(({ queue }) => queue),
        reason: CALL_REASONS.eased(`${EASED_AFTER_MS / 1000}`, skills).zh,
      },
    ],
  };
}

/** When he is to be looked after for it; whoever could do it may go for a break later, which tells nobody. */
export function easesAtMs(call: Call, waiting: Waiting, context: CallContext): number {
  const since = lastSinceMs(call, waiting, context);
  if (since === null) return Number.POSITIVE_INFINITY;
  const { nowMs } = context;
  if (nowMs < since + EASED_AFTER_MS) return since + EASED_AFTER_MS;
  return easing(call, waiting, context) === null ? nowMs + EASED_AFTER_MS : nowMs;
}

/**
 * Since when he stands at the last desk of his chain, and asks for something; null: he does not. Who was talking already, and
 * was cut off, has waited for it before.
 */
function lastSinceMs(call: Asking, waiting: Waiting, context: CallContext): number | null {
  if (waiting.eased === true || waiting.kept != null) return null;
  const hops = hopsOf(waiting, context);
  const here = hops.at(-1);
  if (here === undefined) return null;
  const { overflowQueue, overflowAfterMs } = context.queueRules(here.queue);
  const goesOn =
    overflowQueue !== null && overflowAfterMs !== null && !hops.some(({ queue }) => queue === overflowQueue);
  const asks = askedAt(call, waiting, context).some(({ ask }) => requires(ask));
  if (goesOn || !asks) return null;
  return isCutOff(waiting) ? here.sinceMs - EASED_AFTER_MS : here.sinceMs;
}
