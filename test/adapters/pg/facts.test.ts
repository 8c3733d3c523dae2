import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';
import { freshDatabase } from '../../support/services.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let refused: string[] = [];
const onRefused = ({ id }: { id: string }) => {
  refused.push(id);
};
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
});
afterEach(() => {
  refused = [];
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const T0 = Date.UTC(2026, 10, 23, 1, 0, 0, 123);
const AGENT = randomUUID();

/** An ordinary call: recognised, queued, offered to one agent who does not take it, answered by the next. */
function facts(callId: string): Fact[] {
  const told: CallFact[] = [
    {
      type: 'callArrived',
      trunk: 'carrier',
      dialled: '12345',
      callerNumber: '13900000001',
      headers: { to: '<sip:12345@x>' },
      recording: '2026/11/23/x.wav',
    },
    {
      type: 'callRecognised',
      line: '12345',
      mode: 'MAIN',
      method: 'requestUri',
      confidence: 'certain',
      reason: 'as dialled',
      configurationVersion: 7,
    },
    { type: 'callAnswered' },
    { type: 'queueEntered', queue: 'desk-12369', reason: 'home' },
    { type: 'queueLeft', queue: 'desk-12369', how: 'overflowed' },
    { type: 'queueEntered', queue: 'general', reason: 'overflow' },
    { type: 'legRang', leg: `${callId}.a1`, agentId: randomUUID(), number: null, reason: 'longest ready' },
    { type: 'legEnded', leg: `${callId}.a1`, how: 'noAnswer' },
    { type: 'legRang', leg: `${callId}.a2`, agentId: AGENT, number: null, reason: 'next' },
    { type: 'legAnswered', leg: `${callId}.a2` },
    { type: 'talkStarted', leg: `${callId}.a2`, agentId: AGENT },
    { type: 'legEnded', leg: `${callId}.a2`, how: 'normal' },
    { type: 'callEnded', releasedBy: 'caller', result: 'answeredByAgent', detail: '' },
  ];
  return told.map((fact, seq) => ({ id: randomUUID(), callId, seq, atMs: T0 + seq * 1000, ...fact }));
}

async function rows(callId: string) {
  const calls = await db.query('select * from calls where id = $1', [callId]);
  const legs = await db.query('select * from call_legs where call_id = $1 order by leg', [callId]);
  const told = await db.query('select id from call_facts where call_id = $1', [callId]);
  return { call: calls.rows[0], legs: legs.rows, facts: told.rows.length };
}

test('a message that was left is one message, told early, late, twice or in pieces', async () => {
  const callId = randomUUID();
  const [arrived] = facts(callId);
  const message = (seq: number, durationMs: number | null): Fact => ({
    id: randomUUID(),
    callId,
    seq,
    atMs: T0 + seq * 1000,
    type: 'messageLeft',
    recording: `${callId}.m1`,
    queue: 'general',
    end: 'hungUp',
    durationMs,
    spokenMs: durationMs,
  });
  const written = async () =>
    (await db.query('select recording, queue, duration_ms from voice_messages where call_id = $1', [callId]))
      .rows;
  const first = message(5, null);
  await factWriter(db, onRefused).writeFacts([first]);
  expect(await written()).toEqual([{ recording: `${callId}.m1`, queue: 'general', duration_ms: null }]);
  await factWriter(db, onRefused).writeFacts([
    first,
    ...(arrived === undefined ? [] : [arrived]),
    message(6, 4_000),
  ]);
  expect(await written()).toEqual([{ recording: `${callId}.m1`, queue: 'general', duration_ms: 4_000 }]);
  expect(refused).toEqual([]);
});

test('a call and its legs come out of its facts, to the millisecond', async () => {
  const callId = randomUUID();
  await factWriter(db, onRefused).writeFacts(facts(callId));
  const written = await rows(callId);
  expect(written.call).toMatchObject({
    dialled: '12345',
    caller_number: '13900000001',
    line: '12345',
    mode: 'MAIN',
    recognised_by: 'requestUri',
    configuration_version: '7',
    queue: 'general',
    queued_at: new Date(T0 + 3000),
    arrived_at: new Date(T0),
    agent_id: AGENT,
    talk_started_at: new Date(T0 + 10_000),
    ended_at: new Date(T0 + 12_000),
    released_by: 'caller',
    result: 'answeredByAgent',
    recording: '2026/11/23/x.wav',
  });
  expect(written.legs.map(({ rang_at, answered_at, how }) => [rang_at, answered_at, how])).toEqual([
    [new Date(T0 + 6000), null, 'noAnswer'],
    [new Date(T0 + 8000), new Date(T0 + 9000), 'normal'],
  ]);
});

test('each lead at a talk has a leg of his own, with its times, though none rang for the talk', async () => {
  const callId = randomUUID();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()] as const;
  const leg = (n: number) => `${callId}.l${n}`;
  const later = (seq: number, fact: object): Fact =>
    ({ id: randomUUID(), callId, seq, atMs: T0 + seq * 1000, ...fact }) as Fact;
  const listens = (seq: number, n: number, by: string, how: string, reason = '抽查') =>
    later(seq, { type: 'listenedIn', leg: leg(n), by, how, reason });
  const takesOver = (seq: number, n: number, by: string, from: string) => [
    later(seq, { type: 'partyJoined', leg: leg(n), kind: 'agent', agentId: by, how: 'takenOver', by }),
    later(seq + 1, { type: 'talkStarted', leg: leg(n), agentId: by }),
    later(seq + 2, { type: 'legEnded', leg: from, how: 'takenOver', by }),
  ];
  const told = [
    ...facts(callId).slice(0, -2),
    listens(11, 1, first, 'monitor'),
    listens(12, 1, first, 'ended', 'asked'),
    // The same lead once more: he takes over, then another takes over from him.
    listens(13, 2, first, 'monitor'),
    listens(14, 2, first, 'whisper'),
    ...takesOver(15, 2, first, `${callId}.a2`),
    listens(18, 3, second, 'barge'),
    // Parted from the talk by a restart of call control: nobody told.
    listens(19, 4, third, 'monitor'),
    ...takesOver(20, 3, second, leg(2)),
    later(30, { type: 'legEnded', leg: leg(3), how: 'normal' }),
    later(31, { type: 'callEnded', releasedBy: 'agent', result: 'answeredByAgent', detail: '' }),
  ];
  await factWriter(db, onRefused).writeFacts(told);
  const { call, legs } = await rows(callId);
  expect(call).toMatchObject({ agent_id: second });
  expect(legs[1]).toMatchObject({ agent_id: AGENT, reason: 'next', how: 'takenOver' });
  const seconds = (at: Date | null) => (at === null ? null : (at.getTime() - T0) / 1000);
  const stands = legs
    .slice(2)
    .map(({ agent_id, reason, rang_at, answered_at, ended_at, how }) => [
      ...[agent_id, reason, seconds(rang_at), seconds(answered_at), seconds(ended_at), how],
    ]);
  expect(stands).toEqual([
    [first, '侦听', 11, null, 12, 'asked'],
    [first, '拦截', 13, 15, 22, 'takenOver'],
    [second, '拦截', 18, 20, 30, 'normal'],
    [third, '侦听', 19, null, 31, 'talkOver'],
  ]);
});

test('facts one by one, backwards, repeated, and from the middle on: always the same rows', async () => {
  const [whole, backwards, halves] = [randomUUID(), randomUUID(), randomUUID()] as const;
  const writer = factWriter(db, onRefused);
  await writer.writeFacts(facts(whole));
  for (const fact of facts(backwards).reverse()) await writer.writeFacts([fact]);
  const told = facts(halves);
  await writer.writeFacts(told.slice(6));
  expect((await rows(halves)).call).toMatchObject({ dialled: '', result: 'answeredByAgent' });
  await writer.writeFacts(told.slice(0, 8));
  await writer.writeFacts(told);

  const plain = async (callId: string) => {
    const { call, legs, facts: count } = await rows(callId);
    const legsPlain = legs.map(({ agent_id, call_id, leg, ...leaf }) => leaf);
    return { call: { ...call, id: null }, legs: legsPlain, count };
  };
  const expected = await plain(whole);
  expect(await plain(backwards)).toEqual(expected);
  expect(await plain(halves)).toEqual(expected);
  expect(refused).toEqual([]);
});

test('two writers with halves of the same calls at once lose nothing', async () => {
  const calls = Array.from({ length: 20 }, () => randomUUID());
  const all = calls.map(facts);
  const [a, b] = [factWriter(db, onRefused), factWriter(db, onRefused)];
  await Promise.all([
    a.writeFacts(all.flatMap((one) => one.filter((_, i) => i % 2 === 0))),
    b.writeFacts(all.flatMap((one) => one.filter((_, i) => i % 2 === 1))),
  ]);
  const { rows: done } = await db.query<{ n: number }>(
    `select count(*)::int as n from calls where id = any ($1::uuid[]) and line = '12345' and result = 'answeredByAgent'`,
    [calls],
  );
  expect(done[0]?.n).toBe(20);
});

test('a fact that the database can never take is set aside; the 999 around it are written', async () => {
  const calls = Array.from({ length: 77 }, () => randomUUID());
  const all = calls.flatMap(facts).slice(0, 996);
  const poison: Fact[] = [
    {
      id: randomUUID(),
      callId: randomUUID(),
      seq: 0,
      atMs: T0,
      type: 'anomaly',
      code: 'x',
      detail: 'a\u0000b',
    },
    { id: 'not-a-uuid', callId: randomUUID(), seq: 0, atMs: T0, type: 'callAnswered' },
    { id: randomUUID(), callId: randomUUID(), seq: 0, atMs: Number.NaN, type: 'callAnswered' },
    {
      id: randomUUID(),
      callId: null,
      atMs: T0,
      type: 'presence',
      agentId: '1001',
      state: 'READY',
      reason: null,
    },
  ];
  const mixed = [...all.slice(0, 400), ...poison, ...all.slice(400)];
  const writer = factWriter(db, onRefused);
  await writer.writeFacts(mixed);
  await writer.writeFacts(poison);
  expect([...new Set(refused)].sort()).toEqual(poison.map(({ id }) => id).sort());
  const { rows: kept } = await db.query('select id from refused_facts');
  expect(kept.map(({ id }) => id).sort()).toEqual(poison.map(({ id }) => id).sort());
  const { rows: written } = await db.query('select id from call_facts where call_id = any ($1::uuid[])', [
    calls,
  ]);
  expect(written.length).toBe(996);
});

test('presence is kept as intervals, once', async () => {
  const fact: Fact = {
    id: randomUUID(),
    callId: null,
    atMs: T0,
    type: 'presence',
    agentId: AGENT,
    state: 'NOT_READY',
    reason: 'rest',
  };
  const writer = factWriter(db, onRefused);
  await writer.writeFacts([fact, fact]);
  await writer.writeFacts([fact]);
  const { rows: kept } = await db.query(
    'select state, reason, at from presence_intervals where agent_id = $1',
    [AGENT],
  );
  expect(kept).toEqual([{ state: 'NOT_READY', reason: 'rest', at: new Date(T0) }]);
});

test('without a database the writer says so and sets nothing aside', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { onError: () => undefined });
  await expect(factWriter(away, onRefused).writeFacts(facts(randomUUID()))).rejects.toBeInstanceOf(
    DatabaseAway,
  );
  expect(refused).toEqual([]);
  await away.close();
});
