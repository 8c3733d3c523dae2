import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditTrail } from '../../../src/adapters/pg/audit.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
let lead: Person;
let operator: Person;
beforeAll(async () => {
  counter = await openCounter();
  ({ agent: me, lead, operator } = counter.people);
});
afterAll(() => counter.close());

/** In the municipality's zone, UTC+8. */
const at = (time: string, day = '2026-11-23'): number => Date.parse(`${day}T${time}+08:00`);
let told = 0;
function interval(
  atMs: number,
  state: string,
  reason: string | null = null,
  more: Partial<Extract<Fact, { type: 'presence' }>> = {},
): Fact {
  told += 1;
  return {
    id: randomUUID(),
    callId: null,
    atMs,
    type: 'presence',
    agentId: me.id,
    state,
    reason,
    seq: told,
    ...more,
  };
}
const rest = { limitMs: 900_000, countsAsRest: true };

test('an agent’s day: every interval once, whatever order it was written in; sums, rest and time over the limit', async () => {
  const facts = [
    interval(at('20:00:00', '2026-11-22'), 'SIGNED_OUT', 'asked'),
    interval(at('08:00:00'), 'NOT_READY', 'signedIn'),
    interval(at('08:01:00'), 'READY'),
    // In one and the same millisecond: the wrap-up of no length is no interval.
    interval(at('09:00:00'), 'WRAP_UP'),
    interval(at('09:00:00'), 'NOT_READY', 'rest', rest),
    interval(at('09:20:00'), 'NOT_READY', 'meal', { limitMs: 2_700_000, countsAsRest: true }),
    interval(at('09:50:00'), 'READY'),
    interval(at('23:55:00'), 'NOT_READY', 'rest', rest),
    interval(at('00:20:00', '2026-11-24'), 'SIGNED_OUT', 'forced', { by: lead.id, note: '夜班结束' }),
  ];
  const writer = factWriter(counter.db, ({ reason }) => {
    throw new Error(reason);
  });
  for (const fact of [...facts].reverse()) await writer.writeFacts([fact]);
  await writer.writeFacts(facts);

  const { status, body } = await counter.ask(lead, 'GET', `/v1/agents/${me.id}/presence?day=2026-11-23`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ from: '2026-11-22T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z' });
  expect(
    body.intervals.map((one: { state: string; reason: string | null }) => [one.state, one.reason]),
  ).toEqual([
    ['SIGNED_OUT', 'asked'],
    ['NOT_READY', 'signedIn'],
    ['READY', null],
    ['NOT_READY', 'rest'],
    ['NOT_READY', 'meal'],
    ['READY', null],
    ['NOT_READY', 'rest'],
  ]);
  expect(body.intervals.at(-1)).toMatchObject({
    from: '2026-11-23T15:55:00.000Z',
    to: '2026-11-23T16:20:00.000Z',
    limitSeconds: 900,
    overSeconds: 600,
    countsAsRest: true,
  });
  expect(body.sums).toContainEqual({
    state: 'NOT_READY',
    reason: 'rest',
    count: 2,
    seconds: 1_500,
    // Five minutes of the first; what the second is over lies in the next day.
    overSeconds: 300,
  });
  expect(body.restSeconds).toBe(1_500 + 1_800);
  expect(body.signedInSeconds).toBe(16 * 3600);
  const sum = body.sums.reduce((total: number, one: { seconds: number }) => total + one.seconds, 0);
  expect(sum).toBe(86_400);

  const own = await counter.ask(me, 'GET', '/v1/agents/me/presence?day=2026-11-24');
  expect(own.body.intervals[1]).toMatchObject({
    state: 'SIGNED_OUT',
    reason: 'forced',
    by: '王小明',
    note: '夜班结束',
    to: null,
  });
});

test('an agent sees the own day only; a day that nobody worked is empty; nonsense is refused', async () => {
  const other = await counter.person(['agent']);
  const url = `/v1/agents/${other.id}/presence?day=2026-11-23`;
  expect((await counter.ask(me, 'GET', url)).body.code).toBe('access.denied');
  expect((await counter.ask(lead, 'GET', url)).body).toMatchObject({
    intervals: [],
    sums: [],
    restSeconds: 0,
  });
  expect(
    (await counter.ask(lead, 'GET', `/v1/agents/${randomUUID()}/presence?day=2026-11-23`)).body.code,
  ).toBe('agent.unknown');
  expect((await counter.ask(me, 'GET', '/v1/agents/me/presence?day=yesterday')).status).toBe(400);
});

test('the catalogue is read by all, changed by the operator, and reaches call control with the next configuration', async () => {
  const read = async () => (await counter.ask(me, 'GET', '/v1/presence-rules')).body;
  const before = await read();
  expect(before).toMatchObject({ revision: 0, missesMax: 1, wrapUpExtraSeconds: 300, queues: [] });
  expect(before).toMatchObject({ holdReminderSeconds: 45 });
  expect(before.reasons).toContainEqual({ code: 'rest', name: '休息', limitMinutes: 15, countsAsRest: true });
  const { version } = (await configurationBooks(counter.db).load()).configuration;

  const water = { code: 'fetch-water', name: '打水', limitMinutes: 5, countsAsRest: true };
  const wanted = {
    ...before,
    missesMax: 3,
    holdReminderSeconds: 30,
    reasons: [...before.reasons, water],
    queues: [{ queue: 'general', missesMax: 2, wrapUpExtraSeconds: 60 }],
  };
  expect((await counter.ask(lead, 'PUT', '/v1/presence-rules', wanted)).body.code).toBe('access.denied');
  counter.control.asked.length = 0;
  const changed = await counter.ask(operator, 'PUT', '/v1/presence-rules', wanted);
  expect(changed).toMatchObject({ status: 200, body: { ...wanted, revision: 1 } });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);
  const published = await configurationBooks(counter.db).load();
  expect(published.configuration.version).toBe(version + 1);
  expect(published.presenceRules).toMatchObject({
    missesMax: 3,
    holdReminderMs: 30_000,
    queues: { general: { missesMax: 2, wrapUpExtraMaxMs: 60_000 } },
  });

  // Somebody else was quicker: told, and nothing overwritten.
  for (const revision of [0, 5]) {
    expect(await counter.ask(operator, 'PUT', '/v1/presence-rules', { ...wanted, revision })).toMatchObject({
      status: 409,
      body: { code: 'presenceRules.changedMeanwhile', data: { revision: 1 } },
    });
  }
  expect((await read()).revision).toBe(1);
});

test('a catalogue that cannot work is refused, and said where', async () => {
  const { body: before } = await counter.ask(operator, 'GET', '/v1/presence-rules');
  const put = async (change: object) =>
    (await counter.ask(operator, 'PUT', '/v1/presence-rules', { ...before, ...change })).body;
  const reason = (code: string) => ({ code, name: '某', limitMinutes: null, countsAsRest: false });
  expect(await put({ reasons: [] })).toMatchObject({
    code: 'presenceRules.invalid',
    data: { faults: [{ at: 'reasons', fault: 'noReason' }] },
  });
  expect((await put({ reasons: [reason('rest'), reason('missed'), reason('rest')] })).data.faults).toEqual([
    { at: 'reasons.1.code', fault: 'reservedCode' },
    { at: 'reasons.2.code', fault: 'repeatedCode' },
  ]);
  expect((await put({ queues: [{ queue: 'no-such', missesMax: 2 }] })).data.faults).toEqual([
    { at: 'queues.no-such', fault: 'unknownQueue' },
  ]);
  expect((await put({ missesMax: 0 })).errors[0].field).toBe('body.missesMax');
});

test('the other phone is opened once, is the agent’s own, and reaches the switch with the configuration', async () => {
  const mine = await counter.ask(me, 'GET', '/v1/session');
  const { name } = mine.body.agent.phone;
  const open = async (kind: string) => (await counter.ask(me, 'PUT', `/v1/agents/me/phones/${kind}`)).body;
  counter.control.asked.length = 0;
  const desk = await open('desk');
  expect(desk).toMatchObject({ name: `${name}-d`, kind: 'desk', sipAddress: expect.stringContaining(name) });
  expect(await open('desk')).toEqual(desk);
  expect(await open('browser')).toMatchObject({ name, secret: mine.body.agent.phone.secret });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);
  const { configuration, phones } = await configurationBooks(counter.db).load();
  expect(phones.filter(({ agentId }) => agentId === me.id)).toMatchObject([
    { name, kind: 'browser' },
    { name: `${name}-d`, kind: 'desk', secret: desk.secret },
  ]);
  expect(configuration.agents.find(({ agentId }) => agentId === me.id)?.phone).toBe(name);
  expect((await counter.ask(me, 'PUT', '/v1/agents/me/phones/fax')).status).toBe(400);
});

test('a lead has the leg of a phone stay up: on record with the reason, and known to call control at once', async () => {
  const path = (kind: string, id = me.id) => `/v1/agents/${id}/phones/${kind}/persistent-leg`;
  const body = { persistentLeg: true, reason: '使用头戴耳机' };
  const put = (kind: string, id?: string) => counter.ask(lead, 'PUT', path(kind, id), body);
  await counter.ask(me, 'PUT', '/v1/agents/me/phones/desk');
  counter.control.asked.length = 0;
  expect(await put('desk')).toMatchObject({ status: 200, body: { kind: 'desk', persistentLeg: true } });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);
  const legs = async () => {
    const { phones } = await configurationBooks(counter.db).load();
    return phones.filter(({ agentId }) => agentId === me.id).map((one) => [one.kind, one.persistentLeg]);
  };
  expect(await legs()).toEqual([
    ['browser', false],
    ['desk', true],
  ]);
  expect((await put('browser')).status).toBe(200);
  expect((await counter.ask(lead, 'PUT', path('desk'), { ...body, persistentLeg: false })).status).toBe(200);
  expect(await legs()).toEqual([
    ['browser', true],
    ['desk', false],
  ]);
  const trail = await auditTrail(counter.db).ofSubject('agent', me.id);
  expect(trail.map(({ action, accountId, reason }) => [action, accountId, reason])).toEqual([
    ['agent.persistentLegUnset', lead.id, body.reason],
    ['agent.persistentLegSet', lead.id, body.reason],
    ['agent.persistentLegSet', lead.id, body.reason],
  ]);
  expect(await put('desk', randomUUID())).toMatchObject({ status: 404, body: { code: 'agent.unknown' } });
  expect((await counter.ask(me, 'PUT', path('desk'), body)).status).toBe(403);
  const bare = await counter.ask(lead, 'PUT', path('desk'), { persistentLeg: true });
  expect(bare.status).toBe(400);
});
