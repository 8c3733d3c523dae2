import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RealWorld } from './real-world.ts';

// A lead's ear on the real Asterisk, by tones: what must be heard, and what nobody else may hear.

const [CITIZEN_HZ, AGENT_HZ, LEAD_HZ] = [440, 1000, 1800];

let world: RealWorld;
beforeAll(async () => {
  world = await RealWorld.build();
});
afterEach(() => world.rest());
afterAll(() => world.demolish());

/** A leg to a fresh telephone that has answered. */
async function answeredLeg(channel: string, originator: string) {
  const { phone, name } = await world.phone();
  const coming = phone.nextCall(5_000);
  await world.switch.ring({
    channel,
    target: { kind: 'phone', phone: name },
    originator,
    callerNumber: '',
    callerName: '侦听',
    ringTimeoutMs: 5_000,
  });
  const call = await coming;
  await call.answer();
  await world.log.next('answered', (one) => one.channel === channel);
  return call;
}

/** Citizen and agent talk; a lead has answered his telephone. */
async function talk() {
  const from = world.log.mark;
  const citizen = await world.citizen();
  const incoming = await world.log.next('incoming', undefined, { from });
  const id = incoming.callId;
  await world.switch.answer(incoming.channel);
  await citizen.answered;
  const agent = await answeredLeg(`${id}.a1`, incoming.channel);
  await world.switch.bridge(`${id}.b`, [incoming.channel, `${id}.a1`]);
  const lead = await answeredLeg(`${id}.l1`, `${id}.a1`);
  citizen.sound.speak(CITIZEN_HZ);
  agent.sound.speak(AGENT_HZ);
  lead.sound.speak(LEAD_HZ);
  await Promise.all([citizen.sound.untilHears(AGENT_HZ, 4_000), agent.sound.untilHears(CITIZEN_HZ, 4_000)]);
  const listen = async (nth: number, how: 'listen' | 'whisper') => {
    expect(await world.switch.spy(`${id}.a1`, `${id}.s${nth}`, how)).toEqual({ kind: 'done' });
    expect(await world.switch.bridge(`${id}.r1`, [`${id}.s${nth}`, `${id}.l1`])).toEqual({ kind: 'done' });
    const heard = () => Math.min(lead.sound.level(CITIZEN_HZ), lead.sound.level(AGENT_HZ));
    await expect.poll(heard, { timeout: 5_000, interval: 20 }).toBeGreaterThan(0.2);
  };
  return { id, channel: incoming.channel, citizen, agent, lead, listen };
}

test('monitor: the lead hears both, and neither hears him', async () => {
  const { citizen, agent, listen, id } = await talk();
  await listen(1, 'listen');
  citizen.sound.forget();
  agent.sound.forget();
  await Promise.all([citizen.sound.untilHears(AGENT_HZ, 3_000), agent.sound.untilHears(CITIZEN_HZ, 3_000)]);
  expect(citizen.sound.level(LEAD_HZ)).toBeLessThan(0.02);
  expect(agent.sound.level(LEAD_HZ)).toBeLessThan(0.02);
  expect(await world.switch.spy(`${id}.a1`, `${id}.s1`, 'listen')).toEqual({ kind: 'exists' });
  expect(await world.switch.spy(`${id}.a9`, `${id}.s9`, 'listen')).toEqual({ kind: 'gone' });
});

test('whisper: the agent hears the lead, the citizen never does, and the agent is bridged elsewhere all the same', async () => {
  const { citizen, agent, listen, id, channel } = await talk();
  await listen(1, 'whisper');
  await expect
    .poll(() => Math.min(agent.sound.level(LEAD_HZ), agent.sound.level(CITIZEN_HZ)), { timeout: 5_000 })
    .toBeGreaterThan(0.2);
  citizen.sound.forget();
  await citizen.sound.untilHears(AGENT_HZ, 3_000);
  expect(citizen.sound.level(LEAD_HZ)).toBeLessThan(0.02);
  // Another bridge, as in a consultation and back: the whisper goes with the agent, and breaks nothing.
  expect(await world.switch.bridge(`${id}.b2`, [`${id}.a1`])).toEqual({ kind: 'done' });
  expect(await world.switch.bridge(`${id}.b`, [`${id}.a1`])).toEqual({ kind: 'done' });
  citizen.sound.forget();
  agent.sound.forget();
  await citizen.sound.untilHears(AGENT_HZ, 4_000);
  await expect
    .poll(() => Math.min(agent.sound.level(LEAD_HZ), agent.sound.level(CITIZEN_HZ)), { timeout: 5_000 })
    .toBeGreaterThan(0.2);
  expect(citizen.sound.level(LEAD_HZ)).toBeLessThan(0.02);
  expect((await world.switch.snapshot())?.channels.some((one) => one.channel === channel && one.up)).toBe(
    true,
  );
});

test('barge: the lead leaves his ear and speaks with both', async () => {
  const { citizen, agent, lead, listen, id } = await talk();
  await listen(1, 'listen');
  expect(await world.switch.bridge(`${id}.b`, [`${id}.l1`])).toEqual({ kind: 'done' });
  expect(await world.switch.hangup(`${id}.s1`, 'normal')).toEqual({ kind: 'done' });
  expect(await world.switch.destroyBridge(`${id}.r1`)).toEqual({ kind: 'done' });
  const both = (end: typeof lead, a: number, b: number) => Math.min(end.sound.level(a), end.sound.level(b));
  await expect.poll(() => both(lead, CITIZEN_HZ, AGENT_HZ), { timeout: 5_000 }).toBeGreaterThan(0.2);
  await expect.poll(() => both(agent, CITIZEN_HZ, LEAD_HZ), { timeout: 5_000 }).toBeGreaterThan(0.2);
  await expect
    .poll(() => Math.min(citizen.sound.level(LEAD_HZ), citizen.sound.level(AGENT_HZ)), { timeout: 5_000 })
    .toBeGreaterThan(0.2);
});

test('an ear ends with whom it is on, and the lead is left to be let go', async () => {
  const { agent, listen, id } = await talk();
  await listen(1, 'listen');
  await agent.hangUp();
  await world.log.next('ended', (one) => one.channel === `${id}.s1`);
  expect(await world.switch.hangup(`${id}.l1`, 'normal')).toEqual({ kind: 'done' });
  expect(await world.switch.destroyBridge(`${id}.r1`)).toEqual({ kind: 'done' });
});
