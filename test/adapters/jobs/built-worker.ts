import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../../../src/config.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

type WorkerConfig = Pick<
  Config,
  'databaseUrl' | 'redisUrl' | 'messages' | 'promptsDir' | 'recordingsDir' | 'speech'
>;

/** The worker as processes of their own, so that one can really be killed; their clock is set from here. */
export class BuiltWorker {
  readonly #built: string;
  readonly #running = new Set<ChildProcess>();
  #aheadMs = 0;

  private constructor(built: string) {
    this.#built = built;
  }

  static build(): BuiltWorker {
    // Inside the project, so that the built worker finds its packages.
    const built = mkdtempSync(join(ROOT, 'node_modules', '.built-worker-'));
    execFileSync(process.execPath, [
      // As the product is built. Types are judged by `npm run check`.
      join(ROOT, 'node_modules/@typescript/native/bin/tsc'),
      ...['-p', join(ROOT, 'src'), '--outDir', built, '--noCheck'],
    ]);
    return new BuiltWorker(built);
  }

  start(config: WorkerConfig, times: WorkerTimes): ChildProcess {
    const script = `
      const Real = Date;
      let aheadMs = ${this.#aheadMs};
      globalThis.Date = class extends Real {
        constructor(...given) { if (given.length === 0) super(Real.now() + aheadMs); else super(...given); }
        static now() { return Real.now() + aheadMs; }
      };
      process.on('message', (told) => { aheadMs = told; });
      process.on('disconnect', () => process.exit());
      const { run } = await import(${JSON.stringify(pathToFileURL(join(this.#built, 'roles/worker.js')).href)});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      await run(${JSON.stringify(config)}, log, ${JSON.stringify(times)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#running.add(child);
    return child;
  }

  /** To all of them it is `nowMs` now, and time goes on from there. */
  setClock(nowMs: number): void {
    this.#aheadMs = nowMs - Date.now();
    for (const child of this.#running) child.send(this.#aheadMs);
  }

  /** As a power cut does it: nothing is said goodbye to. */
  async kill(child: ChildProcess): Promise<void> {
    if (!this.#running.delete(child)) return;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.kill(child)));
    rmSync(this.#built, { recursive: true, force: true });
  }
}
