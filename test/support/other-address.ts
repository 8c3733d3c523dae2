import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * A carrier that calls from another address of this machine: what comes in on `port` goes to the switch from there, and
 * answers go back. `rewrite` is what the carrier makes of a request on its way.
 */
export class OtherAddress {
  readonly port: number;
  readonly #front: Socket;
  readonly #back: Socket;

  private constructor(front: Socket, back: Socket) {
    this.#front = front;
    this.#back = back;
    this.port = (front.address() as AddressInfo).port;
  }

  static async open(
    from: string,
    to: { readonly host: string; readonly port: number },
    rewrite: (request: string) => string = (request) => request,
  ): Promise<OtherAddress> {
    const [front, back] = [createSocket('udp4'), createSocket('udp4')];
    front.bind(0, '127.0.0.1');
    back.bind(0, from);
    await Promise.all([once(front, 'listening'), once(back, 'listening')]);
    let caller: { readonly address: string; readonly port: number } | null = null;
    front.on('message', (message, sender) => {
      caller = sender;
      back.send(rewrite(message.toString('latin1')), to.port, to.host);
    });
    back.on('message', (message) => {
      if (caller !== null) front.send(message, caller.port, caller.address);
    });
    return new OtherAddress(front, back);
  }

  close(): void {
    this.#front.close();
    this.#back.close();
  }
}
