import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CallSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { asksForCallback, callsBack, offerCallbacks, talkWithin } from '../support/queue-callbacks.ts';
import { Town } from '../support/town.ts';

// Who waits presses 1, goes, and is called back: by real telephones, through the trunk, with 12345 on his display.

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 500 });
  await offerCallbacks(town);
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

/** The call that we made to this citizen, when it is over and written down. */
async function ourCall(number: string): Promise<object> {
  return await until(`our call to ${number} in the books`, 30_000, async () => {
    const path = '/v1/calls?direction=outbound&limit=100';
    const { calls } = await town.lead.get<{ calls: readonly CallSeen[] }>(path);
    return calls.find((one) => one.callerNumber === maskedNumber(number) && one.endedAt !== null) ?? null;
  });
}

test('he keeps his place, is called with 12345, and both hear each other', async () => {
  const number = '13800138031';
  await asksForCallback(town, number);
  const carrier = await town.unitPhone();
  const agent = await town.agent('1001');
  const { desk, his } = await callsBack(agent, carrier);
  expect(desk.displayName).not.toContain(number);
  expect(desk.from).toBe('12345');
  expect({ dialled: his.dialled, from: his.from }).toEqual({ dialled: number, from: '12345' });
  await his.answer();
  await his.connected;
  await talkWithin(desk, his);
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
  await asksForCallback(town, number);
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
  await asksForCallback(town, number);
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
  await asksForCallback(town, number);
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  const carrier = await town.unitPhone();
  const agent = await town.agent('1001');
  const { desk, his } = await callsBack(agent, carrier);
  expect(his.dialled).toBe(number);
  await his.answer();
  await his.connected;
  await talkWithin(desk, his);
  await desk.hangUp();
  await his.ended;
  expect(await ourCall(number)).toMatchObject({ result: 'reached', releasedBy: 'agent' });
});
