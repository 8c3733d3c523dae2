import { afterEach, expect, test } from 'vitest';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';

// A callback that is promised to who has talked already: his talk broke off, and he waits a second time.

const RULE = { ...USUAL_CALLBACK_RULE, afterWaitMs: 20_000, aboveEstimateMs: null };

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

test('his talk broke off, he waits again and asks to be called back: that is no call that got through', async () => {
  const base = sample([agent(1)]);
  house = await new House({
    ...base,
    queues: base.queues.map((one) => ({ ...one, callback: RULE })),
  }).open();
  await house.ready(1);
  house.switch.arrive(incoming(1));
  await settled();
  await house.heard();
  house.switch.answerLeg('call1.a1');
  await settled();
  expect(house.state('call1')).toBe('talking');
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  expect(house.state('call1')).toBe('queued');
  // He sees to his phone: else it would be tried again by itself.
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'rest' });

  await house.after(RULE.afterWaitMs);
  await settled();
  house.switch.press('channel1', '1');
  await settled();
  await house.heard();
  await house.heard();
  await settled();
  expect(house.end('call1')).toMatchObject({ result: 'answeredByAgent', releasedBy: 'system' });
  expect(house.control.callbacks.all()).toMatchObject([{ state: 'waiting', number: '13800138000' }]);

  await house.ready(1);
  const [{ inCall = '' } = {}] = house.control.callbacks.all();
  expect(house.state(inCall ?? '')).toBe('callingAgent');
});
