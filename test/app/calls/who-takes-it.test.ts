import { afterEach, expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
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

test('kept for the agent who has his case, for as long as the desk says; then for everybody', async () => {
  house = await new House(configured({ ownerFirstMs: 10_000 })).open();
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
  expect(house.state('call1')).toBe('queued');
  await house.after(10_500);
  expect([house.state('call1'), rung()]).toEqual(['ringingAgent', 'agent1']);
});
