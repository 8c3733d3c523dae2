import type { ToldFact } from './told-fact.ts';

/** As facts name the dialplan's own queue. */
const FALLBACK = 'fallback';

/** Before the dialplan answers the call itself. */
const FIRST_GATE_MS = 500;
/** Then it asks again after every lap of waiting. */
const LAP_MS = 20_000;
const LAP_GATE_MS = 200;

/**
 * How long a call stood at the dialplan's gates, at most, ms: while call control is asked whether it takes the citizen, the
 * switch reads nothing of what he says, and so writes nothing. Facts in their order. The lengths are those of
 * `asterisk-config/extensions.conf`, and no fact tells of a single gate.
 */
export function atGatesMs(facts: readonly ToldFact[]): number {
  return facts.reduce((sum, { type, body, atMs }, at) => {
    if (type !== 'queueEntered' || body.queue !== FALLBACK) return sum;
    const left = facts.find((later, index) => index > at && (later.type === 'callEnded' || isLeaving(later)));
    const laps = left === undefined ? 0 : Math.floor((left.atMs - atMs) / (LAP_MS + LAP_GATE_MS));
    return sum + FIRST_GATE_MS + laps * LAP_GATE_MS;
  }, 0);
}

const isLeaving = ({ type, body }: ToldFact): boolean => type === 'queueLeft' && body.queue === FALLBACK;
