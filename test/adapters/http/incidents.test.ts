import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { watchSurges } from '../../../src/app/incidents/watch-surges.ts';
import type { PromptShelves } from '../../../src/app/ports/prompts.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// Incidents with many appeals over HTTP and in PostgreSQL.

const MINUTE = 60_000;
/** 12 September, 19:00 (F-7), and a clock that a test puts forward. */
let now = Date.parse('2026-09-12T19:00:00+08:00');
const voice: Pick<PromptShelves, 'prepare' | 'byHand' | 'clear'> = {
  prepare: async () => [],
  byHand: async () => new Map(),
  clear: async () => undefined,
};
let counter: Counter;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now, voice });
  lead = counter.people.lead;
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
});
afterAll(() => counter.close());

const post = async (who: Person, path: string, body: object, key = randomUUID() as string) =>
  counter.ask(who, 'POST', `/v1${path}`, body, { 'idempotency-key': key });
let callers = 0;
async function appeal(over: object = {}): Promise<string> {
  callers += 1;
  const { body, status } = await post(counter.people.agent, '/tickets', {
    type: 'HELP',
    categoryCode: 'leak',
    content: '家中突然停水，不知何时恢复供水',
    place: `掘港街道余荡村${callers}组`,
    citizenNumber: `1380013${String(8000 + callers)}`,
    ...over,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}
const report = async (ticketIds: readonly string[], over: object = {}) =>
  post(lead, '/incidents', {
    title: '余荡村停水',
    categoryCode: 'leak',
    area: '掘港街道余荡村',
    ticketIds,
    reason: '同一管道爆裂',
    ...over,
  });
const read = async (id: string, who = lead) => (await counter.ask(who, 'GET', `/v1/incidents/${id}`)).body;
const ticketOf = async (id: string, who = lead) => (await counter.ask(who, 'GET', `/v1/tickets/${id}`)).body;
const messages = async (): Promise<{ number: string; text: string; kind: string }[]> =>
  (await counter.db.query(`select number, text, kind from citizen_messages order by created_at, number`))
    .rows as never;
const watch = () =>
  watchSurges({
    ...counter.services,
    now: () => now,
    newId: randomUUID,
    log: openLog({ role: 'worker', level: 'silent' }),
  })();

test('F-7: the alarm with the fifth, one incident, later calls join, all informed at the recovery, thanks are no appeals', async () => {
  for (let nth = 0; nth < 4; nth += 1) {
    await appeal();
    now += 20_000;
  }
  expect(await watch()).toEqual({ suspected: 0, joined: 0 });
  await appeal();
  // Two workers look at once: one incident.
  const looked = await Promise.all([watch(), watch()]);
  expect(looked.reduce((sum, { joined }) => sum + joined, 0)).toBe(0);
  const { body: listed } = await counter.ask(lead, 'GET', '/v1/incidents');
  expect(listed.incidents).toMatchObject([
    { area: '余荡村', state: 'suspected', members: 5, openMembers: 5 },
  ]);
  const [{ id }] = listed.incidents;
  const { body: alarms } = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(alarms.alarms).toMatchObject([{ kind: 'incident.surge', subject: id, times: 1 }]);

  const moved = (move: string, version: number, more: object = {}) =>
    post(lead, `/incidents/${id}/moves`, { move, version, reason: '已向水厂核实', ...more });
  expect((await moved('confirm', 1)).body).toMatchObject({ state: 'open', version: 2 });
  expect((await moved('dissolve', 1)).body).toMatchObject({ code: 'incident.movedMeanwhile' });

  // Announced, dispatched once, and told how it stands: each citizen once, though one of them appealed twice.
  const { body: announced } = await post(counter.people.operator, '/announcements', {
    title: '余荡村停水',
    text: '余荡村今晚停水。',
    reason: '供水公司来电告知',
    until: new Date(now + 4 * 3_600_000).toISOString(),
  });
  const announcementId = announced.announcement.id;
  expect(
    (await counter.ask(lead, 'PUT', `/v1/incidents/${id}/announcement`, { announcementId })).status,
  ).toBe(200);
  const again = await appeal({ citizenNumber: '13800138001' });
  now += 30_000;
  expect(await watch()).toEqual({ suspected: 0, joined: 1 });
  const dispatched = await post(lead, `/incidents/${id}/ticket-moves`, {
    move: 'dispatch',
    details: { unitCode: 'water' },
  });
  expect(dispatched.body.lines).toHaveLength(6);
  expect(dispatched.body.lines.every(({ outcome }: { outcome: string }) => outcome === 'done')).toBe(true);
  const told = await post(lead, `/incidents/${id}/broadcasts`, {
    text: '余荡村停水正在抢修，预计22时恢复。',
  });
  expect(told.body).toEqual({ queued: 5, byPhone: [] });

  // Later ones: to the unit that has the others, and told what the others were told. A landline is called.
  const late = await appeal();
  const landline = await appeal({ citizenNumber: '051384110001' });
  const praise = await appeal({ type: 'PRAISE', content: '感谢12345和水厂' });
  now += 30_000;
  expect(await watch()).toEqual({ suspected: 0, joined: 2 });
  expect(await ticketOf(late)).toMatchObject({ state: 'dispatched', unit: { code: 'water' } });
  expect((await ticketOf(praise)).state).toBe('registered');
  expect((await messages()).length).toBe(6);
  expect(
    (await post(lead, `/incidents/${id}/members`, { ticketIds: [praise], reason: '一并办理' })).body.lines,
  ).toEqual([{ ticketId: praise, outcome: 'refused', code: 'incident.praise' }]);

  // One signature and one report of the unit; each citizen is asked, and each ticket closed, by itself.
  const unit = counter.people.unit;
  for (const step of [
    { move: 'signFor' },
    { move: 'handle' },
    { move: 'reportDone', reason: '已修复', details: { reply: '管道已修复' } },
  ]) {
    const { body } = await post(unit, `/incidents/${id}/ticket-moves`, step);
    expect(body.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(8).fill('done'));
  }
  expect((await post(unit, `/incidents/${id}/ticket-moves`, { move: 'close', reason: 'x' })).status).toBe(
    400,
  );
  const back = await moved('recover', 4, { text: '余荡村供水已恢复，感谢您的理解。' });
  expect(back.body).toMatchObject({ state: 'recovered', queued: 6, byPhone: [landline] });
  const restored = (await messages()).filter(({ kind }) => kind === 'restored');
  expect(new Set(restored.map(({ number }) => number)).size).toBe(6);
  expect(restored).toHaveLength(6);
  expect(
    (await counter.ask(lead, 'GET', `/v1/announcements/${announcementId}`)).body.announcement,
  ).toMatchObject({
    state: 'closed',
    ending: '余荡村供水已恢复，感谢您的理解。',
  });
  expect((await moved('close', 5)).body).toMatchObject({
    code: 'incident.membersOpen',
    data: { openMembers: 8 },
  });
  // One reply for all is reviewed once; without the list none of them leaves the review.
  const all = async (step: object) =>
    (await post(lead, `/incidents/${id}/ticket-moves`, step)).body.lines.map(
      ({ outcome, code }: { outcome: string; code: string | null }) => code ?? outcome,
    );
  expect(await all({ move: 'reviewReply' })).toEqual(Array(8).fill('done'));
  expect(await all({ move: 'visit' })).toEqual(Array(8).fill('reply.checklistMissing'));
  const met = { finding: 'met' };
  const checklist = { answersEach: met, contactMade: met, evidence: met, tone: met };
  expect(await all({ move: 'visit', details: { checklist } })).toEqual(Array(8).fill('done'));
  const detail = await read(id);
  expect(new Set(detail.appeals.map(({ state }: { state: string }) => state))).toEqual(
    new Set(['returnVisit']),
  );
  const visits = await counter.ask(counter.people.returnVisitor, 'GET', '/v1/visits');
  // One contact for who appealed twice.
  expect(visits.body.citizens).toHaveLength(7);
  expect(detail.history.map(({ move }: { move: string }) => move)).toEqual(['suspect', 'confirm', 'recover']);
  expect(detail.appeals.find((one: { ticketId: string }) => one.ticketId === again)).toMatchObject({
    joinedReason: '同一地点同类诉求，自动并入',
  });
});

test('a report that is sent again after a crash puts nobody back who was taken out since', async () => {
  now += 86_400_000;
  const ticketIds = [await appeal({ place: '江海路1号' }), await appeal({ place: '江海路2号' })];
  const over = await appeal({ place: '江海路3号' });
  await counter.db.query(`update tickets set state = 'withdrawn' where id = $1`, [over]);
  const key = randomUUID();
  const body = {
    title: '江海路停水',
    categoryCode: 'leak',
    area: '江海路',
    ticketIds: [...ticketIds, over],
    reason: '同一阀门',
  };
  const first = await post(lead, '/incidents', body, key);
  expect(first.status, first.raw).toBe(201);
  const [out = ''] = ticketIds;
  const left = await post(lead, `/incidents/${first.body.id}/members/leave`, {
    ticketId: out,
    reason: '自家水表坏了',
  });
  expect(left.status, left.raw).toBe(200);
  // The process died between its work and its answer: the key is not answered, and is taken over.
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  const again = await post(lead, '/incidents', body, key);
  expect(again.body).toMatchObject({ id: first.body.id, number: first.body.number });
  expect(
    Object.fromEntries(
      again.body.lines.map((one: { ticketId: string; outcome: string }) => [one.ticketId, one.outcome]),
    ),
  ).toEqual({ [out]: 'already', [ticketIds[1] ?? '']: 'already', [over]: 'refused' });
  expect((await read(first.body.id)).members).toBe(1);
});

test('join and leave: the ticket stays a ticket, with all that was done and why it came and went', async () => {
  now += 3 * 86_400_000;
  const [one, two] = [await appeal({ place: '人民路1号' }), await appeal({ place: '人民路2号' })];
  const key = randomUUID();
  const body = {
    title: '人民路漏水',
    categoryCode: 'leak',
    ticketIds: [one, two],
    reason: '同一处漏水',
  };
  const first = await post(counter.people.agent, '/incidents', body, key);
  expect(first).toMatchObject({
    status: 201,
    body: { state: 'open', number: expect.stringMatching(/^SJ\d{8}-\d{4}$/) },
  });
  expect((await post(counter.people.agent, '/incidents', body, key)).raw).toBe(first.raw);
  await counter.db.query('delete from idempotency_keys');
  const lost = await post(counter.people.agent, '/incidents', body, key);
  expect(lost).toMatchObject({ status: 201, body: { id: first.body.id, number: first.body.number } });
  expect(lost.body.lines.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['already', 'already']);
  const { id } = first.body;
  expect((await report([one], { area: '' })).body.lines).toEqual([
    { ticketId: one, outcome: 'refused', code: 'incident.elsewhere' },
  ]);
  await post(lead, `/incidents/${id}/ticket-moves`, { move: 'dispatch', details: { unitCode: 'water' } });
  const leave = () =>
    post(lead, `/incidents/${id}/members/leave`, { ticketId: two, reason: '另有原因，单独办理' });
  expect((await leave()).status).toBe(200);
  expect((await leave()).body.code).toBe('incident.notMember');
  const left = await ticketOf(two);
  expect(left).toMatchObject({ state: 'dispatched', unit: { code: 'water' } });
  expect(left.timeline.map(({ type }: { type: string }) => type)).toEqual([
    'register',
    'incidentJoined',
    'dispatch',
    'incidentLeft',
  ]);
  // Back again, and the history tells both times.
  expect(
    (await post(lead, `/incidents/${id}/members`, { ticketIds: [one, two], reason: '确属同一处' })).body
      .lines,
  ).toEqual(
    [
      { ticketId: one, outcome: 'already', code: null },
      { ticketId: two, outcome: 'done', code: null },
    ].sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1)),
  );
  const { appeals } = await read(id);
  expect(appeals.filter(({ ticketId }: { ticketId: string }) => ticketId === two)).toMatchObject([
    { joinedReason: '同一处漏水', leftReason: '另有原因，单独办理' },
    { joinedReason: '确属同一处', leftAt: null },
  ]);
  // Dissolved: all of them go on by themselves, where they are.
  const { version } = await read(id);
  const dissolved = await post(lead, `/incidents/${id}/moves`, {
    move: 'dissolve',
    version,
    reason: '核实为两处不同漏点',
  });
  expect(dissolved.body.state).toBe('dissolved');
  expect(await read(id)).toMatchObject({ members: 0 });
  expect((await ticketOf(one)).state).toBe('dispatched');
  expect(
    (await post(lead, `/incidents/${id}/members`, { ticketIds: [one], reason: '再次并入' })).body.lines,
  ).toMatchObject([{ outcome: 'refused', code: 'incident.over' }]);
});

test('what a person took out, the program does not take in again; confidential appeals it leaves alone', async () => {
  now += 3 * 86_400_000;
  const ids: string[] = [];
  for (let nth = 0; nth < 5; nth += 1) ids.push(await appeal({ place: `新光村${nth}组` }));
  expect((await watch()).suspected).toBe(1);
  const { body } = await counter.ask(lead, 'GET', '/v1/incidents?state=suspected');
  const [{ id }] = body.incidents;
  await post(lead, `/incidents/${id}/members/leave`, { ticketId: ids[0], reason: '与停水无关' });
  await appeal({ place: '新光村', confidential: true });
  now += MINUTE;
  expect(await watch()).toEqual({ suspected: 0, joined: 0 });
  expect((await read(id)).members).toBe(4);
});

test('who is told by text is told nothing that others may read: confidential and anonymous citizens are called', async () => {
  now += 3 * 86_400_000;
  const quiet = await appeal({ place: '中央路1号', anonymous: true });
  const open = await appeal({ place: '中央路2号' });
  const { body } = await report([quiet, open], { title: '中央路污水', area: '中央路' });
  const key = randomUUID();
  const tell = () => post(lead, `/incidents/${body.id}/broadcasts`, { text: '中央路正在抢修。' }, key);
  expect((await tell()).body).toEqual({ queued: 1, byPhone: [quiet] });
  const before = (await messages()).length;
  expect((await tell()).headers['idempotency-replayed']).toBe('true');
  expect((await messages()).length).toBe(before);
  // The process died before it could keep its answer: it was told under this very id.
  await counter.db.query('delete from idempotency_keys');
  expect(await tell()).toMatchObject({ status: 201, body: { queued: 1, byPhone: [quiet] } });
  expect((await read(body.id)).broadcasts).toHaveLength(1);
  expect((await messages()).length).toBe(before);
  // A unit sees what has an appeal of its own, and there its own appeals.
  const unit = counter.people.unit;
  expect((await counter.ask(unit, 'GET', `/v1/incidents/${body.id}`)).body.code).toBe('incident.unknown');
  await counter.ask(lead, 'POST', `/v1/tickets/${open}/moves`, {
    move: 'dispatch',
    version: 2,
    details: { unitCode: 'water' },
  });
  expect((await read(body.id, unit)).appeals.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual([
    open,
  ]);
  expect(
    (await post(unit, `/incidents/${body.id}/ticket-moves`, { move: 'signFor' })).body.lines.filter(
      ({ outcome }: { outcome: string }) => outcome === 'done',
    ),
  ).toEqual([{ ticketId: open, outcome: 'done', code: null }]);
  // What is not its own it is not even told of.
  const again = await post(unit, `/incidents/${body.id}/ticket-moves`, { move: 'handle' });
  expect(again.body.lines.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual([open]);
  const power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const other = await post(power, `/incidents/${body.id}/ticket-moves`, { move: 'signFor' });
  expect(other.body.code).toBe('incident.unknown');
});

test('while a ticket is written its like are shown with the reasons, and nobody’s number', async () => {
  now += 3 * 86_400_000;
  const there = await appeal({ place: '友谊小区3幢', content: '下水道堵塞，污水外溢，电话13800138999' });
  const { body: incident } = await report([there], { title: '友谊小区污水', area: '友谊小区' });
  const { body, raw } = await post(counter.people.agent, '/tickets/similar', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '小区下水道堵塞，污水外溢到路面',
    place: '友谊小区5幢',
  });
  expect(body.tickets[0]).toMatchObject({ id: there, incidentId: incident.id });
  expect(body.tickets[0].reasons.map(({ kind }: { kind: string }) => kind)).toEqual([
    'category',
    'area',
    'words',
    'time',
  ]);
  expect(body.incidents).toMatchObject([{ id: incident.id, state: 'open', area: '友谊小区' }]);
  expect(raw).not.toContain('13800138999');
  const other = await post(counter.people.agent, '/tickets/similar', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '路灯不亮',
  });
  expect(other.body).toEqual({ tickets: [], incidents: [] });
});

test('what comes back and is mended again is told again, though its announcement is over', async () => {
  now += 3 * 86_400_000;
  const { body: incident } = await report([await appeal({ place: '解放路1号' })], {
    title: '解放路停水',
    area: '解放路',
  });
  const { body: announced } = await post(counter.people.operator, '/announcements', {
    title: '解放路停水',
    text: '解放路今晚停水。',
    reason: '供水公司来电告知',
    until: new Date(now + 4 * 3_600_000).toISOString(),
  });
  const announcementId = announced.announcement.id;
  const path = `/v1/incidents/${incident.id}/announcement`;
  expect((await counter.ask(lead, 'PUT', path, { announcementId })).status).toBe(200);
  const step = async (move: string) => {
    const { version } = await read(incident.id);
    now += MINUTE;
    return (await post(lead, `/incidents/${incident.id}/moves`, { move, version, reason: '已核实' })).body;
  };
  expect(await step('recover')).toMatchObject({ state: 'recovered', queued: 1 });
  expect(await step('relapse')).toMatchObject({ state: 'open' });
  expect(await step('recover')).toMatchObject({ state: 'recovered', queued: 1 });
});

test('a worker that dies over the alarm of a burst leaves it for the next one', async () => {
  now += 3 * 86_400_000;
  for (let nth = 0; nth < 5; nth += 1) await appeal({ place: `朝阳村${nth}组` });
  const dying = watchSurges({
    ...counter.services,
    alarms: { ...counter.services.alarms, raise: () => Promise.reject(new Error('killed')) },
    now: () => now,
    newId: randomUUID,
    log: openLog({ role: 'worker', level: 'silent' }),
  });
  await expect(dying()).rejects.toThrow('killed');
  expect((await watch()).suspected).toBe(1);
  const { body: found } = await counter.ask(lead, 'GET', '/v1/incidents?state=suspected');
  const incident = found.incidents.find(({ area }: { area: string }) => area === '朝阳村');
  const { body } = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(body.alarms.map(({ subject }: { subject: string }) => subject)).toContain(incident.id);
});

test('JS-33: one dispatch, one who was none of it goes its own way, and each citizen is closed, or worked for again, by itself', async () => {
  now += 3 * 86_400_000;
  const { unit, returnVisitor } = counter.people;
  const street = { categoryCode: 'leak', content: '中山路260号污水外溢，堵住了下水道' };
  const [one, two, three, stranger] = [
    await appeal({ ...street, place: '中山路260号101室' }),
    await appeal({ ...street, place: '中山路260号' }),
    // The same citizen once more: one contact, his own two answers.
    await appeal({ ...street, place: '中山路260号门前', citizenNumber: `1380013${8000 + callers}` }),
    await appeal({ ...street, place: '中山路262号', content: '自家马桶堵塞' }),
  ];
  const { body: incident } = await report([one, two, three, stranger], {
    title: '中山路污水',
    area: '中山路',
  });
  const { id } = incident;
  const all = (who: Person, move: string, more: object = {}) =>
    post(who, `/incidents/${id}/ticket-moves`, { move, ...more });
  const outcomes = async (asked: ReturnType<typeof all>) => {
    const { body, status } = await asked;
    expect(status, JSON.stringify(body)).toBe(200);
    return body.lines.map(({ outcome }: { outcome: string }) => outcome);
  };
  expect(await outcomes(all(lead, 'dispatch', { details: { unitCode: 'water' } }))).toEqual(
    Array(4).fill('done'),
  );
  expect(await outcomes(all(unit, 'signFor'))).toEqual(Array(4).fill('done'));

  // It was another matter: out of the incident, in the unit's hand as before, with its own clocks and all of its history.
  const clocksOf = async (ticketId: string) => {
    const { citizenDueAt, unitDueAt, unit: of, state } = await ticketOf(ticketId);
    return { citizenDueAt, unitDueAt, of: of.code, state };
  };
  const before = await clocksOf(stranger);
  const left = await post(lead, `/incidents/${id}/members/leave`, { ticketId: stranger, reason: '自家管道' });
  expect(left.status).toBe(200);
  expect(await clocksOf(stranger)).toEqual({ ...before, of: 'water', state: 'signedFor' });
  expect((await ticketOf(stranger)).timeline.map(({ type }: { type: string }) => type)).toEqual([
    ...['register', 'incidentJoined', 'dispatch', 'signFor', 'incidentLeft'],
  ]);

  // Told together, each citizen once; who left is told nothing.
  const sent = (await messages()).length;
  expect((await post(lead, `/incidents/${id}/broadcasts`, { text: '中山路正在疏通。' })).body).toEqual({
    ...{ queued: 2, byPhone: [] },
  });
  expect((await messages()).length).toBe(sent + 2);
  expect(await outcomes(all(unit, 'handle'))).toEqual(Array(3).fill('done'));
  expect(
    await outcomes(all(unit, 'reportDone', { reason: '已疏通', details: { reply: '下水道已疏通。' } })),
  ).toEqual(Array(3).fill('done'));
  const moved = async (move: string, more: object = {}) => {
    const { version } = await read(id);
    return (await post(lead, `/incidents/${id}/moves`, { move, version, reason: '已核实', ...more })).body;
  };
  expect(await moved('recover', { text: '中山路污水已疏通。' })).toMatchObject({
    state: 'recovered',
    queued: 2,
  });
  expect(await outcomes(all(lead, 'visit'))).toEqual(Array(3).fill('refused'));
  const checklist = { details: { checklist: REVIEWED } };
  expect(await outcomes(all(lead, 'visit', checklist))).toEqual(Array(3).fill('done'));
  expect((await ticketOf(stranger)).state).toBe('signedFor');

  // Each is asked by himself. Nobody closes, or sends back, for all at once.
  for (const move of ['close', 'rework'])
    expect((await all(lead, move, { reason: '代办' })).status).toBe(400);
  const asked = async (tickets: readonly (readonly [string, boolean])[]) => {
    const body = await Promise.all(
      tickets.map(async ([ticketId, resolved]) => ({
        id: ticketId,
        version: (await ticketOf(ticketId)).version,
        answers: { resolved, result: resolved ? 5 : 1, process: 4, words: '' },
      })),
    );
    const done = await post(returnVisitor, '/visits', { outcome: 'answered', tickets: body });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  };
  await asked([[one, true]]);
  await asked([
    [two, true],
    [three, false],
  ]);
  expect(await Promise.all([one, two, three].map(async (ticket) => (await ticketOf(ticket)).state))).toEqual([
    ...['closed', 'closed', 'handling'],
  ]);
  expect(await moved('close')).toMatchObject({ code: 'incident.membersOpen', data: { openMembers: 1 } });
  for (const step of [{ move: 'reportDone', reason: '再次疏通', details: { reply: '已再次疏通。' } }]) {
    const { version } = await ticketOf(three);
    expect((await post(unit, `/tickets/${three}/moves`, { ...step, version })).status).toBe(200);
  }
  const { version } = await ticketOf(three);
  await post(lead, `/tickets/${three}/moves`, { move: 'visit', version, ...checklist });
  await asked([[three, true]]);
  expect(await moved('close')).toMatchObject({ state: 'closed' });
  const detail = await read(id);
  expect(detail).toMatchObject({ state: 'closed', members: 3, openMembers: 0 });
  expect(detail.appeals.find((of: { ticketId: string }) => of.ticketId === stranger)).toMatchObject({
    ...{ leftReason: '自家管道', state: 'signedFor' },
  });
  // Over is over: it takes in no more, and what it had stays a ticket each.
  expect(
    (await post(lead, `/incidents/${id}/members`, { ticketIds: [stranger], reason: '再次并入' })).body.lines,
  ).toEqual([{ ticketId: stranger, outcome: 'refused', code: 'incident.over' }]);
});

test('what the hotline asks of its units about the knowledge base, and a demonstration, is no appeal of citizens', async () => {
  const about = { categoryCode: 'knowledge.weekly', type: 'SUGGESTION', citizenNumber: '' };
  const place = '掘港街道演示村';
  const shown = await appeal({ place });
  await counter.db.query('update tickets set day_seconds = 3 where id = $1', [shown]);
  const asked = new Set([await appeal(about), await appeal(about), shown]);
  const real = await appeal({ place });
  const { incidents } = counter.services;
  const fresh = await incidents.fresh(now - MINUTE);
  const found = fresh.map(({ ticketId }) => ticketId);
  expect(found).toContain(real);
  expect(found.filter((id) => asked.has(id))).toEqual([]);
  const { branchCode = '' } = fresh.find(({ ticketId }) => ticketId === real) ?? {};
  expect(await incidents.count(branchCode, '演示村', now - MINUTE, now + MINUTE)).toBe(1);
});
