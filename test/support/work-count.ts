import { Session } from 'node:inspector/promises';

interface Counts {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * Counts work and not time: how often each piece of the code below these folders was entered, functions, branches and
 * the rounds of loops, by the engine's own count. The same work has the same count on whatever machine.
 */
export class WorkCount {
  readonly #session = new Session();
  readonly #folders: readonly string[];

  private constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  static async of(...folders: readonly string[]): Promise<WorkCount> {
    const count = new WorkCount(folders);
    count.#session.connect();
    await count.#session.post('Profiler.enable');
    await count.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return count;
  }

  async during(work: () => void): Promise<number> {
    await this.#taken();
    work();
    return await this.#taken();
  }

  async stop(): Promise<void> {
    await this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  /** Since it was asked last. */
  async #taken(): Promise<number> {
    const { result } = (await this.#session.post('Profiler.takePreciseCoverage')) as Counts;
    return result
      .filter(({ url }) => this.#folders.some((folder) => url.includes(folder)))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  }
}
