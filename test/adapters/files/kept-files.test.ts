import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configurationCache } from '../../../src/adapters/files/configuration-cache.ts';
import { HouseJournal } from '../../../src/adapters/files/house-journal.ts';
import { pacesIn } from '../../../src/adapters/files/kept-paces.ts';
import { presencesIn } from '../../../src/adapters/files/kept-presences.ts';
import type { PublishedConfiguration } from '../../../src/app/ports/configuration-source.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import type { SavedPresence } from '../../../src/app/ports/presence-store.ts';
import { NOTHING_ENTERED } from '../../../src/domain/hotlines/configuration.ts';
import { DEFAULT_TRUNK } from '../../../src/domain/hotlines/trunk.ts';

let folder = '';
let said: string[] = [];
const say = (_fields: object, message: string): void => {
  said.push(message);
};
const log: Log = { debug: say, info: say, warn: say, error: say };

function presencesAt(path: string) {
  const journal = new HouseJournal(path, log);
  return { ...presencesIn(journal), flush: () => journal.flush() };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const published: PublishedConfiguration = {
  configuration: {
    version: 7,
    publishedAt: '2026-11-23T00:00:00Z',
    municipality: {
      name: '如东县',
      areaCode: '0513',
      timeZone: 'Asia/Shanghai',
      mainNumber: '12345',
      generalQueue: 'general',
    },
    lines: [],
    queues: [],
    agents: [],
    menus: [],
    trunks: [DEFAULT_TRUNK],
    calendar: NOTHING_ENTERED,
  },
  phones: [{ name: 'phone1', kind: 'desk', secret: 'secret', displayName: '座席' }],
};

test('the configuration comes back whole, and only its owner may read it', async () => {
  const path = join(folder, 'a', 'configuration.json');
  const cache = configurationCache(path, log);
  expect(await cache.read()).toBeNull();
  await cache.write(published);
  await cache.write({ ...published, configuration: { ...published.configuration, version: 8 } });
  expect((await cache.read())?.configuration.version).toBe(8);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each(['{"configu', '{}', '[]', 'null', '{"configuration":{"version":1},"phones":[]}'])(
  'a cache that holds %s is none',
  async (text) => {
    const path = join(folder, 'configuration.json');
    await writeFile(path, text);
    expect(await configurationCache(path, log).read()).toBeNull();
    expect(said).toHaveLength(1);
  },
);

const presence = (agentId: string, state: SavedPresence['state']): SavedPresence => ({
  agentId,
  state,
  reason: null,
  sinceMs: 1,
  idleSinceMs: 1,
  intended: { to: 'READY' },
  callId: null,
  misses: 0,
  wrapUp: null,
  signOut: null,
  interval: { id: `interval-of-${agentId}`, seq: 1, limitMs: null, countsAsRest: false },
  phone: null,
  nextPhone: null,
  heartbeat: 'expected',
});

test('the last word of each agent counts; who signed out is not kept; a torn line costs nothing', async () => {
  const path = join(folder, 'house.jsonl');
  const journal = presencesAt(path);
  await journal.read();
  journal.save(presence('a', 'READY'));
  journal.save(presence('b', 'READY'));
  journal.save(presence('a', 'TALKING'));
  journal.save(presence('c', 'READY'));
  journal.save(presence('c', 'SIGNED_OUT'));
  await journal.flush();
  await appendFile(path, '{"turn":9,"put":{"presence":{"a":{"agentId":"a","sta');
  const again = presencesAt(path);
  const states = Object.fromEntries((await again.read()).map((one) => [one.agentId, one.state]));
  expect(states).toEqual({ a: 'TALKING', b: 'READY' });
});

test('what changes several times in one moment is written once', async () => {
  const path = join(folder, 'house.jsonl');
  const journal = presencesAt(path);
  await journal.read();
  for (const state of ['READY', 'RINGING', 'TALKING'] as const) journal.save(presence('a', state));
  await journal.flush();
  journal.save(presence('a', 'READY'));
  await journal.flush();
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines.map((one) => JSON.parse(one).put.presence?.a?.state)).toEqual([undefined, 'TALKING', 'READY']);
});

test('who was signed out is told why when he comes back; a line of an earlier release is filled up', async () => {
  const path = join(folder, 'house.jsonl');
  const signOut = { reason: 'forced', by: { accountId: 'lead', name: '班长' }, note: '交接班' } as const;
  const former = join(folder, 'presence.jsonl');
  const earlier = { agentId: 'b', state: 'WRAP_UP', sinceMs: 5, intended: { to: 'READY' }, callId: 'c' };
  await writeFile(former, `${JSON.stringify({ put: earlier })}\n`);
  const journal = presencesAt(path);
  await journal.read();
  const forced = { ...presence('a', 'SIGNED_OUT'), reason: 'forced', signOut };
  journal.save(forced);
  await journal.flush();
  const read = await presencesAt(path).read();
  expect(read).toContainEqual(forced);
  expect(read.find(({ agentId }) => agentId === 'b')).toEqual({
    ...earlier,
    reason: null,
    idleSinceMs: 5,
    misses: 0,
    wrapUp: { regularMs: 30_005, untilMs: 30_005, latestMs: 30_005 },
    signOut: null,
    interval: null,
    phone: null,
    nextPhone: null,
    heartbeat: 'expected',
  });
});

test('a disk that takes nothing is said once, and the next change keeps all', async () => {
  const path = join(folder, 'sub', 'house.jsonl');
  const journal = presencesAt(path);
  await journal.read();
  await rm(join(folder, 'sub'), { recursive: true });
  journal.save(presence('a', 'READY'));
  await journal.flush();
  journal.save(presence('b', 'READY'));
  await journal.flush();
  expect(said.filter((words) => words.includes('could not'))).toEqual([
    'the journal of call control could not be written',
  ]);
  await mkdir(join(folder, 'sub'));
  journal.save(presence('c', 'READY'));
  await journal.flush();
  expect((await presencesAt(path).read()).map(({ agentId }) => agentId)).toEqual(['a', 'b', 'c']);
});

test('the pace of lines is kept over a restart; what is no pace is passed over', async () => {
  const path = join(folder, 'house.jsonl');
  const pace = { queue: 'general', latestMs: 2_000, handOvers: [{ atMs: 2_000, agentMs: 900 }] };
  const journal = new HouseJournal(path, log);
  const paces = pacesIn(journal);
  await paces.read();
  paces.save({ ...pace, latestMs: 1_000, handOvers: [] });
  paces.save(pace);
  await journal.flush();
  for (const [turn, wrong] of [
    { queue: 'desk', latestMs: 'soon', handOvers: [] },
    { queue: 'desk', latestMs: null, handOvers: [{ atMs: 1 }] },
  ].entries()) {
    await appendFile(
      path,
      `${JSON.stringify({ turn: turn + 9, put: { paces: { desk: wrong } }, drop: {} })}\n`,
    );
  }
  expect(await pacesIn(new HouseJournal(path, log)).read()).toEqual([pace]);
});
