import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Child, type Exit, startChild } from '../../src/runtime/child.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** One process of the product, as it runs in production, that a test can kill, freeze and bring back. */
export class RoleProcess {
  readonly #role: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #log: string;
  #child: Child | null = null;

  /** `name`: of its log, where several of one role run. */
  constructor(role: string, env: Readonly<Record<string, string>>, folder: string, name = role) {
    this.#role = role;
    this.#env = { ...process.env, ...env };
    this.#log = join(folder, `${name}.log`);
  }

  /** `more`: what only this start finds in its environment. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#child = await startChild({
      name: this.#role,
      path: process.execPath,
      args: [join(ROOT, 'dist/main.js'), this.#role],
      env: { ...this.#env, ...more },
      cwd: ROOT,
      dieWithParent: true,
      output: this.#log,
    });
  }

  get running(): boolean {
    return this.#child !== null && !this.#child.ended();
  }

  /** How it ended, by itself or not. */
  ended(): Promise<Exit> {
    return this.#child?.exited ?? Promise.reject(new Error(`${this.#role} was never started`));
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#child?.exited;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  /** All that it has logged so far. */
  log(): string {
    try {
      return readFileSync(this.#log, 'utf8');
    } catch {
      return '';
    }
  }
}
