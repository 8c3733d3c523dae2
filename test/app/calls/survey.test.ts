import { afterEach, expect, test } from 'vitest';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// The machine calls a citizen and asks him about his ticket, over the model switch.

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

type SurveyCommand = Extract<AgentCommand, { readonly kind: 'survey' }>;
const wish = (more: Partial<SurveyCommand> = {}): SurveyCommand => ({
  kind: 'survey',
  callId: 'sv1',
  number: '13800138000',
  ticketId: 'ticket1',
  line: '12345',
  about: 'YH20261123-000001',
  queue: null,
  matters: [{ given: {}, words: [] }],
  ...more,
});
const HIM = 'sv1.t1';
const open = async (agents = 1): Promise<House> => {
  const people = Array.from({ length: agents }, (_, n) => agent(n + 1));
  house = await new House(sample(people)).open();
  return house;
};
async function pickedUp(more: Partial<SurveyCommand> = {}): Promise<void> {
  expect(await house.control.command(wish(more))).toMatchObject({ ok: true });
  await settled();
  house.switch.answerLeg(HIM);
  await settled();
}
async function typed(digits: string): Promise<void> {
  for (const digit of digits) {
    house.switch.press(HIM, digit);
    await settled();
  }
}
const told = () => house.facts.filter(({ type }) => type === 'surveyEnded');

test('his telephone alone rings, 12345 is shown, and his three answers and his message are told', async () => {
  await open();
  await house.ready(1);
  await pickedUp();
  expect(house.switch.world.rung).toHaveLength(1);
  expect(house.state('sv1')).toBe('surveying');
  expect([...house.switch.world.recorded]).toEqual([HIM]);
  expect(house.agents.get('agent1')?.state).toBe('READY');
  await typed('125');
  await typed('1');
  await house.heard();
  expect([...house.switch.recordings.keys()]).toEqual(['sv1.m1']);
  house.switch.press(HIM, '#');
  await settled();
  await house.heard();
  await house.after(1_000);
  expect(told()).toMatchObject([
    { how: 'completed', dial: null, given: { resolved: false, result: 1, process: 5 } },
  ]);
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'callPlaced', callerId: '12345', agentId: null }),
  );
  expect(house.end('sv1')).toMatchObject({ result: 'reached', releasedBy: 'system' });
  expect(house.switch.channels.size).toBe(0);
});

test('it is recorded from his answer, also when call control died before that could begin', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.faults.set('recordCall', [{ kind: 'unknown', reason: 'test' }]);
  house.switch.answerLeg(HIM);
  await settled();
  expect([...house.switch.world.recorded]).toEqual([]);
  house.switch.disconnect();
  house.switch.reconnect();
  await settled();
  await settled();
  expect([...house.switch.world.recorded]).toEqual([HIM]);
  expect(house.facts).toContainEqual(
    expect.objectContaining({ type: 'recordingBegan', recording: '2026/01/01/sv1.raw' }),
  );
  await typed('3');
  await house.heard();
  expect(house.facts.filter(({ type }) => type === 'recordingBegan')).toHaveLength(1);
});

test('the same survey sent five times is one call, and no second one rings the same citizen', async () => {
  await open();
  const replies = await Promise.all(Array.from({ length: 5 }, () => house.control.command(wish())));
  expect(replies.every(({ ok }) => ok)).toBe(true);
  expect(await house.control.command(wish({ callId: 'sv2' }))).toMatchObject({
    ok: false,
    code: 'outbound.citizenOnLine',
  });
  await settled();
  expect(house.switch.world.rung).toHaveLength(1);
  house.switch.end(HIM, 'busy');
  await settled();
  expect(await house.control.command(wish())).toMatchObject({ ok: true });
  expect(told()).toMatchObject([{ how: 'notReached', dial: 'busy', given: {} }]);
});

test('who is on the line with us already is not called by the machine', async () => {
  await open();
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  expect(await house.control.command(wish())).toMatchObject({ ok: false, code: 'outbound.citizenOnLine' });
});

test.each([
  ['busy', 'busy'],
  ['noAnswer', 'noAnswer'],
  ['rejected', 'rejected'],
  ['unreachable', 'unreachable'],
  ['congestion', 'network'],
] as const)('%s before he picks up: %s, and nothing is left', async (reason, dial) => {
  await open();
  await house.control.command(wish());
  await settled();
  house.switch.end(HIM, reason);
  await settled();
  expect(told()).toMatchObject([{ how: 'notReached', dial }]);
  expect(house.end('sv1')).toMatchObject({ result: 'notReached' });
});

test('nobody picks up: our own ringing time ends it', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  await house.after(37_000);
  await settled();
  expect(told()).toMatchObject([{ how: 'notReached', dial: 'noAnswer' }]);
  expect(house.switch.channels.size).toBe(0);
});

test('0: he waits before everybody, and the agent’s telephone says what it is about', async () => {
  await open();
  await pickedUp();
  await typed('11');
  await typed('0');
  expect(house.state('sv1')).toBe('queued');
  expect(told()).toMatchObject([{ how: 'person', given: { resolved: true } }]);
  await house.ready(1);
  house.switch.answerLeg('sv1.a1');
  await settled();
  expect(house.state('sv1')).toBe('talking');
  expect(house.switch.world.rung.at(-1)).toMatchObject({
    callerName: expect.stringContaining('YH20261123-000001'),
  });
  house.switch.end(HIM);
  await settled();
  await house.after(60_000);
  expect(house.end('sv1')).toMatchObject({ result: 'reached', releasedBy: 'caller' });
  expect(told()).toHaveLength(1);
});

test('several matters: each is named and has its own answers; call control dies between two of them', async () => {
  await open();
  const later = { given: { resolved: true }, words: ['survey-matter-2', 'survey-type-help', 'digit-2'] };
  const first = { given: {}, words: ['survey-matter-1', 'survey-type-complaint', 'digit-1'] };
  await pickedUp({ matters: [first, later] });
  await typed('1');
  await typed('251');
  const before = house.facts;
  await house.control.stop();
  house.switch.forget();
  house = await new House(sample([agent(1)]), house).open();
  await typed('4');
  house.switch.end(HIM);
  await settled();
  expect(told()).toMatchObject([
    {
      how: 'brokenOff',
      given: { resolved: false, result: 1, process: 5 },
      further: [{ resolved: true, result: 2 }],
      through: 1,
    },
  ]);
  const said = [...before, ...house.facts].flatMap((fact) =>
    fact.type === 'announcementPlayed' ? [fact.prompt] : [],
  );
  for (const word of [...first.words, ...later.words]) {
    expect(said.filter((one) => one === word)).toHaveLength(1);
  }
});

test('he hangs up in the middle: the answers that he gave stand', async () => {
  await open();
  await pickedUp();
  await typed('12');
  house.switch.end(HIM);
  await settled();
  expect(told()).toMatchObject([{ how: 'brokenOff', given: { resolved: false } }]);
  expect(house.end('sv1')).toMatchObject({ result: 'reached', releasedBy: 'caller' });
});

test('a voicemail presses nothing: asked twice, then let go', async () => {
  await open();
  await pickedUp();
  await house.after(120_000);
  await house.heard();
  await house.after(10_000);
  expect(told()).toMatchObject([{ how: 'machine', given: {} }]);
  expect(house.end('sv1')).toMatchObject({ result: 'notReached' });
  expect(house.switch.channels.size).toBe(0);
});

test('call control dies while the machine asks: the next one goes on with the same question', async () => {
  await open();
  await pickedUp();
  await typed('11');
  await house.control.stop();
  house.switch.forget();
  house = await new House(sample([agent(1)]), house).open();
  expect(house.state('sv1')).toBe('surveying');
  await typed('4');
  house.switch.end(HIM);
  await settled();
  expect(told()).toMatchObject([{ how: 'brokenOff', given: { resolved: true, result: 2 } }]);
});

test('his message ends while call control is away: nobody stands in silence when it is back', async () => {
  await open();
  await pickedUp();
  await typed('1151');
  await house.heard();
  expect([...house.switch.recordings.keys()]).toEqual(['sv1.m1']);
  await house.control.stop();
  house.switch.forget();
  house.switch.finishRecording('sv1.m1', 'silent', 5_000, 4_000);
  house = await new House(sample([agent(1)]), house).open();
  await settled();
  await settled();
  expect(house.state('sv1')).toBe('goodbye');
  expect(told()).toMatchObject([{ how: 'completed' }]);
  expect(house.told('sv1')).toContain('messageLeft');
  await house.heard();
});

test('he picks up while call control is away: he is asked when it is back', async () => {
  await open();
  await house.control.command(wish());
  await settled();
  await house.control.stop();
  house.switch.forget();
  house.switch.answerLeg(HIM);
  house = await new House(sample([agent(1)]), house).open();
  await house.after(1_000);
  expect(house.state('sv1')).toBe('surveying');
  await typed('3');
  expect(told()).toMatchObject([{ how: 'refused' }]);
  await house.heard();
});

test('a ring that comes when the call was given up as lost is taken back: nobody is called by nobody', async () => {
  await open();
  house.switch.slow = true;
  await house.control.command(wish());
  // The way to the switch stands still for longer than two looks at it.
  await house.after(70_000);
  expect(house.end('sv1')).toMatchObject({ result: 'notReached' });
  while (!house.switch.idle) {
    await house.switch.perform();
    house.switch.deliver();
    await settled();
  }
  expect([...house.switch.channels.keys()]).toEqual([]);
  expect(told()).toMatchObject([{ how: 'notReached' }]);
  house.switch.slow = false;
});
