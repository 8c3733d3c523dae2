import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../../../src/runtime/ports.ts';
import { type Counter, openCounter, PASSWORD, type Person } from './counter.ts';
import { Gate } from './gate.ts';
import { listen, portOf } from './web-socket.ts';

let gate: Gate;
let counter: Counter;
let redisReady = true;
beforeAll(async () => {
  const port = await freePort();
  const opening: { gate?: Promise<Gate> } = {};
  counter = await openCounter({
    redisReady: () => redisReady,
    databaseVia: (url) => {
      const address = new URL(url);
      opening.gate = Gate.before(Number(address.port), port);
      address.port = String(port);
      return address.href;
    },
  });
  if (opening.gate === undefined) throw new Error('no gate');
  gate = await opening.gate;
});
afterEach(async () => {
  await gate.open();
  redisReady = true;
  counter.control.source = 'live';
  counter.control.reply = { ok: true, agent: null };
  await vi.waitFor(
    async () => expect((await counter.ask(null, 'GET', '/readyz')).body.checks.postgres.ok).toBe(true),
    {
      timeout: 8000,
    },
  );
});
afterAll(async () => {
  await counter.close();
  await gate.shut();
});

test('all well: ready, each part named', async () => {
  const { status, body } = await counter.ask(null, 'GET', '/readyz');
  expect(status).toBe(200);
  expect(body).toEqual({
    status: 'ready',
    parts: { telephony: 'ready', books: 'ready' },
    checks: {
      postgres: { ok: true, detail: '正常' },
      redis: { ok: true, detail: '正常' },
      callControl: { ok: true, detail: '正常' },
    },
  });
});

test('PostgreSQL is gone, and this process has seen nobody of late: no balancer sends anybody here, for it can serve none', async () => {
  await gate.shut();
  expect(await counter.ask(null, 'GET', '/readyz')).toMatchObject({
    status: 503,
    body: {
      status: 'unavailable',
      parts: { telephony: 'away', books: 'away' },
      checks: { postgres: { ok: false }, redis: { ok: true }, callControl: { ok: true } },
    },
  });
  await gate.open();
  // One who came is enough.
  await vi.waitFor(
    async () => expect((await counter.ask(counter.people.admin, 'GET', '/v1/session')).status).toBe(200),
    { timeout: 8000 },
  );
  await gate.shut();
  expect(await counter.ask(null, 'GET', '/readyz')).toMatchObject({
    status: 200,
    body: { status: 'degraded', parts: { telephony: 'ready', books: 'away' } },
  });
});

test('PostgreSQL is gone: 503 with its code and when to try again, never 500; alive, and ready for telephones alone', async () => {
  await gate.shut();
  const { agent, lead } = counter.people;
  const asked = await Promise.all([
    counter.ask(agent, 'GET', '/v1/session'),
    counter.ask(agent, 'POST', '/v1/tickets', { type: 'HELP', categoryCode: 'leak', content: '漏水' }),
    counter.ask(lead, 'GET', '/v1/calls'),
    // Nobody has seen him yet: whether his token is anybody's only the database knows.
    counter.ask(agent, 'POST', '/v1/agents/me/ready'),
    counter.ask(null, 'POST', '/v1/session', { username: lead.username, password: PASSWORD }),
  ]);
  for (const { status, body, headers } of asked) {
    expect({ status, code: body.code, wait: headers['retry-after'] }).toEqual({
      status: 503,
      code: 'database.away',
      wait: '5',
    });
  }
  expect((await counter.ask(null, 'GET', '/healthz')).status).toBe(200);
  // No balancer takes away what goes on serving calls.
  expect(await counter.ask(null, 'GET', '/readyz')).toMatchObject({
    status: 200,
    body: {
      status: 'degraded',
      parts: { telephony: 'ready', books: 'away' },
      checks: { postgres: { ok: false }, redis: { ok: true }, callControl: { ok: true } },
    },
  });
  counter.control.source = 'switchAway';
  expect(await counter.ask(null, 'GET', '/readyz')).toMatchObject({
    status: 503,
    body: { status: 'unavailable', parts: { telephony: 'away', books: 'away' } },
  });
});

test('PostgreSQL is gone: a page that is loaded anew finds who sits before it and his telephone; nobody else does', async () => {
  const [agent, stranger] = [counter.people.agent, await counter.person(['agent'])];
  const before = (await counter.ask(agent, 'GET', '/v1/session')).body;
  expect(before).toMatchObject({
    ...{ booksAway: false, account: { id: agent.id } },
    agent: { phone: { secret: expect.stringContaining('secret-of-') } },
  });
  const phone = (await counter.ask(agent, 'PUT', '/v1/agents/me/phones/browser')).body;
  expect(phone.secret).toBe(before.agent.phone.secret);
  // Seen, but not at his desk.
  expect((await counter.ask(stranger, 'GET', '/v1/calls/live')).status).toBe(200);
  await gate.shut();
  const { status, body } = await counter.ask(agent, 'GET', '/v1/session');
  expect({ status, body }).toEqual({
    status: 200,
    body: { ...before, booksAway: true, expiresAt: body.expiresAt },
  });
  expect((await counter.ask(agent, 'PUT', '/v1/agents/me/phones/browser')).body).toEqual(phone);
  const refused = await Promise.all([
    counter.ask(stranger, 'GET', '/v1/session'),
    counter.ask(stranger, 'PUT', '/v1/agents/me/phones/browser'),
    // It would have to be made first.
    counter.ask(agent, 'PUT', '/v1/agents/me/phones/desk'),
  ]);
  for (const { status, body: said } of refused) expect([status, said.code]).toEqual([503, 'database.away']);
});

/** All that an agent does with his telephone, and what each reaches call control as. */
const WITH_THE_TELEPHONE: readonly (readonly [path: string, kind: string, body?: object])[] = [
  ['sign-in', 'signIn'],
  ['ready', 'ready'],
  ['not-ready', 'notReady', { reason: 'rest' }],
  ['withdraw-request', 'withdrawRequest'],
  ['end-wrap-up', 'endWrapUp'],
  ['extend-wrap-up', 'extendWrapUp', { extraSeconds: 30 }],
  ['phone', 'usePhone', { kind: 'browser' }],
  ['heartbeat', 'heartbeat'],
  ['not-reached', 'notReached', { outcome: 'machine' }],
  ['recording/pause', 'pauseRecording', { reason: '银行卡号' }],
  ['recording/resume', 'resumeRecording'],
  ...['hold', 'resume', 'reconnect', 'mute', 'unmute', 'swap', 'complete', 'merge', 'leave'].map(
    (act) => [`talk/${act}`, 'talk'] as const,
  ),
  ['talk/cancel', 'talk'],
  ['talk/accepted', 'talk'],
  ['talk/remove', 'talk', { party: 'c1.u1' }],
  ['talk/digits', 'talk', { digits: '12#' }],
  ['talk/consult', 'talk', { target: { kind: 'agent', agent: '1002' } }],
  ['talk/transfer', 'talk', { target: { kind: 'queue', queue: 'general' } }],
  ['talk/invite', 'talk', { target: { kind: 'emergency', desk: '110' } }],
  ['answer', 'answer'],
  ['release-call', 'releaseCall'],
  ['sign-out', 'signOut'],
];

test('PostgreSQL is gone: who was signed in goes on at his telephone, and the live picture with him', async () => {
  const { agent, lead } = counter.people;
  for (const one of [agent, lead]) expect((await counter.ask(one, 'GET', '/v1/calls/live')).status).toBe(200);
  await gate.shut();
  const { asked } = counter.control;
  asked.length = 0;
  for (const [path, , body] of WITH_THE_TELEPHONE) {
    expect(await counter.ask(agent, 'POST', `/v1/agents/me/${path}`, body), path).toMatchObject({
      status: 200,
    });
  }
  expect(asked.map(({ kind }) => kind)).toEqual(WITH_THE_TELEPHONE.map(([, kind]) => kind));
  expect(asked.every((command) => 'agentId' in command && command.agentId === agent.id)).toBe(true);
  // Nobody can read a critical notice now, so nobody is held back by one.
  expect(asked[1]).toEqual({ kind: 'ready', agentId: agent.id, booksAway: true });
  expect((await counter.ask(lead, 'POST', `/v1/calls/${randomUUID()}/listening/end`)).status).toBe(200);
  expect((await counter.ask(agent, 'GET', '/v1/agents')).body.source).toBe('live');
  const heard = listen(await portOf(counter), '/v1/live', agent);
  await heard.until(1);
  expect(heard.messages[0]).toMatchObject({ type: 'snapshot' });
  heard.socket.terminate();
  // And the browser's telephone finds its way: as far as to the switch, which is not there in this test.
  expect((await listen(await portOf(counter), '/sip', agent).closed).code).toBe(1013);
});

test('PostgreSQL is gone: what is in the books, or must be on record before it is done, is refused; roles hold as ever', async () => {
  const { agent, lead } = counter.people;
  for (const one of [agent, lead]) expect((await counter.ask(one, 'GET', '/v1/calls/live')).status).toBe(200);
  await gate.shut();
  counter.control.asked.length = 0;
  const reason = '夜间无人值班';
  const id = randomUUID();
  const refused = await Promise.all([
    counter.ask(agent, 'GET', '/v1/calls'),
    counter.ask(agent, 'POST', '/v1/agents/me/talk/transfer', { target: { kind: 'place', place: id } }),
    counter.ask(agent, 'POST', '/v1/agents/me/talk/emergency-bridge', { list: 'night', reason }),
    counter.ask(lead, 'POST', `/v1/agents/${agent.id}/sign-out`, { reason }),
    counter.ask(lead, 'POST', `/v1/calls/${id}/listening`, { mode: 'monitor', reason }),
    counter.ask(agent, 'POST', `/v1/calls/${id}/outcome`, { outcome: 'invalid', reason }),
  ]);
  for (const { status, body } of refused) expect([status, body.code]).toEqual([503, 'database.away']);
  expect(await counter.ask(lead, 'POST', '/v1/agents/me/talk/hold')).toMatchObject({
    status: 403,
    body: { code: 'access.denied' },
  });
  expect(counter.control.asked).toEqual([]);
});

test('what ended while PostgreSQL was there is over: nothing is known of it when it goes', async () => {
  const [leaver, locked, elsewhere, stays] = await Promise.all([
    counter.person(['agent']),
    counter.person(['agent']),
    counter.person(['agent']),
    counter.person(['agent']),
  ]);
  const hold = (who: Person) => counter.ask(who, 'POST', '/v1/agents/me/talk/hold');
  for (const one of [leaver, locked, elsewhere, stays]) expect((await hold(one)).status).toBe(200);
  expect((await counter.ask(leaver, 'DELETE', '/v1/session')).status).toBe(204);
  // Another process ended these two: the one's next request tells, of the other a notice.
  await counter.db.query('delete from sessions where account_id = $1', [locked.id]);
  expect((await hold(locked)).body.code).toBe('session.invalid');
  counter.control.notify({
    kind: 'sessionsEnded',
    accountId: elsewhere.id,
    unitCode: null,
    atMs: Date.now(),
  });
  await gate.shut();
  for (const one of [leaver, locked, elsewhere]) {
    expect(await hold(one)).toMatchObject({ status: 503, body: { code: 'database.away' } });
  }
  expect((await hold(stays)).status).toBe(200);
  await gate.open();
  await vi.waitFor(async () => expect((await hold(leaver)).body.code).toBe('session.invalid'), {
    timeout: 8000,
  });
});

test('PostgreSQL is gone: who signs out is out, at every API and also when it is back; nobody else is', async () => {
  const [leaver, elsewhere, stays] = await Promise.all([
    counter.person(['agent']),
    counter.person(['agent']),
    counter.person(['agent']),
  ]);
  const hashOf = ({ token }: Person) => Buffer.from(counter.services.mint.hashToken(token));
  const inBooks = async (who: Person) =>
    (await counter.db.query('select from sessions where token_hash = $1', [hashOf(who)])).rowCount;
  const session = (who: Person) => counter.ask(who, 'GET', '/v1/session');
  for (const one of [leaver, elsewhere, stays]) expect((await session(one)).status).toBe(200);
  const page = listen(await portOf(counter), '/v1/live', elsewhere);
  await page.until(1);
  await gate.shut();
  const out = await counter.ask(leaver, 'DELETE', '/v1/session');
  expect(out.status).toBe(204);
  expect(out.headers['set-cookie']).toMatch(/^yht_session=; .*Expires=Thu, 01 Jan 1970/);
  const ended = (who: Person) => ({
    ...{ kind: 'sessionsEnded', accountId: who.id, unitCode: null, atMs: expect.any(Number) },
    tokenHash: hashOf(who).toString('hex'),
  });
  expect(counter.control.published.at(-1)).toEqual(ended(leaver));
  // Another API says so of one who left there.
  counter.control.notify({ ...ended(elsewhere), kind: 'sessionsEnded', atMs: 1 });
  expect((await page.closed).code).toBe(4401);
  for (const one of [leaver, elsewhere]) {
    expect(await session(one)).toMatchObject({ status: 401, body: { code: 'session.invalid' } });
    expect(await counter.ask(one, 'PUT', '/v1/agents/me/phones/browser')).toMatchObject({ status: 401 });
  }
  expect(await session(stays)).toMatchObject({ status: 200, body: { booksAway: true } });
  await gate.open();
  for (const one of [leaver, elsewhere]) expect((await session(one)).status).toBe(401);
  await vi.waitFor(async () => expect((await session(stays)).body.booksAway).toBe(false), { timeout: 8000 });
  for (const one of [leaver, elsewhere]) expect(await inBooks(one)).toBe(0);
  expect(await inBooks(stays)).toBe(1);
});

test('who signs out while PostgreSQL does not move does not wait for it', async () => {
  const person = await counter.person(['agent']);
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(200);
  gate.jam();
  const answered: string[] = [];
  const books = counter.ask(counter.people.lead, 'GET', '/v1/calls').then(() => answered.push('books'));
  expect((await counter.ask(person, 'DELETE', '/v1/session')).status).toBe(204);
  answered.push('signed out');
  await books;
  expect(answered).toEqual(['signed out', 'books']);
  expect((await counter.ask(person, 'GET', '/v1/session')).body.code).toBe('session.invalid');
}, 30_000);

test('its being away is not held against who tried to sign in', async () => {
  const person = await counter.person(['operator']);
  const signIn = () =>
    counter.ask(null, 'POST', '/v1/session', { username: person.username, password: PASSWORD });
  await gate.shut();
  for (let n = 0; n < 12; n += 1) expect((await signIn()).status).toBe(503);
  await gate.open();
  await vi.waitFor(async () => expect((await signIn()).status).toBe(201), { timeout: 8000 });
});

test('PostgreSQL goes and comes back between two tries under one key: one ticket', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const open = () =>
    counter.ask(
      counter.people.agent,
      'POST',
      '/v1/tickets',
      { type: 'HELP', categoryCode: 'leak', content: '一次' },
      headers,
    );
  await gate.shut();
  expect((await open()).status).toBe(503);
  await gate.open();
  await vi.waitFor(async () => expect((await open()).status).toBe(201), { timeout: 8000 });
  const { rows } = await counter.db.query<{ n: number }>(
    `select count(*)::int as n from tickets where content = '一次'`,
  );
  expect(rows[0]?.n).toBe(1);
});

test('a database that does not move any more is told as away too, in time', async () => {
  gate.jam();
  const startedAt = performance.now();
  expect((await counter.ask(null, 'GET', '/readyz')).body.parts.books).toBe('away');
  expect(performance.now() - startedAt).toBeLessThan(2500);
  const { status, body } = await counter.ask(counter.people.lead, 'GET', '/v1/calls');
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'database.away' });
  expect(performance.now() - startedAt).toBeLessThan(15_000);
}, 30_000);

test('a telephone does not wait until such a database has run out of time', async () => {
  const { agent, lead } = counter.people;
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/heartbeat')).status).toBe(200);
  gate.jam();
  const answered: string[] = [];
  const noted = async (who: string, asked: ReturnType<Counter['ask']>) => {
    const answer = await asked;
    answered.push(who);
    return answer.status;
  };
  const statuses = await Promise.all([
    noted('telephone', counter.ask(agent, 'POST', '/v1/agents/me/talk/hold')),
    noted('telephone', counter.ask(agent, 'POST', '/v1/agents/me/ready')),
    noted('books', counter.ask(lead, 'GET', '/v1/calls')),
  ]);
  expect(statuses).toEqual([200, 200, 503]);
  expect(answered).toEqual(['telephone', 'telephone', 'books']);
}, 30_000);

test('Redis or call control away: degraded, not down; commands say so at once, tickets go on', async () => {
  counter.control.reply = 'away';
  counter.control.source = 'away';
  redisReady = false;
  expect(await counter.ask(null, 'GET', '/readyz')).toMatchObject({
    status: 200,
    body: {
      status: 'degraded',
      parts: { telephony: 'away', books: 'ready' },
      checks: { redis: { ok: false }, callControl: { ok: false } },
    },
  });
  const { agent } = counter.people;
  for (const path of ['sign-in', 'ready', 'sign-out', 'release-call']) {
    expect(await counter.ask(agent, 'POST', `/v1/agents/me/${path}`)).toMatchObject({
      status: 503,
      body: { code: 'callControl.away' },
      headers: { 'retry-after': '3' },
    });
  }
  expect((await counter.ask(agent, 'GET', '/v1/agents')).body.source).toBe('away');
  expect(
    (await counter.ask(agent, 'POST', '/v1/tickets', { type: 'HELP', categoryCode: 'leak', content: '漏水' }))
      .status,
  ).toBe(201);
});

test.each([
  ['agent.signedOut', 409],
  ['agent.mustSignOut', 409],
  ['agent.wrapUpTooLong', 422],
  ['agent.phoneUnreachable', 409],
  ['call.none', 409],
  ['agent.unknown', 404],
  ['callControl.busy', 503],
] as const)('call control says %s: %i, in its own words', async (code, status) => {
  counter.control.reply = { ok: false, code, detail: 'because' };
  expect(await counter.ask(counter.people.agent, 'POST', '/v1/agents/me/ready')).toMatchObject({
    status,
    body: { code },
  });
});

test('what an agent asks reaches call control as the agent’s own command, and the lead’s as the other’s', async () => {
  const { agent, lead } = counter.people;
  const me = agent.id;
  const asked = counter.control.asked;
  asked.length = 0;
  for (const path of [
    'sign-in',
    'ready',
    'end-wrap-up',
    'release-call',
    'withdraw-request',
    'heartbeat',
    'sign-out',
  ]) {
    expect((await counter.ask(agent, 'POST', `/v1/agents/me/${path}`)).body).toEqual({ agent: null });
  }
  const refused = async (path: string, body: unknown) =>
    (await counter.ask(agent, 'POST', `/v1/agents/me/${path}`, body)).body.errors[0].field;
  expect(await refused('sign-in', { heartbeat: 'never' })).toBe('body.heartbeat');
  expect(await refused('extend-wrap-up', { extraSeconds: 0 })).toBe('body.extraSeconds');
  expect(await refused('phone', { kind: 'satellite' })).toBe('body.kind');
  expect(await refused('not-ready', { reason: 'no such; reason' })).toBe('body.reason');
  for (const [path, body] of [
    ['sign-in', { heartbeat: 'none' }],
    ['extend-wrap-up', { extraSeconds: 90 }],
    ['phone', { kind: 'desk' }],
  ] as const) {
    expect((await counter.ask(agent, 'POST', `/v1/agents/me/${path}`, body)).status).toBe(200);
  }
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/not-ready', { reason: 'meeting' })).status).toBe(
    200,
  );
  const forced = await counter.ask(lead, 'POST', `/v1/agents/${me}/sign-out`);
  expect(forced).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  const reason = '已下班，忘记签出';
  expect((await counter.ask(lead, 'POST', `/v1/agents/${me}/sign-out`, { reason })).status).toBe(200);
  expect(await counter.services.audit.ofSubject('agent', me)).toMatchObject([
    { accountId: lead.id, action: 'agent.signOutForced', reason },
  ]);
  expect((await counter.ask(agent, 'POST', `/v1/agents/${lead.id}/sign-out`, { reason })).body.code).toBe(
    'access.denied',
  );
  expect(asked).toEqual([
    { kind: 'signIn', agentId: me },
    { kind: 'ready', agentId: me },
    { kind: 'endWrapUp', agentId: me },
    { kind: 'releaseCall', agentId: me },
    { kind: 'withdrawRequest', agentId: me },
    { kind: 'heartbeat', agentId: me },
    { kind: 'signOut', agentId: me },
    { kind: 'signIn', agentId: me, heartbeat: 'none' },
    { kind: 'extendWrapUp', agentId: me, extraMs: 90_000 },
    { kind: 'usePhone', agentId: me, phone: 'desk' },
    { kind: 'notReady', agentId: me, reason: 'meeting' },
    { kind: 'forceSignOut', agentId: me, by: { accountId: lead.id, name: '王小明' }, note: reason },
  ]);
});
