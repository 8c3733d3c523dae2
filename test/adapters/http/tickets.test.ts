import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
beforeAll(async () => {
  counter = await openCounter();
  me = counter.people.agent;
});
afterAll(() => counter.close());

const TICKET = {
  type: 'COMPLAINT',
  categoryCode: 'leak',
  content: '门前水管爆裂，无人处理',
  place: '掘港镇人民路1号',
};
const open = (body: object, key?: string, who: Person = me) =>
  counter.ask(who, 'POST', '/v1/tickets', body, key === undefined ? {} : { 'idempotency-key': key });
const count = async (): Promise<number> =>
  Number((await counter.db.query<{ n: string }>('select count(*) as n from tickets')).rows[0]?.n);

test('a ticket from a call: number, due times, time line; the caller’s number is taken over and masked', async () => {
  const callId = await counter.call(me.id);
  const opened = await open({ ...TICKET, callId, unitCode: 'water' });
  expect(opened.status).toBe(201);
  expect(opened.headers.location).toBe(`/v1/tickets/${opened.body.id}`);
  expect(opened.body).toMatchObject({ state: 'dispatched', number: expect.any(String) });
  expect(Date.parse(opened.body.citizenDueAt)).toBeGreaterThan(Date.now() + 4 * 86_400_000);
  expect(Date.parse(opened.body.unitDueAt)).toBe(Date.parse(opened.body.citizenDueAt));
  const { body, raw } = await counter.ask(me, 'GET', `/v1/tickets/${opened.body.id}`);
  expect(raw).not.toContain('13812345678');
  expect(body).toMatchObject({
    callId,
    citizenNumber: '138****5678',
    unit: { code: 'water' },
    category: { code: 'leak', name: '漏水' },
    createdBy: { id: me.id },
  });
  expect(body.timeline.map((one: { type: string }) => one.type)).toEqual(
    expect.arrayContaining(['register', 'dispatch']),
  );
  const due = body.deadlines.find(
    (one: { kind: string; clock: string }) => one.kind === 'overdue' && one.clock === 'citizen',
  );
  expect(due.explanation.days.filter((day: { counts: string }) => day.counts === 'counted')).toHaveLength(5);
});

test('who complained is shown for a reason, and the view is on the time line', async () => {
  const { body } = await open({ ...TICKET, citizenName: '张三丰', citizenNumber: '13987654321' });
  const url = `/v1/tickets/${body.id}/reveal`;
  expect((await counter.ask(me, 'POST', url, { reason: '' })).status).toBe(400);
  expect((await counter.ask(me, 'POST', url, { reason: '联系诉求人核实地点' })).body).toMatchObject({
    citizenName: '张三丰',
    citizenNumber: '13987654321',
  });
  const { body: ticket, raw } = await counter.ask(me, 'GET', `/v1/tickets/${body.id}`);
  expect(raw).not.toContain('13987654321');
  expect(ticket.citizenName).toBe('张**');
  expect(ticket.timeline.at(-1)).toMatchObject({
    type: 'citizenRevealed',
    reason: '联系诉求人核实地点',
    reasonEn: '联系诉求人核实地点',
    actor: { id: me.id },
  });
  expect(counter.log()).not.toContain('13987654321');
});

test('a unit sees its own tickets and no other’s', async () => {
  const { body: power } = await open({ ...TICKET, unitCode: 'power' });
  const { body: water } = await open({ ...TICKET, unitCode: 'water' });
  const unit = counter.people.unit;
  const { body: list } = await counter.ask(unit, 'GET', '/v1/tickets');
  const ids = list.tickets.map((one: { id: string }) => one.id);
  expect(ids).toContain(water.id);
  expect(ids).not.toContain(power.id);
  expect((await counter.ask(unit, 'GET', `/v1/tickets/${power.id}`)).body.code).toBe('ticket.unknown');
  const { body: due } = await counter.ask(unit, 'GET', '/v1/deadlines/upcoming?hours=744');
  const tickets = new Set(due.deadlines.map((one: { ticketId: string }) => one.ticketId));
  expect(tickets).toContain(water.id);
  expect(tickets).not.toContain(power.id);
  const times = due.deadlines.map((one: { dueAt: string }) => one.dueAt);
  expect(times).toEqual([...times].sort());
});

test('pages join without a gap or a double', async () => {
  const seen: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const more: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets?limit=2${more}`);
    seen.push(...body.tickets.map((one: { id: string }) => one.id));
    after = body.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(await count());
});

test('a retry after a lost answer: one ticket, the same answer byte for byte', async () => {
  const key = randomUUID();
  const before = await count();
  const first = await open(TICKET, key);
  const again = await open(TICKET, key);
  expect(first.status).toBe(201);
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
  expect(again.raw).toBe(first.raw);
  expect(await count()).toBe(before + 1);
});

test('the same key for another request is refused; another account’s key is its own', async () => {
  const key = randomUUID();
  const first = await open(TICKET, key);
  expect(await open({ ...TICKET, content: '另一件事' }, key)).toMatchObject({
    status: 422,
    body: { code: 'idempotency.otherRequest' },
  });
  const other = await open(TICKET, key, counter.people.operator);
  expect(other.status).toBe(201);
  expect(other.body.id).not.toBe(first.body.id);
});

test('twenty retries at the same moment: one ticket, and all hear the same answer', async () => {
  const key = randomUUID();
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 20 }, () => open(TICKET, key)));
  expect(await count()).toBe(before + 1);
  expect(new Set(answers.map(({ status, raw }) => `${status} ${raw}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
});

test('a refused request frees its key: it created nothing', async () => {
  const key = randomUUID();
  expect((await open({ ...TICKET, unitCode: 'nowhere' }, key)).status).toBe(422);
  expect((await open({ ...TICKET, unitCode: 'water' }, key)).status).toBe(201);
});

test('a key and its answer are written with the ticket or not at all', async () => {
  const callId = await counter.call(me.id);
  const keys = [randomUUID(), randomUUID()];
  const kept = async () => {
    const { rows } = await counter.db.query<{ key: string; status: number; body: string }>(
      `select key, status, response #>> '{}' as body from idempotency_keys where key = any ($1)`,
      [keys],
    );
    return rows;
  };
  const answers = await Promise.all(keys.map((key) => open({ ...TICKET, callId }, key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const won = answers.findIndex(({ status }) => status === 201);
  expect(await kept()).toEqual([{ key: keys[won], status: 201, body: answers[won]?.raw }]);
  // The other's key is free: under it something else may be asked.
  const other = keys[1 - won];
  expect((await open({ ...TICKET, content: '另一件事' }, other)).status).toBe(201);
});

test.each(['without a call', 'from a call'])(
  'a key that was forgotten opens no second ticket, %s',
  async (from) => {
    const key = randomUUID();
    const asked = from === 'from a call' ? { ...TICKET, callId: await counter.call(me.id) } : TICKET;
    const first = await open(asked, key);
    await counter.db.query(`delete from idempotency_keys where key = $1`, [key]);
    const before = await count();
    const again = await open(asked, key);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, number: first.body.number } });
    expect(await count()).toBe(before);
  },
);

test('a key that was forgotten opens another ticket for another request: it is not answered with the old one', async () => {
  const key = randomUUID();
  const first = await open(TICKET, key);
  await counter.db.query(
    `update idempotency_keys set created_at = now() - interval '25 hours' where key = $1`,
    [key],
  );
  const other = await open({ ...TICKET, content: '路灯不亮，夜里看不见路' }, key);
  expect(other.status).toBe(201);
  expect(other.body.id).not.toBe(first.body.id);
  const { body } = await counter.ask(me, 'GET', `/v1/tickets/${other.body.id}`);
  expect(body.content).toContain('路灯不亮');
});

test('a process that died between the ticket and its answer: the retry finds the ticket, and makes no second', async () => {
  const key = randomUUID();
  const first = await open(TICKET, key);
  // As the death leaves it: the key under way for longer than any request lasts.
  await counter.db.query(
    `update idempotency_keys set status = null, response = null, created_at = now() - interval '2 minutes' where key = $1`,
    [key],
  );
  const before = await count();
  const again = await open(TICKET, key);
  expect(again).toMatchObject({ status: 201, body: { id: first.body.id, number: first.body.number } });
  expect(await count()).toBe(before);
});

test.each([['short'], ['with space'], ['带中文的键值键值'], ['x'.repeat(300)]])(
  'a key that is no key: %s',
  async (key) => {
    expect((await open(TICKET, key)).body.errors).toMatchObject([{ field: 'headers.idempotency-key' }]);
  },
);

test('the same outcome twice under one key is one answer, without a key it is a conflict', async () => {
  const url = `/v1/calls/${await counter.call(me.id)}/outcome`;
  const body = { outcome: 'invalid', reason: '静默电话' };
  const headers = { 'idempotency-key': randomUUID() };
  const first = await counter.ask(me, 'POST', url, body, headers);
  expect((await counter.ask(me, 'POST', url, body, headers)).raw).toBe(first.raw);
  expect((await counter.ask(me, 'POST', url, body)).status).toBe(409);
});

test('two tickets for one call at the same moment: one is opened', async () => {
  const callId = await counter.call(me.id);
  const answers = await Promise.all([open({ ...TICKET, callId }), open({ ...TICKET, callId })]);
  expect(answers.map((one) => one.status).sort()).toEqual([201, 409]);
  expect(answers.find((one) => one.status === 409)?.body.code).toBe('call.outcomeExists');
});

test('an agent does not write tickets from a colleague’s call', async () => {
  const colleague = await counter.person(['agent']);
  expect((await open({ ...TICKET, callId: await counter.call(colleague.id) })).body.code).toBe(
    'call.notYours',
  );
});

test('no answer above was a defect', () => {
  expect(counter.log()).not.toContain('"level":"error"');
});
