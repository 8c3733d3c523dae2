import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket as TcpSocket } from 'node:net';

export interface SipPeer {
  readonly host: string;
  readonly port: number;
}

/** How a telephone's messages travel (RFC 3261, section 18). */
export interface SipLink {
  readonly protocol: 'UDP' | 'TCP';
  /** Of this side. */
  readonly port: number;
  listen(onMessage: (text: string, from: SipPeer) => void, onBroken: () => void): void;
  send(text: string, to: SipPeer): void;
  close(): void;
}

/** Datagrams: one message each, any of which may be lost. */
export async function udpLink(host: string, port = 0): Promise<SipLink> {
  const socket: UdpSocket = createSocket('udp4');
  socket.bind(port, host);
  await once(socket, 'listening');
  return {
    protocol: 'UDP',
    port: socket.address().port,
    listen(onMessage, onBroken) {
      socket.on('message', (data, from) =>
        onMessage(data.toString('utf8'), { host: from.address, port: from.port }),
      );
      socket.on('error', onBroken);
    },
    send: (text, to) => socket.send(text, to.port, to.host, () => undefined),
    close: () => socket.close(),
  };
}

/** One connection to the registrar, which sends its requests back on it. Whoever a message is for, it goes there. */
export async function tcpLink(registrar: SipPeer, host: string): Promise<SipLink> {
  const socket: TcpSocket = connect({ ...registrar, localAddress: host });
  await once(socket, 'connect');
  return {
    protocol: 'TCP',
    port: socket.localPort ?? 0,
    listen(onMessage, onBroken) {
      let rest: Buffer = Buffer.alloc(0);
      socket.on('data', (bytes) => {
        const read = messagesIn(Buffer.concat([rest, bytes]));
        rest = read.rest;
        for (const text of read.messages) onMessage(text, registrar);
      });
      socket.on('error', onBroken);
      socket.on('close', onBroken);
    },
    send: (text) => void socket.write(text),
    close: () => socket.destroy(),
  };
}

/** Cuts a stream at the length that each message gives of itself; what is not whole yet stays. */
export function messagesIn(stream: Buffer): { readonly messages: readonly string[]; readonly rest: Buffer } {
  const messages: string[] = [];
  let at = 0;
  for (;;) {
    // Between messages line breaks keep the connection alive.
    while (stream[at] === 0x0d || stream[at] === 0x0a) at += 1;
    const head = stream.indexOf('\r\n\r\n', at);
    if (head < 0) break;
    const length = /^(?:content-length|l)\s*:\s*(\d+)\s*$/im.exec(stream.toString('utf8', at, head))?.[1];
    const end = head + 4 + Number(length ?? 0);
    if (stream.length < end) break;
    messages.push(stream.toString('utf8', at, end));
    at = end;
  }
  return { messages, rest: stream.subarray(at) };
}
