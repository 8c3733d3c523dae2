import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import { asOf } from '../../domain/hotlines/register/as-of.ts';
import { type Replay, replay } from '../../domain/hotlines/replay.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { seatsNeeded, USUAL_HANDLING_MS } from '../../domain/reporting/erlang.ts';
import { momentsOf } from '../calls/local-moments.ts';
import { AppError } from '../errors.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';
import { configurationAs } from './try-rules.ts';

const DAY_MS = 86_400_000;
/** More than this would hold up the API; a shorter period then says it. */
const CALLS_MAX = 100_000;

/**
 * The calls of the last days through another version, beside what is published now: both as they are today, whenever
 * their periods began; or, for rules that begin in the future, as if the calls came `laterMs` later. Code:
 * rules.tooManyCalls.
 */
export function replayCalls(deps: Pick<RuleDeps, 'rules' | 'agents' | 'calendar' | 'now'>) {
  return async (ref: string, days: number, laterMs = 0): Promise<Replay> => {
    const target = await versionBy(deps, ref);
    const published = await versionBy(deps, 'published');
    const until = deps.now();
    const calls = await deps.rules.recordedCalls(until - days * DAY_MS, until, CALLS_MAX + 1);
    if (calls.length > CALLS_MAX) throw new AppError('rules.tooManyCalls', { most: CALLS_MAX, days });
    const { timeZone } = published.rules.municipality;
    const as = (version: RuleVersion): Promise<Configuration> =>
      configurationAs(deps, laterMs > 0 ? version : asToday(version, localDate(until, timeZone)));
    const [from, to] = [await as(published), await as(target)];
    return replay(calls, from, to, {
      moments: momentsOf(to),
      seats: seatsNeeded,
      usualHandlingMs: USUAL_HANDLING_MS,
      laterMs,
    });
  };
}

const asToday = (version: RuleVersion, today: string): RuleVersion => ({
  ...version,
  rules: { ...version.rules, lines: asOf(version.rules.lines, today) },
});
