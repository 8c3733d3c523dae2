import { readFile } from 'node:fs/promises';
import { until } from '../../src/demo/poll.ts';
import type { Child } from '../../src/runtime/child.ts';

interface Control {
  readonly child: Child;
  readonly log: string;
}

/** The active call control and its standby, which a benchmark kills and replaces. */
export class ControlPair {
  readonly #start: (name: string) => Promise<Control>;
  #active: Control;
  #standby: Control | null = null;
  #started = 0;

  constructor(active: Control, start: (name: string) => Promise<Control>) {
    this.#active = active;
    this.#start = start;
  }

  /** Resolves when the second one stands by. */
  async complete(): Promise<void> {
    if (this.#standby !== null) return;
    this.#standby = await this.#another();
    await saying(this.#standby, 'this one stands by');
  }

  /** The active one by itself, as it is without a standby. */
  async alone(): Promise<void> {
    await this.#standby?.child.stop();
    this.#standby = null;
  }

  strike(how: 'SIGKILL' | 'SIGSTOP'): void {
    this.#active.child.kill(how);
  }

  /** What the supervisor does with a process that fell: after a pause it starts another one. */
  async restart(): Promise<void> {
    this.#active = await this.#another();
  }

  /** The standby has become the active one; the other one is put away for good. */
  async succeeded(): Promise<void> {
    if (this.#standby === null) throw new Error('there was no standby');
    this.#active.child.kill('SIGKILL');
    await this.#active.child.exited;
    this.#active = this.#standby;
    this.#standby = null;
  }

  #another(): Promise<Control> {
    this.#started += 1;
    return this.#start(`call-control-${this.#started + 1}`);
  }
}

async function saying({ child, log }: Control, words: string): Promise<void> {
  await until(`"${words}"`, 20_000, async () => {
    if (child.ended()) throw new Error(`${log}: it ended`);
    return (await readFile(log, 'utf8')).includes(words) ? true : null;
  });
}
