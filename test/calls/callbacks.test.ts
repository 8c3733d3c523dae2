import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { ApiClient, type CallSeen } from '../../src/demo/api-client.ts';
import type { Phone } from '../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { USUAL_CALLBACK_RULE } from '../../src/domain/hotlines/callback-rule.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// Who waits presses 1, goes, and is called back: by real telephones, through the trunk, with 12345 on his display.

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 500 });
  await publishRule();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

/** The general desk offers a callback after a second. */
async function publishRule(): Promise<void> {
  const [operator, second] = await Promise.all(
    ['operator', 'operator2'].map((name) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name))),
  );
  if (operator === undefined || second === undefined) throw new Error('the sample has two operators');
  const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
  const before = inForce();
  const { number } = await operator.post<{ number: number }>('/v1/rules/versions', { title: '排队回呼' });
  const callback = { ...USUAL_CALLBACK_RULE, afterWaitMs: 1_000, aboveEstimateMs: null };
  const at = `/v1/rules/versions/${number}`;
  await operator.post(`${at}/edits`, { revision: 1, edit: { queues: [{ code: 'general', callback }] } });
  const asked = await operator.post<{ state: string }>(`${at}/publish`, { reason: '高峰期排队回呼' });
  if (asked.state === 'awaitingSecond') await second.post(`${at}/approve`, { reason: '高峰期排队回呼' });
  await until('the rule in force', 15_000, async () => (inForce() > before ? true : null));
}

/** Waits, hears the offer, presses 1, hears that he will be called, and is released. */
async function asksForCallback(number: string): Promise<void> {
  const citizen = await town.citizen({ dialled: '12345', number });
  await citizen.sound.untilHears(PROMPT_HZ['callback-offer'], 15_000);
  await citizen.sound.press('1');
  await citizen.sound.untilHears(PROMPT_HZ['callback-promised'], 5_000);
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
}

/** The call that we made to this citizen, when it is over and written down. */
async function ourCall(number: string): Promise<object> {
  return await until(`our call to ${number} in the books`, 30_000, async () => {
    const path = '/v1/calls?direction=outbound&limit=100';
    const { calls } = await town.lead.get<{ calls: readonly CallSeen[] }>(path);
    return calls.find((one) => one.callerNumber === maskedNumber(number) && one.endedAt !== null) ?? null;
  });
}

/** Both hear the other, and the agent was there before the citizen picked up. */
async function converse(agent: PhoneCall, citizen: PhoneCall): Promise<void> {
  agent.sound.forget();
  citizen.sound.forget();
  agent.sound.speak(ANSWER_HZ);
  citizen.sound.speak(CITIZEN_HZ);
  await Promise.all([
    agent.sound.untilHears(CITIZEN_HZ, 5_000),
    // A person within two seconds, and no silence before.
    citizen.sound.untilHears(ANSWER_HZ, 2_000),
  ]);
}

async function callsBack(agent: AgentAtWork, carrier: Phone): Promise<{ desk: PhoneCall; his: PhoneCall }> {
  const desk = await agent.phone.nextCall(10_000);
  const ringing = carrier.nextCall(10_000);
  await desk.answer();
  await desk.connected;
  return { desk, his: await ringing };
}

test('he keeps his place, is called with 12345, and both hear each other', async () => {
  const number = '13800138031';
  await asksForCallback(number);
  const carrier = await town.unitPhone();
  const agent = await town.agent('1001');
  const { desk, his } = await callsBack(agent, carrier);
  expect(desk.displayName).not.toContain(number);
  expect(desk.from).toBe('12345');
  expect({ dialled: his.dialled, from: his.from }).toEqual({ dialled: number, from: '12345' });
  await his.answer();
  await his.connected;
  await converse(desk, his);
  await his.hangUp();
  expect(await desk.ended).toBe('byThem');
  expect(await ourCall(number)).toMatchObject({
    direction: 'outbound',
    purpose: 'queueCallback',
    result: 'reached',
    releasedBy: 'caller',
    agentNumber: '1001',
  });
});

test('busy: the agent is let go shortly, and the citizen is called again later', async () => {
  const number = '13800138032';
  await asksForCallback(number);
  const carrier = await town.unitPhone();
  carrier.onCall = (call) => call.reject(486);
  const agent = await town.agent('1001');
  const first = await agent.phone.nextCall(10_000);
  await first.answer();
  expect(await first.ended).toBe('byThem');
  expect(await ourCall(number)).toMatchObject({ result: 'notReached', dialOutcome: 'busy' });
  await agent.untilState('READY', 8_000);
  const open = '/v1/callbacks?only=open';
  const { callbacks } = await town.lead.get<{ callbacks: readonly { id: string }[] }>(open);
  expect(callbacks).toMatchObject([{ state: 'resting', attempts: 1, lastOutcome: 'busy' }]);
  await town.lead.post(`/v1/callbacks/${callbacks[0]?.id}/cancel`, { reason: '测试结束' });
  await expect.poll(async () => (await town.lead.get<{ callbacks: object[] }>(open)).callbacks).toEqual([]);
});

test('F-18: he rings in while his callback waits: his place, one conversation, no second call', async () => {
  const number = '13800138033';
  await asksForCallback(number);
  const other = await town.citizen({ dialled: '12345', number: '13800138034' });
  await town.untilCallIs('13800138034', 'queued');
  const again: Citizen = await town.citizen({ dialled: '12345', number });
  await town.untilCallIs(number, 'queued');
  const carrier = await town.unitPhone();
  const agent = await town.agent('1001');
  const call = await agent.phone.nextCall(10_000);
  // Before the one who came between.
  expect(call.from).toBe(number);
  await call.answer();
  await town.converse(again, call);
  expect(carrier.calls).toEqual([]);
  other.hangUp();
  again.hangUp();
  await call.ended;
  expect(await town.callInBooks(number)).toMatchObject({ direction: 'inbound', result: 'answeredByAgent' });
});

test('call control is killed while a callback waits: the next one calls him', {
  timeout: 60_000,
}, async () => {
  const number = '13800138035';
  await asksForCallback(number);
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  const carrier = await town.unitPhone();
  const agent = await town.agent('1001');
  const { desk, his } = await callsBack(agent, carrier);
  expect(his.dialled).toBe(number);
  await his.answer();
  await his.connected;
  await converse(desk, his);
  await desk.hangUp();
  await his.ended;
  expect(await ourCall(number)).toMatchObject({ result: 'reached', releasedBy: 'agent' });
});
