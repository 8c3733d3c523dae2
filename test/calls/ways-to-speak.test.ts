import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { BrowserAgent } from '../support/browser-agent.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// The ways to speak SIP that are not UDP. A carrier and a desk phone over TCP: the same calls, every message of them on
// their connections. An agent at a page in Chromium: JsSIP over WebSocket and sound over WebRTC, which takes an interface
// of this machine that is not the loopback, for Asterisk offers none of 127/8 to a browser.

const PASSWORD = '沈悦-webrtc-7341';
let town: Town;
beforeAll(async () => {
  town = await Town.found();
  const admin = await ApiClient.signIn(town.apiUrl, 'admin', town.passwordOf('admin'));
  await admin.post('/v1/accounts', {
    username: 'browser',
    displayName: '沈悦',
    password: PASSWORD,
    roles: ['agent'],
    agent: { number: '1101', employer: 'platform', queues: ['general'], phoneKind: 'browser' },
  });
  await admin.signOut();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

async function browserAgent(): Promise<BrowserAgent> {
  const agent = await BrowserAgent.start({
    chromium: inject('tools').chromium,
    apiUrl: town.apiUrl,
    username: 'browser',
    password: PASSWORD,
  });
  town.visit(() => agent.leave());
  await agent.ready();
  return agent;
}

test('a citizen and an agent in a browser hear each other, and the recording holds both', async () => {
  const agent = await browserAgent();
  const citizen = await town.citizen({ dialled: '12345', number: '13800138201' });
  expect(await agent.rung()).toBe('13800138201');
  citizen.sound.speak(CITIZEN_HZ);
  await agent.answer(ANSWER_HZ);
  await Promise.all([agent.untilHears(CITIZEN_HZ), citizen.sound.untilHears(ANSWER_HZ, 10_000)]);
  expect(citizen.sound.level(CITIZEN_HZ)).toBeLessThan(0.1);
  const media = await agent.media();
  expect(media.received).toBeGreaterThan(0);
  expect(media.sent).toBeGreaterThan(0);
  // The citizen's own: nothing is transcoded on the way.
  expect(media.codec).toBe('audio/PCMA');
  expect(media.remote).not.toMatch(/^127\./);
  // Whole fifths of a second of both voices for the recording, whose two sides lie a little apart.
  for (let fifths = 0; fifths < 8; fifths += 1) {
    citizen.sound.forget();
    await citizen.sound.untilHears(ANSWER_HZ, 5_000);
  }
  await agent.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  const detail = await town.callInBooks('13800138201');
  expect(detail).toMatchObject({ agentNumber: '1101', result: 'answeredByAgent', releasedBy: 'agent' });
  const recorded = await town.recordingOf(detail.id);
  expect(
    recorded.citizen.some(
      (window, at) =>
        toneShare(window, CITIZEN_HZ) > 0.5 && toneShare(recorded.staff[at] ?? [], ANSWER_HZ) > 0.5,
    ),
  ).toBe(true);
});

test('a page that crashes while it rings: the citizen keeps the place and reaches the next agent', async () => {
  const agent = await browserAgent();
  const citizen = await town.citizen({ dialled: '12345', number: '13800138202' });
  await agent.rung();
  await agent.vanish();
  const desk = await town.agent('1001');
  const call = await desk.phone.nextCall(20_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138202')).toMatchObject({ agentNumber: '1001' });
});

test('over TCP from end to end a citizen and an agent hear each other, and the agent hangs up', async () => {
  const agent = await town.agent('1001', { transport: 'tcp' });
  const citizen = await town.citizen({ dialled: '12345', number: '13800138101', transport: 'tcp' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-main'], 5_000);
  const call = await agent.phone.nextCall(10_000);
  expect(call.from).toBe('13800138101');
  await call.answer();
  await town.converse(citizen, call);
  await call.hangUp();
  // The BYE finds its way back on the carrier's connection: SIPp ends by its scenario.
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  expect(await town.callInBooks('13800138101')).toMatchObject({
    queue: 'general',
    agentNumber: '1001',
    result: 'answeredByAgent',
    releasedBy: 'agent',
  });
});

test('a citizen over TCP hangs up while waiting', async () => {
  const citizen = await town.citizen({
    dialled: '12345',
    number: '13800138102',
    transport: 'tcp',
    hangsUpAfterMs: 1_000,
  });
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  expect(await town.callInBooks('13800138102')).toMatchObject({
    result: 'abandoned',
    releasedBy: 'caller',
  });
});

test('an agent whose connection breaks while it rings is offered nothing more, and the citizen reaches another', async () => {
  const agent = await town.agent('1003', { transport: 'tcp' });
  const citizen = await town.citizen({ dialled: '12345', number: '13800138103' });
  await agent.phone.nextCall(10_000);
  agent.phone.vanish();
  const other = await town.agent('1001');
  const call = await other.phone.nextCall(20_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138103')).toMatchObject({ agentNumber: '1001' });
});
