import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { writeTone } from '../support/tone-file.ts';
import { Town } from '../support/town.ts';

// The agent leaves, the citizen is asked how it was and says so with a key: over the real switch, into the books.

const ASK_HZ = 1_150;
const THANKS_HZ = 1_300;
/** Long enough to be heard, and over before anybody grows tired of waiting. */
const ASK_MS = 2_000;
const REASON = '启用通话评价';

let town: Town;
beforeAll(async () => {
  town = await Town.found();
  const { promptsDir } = town.asterisk;
  await writeTone(join(promptsDir, 'rating-ask.wav'), ASK_HZ, ASK_MS);
  await writeTone(join(promptsDir, 'rating-thanks.wav'), THANKS_HZ, 1_000);
  const [operator, second] = await Promise.all(
    ['operator', 'operator2'].map((name) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name))),
  );
  const draft = await operator?.post<{ number: number; revision: number }>('/v1/rules/versions', {
    title: REASON,
  });
  const at = `/v1/rules/versions/${draft?.number}`;
  const edit = { queues: [{ code: 'general', rating: 'keys' }] };
  await operator?.post(`${at}/edits`, { revision: draft?.revision, edit });
  const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
  const before = inForce();
  const asked = await operator?.post<{ state: string }>(`${at}/publish`, { reason: REASON });
  if (asked?.state === 'awaitingSecond') await second?.post(`${at}/approve`, { reason: REASON });
  await vi.waitFor(() => expect(inForce()).toBeGreaterThan(before), { timeout: 10_000 });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

const ratings = ({ facts }: CallDetailSeen) =>
  facts.flatMap(({ type, body }) => (type === 'rating' ? [[body.how, body.grade]] : []));

async function talkThatTheAgentEnds(number: string) {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await agent.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  await call.hangUp();
  await citizen.sound.untilHears(ASK_HZ, 5_000);
  return { agent, citizen };
}

test('asked when the agent has left, graded by a key, thanked, released; counted for line and agent', async () => {
  const { agent, citizen } = await talkThatTheAgentEnds('13800139301');
  // Who is asked holds nobody up: the agent wraps up meanwhile.
  await agent.untilState('WRAP_UP', 5_000);
  await citizen.sound.press('2');
  await citizen.sound.untilHears(THANKS_HZ, 5_000);
  expect(await citizen.ended).toMatchObject({ code: 0 });
  const detail = await town.callInBooks('13800139301');
  expect(detail).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  expect(ratings(detail)).toEqual([['rated', 4]]);
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { agents } = await town.lead.get<{ agents: readonly object[] }>(
    `/v1/reports/ratings?from=${day}&to=${day}`,
  );
  expect(agents).toMatchObject([{ number: '1001', asked: 1, rated: 1, satisfactionRate: 100 }]);
});

test('who hangs up instead has said nothing, and the call was released by the agent all the same', async () => {
  const { citizen } = await talkThatTheAgentEnds('13800139302');
  citizen.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0 });
  const detail = await town.callInBooks('13800139302');
  expect(detail).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  expect(ratings(detail)).toEqual([['hungUp', null]]);
});

test('the agent leaves the citizen with a unit: asked when the unit says good-bye, of the agent', async () => {
  const agent = await town.agent('1001');
  const unit = await town.unitPhone();
  const citizen = await town.citizen({ dialled: '12345', number: '13800139303' });
  const call = await agent.phone.nextCall(15_000);
  await call.answer();
  await town.converse(citizen, call);
  const comes = unit.nextCall(10_000);
  await agent.api.post('/v1/agents/me/talk/invite', { target: { kind: 'unit', unit: 'justice' } });
  const third = await comes;
  await third.answer();
  await third.connected;
  // Refused until the unit is in the talk.
  await vi.waitFor(() => agent.api.post('/v1/agents/me/talk/leave'), { timeout: 10_000 });
  await call.ended;
  await agent.untilState('WRAP_UP', 5_000);
  await town.converse(citizen, third);
  await third.hangUp();
  await citizen.sound.untilHears(ASK_HZ, 5_000);
  await citizen.sound.press('1');
  await citizen.sound.untilHears(THANKS_HZ, 5_000);
  expect(await citizen.ended).toMatchObject({ code: 0 });
  const detail = await town.callInBooks('13800139303');
  expect(detail).toMatchObject({ result: 'answeredByAgent', releasedBy: 'unit', agentNumber: '1001' });
  expect(ratings(detail)).toEqual([['rated', 5]]);
});
