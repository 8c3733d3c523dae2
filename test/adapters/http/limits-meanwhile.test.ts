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
  const sets: { number: number; state: string }[] = body.sets;
  const standing = sets.filter(({ state }) => state !== 'rejected' && state !== 'withdrawn');
  return { base: standing[0]?.number ?? 0, inForce: body.inForce as number };
};
const propose = (who: Person, base: number, content: object, more: object = {}) =>
  counter.ask(who, 'POST', '/v1/limits', {
    ...{ preset: 'jiangsu-3-5', base, content, reason: REASON },
    ...more,
  });
const decide = (who: Person, number: number, decision: string, more: object = {}) =>
  counter.ask(who, 'POST', `/v1/limits/${number}/decisions`, { decision, reason: REASON, ...more });
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

test('who wrote on the limits in force is told of those that wait for their day', async () => {
  const { operator, lead } = counter.people;
  const { base, inForce } = await limitsSeen();
  expect(base).toBe(inForce);
  const { body: waiting } = await propose(operator, inForce, ofHelp(6));
  expect(await propose(lead, inForce, urged(80))).toMatchObject({
    status: 409,
    body: { code: 'limits.changedMeanwhile', data: { edits: [{ revision: waiting.number }] } },
  });
  await decide(operator, waiting.number, 'withdraw');
});

test('what was made from limits that were rejected or taken back since does not bring them back', async () => {
  const { operator, lead } = counter.people;
  for (const [by, decision, state] of [
    [lead, 'reject', 'rejected'],
    [operator, 'withdraw', 'withdrawn'],
  ] as const) {
    const { base } = await limitsSeen();
    const { body: gone } = await propose(operator, base, ofHelp(7));
    await decide(by, gone.number, decision);
    const mine = { ...ofHelp(7), ...urged(80) };
    for (const more of [{}, { dryRun: true }]) {
      const refused = await propose(lead, gone.number, mine, more);
      expect(refused).toMatchObject({ status: 409, body: { code: 'limits.baseDropped' } });
      expect(refused.body.data).toEqual({
        base: gone.number,
        dropped: {
          ...{ revision: gone.number, state, reason: REASON },
          ...{ by: '王小明', at: expect.stringMatching(/Z$/) },
        },
      });
    }
  }
});

test('what waits for approval is not approved once the set that it was made from came to nothing, nor where nobody knows which that was', async () => {
  const { operator, lead } = counter.people;
  for (const [by, decision, state] of [
    [lead, 'reject', 'rejected'],
    [operator, 'withdraw', 'withdrawn'],
  ] as const) {
    const { base } = await limitsSeen();
    const { body: gone } = await propose(operator, base, ofHelp(7));
    const { body: waiting } = await propose(operator, gone.number, { ...ofHelp(7), ...urged(80) });
    expect(waiting.state).toBe('proposed');
    await decide(by, gone.number, decision);
    const refused = await decide(lead, waiting.number, 'approve');
    expect(refused).toMatchObject({ status: 409, body: { code: 'limits.baseDropped' } });
    expect(refused.body.data).toMatchObject({
      base: gone.number,
      dropped: { revision: gone.number, state, by: '王小明', reason: REASON },
    });
    expect(await decide(lead, waiting.number, 'reject')).toMatchObject({ status: 200 });
  }
  const { base } = await limitsSeen();
  const { body: old } = await propose(operator, base, ofHelp(8));
  const { sets } = (await counter.ask(lead, 'GET', '/v1/limits')).body;
  expect(sets[0]).toMatchObject({ number: old.number, base });
  // As those that were proposed before it was kept.
  await counter.db.query('update limit_sets set base = null where number = $1', [old.number]);
  expect(await decide(lead, old.number, 'approve')).toMatchObject({
    ...{ status: 409, body: { code: 'limits.baseUnknown', data: { number: old.number } } },
  });
  expect(await decide(operator, old.number, 'withdraw')).toMatchObject({ status: 200 });
  // Nor is anything proposed on a set that there is not.
  expect(await propose(operator, old.number + 1_000, ofHelp(8))).toMatchObject({
    ...{ status: 404, body: { code: 'limits.unknown', data: { number: old.number + 1_000 } } },
  });
});

test('limits whose place others take on a day to come are entered and approved only by who says that he knows', async () => {
  const { operator, lead } = counter.people;
  const { base } = await limitsSeen();
  // As in force, so that it takes no second person.
  const plain = (percent: number) => ({ ...ofHelp(3), ...urged(percent) });
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString();
  const { body: coming } = await propose(operator, base, plain(100), { validFrom: day });
  expect(coming).toMatchObject({ state: 'approved', validFrom: day });
  const refused = await propose(lead, coming.number, plain(80));
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'limits.endsBy',
      data: { endsBy: coming.number, coming: { revision: coming.number, validFrom: day, reason: REASON } },
    },
  });
  // Known of another is not known of this one.
  expect((await propose(lead, coming.number, plain(80), { endsBy: base })).status).toBe(409);
  expect(await propose(lead, coming.number, plain(80), { validFrom: day, dryRun: true })).toMatchObject({
    status: 201,
  });
  const known = { endsBy: coming.number };
  const { body: soon } = await propose(lead, coming.number, plain(80), known);
  expect(soon).toMatchObject({ state: 'approved' });
  expect((await limitsSeen()).inForce).toBe(soon.number);

  // What waits for a second person may get one before it that begins after it, too.
  const { body: waiting } = await propose(operator, soon.number, ofHelp(6), known);
  expect(waiting.state).toBe('proposed');
  expect((await decide(lead, waiting.number, 'approve')).body.code).toBe('limits.endsBy');
  expect(await decide(lead, waiting.number, 'approve', known)).toMatchObject({ status: 200 });
  expect((await limitsSeen()).inForce).toBe(waiting.number);
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

test('hours of notices that another has set since are not set over his: who, when and what they are', async () => {
  const { operator, lead } = counter.people;
  const set = (who: Person, base: number, toMinute: number) =>
    counter.ask(who, 'PUT', '/v1/calendar/notice-hours', {
      ...{ base, fromMinute: 480, toMinute, workingDaysOnly: false },
    });
  const { revision } = (await calendarSeen()).noticeHours;
  expect(await set(lead, revision, 1140)).toMatchObject({
    ...{ status: 200, body: { toMinute: 1140, revision: revision + 1 } },
  });
  const refused = await set(operator, revision, 1080);
  expect(refused).toMatchObject({ status: 409, body: { code: 'calendar.hoursChangedMeanwhile' } });
  expect(refused.body.data).toEqual({
    base: revision,
    edits: [{ revision: revision + 1, by: '王小明', at: expect.stringMatching(/Z$/) }],
    hours: { fromMinute: 480, toMinute: 1140, workingDaysOnly: false },
  });
  // Answered and not heard, it is not refused for itself; seen, and meant all the same, it is set.
  expect(await set(lead, revision, 1140)).toMatchObject({ status: 200, body: { revision: revision + 1 } });
  expect(await set(operator, revision + 1, 1080)).toMatchObject({ body: { revision: revision + 2 } });
  expect((await calendarSeen()).noticeHours).toMatchObject({ toMinute: 1080, revision: revision + 2 });
  const nobody = { fromMinute: 480, toMinute: 1200, workingDaysOnly: false };
  expect((await counter.ask(operator, 'PUT', '/v1/calendar/notice-hours', nobody)).status).toBe(400);
});
