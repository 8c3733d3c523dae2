import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { KeptRecording } from '../support/kept-recording.ts';
import { Town } from '../support/town.ts';
import { answered, goesOn, HZ, hears, isInSilence } from '../support/voices.ts';

// A lead at a talk with real telephones: who hears him and who must not, and that the recording holds what the citizen
// could hear and nothing else. `second` is the lead's voice.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
  await town.inBooks(
    `update accounts set roles = array['agent', 'lead'] where username = '1003' returning username`,
  );
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

interface Scene {
  readonly agent: AgentAtWork;
  readonly lead: AgentAtWork;
  readonly citizen: Citizen;
  readonly call: PhoneCall;
  readonly callId: string;
}
async function scene(number: string): Promise<Scene> {
  const lead = await town.agent('1003');
  await lead.api.post('/v1/agents/me/not-ready', { reason: 'paperwork' });
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hears(citizen.sound, 'first');
  const { callId } = await agent.untilState('TALKING', 5_000);
  if (callId === null) throw new Error('in no call');
  return { agent, lead, citizen, call, callId };
}
const listen = ({ lead, callId }: Scene, mode: string, reason = '新人带教') =>
  lead.api.post<{ mode: string }>(`/v1/calls/${callId}/listening`, { mode, reason });
/** The lead's own telephone rings and is taken up. */
async function ear(at: Scene, mode: string): Promise<PhoneCall> {
  const coming = at.lead.phone.nextCall(10_000);
  expect(await listen(at, mode)).toMatchObject({ mode });
  return answered(await coming, 'second');
}

test('monitor, whisper, barge, take over: each hears whom he is to hear, and the recording what the citizen heard', async () => {
  const at = await scene('13800138401');
  const { agent, lead, citizen, call, callId } = at;
  const leadCall = await ear(at, 'monitor');
  expect(leadCall.displayName).toContain('侦听');
  await Promise.all([
    hears(leadCall.sound, 'citizen', 'first'),
    hears(citizen.sound, 'first'),
    hears(call.sound, 'citizen'),
  ]);
  await listen(at, 'whisper');
  await Promise.all([
    hears(call.sound, 'citizen', 'second'),
    hears(citizen.sound, 'first'),
    hears(leadCall.sound, 'citizen', 'first'),
  ]);
  await goesOn(citizen.sound);
  await listen(at, 'monitor');
  await Promise.all([hears(call.sound, 'citizen'), hears(citizen.sound, 'first')]);
  await listen(at, 'barge', '市民情绪激动');
  await Promise.all([
    hears(citizen.sound, 'first', 'second'),
    hears(call.sound, 'citizen', 'second'),
    hears(leadCall.sound, 'citizen', 'first'),
  ]);
  await goesOn(citizen.sound);
  await listen(at, 'monitor');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  await listen(at, 'takeOver', '话务员无法处理');
  expect(await call.ended).toBe('byThem');
  await agent.untilState('WRAP_UP', 5_000);
  await Promise.all([hears(citizen.sound, 'second'), hears(leadCall.sound, 'citizen')]);
  await lead.untilState('TALKING', 5_000);
  await goesOn(citizen.sound);
  citizen.hangUp();
  expect(await leadCall.ended).toBe('byThem');

  expect(await town.callInBooks('13800138401')).toMatchObject({
    releasedBy: 'caller',
    result: 'answeredByAgent',
  });
  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([
    { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
  ]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const how = (mode: string) => (body: Readonly<Record<string, unknown>>) => body.how === mode;
  const [monitored, bargedAt] = [kept.at('listenedIn', 1), kept.at('listenedIn', 1, how('barge'))];
  const [partedAt, takenAt] = [
    kept.at('listenedIn', 3, how('monitor')),
    kept.at('legEnded', 1, how('takenOver')),
  ];
  // A whisper is for the agent alone: what the citizen did not hear is not in his recording.
  expect(kept.heard('staff', { fromMs: monitored, toMs: bargedAt })).toEqual(['first']);
  expect(kept.heard('staff', { fromMs: bargedAt, toMs: partedAt })).toEqual(['first', 'second']);
  expect(kept.heard('staff', { fromMs: takenAt })).toEqual(['second']);
  const { reasons } = await town.inBooks<{ reasons: readonly string[] }>(
    `select array_agg(reason order by at) as reasons from audit_trail
     where subject_id = $1 and action = 'call.listenedIn'`,
    [callId],
  );
  expect(reasons).toEqual([
    'monitor: 新人带教',
    'whisper: 新人带教',
    'monitor: 新人带教',
    'barge: 市民情绪激动',
    'monitor: 新人带教',
    'takeOver: 话务员无法处理',
  ]);
});

test('a lead who listens hears no more of a citizen on hold than the agent does, and nothing once the agent has gone', async () => {
  const at = await scene('13800138402');
  const { agent, lead, citizen, call } = at;
  const leadCall = await ear(at, 'monitor');
  await hears(leadCall.sound, 'citizen', 'first');
  await agent.api.post('/v1/agents/me/talk/hold');
  await Promise.all([hears(leadCall.sound, 'first'), hears(citizen.sound), isInSilence(call.sound)]);
  await agent.api.post('/v1/agents/me/talk/resume');
  await Promise.all([hears(leadCall.sound, 'citizen', 'first'), hears(citizen.sound, 'first')]);
  const colleague = await town.agent('1002');
  await agent.api.post('/v1/agents/me/talk/transfer', { target: { kind: 'agent', agent: '1002' } });
  const taken = await answered(await colleague.phone.nextCall(10_000), 'unit');
  await Promise.all([hears(citizen.sound, 'unit'), hears(taken.sound, 'citizen')]);
  // Whom he listened to is gone, and with him the ear: the talk is as it was.
  expect(await leadCall.ended).toBe('byThem');
  await lead.untilState('NOT_READY', 5_000);
  citizen.hangUp();
  await taken.ended;
});

test('the lead hangs up in every mode and the talk goes on; without a reason nobody listens, nor does an agent', async () => {
  const at = await scene('13800138403');
  const { agent, citizen, call, callId } = at;
  for (const mode of ['monitor', 'whisper', 'barge']) {
    const leadCall = await ear(at, mode);
    await leadCall.sound.untilSound(5_000);
    await leadCall.hangUp();
    await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  }
  await expect(listen(at, 'monitor', ' ')).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(listen(at, 'takeOver')).rejects.toMatchObject({ code: 'listening.listenFirst' });
  await expect(
    agent.api.post(`/v1/calls/${callId}/listening`, { mode: 'monitor', reason: '好奇' }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  citizen.hangUp();
  await call.ended;
});
