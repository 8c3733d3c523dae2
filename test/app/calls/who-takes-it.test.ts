import { afterEach, expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { USUAL_QUEUE } from '../../../src/domain/hotlines/queue.ts';
import { UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// What a call asks for, and whom it is kept for, must come from the rules through the decision to the router.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
});

function configured(more: Partial<Configuration['queues'][number]>): Configuration {
  const base = sample([agent(1), { ...agent(2), skills: { en: 3 } }]);
  return {
    ...base,
    queues: base.queues.map((one) => (one.code === 'general' ? { ...one, ...more } : one)),
  };
}
async function calls(n: number): Promise<void> {
  house.switch.arrive(incoming(n));
  await settled();
  await house.heard();
}
const rung = () => house.calls.get('call1')?.agentId ?? null;

test('a desk that requires a skill: whoever has been idle longer without it is not rung', async () => {
  house = await new House(configured({ skills: 'en:2' })).open();
  await house.ready(1);
  await house.after(1_000);
  await house.ready(2);
  await calls(1);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent2']);
});

test('nobody with the skill is free: the citizen waits, and is not given to whoever is', async () => {
  house = await new House(configured({ skills: 'en:2' })).open();
  await house.ready(1);
  await calls(1);
  expect(house.state('call1')).toBe('queued');
  await house.ready(2);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent2']);
});

test('the last who can do it signs out while he waits: on to the next desk at once, though others sit at his', async () => {
  const base = sample([
    { ...agent(1, ['desk']), skills: { en: 3 } },
    agent(2, ['desk']),
    agent(3, ['general']),
  ]);
  const asks = { skills: 'en', overflowUnstaffed: true, overflowAfterMs: 600_000 };
  const queues = base.queues.map((one) => (one.code === 'desk' ? { ...one, ...asks } : one));
  house = await new House({ ...base, queues }).open();
  await house.control.command({ kind: 'signIn', agentId: 'agent1' });
  await house.ready(2);
  await house.ready(3);
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('queued');
  await house.control.command({ kind: 'signOut', agentId: 'agent1' });
  await settled();
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent3']);
  expect(house.facts.filter(({ type }) => type === 'queueEntered')).toMatchObject([
    { queue: 'desk' },
    { queue: 'general', reason: 'desk 签入的话务员均不具备所需技能，溢出' },
  ]);
});

test('nobody who is signed in has the skill and there is no further desk: after a minute whoever is there', async () => {
  house = await new House(configured({ skills: 'law', overflowQueue: null, overflowAfterMs: null })).open();
  await house.ready(1);
  await calls(1);
  await house.after(59_000);
  expect(house.state('call1')).toBe('queued');
  await house.after(1_500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent1']);
  expect(house.facts.filter(({ type }) => type === 'askEased')).toMatchObject([
    { queues: ['general'], reason: '60 秒内没有具备 law 的话务员签入，改由其他话务员受理' },
  ]);
});

test('somebody who has it is busy: the citizen waits for him, however long', async () => {
  await lawyerTalks();
  await calls(1);
  await house.after(100_000);
  expect([house.state('call1'), house.told('call1').includes('askEased')]).toEqual(['queued', false]);
  // The last who could goes home after this talk.
  await house.control.command({ kind: 'signOut', agentId: 'agent1' });
  await settled();
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent2']);
});

test('whoever has it is signed in and has a break: the citizen waits no longer for him than for nobody', async () => {
  house = await new House(withLawyer()).open();
  await house.control.command({ kind: 'signIn', agentId: 'agent1' });
  await house.ready(2);
  await calls(1);
  await house.after(59_000);
  expect(house.state('call1')).toBe('queued');
  await house.after(1_500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent2']);
});

test('cut off, having waited for somebody who has it, he does not wait a minute for him again', async () => {
  house = await new House(withLawyer()).open();
  await house.ready(2);
  await calls(1);
  await house.after(60_500);
  house.switch.answerLeg(house.switch.world.legOf('phone2') ?? '');
  await settled();
  expect(house.state('call1')).toBe('talking');
  await house.ready(3);
  house.switch.end(house.switch.world.legOf('phone2') ?? '', 'unreachable');
  await settled();
  await house.after(500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent3']);
});

/** Two who sit at a desk that asks for what the first of them can do. */
function withLawyer() {
  const base = sample([{ ...agent(1), skills: { law: 1 } }, agent(2), agent(3)]);
  const queues = base.queues.map((one) => (one.code === 'general' ? { ...one, skills: 'law' } : one));
  return { ...base, queues };
}
async function lawyerTalks(): Promise<void> {
  house = await new House(withLawyer()).open();
  await house.ready(1);
  house.switch.arrive(incoming(9, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  house.switch.answerLeg(house.switch.world.legOf('phone1') ?? '');
  await settled();
  await house.ready(2);
}

/** A citizen whose case the second agent has calls; that agent talks with somebody else, the first is idle. */
async function callsWhileOwnerTalks(ownerFirstMs: number): Promise<void> {
  house = await new House(configured({ ownerFirstMs })).open();
  house.known.set('13800138000', { ...UNKNOWN_CALLER, ownerAgentId: 'agent2' });
  await house.ready(2);
  // The owner talks with somebody else.
  house.switch.arrive(incoming(9, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  house.switch.answerLeg(house.switch.world.legOf('phone2') ?? '');
  await settled();
  await house.ready(1);
  await calls(1);
}

test('kept for the agent who has his case, for as long as the desk says; then for everybody', async () => {
  await callsWhileOwnerTalks(10_000);
  expect(house.state('call1')).toBe('queued');
  await house.after(10_500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent1']);
});

test('kept no longer than twenty seconds where the desk says nothing of its own', async () => {
  await callsWhileOwnerTalks(USUAL_QUEUE.ownerFirstMs);
  await house.after(19_000);
  expect(house.state('call1')).toBe('queued');
  await house.after(1_500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent1']);
});

test('whoever waits costs no timer a second: ten quiet minutes of twenty citizens', async () => {
  /** How often something woke in ten minutes in which nothing happens but waiting. */
  const wakes = async (waiting: number): Promise<number> => {
    house = await new House(configured({})).open();
    for (let n = 1; n <= waiting; n += 1) {
      house.switch.arrive(incoming(n, '12345', { callerNumber: `1380013${8000 + n}` }));
      await settled();
    }
    await house.heard();
    const before = house.clock.fired;
    await house.after(600_000);
    expect(house.state('call1')).toBe('queued');
    return house.clock.fired - before;
  };
  const few = await wakes(1);
  await house.control.stop();
  const many = await wakes(20);
  // Signs of life, sweeps and looks at who waits, however many they are; for each one the words that he hears.
  expect(few).toBeLessThan(400);
  expect((many - few) / 19).toBeLessThan(30);
});

const explained = () =>
  house.facts.flatMap((fact) =>
    fact.type === 'waitExplained' ? [[fact.callId, fact.queues.join(), fact.why, fact.reason]] : [],
  );

test('why it waited is kept with the call: each other reason once, and nothing of who was offered at once', async () => {
  const base = sample([agent(1), agent(2, ['general', 'desk'])]);
  house = await new House(base).open();
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  const nobody = ['call1', 'desk', 'nobodySignedIn', '没有话务员签入'];
  expect(explained()).toEqual([nobody]);
  await house.control.command({ kind: 'signIn', agentId: 'agent2' });
  await settled();
  const busy = ['call1', 'desk', 'allBusy', '签入的 1 名话务员都不空闲'];
  expect(explained()).toEqual([nobody, busy]);
  // Of both desks, and one agent.
  await house.after(20_500);
  const atBoth = ['call1', 'desk,general', 'allBusy', '签入的 1 名话务员都不空闲'];
  expect(explained()).toEqual([nobody, busy, atBoth]);
  // Looked after again and again it is the same reason.
  await house.after(120_000);
  expect(explained()).toEqual([nobody, busy, atBoth]);
  await house.ready(2);
  expect(house.state('call1')).toBe('ringingAgent');
  // Not taken, and no other reason than before.
  house.switch.end('call1.a1', 'busy');
  await settled();
  expect(house.state('call1')).toBe('queued');
  expect(explained()).toEqual([nobody, busy, atBoth]);
  await house.ready(2);
  house.switch.answerLeg('call1.a2');
  await settled();
  await house.ready(1);
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('ringingAgent');
  expect(explained().filter(([callId]) => callId === 'call2')).toEqual([]);
});

test('agents who sign in and out by turns fill no call with it, and a restart tells no reason again', async () => {
  house = await new House(sample([agent(1)])).open();
  await calls(1);
  const turn = async (): Promise<void> => {
    await house.control.command({ kind: 'signIn', agentId: 'agent1' });
    await settled();
    await house.control.command({ kind: 'signOut', agentId: 'agent1' });
    await settled();
  };
  await turn();
  const told = ['nobodySignedIn', 'allBusy', 'nobodySignedIn'];
  expect(explained().map(([, , why]) => why)).toEqual(told);
  const { clock, saved, savedCalls, savedHours, lastSign } = house;
  house.control.engine.stop();
  house.switch.disconnect();
  const next = new House(house.configuration, {
    ...{ clock, saved, savedCalls, savedHours, lastSign },
    switch: house.switch,
  });
  house = await next.open();
  await house.after(60_000);
  expect(house.state('call1')).toBe('queued');
  expect(explained()).toEqual([]);
  for (let times = 0; times < 40; times += 1) await turn();
  expect(explained()).toHaveLength(17);
});

test('a citizen whose transfer failed goes before all who wait, also to the agent who is free by it', async () => {
  house = await new House(sample([agent(1)])).open();
  await house.ready(1);
  await calls(1);
  house.switch.answerLeg('call1.a1');
  await settled();
  await calls(2);
  expect(house.state('call2')).toBe('queued');
  const transfer = {
    kind: 'transfer',
    target: { kind: 'number', number: '051384130000' },
    note: {},
  } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 't', wish: transfer });
  await settled();
  house.switch.end('call1.o2', 'busy');
  await settled();
  // He is rung back, and nobody saw how that ended.
  house.switch.end('call1.a3', 'unknown');
  await settled();
  const rings = [...house.calls.values()].filter(({ state }) => state === 'ringingAgent');
  expect(rings).toMatchObject([{ callId: 'call1', agentId: 'agent1' }]);
  expect(house.state('call2')).toBe('queued');
});

test('one look at the switch finds several ends: who was cut off by the last of them has the agent whom the first set free, and whoever had him by then is told why he waits', async () => {
  const base = configured({ wrapUpMs: 0 });
  house = await new House({ ...base, agents: [agent(1), agent(2), agent(3)] }).open();
  const answers = async (leg: string): Promise<void> => {
    house.switch.answerLeg(leg);
    await settled();
  };
  await house.ready(1);
  await calls(1);
  await answers('call1.a1');
  await house.ready(2);
  await calls(2);
  await house.ready(3);
  await calls(3);
  await answers('call3.a1');
  for (const agentId of ['agent2', 'agent3']) {
    await house.control.command({ kind: 'notReady', agentId, reason: 'rest' });
  }
  const number = '13800000001';
  const rule = { mode: 'ladder', rungAfterMs: 30_000, rounds: 1, retryAfterMs: 20_000 } as const;
  const wish = {
    kind: 'emergencyBridge',
    list: '应急',
    rule,
    ladder: [{ name: '值班', number }],
    note: {},
  } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent3', key: 'b', wish });
  await settled();
  expect([1, 2, 3].map((n) => house.state(`call${n}`))).toEqual(['talking', 'ringingAgent', 'talking']);
  expect(house.told('call2')).not.toContain('waitExplained');
  house.switch.disconnect();
  for (const gone of ['channel1', 'call2.a1', 'call3.a1', house.switch.world.legOf(number) ?? 'none']) {
    house.switch.end(gone);
  }
  house.switch.reconnect();
  await settled();
  const rings = [...house.calls.values()].filter(({ state }) => state === 'ringingAgent');
  expect(rings).toMatchObject([{ callId: 'call3', agentId: 'agent1' }]);
  expect(house.state('call2')).toBe('queued');
  expect(house.told('call2')).toContain('waitExplained');
});
