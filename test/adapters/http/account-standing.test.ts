import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { setAccountDisabled } from '../../../src/app/organisation/change-account.ts';
import { ROLES } from '../../../src/app/ports/accounts.ts';
import { closeForgottenCalls } from '../../../src/app/tickets/close-forgotten-calls.ts';
import { localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import { type Counter, openCounter, PASSWORD, type Person } from './counter.ts';
import { listen, portOf } from './web-socket.ts';

// Who is in use and what he may do: changed by another administrator, on record, and at once everywhere.

let counter: Counter;
beforeAll(async () => {
  // So seldom that what closes a socket here is the word and not the round.
  counter = await openCounter({ options: { sessionCheckMs: 600_000 } });
});
afterAll(() => counter.close());

const REASON = '离职，人事通知第 12 号';
const admin = (path: string, body: object, who: Person = counter.people.admin) =>
  counter.ask(who, 'POST', `/v1/accounts/${path}`, body);
const disable = (id: string, who?: Person) => admin(`${id}/disable`, { reason: REASON }, who);
const enable = (id: string) => admin(`${id}/enable`, { reason: '复职，人事通知第 13 号' });
const signIn = (username: string) =>
  counter.ask(null, 'POST', '/v1/session', { username, password: PASSWORD, as: 'token' });
const asStands = (...roles: string[]) => ({ roles, unitCode: null, employer: null });
const onRecord = async (id: string) =>
  (await counter.services.audit.ofSubject('account', id)).map(({ action, reason }) => `${action} ${reason}`);
const inRouting = async (id: string) =>
  (await configurationBooks(counter.db).load()).configuration.agents.find(({ agentId }) => agentId === id);

test('an account is taken out of use: signed out everywhere, refused at the door, once on record; and comes back', async () => {
  const person = await counter.person(['operator']);
  expect((await admin(`${person.id}/disable`, { reason: '离职' })).status).toBe(400);
  expect(await disable(person.id)).toMatchObject({ status: 200, body: { id: person.id, disabled: true } });
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
  expect((await signIn(person.username)).body.code).toBe('account.disabled');
  // The same wish again is no second deed.
  expect((await disable(person.id)).status).toBe(200);
  expect(await onRecord(person.id)).toEqual([`account.disabled ${REASON}`]);

  expect(await enable(person.id)).toMatchObject({ status: 200, body: { disabled: false } });
  expect((await signIn(person.username)).status).toBe(201);
  // What he had open before stays closed.
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
  expect(await onRecord(person.id)).toHaveLength(2);
  expect((await disable(randomUUID())).body.code).toBe('account.unknown');
});

test('an agent out of use is no agent for routing, which is told; back in use he is the same one', async () => {
  const person = await counter.person(['agent']);
  const before = await inRouting(person.id);
  expect(before).toBeDefined();
  const asked = counter.control.asked.length;
  await disable(person.id);
  expect(counter.control.asked.slice(asked)).toEqual([{ kind: 'reloadConfiguration' }]);
  expect(await inRouting(person.id)).toBeUndefined();
  // Call control is away: it reads the configuration when it is back.
  counter.control.reply = 'away';
  expect((await enable(person.id)).status).toBe(200);
  counter.control.reply = { ok: true, agent: null };
  expect(await inRouting(person.id)).toEqual(before);
});

test('the pages that he has open are closed at once, and nobody else’s', async () => {
  const port = await portOf(counter);
  const [person, other] = [await counter.person(['lead']), await counter.person(['lead'])];
  const [his, theirs] = [listen(port, '/v1/live', person), listen(port, '/v1/live', other)];
  await Promise.all([his.until(1), theirs.until(1)]);
  await disable(person.id);
  const { rows } = await counter.db.query<{ body: { kind: 'sessionsEnded'; accountId: string } }>(
    `select body from outbox where topic = 'sessionsEnded' and key = $1`,
    [person.id],
  );
  expect(rows).toEqual([
    {
      body: {
        ...{ kind: 'sessionsEnded', accountId: person.id, unitCode: null },
        atMs: expect.any(Number),
      },
    },
  ]);
  counter.control.notify({ kind: 'sessionsEnded', accountId: person.id, unitCode: null, atMs: 1 });
  expect((await his.closed).code).toBe(4401);
  // Told to nobody, and asked of no session that goes on.
  counter.control.tell({ kind: 'source', source: 'live' });
  await theirs.until(2);
  expect(theirs.messages.map(({ type }) => type)).toEqual(['snapshot', 'source']);
  theirs.socket.terminate();
});

test('nobody locks himself out or makes himself more than he is', async () => {
  const { admin: me } = counter.people;
  expect((await disable(me.id)).body.code).toBe('account.own');
  const roles = { roles: ['admin', 'operator'], was: asStands('admin'), reason: REASON };
  expect((await admin(`${me.id}/roles`, roles)).body.code).toBe('account.own');
  expect((await counter.ask(me, 'GET', '/v1/session')).status).toBe(200);
});

test('two administrators lock each other out at once: one of them is left', async () => {
  const second = await counter.person(['admin', 'lead']);
  const { admin: first } = counter.people;
  const byEach = ([by, whom]: readonly [Person, Person]) =>
    setAccountDisabled(counter.services)({ id: whom.id, reason: REASON }, true, {
      ...{ id: randomUUID(), atMs: Date.now(), accountId: by.id },
      ...{ address: '127.0.0.1', requestId: 'race' },
    });
  const ends = await Promise.allSettled([byEach([first, second]), byEach([second, first])]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'account.lastAdmin' },
  });
  const left = (await counter.services.accounts.list()).filter(
    ({ disabled, roles }) => !disabled && roles.includes('admin'),
  );
  expect(left).toHaveLength(1);
  // For the tests that follow the first one is there again, with the session he had.
  await counter.db.query('update accounts set disabled_at = null where id = $1', [first.id]);
  const stays = await counter.person(['admin']);
  Object.assign(counter.people, { admin: stays });
});

test('roles are replaced whole, by what the asker saw, with both on record, and the account signs in anew where it may see less', async () => {
  const person = await counter.person(['operator']);
  const set = (more: object) =>
    admin(`${person.id}/roles`, { roles: ['dispatcher', 'reviewer'], reason: REASON, ...more });
  for (const was of [asStands('lead'), { ...asStands('operator'), unitCode: 'water' }]) {
    expect((await set({ was })).body).toMatchObject({
      code: 'account.changedMeanwhile',
      data: asStands('operator'),
    });
  }
  expect((await set({})).status).toBe(400);
  expect(await set({ was: asStands('operator') })).toMatchObject({
    status: 200,
    body: { roles: ['dispatcher', 'reviewer'] },
  });
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
  expect((await signIn(person.username)).body.account.roles).toEqual(['dispatcher', 'reviewer']);
  expect(await onRecord(person.id)).toEqual([`account.rolesSet ${REASON}：operator → dispatcher, reviewer`]);
  // Sent twice it is one deed, whatever the order of the roles.
  expect((await set({ roles: ['reviewer', 'dispatcher'], was: asStands('operator') })).status).toBe(200);
  expect(await onRecord(person.id)).toHaveLength(1);
});

test('a unit that was changed meanwhile is not put back unseen', async () => {
  const person = await counter.person(['unit']);
  const set = (unitCode: string, was: string) =>
    admin(`${person.id}/roles`, {
      ...{ roles: ['unit'], unitCode, was: { roles: ['unit'], unitCode: was, employer: null } },
      reason: REASON,
    });
  expect((await set('power', 'water')).status).toBe(200);
  // His unit is another: what he has open shows the former one's.
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
  expect((await set('water', 'water')).body).toMatchObject({
    code: 'account.changedMeanwhile',
    data: { roles: ['unit'], unitCode: 'power' },
  });
});

test('who gets a role more stays signed in and has it at once; who loses one is signed out', async () => {
  const person = await counter.person(['agent']);
  const set = (roles: string[], ...was: string[]) =>
    admin(`${person.id}/roles`, { roles, was: asStands(...was), reason: REASON });
  expect((await set(['agent', 'lead'], 'agent')).status).toBe(200);
  expect((await counter.ask(person, 'GET', '/v1/session')).body.account.roles).toEqual(['agent', 'lead']);
  expect((await counter.ask(person, 'GET', '/v1/alarms')).status).toBe(200);
  expect((await set(['agent'], 'agent', 'lead')).status).toBe(200);
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
});

test('of an agent taken out of use in a talk the call goes to the leads, and counts as nothing meanwhile', async () => {
  const person = await counter.person(['agent']);
  const [said, live] = [await counter.call(person.id), await counter.call(person.id, { ended: false })];
  const spot = { outcome: 'answeredOnSpot', type: 'ENQUIRY', categoryCode: 'leak' };
  expect((await counter.ask(person, 'POST', `/v1/calls/${said}/outcome`, spot)).status).toBeLessThan(300);
  expect((await disable(person.id)).status).toBe(200);
  const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/alarms?open=true');
  const alarms = body.alarms.filter(({ kind }: { kind: string }) => kind === 'call.agentGone');
  expect(alarms).toMatchObject([{ subject: live, detail: expect.stringContaining('未登记去向') }]);
  expect(alarms[0].detailEn).toContain('is no agent any more');

  // The talk ended, and the minutes in which he would have written it down are over.
  await counter.db.query(
    `update calls set ended_at = now() - interval '1 hour', result = 'answeredByAgent' where id = $1`,
    [live],
  );
  const forgotten = await counter.call(counter.people.agent.id);
  await counter.db.query(`update calls set ended_at = now() - interval '1 hour' where id = $1`, [forgotten]);
  const closing = closeForgottenCalls(counter.services);
  expect(await closing()).toBe(1);
  const open = await counter.ask(counter.people.lead, 'GET', '/v1/open-calls');
  expect(open.body.calls.map(({ id }: { id: string }) => id)).toEqual([live]);
  expect(
    (await counter.ask(counter.people.lead, 'POST', `/v1/calls/${live}/outcome`, spot)).status,
  ).toBeLessThan(300);
});

test('an agent whose employer’s contract has ended comes back only to another employer', async () => {
  const { operator } = counter.people;
  const vendor = { code: 'gone', name: '已撤服务公司', kind: 'vendor' };
  expect((await counter.ask(operator, 'POST', '/v1/employers', vendor)).status).toBe(201);
  const [left, other] = [
    await counter.person(['agent'], { employer: 'gone' }),
    await counter.person(['agent'], { employer: 'gone' }),
  ];
  const end = () => counter.ask(operator, 'POST', '/v1/employers/gone/end');
  const set = (roles: string[], ...was: string[]) =>
    admin(`${other.id}/roles`, { roles, was: asStands(...was), reason: REASON });
  await disable(left.id);
  expect((await end()).body.code).toBe('employer.hasMembers');
  expect((await set(['reviewer'], 'agent')).status).toBe(200);
  // Both have left: nobody is its agent any more.
  expect(await end()).toMatchObject({ status: 200, body: { ended: true } });
  expect((await enable(left.id)).body).toMatchObject({ code: 'employer.ended', data: { employer: 'gone' } });
  expect((await set(['agent'], 'reviewer')).body.code).toBe('employer.ended');
  const from = localDateOf(Date.now(), 'Asia/Shanghai');
  const taken = await counter.ask(operator, 'POST', `/v1/agents/${left.id}/employments`, {
    ...{ employer: 'acme', from, reason: '转入新的服务商' },
  });
  expect(taken.status, taken.raw).toBeLessThan(300);
  expect((await enable(left.id)).status).toBe(200);
});

test.each([
  [{ roles: ['king'] }, 400, 'request.invalid'],
  [{ roles: [] }, 400, 'request.invalid'],
  [{ roles: ['unit'] }, 422, 'account.unitMissing'],
  [{ roles: ['unit'], unitCode: 'nowhere' }, 422, 'account.unitUnknown'],
  [{ roles: ['vendorLead'] }, 422, 'account.employerMissing'],
  [{ roles: ['vendorLead', 'lead'], employer: 'acme' }, 422, 'account.vendorAlone'],
  [{ roles: ['agent'] }, 422, 'account.agentNeedsPhone'],
  [
    { roles: ['agent'], agent: { employer: 'platform', queues: ['nowhere'], phoneKind: 'desk' } },
    422,
    'agent.queueUnknown',
  ],
])('%j is refused, and nothing is changed', async (more, status, code) => {
  const person = await counter.person(['operator']);
  const answer = await admin(`${person.id}/roles`, { was: asStands('operator'), reason: REASON, ...more });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(200);
  expect(await onRecord(person.id)).toEqual([]);
});

test('who becomes an agent is entered in the register; who ceases to be one keeps his number for later', async () => {
  const person = await counter.person(['operator']);
  let was = ['operator'];
  const set = async (body: { roles: string[]; agent?: object }) => {
    const answer = await admin(`${person.id}/roles`, { was: asStands(...was), reason: REASON, ...body });
    was = body.roles;
    return answer;
  };
  const agent = { number: '2077', employer: 'platform', queues: ['general'], phoneKind: 'browser' };
  expect((await set({ roles: ['agent', 'operator'], agent })).status).toBe(200);
  expect(await inRouting(person.id)).toMatchObject({ number: '2077', queues: ['general'] });
  expect((await set({ roles: ['operator'] })).status).toBe(200);
  expect(await inRouting(person.id)).toBeUndefined();
  const { body } = await counter.ask(counter.people.admin, 'GET', '/v1/accounts');
  expect(body.accounts.find(({ id }: { id: string }) => id === person.id)).toMatchObject({
    ...{ roles: ['operator'], agentNumber: '2077' },
  });
  expect((await set({ roles: ['agent'] })).status).toBe(200);
  expect(await inRouting(person.id)).toMatchObject({ number: '2077', queues: ['general'] });
});

test('only an administrator may', async () => {
  const person = await counter.person(['operator']);
  for (const role of ROLES.filter((one) => one !== 'admin')) {
    for (const [deed, body] of [
      ['disable', {}],
      ['enable', {}],
      ['roles', { roles: ['admin'], was: asStands('operator') }],
    ] as const) {
      const { status } = await admin(
        `${person.id}/${deed}`,
        { reason: REASON, ...body },
        counter.people[role],
      );
      expect({ role, deed, status }).toEqual({ role, deed, status: 403 });
    }
  }
});
