import { afterEach, expect, test } from 'vitest';
import type { HangupReason } from '../../../src/app/ports/switch.ts';
import { LEG_RETRY_MS, LEG_RING_MS } from '../../../src/domain/agents/persistent-leg.ts';
import { agent, asking, House, incoming, sample, settled } from './harness.ts';

// An agent whose leg stays up: taken up once, then each call comes with a tone. `leg()` is what the switch has of it.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

const AGENTS = [agent(1), agent(2)];
const leg = (phone = 'phone1') => house.switch.world.legOf(phone);
const rings = (phone = 'phone1') =>
  house.switch.world.rung.filter(({ target }) => target.kind === 'phone' && target.phone === phone).length;
const seen = (n = 1) => {
  const view = house.agents.get(`agent${n}`);
  return [view?.state, view?.reason, view?.persistentLeg];
};
const bridgeOf = (channel: string | null) => house.switch.channels.get(channel ?? '')?.bridge ?? null;

async function opened(configuration = sample(AGENTS)): Promise<void> {
  house = new House(configuration);
  house.persistent.add('phone1');
  await house.control.command({ kind: 'reloadConfiguration' });
  await house.open();
}
async function takenUp(): Promise<void> {
  await house.ready(1);
  house.switch.answerLeg(leg() ?? '');
  await settled();
}
async function arrives(n: number): Promise<void> {
  house.switch.arrive(incoming(n));
  await settled();
  await house.heard();
}
/** The tone is over. */
async function talks(n: number): Promise<void> {
  await arrives(n);
  await house.heard();
  expect(house.state(`call${n}`)).toBe('talking');
}
async function restarted(keeping: { readonly calls: boolean }): Promise<void> {
  const before = house;
  before.switch.forget();
  await before.control.stop();
  if (!keeping.calls) before.savedCalls.clear();
  house = new House(before.configuration, {
    clock: before.clock,
    switch: before.switch,
    saved: before.saved,
    savedCalls: before.savedCalls,
    lastSign: before.lastSign,
    savedHours: before.savedHours,
  });
  house.persistent.add('phone1');
  await house.control.command({ kind: 'reloadConfiguration' });
  await house.open();
}

test('rung once at sign-in; two calls come over the one leg with a tone, and count as answered', async () => {
  await opened();
  await house.control.command({ kind: 'signIn', agentId: 'agent1' });
  await settled();
  expect(seen()).toEqual(['NOT_READY', 'signedIn', 'ringing']);
  await takenUp();
  expect(seen()).toEqual(['READY', null, 'up']);
  const own = leg();
  await arrives(1);
  // The tone: not in the talk before it is over.
  expect([house.state('call1'), bridgeOf(own)]).toEqual(['ringingAgent', null]);
  await house.heard();
  expect([house.state('call1'), bridgeOf(own), bridgeOf('channel1')]).toEqual([
    'talking',
    'call1.b',
    'call1.b',
  ]);
  await house.control.command({ kind: 'releaseCall', agentId: 'agent1' });
  await settled();
  expect([bridgeOf(own), [...house.switch.bridges]]).toEqual([null, []]);
  await house.heard();
  await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  await talks(2);
  house.switch.end('channel2');
  await settled();
  expect([leg(), rings(), bridgeOf(own)]).toEqual([own, 1, null]);
  for (const call of ['call1', 'call2']) {
    expect(house.told(call)).toEqual(
      expect.arrayContaining(['legRang', 'legAnswered', 'talkStarted', 'legEnded']),
    );
    expect(house.end(call)).toMatchObject({ result: 'answeredByAgent' });
  }
});

test('whoever does not take it up gets no calls, and is not ready until he wants to be', async () => {
  await opened();
  await house.ready(1);
  await arrives(1);
  expect([house.state('call1'), seen()]).toEqual(['queued', ['READY', null, 'ringing']]);
  house.switch.end(leg() ?? '', 'noAnswer');
  await settled();
  expect([seen(), rings()]).toEqual([['NOT_READY', 'legDown', 'down'], 1]);
  await house.ready(1);
  expect([seen(), rings()]).toEqual([['READY', null, 'ringing'], 2]);
  house.switch.answerLeg(leg() ?? '');
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('talking');
});

test('an answer that never comes, and a switch that never says so', async () => {
  await opened();
  await house.ready(1);
  await house.after(LEG_RING_MS + LEG_RETRY_MS);
  expect([seen(), leg()]).toEqual([['NOT_READY', 'legDown', 'down'], null]);
});

test('hung up between calls: not ready, with the reason to be seen, and the next citizen goes to somebody else', async () => {
  await opened();
  await takenUp();
  house.switch.end(leg() ?? '', 'normal');
  await settled();
  expect([seen(), rings()]).toEqual([['NOT_READY', 'legDown', 'down'], 1]);
  await house.ready(2);
  await arrives(1);
  expect(house.calls.get('call1')?.agentId).toBe('agent2');
});

test('hung up in a talk: the talk is over as with any telephone, and after the wrap-up he is not ready', async () => {
  await opened(asking(sample(AGENTS)));
  await takenUp();
  await talks(1);
  house.switch.end(leg() ?? '', 'normal');
  await settled();
  expect([house.state('call1'), house.agents.get('agent1')?.intended]).toEqual([
    'rating',
    { state: 'NOT_READY', reason: 'legDown', by: null, note: null },
  ]);
  await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  expect(seen()).toEqual(['NOT_READY', 'legDown', 'down']);
});

test.each(['congestion', 'unreachable'] as const)(
  'broken off in a talk (%s): the citizen is first in line again, and the leg is rung anew',
  async (reason: HangupReason) => {
    await opened();
    await takenUp();
    await talks(1);
    house.switch.end(leg() ?? '', reason);
    await settled();
    expect([house.state('call1'), house.switch.channels.get('channel1')?.music]).toEqual(['queued', true]);
    await house.after(LEG_RETRY_MS);
    expect(rings()).toBe(2);
    house.switch.answerLeg(leg() ?? '');
    await house.ready(1);
    await house.heard();
    expect([house.state('call1'), bridgeOf(leg())]).toEqual(['talking', 'call1.b']);
  },
);

test('broken off between calls, by nobody: rung again by itself, three times and no more', async () => {
  await opened();
  await takenUp();
  house.switch.end(leg() ?? '', 'congestion');
  for (let n = 0; n < 6; n += 1) {
    await house.after(LEG_RETRY_MS);
    house.switch.end(leg() ?? '', 'congestion');
    await settled();
  }
  expect([rings(), seen()]).toEqual([4, ['NOT_READY', 'legDown', 'down']]);
});

test('a phone that was away has perhaps nobody behind its leg: renewed before any citizen is put on it', async () => {
  await opened();
  await takenUp();
  const old = leg();
  await house.unplug(agent(1));
  await arrives(1);
  expect([house.state('call1'), seen()]).toEqual(['queued', ['READY', null, 'down']]);
  house.unplugged.clear();
  await house.register();
  await settled();
  expect([rings(), leg() === old, seen()]).toEqual([2, false, ['READY', null, 'ringing']]);
  house.switch.answerLeg(leg() ?? '');
  await settled();
  await house.heard();
  expect(house.state('call1')).toBe('talking');
});

test('a dead leg of which no word came is found out by the tone: the citizen keeps his place', async () => {
  await opened();
  await takenUp();
  house.switch.channels.delete(leg() ?? '');
  await house.ready(2);
  await arrives(1);
  await settled();
  expect([house.calls.get('call1')?.agentId, seen()[0]]).toEqual(['agent2', 'NOT_READY']);
  expect(house.told('call1').filter((type) => type === 'queueEntered')).toHaveLength(1);
});

test('a tone that fails, or of whose end nobody tells, keeps nobody waiting', async () => {
  await opened();
  await takenUp();
  house.missing.add('call-tone');
  await arrives(1);
  expect(house.state('call1')).toBe('talking');
  await house.control.command({ kind: 'releaseCall', agentId: 'agent1' });
  await house.heard();
  await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  house.missing.clear();
  await arrives(2);
  expect(house.state('call2')).toBe('ringingAgent');
  await house.after(1_000);
  expect(house.state('call2')).toBe('talking');
});

test('the citizen hangs up during the tone: the agent is free again, without a miss and on the same leg', async () => {
  await opened();
  await takenUp();
  await arrives(1);
  house.switch.end('channel1');
  await settled();
  expect([seen(), house.agents.get('agent1')?.misses, rings()]).toEqual([['READY', null, 'up'], 0, 1]);
  await talks(2);
});

test('what a call left on the leg is off before the next: a mute, a bridge', async () => {
  await opened();
  await takenUp();
  await talks(1);
  const wish = { kind: 'mute', party: null } as const;
  await house.control.command({ kind: 'talk', agentId: 'agent1', key: 'm', wish });
  await settled();
  expect(house.switch.channels.get(leg() ?? '')?.muted).toBe(true);
  house.switch.end('channel1');
  await settled();
  expect(house.switch.channels.get(leg() ?? '')).toMatchObject({ muted: false, bridge: null });
});

test('held, consulted and taken back: two persistent legs in one talk', async () => {
  await opened();
  house.persistent.add('phone2');
  await house.control.command({ kind: 'reloadConfiguration' });
  await takenUp();
  await house.ready(2);
  house.switch.answerLeg(leg('phone2') ?? '');
  await settled();
  await talks(1);
  const ask = (by: string, key: string, wish: object) =>
    house.control.command({ kind: 'talk', agentId: by, key, wish } as never);
  expect(
    await ask('agent1', '1', { kind: 'consult', target: { kind: 'agent', agent: '1002' }, note: {} }),
  ).toMatchObject({ ok: true });
  await settled();
  await house.heard();
  expect([bridgeOf(leg()), bridgeOf(leg('phone2'))]).toEqual(['call1.b2', 'call1.b2']);
  expect(await ask('agent1', '2', { kind: 'complete' })).toMatchObject({ ok: true });
  await settled();
  expect([bridgeOf(leg()), bridgeOf(leg('phone2')), bridgeOf('channel1')]).toEqual([
    null,
    'call1.b',
    'call1.b',
  ]);
  expect(rings() + rings('phone2')).toBe(2);
});

test.each([{ calls: true }, { calls: false }])(
  'call control dies in a talk and between calls (calls kept: $calls): the one leg serves on',
  async (keeping) => {
    await opened();
    await takenUp();
    await talks(1);
    const own = leg();
    await restarted(keeping);
    expect([house.state('call1'), bridgeOf(own), seen()]).toEqual([
      'talking',
      'call1.b',
      ['TALKING', null, 'up'],
    ]);
    await house.control.command({ kind: 'releaseCall', agentId: 'agent1' });
    await settled();
    await house.heard();
    expect(bridgeOf(own)).toBeNull();
    await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
    await restarted(keeping);
    await talks(2);
    expect([leg(), house.switch.world.rung.length]).toEqual([own, 1]);
    house.switch.end(own ?? '', 'normal');
    await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
    expect([seen(), house.switch.world.rung.length]).toEqual([['NOT_READY', 'legDown', 'down'], 1]);
  },
);

test('call control dies during the tone: the citizen gets his agent', async () => {
  await opened();
  await takenUp();
  await arrives(1);
  await restarted({ calls: true });
  expect([house.state('call1'), rings()]).toEqual(['talking', 1]);
});

test('the switch starts anew: all legs are gone, by no fault of the agents, and are rung again', async () => {
  await opened();
  await takenUp();
  house.switch.world.restart();
  await house.control.command({ kind: 'reloadConfiguration' });
  await settled();
  await house.register();
  await house.after(LEG_RETRY_MS);
  expect(seen()).toEqual(['READY', null, 'ringing']);
  expect(rings()).toBe(2);
});

test('the leg goes with the sign-out, with the setting, and with a change of phone; never in a talk', async () => {
  await opened();
  await takenUp();
  await talks(1);
  house.persistent.clear();
  await house.control.command({ kind: 'reloadConfiguration' });
  await settled();
  expect([house.state('call1'), bridgeOf(leg())]).toEqual(['talking', 'call1.b']);
  house.switch.end('channel1');
  await settled();
  expect([leg(), seen()[2]]).toEqual([null, null]);
  house.persistent.add('phone1');
  await house.control.command({ kind: 'reloadConfiguration' });
  await settled();
  house.switch.answerLeg(leg() ?? '');
  await settled();
  expect(seen()[2]).toBe('up');
  await house.control.command({ kind: 'signOut', agentId: 'agent1' });
  await settled();
  expect(leg()).toBeNull();
});
