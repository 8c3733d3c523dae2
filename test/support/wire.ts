import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A cable between the product and a store, that a test can pull. Modes: through (bytes pass), cut (connections are
 * broken and refused), frozen (connections stay open and nothing passes, as behind a dead firewall).
 */
export class Wire {
  readonly port: number;
  readonly #to: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server;
  #frozen = false;

  private constructor(server: Server, port: number, to: number) {
    this.#server = server;
    this.port = port;
    this.#to = to;
    this.#accept(server);
  }

  static async lay(to: number): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the wire');
    return new Wire(server, address.port, to);
  }

  /** The same address through this wire. */
  through(url: string): string {
    const wired = new URL(url);
    wired.hostname = '127.0.0.1';
    wired.port = String(this.port);
    return wired.href;
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
    await closed;
  }

  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** After `cut` or `freeze`. */
  async mend(): Promise<void> {
    if (this.#frozen) {
      this.#frozen = false;
      for (const pair of this.#pairs) for (const socket of pair) socket.resume();
      return;
    }
    if (this.#server.listening) return;
    this.#server = createServer().listen(this.port, '127.0.0.1');
    this.#accept(this.#server);
    await once(this.#server, 'listening');
  }

  #accept(server: Server): void {
    server.on('connection', (near) => {
      const far = connect(this.#to, '127.0.0.1');
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      const end = (): void => {
        this.#pairs.delete(pair);
        near.destroy();
        far.destroy();
      };
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on('data', (bytes) => other.write(bytes));
        one.on('error', end);
        one.on('close', end);
        if (this.#frozen) one.pause();
      }
    });
  }
}
