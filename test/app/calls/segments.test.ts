import { beforeEach, expect, test } from 'vitest';
import type { Fact } from '../../../src/app/ports/facts.ts';
import type { TalkTarget, TalkWish } from '../../../src/app/ports/talk-commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// What staff say among themselves is recorded beside the citizen's recording: each stretch of it, from its first moment.

let house: House;
let keys = 0;
beforeEach(async () => {
  house = await new House(sample([agent(1), agent(2, ['desk']), agent(3, ['desk'])])).open();
  await house.ready(1, 2, 3);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  await answers('phone1');
  expect(house.state('call1')).toBe('talking');
});

async function asks(wish: TalkWish, n = 1): Promise<void> {
  keys += 1;
  expect(
    await house.control.command({ kind: 'talk', agentId: `agent${n}`, wish, key: `key${keys}` }),
  ).toMatchObject({ ok: true });
  await settled();
}
const to = (kind: 'transfer' | 'consult' | 'invite', target: TalkTarget): TalkWish => ({
  kind,
  target,
  note: {},
});
const COLLEAGUE = { kind: 'agent', agent: '1002' } as const;
async function answers(target: string): Promise<void> {
  house.switch.answerLeg(house.switch.world.legOf(target) ?? 'none');
  await settled();
  await settled();
}
async function consulting(): Promise<void> {
  await asks(to('consult', COLLEAGUE));
  await answers('phone2');
}
type Told = Extract<Fact, { readonly type: 'segmentBegan' | 'segmentEnded' }>;
const told = () =>
  house.facts
    .filter((fact): fact is Fact & Told => fact.type === 'segmentBegan' || fact.type === 'segmentEnded')
    .map((fact) =>
      fact.type === 'segmentBegan' ? `${fact.segment} began` : `${fact.segment} ${fact.fault ?? 'ended'}`,
    );
const written = () => [...house.switch.recordings];

test('a consultation is one, from the moment in which both hear each other to its end, with its two people', async () => {
  await asks(to('consult', COLLEAGUE));
  expect(written()).toEqual([]);
  await answers('phone2');
  expect(written()).toEqual([['call1.i1', 'call1.b2']]);
  expect(house.facts).toContainEqual(
    expect.objectContaining({
      type: 'segmentBegan',
      segment: 'i1',
      recording: 'messages/call1.i1.wav',
      legs: ['call1.a1', 'call1.a2'],
    }),
  );
  await asks({ kind: 'complete' });
  expect(written()).toEqual([]);
  expect(told()).toEqual(['i1 began', 'i1 ended']);
});

test('swapping ends one and begins the next; who comes together with the citizen is in his', async () => {
  await consulting();
  await asks({ kind: 'swap' });
  expect(written()).toEqual([]);
  await asks({ kind: 'swap' });
  expect(written()).toEqual([['call1.i2', 'call1.b2']]);
  await asks({ kind: 'merge' });
  expect(written()).toEqual([]);
  expect(told()).toEqual(['i1 began', 'i1 ended', 'i2 began', 'i2 ended']);
});

test('a conference that holds the citizen talks on, and is recorded until he is back', async () => {
  await asks(to('invite', COLLEAGUE));
  await answers('phone2');
  expect(written()).toEqual([]);
  await asks({ kind: 'hold' });
  expect(written()).toEqual([['call1.i1', 'call1.b']]);
  await asks({ kind: 'resume' });
  expect(written()).toEqual([]);
  expect(told()).toEqual(['i1 began', 'i1 ended']);
});

test('an agent alone with a citizen on hold says nothing to anybody', async () => {
  await asks({ kind: 'hold' });
  await asks({ kind: 'resume' });
  expect(told()).toEqual([]);
});

test('the citizen who hangs up ends it, before the end of the call', async () => {
  await consulting();
  house.switch.end('channel1');
  await settled();
  expect(written()).toEqual([]);
  expect(told()).toEqual(['i1 began', 'i1 ended']);
  expect(house.told('call1').at(-1)).toBe('callEnded');
});

test('a colleague who hangs up ends it, and the agent is back with the citizen', async () => {
  await consulting();
  house.switch.end('call1.a2');
  await settled();
  expect(told()).toEqual(['i1 began', 'i1 ended']);
  expect(house.switch.channels.get('channel1')?.bridge).toBe('call1.b');
});

test('a switch that will not begin it: that is told once, the consultation goes on, and the next one is tried', async () => {
  house.switch.faults.set('recordBridge', [{ kind: 'refused', reason: 'no' }]);
  await consulting();
  expect(told()).toEqual(['i1 began', 'i1 notStarted']);
  expect(house.state('call1')).toBe('talking');
  await asks({ kind: 'swap' });
  expect(told()).toEqual(['i1 began', 'i1 notStarted']);
  await asks({ kind: 'swap' });
  expect(written()).toEqual([['call1.i2', 'call1.b2']]);
});

test('a switch that does not answer is asked again when it is back', async () => {
  house.switch.faults.set('recordBridge', [{ kind: 'unknown', reason: 'late' }]);
  await consulting();
  expect(told()).toEqual(['i1 began']);
  expect(written()).toEqual([]);
  house.switch.world.disconnect('cut');
  house.switch.world.connect();
  await settled();
  await settled();
  expect(written()).toEqual([['call1.i1', 'call1.b2']]);
  expect(told()).toEqual(['i1 began']);
});

test('one that the switch breaks off in the middle (a full disk) is told, and is not begun again under them', async () => {
  await consulting();
  house.switch.world.recordingEnds('call1.i1', 'failed');
  await settled();
  expect(told()).toEqual(['i1 began', 'i1 notStarted']);
  await asks({ kind: 'mute', party: null });
  expect(written()).toEqual([]);
});

test('killed in a consultation: it goes on being recorded, and ends when it ends', async () => {
  await consulting();
  const before = house;
  before.switch.forget();
  await before.control.stop();
  house = new House(before.configuration, before);
  await house.open();
  await settled();
  expect(written()).toEqual([['call1.i1', 'call1.b2']]);
  await asks({ kind: 'complete' });
  expect(written()).toEqual([]);
  expect(told()).toEqual(['i1 ended']);
});

test('killed between the decision and the command: the successor asks for it', async () => {
  await asks(to('consult', COLLEAGUE));
  house.switch.faults.set('recordBridge', [{ kind: 'unknown', reason: 'killed' }]);
  await answers('phone2');
  expect(written()).toEqual([]);
  const before = house;
  before.switch.forget();
  await before.control.stop();
  house = new House(before.configuration, before);
  await house.open();
  await settled();
  expect(written()).toEqual([['call1.i1', 'call1.b2']]);
});
