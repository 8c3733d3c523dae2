import { MODES, type Mode } from './mode.ts';

/**
 * 国办发〔2020〕53号 knows three ways: 整体并入 (the number goes, its calls become the hotline's), 双号并行 (both numbers stay)
 * and 设分中心 (a vertical department keeps its centre, calls are passed on). RD-04 and RD-08 count two: integrated
 * directly, where the hotline answers, and parallel, where the unit does. MERGED is answered by the hotline and so is
 * direct; a sub-centre answers for itself, beside the hotline, and so is counted with the parallel ones. Both also have
 * a figure of their own, so that a city that counts like Dandong (14+46+6+27) or Shantou (24+1+5) finds its sum.
 */
export interface RegisterTotals {
  readonly byMode: Readonly<Record<Mode, number>>;
  /** Integrated directly: forward, transition, dedicated (RD-04) and merged. */
  readonly direct: { readonly lines: number; readonly units: number };
  /** Answered elsewhere: parallel (RD-08) and sub-centres. */
  readonly parallel: { readonly lines: number; readonly units: number };
  /** Without the main number. */
  readonly lines: number;
  readonly units: number;
  /** `1+16+14`: the main number, direct and parallel lines (RD-09). */
  readonly headline: string;
}

/** Who answers a number's calls; exhaustive, so that a new mode has to be put somewhere. */
const COUNTS_AS = {
  MAIN: 'main',
  FORWARD: 'direct',
  TRANSITION: 'direct',
  DEDICATED: 'direct',
  MERGED: 'direct',
  PARALLEL: 'parallel',
  SUBCENTER: 'parallel',
} as const satisfies Record<Mode, string>;

/** The register in figures; always counted, never written down (RD-02). */
export function registerTotals(
  lines: readonly { readonly mode: Mode; readonly unitCode: string }[],
): RegisterTotals {
  const byMode = Object.fromEntries(MODES.map((mode) => [mode, 0])) as Record<Mode, number>;
  for (const { mode } of lines) byMode[mode] += 1;
  const count = (some: typeof lines) => ({
    lines: some.length,
    units: new Set(some.map(({ unitCode }) => unitCode)).size,
  });
  const countedAs = (what: string) => lines.filter(({ mode }) => COUNTS_AS[mode] === what);
  const direct = count(countedAs('direct'));
  const parallel = count(countedAs('parallel'));
  return {
    byMode,
    direct,
    parallel,
    ...count(lines.filter(({ mode }) => mode !== 'MAIN')),
    headline: `${byMode.MAIN}+${direct.lines}+${parallel.lines}`,
  };
}
