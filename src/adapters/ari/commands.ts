import type { CommandOutcome } from '../../app/ports/switch.ts';
import type { Tenure } from '../../app/ports/tenure.ts';
import type { AriClient } from './library.ts';
import type { AriLog } from './session.ts';
import { outcomeOfError } from './vocabulary.ts';
import { within } from './within.ts';

const DONE: CommandOutcome = { kind: 'done' };

/** Runs one REST command: a timer of its own, and a named outcome for everything that can happen. */
export class Commands {
  readonly #client: () => AriClient | null;
  readonly #limitMs: number;
  readonly #log: AriLog;
  readonly #tenure: Tenure;

  /**
   * While another call control may be the active one nothing is asked of the switch; a doubt that passes costs a command
   * no more than the time that it takes.
   */
  constructor(client: () => AriClient | null, limitMs: number, log: AriLog, tenure: Tenure) {
    this.#client = client;
    this.#limitMs = limitMs;
    this.#log = log;
    this.#tenure = tenure;
  }

  async run(what: string, work: (client: AriClient) => PromiseLike<unknown>): Promise<CommandOutcome> {
    // In one turn as long as there is no doubt: the order in which commands are asked for is that in which they go.
    if (!this.#tenure.holds() && !(await this.#tenure.settled(this.#limitMs))) {
      return { kind: 'unknown', reason: 'another call control may be the active one' };
    }
    const client = this.#client();
    if (client === null) return { kind: 'unknown', reason: 'the switch is out of reach' };
    try {
      await within(this.#limitMs, work(client), what);
      return DONE;
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome.kind === 'refused' || outcome.kind === 'unknown') {
        this.#log.warn({ command: what, outcome: outcome.kind, reason: outcome.reason }, 'a command failed');
      }
      return outcome;
    }
  }

  /** Reads; null when it is not there or there was no answer. */
  async read(what: string, work: (client: AriClient) => PromiseLike<unknown>): Promise<unknown> {
    let value: unknown = null;
    const outcome = await this.run(what, async (client) => {
      value = await work(client);
    });
    return outcome.kind === 'done' ? value : null;
  }
}
