import type { Mode } from '../mode.ts';
import { type RegisterTotals, registerTotals } from '../register-totals.ts';
import { hasBegun, hasEnded, isInForce, type Period } from './period.ts';

export interface TotalsAt extends RegisterTotals {
  readonly day: string;
  /** Numbers whose last period is over, and numbers whose first is yet to come: in no other figure. */
  readonly ended: number;
  readonly ahead: number;
}

type Counted = Period & { readonly number: string; readonly mode: Mode; readonly unitCode: string };

/** The register in figures on a local day: only what is in force then counts, each number once. */
export function totalsAt(lines: readonly Counted[], day: string): TotalsAt {
  const inForce = new Map<string, Counted>();
  for (const line of lines) if (isInForce(line, day)) inForce.set(line.number, line);
  const others = lines.filter(({ number }) => !inForce.has(number));
  const numbers = (some: readonly Counted[]): Set<string> => new Set(some.map(({ number }) => number));
  const ended = numbers(others.filter((line) => hasEnded(line, day)));
  const ahead = numbers(others.filter((line) => !hasBegun(line, day) && !ended.has(line.number)));
  return { ...registerTotals([...inForce.values()]), day, ended: ended.size, ahead: ahead.size };
}
