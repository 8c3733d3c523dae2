import type { CommandOutcome } from '../../app/ports/switch.ts';
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
  readonly #holds: () => boolean;

  /** `holds`: false while another call control may be the active one; then nothing is asked of the switch. */
  constructor(client: () => AriClient | null, limitMs: number, log: AriLog, holds: () => boolean) {
    this.#client = client;
    this.#limitMs = limitMs;
    this.#log = log;
    this.#holds = holds;
  }

  async run(what: string, work: (client: AriClient) => PromiseLike<unknown>): Promise<CommandOutcome> {
    const client = this.#client();
    if (client === null) return { kind: 'unknown', reason: 'the switch is out of reach' };
    if (!this.#holds()) return { kind: 'unknown', reason: 'another call control may be the active one' };
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
