import { expect, test } from 'vitest';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

const AGENT = { agentId: 'agent1' } as const;
const LEAD = { accountId: 'lead1', name: '李班长' };
const BEAT: AgentCommand = { kind: 'heartbeat', ...AGENT };

async function open(agents = [agent(1)]): Promise<House> {
  const house = await new House(sample(agents)).open();
  await house.ready(...agents.map((_, index) => index + 1));
  return house;
}
const ask = (house: House, command: AgentCommand): Promise<CommandReply> => house.control.command(command);
const seen = (house: House) => house.agents.get('agent1');

/** A call rings at agent 1. */
async function ring(house: House, n = 1): Promise<void> {
  house.switch.arrive(incoming(n));
  await settled();
  await house.heard();
}
async function talk(house: House, leg = 'call1.a1'): Promise<void> {
  await ring(house);
  house.switch.answerLeg(leg);
  await settled();
}
/** Lets the silence of desks count for this long, as the API does by its word every 15 s. */
async function pass(house: House, seconds: number, beat: (atSeconds: number) => boolean): Promise<void> {
  for (let at = 0; at < seconds; at += 15) {
    await ask(house, { kind: 'wayOpen' });
    if (at % 30 === 0 && beat(at)) await ask(house, BEAT);
    await house.after(15_000);
  }
}
const intervals = (house: House) =>
  house.facts.flatMap((fact: Fact) => (fact.type === 'presence' && fact.agentId === 'agent1' ? [fact] : []));

async function successor(house: House): Promise<House> {
  house.switch.onEvent(() => undefined);
  await house.control.stop();
  const next = new House(house.configuration, house);
  next.otherPhones = house.otherPhones;
  next.presenceRules = house.presenceRules;
  await ask(next, { kind: 'reloadConfiguration' });
  await next.open();
  return next;
}

test('the first offer not taken is forgiven when the queue allows two; after the second the agent is not ready', async () => {
  const house = await open();
  house.presenceRules = { ...house.presenceRules, queues: { general: { missesMax: 2 } } };
  await ask(house, { kind: 'reloadConfiguration' });
  await ring(house);
  house.switch.end('call1.a1', 'noAnswer');
  await settled();
  // The only agent there is: rung again, the caller in the same place.
  expect(house.state('call1')).toBe('ringingAgent');
  expect(seen(house)).toMatchObject({ state: 'RINGING', misses: 1 });
  house.switch.end('call1.a2', 'noAnswer');
  await settled();
  expect(house.state('call1')).toBe('queued');
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'missed', misses: 2 });
  await ask(house, { kind: 'ready', ...AGENT });
  await settled();
  expect(seen(house)).toMatchObject({ state: 'RINGING', misses: 0 });
});

test('who let it ring comes after the others: the next offer goes to a colleague', async () => {
  const house = await open([agent(1), agent(2)]);
  house.presenceRules = { ...house.presenceRules, missesMax: 3 };
  await ask(house, { kind: 'reloadConfiguration' });
  await ring(house);
  expect(seen(house)?.state).toBe('RINGING');
  await house.after(1_000);
  house.switch.end('call1.a1', 'noAnswer');
  await settled();
  expect(house.agents.get('agent2')).toMatchObject({ state: 'RINGING', callId: 'call1' });
  expect(seen(house)).toMatchObject({ state: 'READY', misses: 1 });
});

test('a break and a sign-out asked for during a call are seen, can be withdrawn, and come when it is over', async () => {
  const house = await open();
  await talk(house);
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'meal' });
  expect(seen(house)).toMatchObject({ state: 'TALKING', intended: { state: 'NOT_READY', reason: 'meal' } });
  await ask(house, { kind: 'withdrawRequest', ...AGENT });
  expect(seen(house)).toMatchObject({ state: 'TALKING', intended: null });
  expect(await ask(house, { kind: 'signOut', ...AGENT })).toMatchObject({
    ok: true,
    agent: { state: 'TALKING', intended: { state: 'SIGNED_OUT', reason: 'asked' } },
  });
  house.switch.end('channel1');
  await settled();
  expect(seen(house)).toMatchObject({ state: 'WRAP_UP', intended: { state: 'SIGNED_OUT' } });
  await house.after(30_000);
  expect(seen(house)).toMatchObject({ state: 'SIGNED_OUT', intended: null, signOut: { reason: 'asked' } });
});

test('a lead signs an agent out: not in the middle of the call, not to be undone by the agent, who is told why', async () => {
  const house = await open();
  await talk(house);
  const order = { kind: 'forceSignOut', ...AGENT, by: LEAD, note: '设备检修' } as const;
  expect(await ask(house, order)).toMatchObject({ ok: true, agent: { state: 'TALKING' } });
  expect(seen(house)?.intended).toEqual({
    state: 'SIGNED_OUT',
    reason: 'forced',
    by: '李班长',
    note: '设备检修',
  });
  for (const kind of ['ready', 'withdrawRequest'] as const) {
    expect(await ask(house, { kind, ...AGENT })).toMatchObject({ code: 'agent.mustSignOut' });
  }
  expect(await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' })).toMatchObject({
    code: 'agent.mustSignOut',
  });
  expect(house.state('call1')).toBe('talking');
  house.switch.end('channel1');
  await settled();
  await ask(house, { kind: 'endWrapUp', ...AGENT });
  const told = { state: 'SIGNED_OUT', signOut: { reason: 'forced', by: '李班长', note: '设备检修' } };
  expect(seen(house)).toMatchObject(told);
  expect(intervals(house).at(-1)).toMatchObject({
    state: 'SIGNED_OUT',
    reason: 'forced',
    by: 'lead1',
    note: '设备检修',
  });
  // Also the one who looks only after call control was started anew.
  expect(seen(await successor(house))).toMatchObject(told);
});

test('a desk without a beat is signed out after two minutes, one that beats is not', async () => {
  const house = await open();
  await pass(house, 300, () => true);
  expect(seen(house)?.state).toBe('READY');
  // The last beat was 30 s ago.
  await pass(house, 75, () => false);
  expect(seen(house)?.state).toBe('READY');
  await pass(house, 15, () => false);
  expect(seen(house)).toMatchObject({ state: 'SIGNED_OUT', reason: 'silent' });
  expect(house.members.get('phone1')).toBe('absent');
});

test('a desk that falls silent during a call is signed out after its wrap-up; one that is heard again is not', async () => {
  const house = await open();
  await talk(house);
  await pass(house, 150, () => false);
  expect(house.state('call1')).toBe('talking');
  expect(seen(house)).toMatchObject({
    state: 'TALKING',
    intended: { state: 'SIGNED_OUT', reason: 'silent' },
  });
  await ask(house, BEAT);
  expect(seen(house)?.intended).toBeNull();
  await pass(house, 150, () => false);
  house.switch.end('channel1');
  await settled();
  expect(seen(house)?.state).toBe('WRAP_UP');
  await house.after(30_000);
  expect(seen(house)).toMatchObject({ state: 'SIGNED_OUT', reason: 'silent' });
});

test('while no desk can be heard no silence counts, and afterwards everybody has the whole time', async () => {
  const house = await open();
  await pass(house, 60, () => true);
  // Redis or the API is away.
  await house.after(30 * 60_000);
  expect(seen(house)?.state).toBe('READY');
  await pass(house, 105, () => false);
  expect(seen(house)?.state).toBe('READY');
  await pass(house, 30, () => false);
  expect(seen(house)?.state).toBe('SIGNED_OUT');
});

test('a call of the fallback queue on the phone is a call: the silence waits for its end', async () => {
  const house = await open();
  await pass(house, 15, () => true);
  house.switch.world.foreignCalls('phone1', 1);
  await pass(house, 300, () => false);
  expect(seen(house)).toMatchObject({ state: 'READY', onForeignCall: true });
  house.switch.world.foreignCalls('phone1', 0);
  await pass(house, 135, () => false);
  expect(seen(house)?.state).toBe('SIGNED_OUT');
});

test('who sits at a desk phone without a browser says so for the shift; a browser phone cannot', async () => {
  const house = await open();
  await ask(house, { kind: 'signIn', ...AGENT, heartbeat: 'none' });
  await pass(house, 600, () => false);
  expect(seen(house)).toMatchObject({ state: 'READY', heartbeat: 'none' });
  await ask(house, { kind: 'signOut', ...AGENT });
  await ask(house, { kind: 'signIn', ...AGENT });
  expect(seen(house)?.heartbeat).toBe('expected');
  await pass(house, 135, () => false);
  expect(seen(house)?.state).toBe('SIGNED_OUT');

  const other = await withTwoPhones();
  await other.switch.phone(BROWSER, true);
  await settled();
  await ask(other, { kind: 'signIn', ...AGENT, heartbeat: 'none' });
  await ask(other, { kind: 'usePhone', ...AGENT, phone: 'browser' });
  expect(seen(other)).toMatchObject({ phone: 'phone1-b', heartbeat: 'expected' });
  expect(await ask(other, { kind: 'signIn', ...AGENT, heartbeat: 'none' })).toMatchObject({
    code: 'agent.heartbeatNeeded',
  });
});

const BROWSER = {
  name: 'phone1-b',
  agentId: 'agent1',
  kind: 'browser',
  secret: 's',
  displayName: '',
} as const;
async function withTwoPhones(): Promise<House> {
  const house = await open();
  house.otherPhones = [BROWSER];
  await ask(house, { kind: 'reloadConfiguration' });
  await settled();
  return house;
}

test('a change of phone: the old one gets no more calls, a call in progress stays where it is', async () => {
  const house = await withTwoPhones();
  const change = { kind: 'usePhone', ...AGENT, phone: 'browser' } as const;
  expect(await ask(house, change)).toMatchObject({ code: 'agent.phoneUnreachable' });
  await house.switch.phone(BROWSER, true);
  await settled();
  await talk(house);
  for (const _twice of [1, 2]) {
    expect(await ask(house, change)).toMatchObject({
      ok: true,
      agent: { state: 'TALKING', phone: 'phone1', nextPhone: 'phone1-b' },
    });
  }
  expect(house.state('call1')).toBe('talking');
  expect(house.members.get('phone1')).toBe('available');
  house.switch.end('channel1');
  await settled();
  expect(seen(house)).toMatchObject({ phone: 'phone1-b', phoneKind: 'browser', nextPhone: null });
  await ask(house, { kind: 'endWrapUp', ...AGENT });
  await settled();
  expect([house.members.get('phone1'), house.members.get('phone1-b')]).toEqual(['absent', 'available']);
  // The old phone's end is nobody's concern any more.
  await house.unplug(agent(1));
  expect(seen(house)).toMatchObject({ state: 'READY', phoneReachable: true });
  await ring(house, 2);
  expect(house.switch.channels.get('call2.a1')).toMatchObject({ target: 'phone1-b' });
});

test('the phone in use survives a restart, and the next shift begins at the own one', async () => {
  const first = await withTwoPhones();
  await first.switch.phone(BROWSER, true);
  await settled();
  await ask(first, { kind: 'usePhone', ...AGENT, phone: 'browser' });
  const house = await successor(first);
  expect(seen(house)).toMatchObject({ state: 'READY', phone: 'phone1-b', phoneReachable: true });
  expect(await ask(house, { kind: 'usePhone', ...AGENT, phone: 'desk' })).toMatchObject({
    agent: { phone: 'phone1' },
  });
  await ask(house, { kind: 'usePhone', ...AGENT, phone: 'browser' });
  await ask(house, { kind: 'signOut', ...AGENT });
  expect(seen(house)).toMatchObject({ state: 'SIGNED_OUT', phone: 'phone1' });
});

test('a break over its limit is shown at that moment and punished by nothing', async () => {
  const house = await open();
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  expect(seen(house)).toMatchObject({ limitMs: 15 * 60_000, overLimit: false });
  await house.after(15 * 60_000 - 1);
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'rest' });
  expect(seen(house)?.overLimit).toBe(false);
  await house.after(1);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'rest', overLimit: true });
  await house.after(60 * 60_000);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', overLimit: true });
  await ask(house, { kind: 'notReady', ...AGENT, reason: 'training' });
  expect(seen(house)).toMatchObject({ reason: 'training', overLimit: false });
});

test('every interval is told once, with its limit, and after a restart under the same id again', async () => {
  const first = await open();
  const started = first.clock.now();
  await first.after(60_000);
  await ask(first, { kind: 'notReady', ...AGENT, reason: 'rest' });
  await ask(first, { kind: 'notReady', ...AGENT, reason: 'rest' });
  const told = intervals(first);
  expect(told).toMatchObject([
    { state: 'NOT_READY', reason: 'signedIn', limitMs: null },
    { state: 'READY', reason: null, atMs: started },
    { state: 'NOT_READY', reason: 'rest', limitMs: 900_000, countsAsRest: true, atMs: started + 60_000 },
  ]);
  expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  // The catalogue changes, call control is started anew: the break is the one that it was.
  first.presenceRules = { ...first.presenceRules, reasons: [] };
  await ask(first, { kind: 'reloadConfiguration' });
  const house = await successor(first);
  expect(intervals(house)).toEqual([told[2]]);
  await house.after(14 * 60_000);
  expect(seen(house)?.overLimit).toBe(false);
  await house.after(60_000);
  expect(seen(house)?.overLimit).toBe(true);
  await ask(house, { kind: 'ready', ...AGENT });
  expect(intervals(house).at(-1)).toMatchObject({ state: 'READY', seq: 4 });
});

test('who is not ready by no fault of his is tried again at the same moment after a restart', async () => {
  const first = await open();
  first.switch.faults.set('ring', [{ kind: 'refused', reason: 'test' }]);
  await ring(first);
  const dueMs = first.clock.now() + 10_000;
  await first.after(4_000);
  const house = await successor(first);
  expect(seen(house)).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable', readyAgainMs: dueMs });
  await house.after(6_000);
  expect(seen(house)?.state).not.toBe('NOT_READY');
});

test('who is not ready because his phone was away stays so, with the reason, until the phone is there', async () => {
  const house = await open();
  await ring(house);
  await house.unplug(agent(1));
  await house.after(1_000);
  const lost = { state: 'NOT_READY', reason: 'phoneUnreachable' };
  expect(seen(house)).toMatchObject({ ...lost, readyAgainMs: expect.any(Number) });
  await house.after(10_000);
  expect(seen(house)).toMatchObject({ ...lost, readyAgainMs: null });
  await house.after(60_000);
  expect(seen(house)).toMatchObject(lost);
  expect(house.state('call1')).toBe('queued');
  house.unplugged.clear();
  await house.register();
  // The citizen has waited meanwhile.
  expect(seen(house)).toMatchObject({ state: 'RINGING', callId: 'call1' });
});

test('a wrap-up is extended up to its limit, ends when it should also across a restart, and on request at once', async () => {
  const first = await open();
  expect(await ask(first, { kind: 'extendWrapUp', ...AGENT, extraMs: 1 })).toMatchObject({
    code: 'agent.notInWrapUp',
  });
  await talk(first);
  first.switch.end('channel1');
  await settled();
  const over = first.clock.now() + 30_000;
  expect(seen(first)).toMatchObject({ wrapUpUntilMs: over, wrapUpLatestMs: over + 300_000 });
  for (const _twice of [1, 2]) await ask(first, { kind: 'extendWrapUp', ...AGENT, extraMs: 60_000 });
  expect(seen(first)?.wrapUpUntilMs).toBe(over + 60_000);
  expect(await ask(first, { kind: 'extendWrapUp', ...AGENT, extraMs: 301_000 })).toMatchObject({
    code: 'agent.wrapUpTooLong',
    detail: expect.stringContaining('300 s'),
  });
  await first.after(30_000);
  const house = await successor(first);
  await house.after(59_999);
  expect(seen(house)?.state).toBe('WRAP_UP');
  await house.after(1);
  expect(seen(house)?.state).toBe('READY');
});

test('a version that takes the desk of who waits, and the phone of who is free, offers nobody to a phone that is not there', async () => {
  const house = await open([agent(1)]);
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  const { configuration } = house;
  house.configuration = {
    ...configuration,
    version: 2,
    queues: configuration.queues.filter(({ code }) => code !== 'desk'),
    agents: [{ ...agent(1), phone: 'phone9' }],
  };
  await ask(house, { kind: 'reloadConfiguration' });
  await settled();
  expect(seen(house)).toMatchObject({ state: 'READY', phone: 'phone9', misses: 0 });
  expect(house.state('call1')).toBe('queued');
  expect(house.switch.log.filter((command) => command.startsWith('ring'))).toEqual([]);
  house.switch.world.registers('phone9');
  await settled();
  expect(house.state('call1')).toBe('ringingAgent');
});

test('who talks in the fallback and changes the phone is offered nobody on the other one', async () => {
  const profile = agent(1);
  const house = await new House(sample([profile])).open();
  house.otherPhones = [
    { name: 'phone1-b', kind: 'browser', secret: 's', displayName: '座席1', agentId: 'agent1' },
  ];
  await ask(house, { kind: 'reloadConfiguration' });
  await settled();
  house.switch.world.registers('phone1-b');
  await settled();
  await house.ready(1);
  house.switch.world.foreignCalls('phone1', 1);
  await settled();
  expect(await ask(house, { kind: 'usePhone', ...AGENT, phone: 'browser' })).toMatchObject({ ok: true });
  await ring(house);
  expect(house.state('call1')).toBe('queued');
  house.switch.world.foreignCalls('phone1', 0);
  await settled();
  expect(house.state('call1')).toBe('ringingAgent');
  expect(seen(house)).toMatchObject({ state: 'RINGING', phone: 'phone1-b' });
});

test('an agent who is taken out of the configuration during a call and put in again goes on after it', async () => {
  const house = await open();
  await talk(house);
  const { agents } = house.configuration;
  for (const [version, present] of [
    [2, []],
    [3, agents],
  ] as const) {
    house.configuration = { ...house.configuration, version, agents: present };
    await ask(house, { kind: 'reloadConfiguration' });
    await settled();
  }
  expect(seen(house)).toMatchObject({ state: 'TALKING', intended: null });
  house.switch.end('channel1');
  await settled();
  await ask(house, { kind: 'endWrapUp', ...AGENT });
  expect(seen(house)).toMatchObject({ state: 'READY', signOut: null });
});
