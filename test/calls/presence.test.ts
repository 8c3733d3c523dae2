import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentView } from '../../src/app/ports/agent-view.ts';
import { ApiClient } from '../../src/demo/api-client.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { until } from '../../src/demo/poll.ts';
import { Town } from '../support/town.ts';

// Agents with real telephones: what they ask for during a call, what they miss, and the phone they change to.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
const phones: Phone[] = [];
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close();
  await town?.rest();
});

const localDay = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test('the first offer that is not taken is forgiven, the second is not; the caller keeps the place', async () => {
  const rules = await town.lead.get<{ revision: number; missesMax: number }>('/v1/presence-rules');
  const wanted = { ...rules, missesMax: 2 };
  const changed = await town.put<typeof rules>('operator', '/v1/presence-rules', wanted);
  const first = await town.agent('1001');
  first.phone.onCall = (call) => call.reject(486);
  const citizen = await town.citizen({ dialled: '12345', number: '13800138101' });
  const paused = await first.untilState('NOT_READY', 15_000);
  expect(paused).toMatchObject({ reason: 'rejected', misses: 2 });
  const second = await town.agent('1002');
  const call = await second.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  const detail = await town.callInBooks('13800138101');
  expect(detail.legs.map(({ agentNumber }) => agentNumber)).toEqual(['1001', '1001', '1002']);
  expect(detail.facts.filter(({ type }) => type === 'queueEntered')).toHaveLength(1);
  await town.put('operator', '/v1/presence-rules', { ...rules, revision: changed.revision });
});

test('a break asked for during a call comes after it, though call control died meanwhile; each interval is told once', async () => {
  const agent = await town.agent('1003');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138102' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  await agent.untilState('TALKING', 5_000);
  const asked = await agent.api.post<{ agent: AgentView }>('/v1/agents/me/not-ready', { reason: 'meal' });
  const intended = { state: 'NOT_READY', reason: 'meal', by: null, note: null };
  expect(asked.agent).toMatchObject({ state: 'TALKING', intended });
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  await town.converse(citizen, call);
  await expect.poll(() => agent.seen()).toMatchObject({ state: 'TALKING', intended });
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  await agent.untilState('WRAP_UP', 10_000);
  await agent.next();
  expect(await agent.untilState('NOT_READY', 5_000)).toMatchObject({ reason: 'meal', limitMs: 2_700_000 });
  const day = await until('the interval in the books', 10_000, async () => {
    const seen = await agent.api.get<{ intervals: readonly { state: string; reason: string | null }[] }>(
      `/v1/agents/me/presence?day=${localDay()}`,
    );
    return seen.intervals.at(-1)?.reason === 'meal' ? seen : null;
  });
  expect(day.intervals.map(({ state, reason }) => reason ?? state)).toEqual([
    'signedIn',
    'READY',
    'RINGING',
    'TALKING',
    'WRAP_UP',
    'meal',
  ]);
});

test('a change of phone in the middle of a call: it goes on where it is, and the next one rings at the other', async () => {
  const [username, password] = ['two.phones', 'a fine morning 7'];
  const admin = await ApiClient.signIn(town.apiUrl, 'admin', town.passwordOf('admin'));
  await admin.post('/v1/accounts', {
    username,
    displayName: '韩双',
    password,
    roles: ['agent'],
    agent: { employer: 'platform', queues: ['general'], phoneKind: 'browser' },
  });
  const own = async (kind: 'browser' | 'desk'): Promise<Phone> => {
    const { name, secret } = await town.put<{ name: string; secret: string }>(
      username,
      `/v1/agents/me/phones/${kind}`,
      undefined,
      password,
    );
    const phone = await Phone.open({ account: { name, secret, registrar: town.sip } });
    phones.push(phone);
    await until(`${name} registered`, 10_000, () => phone.register().then(() => true));
    return phone;
  };
  // Both are telephones here: what matters is at which of them it rings.
  const [browser, desk] = [await own('browser'), await own('desk')];
  const agent = await ApiClient.signIn(town.apiUrl, username, password);
  const ask = (path: string, body?: object) =>
    agent.post<{ agent: AgentView }>(`/v1/agents/me/${path}`, body).then((answer) => answer.agent);
  await ask('sign-in');
  const use = (kind: 'browser' | 'desk') =>
    until(`the ${kind} phone to be reachable`, 10_000, () => ask('phone', { kind }));
  expect(await use('desk')).toMatchObject({ phoneKind: 'desk', nextPhone: null });
  await until('ready', 10_000, async () => ((await ask('ready')).phoneReachable ? true : null));

  const citizen = await town.citizen({ dialled: '12345', number: '13800138103' });
  const call = await desk.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  expect(await use('browser')).toMatchObject({ state: 'TALKING', phoneKind: 'desk' });
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  await until('the wrap-up', 10_000, async () =>
    (await ask('heartbeat')).state === 'WRAP_UP' ? true : null,
  );
  expect(await ask('end-wrap-up')).toMatchObject({ state: 'READY', phoneKind: 'browser', nextPhone: null });

  let rangAtTheOld = 0;
  desk.onCall = (stray) => {
    rangAtTheOld += 1;
    stray.ring();
  };
  const next = await town.citizen({ dialled: '12345', number: '13800138104' });
  const ringing = await browser.nextCall(10_000);
  expect(ringing.from).toBe('13800138104');
  next.hangUp();
  await ringing.ended;
  expect(rangAtTheOld).toBe(0);
  expect(await ask('sign-out')).toMatchObject({ state: 'SIGNED_OUT', signOut: { reason: 'asked' } });
});
