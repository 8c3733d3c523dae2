import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentView } from '../../src/app/ports/agent-view.ts';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// Agents whose leg stays up, at real telephones: taken up once, then every citizen comes over it after a tone.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

const legOf = async (agent: AgentAtWork): Promise<AgentView['persistentLeg']> =>
  ((await agent.seen()) as AgentView | null)?.persistentLeg ?? null;

/** What the API shows follows call control by a moment. */
const untilLeg = (agent: AgentAtWork, state: AgentView['persistentLeg']): Promise<true> =>
  until(`the leg of ${agent.number} to be ${state}`, 5_000, async () =>
    (await legOf(agent)) === state ? true : null,
  );

/** Signed in at a phone whose leg is to stay up, which rings once. */
async function atStandingLeg(username: string): Promise<{ agent: AgentAtWork; leg: PhoneCall }> {
  const agent = await town.agent(username);
  const { phoneKind } = (await agent.seen()) as AgentView;
  const coming = agent.phone.nextCall(10_000);
  await town.put('lead', `/v1/agents/${agent.id}/phones/${phoneKind}/persistent-leg`, {
    persistentLeg: true,
    reason: '使用头戴耳机',
  });
  const leg = await coming;
  await untilLeg(agent, 'ringing');
  await leg.answer();
  await untilLeg(agent, 'up');
  return { agent, leg };
}

test('two calls in a row over the one leg, call control killed between them; a leg without sound is rung anew', async () => {
  const deaf = await atStandingLeg('1002');
  // Nothing is ever said at that one: by the time the other has had its calls, the switch has given it up.
  await deaf.agent.api.post('/v1/agents/me/not-ready', { reason: 'rest' });
  const again = deaf.agent.phone.nextCall(60_000);

  const { agent, leg } = await atStandingLeg('1001');
  let further = 0;
  agent.phone.onCall = () => {
    further += 1;
  };
  leg.sound.speak(ANSWER_HZ);
  leg.sound.forget();
  const first = await town.citizen({ dialled: '12345', number: '13800138201' });
  await leg.sound.untilHears(PROMPT_HZ['call-tone'], 15_000);
  await town.converse(first, leg);
  expect(await agent.untilState('TALKING', 5_000)).toMatchObject({ persistentLeg: 'up' });
  await agent.api.post('/v1/agents/me/release-call');
  await agent.untilState('WRAP_UP', 5_000);
  // Out of the talk: what the citizen still says is not for the agent any more.
  first.sound.speak(CITIZEN_HZ);
  leg.sound.forget();
  expect(leg.state).toBe('talking');
  first.hangUp();

  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  await untilLeg(agent, 'up');
  await agent.next();
  const second = await town.citizen({ dialled: '12345', number: '13800138202' });
  await town.converse(second, leg);
  expect(leg.sound.level(PROMPT_HZ['call-tone'])).toBeLessThan(0.1);
  expect(further).toBe(0);

  // The agent puts the receiver down: the talk is over, and after the wrap-up no citizen comes.
  await leg.hangUp();
  await agent.untilState('WRAP_UP', 5_000);
  await agent.next();
  expect(await agent.untilState('NOT_READY', 5_000)).toMatchObject({
    reason: 'legDown',
    persistentLeg: 'down',
  });
  second.hangUp();
  for (const number of ['13800138201', '13800138202']) {
    const detail = await town.callInBooks(number);
    expect(detail).toMatchObject({ result: 'answeredByAgent', agentNumber: '1001' });
    expect(detail.legs.map(({ agentNumber }) => agentNumber)).toEqual(['1001']);
  }
  const renewed = await again;
  expect(await deaf.leg.ended).toBe('byThem');
  await untilLeg(deaf.agent, 'ringing');
  await renewed.answer();
}, 120_000);

test('call control is dead: the dialplan rings him whose leg stands, who is in use for it all day', async () => {
  const { agent, leg } = await atStandingLeg('1003');
  leg.sound.speak(ANSWER_HZ);
  await agent.untilState('READY', 5_000);
  await town.callControl.kill();
  const caller = await town.citizen({ dialled: '12345', number: '13800138203' });
  const call = await agent.phone.nextCall(15_000);
  expect(call.id).not.toBe(leg.id);
  await call.answer();
  await town.converse(caller, call);
  caller.hangUp();
  expect(await call.ended).toBe('byThem');
  // The leg has outlived both, and takes the next citizen as ever.
  await town.callControl.start();
  await town.untilAnswering();
  await untilLeg(agent, 'up');
  await agent.ready();
  const next = await town.citizen({ dialled: '12345', number: '13800138204' });
  await town.converse(next, leg);
  next.hangUp();
  expect(await town.callInBooks('13800138204')).toMatchObject({ agentNumber: '1003', queue: 'general' });
  expect(await town.callInBooks('13800138203', 40_000)).toMatchObject({
    queue: 'fallback',
    result: 'answeredByAgent',
    agentNumber: '1003',
  });
}, 120_000);
