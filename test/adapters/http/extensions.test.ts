import { afterAll, beforeAll, expect, test } from 'vitest';
import { lapseExtensions } from '../../../src/app/tickets/decide-extension.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ connections: 1 });
});
afterAll(() => counter.close());

const REQUEST = {
  amount: 5,
  reason: '须更换主管道，配件已订购',
  evidence: '采购合同 2026-118',
  publicReason: '需要更换主管道',
};

/** A ticket that its unit has signed for. */
async function signed(): Promise<string> {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'HELP',
    categoryCode: 'leak',
    content: '门前水管爆裂，无人处理',
    unitCode: 'water',
    citizenNumber: '13912345678',
  });
  await counter.ask(counter.people.unit, 'POST', `/v1/tickets/${body.id}/moves`, {
    move: 'signFor',
    version: 2,
  });
  return body.id;
}
const ask = (id: string, who: Person = counter.people.unit, more: object = {}) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/extensions`, { ...REQUEST, ...more });
const decide = (who: Person, id: string, decision: string, more: object = {}) =>
  counter.ask(who, 'POST', `/v1/extensions/${id}/decisions`, { decision, words: '情况属实', ...more });
const read = async (id: string) => (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`)).body;
const dues = (ticket: { deadlines: { clock: string; kind: string; dueAt: string }[] }) =>
  ticket.deadlines
    .filter(({ clock }) => clock !== 'stage')
    .map(({ clock, kind, dueAt }) => `${clock} ${kind} ${dueAt}`);
const messages = async (id: string) =>
  (
    await counter.db.query<{ text: string; number: string }>(
      `select text, number from citizen_messages where subject_kind = 'ticket' and subject_id = $1`,
      [id],
    )
  ).rows;

test('granted: every mark of both clocks moves, the citizen is told why, and it stands on the time line', async () => {
  const id = await signed();
  const before = await read(id);
  const { status, body: asked } = await ask(id);
  expect(status).toBe(201);
  expect(dues(await read(id))).toEqual(dues(before));
  const decided = await decide(counter.people.lead, asked.id, 'grant');
  expect(decided).toMatchObject({ status: 200, body: { state: 'granted' } });
  const after = await read(id);
  const moved = dues(after).map((line, nth) => line > (dues(before)[nth] ?? ''));
  expect(moved).toEqual([true, true, true, true, true, true]);
  expect(after.citizenDueAt).toBe(decided.body.citizenDueAt);
  const whole = after.deadlines.find(
    ({ clock, kind }: { clock: string; kind: string }) => clock === 'unit' && kind === 'overdue',
  );
  expect(whole.explanation.source).toContain('含批准延长 5');
  expect(
    whole.explanation.days.filter(({ counts }: { counts: string }) => counts === 'counted'),
  ).toHaveLength(10);
  expect(after.timeline.slice(-2).map(({ type }: { type: string }) => type)).toEqual([
    'extensionAsked',
    'extensionGranted',
  ]);
  const [told, ...more] = await messages(id);
  expect(more).toEqual([]);
  expect(told?.number).toBe('13912345678');
  expect(told?.text).toContain('因需要更换主管道，办理期限延长至');
  // The citizen reads it where he follows his ticket: until when, and the public reason alone.
  const followed = await counter.ask(null, 'POST', '/v1/public/tickets/progress', {
    ...{ number: after.number, telephone: '13912345678' },
  });
  expect(followed.body.extensions).toEqual([
    { at: expect.any(String), dueAt: after.citizenDueAt, reason: '需要更换主管道' },
  ]);
  expect(followed.raw).not.toContain('采购合同');
  // Once a ticket, by this county's limits.
  expect(await ask(id)).toMatchObject({ status: 409, body: { code: 'extension.tooOften' } });
});

test('refused, withdrawn or lapsed: nothing moves and nobody is told', async () => {
  const id = await signed();
  const before = await read(id);
  const { unit, supervisor } = counter.people;
  const first = (await ask(id)).body.id;
  expect(await ask(id)).toMatchObject({ status: 409, body: { code: 'extension.askedAlready' } });
  expect(await decide(supervisor, first, 'refuse')).toMatchObject({
    body: { state: 'refused', citizenDueAt: null },
  });
  expect(await decide(supervisor, first, 'grant')).toMatchObject({
    body: { code: 'extension.moveImpossible' },
  });
  const second = (await ask(id)).body.id;
  expect(await decide(unit, second, 'withdraw')).toMatchObject({ body: { state: 'withdrawn' } });
  const third = (await ask(id)).body.id;
  const lapse = lapseExtensions({ ...counter.services, now: () => Date.parse(before.citizenDueAt) });
  expect(await lapse()).toBe(1);
  expect(await lapse()).toBe(0);
  expect(dues(await read(id))).toEqual(dues(before));
  expect(await messages(id)).toEqual([]);
  const { body } = await counter.ask(unit, 'GET', `/v1/extensions?ticketId=${id}`);
  expect(body.extensions.map((one: { id: string; state: string }) => [one.id, one.state]).sort()).toEqual(
    [
      [first, 'refused'],
      [second, 'withdrawn'],
      [third, 'lapsed'],
    ].sort(),
  );
});

test('another unit neither asks nor sees; nobody of a unit decides; less may be granted, never more', async () => {
  const id = await signed();
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  const asked = (await ask(id)).body.id;
  expect(await ask(id, stranger)).toMatchObject({ status: 404 });
  expect(await decide(stranger, asked, 'withdraw')).toMatchObject({
    status: 404,
    body: { code: 'extension.unknown' },
  });
  const insider = await counter.person(['operator', 'unit'], { unitCode: 'water' });
  expect(await decide(insider, asked, 'grant')).toMatchObject({
    status: 403,
    body: { code: 'extension.moveForbidden' },
  });
  expect(await decide(counter.people.lead, asked, 'grant', { amount: 6 })).toMatchObject({
    status: 422,
    body: { code: 'extension.tooMuch' },
  });
  expect(
    await decide(counter.people.lead, asked, 'grant', { publicReason: '王先生13912345678家中无人' }),
  ).toMatchObject({ status: 422, body: { code: 'extension.personalData' } });
  expect(await decide(counter.people.lead, asked, 'grant', { amount: 2 })).toMatchObject({ status: 200 });
  const ticket = await read(id);
  const [whole] = ticket.deadlines.filter(({ kind }: { kind: string }) => kind === 'overdue');
  expect(
    whole.explanation.days.filter(({ counts }: { counts: string }) => counts === 'counted'),
  ).toHaveLength(7);
});

test('of two who decide at once one decides, and time is given once', async () => {
  const id = await signed();
  const asked = (await ask(id)).body.id;
  const { lead, operator, supervisor } = counter.people;
  const answers = await Promise.all([lead, operator, supervisor].map((who) => decide(who, asked, 'grant')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const { rows } = await counter.db.query('select extended_by from tickets where id = $1', [id]);
  expect(rows).toEqual([{ extended_by: 5 }]);
  expect(await messages(id)).toHaveLength(1);
});

test('time is given to who still works on the ticket: not once it is handed on, nor once it is reported done', async () => {
  const { unit, adjudicator, lead } = counter.people;
  const move = async (who: Person, id: string, what: string, details: object = {}) => {
    const { version } = await read(id);
    const body = { move: what, version, reason: '因为', details };
    expect((await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, body)).status).toBe(200);
  };
  const gone = { status: 409, body: { code: 'extension.ticketMoved' } };
  const handed = await signed();
  const first = (await ask(handed)).body.id;
  await move(adjudicator, handed, 'handOver', { unitCode: 'power' });
  expect(await decide(lead, first, 'grant')).toMatchObject(gone);
  const done = await signed();
  const second = (await ask(done)).body.id;
  await move(unit, done, 'handle');
  await move(unit, done, 'reportDone', { reply: '已修复' });
  expect(await decide(lead, second, 'grant')).toMatchObject(gone);
  for (const id of [handed, done]) expect(await messages(id)).toEqual([]);
  expect((await decide(lead, second, 'refuse')).body.state).toBe('refused');
});

test('parts that had all of the unit’s time follow its extension, one that has a shorter one does not', async () => {
  const { lead, operator } = counter.people;
  for (const code of ['water-crew', 'water-lab']) {
    await counter.ask(operator, 'POST', '/v1/units', {
      ...{
        code,
        name: code === 'water-crew' ? '抢修组' : '水质室',
        kind: 'public-utility',
        parentCode: 'water',
      },
    });
  }
  const id = await signed();
  const give = async (who: Person, body: object) =>
    (await counter.ask(who, 'POST', `/v1/tickets/${id}/parts`, { task: '配合', ...body })).body;
  const whole = await give(lead, { kind: 'assist', unitCode: 'power' });
  const inner = await give(counter.people.unit, { kind: 'sub', unitCode: 'water-crew' });
  const short = await give(counter.people.unit, { kind: 'sub', unitCode: 'water-lab', workingDays: 1 });
  const { body: asked } = await ask(id);
  expect((await decide(lead, asked.id, 'grant')).status).toBe(200);
  const after = await read(id);
  const unitDue = after.deadlines.find(
    ({ clock, kind }: { clock: string; kind: string }) => clock === 'unit' && kind === 'overdue',
  ).dueAt;
  const { body } = await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}/parts`);
  const dueOf = (part: { number: string }) =>
    body.parts.find(({ number }: { number: string }) => number === part.number).dueAt;
  expect([dueOf(whole), dueOf(inner)]).toEqual([unitDue, unitDue]);
  expect(unitDue > whole.dueAt).toBe(true);
  expect(dueOf(short)).toBe(short.dueAt);
  expect(after.timeline.at(-1)).toMatchObject({
    type: 'extensionGranted',
    body: { parts: [whole.number, inner.number] },
  });
});
