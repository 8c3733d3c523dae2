import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Counter, Person } from './counter.ts';

export interface Heard {
  readonly socket: WebSocket;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly messages: any[];
  readonly closed: Promise<{ code: number; reason: string }>;
  until(count: number): Promise<void>;
}

export async function portOf(counter: Counter): Promise<number> {
  if (!counter.app.server.listening) await counter.app.listen({ port: 0, host: '127.0.0.1' });
  const address = counter.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

export function listen(
  port: number,
  path: string,
  who: Person | null,
  headers: Record<string, string> = {},
): Heard {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, path === '/sip' ? ['sip'] : [], {
    headers: { ...(who === null ? {} : { authorization: `Bearer ${who.token}` }), ...headers },
  });
  const messages: unknown[] = [];
  socket.on('message', (data) => {
    const text = String(data);
    messages.push(path === '/sip' ? text : JSON.parse(text));
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  socket.on('error', () => undefined);
  return {
    socket,
    messages,
    closed,
    until: (count) =>
      vi.waitFor(
        () => {
          if (messages.length < count) throw new Error(`${messages.length} of ${count} messages`);
        },
        // A limit and no pause: on a busy machine hundreds of messages take their time.
        { timeout: 15_000 },
      ),
  };
}

/** The status with which an upgrade was refused. */
export async function refusedWith(heard: Heard): Promise<number> {
  const [, response] = (await once(heard.socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
}

/** A proxy that cuts a connection on which nothing moved for `idleMs`, as those in front of offices do. */
export async function cuttingProxy(target: number, idleMs: number) {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.setTimeout(idleMs, () => from.destroy());
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
