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
});
