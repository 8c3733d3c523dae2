import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * One clerk's connection, kept open, on which the same body is posted again and again, each time under a new key. Written
 * by hand over the socket: whoever makes the requests has the same two processors, and pgbench costs next to nothing.
 */
export class Clerk {
  readonly #head: string;
  readonly #body: string;
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;

  constructor(apiUrl: string, path: string, token: string, body: object) {
    const { hostname, port } = new URL(apiUrl);
    this.#host = hostname;
    this.#port = Number(port);
    this.#body = JSON.stringify(body);
    this.#head =
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(this.#body)}\r\nidempotency-key: `;
  }

  /** The status of the answer, when all of it has come. */
  post(): Promise<number> {
    const socket = this.#socket ?? connect(this.#port, this.#host);
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      let answer = '';
      const end = (settle: () => void): void => {
        socket.off('data', onData).off('error', onLost).off('close', onLost);
        settle();
      };
      const onLost = (error?: unknown): void => {
        this.#socket = null;
        end(() => reject(error instanceof Error ? error : new Error('the connection was closed')));
      };
      const onData = (chunk: Buffer): void => {
        answer += chunk.toString('latin1');
        if (isWhole(answer)) end(() => resolve(Number(answer.slice(9, 12))));
      };
      socket.on('data', onData).on('error', onLost).on('close', onLost);
      socket.write(`${this.#head}${randomUUID()}\r\n\r\n${this.#body}`);
    });
  }
}

/** Read as bytes, one character each. An answer says how long its body is. */
function isWhole(answer: string): boolean {
  const body = answer.indexOf('\r\n\r\n');
  if (body === -1) return false;
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, body));
  return answer.length >= body + 4 + Number(length?.[1] ?? 0);
}
