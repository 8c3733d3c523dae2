import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionWaits } from '../../../src/adapters/pg/connection-waits.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import { watchConnectionRate } from '../../../src/app/reporting/watch-connection-rate.ts';
import { type Counter, openCounter } from './counter.ts';

// Facts as call control tells them, in PostgreSQL; the report as a lead reads it. The clock stands.
const NOW = Date.parse('2026-11-23T04:00:30Z');
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ now: () => NOW });
});
afterAll(() => counter.close());

type Told = readonly [secondsAfterArrival: number, fact: CallFact];
const agentId = randomUUID();
const ended = (result: Extract<CallFact, { type: 'callEnded' }>['result']): CallFact => ({
  type: 'callEnded',
  releasedBy: 'caller',
  result,
  detail: '',
});
const queued: CallFact = { type: 'queueEntered', queue: 'general', reason: 'mode' };
const talk: CallFact = { type: 'talkStarted', leg: 'a1', agentId };
const unitRings: CallFact = {
  type: 'legRang',
  leg: 'u1',
  agentId: null,
  number: '05131',
  reason: 'PARALLEL',
};
const unitTalks: CallFact = { type: 'talkStarted', leg: 'u1', agentId: null };

function call(arrivedAt: string, facts: readonly Told[]): Fact[] {
  const callId = randomUUID();
  const arrival: CallFact = {
    type: 'callArrived',
    trunk: 'carrier',
    dialled: '12345',
    callerNumber: '13812345678',
    headers: {},
    recording: '',
  };
  return [[0, arrival] as Told, ...facts].map(([seconds, fact], index) => ({
    id: randomUUID(),
    callId,
    seq: index + 1,
    atMs: Date.parse(arrivedAt) + seconds * 1000,
    ...fact,
  }));
}
const CALLS: readonly (readonly [what: string, facts: Fact[]])[] = [
  [
    'within',
    call('2026-11-23T03:00:00Z', [
      [4, queued],
      [19, talk],
      [80, ended('answeredByAgent')],
    ]),
  ],
  [
    'within',
    call('2026-11-23T03:01:00Z', [
      [4, unitRings],
      [14, unitTalks],
      [80, ended('answeredByUnit')],
    ]),
  ],
  // Transferred: back in a queue, a second talk long after. Counted once, by the first.
  [
    'within',
    call('2026-11-23T03:02:00Z', [
      [4, queued],
      [9, talk],
      [60, queued],
      [120, talk],
      [300, ended('answeredByAgent')],
    ]),
  ],
  [
    'late',
    call('2026-11-23T03:03:00Z', [
      [4, queued],
      [20, talk],
      [80, ended('answeredByAgent')],
    ]),
  ],
  // The unit did not answer; who waited since it rang waited too long.
  [
    'late',
    call('2026-11-23T03:04:00Z', [
      [4, unitRings],
      [24, queued],
      [29, talk],
      [80, ended('answeredByAgent')],
    ]),
  ],
  [
    'abandonedEarly',
    call('2026-11-23T03:05:00Z', [
      [4, queued],
      [12, ended('abandoned')],
    ]),
  ],
  [
    'unanswered',
    call('2026-11-23T03:06:00Z', [
      [4, queued],
      [64, ended('lost')],
    ]),
  ],
  ['notRequested', call('2026-11-23T03:07:00Z', [[3, ended('abandoned')]])],
  ['notRequested', call('2026-11-23T03:08:00Z', [[1, ended('refused')]])],
  ['notRequested', call('2026-11-23T03:09:00Z', [[9, ended('messageLeft')]])],
];

const read = (query = '', who = counter.people.lead) =>
  counter.ask(who, 'GET', `/v1/reports/connection-rate${query}`);
const write = (facts: readonly Fact[]) =>
  factWriter(counter.db, ({ reason }) => {
    throw new Error(reason);
  }).writeFacts(facts);

test('each call counts as it is said beside the figures; late and repeated facts lead to the same', async () => {
  const all = CALLS.flatMap(([, facts]) => facts);
  // In time only the arrivals and requests; the rest comes later, backwards, and once more.
  await write(all.filter(({ type }) => type === 'callArrived' || type === 'queueEntered'));
  await write([...all].reverse());
  await write(all);
  const { status, body } = await read();
  expect(status).toBe(200);
  const count = (what: string) => CALLS.filter(([one]) => one === what).length;
  expect(body.period).toEqual({
    requested: 7,
    within: count('within'),
    late: count('late'),
    abandonedEarly: count('abandonedEarly'),
    unanswered: count('unanswered'),
    waiting: 0,
    notRequested: count('notRequested'),
  });
  // The minute that is not over is left out.
  expect(body.latest).toEqual({
    from: '2026-11-22T04:00:00.000Z',
    to: '2026-11-23T04:00:00.000Z',
    numerator: 3,
    denominator: 7,
    percent: 42.86,
    breach: true,
  });
  expect(body.margin).toBeLessThan(0);
  expect(body.warning).toMatchObject({
    kind: 'breached',
    at: null,
    rule: { zh: expect.stringContaining('24') },
  });
  expect(body.formula.zh).toContain('÷');
  expect(body.counted.zh).toContain('转接');
  expect(body.series).toHaveLength(24 * 60);
  expect(body.series.at(-1)).toEqual({ at: body.latest.to, numerator: 3, denominator: 7, percent: 42.86 });
});

test('the worst window is found wherever it lies, and a call leaves after exactly 24 hours', async () => {
  await write(
    call('2026-11-20T10:00:00Z', [
      [4, queued],
      [64, ended('abandoned')],
    ]),
  );
  const { body } = await read('?from=2026-11-20T09:00:00Z&to=2026-11-23T04:00:00Z');
  expect(body.worst).toMatchObject({
    to: '2026-11-20T10:01:00.000Z',
    numerator: 0,
    denominator: 1,
    percent: 0,
  });
  const denominatorAt = (at: string): number =>
    body.series.find((one: { at: string }) => one.at === at).denominator;
  expect(denominatorAt('2026-11-20T10:00:00.000Z')).toBe(0);
  expect(denominatorAt('2026-11-21T10:00:00.000Z')).toBe(1);
  expect(denominatorAt('2026-11-21T10:01:00.000Z')).toBe(0);
  expect(body.latest.denominator).toBe(7);
});

test('pages of whatever size tell every call once, and no more than may be told', async () => {
  const told = async (page: number, max = 1_000) => {
    const ids: string[] = [];
    const { each } = connectionWaits(counter.db, page);
    const whole = await each(NOW - 86_400_000, NOW, max, ({ callId }) => ids.push(callId));
    return { whole, ids: ids.sort() };
  };
  const all = await told(1_000);
  expect(all).toMatchObject({ whole: true });
  expect(new Set(all.ids).size).toBe(CALLS.length);
  for (const page of [1, 3, CALLS.length]) expect(await told(page)).toEqual(all);
  expect((await told(3, 5)).whole).toBe(false);
});

test.each([
  ['ends before it begins', '?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z', 'rate.periodInvalid'],
  ['lies in the future', '?from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z', 'rate.periodInvalid'],
  ['is too long', '?from=2026-10-01T00:00:00Z&to=2026-11-23T00:00:00Z', 'rate.periodInvalid'],
  ['is no time', '?from=yesterday', 'request.invalid'],
])('a period that %s is refused', async (_what, query, code) => {
  expect(await read(query)).toMatchObject({ status: 400, body: { code } });
});

test('an agent does not read it', async () => {
  expect((await read('', counter.people.agent)).body.code).toBe('access.denied');
});

test('a breach, and one that comes at the present pace, is an alarm; it goes by itself, and one that was taken off stays off for an hour', async () => {
  const day = '2026-11-25';
  const minute = (hour: number, one: number): string =>
    `${day}T${String(hour).padStart(2, '0')}:${String(one).padStart(2, '0')}:00Z`;
  const answered = (at: string, seconds: number): Fact[] =>
    call(at, [
      [4, queued],
      [4 + seconds, talk],
      [80, ended('answeredByAgent')],
    ]);
  const minutes = Array.from({ length: 60 }, (_, one) => one);
  // 240 in time, and in the last hour twelve too late: 95.24 %, and falling.
  const inTime = [0, 1, 2, 3].flatMap((hour) => minutes.flatMap((one) => answered(minute(hour, one), 5)));
  const tooLate = minutes.slice(0, 12).flatMap((one) => answered(minute(4, one), 30));
  await write([...inTime, ...tooLate]);
  let nowMs = Date.parse(minute(5, 0));
  const { waits, alarms, newId } = counter.services;
  const watch = watchConnectionRate({ waits, alarms, newId, now: () => nowMs });
  const open = async () =>
    (await counter.ask(counter.people.lead, 'GET', '/v1/alarms?open=true')).body.alarms.map(
      ({ kind, times }: { kind: string; times: number }) => `${kind} ${times}`,
    );

  expect(await watch()).toMatchObject({ kind: 'coming' });
  expect(await open()).toEqual(['connection.breachComing 1']);
  const [{ id, detail, detailEn }] = (await counter.ask(counter.people.lead, 'GET', '/v1/alarms?open=true'))
    .body.alarms;
  expect(detail).toMatch(/现为 95\.24%（240\/252）$/);
  expect(detailEn).toMatch(/^At the pace .* 95\.24 % \(240 of 252\) now$/);
  nowMs += 60_000;
  await watch();
  expect(await open()).toEqual(['connection.breachComing 1']);
  const closed = { reason: '已请三人到岗' };
  expect((await counter.ask(counter.people.lead, 'POST', `/v1/alarms/${id}/close`, closed)).status).toBe(200);
  await watch();
  expect(await open()).toEqual([]);

  await write(minutes.slice(2, 7).flatMap((one) => answered(minute(5, one), 30)));
  nowMs = Date.parse(minute(5, 10));
  expect(await watch()).toEqual({ kind: 'breached' });
  expect(await open()).toEqual(['connection.breached 1']);
  nowMs += 48 * 3_600_000;
  expect((await watch()).kind).toBe('tooFewCalls');
  expect(await open()).toEqual([]);
});
