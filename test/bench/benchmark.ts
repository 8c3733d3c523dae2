/** What a benchmark says at its end: figures by name. Ratios decide, since times drift on shared machines. */
export type Figures = Readonly<Record<string, number | boolean | string>>;

export interface BenchmarkOptions {
  /** Under a minute, for a first look; the figures that count come from a full run. */
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly work: string;
  readonly beside: string;
  /** Where the figures must land. */
  readonly goal: string;
  run(options: BenchmarkOptions): Figures | Promise<Figures>;
}

/** One side of a comparison: does the work once and says what it took, in whatever unit both sides use. */
export interface Contender<T> {
  readonly name: string;
  round(): T | Promise<T>;
}

/** Both in turn, round by round, so that a slow minute of the machine is everybody's. A first round each is not counted. */
export async function inTurn<T>(
  contenders: readonly Contender<T>[],
  rounds: number,
  say: (text: string) => void,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const result = await contender.round();
      if (round > 0) results.get(contender.name)?.push(result);
    }
    say(round === 0 ? '  warmed up' : `  round ${round} of ${rounds}`);
  }
  return results;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Three digits that mean something. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** The same numbers in every run and on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
