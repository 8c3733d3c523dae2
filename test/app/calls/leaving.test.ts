import { expect, test } from 'vitest';
import { CALL_TABLE, type CallState } from '../../../src/domain/calls/call-table.ts';
import { agent, asking, House, incoming, sample, settled } from './harness.ts';

// The citizen puts the receiver down in each state: nothing of the call is left, and its end is told once.

/** Of a call that came in; those that we make have a citizen only later. */
type Living = Exclude<CallState, (typeof OURS)[number]>;
const OURS = ['ended', 'callingAgent', 'askingUnit', 'dialling', 'callingCitizen', 'surveying'] as const;
const OTHERS: ReadonlySet<CallState> = new Set(OURS);

async function dialled(number: string, rules = sample([agent(1)])): Promise<House> {
  const house = await new House(rules).open();
  house.switch.arrive(incoming(1, number));
  await settled();
  return house;
}
async function greeted(number: string, rules = sample([agent(1)])): Promise<House> {
  const house = await dialled(number, rules);
  await house.heard();
  return house;
}
async function pressed(house: House, digit: string): Promise<House> {
  house.switch.press('channel1', digit);
  await settled();
  return house;
}
async function inMenu(): Promise<House> {
  const house = await greeted('12320');
  await house.heard();
  await house.after(3_000);
  return house;
}
async function ringing(rules = sample([agent(1)])): Promise<House> {
  const house = await greeted('12345', rules);
  await house.ready(1);
  return house;
}
async function talking(rules = sample([agent(1)])): Promise<House> {
  const house = await ringing(rules);
  house.switch.answerLeg('call1.a1');
  await settled();
  return house;
}
/** What follows waits for the switch. */
async function held(house: House, then: () => void): Promise<House> {
  house.switch.slow = true;
  then();
  house.switch.deliver();
  await settled();
  return house;
}

const WAYS: Readonly<Record<Living, () => Promise<House>>> = {
  arrived: async () => {
    const house = await new House(sample([agent(1)])).open();
    return held(house, () => house.switch.arrive(incoming(1)));
  },
  greeting: () => dialled('12345'),
  announcing: () => greeted('12320'),
  menu: () => greeted('12316'),
  askingMessage: async () => pressed(await inMenu(), '1'),
  recording: async () => {
    const house = await pressed(await inMenu(), '1');
    await house.heard();
    return house;
  },
  queued: () => greeted('12345'),
  ringingAgent: () => ringing(),
  ringingOutside: () => greeted('12348'),
  returning: async () => {
    const house = await greeted('12348');
    house.switch.end('call1.u1', 'busy');
    await settled();
    return house;
  },
  connecting: async () => {
    const house = await ringing();
    return held(house, () => house.switch.answerLeg('call1.a1'));
  },
  talking: () => talking(),
  rating: async () => {
    const house = await talking(asking(sample([agent(1)])));
    house.switch.end('call1.a1');
    await settled();
    return house;
  },
  goodbye: async () => pressed(await inMenu(), '2'),
  releasing: async () => {
    const house = await pressed(await inMenu(), '2');
    return held(house, () => house.switch.finishPlayback([...house.switch.playbacks.keys()][0] ?? ''));
  },
};

test.each(Object.keys(CALL_TABLE).filter((state): state is Living => !OTHERS.has(state as CallState)))(
  '%s',
  async (state) => {
    const house = await WAYS[state]();
    expect(house.state('call1')).toBe(state);
    house.switch.slow = false;
    house.switch.end('channel1');
    // What was on its way arrives at nobody.
    for (let n = 0; n < 20; n += 1) {
      house.switch.deliver();
      await house.switch.perform();
      await settled();
    }
    await house.after(60_000);
    expect(house.state('call1')).toBeUndefined();
    expect(house.told('call1').filter((type) => type === 'callEnded')).toHaveLength(1);
    const { channels, bridges, playbacks, recordings } = house.switch;
    expect([channels.size, bridges.size, playbacks.size, recordings.size]).toEqual([0, 0, 0, 0]);
    expect(house.control.engine.router.holds('call1')).toBe(false);
    expect(house.agents.get('agent1')?.state).not.toMatch(/RINGING|TALKING/);
    expect(house.errors).toEqual([]);
    await house.control.stop();
    expect(house.clock.pending).toBe(0);
  },
);
