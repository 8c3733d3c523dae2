import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { RedisCommandReceiver } from '../../../src/adapters/redis/command-receiver.ts';
import { RedisCommandSender } from '../../../src/adapters/redis/command-sender.ts';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { raw, ScratchRedis } from './redis-server.ts';

const quiet = { info: vi.fn(), warn: vi.fn() };
const READY: AgentCommand = { kind: 'ready', agentId: 'a1' };
const OK: CommandReply = { ok: true, agent: null };

let redis: ScratchRedis;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  redis = await ScratchRedis.start();
});
afterAll(() => redis.remove());
afterEach(async () => {
  redis.thaw();
  await Promise.all(open.splice(0).map((one) => one.close()));
  await raw(redis.port, 'FLUSHALL');
});

async function sender(deadlineMs?: number): Promise<RedisCommandSender> {
  const one = new RedisCommandSender(redis.url, quiet, deadlineMs);
  open.push(one);
  await vi.waitFor(() => expect(one.ready).toBe(true));
  return one;
}

function receiver(handler: (command: AgentCommand) => Promise<CommandReply>): RedisCommandReceiver {
  const one = new RedisCommandReceiver(redis.url, quiet);
  open.push(one);
  one.onCommand(handler);
  return one;
}

test('a command arrives and its reply comes back', async () => {
  const seen: AgentCommand[] = [];
  receiver(async (command) => {
    seen.push(command);
    return { ok: false, code: 'agent.signedOut', detail: 'not signed in' };
  });
  const api = await sender();
  expect(await api.send({ kind: 'notReady', agentId: 'a1', reason: '会议' })).toEqual({
    ok: false,
    code: 'agent.signedOut',
    detail: 'not signed in',
  });
  expect(seen).toEqual([{ kind: 'notReady', agentId: 'a1', reason: '会议' }]);
});

test('many commands at once, from two APIs: each gets its own answer, each is executed once', async () => {
  const executed = new Map<string, number>();
  receiver(async (command) => {
    const id = 'agentId' in command ? command.agentId : '';
    executed.set(id, (executed.get(id) ?? 0) + 1);
    return { ok: false, code: 'agent.unknown', detail: id };
  });
  const [one, two] = await Promise.all([sender(), sender()]);
  const ids = Array.from({ length: 200 }, (_, index) => `a${index}`);
  const replies = await Promise.all(
    ids.map((agentId, index) => (index % 2 === 0 ? one : two).send({ kind: 'ready', agentId })),
  );
  expect(replies.map((reply) => (reply.ok ? '' : reply.detail))).toEqual(ids);
  expect([...executed.values()]).toEqual(ids.map(() => 1));
});

test('two receivers: a command is executed by one of them alone', async () => {
  const executed: string[] = [];
  for (const name of ['first', 'second']) {
    receiver(async (command) => {
      executed.push(`${name}:${'agentId' in command ? command.agentId : ''}`);
      return OK;
    });
  }
  const api = await sender();
  await Promise.all(Array.from({ length: 50 }, (_, n) => api.send({ kind: 'ready', agentId: `a${n}` })));
  expect(new Set(executed.map((one) => one.split(':')[1])).size).toBe(50);
  expect(executed).toHaveLength(50);
});

test('nobody takes commands: callControl.away after the deadline, and the late one is never executed', async () => {
  const api = await sender(300);
  const startedAt = performance.now();
  await expect(api.send(READY)).rejects.toMatchObject({ code: 'callControl.away' });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
  expect(performance.now() - startedAt).toBeLessThan(1500);

  const handler = vi.fn(async (_command: AgentCommand) => OK);
  receiver(handler);
  // The next command proves that the receiver has been through the list, past the dead id.
  expect(await api.send({ kind: 'signOut', agentId: 'a2' })).toEqual(OK);
  expect(handler.mock.calls).toEqual([[{ kind: 'signOut', agentId: 'a2' }]]);
});

test('commands for an absent call control do not pile up', async () => {
  const api = await sender(50);
  await Promise.allSettled(Array.from({ length: 700 }, () => api.send(READY)));
  const length = Number((await raw(redis.port, 'LLEN', 'yht:0:commands')).replace(/\D/g, ''));
  expect(length).toBeLessThanOrEqual(512);
  await vi.waitFor(async () => expect(await raw(redis.port, 'KEYS', 'yht:0:command:*')).toBe('*0\r\n'));
});

test('the same command id a second time: the first answer again, not executed again', async () => {
  let count = 0;
  receiver(async () => {
    count += 1;
    return { ok: false, code: 'agent.mustSignOut', detail: `answer ${count}` };
  });
  const api = await sender();
  const first = await api.send(READY, 'same-id');
  expect(await api.send(READY, 'same-id')).toEqual(first);
  expect(count).toBe(1);
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
])('clocks do not agree (the API is %s): commands arrive all the same', async (_case, skewMs) => {
  const real = Date.now.bind(Date);
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + skewMs);
  receiver(async () => OK);
  const api = await sender();
  expect(await api.send(READY)).toEqual(OK);
  clock.mockRestore();
});

test('a handler that throws is an answer, not a silence', async () => {
  receiver(async () => {
    throw new Error('defect');
  });
  const api = await sender();
  expect(await api.send(READY)).toMatchObject({ ok: false, code: 'callControl.busy' });
});

test('garbage on the list, a reply nobody waits for and a reply that is no JSON do no harm', async () => {
  receiver(async () => OK);
  const api = await sender();
  await raw(redis.port, 'SET', 'yht:0:command:x', '{not json');
  await raw(redis.port, 'SET', 'yht:0:command:y', '{"id":7}');
  await raw(redis.port, 'RPUSH', 'yht:0:commands', 'x', 'y', 'no-such-id');
  const channels = await raw(redis.port, 'PUBSUB', 'CHANNELS', 'yht:0:replies:*');
  const channel = /yht:0:replies:[\w-]+/.exec(channels)?.[0] ?? '';
  await raw(redis.port, 'PUBLISH', channel, '{not json');
  await raw(redis.port, 'PUBLISH', channel, '{"id":"stranger","reply":{"ok":true,"agent":null}}');
  expect(await api.send(READY)).toEqual(OK);
});

test('Redis is gone: the error comes at once; Redis is back: commands work again without a new start', async () => {
  const handler = vi.fn(async (_command: AgentCommand) => OK);
  receiver(handler);
  const api = await sender();
  await api.send(READY);
  await redis.stop();
  await vi.waitFor(() => expect(api.ready).toBe(false));
  const startedAt = performance.now();
  const failures = await Promise.allSettled(Array.from({ length: 100 }, () => api.send(READY)));
  expect(performance.now() - startedAt).toBeLessThan(200);
  for (const failure of failures) {
    expect(failure).toMatchObject({ status: 'rejected', reason: { code: 'callControl.away' } });
  }
  await redis.start();
  await vi.waitFor(() => expect(api.ready).toBe(true), { timeout: 8000 });
  // None of the hundred was kept somewhere and sent late.
  expect(await api.send({ kind: 'signOut', agentId: 'a9' })).toEqual(OK);
  expect(handler).toHaveBeenCalledTimes(2);
});

test('Redis goes in the middle of a command: the same error, no later than the deadline', async () => {
  receiver(() => redis.stop().then(() => OK));
  const api = await sender();
  await expect(api.send(READY)).rejects.toMatchObject({ code: 'callControl.away' });
  await redis.start();
  await vi.waitFor(() => expect(api.ready).toBe(true), { timeout: 8000 });
});

test('Redis freezes: the same error in time, and after it thaws the old command is not executed', async () => {
  const handler = vi.fn(async (_command: AgentCommand) => OK);
  receiver(handler);
  const api = await sender(600);
  await api.send(READY);
  redis.freeze();
  const startedAt = performance.now();
  await expect(api.send({ kind: 'releaseCall', agentId: 'a1' })).rejects.toMatchObject({
    code: 'callControl.away',
  });
  expect(performance.now() - startedAt).toBeLessThan(2100);
  redis.thaw();
  await vi.waitFor(async () => expect(await api.send({ kind: 'signOut', agentId: 'a1' })).toEqual(OK), {
    timeout: 10_000,
  });
  expect(handler.mock.calls.map(([command]) => command.kind)).not.toContain('releaseCall');
}, 20_000);

test('Redis stands still for seconds: afterwards no command is taken from the list for nobody', async () => {
  const handler = vi.fn(async (_command: AgentCommand) => OK);
  const said = { info: vi.fn(), warn: vi.fn() };
  const one = new RedisCommandReceiver(redis.url, said);
  open.push(one);
  one.onCommand(handler);
  const api = await sender();
  await api.send(READY);
  redis.freeze();
  // What it asked before is given up together with the connection on which it was asked.
  await vi.waitFor(() => expect(said.warn.mock.calls.map(([fields]) => fields.link)).toContain('blocking'), {
    timeout: 10_000,
  });
  redis.thaw();
  await vi.waitFor(() => expect(api.ready).toBe(true), { timeout: 10_000 });
  for (let n = 0; n < 10; n += 1) expect(await api.send({ kind: 'signOut', agentId: `a${n}` })).toEqual(OK);
  expect(handler).toHaveBeenCalledTimes(11);
}, 40_000);
