import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { RedisCommandReceiver } from '../../../src/adapters/redis/command-receiver.ts';
import { RedisLiveBoard } from '../../../src/adapters/redis/live-board.ts';
import { RedisNoticePublisher } from '../../../src/adapters/redis/notices.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import { run } from '../../../src/roles/api.ts';
import { firstStart } from '../../../src/roles/first-start.ts';
import { freePort } from '../../../src/runtime/ports.ts';
import { agentView } from '../../support/agent-view.ts';
import { freshDatabase, freshRedis, type TestRedis } from '../../support/services.ts';
import { Gate } from './gate.ts';
import { listen } from './web-socket.ts';

// The role as `npm start` runs it, over the real database and Redis, with call control's side of Redis in this test.
const log = openLog({ role: 'api', level: 'silent' });
let database: Awaited<ReturnType<typeof freshDatabase>>;
let redis: TestRedis;
let folder: string;
let config: Config;
let base: string;
let role: Awaited<ReturnType<typeof run>>;
let receiver: RedisCommandReceiver;
let board: RedisLiveBoard;
let agent: { id: string; token: string; username: string };
let lead: typeof agent;
const asked: AgentCommand[] = [];

const post = (path: string, body: unknown, token?: string) =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const get = (path: string, token?: string) =>
  fetch(`${base}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const readiness = async () => (await (await get('/readyz')).json()) as { status: string };

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  folder = await mkdtemp(join(tmpdir(), 'yht-role-'));
  config = readConfig({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    DATA_DIR: folder,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(await freePort()),
    ASTERISK_ARI_PASSWORD: 'x',
    ASTERISK_AMI_SECRET: 'x',
  });
  base = `http://127.0.0.1:${config.http.port}`;
  const { accounts } = await firstStart(config, {
    nowMs: Date.now(),
    log,
    hasher: scryptHasher({ N: 1024, r: 8, p: 1 }),
  });
  role = await run(config, log);
  receiver = new RedisCommandReceiver(config.redisUrl, log);
  receiver.onCommand(async (command) => {
    asked.push(command);
    return { ok: true, agent: null };
  });
  board = new RedisLiveBoard(config.redisUrl, log);
  board.switchSeen(true);
  const signIn = async (wanted: string): Promise<typeof agent> => {
    const found = accounts.find((one) => one.roles.some((each) => each === wanted));
    const answer = await post('/v1/session', {
      username: found?.username,
      password: found?.password,
      as: 'token',
    });
    const { token, account } = (await answer.json()) as {
      token: string;
      account: { id: string; username: string };
    };
    return { ...account, token };
  };
  agent = await signIn('agent');
  lead = await signIn('lead');
});
afterAll(async () => {
  await Promise.all([role.stop(), receiver.close(), board.close()]);
  await Promise.all([redis.stop(), database.drop(), rm(folder, { recursive: true, force: true })]);
});

test('ready once all three are there', async () => {
  await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 'ready' }), {
    timeout: 5000,
  });
});

test('call control is told that desks can be heard, also when it came after the API', async () => {
  await vi.waitFor(() => expect(asked).toContainEqual({ kind: 'wayOpen' }), { timeout: 15_000 });
});

test('an agent’s command goes through Redis to call control; what call control shows comes back on the WebSocket', async () => {
  const heard = listen(config.http.port, '/v1/live', lead);
  await heard.until(1);
  expect((await post('/v1/agents/me/ready', undefined, agent.token)).status).toBe(200);
  expect(asked).toContainEqual({ kind: 'ready', agentId: agent.id });
  const view: AgentView = agentView({
    agentId: agent.id,
    number: agent.username,
    sinceMs: Date.now(),
    queues: [],
  });
  board.agent(view);
  await vi.waitFor(() => expect(heard.messages.at(-1)).toMatchObject({ type: 'agent', agent: view }));
  const publisher = new RedisNoticePublisher(config.redisUrl, log);
  await vi.waitFor(async () => {
    await publisher.publish({
      kind: 'deadlineWarning',
      ticketId: randomUUID(),
      ticketNumber: 'RD1',
      unitCode: null,
      atMs: 1,
      clock: 'citizen',
      level: 80,
    });
    expect(heard.messages.at(-1)).toMatchObject({ type: 'notice' });
  });
  await publisher.close();
  const me = (await (await get('/v1/session', agent.token)).json()) as { agent: { live: AgentView } };
  expect(me.agent.live).toEqual(view);
  heard.socket.close();
});

test('Redis stops and starts: commands fail at once, tickets go on, and all is well again by itself', async () => {
  await redis.stop();
  await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 'degraded' }), {
    timeout: 5000,
  });
  const startedAt = performance.now();
  const refused = await post('/v1/agents/me/ready', undefined, agent.token);
  expect(refused.status).toBe(503);
  // Not after the two seconds for which an answer is waited.
  expect(performance.now() - startedAt).toBeLessThan(1900);
  expect((await get('/v1/tickets', lead.token)).status).toBe(200);
  await redis.start();
  await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 'ready' }), {
    timeout: 15_000,
  });
  expect((await post('/v1/agents/me/ready', undefined, agent.token)).status).toBe(200);
  const agents = (await (await get('/v1/agents', lead.token)).json()) as { agents: AgentView[] };
  expect(agents.agents).toMatchObject([{ agentId: agent.id, state: 'READY' }]);
}, 40_000);

test('call control goes: known within its heartbeat, and commands end in a clear refusal after two seconds', async () => {
  await receiver.close();
  await board.close();
  await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 'degraded' }), {
    timeout: 8000,
  });
  const startedAt = performance.now();
  const refused = await post('/v1/agents/me/ready', undefined, agent.token);
  expect((await refused.json()) as object).toMatchObject({ code: 'callControl.away' });
  expect(performance.now() - startedAt).toBeGreaterThan(1900);
  expect(performance.now() - startedAt).toBeLessThan(4000);
});

test('a taken port is an error with its code, and nothing is left open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const taken = { ...config, http: { ...config.http, port } };
  await expect(run(taken, log)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  other.close();
});

test('the stop lets what is being answered finish, tells the screens, and closes the door', async () => {
  const port = await freePort();
  const second = await run({ ...config, http: { ...config.http, port } }, log);
  const heard = listen(port, '/v1/live', lead);
  await heard.until(1);
  const db = openDatabase(database.url, { onError: () => undefined });
  const answered = await db.transact(async (tx) => {
    // Held by this lock, the request is under way when the stop comes.
    await db.on(tx).query('lock table accounts in access exclusive mode');
    const underWay = fetch(`http://127.0.0.1:${port}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: agent.username, password: 'certainly wrong' }),
    });
    await vi.waitFor(async () => {
      const { rows } = await db.query(
        `select from pg_locks where relation = 'accounts'::regclass and not granted`,
      );
      expect(rows).toHaveLength(1);
    });
    return { underWay, stopped: second.stop() };
  });
  await db.close();
  expect((await answered.underWay).status).toBe(401);
  const answeredAt = performance.now();
  await answered.stopped;
  expect(performance.now() - answeredAt).toBeLessThan(3000);
  expect((await heard.closed).code).toBe(1001);
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('the stop does not wait for a database that does not move', async () => {
  const [port, gatePort] = [await freePort(), await freePort()];
  const address = new URL(database.url);
  const gate = await Gate.before(Number(address.port), gatePort);
  address.port = String(gatePort);
  const second = await run({ ...config, databaseUrl: address.href, http: { ...config.http, port } }, log);
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(ready.status).toBe(200);
  gate.jam();
  const startedAt = performance.now();
  await second.stop();
  expect(performance.now() - startedAt).toBeLessThan(5000);
  await gate.shut();
});
