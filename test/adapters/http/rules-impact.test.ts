import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepTransitionTasks } from '../../../src/app/rules/keep-transition-tasks.ts';
import { type Answer, type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  await counter.db.query(`insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, basis)
    values ('12328', '交通热线', 'water', 'TRANSITION', '2020-04-28', '2020-07-28', 'general', 'test')`);
  // Two days ago, a call to 12369 each minute of an hour.
  await counter.db.query(`insert into calls (id, arrived_at, trunk, dialled, caller_number, line, mode, queue,
      talk_started_at, ended_at, result)
    select gen_random_uuid(), t, 'carrier', '12369', '13812345678', '12369', 'FORWARD', 'general', t,
      t + interval '5 minutes', 'answeredByAgent'
    from generate_series(date_trunc('hour', now()) - interval '2 days',
      date_trunc('hour', now()) - interval '2 days' + interval '59 minutes', interval '1 minute') t`);
});
afterAll(() => counter.close());

const REASON = '部门函告，即日起归并';
const post = (path: string, body: object): Promise<Answer> =>
  counter.ask(counter.people.operator, 'POST', `/v1/rules${path}`, body);
async function edited(edit: object): Promise<number> {
  const { body } = await post('/versions', { title: '测试' });
  const { status, raw } = await post(`/versions/${body.number}/edits`, { revision: body.revision, edit });
  expect(status, raw).toBe(200);
  return body.number;
}
const impact = async (version: number | string, query = '') => {
  const url = `/v1/rules/versions/${version}/impact${query}`;
  const { status, body, raw } = await counter.ask(counter.people.lead, 'GET', url);
  expect(status, raw).toBe(200);
  return body;
};
const outcomes = (body: { checks: { code: string; outcome: string }[] }) =>
  Object.fromEntries(body.checks.map(({ code, outcome }) => [code, outcome]));

test('a line gets a desk of its own without anybody at it: calls move, seats and agents are missing', async () => {
  const number = await edited({
    queues: [{ code: 'desk-green', name: '环保专席', overflowQueue: 'general', overflowAfterMs: 20_000 }],
    lines: [{ number: '12369', mode: 'DEDICATED', queue: 'desk-green' }],
  });
  const body = await impact(number);
  expect(body).toMatchObject({
    version: number,
    verdict: { outcome: 'attention', zh: expect.stringContaining('可以发布') },
    replay: { days: 30, laterDays: 0, calls: 60, movedCalls: 60 },
    desksWithoutAgents: ['desk-green'],
  });
  expect(outcomes(body)).toMatchObject({
    base: 'pass',
    calls: 'attention',
    seats: 'attention',
    agents: 'attention',
  });
  const desks = Object.fromEntries(body.desks.map((desk: { queue: string }) => [desk.queue, desk]));
  expect(desks['desk-green']).toMatchObject({
    name: '环保专席',
    agents: 0,
    before: { calls: 0, seatsNeeded: 0 },
  });
  expect(desks['desk-green'].after.calls).toBe(60);
  expect(desks['desk-green'].after.seatsNeeded).toBeGreaterThan(5);
  expect(desks.general).toMatchObject({ agents: 1, after: { calls: 0 } });
  expect(body.changes.map(({ change }: { change: { key: string } }) => change.key)).toContain('desk-green');
});

test('a change that begins in the future is tried at that time, weekdays kept', async () => {
  const begin = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const number = await edited({
    lines: [
      { number: '12369', validTo: new Date(Date.parse(begin) - 86_400_000).toISOString().slice(0, 10) },
      {
        number: '12369',
        name: '环保热线',
        unitCode: 'centre',
        mode: 'PARALLEL',
        validFrom: begin,
        unitNumber: '051384139001',
        trunk: 'carrier',
      },
    ],
  });
  const body = await impact(number, '?days=7');
  expect(body.replay).toMatchObject({ days: 7, calls: 60, movedCalls: 60 });
  expect(body.replay.laterDays % 7).toBe(0);
  expect(body.replay.laterDays).toBeGreaterThanOrEqual(42);
});

test('an extension shows the open tasks that it takes away', async () => {
  const anything = await edited({ lines: [{ number: '12369', name: '环境热线' }] });
  expect(await keepTransitionTasks(counter.services)()).toMatchObject({ opened: 1 });
  const number = await edited({
    lines: [
      {
        number: '12328',
        name: '交通热线',
        unitCode: 'water',
        mode: 'FORWARD',
        validFrom: '2020-07-29',
      },
    ],
  });
  const body = await impact(number);
  expect(body.tasks).toMatchObject([{ item: { number: '12328', kind: 'transitionEnd' }, withdrawn: true }]);
  expect(outcomes(body).tasks).toBe('attention');
  expect((await impact(anything)).tasks).toEqual([]);
});

test('another version published meanwhile, an error of the linter: it cannot be published, and why', async () => {
  const late = await edited({ lines: [{ number: '12328', validTo: '2020-04-01' }] });
  const first = await edited({ lines: [{ number: '12369', name: '生态环境热线' }] });
  expect((await post(`/versions/${first}/publish`, { reason: REASON })).body.state).toBe('published');
  const body = await impact(late);
  expect(body.verdict).toMatchObject({ outcome: 'stop', zh: '不能发布，须先解决 2 项' });
  expect(outcomes(body)).toMatchObject({ base: 'stop', lint: 'stop' });
  expect((await impact('published')).changes).toEqual([]);
});

test('an unknown version is unknown, and an agent is not asked', async () => {
  const url = `/v1/rules/versions/${randomUUID()}/impact`;
  expect((await counter.ask(counter.people.lead, 'GET', url)).body.code).toBe('version.unknown');
  expect((await counter.ask(counter.people.agent, 'GET', url)).status).toBe(403);
});

test('the gaps of the knowledge base are told of a line that is handled in another way', async () => {
  await counter.db.query(
    `insert into knowledge_searches (id, at, line, words, hits) select gen_random_uuid(), now(), '12369', '排污口在哪', 0
     from generate_series(1, 2)`,
  );
  const number = await edited({ lines: [{ number: '12369', mode: 'MERGED' }] });
  const body = await impact(number);
  expect(body.knowledge).toEqual([
    { number: '12369', entries: 0, uncovered: [], inVain: [{ words: '排污口在哪', times: 2 }] },
  ]);
  expect(outcomes(body).knowledge).toBe('attention');
});
