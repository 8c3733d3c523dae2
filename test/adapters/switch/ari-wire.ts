import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

type Verdict =
  | 'pass'
  /** The request does not arrive, unless it is let go on. */
  | 'hold'
  /** The answer comes late. */
  | { readonly after: Promise<unknown> }
  | { readonly status: number; readonly body: string };

/**
 * A cable to Asterisk's HTTP server that a test holds in its hand: it can be cut, frozen (open and silent), can answer
 * a REST request in Asterisk's place or swallow it, and can put a frame of its own on the event socket.
 */
export class AriWire {
  readonly url: string;
  readonly #to: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Ends, on our side, of the sockets that carry events. */
  readonly #events = new Set<Socket>();
  /** Requests on their way, with the connection that each came over. */
  readonly #held: { readonly pair: readonly [Socket, Socket]; readonly bytes: Buffer }[] = [];
  #server: Server;
  #frozen = false;
  /** Given the request line, e.g. `POST /ari/channels/…`. */
  judge: (request: string) => Verdict = () => 'pass';

  private constructor(server: Server, port: number, to: number) {
    this.#server = server;
    this.#to = to;
    this.url = `http://127.0.0.1:${port}`;
    this.#accept(server);
  }

  static async lay(url: string): Promise<AriWire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the wire');
    return new AriWire(server, address.port, Number(new URL(url).port));
  }

  /** A text frame from Asterisk, as far as the other side can tell. */
  inject(text: string): void {
    const payload = Buffer.from(text);
    if (payload.length > 125) throw new Error('a short frame, please');
    for (const socket of this.#events)
      socket.write(Buffer.concat([Buffer.from([0x81, payload.length]), payload]));
  }

  /** Breaks all connections; new ones are refused until `mend`. */
  async cut(): Promise<void> {
    this.#server.close();
    this.break();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  /** Breaks all connections; new ones are welcome. */
  break(): void {
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  /** Connections stay open and nothing passes, in both directions; new ones are accepted into the same silence. */
  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Requests are answered as ever, but what Asterisk tells comes no further until the event socket is let go on. */
  holdEvents(): () => void {
    const held = [...this.#pairs].filter(([near]) => this.#events.has(near)).map(([, far]) => far);
    for (const socket of held) socket.pause();
    return () => {
      for (const socket of held) socket.resume();
    };
  }

  /** How many requests are on their way. */
  get holds(): number {
    return this.#held.length;
  }

  /** What was held arrives after all, if whoever sent it has not closed the connection by now. */
  deliver(): void {
    for (const { pair, bytes } of this.#held.splice(0)) if (this.#pairs.has(pair)) pair[1].write(bytes);
  }

  async mend(): Promise<void> {
    this.#frozen = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
    if (this.#server.listening) return;
    this.#server = createServer().listen(Number(new URL(this.url).port), '127.0.0.1');
    this.#accept(this.#server);
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    await this.cut();
  }

  #accept(server: Server): void {
    server.on('connection', (near) => {
      const far = connect(this.#to, '127.0.0.1');
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      if (this.#frozen) for (const socket of pair) socket.pause();
      const end = (): void => {
        this.#pairs.delete(pair);
        this.#events.delete(near);
        near.destroy();
        far.destroy();
      };
      for (const socket of pair) {
        socket.on('error', end);
        socket.on('close', end);
      }
      let late: Promise<unknown> | null = null;
      near.on('data', (bytes) => {
        const request = /^(?:GET|POST|PUT|DELETE) \S+/.exec(bytes.toString('latin1'))?.[0];
        if (request?.startsWith('GET /ari/events?')) this.#events.add(near);
        const verdict = request === undefined ? 'pass' : this.judge(request);
        late = null;
        if (verdict === 'pass') far.write(bytes);
        else if (verdict === 'hold') this.#held.push({ pair, bytes });
        else if ('after' in verdict) {
          late = verdict.after;
          far.write(bytes);
        } else {
          const head = `HTTP/1.1 ${verdict.status} Said by the test\r\nContent-Type: application/json\r\n`;
          near.write(`${head}Content-Length: ${verdict.body.length}\r\n\r\n${verdict.body}`);
        }
      });
      far.on('data', (bytes) => {
        if (late === null) near.write(bytes);
        else void late.then(() => near.write(bytes));
      });
    });
  }
}
