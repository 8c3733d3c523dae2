import { type Replay, replay } from '../../domain/hotlines/replay.ts';
import { seatsNeeded, USUAL_HANDLING_MS } from '../../domain/reporting/erlang.ts';
import { momentsOf } from '../calls/local-moments.ts';
import { AppError } from '../errors.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';
import { configurationAs } from './try-rules.ts';

const DAY_MS = 86_400_000;
/** More than this would hold up the API; a shorter period then says it. */
const CALLS_MAX = 100_000;

/**
 * The calls of the last days through another version, beside what is published now; as if they came `laterMs` later, for
 * rules that begin in the future. Code: rules.tooManyCalls.
 */
export function replayCalls(deps: Pick<RuleDeps, 'rules' | 'agents' | 'calendar' | 'now'>) {
  return async (ref: string, days: number, laterMs = 0): Promise<Replay> => {
    const target = await versionBy(deps, ref);
    const published = await versionBy(deps, 'published');
    const until = deps.now();
    const calls = await deps.rules.recordedCalls(until - days * DAY_MS, until, CALLS_MAX + 1);
    if (calls.length > CALLS_MAX) throw new AppError('rules.tooManyCalls', { most: CALLS_MAX, days });
    const [from, to] = [await configurationAs(deps, published), await configurationAs(deps, target)];
    return replay(calls, from, to, {
      moments: momentsOf(to),
      seats: seatsNeeded,
      usualHandlingMs: USUAL_HANDLING_MS,
      laterMs,
    });
  };
}
