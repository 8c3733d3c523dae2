import { afterEach, expect, test } from 'vitest';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import type { TalkWish } from '../../../src/app/ports/talk-commands.ts';
import { DEFAULT_OUTBOUND_RULES } from '../../../src/domain/callbacks/outbound-rules.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';
import { DONE_ALL_THE_SAME } from './slow-switch.ts';

// Calls that an agent makes from a ticket, over the model switch.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

type CallCommand = Extract<AgentCommand, { readonly kind: 'call' }>;
const wish = (more: Partial<CallCommand> = {}): CallCommand => ({
  kind: 'call',
  agentId: 'agent1',
  callId: 'out1',
  purpose: 'ticket',
  number: '13800138000',
  subject: { callbackId: null, ticketId: 'ticket1', missedCallId: null },
  line: '12345',
  about: 'YH20261123-0001',
  ...more,
});
const open = async (agents = 1): Promise<House> => {
  const people = Array.from({ length: agents }, (_, n) => agent(n + 1));
  house = await new House(sample(people)).open();
  await house.ready(...people.map((_, n) => n + 1));
  return house;
};
const outLegs = (): string[] => [...house.switch.channels.keys()].filter((id) => id.endsWith('.t1'));

test('F-17: the same call asked for five times is one call', async () => {
  await open();
  const replies = await Promise.all(Array.from({ length: 5 }, () => house.control.command(wish())));
  expect(replies.every(({ ok }) => ok)).toBe(true);
  await settled();
  expect(house.switch.world.rung).toHaveLength(1);
  house.switch.answerLeg('out1.a1');
  await settled();
  expect(outLegs()).toEqual(['out1.t1']);
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  house.switch.answerLeg('out1.t1');
  await settled();
  house.switch.end('out1.t1');
  await settled();
  // Also when it is over.
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  await settled();
  expect(house.switch.channels.size).toBe(0);
  expect(house.facts.filter(({ type }) => type === 'callPlaced')).toHaveLength(1);
});

test('about a ticket: whoever is brought into the talk is told its number, and of another call nothing', async () => {
  for (const [purpose, subject, expected] of [
    ['ticket', { callbackId: null, ticketId: 'ticket1', missedCallId: null }, 'YH20261123-0001'],
    ['missedCall', { callbackId: null, ticketId: null, missedCallId: 'missed1' }, undefined],
    // The latest of his, which the call need not be about.
    ['queueCallback', { callbackId: 'back1', ticketId: 'ticket1', missedCallId: null }, undefined],
  ] as const) {
    await open();
    await house.control.command(wish({ purpose, subject }));
    await settled();
    house.switch.answerLeg('out1.a1');
    await settled();
    house.switch.answerLeg('out1.t1');
    await settled();
    expect(house.calls.get('out1')?.about?.ticket).toBe(expected);
    const target = { kind: 'number', number: '051384139009' } as const;
    const invite = { kind: 'invite', target, note: {} } satisfies TalkWish;
    expect(
      await house.control.command({ kind: 'talk', agentId: 'agent1', wish: invite, key: 'k1' }),
    ).toMatchObject({ ok: true });
    await settled();
    const leg = house.switch.channels.get(house.switch.world.legOf('051384139009') ?? '');
    expect(leg?.headers).toMatchObject({ 'X-12345-Call': 'out1' });
    expect(leg?.headers?.['X-12345-Ticket']).toBe(expected);
    if (expected !== undefined) await house.control.stop();
  }
});

test('with other keys it is still one active dial for a citizen: the same agent gets his call, another is refused', async () => {
  await open(2);
  await house.control.command(wish());
  expect(await house.control.command(wish({ callId: 'out2', number: '+86 13800138000' }))).toMatchObject({
    ok: true,
  });
  expect(await house.control.command(wish({ callId: 'out3', agentId: 'agent2' }))).toMatchObject({
    ok: false,
    code: 'outbound.citizenOnLine',
  });
  await settled();
  expect(house.switch.world.rung).toHaveLength(1);
});

test('who is on the line with us already is not called', async () => {
  await open();
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'paperwork' });
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(await house.control.command(wish())).toMatchObject({ ok: false, code: 'outbound.citizenOnLine' });
});

test.each([
  ['110', 'outbound.numberEmergency'],
  ['12319', 'outbound.numberOwn'],
  ['0085228765432', 'outbound.numberForeign'],
  ['95588', 'outbound.numberService'],
  ['', 'outbound.numberWithheld'],
  ['138001380001380013800', 'outbound.numberInvalid'],
])('%s is refused by name, and nobody’s telephone rings', async (number, code) => {
  await open();
  expect(await house.control.command(wish({ number }))).toMatchObject({ ok: false, code });
  await settled();
  expect(house.switch.world.rung).toEqual([]);
  expect(house.agents.get('agent1')?.state).toBe('READY');
});

const recordings = (): unknown[] =>
  house.facts.flatMap((fact) =>
    fact.type === 'recordingBegan' ? [[fact.recording, fact.recordingFault ?? null]] : [],
  );
async function called(): Promise<void> {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
}
async function citizenAnswers(): Promise<void> {
  house.switch.answerLeg('out1.t1');
  await settled();
  await settled();
}

test('it is recorded from the citizen’s answer, on his own channel, and he is with his agent again', async () => {
  await called();
  expect([...house.switch.world.recorded]).toEqual([]);
  await citizenAnswers();
  expect([...house.switch.world.recorded]).toEqual(['out1.t1']);
  expect(recordings()).toEqual([['2026/01/01/out1.raw', null]]);
  expect(['out1.t1', 'out1.a1'].map((id) => house.switch.channels.get(id)?.bridge)).toEqual([
    'out1.b',
    'out1.b',
  ]);
});

test('it cannot be recorded, and why: both talk all the same', async () => {
  await called();
  house.switch.world.recordingFault = 'diskFull';
  await citizenAnswers();
  expect(recordings()).toEqual([['', 'diskFull']]);
  expect(house.state('out1')).toBe('talking');
  expect(house.switch.channels.get('out1.t1')?.bridge).toBe('out1.b');
});

test('a switch that refuses to record: that is told, and both talk', async () => {
  await called();
  house.switch.faults.set('recordCall', [{ kind: 'refused', reason: 'no' }]);
  await citizenAnswers();
  expect(recordings()).toEqual([['', 'notStarted']]);
  expect(house.switch.channels.get('out1.t1')?.bridge).toBe('out1.b');
});

test('a citizen who hangs up on the way to being recorded has ended the call, as anywhere', async () => {
  await called();
  house.switch.faults.set('recordCall', [{ kind: 'gone' }]);
  await citizenAnswers();
  house.switch.end('out1.t1');
  await settled();
  await settled();
  expect(house.end('out1')).toMatchObject({ result: 'reached', releasedBy: 'caller' });
  expect(house.switch.channels.size).toBe(0);
});

test.each(['before the switch was asked', 'before its answer came'] as const)(
  'killed %s: the successor has it recorded, once, and both are together',
  async (when) => {
    await called();
    const reason = when === 'before its answer came' ? DONE_ALL_THE_SAME : 'killed';
    house.switch.faults.set('recordCall', [{ kind: 'unknown', reason }]);
    house.switch.faults.set('bridge', [{ kind: 'unknown', reason: 'killed' }]);
    await citizenAnswers();
    expect(recordings()).toEqual([]);
    const before = house;
    before.switch.forget();
    await before.control.stop();
    house = new House(before.configuration, before);
    await house.open();
    await settled();
    await settled();
    expect(recordings()).toEqual([['2026/01/01/out1.raw', null]]);
    expect(house.state('out1')).toBe('talking');
    expect(['out1.t1', 'out1.a1'].map((id) => house.switch.channels.get(id)?.bridge)).toEqual([
      'out1.b',
      'out1.b',
    ]);
  },
);

test('from a break, and back to it', async () => {
  await open();
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'paperwork' });
  expect(await house.control.command(wish())).toMatchObject({
    ok: true,
    agent: { state: 'RINGING', callId: 'out1' },
  });
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
  house.switch.end('out1.t1', 'noAnswer');
  await settled();
  await house.after(5_000);
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'paperwork' });
});

test('in the middle of a call there is no second one', async () => {
  await open();
  house.switch.arrive(incoming(1, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(await house.control.command(wish())).toMatchObject({ ok: false, code: 'outbound.agentNotFree' });
});

test('nobody answers: our own ringing time ends it, and the agent is let go shortly', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
  await house.after(38_000);
  await settled();
  expect(house.end('out1')).toMatchObject({ result: 'notReached', releasedBy: 'system' });
  expect(house.switch.channels.size).toBe(0);
  expect(house.switch.world.bridges.size).toBe(0);
  expect(house.agents.get('agent1')?.state).toMatch(/WRAP_UP|READY/);
});

test('the agent gives up while it rings: the citizen’s telephone stops', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
  expect(await house.control.command({ kind: 'releaseCall', agentId: 'agent1' })).toMatchObject({ ok: true });
  await settled();
  expect(house.end('out1')).toMatchObject({ result: 'notReached', releasedBy: 'agent' });
  expect(house.facts).toContainEqual(expect.objectContaining({ type: 'citizenDialled', outcome: 'gaveUp' }));
});

test('a way out that fails is not the citizen’s doing', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
  house.switch.end('out1.t1', 'congestion');
  await settled();
  expect(house.facts).toContainEqual(expect.objectContaining({ type: 'citizenDialled', outcome: 'network' }));
});

test('no more than so many an hour, for one number', async () => {
  await open();
  for (let n = 0; n < 6; n += 1) {
    expect(await house.control.command(wish({ callId: `out${n}` }))).toMatchObject({ ok: true });
    await settled();
    house.switch.answerLeg(`out${n}.a1`);
    await settled();
    house.switch.end(`out${n}.t1`, 'busy');
    await settled();
    await house.after(6_000);
  }
  expect(await house.control.command(wish({ callId: 'more' }))).toMatchObject({
    ok: false,
    code: 'outbound.tooManyToNumber',
  });
  await house.after(3_600_000);
  await house.ready(1);
  expect(await house.control.command(wish({ callId: 'later' }))).toMatchObject({ ok: true });
});

test('that nobody was reached can be said of a call that we made, and of no other', async () => {
  await open();
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  const told = { kind: 'notReached', agentId: 'agent1', outcome: 'machine' } as const;
  expect(await house.control.command(told)).toMatchObject({ ok: false, code: 'call.notOutbound' });
  expect(house.state('call1')).toBe('talking');
});

test('a restart while it rings: the call goes on, and a leg of a call that is over is cleared', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  await house.control.stop();
  house.switch.forget();
  house = await new House(sample([agent(1)]), house).open();
  expect(house.state('out1')).toBe('callingAgent');
  house.switch.answerLeg('out1.a1');
  await settled();
  house.switch.answerLeg('out1.t1');
  await settled();
  expect(house.state('out1')).toBe('talking');
  await house.control.stop();
  house.switch.forget();
  // Its journal is lost: the two who talk are left to talk, and let go when one of them goes.
  house.savedCalls.clear();
  house = await new House(sample([agent(1)]), house).open();
  await house.after(65_000);
  expect([...house.switch.channels.keys()].sort()).toEqual(['out1.a1', 'out1.t1']);
  house.switch.end('out1.t1');
  await house.after(65_000);
  expect(house.switch.channels.size).toBe(0);
});

test('F-17: asked for again after a restart of call control, when it is long over, it is still the same call', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.answerLeg('out1.a1');
  await settled();
  house.switch.end('out1.t1', 'busy');
  await settled();
  await house.control.stop();
  house = await new House(house.configuration, house).open();
  await house.after(DEFAULT_OUTBOUND_RULES.shortWrapUpMs + 1_000);
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  await settled();
  expect(house.switch.world.rung.map(({ channel }) => channel)).toEqual(['out1.a1', 'out1.t1']);
});

test('the caps of the hour survive a restart of call control, and end with the hour', async () => {
  await open();
  const many = { ...DEFAULT_OUTBOUND_RULES, perNumberHour: 2 };
  house.control.outbound.useRules(many);
  for (const callId of ['out1', 'out2']) {
    expect(await house.control.command(wish({ callId }))).toMatchObject({ ok: true });
    await settled();
    house.switch.answerLeg(`${callId}.a1`);
    await settled();
    house.switch.end(`${callId}.t1`, 'busy');
    await settled();
    await house.after(DEFAULT_OUTBOUND_RULES.shortWrapUpMs + 1_000);
  }
  await house.control.stop();
  house = await new House(house.configuration, house).open();
  house.control.outbound.useRules(many);
  expect(await house.control.command(wish({ callId: 'out3' }))).toMatchObject({
    ok: false,
    code: 'outbound.tooManyToNumber',
  });
  await house.after(3_600_000);
  await house.ready(1);
  expect(await house.control.command(wish({ callId: 'out4' }))).toMatchObject({ ok: true });
  expect([...house.savedPlaced.keys()]).toEqual(['out4']);
  await settled();
});
