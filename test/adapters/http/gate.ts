import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A door in front of a server: open, shut (refuses, and cuts who is inside), or jammed (nothing moves, nothing breaks). */
export class Gate {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #jammed = false;

  private constructor(server: Server, port: number, target: number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
  }

  static async before(target: number, port: number): Promise<Gate> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const gate = new Gate(server, port, target);
    gate.#receive(server);
    return gate;
  }

  async shut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async open(): Promise<void> {
    this.#jammed = false;
    for (const socket of this.#sockets) socket.resume();
    if (this.#server.listening) return;
    this.#server = createServer();
    this.#receive(this.#server);
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  jam(): void {
    this.#jammed = true;
    for (const socket of this.#sockets) socket.pause();
  }

  #receive(server: Server): void {
    server.on('connection', (client) => {
      const inner = connect(this.#target, '127.0.0.1');
      for (const [from, to] of [
        [client, inner],
        [inner, client],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (chunk) => to.write(chunk));
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        if (this.#jammed) from.pause();
      }
    });
  }
}
