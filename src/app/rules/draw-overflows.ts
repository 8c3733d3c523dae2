import { type OverflowLine, overflowLine } from '../../domain/hotlines/overflow-line.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

/** Of each queue of a version what its callers wait through, with today's agents. Code: version.unknown. */
export function drawOverflows(deps: Pick<RuleDeps, 'rules' | 'agents'>) {
  return async (ref: string): Promise<readonly (OverflowLine & { readonly queue: string })[]> => {
    const { rules } = await versionBy(deps, ref);
    const seats = new Map<string, number>();
    for (const { queues } of await deps.agents.list()) {
      for (const queue of queues) seats.set(queue, (seats.get(queue) ?? 0) + 1);
    }
    const known = new Map(rules.queues.map((queue) => [queue.code, queue]));
    return rules.queues.map(({ code }) => ({
      queue: code,
      ...overflowLine(code, known, (queue) => seats.get(queue) ?? 0),
    }));
  };
}
