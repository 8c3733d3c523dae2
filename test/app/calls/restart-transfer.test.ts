import { expect, test } from 'vitest';
import type { TalkTarget } from '../../../src/app/ports/talk-commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// Call control is killed while it puts a citizen through: after none of its commands, after the first, the second ...

/** More than any of these takes. */
const COMMANDS = 12;

async function talking(): Promise<House> {
  const house = await new House(sample([agent(1), agent(2, ['desk']), agent(3, ['desk'])])).open();
  await house.ready(1, 2);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  return house;
}

/** Killed when `done` of the commands that followed from the wish were carried out; true: there were no more. */
async function killedAfter(
  house: House,
  target: TalkTarget,
  done: number,
): Promise<{ next: House; all: boolean }> {
  house.switch.slow = true;
  void house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    wish: { kind: 'transfer', target, note: {} },
    key: 'once',
  });
  await settled();
  for (let n = 0; n < done; n += 1) {
    await house.switch.perform();
    await settled();
  }
  const before = house.switch.log.length;
  // Whether there was one more to do is asked of a wire that nobody reads any more.
  const all = house.switch.idleCommands;
  house.switch.onEvent(() => undefined);
  house.switch.forget();
  house.switch.slow = false;
  await house.control.stop();
  expect(house.switch.log.length).toBe(before);
  const next = new House(house.configuration, house);
  next.facts.push(...house.facts);
  await next.open();
  await settled();
  return { next, all };
}

test.each<[string, TalkTarget]>([
  ['a colleague', { kind: 'agent', agent: '1002' }],
  ['a queue', { kind: 'queue', queue: 'desk' }],
  ['a number', { kind: 'number', number: '051384130000' }],
])(
  'killed at any point of a transfer to %s: he is with somebody or on his way, and comes to a person',
  async (_, target) => {
    const ends: string[] = [];
    for (let done = 0; done <= COMMANDS; done += 1) {
      const { next: house, all } = await killedAfter(await talking(), target, done);
      expect([done, house.end('call1'), house.switch.channels.has('channel1')]).toEqual([
        done,
        undefined,
        true,
      ]);
      // Whoever is rung for him now answers.
      for (let round = 0; round < 3; round += 1) {
        await house.heard();
        const ringing = [...house.switch.channels.values()].find(({ up, id }) => !up && id !== 'channel1');
        if (ringing !== undefined) house.switch.answerLeg(ringing.id);
        await settled();
      }
      await house.after(2_000);
      const { bridge } = house.switch.channels.get('channel1') ?? {};
      const partners = [...house.switch.channels.values()].filter(
        (one) => one.id !== 'channel1' && one.bridge === bridge && bridge !== null,
      );
      expect([done, house.state('call1'), partners.length]).toEqual([done, 'talking', 1]);
      ends.push(partners[0]?.target ?? 'none');
      if (all) break;
    }
    // It was killed early and late: what he came to is not always the same leg, and the last is whom he was sent to.
    expect(ends.length).toBeGreaterThan(2);
    expect(ends.at(-1)).not.toBe('phone1');
  },
);

test.each([1, 6, 20])(
  'a colleague answers while call control is dead, longer than a ring lasts, and the switch is found %d s after: all are together',
  async (seconds) => {
    const first = await talking();
    const wish = { kind: 'consult', target: { kind: 'agent', agent: '1002' }, note: {} } as const;
    await first.control.command({ kind: 'talk', agentId: 'agent1', wish, key: 'once' });
    await settled();
    first.switch.onEvent(() => undefined);
    await first.control.stop();
    first.switch.answerLeg('call1.a2');
    await first.after(60_000);

    const next = new House(first.configuration, first);
    // The switch is there some time after the calls are taken up again.
    const { world } = first.switch;
    const start = world.start.bind(world);
    world.start = async () => {
      await next.after(seconds * 1_000);
      return start();
    };
    await next.open();
    await settled();
    await next.after(10_000);
    expect(next.calls.get('call1')?.talk).toMatchObject({
      phase: 'consulting',
      parties: [
        { agentId: 'agent1', state: 'aside' },
        { agentId: 'agent2', state: 'aside' },
      ],
    });
    expect([1, 2].map((n) => next.agents.get(`agent${n}`)?.state)).toEqual(['TALKING', 'TALKING']);
  },
);

test('a switch that is not found in a minute is not waited for: what is due runs', async () => {
  const first = await new House(sample([agent(1)])).open();
  first.switch.arrive(incoming(1));
  await settled();
  await first.heard();
  expect(first.state('call1')).toBe('queued');
  first.switch.onEvent(() => undefined);
  await first.control.stop();
  const next = new House(first.configuration, first);
  first.switch.world.start = () => Promise.resolve();
  await next.control.start();
  const due = next.clock.pending;
  await next.after(59_000);
  const { epoch } = next.control.engine.book.get('call1')?.call ?? {};
  await next.after(61_000);
  expect(due).toBeGreaterThan(0);
  expect(next.control.engine.book.get('call1')?.call.epoch).toBeGreaterThan(epoch ?? 0);
});
