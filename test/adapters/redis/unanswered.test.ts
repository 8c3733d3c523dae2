import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RedisCommandReceiver } from '../../../src/adapters/redis/command-receiver.ts';
import { RedisCommandSender } from '../../../src/adapters/redis/command-sender.ts';
import { ScratchRedis } from './redis-server.ts';

// A busy process may miss the answer to what it says first on a new connection. It must not look ready and be deaf.

const quiet = { info: vi.fn(), warn: vi.fn() };
let redis: ScratchRedis;
beforeAll(async () => {
  redis = await ScratchRedis.start();
});
afterAll(() => redis.remove());

/** Lets everything through, except the first time that something with this word is said. */
async function deafTo(word: RegExp): Promise<{ readonly url: string; close(): Promise<void> }> {
  let heard = false;
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(redis.port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    far.on('data', (bytes) => near.write(bytes));
    near.on('data', (bytes) => {
      if (!heard && word.test(String(bytes))) heard = true;
      else far.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    async close() {
      for (const one of sockets) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

test.for([
  { what: 'the subscription', word: /\bsubscribe\b/i },
  { what: 'the question for the time', word: /\btime\b/i },
])('$what is not answered: the link is made anew, and commands go through', async ({ word }) => {
  const way = await deafTo(word);
  const receiver = new RedisCommandReceiver(redis.url, quiet);
  receiver.onCommand(async () => ({ ok: true, agent: null }));
  const sender = new RedisCommandSender(way.url, quiet);
  try {
    await vi.waitFor(() => expect(sender.ready).toBe(true), { timeout: 8_000, interval: 50 });
    expect(await sender.send({ kind: 'ready', agentId: 'a1' })).toEqual({ ok: true, agent: null });
  } finally {
    await Promise.all([sender.close(), receiver.close()]);
    await way.close();
  }
});
