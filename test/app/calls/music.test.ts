import { expect, test } from 'vitest';
import { agent, House, incoming, sample, settled } from './harness.ts';

// The music of who waits and of who is on hold, when the connection to the switch comes back: what plays plays on, and nobody
// is left in silence.

const UNANSWERED = { kind: 'unknown', reason: 'test' } as const;

/** call1 is on hold, at call2 it rings at the other agent, call3 waits. */
async function oneIsHeldTwoWait(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2)])).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'hold', wish: { kind: 'hold' } });
  await house.ready(2);
  for (const n of [2, 3]) {
    house.switch.arrive(incoming(n));
    await settled();
    await house.heard();
  }
  expect([1, 2, 3].map((n) => house.state(`call${n}`))).toEqual(['talking', 'ringingAgent', 'queued']);
  expect(music(house)).toEqual([true, true, true]);
  return house;
}

const music = (house: House): unknown[] =>
  [1, 2, 3].map((n) => house.switch.channels.get(`channel${n}`)?.music);

/** What is asked for between two moments. */
async function startedWhile(house: House, happens: () => void): Promise<readonly string[]> {
  const from = house.switch.log.length;
  happens();
  await settled();
  return house.switch.log.slice(from).filter((command) => command.startsWith('startMusic'));
}

test('music that is known to play is not begun anew', async () => {
  const house = await oneIsHeldTwoWait();
  house.switch.disconnect();
  expect(await startedWhile(house, () => house.switch.reconnect())).toEqual([]);
  expect(music(house)).toEqual([true, true, true]);
});

test('music that may not play is begun, once for each: his who waits, his at whom it rings elsewhere, his on hold', async () => {
  const house = await oneIsHeldTwoWait();
  house.switch.disconnect();
  // As after words that reached the switch when their time was over.
  for (const n of [1, 2, 3]) Object.assign(house.switch.channels.get(`channel${n}`) ?? {}, { music: false });
  const started = await startedWhile(house, () => house.switch.reconnect());
  expect([...started].sort()).toEqual([1, 2, 3].map((n) => `startMusic channel${n}`));
  expect(music(house)).toEqual([true, true, true]);
});

test('whose music was asked for while nobody answered gets it with the connection', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.faults.set('startMusic', [UNANSWERED]);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(house.switch.channels.get('channel1')?.music).toBe(false);
  house.switch.disconnect();
  house.switch.reconnect();
  await settled();
  expect(house.switch.channels.get('channel1')?.music).toBe(true);
});

test('who is rung for outside the house hears it too, and who is being told something is not interrupted by it', async () => {
  const house = await new House(sample([agent(1)])).open();
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  await house.after(30_000);
  house.switch.arrive(incoming(1, '12333'));
  await settled();
  house.switch.finishPlayback('call1.p1');
  await settled();
  expect([house.state('call1'), house.state('call2')]).toEqual(['ringingOutside', 'queued']);
  const told = house.control.engine.book.get('call2')?.call.playback;
  expect(told).not.toBeNull();
  house.switch.disconnect();
  Object.assign(house.switch.channels.get('channel1') ?? {}, { music: false });
  const from = house.switch.log.length;
  house.switch.reconnect();
  await settled();
  const asked = house.switch.log.slice(from).filter((command) => /Music|Playback/.test(command));
  // What was played to him may have ended unheard: it is stopped, and then comes his music.
  expect(asked).toEqual([`stopPlayback ${told}`, 'startMusic channel1', 'startMusic channel2']);
});
