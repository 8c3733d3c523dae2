import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, PASSWORD } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const make = (body: object, headers: Record<string, string> = {}) =>
  counter.ask(counter.people.admin, 'POST', '/v1/accounts', body, headers);
const PERSON = { username: 'li.si', displayName: '李四', password: PASSWORD, roles: ['operator'] };

test('an account is made, once per key, and can sign in', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await make(PERSON, key);
  expect(first.status).toBe(201);
  expect(first.raw).not.toContain(PASSWORD);
  expect((await make(PERSON, key)).raw).toBe(first.raw);
  expect((await make(PERSON)).body.code).toBe('account.usernameTaken');
  expect(
    (await counter.ask(null, 'POST', '/v1/session', { username: 'li.si', password: PASSWORD })).status,
  ).toBe(201);
  const kept = await counter.db.query<{ text: string }>(
    'select idempotency_keys::text as text from idempotency_keys',
  );
  expect(JSON.stringify(kept.rows)).not.toContain(PASSWORD);
});

test('an agent is made with number, queues and phone, call control is told, and its being away is no failure', async () => {
  const agent = { employer: 'platform', queues: ['general'], phoneKind: 'browser' };
  const made = await make({ ...PERSON, username: 'agent.one', roles: ['agent'], agent });
  expect(made.status).toBe(201);
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'reloadConfiguration' });
  counter.control.reply = 'away';
  const second = await make({
    ...PERSON,
    username: 'agent.two',
    roles: ['agent', 'lead'],
    agent: { ...agent, number: '2001' },
  });
  counter.control.reply = { ok: true, agent: null };
  expect(second).toMatchObject({ status: 201, body: { roles: ['agent', 'lead'] } });
  expect(await counter.services.agents.byAccount(second.body.id)).toMatchObject({ number: '2001' });
  expect(second.raw).not.toContain('secret');
});

test.each([
  [{ roles: ['agent'] }, 422, 'account.agentNeedsPhone'],
  [{ roles: ['unit'] }, 422, 'account.unitMissing'],
  [{ roles: ['unit'], unitCode: 'nowhere' }, 422, 'account.unitUnknown'],
  [{ roles: ['king'] }, 400, 'request.invalid'],
  [{ roles: [] }, 400, 'request.invalid'],
  [{ password: 'short' }, 422, 'account.passwordWeak'],
  [{ username: '李四' }, 422, 'account.usernameInvalid'],
  [
    { roles: ['agent'], agent: { employer: 'platform', queues: ['nowhere'], phoneKind: 'desk' } },
    422,
    'agent.queueUnknown',
  ],
  [
    { roles: ['agent'], agent: { employer: 'nobody', queues: ['general'], phoneKind: 'desk' } },
    422,
    'agent.employerUnknown',
  ],
  [
    {
      roles: ['agent'],
      agent: { employer: 'platform', queues: ['general'], phoneKind: 'desk', number: '1001' },
    },
    409,
    'agent.numberTaken',
  ],
])('%j is refused', async (more, status, code) => {
  const answer = await make({ ...PERSON, username: 'somebody.new', ...more });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
});

test('one’s own password: the present one is needed, other sessions end, this one stays', async () => {
  const person = await counter.person(['operator']);
  const second = await counter.ask(null, 'POST', '/v1/session', {
    username: person.username,
    password: PASSWORD,
    as: 'token',
  });
  const url = `/v1/accounts/${person.id}/password`;
  expect((await counter.ask(person, 'POST', url, { newPassword: 'another morning 8' })).body.code).toBe(
    'account.credentialsWrong',
  );
  expect(
    (await counter.ask(person, 'POST', url, { presentPassword: PASSWORD, newPassword: 'another morning 8' }))
      .status,
  ).toBe(204);
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(200);
  expect((await counter.ask({ ...person, token: second.body.token }, 'GET', '/v1/session')).status).toBe(401);
});

test('guessing the present password with a stolen session is stopped', async () => {
  const person = await counter.person(['operator']);
  const url = `/v1/accounts/${person.id}/password`;
  const statuses = [];
  for (let n = 0; n < 9; n += 1) {
    const body = { presentPassword: `guess number ${n}`, newPassword: 'another morning 8' };
    statuses.push((await counter.ask(person, 'POST', url, body)).status);
  }
  expect(statuses).toEqual([...Array(8).fill(401), 429]);
});

test('an administrator sets another’s password: on record, signed out everywhere; nobody else may', async () => {
  const person = await counter.person(['operator']);
  const url = `/v1/accounts/${person.id}/password`;
  const body = { newPassword: 'another morning 8' };
  expect((await counter.ask(counter.people.lead, 'POST', url, body)).body.code).toBe('access.denied');
  expect((await counter.ask(counter.people.admin, 'POST', url, { newPassword: 'short' })).body.code).toBe(
    'account.passwordWeak',
  );
  expect((await counter.ask(counter.people.admin, 'POST', url, body)).status).toBe(204);
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(401);
  expect(await counter.services.audit.ofSubject('account', person.id)).toMatchObject([
    { action: 'account.passwordSet', accountId: counter.people.admin.id },
  ]);
  const nobody = `/v1/accounts/${randomUUID()}/password`;
  expect((await counter.ask(counter.people.admin, 'POST', nobody, body)).body.code).toBe('account.unknown');
});
