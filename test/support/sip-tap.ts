import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/**
 * A wire-tap between the switch and the carrier's telephones: stands at the carrier's port, hands everything on, and keeps
 * what was said, whole SIP messages as they were on the wire.
 */
export class SipTap {
  /** In the order in which they passed, both ways. */
  readonly messages: string[] = [];
  readonly #socket: Socket;
  readonly #phonePort: number;
  #switch: RemoteInfo | null = null;

  private constructor(socket: Socket, phonePort: number) {
    this.#socket = socket;
    this.#phonePort = phonePort;
    socket.on('message', (packet, from) => this.#pass(packet, from));
  }

  static async at(carrierPort: number, phonePort: number): Promise<SipTap> {
    const socket = createSocket('udp4');
    socket.bind(carrierPort, '127.0.0.1');
    await once(socket, 'listening');
    return new SipTap(socket, phonePort);
  }

  /** All that was said in that call. */
  of(callId: string): readonly string[] {
    return this.messages.filter((message) => new RegExp(`^Call-ID:\\s*${callId}\\s*$`, 'im').test(message));
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #pass(packet: Buffer, from: RemoteInfo): void {
    this.messages.push(packet.toString('utf8'));
    if (from.port === this.#phonePort) {
      // The telephone says where it is: for the switch that is here, or it would go past the tap from now on.
      const here = packet
        .toString('utf8')
        .replaceAll(`:${this.#phonePort}`, `:${this.#socket.address().port}`);
      if (this.#switch !== null) this.#socket.send(here, this.#switch.port, this.#switch.address);
      return;
    }
    this.#switch = from;
    this.#socket.send(packet, this.#phonePort, '127.0.0.1');
  }
}
