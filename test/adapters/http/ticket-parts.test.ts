import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markParts } from '../../../src/app/tickets/parts/mark-parts.ts';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
/** A Monday morning. */
let now = Date.parse('2026-11-23T10:00:00+08:00');
const units: Record<string, Person> = {};
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  const inner = [
    ['water-repair', '抢修中心', 'water'],
    ['water-north', '北片抢修班', 'water-repair'],
    ['water-crew', '三号抢修组', 'water-north'],
  ] as const;
  for (const [code, name, parentCode] of inner) {
    const made = await counter.ask(counter.people.operator, 'POST', '/v1/units', {
      code,
      name,
      kind: 'public-utility',
      parentCode,
    });
    expect(made.status).toBe(201);
  }
  for (const code of ['water', 'power', 'water-repair', 'water-north', 'water-crew']) {
    units[code] = await counter.person(['unit'], { unitCode: code });
  }
  // Sessions of an hour would end long before the working days that pass here.
  await counter.db.query(`update sessions set expires_at = '2027-01-01'`);
});
afterAll(() => counter.close());

const as = (who: string | Person): Person => {
  const person = typeof who === 'string' ? units[who] : who;
  if (person === undefined) throw new Error(`nobody is ${String(who)}`);
  return person;
};
const ticket = async (): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '水管爆裂，淹了配电箱。联系 13912345678',
    citizenName: '王小明',
    citizenNumber: '13912345678',
    unitCode: 'water',
  });
  return body.id;
};
const give = (who: string | Person, id: string, body: object, headers = {}) =>
  counter.ask(as(who), 'POST', `/v1/tickets/${id}/parts`, { task: '配合', ...body }, headers);
const version = async (who: string | Person, part: string): Promise<number> =>
  (await counter.ask(as(who), 'GET', `/v1/parts/${part}`)).body.part?.version ?? 1;
const part = async (who: string | Person, id: string, move: string, words = '因为') =>
  counter.ask(as(who), 'POST', `/v1/parts/${id}/moves`, { move, words, version: await version(who, id) });
const onTicket = async (who: string | Person, id: string, move: string, details: object = {}) => {
  const { body } = await counter.ask(as(who), 'GET', `/v1/tickets/${id}/moves`);
  return counter.ask(as(who), 'POST', `/v1/tickets/${id}/moves`, {
    move,
    version: body.version ?? 1,
    reason: '因为',
    details,
  });
};
const ask = (who: string | Person, url: string) => counter.ask(as(who), 'GET', url);

test('lead and assisting units: parallel, each with its own time; one reply, which waits or says why not', async () => {
  const id = await ticket();
  await onTicket('water', id, 'signFor');
  await onTicket('water', id, 'handle');
  const key = { 'idempotency-key': randomUUID() };
  const first = await give(
    counter.people.dispatcher,
    id,
    { kind: 'assist', unitCode: 'power', workingDays: 2 },
    key,
  );
  expect(first).toMatchObject({
    status: 201,
    body: { state: 'assigned', dueAt: '2026-11-25T10:00:00.000Z' },
  });
  const again = await give(
    counter.people.dispatcher,
    id,
    { kind: 'assist', unitCode: 'power', workingDays: 2 },
    key,
  );
  expect(again.raw).toBe(first.raw);
  // The process died before it could keep its answer: the part is there under the very id.
  await counter.db.query('delete from idempotency_keys');
  const lost = await give(
    counter.people.dispatcher,
    id,
    { kind: 'assist', unitCode: 'power', workingDays: 2 },
    key,
  );
  expect(lost).toMatchObject({ status: 201, body: first.body });
  expect(await give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'power' })).toMatchObject({
    status: 409,
    body: { code: 'part.unitAlready' },
  });
  expect(
    await give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'centre', workingDays: 30 }),
  ).toMatchObject({
    status: 422,
    body: { code: 'part.beyondParent', data: { parentDueAt: '2026-11-30T10:00:00.000Z' } },
  });
  expect((await give('water', id, { kind: 'assist', unitCode: 'centre' })).status).toBe(403);

  expect(await onTicket('water', id, 'reportDone', { reply: '修好了' })).toMatchObject({
    status: 409,
    body: { code: 'ticket.partsOpen', data: { open: [first.body.number] } },
  });
  await part('power', first.body.id, 'signFor');
  await part('power', first.body.id, 'report', '已断电并恢复');
  const seen = (await ask('water', `/v1/tickets/${id}/parts`)).body;
  expect(seen).toMatchObject({
    leadUnit: 'water',
    firstReceiver: { unitCode: 'water', answers: true },
    parts: [{ unitCode: 'power', state: 'reported', reply: '已断电并恢复' }],
  });
  await part('water', first.body.id, 'accept');
  expect((await onTicket('water', id, 'reportDone', { reply: '修好了，供电配合断电。' })).status).toBe(200);

  const other = await ticket();
  await onTicket('water', other, 'signFor');
  await onTicket('water', other, 'handle');
  const open = await give(counter.people.dispatcher, other, { kind: 'assist', unitCode: 'power' });
  expect(
    (await onTicket('water', other, 'reportDone', { reply: '好了', withoutParts: '供电改期，不影响供水' }))
      .status,
  ).toBe(200);
  // What the assisting unit owes it still owes, until the ticket itself ends.
  expect((await ask('power', `/v1/parts/${open.body.id}`)).body.part.state).toBe('assigned');
  const visited = await onTicket(counter.people.lead, other, 'visit', { checklist: REVIEWED });
  expect(visited.status).toBe(200);
  const said = { resolved: true, result: 5, process: 5 };
  const heard = await counter.ask(counter.people.lead, 'POST', '/v1/visits', {
    outcome: 'answered',
    tickets: [{ id: other, version: visited.body.version, answers: said }],
  });
  expect(heard.status, heard.raw).toBe(200);
  expect((await ask('power', `/v1/parts/${open.body.id}`)).body.part).toMatchObject({
    state: 'withdrawn',
    version: 2,
  });
});

test('three levels down and three reports up; above one sees that it goes on, and nothing personal', async () => {
  const id = await ticket();
  const down = async (who: string, unitCode: string, parentId?: string) =>
    (
      await give(who, id, {
        kind: 'sub',
        unitCode,
        task: `住户 13912345678 在家，${unitCode}`,
        ...(parentId ? { parentId } : {}),
      })
    ).body;
  const centre = await down('water', 'water-repair');
  const north = await down('water-repair', 'water-north', centre.id);
  const crew = await down('water-north', 'water-crew', north.id);
  expect(await give('water', id, { kind: 'sub', unitCode: 'power' })).toMatchObject({
    body: { code: 'part.notWithin' },
  });
  expect(await give('power', id, { kind: 'sub', unitCode: 'water-crew' })).toMatchObject({
    body: { code: 'ticket.unknown' },
  });

  const own = (await ask('water-crew', `/v1/parts/${crew.id}`)).body;
  expect(own.appeal.content).toMatch(/^水管爆裂，淹了配电箱。联系 139\*+\d+$/);
  expect(JSON.stringify(own)).not.toContain('王小明');
  expect(JSON.stringify(own)).not.toContain('13912345678');
  expect((await ask('water-crew', `/v1/tickets/${id}`)).status).toBe(404);
  const top = (await ask('water', `/v1/tickets/${id}/parts`)).body.parts;
  expect(
    top.map((one: { task: string | null; progress: object }) => [one.task !== null, one.progress]),
  ).toEqual([
    [true, { open: 2, done: 0, overdue: 0 }],
    [false, { open: 1, done: 0, overdue: 0 }],
    [false, { open: 0, done: 0, overdue: 0 }],
  ]);

  expect(await part('water-repair', centre.id, 'signFor')).toMatchObject({ status: 200 });
  expect(await part('water-repair', centre.id, 'report')).toMatchObject({
    body: { code: 'part.childrenOpen' },
  });
  for (const [who, above, one] of [
    ['water-crew', 'water-north', crew],
    ['water-north', 'water-repair', north],
    ['water-repair', 'water', centre],
  ] as const) {
    if (who !== 'water-repair') await part(who, one.id, 'signFor');
    expect((await part(who, one.id, 'report', `${who} 修好`)).status).toBe(200);
    expect((await part(above, one.id, 'accept')).status).toBe(200);
  }
  await onTicket('water', id, 'signFor');
  await onTicket('water', id, 'handle');
  expect((await onTicket('water', id, 'reportDone', { reply: '已修' })).status).toBe(200);

  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
  const notes = body.timeline.filter((one: { type: string }) => one.type.startsWith('part'));
  expect(notes).toHaveLength(12);
  // Of what was said within the unit the time line has the hash.
  expect(notes.map((one: { reason: string }) => one.reason).join('')).toBe('');
  const { rows } = await counter.db.query<{ same: boolean }>(
    `select e.body ->> 'wordsHash' = encode(sha256(convert_to(w.salt::text || w.words, 'UTF8')), 'hex') as same
     from ticket_events e join ticket_parts p on p.number = e.body ->> 'part'
       join ticket_part_events w on w.part_id = p.id and w.move = e.body ->> 'move'
     where e.ticket_id = $1`,
    [id],
  );
  expect(rows).toEqual(Array(12).fill({ same: true }));
  const proof = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/proof`);
  expect(faultIn(proof.body, chainHash)).toBeNull();
  // However many units work on it, the ticket is one.
  const listed = await counter.ask(counter.people.lead, 'GET', '/v1/tickets?limit=100');
  expect(listed.body.tickets.filter((one: { id: string }) => one.id === id)).toHaveLength(1);
  const mine = await ask('water-crew', '/v1/parts');
  expect(mine.body.parts.map((one: { id: string }) => one.id)).toEqual([crew.id]);
});

test('a part comes back to who gave it; granted, all below goes with it; another lead inherits helpers, not the inner life', async () => {
  const id = await ticket();
  const helper = (await give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'centre' })).body;
  const centre = (await give('water', id, { kind: 'sub', unitCode: 'water-repair' })).body;
  const north = (
    await give('water-repair', id, { kind: 'sub', unitCode: 'water-north', parentId: centre.id })
  ).body;
  expect((await part('water-north', north.id, 'returnUp', '不在北片')).status).toBe(200);
  expect((await part('water-repair', north.id, 'refuseReturn')).status).toBe(200);
  expect(await part('water-north', north.id, 'returnUp')).toMatchObject({
    body: { code: 'part.returnedBefore' },
  });
  const late = await counter.ask(as('water-north'), 'POST', `/v1/parts/${north.id}/moves`, {
    move: 'handle',
    version: 1,
  });
  expect(late).toMatchObject({
    status: 409,
    body: { code: 'part.movedMeanwhile', data: { state: 'signedFor' } },
  });

  await onTicket('water', id, 'returnTicket', { evidence: '属供电', suggestedUnitCode: 'power' });
  await onTicket(counter.people.adjudicator, id, 'acceptReturn', { unitCode: 'power' });
  const { parts, firstReceiver } = (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/parts`))
    .body;
  expect(firstReceiver).toEqual({ unitCode: 'water', answers: true });
  expect(Object.fromEntries(parts.map((one: { id: string; state: string }) => [one.id, one.state]))).toEqual({
    [helper.id]: 'assigned',
    [centre.id]: 'withdrawn',
    [north.id]: 'withdrawn',
  });
  await onTicket('power', id, 'signFor');
  const after = (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/parts`)).body;
  expect(after.firstReceiver).toEqual({ unitCode: 'water', answers: false });
});

test('an assisting unit neither reviews, visits nor closes what it has a part in, whatever else its people may do (invariant 9)', async () => {
  const id = await ticket();
  await give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'power' });
  const both = await counter.person(['lead', 'returnVisitor', 'unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2027-01-01'`);
  for (const what of ['withdraw', 'reviewReply', 'visit', 'close']) {
    const asked = { move: what, version: 2, reason: '因为' };
    expect(await counter.ask(both, 'POST', `/v1/tickets/${id}/moves`, asked)).toMatchObject({
      status: 404,
      body: { code: 'ticket.unknown' },
    });
  }
  expect((await ask(both, `/v1/tickets/${id}/parts`)).body.parts).toHaveLength(1);
});

test('of two who add the same unit at once one is told; nobody is lost', async () => {
  const id = await ticket();
  const both = await Promise.all(
    [1, 2, 3].map(() => give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'power' })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test('whose time runs out is warned once, then told once that it is over, however many workers look', async () => {
  const id = await ticket();
  const { body } = await give(counter.people.dispatcher, id, {
    kind: 'assist',
    unitCode: 'power',
    workingDays: 1,
  });
  const mark = () => markParts({ ...counter.services, now: () => now })();
  const told = async () => {
    await Promise.all([mark(), mark()]);
    const { rows } = await counter.db.query<{ type: string }>(
      `select type from ticket_events where ticket_id = $1 and type in ('partWarning', 'partOverdue') order by seq`,
      [id],
    );
    return rows.map(({ type }) => type);
  };
  const begun = now;
  expect(await told()).toEqual([]);
  now = Date.parse('2026-11-24T16:00:00+08:00');
  expect(await told()).toEqual(['partWarning']);
  now = Date.parse('2026-11-24T18:00:00+08:00');
  expect(await told()).toEqual(['partWarning', 'partOverdue']);
  expect(await told()).toEqual(['partWarning', 'partOverdue']);
  expect((await ask('power', `/v1/parts/${body.id}`)).body.part.overdue).toBe(true);
  const outbox = await counter.db.query(`select from outbox where topic = 'ticketPart' and key = $1`, [id]);
  expect(outbox.rowCount).toBe(3);
  now = begun;
});

test('a unit within a unit is registered under one that there is, once', async () => {
  const add = (body: object) =>
    counter.ask(counter.people.operator, 'POST', '/v1/units', { kind: 'government', ...body });
  expect(await add({ code: 'x1', name: '某科', parentCode: 'nobody' })).toMatchObject({
    body: { code: 'unit.parentUnknown' },
  });
  expect(await add({ code: 'water', name: '新名' })).toMatchObject({ body: { code: 'unit.codeTaken' } });
  const { body } = await counter.ask(counter.people.agent, 'GET', '/v1/units');
  expect(body.units.find((one: { code: string }) => one.code === 'water-crew')).toMatchObject({
    parentCode: 'water-north',
  });
});

test('an assisting unit is added to the ticket itself: under a part it is told what is wrong', async () => {
  const id = await ticket();
  const { body: above } = await give('water', id, { kind: 'sub', unitCode: 'water-repair' });
  expect(
    await give(counter.people.dispatcher, id, { kind: 'assist', unitCode: 'power', parentId: above.id }),
  ).toMatchObject({ status: 422, body: { code: 'part.assistUnder' } });
});
