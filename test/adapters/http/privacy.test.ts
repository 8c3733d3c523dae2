import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let now = Date.now();
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
});
afterAll(() => counter.close());

const NAME = '欧阳建国';
const NUMBER = '13987650001';
const ID_CARD = '11010519491231002X';
const open = async (over: object = {}): Promise<{ id: string; version: number }> => {
  const { body, status } = await counter.ask(counter.people.lead, 'POST', '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: `门前水管爆裂，身份证${ID_CARD}，电话${NUMBER}`,
    citizenName: NAME,
    citizenNumber: NUMBER,
    unitCode: 'water',
    ...over,
  });
  expect(status).toBe(201);
  return { id: body.id, version: 2 };
};
const move = (who: Person, id: string, body: object) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, body);
const until = (ms: number): string => new Date(now + ms).toISOString();
const DAY = 86_400_000;

test('a reason opens name and number for ten minutes, each look is on record, and then a new reason is needed', async () => {
  const { id } = await open();
  const unit = counter.people.unit;
  expect((await counter.ask(unit, 'GET', `/v1/tickets/${id}/citizen`)).body).toMatchObject({
    code: 'citizen.leaseOver',
  });
  const opened = await counter.ask(unit, 'POST', `/v1/tickets/${id}/reveal`, { reason: '上门前核实地址' });
  // A unit learns who he is and where; it calls him through the platform, and no number of his is shown to it (D14).
  expect(opened.body).toMatchObject({
    citizenName: NAME,
    citizenNumber: '139****0001',
    until: until(600_000),
  });
  for (const secret of [NUMBER, ID_CARD]) expect(opened.raw).not.toContain(secret);
  now += 599_000;
  const again = await counter.ask(unit, 'GET', `/v1/tickets/${id}/citizen`);
  expect(again.body).toMatchObject({ citizenName: NAME, citizenNumber: '139****0001' });
  const { reviewer } = counter.people;
  const whole = await counter.ask(reviewer, 'POST', `/v1/tickets/${id}/reveal`, { reason: '核实答复' });
  expect(whole.body).toMatchObject({ citizenName: NAME, citizenNumber: NUMBER });
  expect(whole.body.content).toContain(ID_CARD);
  // Whose reason it was: another person needs one of his own.
  expect((await counter.ask(counter.people.agent, 'GET', `/v1/tickets/${id}/citizen`)).status).toBe(403);
  now += 1_000;
  expect((await counter.ask(unit, 'GET', `/v1/tickets/${id}/citizen`)).body.code).toBe('citizen.leaseOver');

  const { body } = await counter.ask(
    counter.people.supervisor,
    'GET',
    `/v1/reports/citizen-views?from=${until(-DAY)}&to=${until(DAY)}`,
  );
  const mine = body.people.find((one: { account: { id: string } }) => one.account.id === unit.id);
  expect(mine).toMatchObject({ account: { unitCode: 'water' }, leases: 1, views: 2, tickets: 1 });
});

test('what a citizen wrote is shown with its numbers hidden, and no answer to anybody carries them', async () => {
  const { id } = await open({ title: `请回电${NUMBER}` });
  await move(counter.people.unit, id, { move: 'signFor', version: 2, reason: `已电话${NUMBER}联系` });
  for (const who of Object.values(counter.people)) {
    for (const url of [`/v1/tickets/${id}`, '/v1/tickets', `/v1/tickets/${id}/moves`, '/v1/visits']) {
      const { raw } = await counter.ask(who, 'GET', url);
      expect(raw).not.toContain(NUMBER);
      expect(raw).not.toContain(ID_CARD);
      expect(raw).not.toContain(NAME);
    }
  }
  const { body } = await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`);
  expect(body).toMatchObject({
    citizenName: '欧***',
    citizenNumber: '139****0001',
    content: '门前水管爆裂，身份证110****2X，电话139****01',
  });
  expect(counter.log()).not.toContain(NUMBER);
});

test('nor does a list, an order or a draft about it: its title is its first words, and people quote it', async () => {
  const { lead, supervisor, unit } = counter.people;
  const { id } = await open({ content: `电话${NUMBER}，门前水管爆裂，身份证${ID_CARD}` });
  const made = async (who: Person, path: string, body: object) => {
    const { status, raw } = await counter.ask(who, 'POST', `/v1${path}`, body);
    expect({ path, status }, raw).toEqual({ path, status: 201 });
  };
  await made(supervisor, '/supervision', {
    ...{ ticketId: id, instrument: 'meeting', demand: `请与市民${NUMBER}联系` },
    document: { topic: `${NUMBER}来电`, at: '明日', chair: '信访局', participants: '水务' },
  });
  await made(supervisor, '/instructions', {
    ...{ level: 'own', leader: '副县长', words: `请答复${NUMBER}`, ticketIds: [id], dueAt: until(DAY) },
  });
  await made(unit, '/exclusions', { ticketId: id, ground: 'unreasonable', evidence: `与${NUMBER}通话` });
  for (const [who, what, details] of [
    [unit, 'signFor', {}],
    [unit, 'handle', {}],
    [unit, 'reportDone', { reply: '已修复' }],
    [lead, 'visit', { checklist: REVIEWED }],
  ] as const) {
    const { version } = (await counter.ask(lead, 'GET', `/v1/tickets/${id}`)).body;
    expect((await move(who, id, { move: what, version, reason: '办理', details })).status).toBe(200);
  }
  const lists = ['/deadlines/upcoming?hours=744', '/supervision', '/instructions', '/exclusions', '/visits'];
  for (const who of Object.values(counter.people)) {
    for (const path of [...lists, `/tickets/${id}/case-report`]) {
      const { raw } = await counter.ask(who, 'GET', `/v1${path}`);
      for (const secret of [NUMBER, ID_CARD]) expect(raw.includes(secret), `${path} ${secret}`).toBe(false);
    }
  }
  const { body } = await counter.ask(unit, 'GET', '/v1/supervision');
  expect(body.orders[0]).toMatchObject({
    title: expect.stringContaining('电话139****01，门前水管爆裂'),
    demand: '请与市民139****01联系',
    document: { topic: '139****01来电' },
  });
});

test('who is anonymous is known to no unit, and to those alone who answer for the hotline', async () => {
  const { id } = await open({ anonymous: true });
  const reveal = (who: Person) =>
    counter.ask(who, 'POST', `/v1/tickets/${id}/reveal`, { reason: '核实线索来源' });
  expect((await reveal(counter.people.unit)).body.code).toBe('citizen.anonymous');
  expect((await reveal(counter.people.agent)).body.code).toBe('citizen.anonymous');
  expect((await reveal(counter.people.lead)).body.citizenNumber).toBe(NUMBER);
  expect((await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`)).body).toMatchObject({
    anonymous: true,
    citizenName: '',
    citizenNumber: '',
  });
});

test('a confidential ticket is seen by who is on its list, until his time is over or he is taken off', async () => {
  const { id } = await open({ confidential: true });
  const visitor = counter.people.returnVisitor;
  const lead = counter.people.lead;
  const sees = async (who: Person) => (await counter.ask(who, 'GET', `/v1/tickets/${id}`)).status === 200;
  const grant = (accountId: string, end: string, key = randomUUID() as string) =>
    counter.ask(
      lead,
      'POST',
      `/v1/tickets/${id}/list`,
      { accountId, until: end, reason: '负责回访此件' },
      { 'idempotency-key': key },
    );
  expect(await sees(visitor)).toBe(false);
  expect((await grant(lead.id, until(DAY))).body.code).toBe('grant.toOneself');
  expect((await grant(visitor.id, until(91 * DAY))).body).toMatchObject({
    code: 'grant.tooLong',
    data: { daysAtMost: 90 },
  });
  expect((await grant(randomUUID(), until(DAY))).body.code).toBe('account.unknown');
  // By the name that everybody calls him: who keeps lists lists no accounts.
  const named = (username: string, end = until(91 * DAY)) =>
    counter.ask(lead, 'POST', `/v1/tickets/${id}/list`, { username, until: end, reason: '协助核查' });
  expect((await named('nobody')).body.code).toBe('account.unknown');
  const { rows: known } = await counter.db.query('select username from accounts where id = $1', [visitor.id]);
  // As he signs in: however he writes it.
  const loud = ` ${known[0]?.username.toUpperCase()} `;
  for (const username of [known[0]?.username, loud])
    expect((await named(username)).body.code, username).toBe('grant.tooLong');
  const both = { accountId: randomUUID(), username: loud, until: until(DAY), reason: '协助核查' };
  expect((await counter.ask(lead, 'POST', `/v1/tickets/${id}/list`, both)).body.code).toBe('account.unknown');
  const key = randomUUID();
  const granted = await grant(visitor.id, until(DAY), key);
  expect(granted).toMatchObject({ status: 201, body: { grants: [{ account: { id: visitor.id } }] } });
  expect((await grant(visitor.id, until(DAY), key)).headers['idempotency-replayed']).toBe('true');
  expect(await sees(visitor)).toBe(true);

  // Kept to its list: the unit that has it, and others at the hotline, see it no longer.
  const keep = (listedOnly: boolean) =>
    counter.ask(lead, 'PUT', `/v1/tickets/${id}/list`, { listedOnly, reason: '涉及举报人安全' });
  expect(await sees(counter.people.unit)).toBe(true);
  expect((await keep(true)).body).toEqual({ listedOnly: true });
  expect(await sees(counter.people.unit)).toBe(false);
  expect(await sees(counter.people.operator)).toBe(false);
  expect(await sees(visitor)).toBe(true);
  expect((await keep(false)).status).toBe(200);
  expect(await sees(counter.people.unit)).toBe(true);

  const [first] = granted.body.grants;
  const end = () =>
    counter.ask(lead, 'POST', `/v1/tickets/${id}/list/${first.id}/end`, { reason: '已完成回访' });
  expect((await end()).body.grants[0]).toMatchObject({ endedReason: '已完成回访' });
  expect((await end()).body.code).toBe('grant.unknown');
  expect(await sees(visitor)).toBe(false);
  const { body } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
  expect(body.timeline.map(({ type }: { type: string }) => type).slice(2)).toEqual([
    'knowledgeGranted',
    'listKept',
    'listKept',
    'knowledgeEnded',
  ]);
  const { id: plain } = await open();
  expect(
    (await counter.ask(lead, 'PUT', `/v1/tickets/${plain}/list`, { listedOnly: true, reason: '只限专班' }))
      .body.code,
  ).toBe('grant.notConfidential');
});

test('a reply that tells who somebody is is held until it is mended, or confirmed by somebody else', async () => {
  const { id } = await open();
  const { unit, reviewer, returnVisitor } = counter.people;
  await move(unit, id, { move: 'signFor', version: 2 });
  await move(unit, id, { move: 'handle', version: 3 });
  const reply = `${NAME}您好，已修复，详询0513-84110001`;
  const done = await move(unit, id, {
    move: 'reportDone',
    version: 4,
    reason: '已办结',
    details: { reply, internalReply: `已与${NUMBER}联系` },
  });
  expect(done.body).toMatchObject({ state: 'reportedDone', version: 5 });
  const visit = (version: number) =>
    move(reviewer, id, { move: 'visit', version, details: { checklist: REVIEWED } });
  expect((await visit(5)).body.code).toBe('reply.held');
  const { body } = await counter.ask(reviewer, 'GET', `/v1/tickets/${id}`);
  const kinds = body.timeline.at(-1).body.personalData.map((one: { kind: string }) => one.kind);
  expect(kinds).toEqual(['name', 'landline']);
  // Held, it is read by nobody with what it is held for, but for a reason.
  expect(body.timeline.at(-1).body).toMatchObject({
    reply: reply.replace(NAME, '*'.repeat(NAME.length)).replace('0513-84110001', '*'.repeat(13)),
    internalReply: '已与139****01联系',
  });
  const revealed = await counter.ask(reviewer, 'POST', `/v1/tickets/${id}/reveal`, {
    reason: '审核暂缓发布的答复',
  });
  expect(revealed.body.reply).toBe(reply);

  const mend = (who: Person, version: number, text: string) =>
    counter.ask(who, 'PUT', `/v1/tickets/${id}/reply`, { version, reply: text, reason: '删去姓名' });
  const confirm = (who: Person, version: number) =>
    counter.ask(who, 'POST', `/v1/tickets/${id}/reply/confirm`, { version, reason: '号码为办公电话' });
  expect((await confirm(unit, 5)).status).toBe(403);
  expect((await mend(unit, 5, '已修复，详询0513-84110001')).body).toEqual({
    held: true,
    personalData: [{ kind: 'landline', from: 6, to: 19 }],
  });
  // Who read the reply of before does not confirm the one of now.
  expect((await confirm(reviewer, 5)).body.code).toBe('ticket.movedMeanwhile');
  expect((await visit(7)).body.code).toBe('reply.held');
  expect((await confirm(reviewer, 7)).body).toEqual({ held: false, personalData: [] });
  expect((await confirm(reviewer, 8)).body.code).toBe('reply.notHeld');
  expect((await visit(8)).body.state).toBe('returnVisit');
  const visits = await counter.ask(returnVisitor, 'GET', '/v1/visits');
  expect(visits.raw).toContain('已修复，详询0513-84110001');
  expect((await confirm(reviewer, 9)).body.code).toBe('reply.none');
});
