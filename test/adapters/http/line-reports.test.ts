import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineFigures } from '../../../src/adapters/pg/line-figures.ts';
import { retrainCallers } from '../../../src/app/messages/retrain-callers.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let justice: Person;
beforeAll(async () => {
  counter = await openCounter();
  await counter.db.query(`insert into units (code, name, kind) values ('justice', '司法局', 'government')`);
  await counter.db.query(`insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, unit_number,
      trunk, basis) values
    ('12328', '交通热线', 'water', 'TRANSITION', '2020-04-28', '2020-07-28', 'general', null, null, 'test'),
    ('12348', '法律援助', 'justice', 'PARALLEL', '2020-04-28', null, 'general', '051384139001', 'carrier', 'test')`);
  justice = await counter.person(['unit'], { unitCode: 'justice' });
});
afterAll(() => counter.close());

const get = async (url: string, who: Person = counter.people.lead) => counter.ask(who, 'GET', `/v1${url}`);

interface Made {
  readonly line?: string | null;
  readonly mode?: string;
  readonly at: string;
  /** Seconds from the queue to the first word; null: nobody answered. */
  readonly wait?: number | null;
  readonly result?: string | null;
  readonly outcome?: 'answeredOnSpot' | 'invalid' | null;
  readonly caller?: string;
}
async function call(made: Made): Promise<string> {
  const { line = '12345', mode = 'MAIN', at, wait = null, outcome = null, caller = '13812345678' } = made;
  const id = randomUUID();
  const arrived = Date.parse(at);
  const talk = wait === null ? null : new Date(arrived + 5000 + wait * 1000);
  const result = made.result === undefined ? (wait === null ? 'abandoned' : 'answeredByAgent') : made.result;
  await counter.db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number, line, mode, answered_at, queued_at,
       talk_started_at, ended_at, result)
     values ($1, $2, 'carrier', coalesce($3, 'x'), $4, $3, $5, $2, $6, $7, $8, $9)`,
    [
      id,
      new Date(arrived),
      line,
      caller,
      mode,
      new Date(arrived + 5000),
      talk,
      new Date(arrived + 120_000),
      result,
    ],
  );
  if (outcome !== null) {
    await counter.db.query(
      `insert into call_outcomes (call_id, outcome, type, category, reason, closed_at) values ($1, $2, $3, $4, $5, now())`,
      outcome === 'invalid' ? [id, outcome, null, null, '静默'] : [id, outcome, 'ENQUIRY', 'water', null],
    );
  }
  return id;
}

test('the lines add up to the totals of the same days exactly, the unrecognised ones among them', async () => {
  const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
  const results = [null, 'abandoned', 'refused', 'lost', 'informed', 'messageLeft'];
  for (const [index, day] of days.entries()) {
    for (const line of ['12345', '12369', '12348', '99999', null]) {
      for (const result of results.slice(index)) await call({ line, at: `${day}T00:00:00+08:00`, result });
      await call({ line, at: `${day}T23:59:59+08:00`, wait: 10, outcome: 'answeredOnSpot' });
      await call({ line, at: `${day}T12:00:00+08:00`, wait: 20, outcome: index === 0 ? 'invalid' : null });
    }
  }
  // A neighbour on either side that belongs to neither.
  await call({ at: '2026-10-31T23:59:59.999+08:00' });
  await call({ at: '2026-11-04T00:00:00+08:00' });
  const period = 'from=2026-11-01&to=2026-11-03';
  const { body: totals } = await get(`/totals?${period}`);
  const { status, body, raw } = await get(`/reports/lines?${period}`);
  expect(status, raw).toBe(200);
  expect(totals.total.arrived).toBe(5 * (6 + 5 + 4 + 6));
  for (const [name, value] of Object.entries(totals.total)) {
    if (typeof value !== 'number') continue;
    const lines = body.lines.reduce(
      (sum: number, one: { after: { counts: Record<string, number> } }) =>
        sum + (one.after.counts[name] ?? 0),
      0,
    );
    expect(lines, name).toBe(value);
    expect(body.total.after.counts[name], name).toBe(value);
  }
  expect(body.total.after.reportedByUnit).toEqual(totals.total.reportedByUnit);
  expect(body.lines.map(({ number }: { number: string | null }) => number)).toEqual([
    ...['12328', '12345', '12348', '12369', '99999'],
    null,
  ]);
  const { body: used } = await get(`/reports/lines?${period}&used=true`);
  expect(used.lines.map(({ number }: { number: string | null }) => number)).not.toContain('12328');
  expect(used.total).toEqual(body.total);
});

test('one line: figures with numerator, denominator and formula', async () => {
  const { body } = await get('/reports/lines/12369?from=2026-11-01&to=2026-11-03');
  expect(body).toMatchObject({
    number: '12369',
    name: '环保热线',
    mode: 'FORWARD',
    before: null,
    changes: [],
  });
  const figures = Object.fromEntries(body.after.figures.map((one: { name: string }) => [one.name, one]));
  expect(figures.connectionRate).toEqual({
    name: 'connectionRate',
    zh: '接通率',
    numerator: 6,
    denominator: 11,
    value: 54.55,
    unit: '%',
    formula: { zh: expect.stringContaining('接通数 ÷'), en: expect.stringContaining('answered /') },
  });
  expect(figures.answeredIn15Rate).toMatchObject({ numerator: 3, denominator: 11 });
  expect(figures.averageWait).toMatchObject({ numerator: 90_000, denominator: 6, value: 15, unit: 's' });
  expect(figures.onSpotRate).toMatchObject({ numerator: 3, denominator: 3, value: 100 });
});

test('before and after a merger, side by side', async () => {
  await call({ line: '12369', at: '2026-09-20T09:00:00+08:00' });
  await call({ line: '12369', at: '2026-09-21T09:00:00+08:00', wait: 3 });
  await call({ line: '12369', at: '2026-10-02T09:00:00+08:00', wait: 3 });
  const { body } = await get('/reports/lines/12369?splitOn=2026-10-01&days=15');
  expect(body.periods).toEqual({
    before: { from: '2026-09-16', to: '2026-09-30' },
    after: { from: '2026-10-01', to: '2026-10-15' },
  });
  expect([body.before.counts.arrived, body.after.counts.arrived]).toEqual([2, 1]);
  expect(body.changes).toContainEqual({ name: 'connectionRate', change: 50 });
  const named = 'from=2026-10-01&to=2026-10-15&beforeFrom=2026-09-16&beforeTo=2026-09-30';
  expect((await get(`/reports/lines/12369?${named}`)).body).toEqual(body);
});

test.each([
  ['', 'period.incomplete'],
  ['from=2026-11-01', 'period.incomplete'],
  ['from=2026-11-01&to=2026-11-02&beforeFrom=2026-10-01', 'period.incomplete'],
  ['splitOn=2026-11-01&from=2026-11-01&to=2026-11-02', 'period.incomplete'],
  ['from=2026-11-02&to=2026-11-01', 'period.tooLong'],
  ['from=2025-01-01&to=2026-11-01', 'period.tooLong'],
])('a period that is none: %s', async (query, code) => {
  expect((await get(`/reports/lines?${query}`)).body.code).toBe(code);
});

test('an unknown number is unknown, and an agent reads no reports', async () => {
  expect((await get('/reports/lines/12399?from=2026-11-01&to=2026-11-01')).body.code).toBe('line.unknown');
  expect((await get('/lines/12399/traffic?from=2026-11-01&to=2026-11-01')).body.code).toBe('line.unknown');
  expect((await get('/reports/lines', counter.people.agent)).status).toBe(403);
});

test('what is left of a transition, day by day, and who was told', async () => {
  const during = { line: '12328', mode: 'TRANSITION' };
  const over = { line: '12328', mode: 'TRANSITION_ENDED' };
  await call({ ...during, at: '2020-07-28T23:59:59+08:00', wait: 5 });
  await call({ ...over, at: '2020-07-29T00:00:00+08:00' });
  await call({ ...over, at: '2020-07-29T10:00:00+08:00', caller: '' });
  await call({ ...over, at: '2020-07-31T10:00:00+08:00', caller: '13900139000' });
  const now = Date.parse('2020-07-31T12:00:00+08:00');
  expect(await retrainCallers({ ...counter.services, now: () => now })()).toBe(1);
  const { body } = await get('/lines/12328/traffic?from=2020-07-28&to=2020-07-31');
  expect(body).toMatchObject({
    number: '12328',
    transition: { from: '2020-04-28', lastDay: '2020-07-28' },
  });
  const shown = body.days.map((one: Record<string, unknown>) =>
    ['day', 'calls', 'answered', 'callers', 'during', 'after', 'told'].map((name) => one[name]),
  );
  expect(shown).toEqual([
    ['2020-07-28', 1, 1, 1, 1, 0, 0],
    ['2020-07-29', 2, 0, 1, 0, 2, 0],
    ['2020-07-30', 0, 0, 0, 0, 0, 0],
    ['2020-07-31', 1, 0, 1, 0, 1, 1],
  ]);
});

const report = (body: object, who = justice, key?: string) =>
  counter.ask(who, 'POST', '/v1/reported-calls', body, key === undefined ? {} : { 'idempotency-key': key });
const record = (over: object = {}) => ({
  line: '12348',
  startedAt: '2026-11-10T09:00:00+08:00',
  durationS: 90,
  answered: true,
  caller: '13700137000',
  reference: randomUUID(),
  ...over,
});

test('a unit reports its calls: kept apart, summed, numbers hashed and never stored', async () => {
  const first = record();
  const { status, body, raw } = await report({
    records: [
      first,
      record({ answered: false, durationS: 0, startedAt: '2026-11-10T09:05:00+08:00' }),
      record({ line: '12369' }),
      record({ startedAt: 'gestern' }),
    ],
  });
  expect(status, raw).toBe(200);
  expect(body).toMatchObject({ rows: 4, taken: 2, duplicates: [], refused: [3, 4], alreadyCounted: 0 });
  expect(body.remarks).toMatchObject([
    { row: 3, field: 'line', severity: 'refused' },
    { row: 4, field: 'started_at', severity: 'refused' },
  ]);
  const day = 'from=2026-11-10&to=2026-11-10';
  const { body: totals } = await get(`/totals?${day}`);
  const reportedByUnit = { calls: 2, answered: 1, talkMs: 90_000, alreadyCounted: 0 };
  expect(totals.total).toMatchObject({
    arrived: 0,
    reportedByUnit,
    withReported: { arrived: 2, answered: 1 },
  });
  expect(totals.days[0].reportedByUnit).toEqual(reportedByUnit);
  const { body: line } = await get(`/reports/lines/12348?${day}`);
  expect(line.after).toMatchObject({ counts: { arrived: 0 }, reportedByUnit });
  const { body: traffic } = await get(`/lines/12348/traffic?${day}`);
  expect(traffic.days).toMatchObject([{ calls: 0, reportedByUnit: 2 }]);
  const { rows } = await counter.db.query('select * from reported_calls');
  expect(JSON.stringify(rows)).not.toContain('13700137000');
  expect(counter.log()).not.toContain('13700137000');
});

test('the same again changes nothing: by reference, or by start and caller, also within one file', async () => {
  const one = record({ startedAt: '2026-11-11T09:00:00+08:00' });
  const sameReference = { ...one, startedAt: '2026-11-11T09:09:09+08:00' };
  const sameMoment = { ...one, reference: 'other', caller: '+8613700137000' };
  const { body } = await report({ records: [one, sameReference, sameMoment] });
  expect(body).toMatchObject({ taken: 1, duplicates: [2, 3] });
  expect((await report({ records: [one] })).body).toMatchObject({ taken: 0, duplicates: [1] });
  const withheld = { ...one, caller: '', startedAt: '2026-11-11T10:00:00+08:00' };
  const { body: unknown } = await report({
    records: [
      { ...withheld, reference: 'w1' },
      { ...withheld, reference: 'w2' },
      { ...withheld, reference: '' },
      { ...withheld, reference: '' },
    ],
  });
  expect(unknown).toMatchObject({ taken: 3, duplicates: [4] });
});

test('a CSV file, and the same file once more under its key: one answer', async () => {
  const csv = [
    'line,started_at,duration,answered,caller,reference',
    '12348,2026-11-12 09:00:00,00:01:30,是,138****0000,c-1',
    '12348,2026-11-12 09:00:00,30,是,139****0000,c-2',
    '12348,2026-11-12 09:00:00,30,也许,139****0000,c-3',
  ].join('\n');
  const key = randomUUID();
  const first = await report({ csv }, justice, key);
  expect(first.body).toMatchObject({ rows: 3, taken: 2, refused: [4] });
  const again = await report({ csv }, justice, key);
  expect(again.raw).toBe(first.raw);
  expect((await report({ csv: `${csv}\n` }, justice, key)).body.code).toBe('idempotency.otherRequest');
});

test('a call of ours that rang the unit is counted once, also when its facts come later than the report', async () => {
  const id = await call({
    line: '12348',
    mode: 'PARALLEL',
    at: '2026-11-13T09:00:00+08:00',
    wait: 20,
    result: 'answeredByUnit',
  });
  const rang = new Date(Date.parse('2026-11-13T09:00:15+08:00'));
  const records = [
    record({ startedAt: '2026-11-13T09:00:17+08:00', caller: '' }),
    record({ startedAt: '2026-11-13T09:00:25+08:00', caller: '' }),
  ];
  expect((await report({ records })).body).toMatchObject({ taken: 2, alreadyCounted: 0 });
  await counter.db.query(
    `insert into call_legs (call_id, leg, number, rang_at, answered_at) values ($1, 'u', '051384139001', $2, $2)`,
    [id, rang],
  );
  const from = Date.parse('2026-11-13T00:00:00+08:00');
  expect(await counter.services.reported.matchOurs(from, from + 86_400_000)).toBe(1);
  expect(await counter.services.reported.matchOurs(from, from + 86_400_000)).toBe(0);
  const { body } = await get('/totals?from=2026-11-13&to=2026-11-13');
  expect(body.total).toMatchObject({
    arrived: 1,
    reportedByUnit: { calls: 1, alreadyCounted: 1 },
    withReported: { arrived: 2 },
  });
});

test('who may report: units for themselves, the hotline for all; nothing at all is refused', async () => {
  const water = counter.people.unit;
  expect((await report({ records: [record()] }, water)).body).toMatchObject({ taken: 0, refused: [1] });
  expect(
    (await report({ records: [record({ startedAt: '2026-11-14T09:00:00+08:00' })] }, counter.people.operator))
      .body.taken,
  ).toBe(1);
  expect((await report({ records: [record()] }, counter.people.agent)).status).toBe(403);
  expect((await report({})).body.code).toBe('report.empty');
  expect((await report({ records: [], csv: '' })).body.code).toBe('report.empty');
});

test('one line of a large table is read through its index, not by reading all', async () => {
  await counter.db.query(`insert into calls (id, arrived_at, trunk, dialled, caller_number, line, result)
    select gen_random_uuid(), timestamptz '2025-01-01' + n * interval '10 seconds', 'carrier', '12345', '', '12345', 'abandoned'
    from generate_series(1, 100000) n`);
  await counter.db.query('analyze calls');
  const plans: string[] = [];
  const watched = {
    ...counter.db,
    query: async (text: string, values?: readonly unknown[]) => {
      const { rows } = await counter.db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return counter.db.query(text, values);
    },
  };
  const figures = lineFigures(watched as unknown as typeof counter.db);
  await figures.rows({ from: '2025-01-01', to: '2025-12-31' }, '12369');
  await figures.traffic({ from: '2025-01-01', to: '2025-12-31' }, '12369');
  expect(plans).toHaveLength(3);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (calls|reported_calls|citizen_messages)/);
});

test('no answer above was a defect', () => {
  expect(counter.log()).not.toContain('"level":"error"');
});
