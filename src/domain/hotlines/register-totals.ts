import type { Mode } from './mode.ts';

export interface RegisterTotals {
  readonly byMode: Readonly<Record<Mode, number>>;
  /** Integrated directly: forward, transition and dedicated (RD-04). */
  readonly direct: { readonly lines: number; readonly units: number };
  readonly parallel: { readonly lines: number; readonly units: number };
  /** Without the main number. */
  readonly lines: number;
  readonly units: number;
  /** `1+16+14`: the main number, direct and parallel lines (RD-09). */
  readonly headline: string;
}

/** The register in figures; always counted, never written down (RD-02). */
export function registerTotals(
  lines: readonly { readonly mode: Mode; readonly unitCode: string }[],
): RegisterTotals {
  const byMode: Record<Mode, number> = { MAIN: 0, FORWARD: 0, TRANSITION: 0, DEDICATED: 0, PARALLEL: 0 };
  for (const { mode } of lines) byMode[mode] += 1;
  const count = (some: typeof lines) => ({
    lines: some.length,
    units: new Set(some.map(({ unitCode }) => unitCode)).size,
  });
  const merged = lines.filter(({ mode }) => mode !== 'MAIN');
  const direct = count(merged.filter(({ mode }) => mode !== 'PARALLEL'));
  const parallel = count(merged.filter(({ mode }) => mode === 'PARALLEL'));
  return {
    byMode,
    direct,
    parallel,
    ...count(merged),
    headline: `${byMode.MAIN}+${direct.lines}+${parallel.lines}`,
  };
}
