import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

// Two operators change how time is counted at once: the later does not undo the earlier unseen.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const REASON = '县政府第12次常务会议纪要';
const limitsSeen = async () => {
  const { body } = await counter.ask(counter.people.operator, 'GET', '/v1/limits');
  return { base: body.sets[0].number as number, inForce: body.inForce as number };
};
const propose = (who: Person, base: number, content: object, more: object = {}) =>
  counter.ask(who, 'POST', '/v1/limits', {
    ...{ preset: 'jiangsu-3-5', base, content, reason: REASON },
    ...more,
  });
const decide = (who: Person, number: number, decision: string) =>
  counter.ask(who, 'POST', `/v1/limits/${number}/decisions`, { decision, reason: REASON });
const urged = (urgeAtPercent: number) => ({ urgeAtPercent });
const ofHelp = (amount: number) => ({ limits: { HELP: { unit: 'workingDays', amount } } });

test('limits written on those of yesterday are refused with who brought in others since; on those of today they are taken', async () => {
  const { operator, lead } = counter.people;
  const { base } = await limitsSeen();
  const first = await propose(operator, base, urged(80));
  expect(first).toMatchObject({ status: 201, body: { state: 'approved', number: base + 1 } });
  // Also where it is only asked what it would do: what it compares with is another by now.
  for (const more of [{}, { dryRun: true }]) {
    const refused = await propose(lead, base, { superviseWorkingDays: 2 }, more);
    expect(refused).toMatchObject({ status: 409, body: { code: 'limits.changedMeanwhile' } });
    expect(refused.body.data).toEqual({
      base,
      edits: [
        {
          ...{ revision: base + 1, state: 'approved', reason: REASON },
          ...{ by: '王小明', at: expect.stringMatching(/Z$/) },
        },
      ],
    });
  }
  expect((await limitsSeen()).base).toBe(base + 1);
  const taken = await propose(lead, base + 1, { ...urged(80), superviseWorkingDays: 2 });
  expect(taken).toMatchObject({ status: 201, body: { state: 'approved', number: base + 2 } });
});

test('what waits for a second person is in the way as well; what was taken back or not approved is not', async () => {
  const { operator, lead } = counter.people;
  const { base } = await limitsSeen();
  const { body: waiting } = await propose(operator, base, ofHelp(4));
  expect(waiting.state).toBe('proposed');
  expect(await propose(lead, base, urged(100))).toMatchObject({
    status: 409,
    body: { data: { edits: [{ revision: waiting.number, state: 'proposed' }] } },
  });
  await decide(lead, waiting.number, 'reject');
  expect(await propose(lead, base, urged(100))).toMatchObject({ status: 201 });
});

test('of two sets that wait the earlier is not approved once the later is: it would begin after it and undo it', async () => {
  const { operator, lead } = counter.people;
  const { base } = await limitsSeen();
  const { body: earlier } = await propose(operator, base, ofHelp(4));
  const { body: later } = await propose(operator, earlier.number, ofHelp(3));
  expect(await decide(lead, later.number, 'approve')).toMatchObject({ status: 200 });
  expect(await decide(lead, earlier.number, 'approve')).toMatchObject({
    status: 409,
    body: { code: 'limits.overtaken', data: { edits: [{ revision: later.number }] } },
  });
  expect((await limitsSeen()).inForce).toBe(later.number);
  expect(await decide(lead, earlier.number, 'reject')).toMatchObject({ status: 200 });
});

const calendarSeen = async (query = '') => {
  const path = `/v1/calendar?from=2027-03-01&to=2027-03-31${query}`;
  return (await counter.ask(counter.people.operator, 'GET', path)).body;
};
const edit = (who: Person, base: number, more: object) =>
  counter.ask(who, 'POST', '/v1/calendar/edits', { base, reason: REASON, ...more });
const off = (day: string, name: string) => ({ day, working: false, name });

test('a calendar that another has changed since is not written over: who, why, and which days he made what', async () => {
  const { operator, admin } = counter.people;
  const { edition: base } = await calendarSeen();
  const days = [off('2027-03-08', '妇女节'), off('2027-03-12', '植树节')];
  expect(await edit(admin, base, { days })).toMatchObject({ status: 200, body: { edition: base + 1 } });
  const again = { days: [{ day: '2027-03-08', working: true, name: '照常上班' }] };
  await edit(admin, base + 1, again);
  const mine = { days: [off('2027-03-12', '县庆')], removedDays: ['2027-03-08'] };
  for (const more of [mine, { ...mine, dryRun: true }]) {
    const refused = await edit(operator, base, more);
    expect(refused).toMatchObject({ status: 409, body: { code: 'calendar.changedMeanwhile' } });
    const { edits, changed } = refused.body.data;
    expect(edits).toMatchObject([
      { revision: base + 1, by: '王小明', reason: REASON },
      { revision: base + 2 },
    ]);
    expect(edits[0]).not.toHaveProperty('before');
    expect(changed).toEqual({
      ...{ years: [], periods: null },
      days: [
        { day: '2027-03-08', before: null, after: { working: true, name: '照常上班' } },
        { day: '2027-03-12', before: null, after: { working: false, name: '植树节' } },
      ],
    });
  }
  expect((await calendarSeen()).own.days).toHaveLength(2);
  // Seen, and meant all the same.
  expect(await edit(operator, base + 2, mine)).toMatchObject({ status: 200, body: { edition: base + 3 } });
  expect((await calendarSeen()).own.days).toEqual([off('2027-03-12', '县庆')]);
});

test('a unit’s calendar, which is written whole, is in nobody’s way but of who writes the same', async () => {
  const { operator, admin } = counter.people;
  const { edition: base } = await calendarSeen();
  const water = { unitCode: 'water', days: [off('2027-03-02', '检修')] };
  expect(await edit(admin, base, water)).toMatchObject({ status: 200 });
  const power = { unitCode: 'power', periods: [{ fromMinute: 480, toMinute: 960 }] };
  expect(await edit(operator, base, power)).toMatchObject({ status: 200 });
  expect(await edit(operator, base, { days: [off('2027-03-15', '停办')] })).toMatchObject({ status: 200 });
  expect(await edit(operator, base, { unitCode: 'water', days: [] })).toMatchObject({
    status: 409,
    body: {
      data: {
        edits: [{ revision: base + 1 }],
        changed: { days: [{ day: '2027-03-02', before: null, after: { name: '检修' } }] },
      },
    },
  });
  // Given back to the centre, and so back to where it was begun.
  expect(await edit(admin, base + 1, { unitCode: 'water', asCentre: true })).toMatchObject({ status: 200 });
  const kept = await edit(operator, base + 1, water);
  expect(kept.body.data.changed.days).toEqual([
    { day: '2027-03-02', before: { working: false, name: '检修' }, after: null },
  ]);
  expect((await edit(operator, 0, { base: undefined, unitCode: 'water', days: [] })).status).toBe(400);
});

test('an edit that was answered and not heard is not refused for itself', async () => {
  const { operator } = counter.people;
  const { edition: base } = await calendarSeen();
  const body = { base, reason: REASON, days: [off('2027-03-22', '停办')] };
  const headers = { 'idempotency-key': 'one-and-the-same-wish' };
  const first = await counter.ask(operator, 'POST', '/v1/calendar/edits', body, headers);
  const second = await counter.ask(operator, 'POST', '/v1/calendar/edits', body, headers);
  expect(first).toMatchObject({ status: 200, body: { edition: base + 1 } });
  expect(second).toMatchObject({ status: 200, body: { edition: base + 1 } });
});
