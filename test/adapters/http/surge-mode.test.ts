import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { underSurge } from '../../../src/domain/hotlines/under-surge.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let lead: Person;
let helper: Person;
beforeAll(async () => {
  counter = await openCounter();
  ({ lead } = counter.people);
  await counter.db.query(`insert into queues (code, name) values ('desk-12333', '人社专席')`);
  helper = await counter.person(['agent', 'lead'], { queues: ['desk-12333'] });
});
afterAll(() => counter.close());
afterEach(async () => {
  const id = (await read()).surgeMode?.id;
  if (id !== undefined) await end(id);
});

const ORDER = {
  ...{ queues: ['general'], minutes: 60, recalls: true, backOfficeJoins: true },
  ...{ wrapUpSeconds: 5, callbackAfterSeconds: 20, reason: '强降雨来电激增' },
};
const open = (order: object = {}, who = lead, key: string = randomUUID()) =>
  counter.ask(who, 'POST', '/v1/surge-mode', { ...ORDER, ...order }, { 'idempotency-key': key });
const end = (id: string, who = lead) =>
  counter.ask(who, 'POST', `/v1/surge-mode/${id}/end`, { reason: '来电已回落' });
const read = async (who = counter.people.agent) => (await counter.ask(who, 'GET', '/v1/surge-mode')).body;
/** As call control reads it, at that moment. */
async function inForce(nowMs = Date.now()) {
  const { configuration } = await configurationBooks(counter.db).load();
  const { queues, agents } = underSurge(configuration, nowMs);
  const queue = queues.find(({ code }) => code === 'general');
  return {
    wrapUpMs: queue?.wrapUpMs,
    afterWaitMs: queue?.callback?.afterWaitMs ?? null,
    helps: agents.find(({ agentId }) => agentId === helper.id)?.queues,
  };
}

test('one switch changes all of it, and ended it is as before: in what calls go by, too', async () => {
  const before = await inForce();
  expect(before.helps).not.toContain('general');
  const asked = counter.control.asked.length;
  const opened = await open({ text: '城东停水正在抢修。' });
  expect(opened).toMatchObject({
    status: 200,
    body: {
      surgeMode: {
        ...{ queues: ['general'], recalls: true, wrapUpSeconds: 5, callbackAfterSeconds: 20 },
        ...{ text: '城东停水正在抢修。', reason: '强降雨来电激增', helpers: [helper.id] },
      },
    },
  });
  expect(counter.control.asked.slice(asked)).toEqual([{ kind: 'reloadConfiguration' }]);
  expect(await read()).toEqual(opened.body);
  expect(await inForce()).toEqual({
    ...{ wrapUpMs: 5_000, afterWaitMs: 20_000, helps: ['desk-12333', 'general'] },
  });
  const { id, until, announcementId } = opened.body.surgeMode;
  const told = async () =>
    (await counter.ask(lead, 'GET', `/v1/announcements/${announcementId}`)).body.announcement;
  expect(await told()).toMatchObject({ state: 'live', text: '城东停水正在抢修。', lines: null, until });
  // By the clock alone, whoever is away.
  expect(await inForce(Date.parse(until))).toEqual(before);

  expect((await end(id)).body).toEqual({ surgeMode: null });
  expect(await inForce()).toEqual(before);
  expect(await told()).toMatchObject({ state: 'closed' });
  // Asked for once more: it is so already.
  expect((await end(id)).body).toEqual({ surgeMode: null });
  const trail = await counter.services.audit.ofSubject('surgeMode', id);
  expect(trail.map(({ action, accountId, reason }) => [action, accountId, reason]).toSorted()).toEqual([
    ['surgeMode.ended', lead.id, '来电已回落'],
    ['surgeMode.opened', lead.id, '强降雨来电激增'],
  ]);
});

test('pressed twice it is one; a second lead is told whose is on', async () => {
  const key = randomUUID();
  const first = await open({}, lead, key);
  expect((await open({}, lead, key)).body).toEqual(first.body);
  const second = await open({ minutes: 30 }, helper);
  expect(second).toMatchObject({ status: 409, body: { code: 'surgeMode.on' } });
  expect(await read()).toEqual(first.body);
  // Its announcement was withdrawn by hand meanwhile, or there is none: it ends all the same.
  expect((await end(first.body.surgeMode.id, helper)).body).toEqual({ surgeMode: null });
});

test('of two who press at once one is refused', async () => {
  const answers = await Promise.all([open({}, lead), open({}, helper)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('with a fault in it nothing is opened, and no announcement is left behind', async () => {
  const count = async () => (await counter.ask(lead, 'GET', '/v1/announcements')).body.announcements.length;
  const before = await count();
  const nothing = {
    recalls: false,
    backOfficeJoins: false,
    wrapUpSeconds: undefined,
    callbackAfterSeconds: undefined,
  };
  expect((await open(nothing)).body.code).toBe('surgeMode.nothing');
  expect((await open({ queues: ['nobody'], text: '城东停水。' })).body.code).toBe('surgeMode.queueUnknown');
  expect((await open({ minutes: 721 })).body.code).toBe('request.invalid');
  expect((await open({ reason: '忙' })).body.code).toBe('request.invalid');
  expect((await open({}, counter.people.agent)).body.code).toBe('access.denied');
  expect((await end(randomUUID())).body.code).toBe('surgeMode.unknown');
  expect(await read()).toEqual({ surgeMode: null });
  expect(await count()).toBe(before);
});

test('every desk is told at once that the switch was turned', async () => {
  const { id } = (await open()).body.surgeMode;
  const { rows } = await counter.db.query<{ body: { kind: string; surgeModeId: string } }>(
    `select body from outbox where topic = 'surgeMode' and key = $1`,
    [id],
  );
  expect(rows).toMatchObject([{ body: { kind: 'surgeMode', surgeModeId: id } }]);
});
