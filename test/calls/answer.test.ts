import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiRefusal } from '../../src/demo/api-client.ts';
import { Town } from '../support/town.ts';

// An agent takes a call by command, at a desk telephone of the real switch: one that answers by itself when it is asked to,
// and one that does not know how.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('a telephone that answers by itself: rung anew, in the talk at once, and done once however often it is sent', async () => {
  const agent = await town.agent('1001');
  const first = agent.phone.nextCall(15_000);
  const citizen = await town.citizen({ dialled: '12345', number: '13800139401' });
  const rings = await first;
  expect(rings.sipHeader('call-info')).toBe('');
  // Set to let its switch do so, as desk telephones are.
  agent.phone.onCall = (call) => {
    const asked = call.sipHeader('call-info').includes('answer-after=0');
    if (asked && call.sipHeader('alert-info').includes('info=alert-autoanswer')) void call.answer();
    else call.ring();
  };
  const key = randomUUID();
  const asking = [1, 2].map(() => agent.api.post('/v1/agents/me/answer', undefined, key));
  expect(await rings.ended).toBe('cancelled');
  for (const asked of asking) {
    expect(await asked).toMatchObject({ agent: { state: 'TALKING', misses: 0 } });
  }
  const [call, ...others] = agent.phone.calls;
  expect(others).toEqual([]);
  if (call === undefined) throw new Error('no call at the telephone');
  await town.converse(citizen, call);
  expect(await agent.api.post('/v1/agents/me/answer', undefined, key)).toMatchObject({
    agent: { state: 'TALKING' },
  });
  await call.hangUp();
  await citizen.ended;
  const { legs } = await town.callInBooks('13800139401');
  expect(legs.map(({ how }) => how)).toEqual(['answerWanted', 'normal']);
});

test('one that does not: it rings on, the API says so, and it is picked up by hand', async () => {
  const agent = await town.agent('1001');
  const first = agent.phone.nextCall(15_000);
  const citizen = await town.citizen({ dialled: '12345', number: '13800139402' });
  await first;
  const second = agent.phone.nextCall(15_000);
  const refused = agent.api.post('/v1/agents/me/answer');
  await expect(refused).rejects.toMatchObject({ code: 'answer.notTaken' });
  await expect(refused).rejects.toBeInstanceOf(ApiRefusal);
  const call = await second;
  expect(call.state).toBe('ringing');
  expect(await agent.seen()).toMatchObject({ state: 'RINGING', misses: 0 });
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
});
