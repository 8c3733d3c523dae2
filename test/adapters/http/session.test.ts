import { afterAll, beforeAll, expect, test } from 'vitest';
import { SESSION_IDLE_MS } from '../../../src/app/organisation/sign-in.ts';
import { type Counter, openCounter, PASSWORD, type Person } from './counter.ts';

let counter: Counter;
let now = Date.now();
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
});
afterAll(() => counter.close());

const cookieOf = (headers: Record<string, unknown>): string =>
  String([headers['set-cookie']].flat()[0] ?? '');
const signIn = (
  username: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
  more: object = {},
) => counter.ask(null, 'POST', '/v1/session', { username, password, ...more }, headers);

/** Another address each time, so that one test's failures are not held against the next. */
let addresses = 0;
const from = (): Record<string, string> => {
  addresses += 1;
  return { 'x-forwarded-for': `10.9.${Math.floor(addresses / 250)}.${addresses % 250}` };
};

test('a browser gets a cookie that no script reads, and never the token itself', async () => {
  const { status, headers, body } = await signIn(counter.people.lead.username, PASSWORD, from());
  expect(status).toBe(201);
  expect(cookieOf(headers)).toMatch(/^yht_session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(body).toMatchObject({ token: null, account: { roles: ['lead'] } });
  expect(body.account).not.toHaveProperty('passwordHash');
  const me = await counter.ask(null, 'GET', '/v1/session', undefined, {
    cookie: cookieOf(headers).split(';')[0] ?? '',
  });
  expect(me).toMatchObject({
    status: 200,
    body: { account: { username: counter.people.lead.username }, agent: null },
  });
});

test('behind https the cookie is Secure', async () => {
  const { headers } = await signIn(counter.people.lead.username, PASSWORD, {
    ...from(),
    'x-forwarded-proto': 'https',
  });
  expect(cookieOf(headers)).toContain('; Secure');
});

test('a program gets a token for Authorization: Bearer, and no cookie', async () => {
  const { body, headers } = await signIn(counter.people.admin.username, PASSWORD, from(), { as: 'token' });
  expect(headers['set-cookie']).toBeUndefined();
  const program: Person = { id: '', username: '', token: body.token };
  expect((await counter.ask(program, 'GET', '/v1/accounts')).status).toBe(200);
});

test('a wrong password and a name that does not exist are the same answer', async () => {
  const wrong = await signIn(counter.people.lead.username, 'wrong-password', from());
  const nobody = await signIn('nobody.at.all', 'wrong-password', from());
  expect(wrong).toMatchObject({ status: 401, body: { code: 'account.credentialsWrong' } });
  expect({ ...nobody.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
});

test('an agent sees the own phone with its secret, and where it connects', async () => {
  const { body } = await counter.ask(counter.people.agent, 'GET', '/v1/session', undefined, {
    host: 'hotline.example:12345',
  });
  expect(body.agent).toMatchObject({
    number: '1001',
    queues: ['general'],
    live: null,
    phone: {
      name: 'agent-1001',
      kind: 'browser',
      secret: 'secret-of-1001',
      sipAddress: 'sip:agent-1001@hotline.example:5060',
      webSocketAddress: 'ws://hotline.example:12345/sip',
    },
  });
});

test('nobody else is shown a phone secret, on any reading operation', async () => {
  for (const url of ['/v1/agents', '/v1/accounts', '/v1/session', '/v1/lines', '/v1/queues']) {
    const { raw } = await counter.ask(counter.people.admin, 'GET', url);
    expect(raw).not.toContain('secret-of-');
  }
});

test('after signing out the session is nobody’s, also when it is signed out twice', async () => {
  const person = await counter.person(['operator']);
  expect((await counter.ask(person, 'DELETE', '/v1/session')).status).toBe(204);
  expect(await counter.ask(person, 'GET', '/v1/session')).toMatchObject({
    status: 401,
    body: { code: 'session.invalid' },
  });
  expect((await counter.ask(person, 'DELETE', '/v1/session')).status).toBe(401);
});

test('a session ends after its idle time, slides while it is used, and its end tells call control nothing', async () => {
  const person = await counter.person(['agent']);
  const before = now;
  now += 40 * 60_000;
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(200);
  now += SESSION_IDLE_MS - 60_000;
  expect((await counter.ask(person, 'GET', '/v1/session')).status).toBe(200);
  now += SESSION_IDLE_MS + 1000;
  const asked = counter.control.asked.length;
  expect((await counter.ask(person, 'POST', '/v1/agents/me/ready')).body.code).toBe('session.invalid');
  // In the middle of a call: presence is call control's, so the call goes on and a new session finds it.
  expect(counter.control.asked).toHaveLength(asked);
  const back = await signIn(person.username, PASSWORD, from(), { as: 'token' });
  expect(back.status).toBe(201);
  now = before;
});

test.each([
  ['from another site, as a browser says', { 'sec-fetch-site': 'cross-site' }, 403],
  ['from a sibling of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ['with a foreign Origin, from an old browser', { origin: 'https://evil.example' }, 403],
  ['with an Origin that is no address', { origin: 'null' }, 403],
  ['from our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 200],
  ['with our own Origin, from an old browser', { origin: 'http://localhost', host: 'localhost' }, 200],
])('a request that acts, with the cookie, %s', async (_case, headers, status) => {
  const agent = await counter.person(['agent']);
  const answer = await counter.ask(null, 'POST', '/v1/agents/me/ready', undefined, {
    cookie: `yht_session=${agent.token}`,
    ...headers,
  } as Record<string, string>);
  expect(answer.status).toBe(status);
  if (status === 403) expect(answer.body.code).toBe('session.crossSite');
});

test('reading with the cookie from elsewhere gives the page nothing it could read, and a link from outside works', async () => {
  const agent = await counter.person(['agent']);
  const answer = await counter.ask(null, 'GET', '/v1/session', undefined, {
    cookie: `yht_session=${agent.token}`,
    'sec-fetch-site': 'cross-site',
  });
  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
});

test('signing in by force of another site is refused too', async () => {
  const answer = await signIn(counter.people.lead.username, PASSWORD, {
    ...from(),
    origin: 'https://evil.example',
  });
  expect(answer).toMatchObject({ status: 403, body: { code: 'session.crossSite' } });
});

test('eight wrong passwords shut out the address that guesses, with Retry-After, and not the owner', async () => {
  const victim = await counter.person(['operator']);
  const guesser = from();
  for (let n = 0; n < 8; n += 1)
    expect((await signIn(victim.username, 'wrong-password', guesser)).status).toBe(401);
  const refused = await signIn(victim.username.toUpperCase(), PASSWORD, guesser);
  expect(refused).toMatchObject({ status: 429, body: { code: 'signIn.tooMany' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await signIn(victim.username, PASSWORD, from())).status).toBe(201);
  // Nor is anybody else at that address: the refused attempts do not count against it.
  for (let n = 0; n < 60; n += 1) await signIn(victim.username, 'wrong-password', guesser);
  const colleague = await counter.person(['operator']);
  expect((await signIn(colleague.username, PASSWORD, guesser)).status).toBe(201);
  now += 5 * 60_000;
  expect((await signIn(victim.username, PASSWORD, guesser)).status).toBe(201);
});

test('a hundred guesses at the same moment do not slip past the limit', async () => {
  const victim = await counter.person(['operator']);
  const guesser = from();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => signIn(victim.username, 'wrong-password', guesser)),
  );
  expect(answers.filter((one) => one.status === 401)).toHaveLength(8);
  expect(answers.filter((one) => one.status === 429)).toHaveLength(92);
});

test('guesses from very many addresses are slowed together; the owner’s own address is not held up', async () => {
  const victim = await counter.person(['operator']);
  const home = from();
  expect((await signIn(victim.username, PASSWORD, home)).status).toBe(201);
  for (let n = 0; n < 100; n += 1)
    expect((await signIn(victim.username, 'wrong-password', from())).status).toBe(401);
  // The clock stands still: the first in the lane goes at once, the next ones wait for their moments, the rest not.
  const crowd = Array.from({ length: 20 }, () => signIn(victim.username, 'wrong-password', from()));
  const full = await Promise.race(crowd.slice(10));
  expect(full).toMatchObject({ status: 429, body: { code: 'signIn.tooMany' } });
  expect(Number(full.headers['retry-after'])).toBeGreaterThan(4);
  expect((await signIn(victim.username, PASSWORD, home)).status).toBe(201);
  now += 20_000;
  expect((await signIn(victim.username, PASSWORD, from())).status).toBe(201);
  const statuses = (await Promise.all(crowd)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(3);
  expect(statuses.filter((status) => status === 429)).toHaveLength(17);
}, 30_000);

test('an address that guesses at many accounts is stopped; an office that signs in rightly is not', async () => {
  const office = from();
  const staff = await Promise.all(Array.from({ length: 60 }, () => counter.person(['operator'])));
  const arrivals = [];
  for (const one of staff) arrivals.push((await signIn(one.username, PASSWORD, office)).status);
  expect(new Set(arrivals)).toEqual(new Set([201]));

  const guesser = from();
  const statuses = [];
  for (let n = 0; n < 55; n += 1)
    statuses.push((await signIn(`guess${n}`, 'wrong-password', guesser)).status);
  expect(statuses.filter((one) => one === 401)).toHaveLength(50);
  expect(statuses.slice(50)).toEqual([429, 429, 429, 429, 429]);
});

test('nothing secret was logged on the way', () => {
  const log = counter.log();
  expect(log).toContain('"operation":"openSession"');
  expect(log).not.toContain(PASSWORD);
  expect(log).not.toContain(counter.people.lead.token);
  expect(log).not.toContain('wrong-password');
  expect(log).not.toContain('secret-of-');
});
