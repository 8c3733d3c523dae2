import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

// 便民服务: ten thousand calls a month that are no appeals (JY-05).

const MONTH = 'from=2026-08-01T00:00:00Z&to=2026-09-01T00:00:00Z';
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  await counter.db.query(
    `insert into categories (code, parent_code, name) values ('convenience', null, '便民服务'),
       ('convenience.repair', 'convenience', '应急抢修'), ('convenience.wedding', 'convenience', '婚庆礼仪')`,
  );
});
afterAll(() => counter.close());

/** Calls that were answered, and closed on the spot or by a ticket, as the product writes them. */
async function closed(count: number, category: string, type: string, outcome: 'answeredOnSpot' | 'ticket') {
  await counter.db.query(
    `with c as (
       insert into calls (id, arrived_at, trunk, dialled, caller_number, line, talk_started_at, agent_id, ended_at, result)
       select gen_random_uuid(), t, 'carrier', '12345', '13800138000', '12345', t, $1, t, 'answeredByAgent'
       from generate_series(1, $2::integer) n, lateral (select timestamptz '2026-08-02Z' + n * interval '2 minutes' as t) s
       returning id, arrived_at
     ), t as (
       insert into tickets (id, number, call_id, type, category_code, title, content, state, accepted_at)
       select gen_random_uuid(), 'JY-' || c.id, c.id, $4, $3, 'x', 'x', 'registered', c.arrived_at from c
       where $5 = 'ticket' returning id, call_id
     )
     insert into call_outcomes (call_id, outcome, type, category, ticket_id, closed_by, closed_at)
     select c.id, $5, $4, $3, t.id, $1, c.arrived_at from c left join t on t.call_id = c.id`,
    [counter.people.agent.id, count, category, type, outcome],
  );
}
const report = async (query = '') =>
  (await counter.ask(counter.people.lead, 'GET', `/v1/reports/appeals?${MONTH}&list=category${query}`)).body;

const byArea = async () => {
  const { lead } = counter.people;
  const { total, none, convenience } = (
    await counter.ask(lead, 'GET', '/v1/reports/areas?from=2026-08-01&to=2026-08-31')
  ).body;
  return { total: total.tickets, none: none.tickets, convenience: convenience.tickets };
};

test('JY-05: convenience services are counted by themselves, on the spot and by ticket, and are in no figure of appeals', async () => {
  await closed(10_000, 'convenience.repair', 'ENQUIRY', 'answeredOnSpot');
  await closed(12, 'convenience.wedding', 'HELP', 'ticket');
  await closed(300, 'leak', 'HELP', 'answeredOnSpot');
  await closed(45, 'leak', 'COMPLAINT', 'ticket');
  const whole = await report();
  expect(whole).toMatchObject({ appeals: 345, convenience: { tickets: 12, onSpot: 10_000 } });
  const types = whole.types.filter(
    (one: { tickets: number; onSpot: number }) => one.tickets + one.onSpot > 0,
  );
  expect(types).toEqual([
    ...[{ type: 'HELP', tickets: 0, onSpot: 300 }],
    ...[{ type: 'COMPLAINT', tickets: 45, onSpot: 0 }],
  ]);
  // By their codes they stand beside the others, and which of them is asked for can be seen.
  expect(await report('&category=convenience')).toMatchObject({
    ...{ appeals: 0, convenience: { tickets: 12, onSpot: 10_000 } },
  });
  expect(await report('&category=leak')).toMatchObject({
    ...{ appeals: 345, convenience: { tickets: 0, onSpot: 0 } },
  });
  for (const level of ['top', 'all']) {
    const { rows } = await report(`&level=${level}`);
    const sum = (of: 'count' | 'convenience') =>
      rows.reduce((all: number, row: Record<'count' | 'convenience', number>) => all + row[of], 0);
    expect([sum('count'), sum('convenience')], level).toEqual([10_357, 10_012]);
  }
  // Nor among those that lie somewhere.
  expect(await byArea()).toEqual({ total: 45, none: 45, convenience: 12 });
});

test('a town with categories of its own says under which its convenience services stand; said anew, they count there', async () => {
  const { operator, agent, lead } = counter.people;
  const say = (codes: readonly string[], who = operator, reason = '按本市口径') =>
    counter.ask(who, 'PUT', '/v1/convenience-categories', { codes, reason });
  const said = async () => (await counter.ask(lead, 'GET', '/v1/convenience-categories')).body;
  await counter.db.query(
    `insert into categories (code, parent_code, name) values ('08', null, '生活服务'), ('08.1', '08', '家电维修')`,
  );
  await closed(7, '08.1', 'ENQUIRY', 'answeredOnSpot');
  // Nobody has said anything: as the sample has them.
  expect(await said()).toEqual({ codes: ['convenience'], saidAt: null, saidBy: null });
  expect(await report('&category=08')).toMatchObject({ appeals: 7, convenience: { onSpot: 0 } });
  expect(await say(['08'], agent)).toMatchObject({ status: 403 });
  expect(await say(['08', 'nowhere'])).toMatchObject({
    status: 422,
    body: { code: 'ticket.categoryUnknown' },
  });
  // Figures of earlier days change with it: nobody does that without a word why.
  for (const more of [{}, { reason: '    ' }]) {
    const unsaid = { codes: ['08'], ...more };
    expect((await counter.ask(operator, 'PUT', '/v1/convenience-categories', unsaid)).status).toBe(400);
  }
  expect((await say(['08'], operator, '家政维修不是诉求')).status).toBe(200);
  const { rows } = await counter.db.query(
    `select account_id as by, reason from audit_trail where action = 'convenience.said'`,
  );
  expect(rows).toEqual([{ by: operator.id, reason: '家政维修不是诉求 (08)' }]);
  expect(await said()).toEqual({ codes: ['08'], saidAt: expect.any(String), saidBy: expect.any(String) });
  const whole = await report();
  expect(whole).toMatchObject({
    ...{ appeals: 10_357, convenience: { tickets: 0, onSpot: 7, categories: ['08'] } },
  });
  expect(whole.rows.find(({ code }: { code: string }) => code === '08')).toMatchObject({
    count: 7,
    convenience: 7,
  });
  expect(await byArea()).toEqual({ total: 57, none: 57, convenience: 0 });
  // None: all are appeals, and whoever reads the figure sees why.
  await say([]);
  expect(await report()).toMatchObject({
    ...{ appeals: 10_364, convenience: { tickets: 0, onSpot: 0, categories: [] } },
  });
});
