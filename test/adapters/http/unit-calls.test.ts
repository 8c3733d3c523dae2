import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { noteUnitCalls } from '../../../src/app/unit-calls/note-calls.ts';
import { CONTACT_TALK_MS } from '../../../src/domain/tickets/contact-proof.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let phoneId: string;
beforeAll(async () => {
  counter = await openCounter();
  phoneId = (await addPhone()).body.id;
});
afterAll(() => counter.close());

const CITIZEN = '13987650002';
const addPhone = (number = '0513-84110001', unitCode = 'water', key = randomUUID() as string) =>
  counter.ask(
    counter.people.operator,
    'POST',
    '/v1/unit-phones',
    { unitCode, number, label: '办公室' },
    { 'idempotency-key': key },
  );
const open = async (over: object = {}): Promise<string> => {
  const ticket = { type: 'HELP', categoryCode: 'leak', content: '停水', citizenNumber: CITIZEN };
  const body = { ...ticket, unitCode: 'water', ...over };
  return (await counter.ask(counter.people.agent, 'POST', '/v1/tickets', body)).body.id;
};
const call = (id: string, who: Person = counter.people.unit, phone = phoneId, key = randomUUID() as string) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/citizen-calls`, { phoneId: phone }, { 'idempotency-key': key });

/** What call control tells of it: the unit talked so long, or nobody did. */
let citizens = 0;
const otherCitizen = (): string => {
  citizens += 1;
  return `139876${String(citizens).padStart(5, '0')}`;
};
async function told(
  callId: string,
  ticketId: string,
  talkMs: number | null,
  callerNumber = otherCitizen(),
): Promise<void> {
  const at = Date.now() - 60_000;
  const placed = {
    type: 'callPlaced',
    purpose: 'unitContact',
    callbackId: null,
    ticketId,
    missedCallId: null,
    trunk: 'carrier',
    callerId: '12345',
    // Each another's: how often one of them is called is a test of its own.
    callerNumber,
    line: null,
    agentId: null,
    configurationVersion: 1,
  } as const;
  const facts = [
    { atMs: at, ...placed },
    ...(talkMs === null
      ? []
      : [{ atMs: at + 1, type: 'talkStarted' as const, leg: `${callId}.u1`, agentId: null }]),
    {
      atMs: at + 1 + (talkMs ?? 0),
      type: 'callEnded' as const,
      releasedBy: 'caller' as const,
      result: talkMs === null ? ('notReached' as const) : ('reached' as const),
      detail: '',
    },
  ].map((fact, seq) => ({ id: randomUUID() as string, callId, seq, ...fact }));
  await factWriter(counter.db, ({ reason }) => expect.fail(reason)).writeFacts(facts);
}
const note = () => noteUnitCalls({ ...counter.services, now: Date.now, newId: randomUUID })();
const read = async (id: string) => (await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`)).body;

test('a unit’s telephones are kept by the hotline, in one spelling, and shown masked', async () => {
  expect((await addPhone('+86 513 8411 0001')).body.code).toBe('unitCall.phoneKnown');
  expect((await addPhone('95588')).body.code).toBe('outbound.numberService');
  expect((await addPhone('0513-84110002', 'nobody')).body.code).toBe('ticket.unitUnknown');
  const key = randomUUID();
  const first = await addPhone('0513-84110003', 'power', key);
  expect((await addPhone('0513-84110003', 'power', key)).raw).toBe(first.raw);
  const { body } = await counter.ask(counter.people.unit, 'GET', '/v1/unit-phones');
  expect(body.phones).toEqual([
    { id: phoneId, unitCode: 'water', number: '051****0001', label: '办公室', notices: false, leader: false },
  ]);
});

test('notices reach mobile telephones alone, and what was told of a ticket is for the hotline’s people', async () => {
  const { operator, agent, unit, dispatcher } = counter.people;
  const add = (number: string) =>
    counter.ask(
      operator,
      'POST',
      '/v1/unit-phones',
      { unitCode: 'power', number, label: '值班手机', notices: true },
      { 'idempotency-key': randomUUID() },
    );
  expect((await add('0513-84110008')).body.code).toBe('unitCall.phoneNotMobile');
  expect((await add('13700000008')).body).toMatchObject({
    number: '137****0008',
    notices: true,
    leader: false,
  });
  const leader = await counter.ask(
    operator,
    'POST',
    '/v1/unit-phones',
    { unitCode: 'power', number: '0513-84110018', label: '局长', leader: true },
    { 'idempotency-key': randomUUID() },
  );
  expect(leader.body.code).toBe('unitCall.phoneNotMobile');
  const id = await open({ unitCode: 'power' });
  const messages = counter.services.messages;
  await tellTicketSteps({ ...counter.services, messages, settleMs: -1000 })();
  const { body, raw } = await counter.ask(dispatcher, 'GET', `/v1/tickets/${id}/notices`);
  expect(body.notices).toMatchObject([
    {
      audience: 'citizen',
      kind: 'ticketDispatched',
      outcome: 'queued',
      messages: [{ number: '139****0002' }],
    },
    { audience: 'unit', unitCode: 'power', outcome: 'queued', messages: [{ number: '137****0008' }] },
    { audience: 'citizen', kind: 'ticketAccepted', outcome: 'superseded', messages: [] },
  ]);
  expect(raw).not.toContain(CITIZEN);
  expect((await counter.ask(unit, 'GET', `/v1/tickets/${id}/notices`)).status).toBe(403);
  expect((await counter.ask(agent, 'GET', `/v1/tickets/${randomUUID()}/notices`)).body.code).toBe(
    'ticket.unknown',
  );
});

test('call control gets the number, the unit gets an id; the same request is the same call', async () => {
  const id = await open();
  const key = randomUUID();
  const first = await call(id, counter.people.unit, phoneId, key);
  const again = await call(id, counter.people.unit, phoneId, key);
  expect(first.status).toBe(201);
  expect(again.raw).toBe(first.raw);
  expect(first.raw).not.toContain(CITIZEN);
  expect(counter.control.asked.at(-1)).toEqual({
    kind: 'callForUnit',
    accountId: counter.people.unit.id,
    callId: first.body.callId,
    number: CITIZEN,
    unitNumber: '051384110001',
    ticketId: id,
    line: null,
    about: expect.any(String),
  });
  expect(counter.control.asked.filter(({ kind }) => kind === 'callForUnit')).toHaveLength(1);
  expect(counter.log()).not.toContain(CITIZEN);
});

test('not another’s ticket, not another’s telephone, not an anonymous citizen, not before it is theirs', async () => {
  const power = await counter.person(['unit'], { unitCode: 'power' });
  const id = await open();
  expect((await call(id, power)).body.code).toBe('ticket.unknown');
  const { body: other } = await addPhone('0513-84110009', 'power');
  expect((await call(id, counter.people.unit, other.id)).body.code).toBe('unitCall.phoneUnknown');
  expect((await call(await open({ anonymous: true }))).body.code).toBe('citizen.anonymous');
  expect((await call(id, counter.people.lead)).status).toBe(403);
  counter.control.reply = { ok: false, code: 'outbound.quietHours', detail: '' };
  expect((await call(id)).body.code).toBe('outbound.quietHours');
  counter.control.reply = { ok: true, agent: null };
  await counter.ask(counter.people.lead, 'POST', `/v1/tickets/${id}/moves`, {
    move: 'withdraw',
    version: 2,
    reason: '市民来电撤回',
  });
  expect((await call(id)).body).toMatchObject({ code: 'unitCall.notNow', data: { state: 'withdrawn' } });
});

test('a unit beside the lead, and a level within it, call the citizen of their part while it is theirs', async () => {
  const { lead, operator, unit } = counter.people;
  const made = await counter.ask(operator, 'POST', '/v1/units', {
    ...{ code: 'water-crew', name: '三号抢修组', kind: 'public-utility', parentCode: 'water' },
  });
  expect(made.status).toBe(201);
  const power = await counter.person(['unit'], { unitCode: 'power' });
  const crew = await counter.person(['unit'], { unitCode: 'water-crew' });
  const stranger = await counter.person(['unit'], { unitCode: 'water-crew' });
  const id = await open();
  const phones = {
    power: (await addPhone('0513-84110021', 'power')).body.id,
    crew: (await addPhone('0513-84110022', 'water-crew')).body.id,
  };
  expect((await call(id, power, phones.power)).body.code).toBe('ticket.unknown');
  const give = (who: Person, body: object) =>
    counter.ask(who, 'POST', `/v1/tickets/${id}/parts`, { task: '上门查看', ...body });
  const part = (await give(lead, { kind: 'assist', unitCode: 'power' })).body;
  expect((await give(unit, { kind: 'sub', unitCode: 'water-crew' })).status).toBe(201);
  const calls = [
    await call(id, power, phones.power),
    await call(id, crew, phones.crew),
    await call(id, unit),
  ];
  for (const one of calls) {
    expect(one.status, one.raw).toBe(201);
    expect(one.raw).not.toContain(CITIZEN);
  }
  expect(counter.control.asked.slice(-3)).toMatchObject([
    { kind: 'callForUnit', number: CITIZEN, unitNumber: '051384110021', ticketId: id },
    { kind: 'callForUnit', number: CITIZEN, unitNumber: '051384110022', ticketId: id },
    { kind: 'callForUnit', number: CITIZEN, unitNumber: '051384110001', ticketId: id },
  ]);
  // Not by another's telephone, and who reads what was called: the lead all, a part's unit its own.
  expect((await call(id, power, phones.crew)).body.code).toBe('unitCall.phoneUnknown');
  const listed = async (who: Person) => {
    const { body, raw } = await counter.ask(who, 'GET', `/v1/tickets/${id}/citizen-calls`);
    expect(raw).not.toContain(CITIZEN);
    return body.calls?.map(({ unit: of }: { unit: { code: string } }) => of.code).sort();
  };
  expect(await listed(unit)).toEqual(['power', 'water', 'water-crew']);
  expect(await listed(power)).toEqual(['power']);
  expect(await listed(stranger)).toEqual(['water-crew']);
  // Its talk is on record, and is no first contact of the lead's.
  await told(calls[0]?.body.callId, id, 60_000);
  await note();
  expect(await read(id)).toMatchObject({ state: 'dispatched' });
  expect((await read(id)).timeline.at(-1)).toMatchObject({
    type: 'citizenCalled',
    body: { unitCode: 'power', outcome: 'reached' },
  });
  const taken = await counter.ask(lead, 'POST', `/v1/parts/${part.id}/moves`, {
    ...{ move: 'withdraw', version: part.version, words: '不再需要配合' },
  });
  expect(taken.status, taken.raw).toBe(200);
  expect((await call(id, power, phones.power)).body.code).toBe('unitCall.partOver');
  const hidden = await open({ anonymous: true });
  await counter.ask(lead, 'POST', `/v1/tickets/${hidden}/parts`, {
    ...{ task: '配合', kind: 'assist', unitCode: 'power' },
  });
  expect((await call(hidden, power, phones.power)).body.code).toBe('citizen.anonymous');
});

test('a talk proves the first contact, signed for on the way; a call put down at once, or in vain, proves nothing', async () => {
  for (const [talkMs, state, proves] of [
    [CONTACT_TALK_MS, 'inContact', true],
    [CONTACT_TALK_MS - 1, 'dispatched', false],
    [null, 'dispatched', false],
  ] as const) {
    const id = await open();
    const { body } = await call(id);
    await note();
    expect((await read(id)).timeline).toHaveLength(2);
    await told(body.callId, id, talkMs);
    // Two workers at once: one of them notes it.
    await Promise.all([note(), note()]);
    const ticket = await read(id);
    expect(ticket.state).toBe(state);
    const lines = ticket.timeline.map(({ type }: { type: string }) => type).slice(2);
    expect(lines).toEqual(proves ? ['citizenCalled', 'signFor', 'contact'] : ['citizenCalled']);
    expect(ticket.timeline[2]).toMatchObject({
      actor: { id: counter.people.unit.id },
      body: { callId: body.callId, talkMs, outcome: talkMs === null ? 'notPlaced' : 'reached' },
    });
    const { body: listed, raw } = await counter.ask(
      counter.people.reviewer,
      'GET',
      `/v1/tickets/${id}/citizen-calls`,
    );
    expect(listed.calls).toMatchObject([{ callId: body.callId, provesContact: proves, phone: '办公室' }]);
    expect(raw).not.toContain(CITIZEN);
  }
});

test('H10: who works on it already proves the first contact by his call, once, and stays at his work', async () => {
  const id = await open();
  const move = async (what: string, details: object = {}) => {
    const { version } = await read(id);
    const body = { move: what, version, reason: '已查看现场', details };
    return counter.ask(counter.people.unit, 'POST', `/v1/tickets/${id}/moves`, body);
  };
  await move('signFor');
  await move('handle');
  const calls = [await call(id), await call(id)];
  await told(calls[0]?.body.callId, id, CONTACT_TALK_MS - 1);
  await note();
  expect((await read(id)).contactedAt).toBeNull();
  await told(calls[1]?.body.callId, id, CONTACT_TALK_MS);
  await Promise.all([note(), note()]);
  const proven = await read(id);
  expect(proven).toMatchObject({ state: 'handling', contactedAt: expect.any(String) });
  const again = await call(id);
  await told(again.body.callId, id, 60_000);
  await note();
  const after = await read(id);
  expect(after.contactedAt).toBe(proven.contactedAt);
  expect(after.timeline.map(({ type }: { type: string }) => type).slice(2)).toEqual([
    ...['signFor', 'handle', 'citizenCalled', 'citizenCalled', 'contact', 'citizenCalled'],
  ]);
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/citizen-calls`);
  const proves = body.calls.filter(({ provesContact }: { provesContact: boolean }) => provesContact);
  expect(proves.map(({ callId }: { callId: string }) => callId)).toEqual([calls[1]?.body.callId]);
  // Explained once more after the report: the talk is on record, the reply where it was.
  await move('reportDone', { reply: '已修复。' });
  expect((await read(id)).state).toBe('reportedDone');
});

test('a ticket that went to another unit meanwhile is not contacted by the one that called', async () => {
  const id = await open();
  const { body } = await call(id);
  const move = (who: Person, version: number, more: object) =>
    counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, { version, reason: '不属本单位', ...more });
  await move(counter.people.unit, 2, {
    move: 'returnTicket',
    details: { evidence: '属供电线路', suggestedUnitCode: 'power' },
  });
  await move(counter.people.adjudicator, 3, { move: 'acceptReturn', details: { unitCode: 'power' } });
  await told(body.callId, id, 60_000);
  await note();
  const { body: ticket } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
  expect(ticket.state).toBe('dispatched');
  expect(ticket.timeline.at(-1).type).toBe('citizenCalled');
});

test('a matter that is kept to its list while its unit talks holds up nobody else’s proof', async () => {
  const id = await open({ confidential: true });
  const { body } = await call(id);
  const kept = { listedOnly: true, reason: '涉及举报人安全' };
  expect((await counter.ask(counter.people.lead, 'PUT', `/v1/tickets/${id}/list`, kept)).status).toBe(200);
  await told(body.callId, id, 60_000);
  const other = await open();
  const { body: second } = await call(other);
  await told(second.callId, other, 60_000);
  expect(await note()).toBe(2);
  expect((await read(other)).state).toBe('inContact');
  const { body: listed } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
  expect(listed.state).toBe('dispatched');
  expect(listed.timeline.at(-1)).toMatchObject({ type: 'citizenCalled', body: { outcome: 'reached' } });
});

test('G11: nobody rings a citizen whom a clerk has, nor one more time whom others reached twice today, but for a reason', async () => {
  const { returnVisitor, lead } = counter.people;
  const mine = '13987650099';
  const id = await open({ citizenNumber: mine });
  const reach = async (): Promise<void> => {
    const { body } = await call(id);
    await told(body.callId, id, 20_000, mine);
  };
  await reach();
  await reach();
  const again = await call(id);
  expect(again.body).toMatchObject({ code: 'contact.tooOften', data: { callsToday: 2 } });
  const insist = (reason: string) =>
    counter.ask(
      counter.people.unit,
      'POST',
      `/v1/tickets/${id}/citizen-calls`,
      { phoneId, reason },
      { 'idempotency-key': randomUUID() },
    );
  expect((await insist('  ')).body.code).toBe('contact.tooOften');
  expect((await insist('约定上门时间')).status).toBe(201);
  const { body: ticket } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
  expect(ticket.timeline).toContainEqual(
    expect.objectContaining({ type: 'contactInsisted', reason: '约定上门时间', body: { callsToday: 2 } }),
  );
  // Another matter of his, which a clerk is about to ask him of.
  await counter.db.query(
    `insert into contact_claims (number, held_by, until, since, ticket_id)
     select citizen_key($1), $2, now() + interval '10 minutes', now(), $3`,
    [mine, returnVisitor.id, id],
  );
  expect((await insist('约定上门时间')).body.code).toBe('contact.held');
});
