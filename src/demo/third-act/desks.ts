import { ApiClient } from '../api-client.ts';
import type { DemoTarget } from '../demo-target.ts';

/** Who works on a ticket after the call, by user name in the sample municipality. */
const DESKS = ['dispatcher', 'reviewer', 'supervisor', 'operator', 'unit.urban-management'] as const;
export type Desk = (typeof DESKS)[number];

/** One session for each desk, signed out together. */
export class Desks {
  readonly #clients: ReadonlyMap<Desk, ApiClient>;

  private constructor(clients: ReadonlyMap<Desk, ApiClient>) {
    this.#clients = clients;
  }

  static async open(
    target: DemoTarget,
    passwordOf: (username: string) => string,
    open: (() => Promise<unknown>)[],
  ): Promise<Desks> {
    const clients = new Map<Desk, ApiClient>();
    for (const desk of DESKS) {
      const client = await ApiClient.signIn(target.apiUrl, desk, passwordOf(desk));
      open.push(() => client.signOut());
      clients.set(desk, client);
    }
    return new Desks(clients);
  }

  at(desk: Desk): ApiClient {
    const client = this.#clients.get(desk);
    if (client === undefined) throw new Error(`nobody is at the desk ${desk}`);
    return client;
  }
}
