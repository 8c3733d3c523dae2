import { expect } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { Phone } from '../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import { USUAL_CALLBACK_RULE } from '../../src/domain/hotlines/callback-rule.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, type Town } from './town.ts';

/** The general desk offers a callback after a second, and writes up a talk in half of one. */
export async function offerCallbacks(town: Town): Promise<void> {
  const [operator, second] = await Promise.all(['operator', 'operator2'].map((name) => town.as(name)));
  if (operator === undefined || second === undefined) throw new Error('the sample has two operators');
  const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
  const before = inForce();
  const { number } = await operator.post<{ number: number }>('/v1/rules/versions', { title: '排队回呼' });
  const wrapUpMs = 500;
  const callback = { ...USUAL_CALLBACK_RULE, afterWaitMs: 1_000, aboveEstimateMs: null };
  const at = `/v1/rules/versions/${number}`;
  await operator.post(`${at}/edits`, {
    revision: 1,
    edit: { queues: [{ code: 'general', callback, wrapUpMs }] },
  });
  const asked = await operator.post<{ state: string }>(`${at}/publish`, { reason: '高峰期排队回呼' });
  if (asked.state === 'awaitingSecond') await second.post(`${at}/approve`, { reason: '高峰期排队回呼' });
  await until('the rule in force', 15_000, async () => (inForce() > before ? true : null));
}

/** Waits, hears the offer, presses 1, hears that he will be called, and is released. */
export async function asksForCallback(town: Town, number: string): Promise<void> {
  const citizen = await town.citizen({ dialled: '12345', number });
  await citizen.sound.untilHears(PROMPT_HZ['callback-offer'], 15_000);
  await citizen.sound.press('1');
  await citizen.sound.untilHears(PROMPT_HZ['callback-promised'], 5_000);
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
}

/** Both hear the other, and the agent was there before the citizen picked up. */
export async function talkWithin(agent: PhoneCall, citizen: PhoneCall): Promise<void> {
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

/** The agent is rung and answers; then the citizen's telephone rings. */
export async function callsBack(
  agent: AgentAtWork,
  carrier: Phone,
): Promise<{ desk: PhoneCall; his: PhoneCall }> {
  const desk = await agent.phone.nextCall(10_000);
  const ringing = carrier.nextCall(10_000);
  await desk.answer();
  await desk.connected;
  return { desk, his: await ringing };
}
