import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../../src/config.ts';

export interface Received {
  readonly key: string;
  readonly signed: boolean;
  readonly body: { readonly id: string; readonly number: string; readonly text: string };
}

/** A customer's gateway: takes, refuses, is busy, holds its tongue or breaks off, as the test says. */
export class Gateway implements AsyncDisposable {
  static readonly SECRET = 'a secret of both sides';
  readonly received: Received[] = [];
  answer:
    | 'take'
    | 'hold'
    | 'breakOff'
    | { readonly status: number; readonly headers?: Record<string, string> } = 'take';
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  static async open(): Promise<Gateway> {
    const gateway = new Gateway();
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/send`;
  }
  get config(): Config['messages'] {
    const webhook = { url: this.url, secret: Gateway.SECRET };
    return { folder: '/nowhere', webhook, visitPage: null };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { headers } = request;
    const expected = createHmac('sha256', Gateway.SECRET)
      .update(`${headers['x-yihaotong-timestamp']}.${text}`)
      .digest('hex');
    this.received.push({
      key: String(headers['idempotency-key']),
      signed: headers['x-yihaotong-signature'] === `v1=${expected}`,
      body: JSON.parse(text) as Received['body'],
    });
    if (this.answer === 'hold') return;
    if (this.answer === 'breakOff') {
      request.socket.destroy();
      return;
    }
    if (this.answer === 'take') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: `sms-${this.received.length}` }));
      return;
    }
    response.writeHead(this.answer.status, this.answer.headers ?? {});
    response.end('{}');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
