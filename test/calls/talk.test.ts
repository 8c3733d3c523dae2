import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';
import { answered, HZ, hears, isInSilence } from '../support/voices.ts';

// Talks of several with real telephones: each speaks a tone of its own, and it is measured who hears whom and whom not.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

interface Talk {
  readonly agent: AgentAtWork;
  readonly citizen: Citizen;
  readonly call: PhoneCall;
  act(path: string, body?: object): Promise<unknown>;
}
async function talk(number: string): Promise<Talk> {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await agent.phone.nextCall(10_000);
  await answered(call, 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hears(citizen.sound, 'first');
  const act = (path: string, body?: object) => agent.api.post(`/v1/agents/me/talk/${path}`, body);
  return { agent, citizen, call, act };
}
test('on hold the citizen hears music and not the agent; resumed and muted as asked; keys reach him', async () => {
  const { citizen, call, act } = await talk('13800138201');
  await act('hold');
  await Promise.all([hears(citizen.sound), isInSilence(call.sound)]);
  await act('resume');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  await act('mute');
  await Promise.all([isInSilence(citizen.sound), hears(call.sound, 'citizen')]);
  await act('unmute');
  await hears(citizen.sound, 'first');
  await act('digits', { digits: '12#', party: 'citizen' });
  await citizen.sound.untilKeys('12#', 5_000);
  await act('hold');
  // The agent's phone dies in his hand: the citizen is not left with the music.
  await call.hangUp();
  await town.untilCallIs('13800138201', 'queued');
  citizen.hangUp();
  const { facts } = await town.callInBooks('13800138201');
  expect(JSON.stringify(facts)).not.toContain('12#');
  expect(facts.filter(({ type }) => type === 'citizenHeld')).toHaveLength(2);
  const done = facts.flatMap(({ type, body }) => (type === 'commandDone' ? [body.act] : []));
  expect(done).toEqual(['hold', 'resume', 'mute', 'unmute', 'digits', 'hold']);
});

test('consulted, swapped, all three, completed: each hears whom he is to hear', async () => {
  const { agent, citizen, call, act } = await talk('13800138202');
  const colleague = await town.agent('1002');
  await act('consult', { target: { kind: 'agent', agent: '1002' } });
  const second = await answered(await colleague.phone.nextCall(10_000), 'second');
  expect(second.displayName).toContain('座席1001');
  await Promise.all([hears(citizen.sound), hears(call.sound, 'second'), hears(second.sound, 'first')]);
  await act('swap');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen'), hears(second.sound)]);
  await act('swap');
  await Promise.all([hears(citizen.sound), hears(call.sound, 'second'), hears(second.sound, 'first')]);
  await act('merge');
  await Promise.all([
    hears(citizen.sound, 'first', 'second'),
    hears(call.sound, 'citizen', 'second'),
    hears(second.sound, 'citizen', 'first'),
  ]);
  await act('leave');
  expect(await call.ended).toBe('byThem');
  await agent.untilState('WRAP_UP', 5_000);
  await Promise.all([hears(citizen.sound, 'second'), hears(second.sound, 'citizen')]);
  await second.hangUp();
  const detail = await town.callInBooks('13800138202');
  expect(detail).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  expect(detail.facts.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['consulted', 'citizenHeld', 'swapped', 'partyJoined', 'citizenResumed']),
  );
});

test('transferred to a colleague who does not take it: back to the sender; then to one who does', async () => {
  const { agent, citizen, call, act } = await talk('13800138203');
  const colleague = await town.agent('1002');
  await act('transfer', { target: { kind: 'agent', agent: '1002' } });
  expect(await call.ended).toBe('byThem');
  (await colleague.phone.nextCall(10_000)).reject(603);
  const back = await agent.phone.nextCall(10_000);
  expect(back.displayName).toContain('转接未成功');
  await answered(back, 'first');
  await hears(citizen.sound, 'first');
  const third = await town.agent('1003');
  await act('transfer', { target: { kind: 'agent', agent: '1003' } });
  const taken = await answered(await third.phone.nextCall(10_000), 'second');
  await Promise.all([hears(citizen.sound, 'second'), hears(taken.sound, 'citizen')]);
  citizen.hangUp();
  expect(await town.callInBooks('13800138203')).toMatchObject({ agentNumber: '1003', releasedBy: 'caller' });
});

test('three-way with a unit by one key: our number and the ticket go with it; it is muted, and removed', async () => {
  const { citizen, call, act } = await talk('13800138204');
  const unit = await town.unitPhone();
  const target = { kind: 'unit', unit: 'justice' };
  await act('invite', { target, ticket: 'T-2026-1', location: '人民路1号' });
  // The two talk on while it rings.
  await hears(citizen.sound, 'first');
  const third = await unit.nextCall(10_000);
  expect(third).toMatchObject({ dialled: '051384140001', from: '12345' });
  expect(third.sipHeader('X-12345-Ticket')).toBe('T-2026-1');
  expect(decodeURIComponent(third.sipHeader('X-12345-Location'))).toBe('人民路1号');
  await answered(third, 'unit');
  await Promise.all([
    hears(citizen.sound, 'first', 'unit'),
    hears(call.sound, 'citizen', 'unit'),
    hears(third.sound, 'citizen', 'first'),
  ]);
  const { calls } = await town.lead.get<{
    calls: readonly { talk: { parties: readonly { id: string; kind: string; name: string }[] } | null }[];
  }>('/v1/calls/live');
  const party = calls[0]?.talk?.parties.find(({ kind }) => kind === 'unit');
  expect(party?.name).toContain('司法');
  await act('mute', { party: party?.id });
  await Promise.all([hears(citizen.sound, 'first'), hears(third.sound, 'citizen', 'first')]);
  await act('remove', { party: party?.id });
  expect(await third.ended).toBe('byThem');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  citizen.hangUp();
  expect(await town.callInBooks('13800138204')).toMatchObject({ result: 'answeredByAgent' });
});

test('an emergency desk: the agent cannot leave before it has accepted', async () => {
  const { citizen, call, act } = await talk('13800138205');
  const desk = await town.unitPhone();
  await act('invite', { target: { kind: 'emergency', desk: '110' }, location: '人民路1号' });
  const police = await desk.nextCall(10_000);
  expect(police).toMatchObject({ dialled: '110', from: '12345' });
  await answered(police, 'unit');
  await hears(police.sound, 'citizen', 'first');
  await expect(act('leave')).rejects.toMatchObject({ code: 'talk.emergencyNotAccepted' });
  await act('accepted');
  await act('leave');
  expect(await call.ended).toBe('byThem');
  await Promise.all([hears(citizen.sound, 'unit'), hears(police.sound, 'citizen')]);
  await police.hangUp();
  const detail = await town.callInBooks('13800138205');
  expect(detail.facts.find(({ type }) => type === 'emergencyAccepted')?.body).toMatchObject({ desk: '110' });
});

test('call control is killed in the middle of a consultation: they talk on, and it is completed', async () => {
  const { citizen, call, act } = await talk('13800138206');
  const colleague = await town.agent('1002');
  await act('consult', { target: { kind: 'agent', agent: '1002' } });
  const second = await answered(await colleague.phone.nextCall(10_000), 'second');
  await hears(second.sound, 'first');
  await town.callControl.kill();
  await Promise.all([hears(citizen.sound), hears(call.sound, 'second'), hears(second.sound, 'first')]);
  await town.callControl.start();
  await town.untilAnswering();
  await Promise.all([hears(citizen.sound), hears(call.sound, 'second')]);
  await act('complete');
  expect(await call.ended).toBe('byThem');
  await Promise.all([hears(citizen.sound, 'second'), hears(second.sound, 'citizen')]);
  citizen.hangUp();
  expect(await town.callInBooks('13800138206')).toMatchObject({
    result: 'answeredByAgent',
    agentNumber: '1002',
  });
});

test('the reminder of a citizen on hold is heard by his agent alone', async () => {
  const rules = await town.lead.get<{ revision: number }>('/v1/presence-rules');
  const sooner = { ...rules, holdReminderSeconds: 15 };
  const { revision } = await town.put<typeof rules>('operator', '/v1/presence-rules', sooner);
  const { citizen, call, act } = await talk('13800138207');
  await act('hold');
  await call.sound.untilHears(PROMPT_HZ['hold-reminder'], 50_000);
  expect(citizen.sound.level(PROMPT_HZ['hold-reminder'])).toBeLessThan(0.1);
  citizen.hangUp();
  const { facts } = await town.callInBooks('13800138207');
  expect(facts.filter(({ type }) => type === 'holdReminded')).toHaveLength(1);
  await town.put('operator', '/v1/presence-rules', { ...rules, revision });
});
