import { WebSocket } from 'ws';
import { keepAlive } from '../heartbeat.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions } from '../services.ts';
import { answers } from '../shapes/elements.ts';

const CONNECT_TIMEOUT_MS = 3000;
const BACKLOG_MAX = 256_000;
/** Close codes that may be sent in a frame; 1005, 1006 and 1015 only say that none came. */
const sendable = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);

/**
 * The browser phone's way to the switch. The address at the far end is fixed: whatever the client asks for, nothing
 * but Asterisk's `/ws` is reached, so ARI stays out of reach. Messages pass one to one.
 */
function join(phone: WebSocket, upstream: WebSocket): void {
  for (const [from, to] of [
    [phone, upstream],
    [upstream, phone],
  ] as const) {
    from.on('message', (data, isBinary) => {
      if (to.readyState !== WebSocket.OPEN) return;
      if (to.bufferedAmount > BACKLOG_MAX) {
        phone.terminate();
        return;
      }
      to.send(data, { binary: isBinary });
    });
    from.on('close', (code, reason) => {
      if (to.readyState === WebSocket.CLOSED) return;
      if (sendable(code)) to.close(code, reason);
      else to.terminate();
    });
    from.on('error', () => {
      phone.terminate();
      upstream.terminate();
    });
  }
}

export function sipRoute(app: Api, options: ApiOptions): void {
  const address = new URL('/ws', options.asteriskHttpUrl);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';

  app.route({
    method: 'GET',
    url: '/sip',
    schema: {
      operationId: 'connectPhone',
      tags: ['live'],
      summary: 'WebSocket（子协议 sip）：浏览器话机到交换机',
      response: answers({ 101: { description: '已转为 WebSocket', type: 'null' } }),
    },
    handler: () => {
      throw new Refusal('request.webSocketOnly');
    },
    wsHandler: (phone: WebSocket, request) => {
      const upstream = new WebSocket(address, ['sip'], {
        handshakeTimeout: CONNECT_TIMEOUT_MS,
        maxPayload: 65_536,
        perMessageDeflate: false,
      });
      // What the phone says before the switch is reached waits in its socket.
      phone.pause();
      upstream.once('open', () => phone.resume());
      upstream.once('error', (err) => {
        request.log.warn({ err }, 'the switch does not take the browser phone');
        phone.resume();
        phone.close(1013, 'the switch does not answer');
      });
      keepAlive(phone, options.heartbeatMs);
      join(phone, upstream);
    },
  });
}
