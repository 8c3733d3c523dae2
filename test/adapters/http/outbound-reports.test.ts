import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

/** `rang` and `talked` in seconds; talked null: nobody was reached. */
async function call(purpose: string | null, day: string, rang: number, talked: number | null): Promise<void> {
  const arrived = Date.parse(`${day}T10:00:00+08:00`);
  const talk = talked === null ? null : arrived + rang * 1000;
  const ended = arrived + (rang + (talked ?? 0)) * 1000;
  await counter.db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number, answered_at, talk_started_at, ended_at, result,
       direction, purpose, dial_outcome)
     values ($1, $2, 'carrier', '12345', '13812345678', $3, $3, $4, 'answeredByAgent', $5, $6, $7)`,
    [
      ...[randomUUID(), new Date(arrived), talk === null ? null : new Date(talk), new Date(ended)],
      ...[purpose === null ? 'inbound' : 'outbound', purpose],
      purpose === null ? null : talk === null ? 'noAnswer' : 'reached',
    ],
  );
}
const report = async (query = '') =>
  counter.ask(counter.people.lead, 'GET', `/v1/reports/outbound?from=2026-11-02&to=2026-11-03${query}`);

test('calls out beside calls in, by why they were made, and the seats that they want at the pace that was measured', async () => {
  for (const day of ['2026-11-02', '2026-11-03', '2026-11-04']) {
    await call(null, day, 5, 60);
    await call('returnVisit', day, 30, null);
    await call('returnVisit', day, 10, 180);
    await call('survey', day, 10, 40);
  }
  await call('ticket', '2026-11-03', 12, 90);
  const { status, body, raw } = await report();
  expect(status, raw).toBe(200);
  expect(body).toMatchObject({
    ...{ days: 2, callsIn: 2, dialsOut: 6, ratio: 3, callsInPerDay: 1, dialsOutPerDay: 3 },
    purposes: [
      { purpose: 'returnVisit', dials: 4, reached: 2, reachedShare: 50, ringMs: 80_000, talkMs: 360_000 },
      { purpose: 'survey', dials: 2, reached: 2, reachedShare: 100 },
      { purpose: 'ticket', dials: 1, reached: 1 },
    ],
    pace: { visitsPerDay: 1, attemptsPerVisit: 2, ringSeconds: 20, talkSeconds: 180, occupancy: 80 },
    plan: { dialsPerDay: 2, seats: 1 },
    formula: { zh: expect.stringContaining('座席'), en: expect.stringContaining('seats') },
  });
});

test('asked with other paces, they count: 187.48 visits at 1.5 dials and four minutes want three seats', async () => {
  const pace = {
    ...{ visitsPerDay: 187.48, attemptsPerVisit: 1.5, ringSeconds: 20, talkSeconds: 180 },
    ...{ afterSeconds: 60, hoursPerDay: 7, occupancy: 80 },
  };
  const query = Object.entries(pace)
    .map(([name, value]) => `&${name}=${value}`)
    .join('');
  const { body, raw } = await report(query);
  expect(body, raw).toMatchObject({ pace, plan: { dialsPerDay: 281.2, workHours: 14.1, seats: 3 } });
  expect((await report('&attemptsPerVisit=0.5')).status).toBe(400);
  expect((await report('&hoursPerDay=0')).status).toBe(400);
});

test('a day without any call wants nobody', async () => {
  const { body } = await counter.ask(
    counter.people.leader,
    'GET',
    '/v1/reports/outbound?from=2026-01-05&to=2026-01-05',
  );
  expect(body).toMatchObject({ ratio: null, purposes: [], plan: { dialsPerDay: 0, seats: 0 } });
});
