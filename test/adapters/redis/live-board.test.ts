import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { RedisLiveBoard } from '../../../src/adapters/redis/live-board.ts';
import { RedisLiveBoardReader } from '../../../src/adapters/redis/live-board-reader.ts';
import { RedisNoticeFeed, RedisNoticePublisher } from '../../../src/adapters/redis/notices.ts';
import type { LiveChange } from '../../../src/app/live/board.ts';
import type { Notice, TicketNotice } from '../../../src/app/live/notices.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import { agentView } from '../../support/agent-view.ts';
import { raw, ScratchRedis } from './redis-server.ts';

const quiet = { info: vi.fn(), warn: vi.fn() };
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

function agent(agentId: string, state: AgentView['state'] = 'READY'): AgentView {
  return agentView({ agentId, state, phone: `p-${agentId}` });
}
function call(callId: string, state = 'QUEUED'): CallView {
  return {
    callId,
    state,
    dialled: '12345',
    line: '12345',
    lineName: '如东县12345',
    mode: 'MAIN',
    queue: 'general',
    callerNumber: '13812345678',
    agentId: null,
    sinceMs: 1,
    arrivedMs: 1,
  };
}

function writer(): RedisLiveBoard {
  const board = new RedisLiveBoard(redis.url, quiet);
  board.switchSeen(true);
  open.push(board);
  return board;
}
interface Watched {
  readonly reader: RedisLiveBoardReader;
  readonly changes: { seq: number; change: LiveChange }[];
}
function watcher(): Watched {
  const reader = new RedisLiveBoardReader(redis.url, quiet);
  open.push(reader);
  const changes: Watched['changes'] = [];
  reader.onChange((seq, change) => changes.push({ seq, change }));
  return { reader, changes };
}
const agentsOf = (reader: RedisLiveBoardReader): string[] =>
  reader
    .picture()
    .agents.map((one) => `${one.agentId} ${one.state}`)
    .sort();
const callsOf = (reader: RedisLiveBoardReader): string[] =>
  reader.picture().calls.map((one) => `${one.callId} ${one.state}`);

test('what call control shows is what the API sees, for a reader from the start and for one that came later', async () => {
  const early = watcher();
  const board = writer();
  await vi.waitFor(() => expect(early.reader.picture().source).toBe('live'));
  board.agent(agent('a1', 'NOT_READY'));
  board.agent(agent('a1', 'READY'));
  board.call(call('c1'));
  board.call(call('c2'));
  board.callGone('c1');
  await vi.waitFor(() => expect(callsOf(early.reader)).toEqual(['c2 QUEUED']));
  expect(agentsOf(early.reader)).toEqual(['a1 READY']);

  const late = watcher();
  await vi.waitFor(() => expect(late.reader.picture().source).toBe('live'));
  expect(callsOf(late.reader)).toEqual(['c2 QUEUED']);
  expect(agentsOf(late.reader)).toEqual(['a1 READY']);
});

test('changes come in order, numbered without a gap, each once, and the goodbye still names the call', async () => {
  const board = writer();
  const { reader, changes } = watcher();
  await vi.waitFor(() => expect(reader.picture().source).toBe('live'));
  const before = reader.picture().seq;
  changes.length = 0;
  for (let n = 0; n < 500; n += 1) board.call(call('c1', `S${n}`));
  board.callGone('c1');
  await vi.waitFor(() => expect(changes.at(-1)?.change.kind).toBe('callGone'));
  expect(changes.map((one) => one.seq)).toEqual(changes.map((_, index) => before + index + 1));
  const states = changes.flatMap(({ change }) => (change.kind === 'call' ? [change.call.state] : []));
  expect(states).toEqual(Array.from({ length: 500 }, (_, n) => `S${n}`));
  expect(changes.at(-1)?.change).toMatchObject({ call: { callerNumber: '13812345678' } });
});

test('while Redis is away the writer costs nothing and throws nothing; when it is back the whole picture is there', async () => {
  const board = writer();
  const { reader } = watcher();
  await vi.waitFor(() => expect(reader.picture().source).toBe('live'));
  board.call(call('old'));
  await vi.waitFor(() => expect(callsOf(reader)).toEqual(['old QUEUED']));
  await redis.stop();
  await vi.waitFor(() => expect(reader.picture().source).toBe('away'));
  // The last that was known stays readable.
  expect(callsOf(reader)).toEqual(['old QUEUED']);
  const startedAt = performance.now();
  for (let n = 0; n < 20_000; n += 1) board.call(call(`c${n % 50}`, `S${n}`));
  board.callGone('old');
  board.agent(agent('a1', 'TALKING'));
  expect(performance.now() - startedAt).toBeLessThan(5000);
  await redis.start();
  await vi.waitFor(() => expect(callsOf(reader)).toHaveLength(50), { timeout: 10_000 });
  expect(callsOf(reader)).toContain('c49 S19999');
  expect(callsOf(reader)).not.toContain('old QUEUED');
  expect(agentsOf(reader)).toEqual(['a1 TALKING']);
  expect(reader.picture().source).toBe('live');
});

test('a frozen Redis does not block the writer either', async () => {
  const board = writer();
  const { reader } = watcher();
  await vi.waitFor(() => expect(reader.picture().source).toBe('live'));
  redis.freeze();
  const startedAt = performance.now();
  for (let n = 0; n < 5000; n += 1) {
    board.call(call('c1', `S${n}`));
    if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(performance.now() - startedAt).toBeLessThan(1500);
  redis.thaw();
  await vi.waitFor(() => expect(callsOf(reader)).toEqual(['c1 S4999']), { timeout: 12_000 });
}, 20_000);

test('FLUSHALL: the picture is whole again within a heartbeat or two', async () => {
  const board = writer();
  board.agent(agent('a1'));
  board.agent(agent('a2'));
  const first = watcher();
  await vi.waitFor(() => expect(agentsOf(first.reader)).toHaveLength(2), { timeout: 5000 });
  await raw(redis.port, 'FLUSHALL');
  board.agent(agent('a2', 'TALKING'));
  await vi.waitFor(() => expect(agentsOf(first.reader)).toEqual(['a1 READY', 'a2 TALKING']), {
    timeout: 8000,
  });
  const later = watcher();
  await vi.waitFor(() => expect(agentsOf(later.reader)).toEqual(['a1 READY', 'a2 TALKING']), {
    timeout: 8000,
  });
});

test('a writer that went away is seen: at once when it left properly, and its successor replaces the picture', async () => {
  const first = new RedisLiveBoard(redis.url, quiet);
  first.switchSeen(true);
  first.agent(agent('a1'));
  first.call(call('gone'));
  const { reader, changes } = watcher();
  await vi.waitFor(() => expect(callsOf(reader)).toEqual(['gone QUEUED']), { timeout: 5000 });
  await first.close();
  await vi.waitFor(() => expect(reader.picture().source).toBe('away'));
  const late = watcher();
  const second = writer();
  second.agent(agent('a1', 'NOT_READY'));
  await vi.waitFor(() => expect(agentsOf(reader)).toEqual(['a1 NOT_READY']), { timeout: 5000 });
  expect(callsOf(reader)).toEqual([]);
  expect(changes.filter(({ change }) => change.kind === 'callGone')).toHaveLength(1);
  await vi.waitFor(() => expect(agentsOf(late.reader)).toEqual(['a1 NOT_READY']), { timeout: 5000 });
});

test('a writer that fell silent is away after the life of its head, and live again with its next word', async () => {
  const { reader } = watcher();
  await vi.waitFor(async () =>
    expect(await raw(redis.port, 'PUBSUB', 'NUMSUB', 'yht:0:board')).toContain(':1'),
  );
  const head = JSON.stringify({ epoch: 'e', seq: 1 });
  await raw(redis.port, 'SET', 'yht:0:board:head', head);
  await raw(redis.port, 'PUBLISH', 'yht:0:board', JSON.stringify({ epoch: 'e', seq: 1, changes: null }));
  await vi.waitFor(() => expect(reader.picture().source).toBe('live'));
  await vi.waitFor(() => expect(reader.picture().source).toBe('away'), { timeout: 9000, interval: 200 });
  await raw(redis.port, 'PUBLISH', 'yht:0:board', JSON.stringify({ epoch: 'e', seq: 1, changes: [] }));
  await vi.waitFor(() => expect(reader.picture().source).toBe('live'));
}, 20_000);

test('numbers are the writer’s: two readers give one change the same, whatever came together', async () => {
  const board = writer();
  const heard = [watcher(), watcher()].map(({ reader }) => {
    const told: { seq: number; kind: string }[] = [];
    reader.onChange((_seq, { kind }, at) => {
      if (at !== null) told.push({ seq: at.seq, kind });
    });
    return { reader, told };
  });
  await vi.waitFor(() => {
    for (const { reader } of heard) expect(reader.picture().source).toBe('live');
  });
  const start = heard[0]?.reader.picture().at?.seq ?? Number.NaN;
  board.agent(agent('a1'));
  board.call(call('c1'));
  board.queue({
    code: 'general',
    name: '总席',
    day: '2026-11-25',
    offered: 1,
    answered: 0,
    abandoned: 0,
    elsewhere: 0,
  });
  board.callGone('c1');
  await vi.waitFor(() => expect(heard.map(({ told }) => told.length)).toEqual([4, 4]));
  expect(heard[0]?.told).toEqual(
    ['agent', 'call', 'queue', 'callGone'].map((kind, nth) => ({ seq: start + nth + 1, kind })),
  );
  expect(heard[1]?.told).toEqual(heard[0]?.told);
  expect(heard[0]?.reader.picture().at).toEqual(heard[1]?.reader.picture().at);
});

test('queues come and go with the rest, and a call control that lost the switch says so', async () => {
  const board = writer();
  const { reader } = watcher();
  const general = {
    code: 'general',
    name: '总席',
    day: '2026-11-25',
    offered: 7,
    answered: 5,
    abandoned: 1,
    elsewhere: 0,
  };
  board.queue(general);
  board.queue({ ...general, code: 'desk' });
  await vi.waitFor(() => expect(reader.picture().queues).toHaveLength(2));
  board.queueGone('desk');
  await vi.waitFor(() => expect(reader.picture().queues).toEqual([general]));
  board.switchSeen(false);
  await vi.waitFor(() => expect(reader.picture().source).toBe('switchAway'));
  const later = watcher();
  await vi.waitFor(() =>
    expect(later.reader.picture()).toMatchObject({ source: 'switchAway', queues: [general] }),
  );
  const silentAt = later.reader.picture().heardMs;
  board.switchSeen(true);
  await vi.waitFor(() => expect(later.reader.picture().source).toBe('live'));
  expect(later.reader.picture().heardMs).toBeGreaterThanOrEqual(silentAt ?? Number.NaN);
});

test('notices reach every listener, and an absent Redis is no error for who publishes', async () => {
  const feed = new RedisNoticeFeed(redis.url, quiet);
  const publisher = new RedisNoticePublisher(redis.url, quiet);
  open.push(feed, publisher);
  const heard: Notice[] = [];
  feed.onNotice((notice) => heard.push(notice));
  const notice: TicketNotice = {
    kind: 'deadlineOverdue',
    ticketId: 't1',
    ticketNumber: '20261123-0001',
    unitCode: 'water',
    atMs: 1,
    clock: 'citizen',
    level: 100,
  };
  await vi.waitFor(async () => {
    await publisher.publish(notice);
    expect(heard[0]).toEqual(notice);
  });
  await redis.stop();
  await publisher.publish(notice);
  await redis.start();
  const before = heard.length;
  await vi.waitFor(
    async () => {
      await publisher.publish(notice);
      expect(heard.length).toBeGreaterThan(before);
    },
    { timeout: 8000 },
  );
});
