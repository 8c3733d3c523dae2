import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { callRegister } from '../../../src/adapters/pg/calls.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFilter, CallRow } from '../../../src/app/ports/calls.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import type { CallResult } from '../../../src/domain/calls/facts.ts';
import { freshDatabase } from '../../support/services.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
const AGENT = randomUUID();
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  await db.query(`insert into municipality (name, area_code, time_zone, main_number, general_queue)
    values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`);
  await db.query(`insert into units (code, name, kind) values ('centre', '指挥中心', 'centre')`);
  await db.query(`insert into queues (code, name) values ('general', '总席')`);
  await db.query(`insert into lines (number, name, unit_code, mode, valid_from, queue_code, basis)
    values ('12345', '政府热线', 'centre', 'MAIN', '2020-04-28', 'general', 'test')`);
  await db.query(
    `insert into accounts (id, username, display_name, password_hash, roles)
     values ($1, '1001', '陈晓', 'x', '{agent}')`,
    [AGENT],
  );
  await db.query(
    `insert into agents (account_id, number, phone_name, phone_kind, phone_secret)
     values ($1, '1001', 'agent-1001', 'desk', 'x')`,
    [AGENT],
  );
});
beforeEach(async () => {
  await db.query('truncate calls, call_legs, call_facts, call_outcomes, tickets cascade');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

type Ending = Exclude<CallResult, 'reached' | 'notReached'> | 'underWay';

/** Tells the facts of one call and returns its id. */
async function call(
  arrivedMs: number,
  ending: Ending,
  more: { queue?: string; line?: string } = {},
): Promise<string> {
  const callId = randomUUID();
  const { queue = 'general', line = '12345' } = more;
  const told: CallFact[] = [
    {
      type: 'callArrived',
      trunk: 'carrier',
      dialled: line,
      callerNumber: '13900000001',
      headers: {},
      recording: 'r',
    },
    {
      type: 'callRecognised',
      line,
      mode: 'MAIN',
      method: 'requestUri',
      confidence: 'certain',
      reason: 'as dialled',
      configurationVersion: 3,
    },
    { type: 'callAnswered' },
    { type: 'queueEntered', queue, reason: 'home' },
  ];
  if (ending.startsWith('answered')) {
    const agentId = ending === 'answeredByAgent' ? AGENT : null;
    told.push(
      { type: 'legRang', leg: `${callId}.a1`, agentId, number: null, reason: 'longest ready' },
      { type: 'legAnswered', leg: `${callId}.a1` },
      { type: 'talkStarted', leg: `${callId}.a1`, agentId },
    );
  }
  if (ending !== 'underWay')
    told.push({ type: 'callEnded', releasedBy: 'caller', result: ending, detail: '' });
  const facts = told.map(
    (fact, seq): Fact => ({ id: randomUUID(), callId, seq, atMs: arrivedMs + seq, ...fact }),
  );
  await factWriter(db, ({ reason }) => expect.fail(reason)).writeFacts(facts);
  return callId;
}

async function close(callId: string, outcome: 'answeredOnSpot' | 'invalid' | 'ticket'): Promise<void> {
  const ticketId = outcome === 'ticket' ? randomUUID() : null;
  if (ticketId !== null) {
    await db.query(`insert into categories (code, name) values ('other', '其他') on conflict do nothing`);
    await db.query(
      `insert into tickets (id, number, call_id, type, category_code, title, content, state, accepted_at)
       values ($1, $2, $3, 'HELP', 'other', 't', 'c', 'registered', now())`,
      [ticketId, ticketId, callId],
    );
  }
  await db.query(
    `insert into call_outcomes (call_id, outcome, type, category, ticket_id, reason, closed_by, closed_at)
     values ($1, $2, 'ENQUIRY', 'other', $3, 'silence', $4, now())`,
    [callId, outcome, ticketId, AGENT],
  );
}

async function walk(filter: CallFilter, limit: number): Promise<CallRow[]> {
  const seen: CallRow[] = [];
  let after: string | undefined;
  do {
    const page = await callRegister(db).list(filter, after === undefined ? { limit } : { limit, after });
    expect(page.calls.length).toBeLessThanOrEqual(limit);
    seen.push(...page.calls);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return seen;
}

const NOON = Date.UTC(2026, 10, 23, 4);

test('pages join without gap or repeat, though calls share a millisecond and new ones come in meanwhile', async () => {
  const old = await Promise.all(Array.from({ length: 25 }, (_, i) => call(NOON + (i % 3), 'abandoned')));
  const register = callRegister(db);
  const first = await register.list({}, { limit: 10 });
  expect(first.calls.length).toBe(10);
  await Promise.all(Array.from({ length: 5 }, () => call(NOON + 1000, 'abandoned')));
  const rest: CallRow[] = [];
  for (let next = first.next; next !== null; ) {
    const page = await register.list({}, { limit: 10, after: next });
    rest.push(...page.calls);
    next = page.next;
  }
  const ids = [...first.calls, ...rest].map(({ id }) => id);
  expect(ids.length).toBe(25);
  expect([...ids].sort()).toEqual([...old].sort());
  const times = [...first.calls, ...rest].map(({ arrivedAt }) => arrivedAt);
  expect(times).toEqual([...times].sort().reverse());
});

test('exactly one page has no next', async () => {
  for (let i = 0; i < 4; i += 1) await call(NOON + i, 'abandoned');
  expect((await callRegister(db).list({}, { limit: 4 })).next).toBeNull();
  expect((await callRegister(db).list({}, { limit: 3 })).next).not.toBeNull();
});

test.each(['', 'x', 'MjAyNg', Buffer.from('2026-11-23T04:00:00.000000Z x').toString('base64url')])(
  'cursor %j is refused by name',
  async (after) => {
    await expect(callRegister(db).list({}, { limit: 5, after })).rejects.toMatchObject({
      code: 'page.invalid',
    });
  },
);

test('a day is the municipality’s: it begins at midnight in Shanghai', async () => {
  const midnight = Date.UTC(2026, 10, 22, 16);
  await call(midnight - 1, 'abandoned');
  const inside = [await call(midnight, 'abandoned'), await call(midnight + 86_399_999, 'abandoned')];
  await call(midnight + 86_400_000, 'abandoned');
  expect((await walk({ day: '2026-11-23' }, 10)).map(({ id }) => id).reverse()).toEqual(inside);
  expect((await callRegister(db).totals('2026-11-23')).arrived).toBe(2);
});

test('filters by line, queue, agent, result and outcome, also together', async () => {
  const spot = await call(NOON, 'answeredByAgent');
  await close(spot, 'answeredOnSpot');
  const open = await call(NOON + 10, 'answeredByAgent', { queue: 'desk-water', line: '12369' });
  const gone = await call(NOON + 20, 'abandoned');
  const ids = async (filter: CallFilter) => (await walk(filter, 1)).map(({ id }) => id);
  expect(await ids({})).toEqual([gone, open, spot]);
  expect(await ids({ line: '12345' })).toEqual([gone, spot]);
  expect(await ids({ queue: 'desk-water' })).toEqual([open]);
  expect(await ids({ agentId: AGENT })).toEqual([open, spot]);
  expect(await ids({ result: 'abandoned' })).toEqual([gone]);
  expect(await ids({ outcome: 'open' })).toEqual([open]);
  expect(await ids({ outcome: 'answeredOnSpot', line: '12345', day: '2026-11-23', agentId: AGENT })).toEqual([
    spot,
  ]);
  expect(await ids({ outcome: 'ticket' })).toEqual([]);
});

test('the totals of a day add up: answered = on the spot + ticket + invalid + open (RD-23)', async () => {
  const endings = {
    answeredByAgent: 9,
    answeredByUnit: 1,
    answeredByCentre: 1,
    informed: 4,
    messageLeft: 2,
    abandoned: 3,
    refused: 1,
    lost: 1,
    callbackPromised: 2,
    underWay: 2,
  } as const satisfies Record<Ending, number>;
  const answered: string[] = [];
  for (const ending of Object.keys(endings) as Ending[]) {
    for (let i = 0; i < endings[ending]; i += 1) {
      const id = await call(NOON + i, ending);
      if (ending.startsWith('answered')) answered.push(id);
    }
  }
  for (const id of answered.slice(0, 4)) await close(id, 'answeredOnSpot');
  for (const id of answered.slice(4, 7)) await close(id, 'ticket');
  for (const id of answered.slice(7, 8)) await close(id, 'invalid');

  const totals = await callRegister(db).totals('2026-11-23');
  expect(totals).toEqual({
    day: '2026-11-23',
    arrived: 26,
    answered: 11,
    onSpot: 4,
    tickets: 3,
    invalid: 1,
    open: 3,
    abandoned: 3,
    refused: 1,
    lost: 1,
    informed: 4,
    messages: 2,
    callbacks: 2,
    underWay: 2,
  });
  const { arrived, abandoned, refused, lost, informed, messages, callbacks, underWay } = totals;
  const unanswered = abandoned + refused + lost + informed + messages + callbacks + underWay;
  expect(arrived).toBe(totals.answered + unanswered);
  expect(totals.answered).toBe(totals.onSpot + totals.tickets + totals.invalid + totals.open);
  expect((await walk({ day: '2026-11-23', outcome: 'open' }, 100)).length).toBe(totals.open);
});

test('the detail tells the call, its legs and its facts in order, with names and times in UTC', async () => {
  const id = await call(NOON, 'answeredByAgent');
  await close(id, 'answeredOnSpot');
  const detail = await callRegister(db).detail(id);
  expect(detail).toMatchObject({
    id,
    arrivedAt: '2026-11-23T04:00:00.000Z',
    talkStartedAt: '2026-11-23T04:00:00.006Z',
    lineName: '政府热线',
    agentId: AGENT,
    agentNumber: '1001',
    agentName: '陈晓',
    configurationVersion: 3,
    recording: 'r',
    outcome: 'answeredOnSpot',
    ticketId: null,
    closing: { type: 'ENQUIRY', category: 'other', closedBy: AGENT },
    legs: [
      { agentNumber: '1001', reason: 'longest ready', answeredAt: '2026-11-23T04:00:00.005Z', how: null },
    ],
  });
  expect(detail?.facts.map(({ type }) => type)).toEqual([
    'callArrived',
    'callRecognised',
    'callAnswered',
    'queueEntered',
    'legRang',
    'legAnswered',
    'talkStarted',
    'callEnded',
  ]);
  expect(detail?.facts[3]).toMatchObject({
    seq: 3,
    at: '2026-11-23T04:00:00.003Z',
    body: { queue: 'general' },
  });
  expect(await callRegister(db).detail(randomUUID())).toBeNull();
});

test('41,084 answered calls are 32,340 on the spot and 8,744 tickets, and the last page is as near as the first (F-2)', async () => {
  await db.query(`insert into categories (code, name) values ('other', '其他') on conflict do nothing`);
  await db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number, line, result, talk_started_at)
     select gen_random_uuid(), '2026-11-23 04:00Z'::timestamptz + n * interval '1 millisecond', 'carrier', '12345', '',
       '12345', 'answeredByAgent', now() from generate_series(1, 41084) n`,
  );
  await db.query(
    `with numbered as (select id, row_number() over (order by id) as n from calls),
       opened as (
         insert into tickets (id, number, call_id, type, category_code, title, content, state, accepted_at)
         select gen_random_uuid(), 'T' || n, id, 'HELP', 'other', 't', 'c', 'registered', now()
         from numbered where n <= 8744 returning id, call_id)
     insert into call_outcomes (call_id, outcome, type, category, ticket_id, closed_at)
     select n.id, case when o.id is null then 'answeredOnSpot' else 'ticket' end, 'HELP', 'other', o.id, now()
     from numbered n left join opened o on o.call_id = n.id`,
  );
  await db.query('analyze calls, call_outcomes');
  const register = callRegister(db);
  expect(await register.totals('2026-11-23')).toMatchObject({
    answered: 41_084,
    onSpot: 32_340,
    tickets: 8744,
    invalid: 0,
    open: 0,
  });
  const nearEnd = Buffer.from(`2026-11-23T04:00:00.006000Z ${randomUUID()}`).toString('base64url');
  const { calls, next } = await register.list({}, { limit: 50, after: nearEnd });
  expect([calls.length, next]).toEqual([expect.any(Number), null]);
  expect(calls.length).toBeGreaterThanOrEqual(5);
  const { rows: plan } = await db.query<{ 'QUERY PLAN': string }>(
    `explain select id from calls c where (c.arrived_at, c.id) < ('2026-11-23 04:00:01Z', gen_random_uuid())
     order by c.arrived_at desc, c.id desc limit 50`,
  );
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('calls_arrived');
});
