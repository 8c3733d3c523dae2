import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import { ApiRefusal } from '../../src/demo/api-client.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { KeptRecording } from '../support/kept-recording.ts';
import { Town } from '../support/town.ts';
import { answered, goesOn, HZ, hears } from '../support/voices.ts';

// What is kept of a talk of several: the citizen's recording goes through everything, has each voice on its side, and
// holds what he heard and nothing that was said behind his back; that is a recording of its own on the same time line.

// Each waits for a talk, and then for its recording to be sealed.
vi.setConfig({ testTimeout: 120_000 });

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
  readonly callId: string;
  act(path: string, body?: object): Promise<unknown>;
}
const actOf = (agent: AgentAtWork) => (path: string, body?: object) =>
  agent.api.post(`/v1/agents/me/talk/${path}`, body);
async function talk(number: string): Promise<Talk> {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hears(citizen.sound, 'first');
  const { callId } = await agent.untilState('TALKING', 5_000);
  if (callId === null) throw new Error('in no call');
  return { agent, citizen, call, callId, act: actOf(agent) };
}
/** The party of this kind in the talk that goes on. */
async function partyOf(kind: string): Promise<string | undefined> {
  const { calls } = await town.lead.get<{
    calls: readonly { talk: { parties: readonly { id: string; kind: string }[] } | null }[];
  }>('/v1/calls/live');
  return calls[0]?.talk?.parties.find((one) => one.kind === kind)?.id;
}
const stored = (segment: string, channels: number): object => ({
  segment,
  state: 'stored',
  channels,
  fault: null,
  gaps: [],
  isHashed: true,
});

test('held, consulted, swapped, completed: two consultations beside one whole recording', async () => {
  const { citizen, call, callId, act } = await talk('13800138501');
  const colleague = await town.agent('1002');
  await goesOn(citizen.sound);
  await act('hold');
  await goesOn(citizen.sound);
  await act('resume');
  await hears(citizen.sound, 'first');
  await act('consult', { target: { kind: 'agent', agent: '1002' } });
  const second = await answered(await colleague.phone.nextCall(10_000), 'second');
  await hears(second.sound, 'first');
  await goesOn(second.sound);
  await act('swap');
  await hears(citizen.sound, 'first');
  await act('swap');
  await hears(second.sound, 'first');
  await goesOn(second.sound);
  await act('complete');
  await Promise.all([hears(citizen.sound, 'second'), hears(second.sound, 'citizen')]);
  expect(await call.ended).toBe('byThem');
  await goesOn(citizen.sound);
  citizen.hangUp();
  await second.ended;
  await town.callInBooks('13800138501');

  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([stored('main', 2), stored('i1', 1), stored('i2', 1)]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const over = kept.at('transferred');
  const heldFrom = kept.at('citizenHeld');
  expect(kept.heard('staff', { toMs: heldFrom })).toEqual(['first']);
  expect(kept.heard('staff', { fromMs: heldFrom, toMs: kept.at('citizenResumed') })).not.toContain('first');
  expect(kept.heard('staff', { toMs: over })).not.toContain('second');
  expect(kept.heard('staff', { fromMs: over })).toEqual(['second']);
  for (const segment of ['i1', 'i2']) expect(kept.heard('staff', { segment })).toEqual(['first', 'second']);
  const { marks, participants, segments } = await town.lead.get<{
    marks: readonly { what: string; reason: string; legs: readonly string[]; fromMs: number; toMs: number }[];
    participants: readonly { who: string; leg: string | null }[];
    segments: readonly { segment: string; startsAtMs: number; durationMs: number }[];
  }>(`/v1/calls/${callId}/recordings`);
  const legs = participants.flatMap(({ leg }) => (leg === null ? [] : [leg])).sort();
  const internal = marks.filter(({ what }) => what === 'internal');
  expect(internal.map(({ reason, legs: theirs }) => [reason, [...theirs].sort()])).toEqual([
    ['i1', legs],
    ['i2', legs],
  ]);
  for (const { reason, fromMs, toMs } of internal) {
    const file = segments.find(({ segment }) => segment === reason);
    expect(file?.startsAtMs).toBe(fromMs);
    expect(Math.abs((file?.durationMs ?? 0) - (toMs - fromMs))).toBeLessThan(1_000);
  }
});

test('a failed transfer, back, and one that is taken: one recording, each agent while he had the citizen', async () => {
  const { agent, citizen, callId, act } = await talk('13800138502');
  const colleague = await town.agent('1002');
  await goesOn(citizen.sound);
  const target = { kind: 'agent', agent: '1002' };
  await act('transfer', { target });
  (await colleague.phone.nextCall(10_000)).reject(603);
  await answered(await agent.phone.nextCall(10_000), 'first');
  await hears(citizen.sound, 'first');
  await goesOn(citizen.sound);
  const third = await town.agent('1003');
  await act('transfer', { target: { kind: 'agent', agent: '1003' } });
  const taken = await answered(await third.phone.nextCall(10_000), 'second');
  await hears(citizen.sound, 'second');
  await goesOn(citizen.sound);
  citizen.hangUp();
  await taken.ended;
  await town.callInBooks('13800138502');

  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([stored('main', 2)]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const last = kept.at('talkStarted', 3);
  expect(kept.heard('staff', { toMs: kept.at('transferred') })).toEqual(['first']);
  expect(kept.heard('staff', { fromMs: kept.at('talkStarted', 2), toMs: kept.at('transferred', 2) })).toEqual(
    ['first'],
  );
  expect(kept.heard('staff', { fromMs: last })).toEqual(['second']);
});

test('three-way with a unit, and what the two say while the citizen is held', async () => {
  const { citizen, call, callId, act } = await talk('13800138503');
  const unit = await town.unitPhone();
  await act('invite', { target: { kind: 'unit', unit: 'justice' } });
  const third = await answered(await unit.nextCall(10_000), 'unit');
  await hears(citizen.sound, 'first', 'unit');
  await goesOn(citizen.sound);
  await act('hold');
  await hears(call.sound, 'unit');
  await goesOn(call.sound);
  await act('resume');
  await hears(citizen.sound, 'first', 'unit');
  await goesOn(citizen.sound);
  citizen.hangUp();
  await third.ended;
  await town.callInBooks('13800138503');

  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([stored('main', 2), stored('i1', 1)]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const [joined, held, back] = [kept.at('partyJoined'), kept.at('citizenHeld'), kept.at('citizenResumed')];
  expect(kept.heard('staff', { fromMs: joined, toMs: held })).toEqual(['first', 'unit']);
  const onHold = kept.heard('staff', { fromMs: held, toMs: back });
  expect(onHold.filter((who) => who === 'first' || who === 'unit')).toEqual([]);
  expect(kept.heard('staff', { fromMs: back })).toEqual(['first', 'unit']);
  expect(kept.heard('staff', { segment: 'i1' })).toEqual(['first', 'unit']);
});

test('a conference of four, one of them muted, one removed: each voice while it could be heard', async () => {
  const { citizen, call, callId, act } = await talk('13800138504');
  const colleague = await town.agent('1002');
  const unit = await town.unitPhone();
  await act('invite', { target: { kind: 'agent', agent: '1002' } });
  await answered(await colleague.phone.nextCall(10_000), 'second');
  await hears(citizen.sound, 'first', 'second');
  await act('invite', { target: { kind: 'unit', unit: 'justice' } });
  const third = await answered(await unit.nextCall(10_000), 'unit');
  await hears(citizen.sound, 'first', 'second', 'unit');
  await goesOn(citizen.sound);
  await act('mute');
  await hears(citizen.sound, 'second', 'unit');
  await goesOn(citizen.sound);
  await act('unmute');
  await hears(citizen.sound, 'first', 'second', 'unit');
  await act('remove', { party: await partyOf('unit') });
  expect(await third.ended).toBe('byThem');
  await hears(citizen.sound, 'first', 'second');
  await goesOn(citizen.sound);
  citizen.hangUp();
  await call.ended;
  await town.callInBooks('13800138504');

  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([stored('main', 2)]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const [four, muted, unmuted] = [kept.at('partyJoined', 2), kept.at('muted'), kept.at('unmuted')];
  expect(kept.heard('staff', { fromMs: four, toMs: muted })).toEqual(['first', 'second', 'unit']);
  expect(kept.heard('staff', { fromMs: muted, toMs: unmuted })).toEqual(['second', 'unit']);
  expect(kept.heard('staff', { fromMs: kept.at('legEnded', 1, (body) => body.how === 'removed') })).toEqual([
    'first',
    'second',
  ]);
});

/** The test may run by night: nobody is to be spared calls. */
async function callsByNight(): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const session = await fetch(`${town.apiUrl}/v1/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ username: 'operator', password: town.passwordOf('operator'), as: 'token' }),
  });
  const { token } = (await session.json()) as { token: string };
  const headers = { ...json, authorization: `Bearer ${token}` };
  const rules = (await (await fetch(`${town.apiUrl}/v1/outbound-rules`, { headers })).json()) as object;
  const quietHours = { fromMinute: 0, toMinute: 0 };
  const changed = await fetch(`${town.apiUrl}/v1/outbound-rules`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ ...rules, quietHours, reason: '夜间测试' }),
  });
  expect(changed.status).toBe(200);
}

test('a call that we make: from the citizen’s answer, both sides, through a transfer', async () => {
  const agent = await town.agent('1001');
  const colleague = await town.agent('1002');
  const { id: ticketId } = await agent.api.post<{ id: string }>('/v1/tickets', {
    citizenNumber: '13800138505',
    type: 'COMPLAINT',
    categoryCode: 'environment.noise',
    content: '工地夜间施工，噪声扰民。',
    unitCode: 'ecology',
  });
  await callsByNight();
  const carrier = await town.unitPhone();
  const ringing = carrier.nextCall(20_000);
  const wish = { ticketId, purpose: 'ticket' };
  const { callId } = await until('a call out by night', 10_000, () =>
    agent.api.post<{ callId: string }>('/v1/agents/me/calls', wish).catch((refusal: unknown) => {
      if (refusal instanceof ApiRefusal && refusal.code === 'outbound.quietHours') return null;
      throw refusal;
    }),
  );
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  const citizen = await answered(await ringing, 'citizen');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  await goesOn(citizen.sound);
  await actOf(agent)('transfer', { target: { kind: 'agent', agent: '1002' } });
  const taken = await answered(await colleague.phone.nextCall(10_000), 'second');
  await Promise.all([hears(citizen.sound, 'second'), hears(taken.sound, 'citizen')]);
  await goesOn(citizen.sound);
  await citizen.hangUp();
  await taken.ended;

  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([stored('main', 2)]);
  expect(kept.heard('citizen')).toEqual(['citizen']);
  const [answeredAt, given] = [kept.at('talkStarted'), kept.at('transferred')];
  expect(kept.heard('staff', { toMs: given })).toEqual(['first']);
  expect(kept.heard('staff', { fromMs: kept.at('talkStarted', 2) })).toEqual(['second']);
  const [main] = kept.rows;
  expect(Math.abs((main?.beganMs ?? 0) - answeredAt)).toBeLessThan(1_000);
});
