import type { AsteriskOptions } from '../../src/runtime/services.ts';
import { LOCAL } from './hall-services.ts';

interface Channel {
  readonly id: string;
  readonly dialplan: { readonly app_name: string };
}

/** A benchmark's own hand at the switch, beside the product. */
export class HallSwitch {
  readonly #asterisk: AsteriskOptions;

  constructor(asterisk: AsteriskOptions) {
    this.#asterisk = asterisk;
  }

  /** How many callers the dialplan has in this application. */
  async callersIn(application: string): Promise<number> {
    return (await this.#channels()).filter((channel) => channel.dialplan.app_name === application).length;
  }

  /** Hangs up whoever is still there. */
  async clear(): Promise<void> {
    for (const { id } of await this.#channels()) await this.#ari(`/channels/${id}`, 'DELETE');
  }

  async #channels(): Promise<readonly Channel[]> {
    return (await this.#ari('/channels', 'GET')).json() as Promise<readonly Channel[]>;
  }

  #ari(path: string, method: 'GET' | 'DELETE'): Promise<Response> {
    const { ariUser, ariPassword, httpPort } = this.#asterisk;
    const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
    return fetch(`http://${LOCAL}:${httpPort}/ari${path}`, { method, headers: { authorization } });
  }
}
