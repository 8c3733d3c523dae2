import { expect, test } from 'vitest';
import type { ListenCommand } from '../../../src/app/ports/commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// A lead at a talk: unheard, heard by the agent alone, by all, or in the agent's place; the talk never suffers by it.

const LEAD = 'agent3';
async function talking(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2), agent(3)])).open();
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  await house.ready(1);
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  return house;
}
const ask = (house: House, mode: ListenCommand['mode'], more: Partial<ListenCommand> = {}) =>
  house.control.command({
    kind: 'listen',
    agentId: LEAD,
    callId: 'call1',
    mode,
    reason: '新人带教',
    ...more,
  });
const legs = (house: House, mark: string) =>
  [...house.switch.world.channels.keys()].filter((id) => id.startsWith(`call1.${mark}`));
const how = (house: House) =>
  house.facts.flatMap((fact) =>
    fact.type === 'listenedIn' ? [fact.how === 'ended' ? fact.reason : fact.how] : [],
  );

async function listening(mode: 'monitor' | 'whisper' | 'barge' = 'monitor'): Promise<House> {
  const house = await talking();
  expect(await ask(house, mode)).toEqual({ ok: true, agent: null });
  await settled();
  const [leg] = legs(house, 'l');
  house.switch.answerLeg(leg ?? '');
  await settled();
  await settled();
  return house;
}
const bridgeOf = (house: House, id: string | undefined) => house.switch.world.channels.get(id ?? '')?.bridge;

test('monitor: the lead has an ear on the agent, in a room of the own; the talk is as it was', async () => {
  const house = await listening();
  const [leg] = legs(house, 'l');
  const [spy] = legs(house, 's');
  expect(house.switch.world.spies.get(spy ?? '')).toBe('call1.a1');
  expect(bridgeOf(house, leg)).toMatch(/^call1\.r\d+$/);
  expect(bridgeOf(house, spy)).toBe(bridgeOf(house, leg));
  expect(bridgeOf(house, 'channel1')).toBe('call1.b');
  expect(house.state('call1')).toBe('talking');
  expect(how(house)).toEqual(['monitor']);
  // Asked again it is one ear.
  await ask(house, 'monitor');
  await settled();
  expect(legs(house, 's')).toEqual([spy]);
});

test('to whisper, to barge and back: one ear at a time, none when the lead speaks himself', async () => {
  const house = await listening();
  const room = bridgeOf(house, legs(house, 'l')[0]);
  await ask(house, 'whisper');
  await settled();
  await settled();
  expect(legs(house, 's')).toHaveLength(1);
  await ask(house, 'barge');
  await settled();
  await settled();
  expect(legs(house, 's')).toEqual([]);
  expect(bridgeOf(house, legs(house, 'l')[0])).toBe('call1.b');
  await ask(house, 'monitor');
  await settled();
  await settled();
  expect(legs(house, 's')).toHaveLength(1);
  const again = bridgeOf(house, legs(house, 'l')[0]);
  expect(again).toMatch(/^call1\.r/);
  // The switch says for seconds that the last one exists, and then that it does not.
  expect(again).not.toBe(room);
  expect(how(house)).toEqual(['monitor', 'whisper', 'barge', 'monitor']);
});

test.each(['monitor', 'whisper', 'barge'] as const)(
  '%s ends when the lead asks, and leaves nothing',
  async (mode) => {
    const house = await listening(mode);
    await ask(house, null);
    await ask(house, null);
    await settled();
    await settled();
    expect([...legs(house, 'l'), ...legs(house, 's')]).toEqual([]);
    expect([...house.switch.world.bridges]).toEqual(['call1.b']);
    expect(house.state('call1')).toBe('talking');
    expect(how(house)).toEqual([mode, 'asked']);
  },
);

test('it ends with the talk, and with the lead’s own receiver', async () => {
  const house = await listening();
  house.switch.end('channel1');
  await settled();
  await settled();
  expect([...legs(house, 'l'), ...legs(house, 's')]).toEqual([]);
  const other = await listening();
  other.switch.end(legs(other, 'l')[0] ?? '');
  await settled();
  await settled();
  expect(legs(other, 's')).toEqual([]);
  expect(other.state('call1')).toBe('talking');
  expect(how(other)).toEqual(['monitor', 'hungUp']);
});

test('a telephone that nobody answers is given up', async () => {
  const house = await talking();
  await ask(house, 'monitor');
  await settled();
  house.switch.end(legs(house, 'l')[0] ?? '', 'noAnswer');
  await settled();
  expect(how(house)).toEqual(['monitor', 'notAnswered']);
  expect(house.state('call1')).toBe('talking');
});

test('taking over: the lead is in the agent’s place, who wraps up; the citizen waits for nobody', async () => {
  const house = await listening();
  expect(await ask(house, 'takeOver')).toMatchObject({ code: 'agent.signedOut' });
  await house.control.command({ kind: 'signIn', agentId: LEAD });
  expect(await ask(house, 'takeOver')).toMatchObject({ ok: true });
  await settled();
  await settled();
  const [leg] = legs(house, 'l');
  expect(house.state('call1')).toBe('talking');
  expect(bridgeOf(house, leg)).toBe('call1.b');
  expect(legs(house, 'a')).toEqual([]);
  expect(legs(house, 's')).toEqual([]);
  expect(house.agents.get('agent1')?.state).toBe('WRAP_UP');
  expect(house.agents.get(LEAD)).toMatchObject({ state: 'TALKING', callId: 'call1' });
  expect(house.facts.filter(({ type }) => type === 'legEnded')).toMatchObject([
    { how: 'takenOver', by: LEAD },
  ]);
  // From now on it is a talk like any other.
  house.switch.end(leg ?? '');
  await settled();
  expect(house.state('call1')).not.toBe('talking');
  expect(house.agents.get(LEAD)?.state).not.toBe('TALKING');
});

test('what cannot be is refused with its reason', async () => {
  const house = await talking();
  expect(await ask(house, 'takeOver')).toMatchObject({ code: 'listening.listenFirst' });
  expect(await ask(house, 'monitor', { callId: 'nocall' })).toMatchObject({ code: 'call.notTalking' });
  expect(await ask(house, 'monitor', { agentId: 'nobody' })).toMatchObject({ code: 'listening.noPhone' });
  await house.ready(3);
  expect(await ask(house, 'monitor')).toMatchObject({ code: 'listening.busy' });
  const away = await talking();
  await away.unplug(agent(3));
  expect(await ask(away, 'monitor')).toMatchObject({ code: 'agent.phoneUnreachable' });
  expect(legs(away, 'l')).toEqual([]);
});

test('after call control died the ear is cleared away and the talk goes on', async () => {
  const house = await listening();
  const { clock, saved, savedCalls, savedHours, lastSign } = house;
  house.control.engine.stop();
  house.switch.disconnect();
  const next = new House(house.configuration, {
    clock,
    switch: house.switch,
    saved,
    savedCalls,
    savedHours,
    lastSign,
  });
  await next.open();
  await next.after(61_000);
  expect([...legs(next, 'l'), ...legs(next, 's')]).toEqual([]);
  expect([...next.switch.world.bridges]).toEqual(['call1.b']);
  expect(next.state('call1')).toBe('talking');
  // What the successor tells goes on after what was told of the ear, under numbers of its own.
  next.switch.end('channel1', 'normal');
  await settled();
  await next.heard();
  const told = [...house.facts, ...next.facts].flatMap((fact) =>
    fact.callId === 'call1' ? [`${fact.seq} ${fact.id}`] : [],
  );
  const numbers = new Set(told.map((one) => one.split(' ')[0]));
  expect(numbers.size).toBe(new Set(told).size);
  expect(next.end('call1')).toMatchObject({ result: 'answeredByAgent' });
});

test('a lead who listens is not ready for a citizen, nor calls one; afterwards he is as before', async () => {
  const house = await listening();
  await house.control.command({ kind: 'signIn', agentId: LEAD });
  const ready = { kind: 'ready', agentId: LEAD } as const;
  expect(await house.control.command(ready)).toMatchObject({ ok: false, code: 'listening.goesOn' });
  expect(house.agents.get(LEAD)).toMatchObject({ state: 'NOT_READY', listensTo: 'call1' });
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('queued');
  await ask(house, null);
  await settled();
  expect(house.agents.get(LEAD)?.listensTo).toBeNull();
  expect(await house.control.command(ready)).toMatchObject({ ok: true });
  expect(house.calls.get('call2')).toMatchObject({ state: 'ringingAgent', agentId: LEAD });
});

test('whoever takes the talk over listens no more, and is ready after it', async () => {
  const house = await listening();
  await house.control.command({ kind: 'signIn', agentId: LEAD });
  expect(await ask(house, 'takeOver')).toMatchObject({ ok: true });
  expect(house.agents.get(LEAD)).toMatchObject({ state: 'TALKING', listensTo: null });
});

test('whom his telephone made ready while he listened has the next citizen as soon as the talk is over', async () => {
  const house = await new House(sample([agent(1), agent(3)])).open();
  await house.ready(3);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  await house.ready(1);
  house.switch.answerLeg('call1.a2');
  await settled();
  await ask(house, 'monitor');
  await house.after(12_000);
  expect(house.agents.get(LEAD)).toMatchObject({ state: 'READY', listensTo: 'call1' });
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('queued');
  house.switch.slow = true;
  house.switch.end('channel1');
  house.switch.deliver();
  expect(house.calls.get('call2')).toMatchObject({ state: 'ringingAgent', agentId: LEAD });
});

const leadAt = (house: House, agentId = 'agent1') => house.agents.get(agentId)?.lead ?? null;

test('the agent is told by whom he is whispered to, or joined, for as long as it lasts; of who listens nothing', async () => {
  const house = await listening();
  expect(leadAt(house)).toBeNull();
  await ask(house, 'whisper');
  expect(leadAt(house)).toMatchObject({ callId: 'call1', how: 'whisper', by: '座席3' });
  await ask(house, 'barge');
  expect(leadAt(house)).toMatchObject({ how: 'barge', by: '座席3' });
  await ask(house, 'monitor');
  expect(leadAt(house)).toBeNull();
  await ask(house, 'barge');
  await ask(house, null);
  expect(leadAt(house)).toBeNull();
  // Not before the lead has taken up his receiver.
  await settled();
  await settled();
  await ask(house, 'barge');
  await settled();
  expect(leadAt(house)).toBeNull();
  house.switch.answerLeg(legs(house, 'l').at(-1) ?? '');
  await settled();
  expect(leadAt(house)).toMatchObject({ how: 'barge' });
  house.switch.end('channel1');
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', lead: null });
});

test('whose talk is taken over is told by whom, until his next talk, also by a successor', async () => {
  const house = await listening('barge');
  await house.control.command({ kind: 'signIn', agentId: LEAD });
  expect(await ask(house, 'takeOver')).toMatchObject({ ok: true });
  await settled();
  const told = { callId: 'call1', how: 'takenOver', by: '座席3' };
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP', lead: told });
  expect(leadAt(house, LEAD)).toBeNull();
  const { clock, saved, savedCalls, savedHours, lastSign } = house;
  house.control.engine.stop();
  house.switch.disconnect();
  const next = new House(house.configuration, {
    ...{ clock, saved, savedCalls, savedHours, lastSign },
    switch: house.switch,
  });
  await next.open();
  expect(leadAt(next)).toMatchObject(told);
  await next.ready(1);
  next.switch.arrive(incoming(2));
  await settled();
  await next.heard();
  expect(next.agents.get('agent1')).toMatchObject({ state: 'RINGING', lead: told });
  next.switch.answerLeg('call2.a1');
  await settled();
  expect(next.agents.get('agent1')).toMatchObject({ state: 'TALKING', lead: null });
});

test('a successor knows of nobody who listened to its forerunner’s talks', async () => {
  const house = await listening('barge');
  expect(leadAt(house)).toMatchObject({ how: 'barge' });
  expect(house.saved.get('agent1')?.lead).toBeNull();
});
