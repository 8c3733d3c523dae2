import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackBooks } from '../../../src/adapters/pg/callbacks.ts';
import { callRegister } from '../../../src/adapters/pg/calls.ts';
import { connectionWaits } from '../../../src/adapters/pg/connection-waits.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import { type Callback, moveCallback, requestCallback } from '../../../src/domain/callbacks/callback.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { freshDatabase } from '../../support/services.ts';

// What call control tells of callbacks and of the calls that it makes, as it lies in the books.

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  await db.query(`insert into municipality (name, area_code, time_zone, main_number, general_queue)
    values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const ZONE = 'Asia/Shanghai';
const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const write = (facts: readonly Fact[]): Promise<void> =>
  factWriter(db, ({ reason }) => expect.fail(reason)).writeFacts(facts);

/** A callback's life, move by move, as facts. */
function life(number: string): Fact[] {
  const [callId, outId] = [randomUUID(), randomUUID()];
  const request = {
    ...{ id: randomUUID(), number, queue: 'general', priority: 5, sinceMs: NOON - 60_000, callId },
    ...{ line: '12345', lineName: '政府热线', ticketId: null, rule: USUAL_CALLBACK_RULE },
  };
  const states: [move: string, callback: Callback][] = [['promised', requestCallback(request, NOON, ZONE)]];
  for (const event of [
    { type: 'hungUp', callId },
    { type: 'matched', callId: outId },
    { type: 'notReached', callId: outId, outcome: 'busy' },
  ] as const) {
    const [, before] = states.at(-1) ?? [];
    if (before === undefined) throw new Error('there is always a state before');
    states.push([event.type, moveCallback(before, event, { nowMs: NOON + 1_000, zone: ZONE })]);
  }
  return states.map(([move, callback], nth) => ({
    ...{ id: randomUUID(), atMs: NOON + nth, callId: null, type: 'callback', callback },
    move: move as 'promised',
    ...{ ofCall: callId, by: null, detail: '' },
  }));
}

test('the latest state of a callback stands in the books, in whatever order its moves come, and each move once', async () => {
  const facts = life('13800138000');
  const [first, second, third, fourth] = facts;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    throw new Error('four moves');
  }
  await write([fourth, first]);
  await write([second, third, fourth]);
  const { callbacks, next } = await callbackBooks(db).list({ only: 'open' }, { limit: 10 });
  expect(next).toBeNull();
  expect(callbacks).toMatchObject([
    {
      number: '13800138000',
      queue: 'general',
      line: '12345',
      state: 'resting',
      attempts: 1,
      lastOutcome: 'busy',
      sinceAt: '2026-11-23T03:59:00.000Z',
      dueAt: '2026-11-23T04:02:01.000Z',
      endedAt: null,
    },
  ]);
  const { rows } = await db.query<{ move: string }>('select move from callback_moves order by seq');
  expect(rows.map(({ move }) => move)).toEqual(['promised', 'hungUp', 'matched', 'notReached']);
  const [one] = callbacks;
  expect(await callbackBooks(db).known(one?.id ?? '')).toBe(true);
  expect(await callbackBooks(db).known(randomUUID())).toBe(false);
});

test('page by page, newest first, each once', async () => {
  await write(life('13800138001'));
  await write(life('13800138002'));
  const book = callbackBooks(db);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await book.list({}, after === undefined ? { limit: 1 } : { limit: 1, after });
    seen.push(...page.callbacks.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(new Set(seen).size).toBe(3);
  expect(seen).toHaveLength(3);
  await expect(book.list({}, { limit: 1, after: 'nonsense' })).rejects.toMatchObject({
    code: 'page.invalid',
  });
  expect((await book.list({ state: 'fulfilled' }, { limit: 1 })).callbacks).toEqual([]);
});

const told = (callId: string, facts: readonly CallFact[]): Fact[] =>
  facts.map((fact, seq) => ({ id: randomUUID(), callId, seq, atMs: NOON + seq * 1_000, ...fact }));

test('a call that we made has its direction and stands in no figure of calls that came in', async () => {
  const [out, promised, ticketId, agentId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await write(
    told(out, [
      {
        ...{ type: 'callPlaced', purpose: 'ticket', callbackId: null, ticketId, missedCallId: null },
        ...{ trunk: 'carrier', callerId: '12345', callerNumber: '13800138009', line: '12345', agentId },
        configurationVersion: 3,
      },
      { type: 'legRang', leg: `${out}.a1`, agentId, number: null, reason: '话务员主动外呼' },
      { type: 'legAnswered', leg: `${out}.a1` },
      { type: 'citizenDialled', outcome: 'busy' },
      { type: 'callEnded', releasedBy: 'caller', result: 'notReached', detail: '' },
    ]),
  );
  await write(
    told(promised, [
      {
        ...{ type: 'callArrived', trunk: 'carrier', dialled: '12345', callerNumber: '13800138008' },
        ...{ headers: {}, recording: '' },
      },
      { type: 'queueEntered', queue: 'general', reason: '' },
      { type: 'callbackPromised', queue: 'general' },
      { type: 'queueLeft', queue: 'general', how: 'callback' },
      { type: 'callEnded', releasedBy: 'system', result: 'callbackPromised', detail: '' },
    ]),
  );
  const { calls } = await callRegister(db).list({ aboutTicket: ticketId }, { limit: 10 });
  expect(calls).toMatchObject([
    {
      ...{ id: out, direction: 'outbound', purpose: 'ticket', dialOutcome: 'busy', aboutTicket: ticketId },
      ...{ dialled: '12345', callerNumber: '13800138009', agentId, result: 'notReached' },
    },
  ]);
  // Asked for a person, got a promise: arrived and in the denominator, and neither abandoned nor answered.
  expect(await callRegister(db).totals('2026-11-23')).toMatchObject({
    arrived: 1,
    answered: 0,
    abandoned: 0,
    callbacks: 1,
  });
  const waits: string[] = [];
  await connectionWaits(db).each(NOON - 60_000, NOON + 60_000, 100, ({ callId }) => waits.push(callId));
  expect(waits).toEqual([promised]);
});
