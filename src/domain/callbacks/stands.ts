import type { Ask } from '../skills/skills.ts';

/** A desk that looks for an agent for who is to be called back, as it would if he had waited on. */
export interface Stand {
  readonly queue: string;
  readonly fromMs: number;
  /** What an agent must be able to do; absent: nothing. */
  readonly ask?: Ask;
}

interface Standing {
  readonly queue: string;
  readonly sinceMs: number;
  /** Absent in callbacks saved by an earlier release. His own desk first. */
  readonly stands?: readonly Stand[];
}

/** His own desk, and those that look for him too by now. */
export function standsNow(
  { queue, sinceMs, stands = [] }: Standing,
  nowMs: number,
): { readonly own: Stand; readonly also: readonly Stand[] } {
  const own = stands.find((one) => one.queue === queue) ?? { queue, fromMs: sinceMs };
  return { own, also: stands.filter((one) => one.queue !== queue && one.fromMs <= nowMs) };
}

/** When the next desk begins to look; null: all do. */
export function nextStandMs({ stands = [] }: Standing, nowMs: number): number | null {
  const later = stands.flatMap(({ fromMs }) => (fromMs > nowMs ? [fromMs] : []));
  return later.length === 0 ? null : Math.min(...later);
}
