import { intervalsOf, type PresenceInterval, sumsOf } from '../../domain/agents/intervals.ts';
import type { PresenceBooks } from '../ports/presence-books.ts';

export interface AgentDay {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whole, also those that reach beyond the day. */
  readonly intervals: readonly (PresenceInterval & { readonly byName: string | null })[];
  readonly sums: ReturnType<typeof sumsOf>['sums'];
  readonly restMs: number;
  readonly signedInMs: number;
}

/** One agent's local day: each interval, and sums of what lies within the day. */
export function readAgentDay(deps: { readonly presence: PresenceBooks; readonly now: () => number }) {
  return async (agentId: string, day: string): Promise<AgentDay> => {
    const { fromMs, toMs, points } = await deps.presence.day(agentId, day);
    const nowMs = deps.now();
    const names = new Map(points.map(({ by, byName }) => [by, byName]));
    const intervals = intervalsOf(points, nowMs).filter(
      (one) => one.fromMs < toMs && (one.toMs ?? nowMs) > fromMs,
    );
    return {
      fromMs,
      toMs,
      intervals: intervals.map((one) => ({ ...one, byName: names.get(one.by) ?? null })),
      ...sumsOf(intervals, fromMs, toMs, nowMs),
    };
  };
}
