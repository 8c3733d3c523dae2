import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TicketSeen } from '../../src/demo/api-client.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// What the hotline is for: every number brings the citizen to the right person, and both hear each other.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('a citizen and an agent hear each other, and the recording holds both from the greeting on', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138001' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-main'], 5_000);
  const call = await agent.phone.nextCall(10_000);
  expect(call.from).toBe('13800138001');
  await call.answer();
  await town.converse(citizen, call);
  expect(citizen.sound.level(PROMPT_HZ['greeting-main'])).toBeLessThan(0.1);
  // Long enough for whole fifths of a second of both voices in the recording.
  for (let round = 0; round < 3; round += 1) await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await citizen.ended).toMatchObject({ code: 0 });

  const detail = await town.callInBooks('13800138001');
  expect(detail).toMatchObject({
    dialled: '12345',
    line: '12345',
    mode: 'MAIN',
    queue: 'general',
    agentNumber: '1001',
    result: 'answeredByAgent',
    releasedBy: 'caller',
  });
  expect(detail.facts.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'callArrived',
      'callRecognised',
      'callAnswered',
      'queueEntered',
      'talkStarted',
      'callEnded',
    ]),
  );
  expect(detail.facts.map(({ seq }) => seq)).toEqual([...detail.facts.keys()].map((at) => at + 1));

  const recorded = await town.recordingOf(detail.id);
  // Each side has its own channel: the citizen's voice is nowhere on the other, whatever he is told not on his.
  const greeting = recorded.staff.findIndex((window) => toneShare(window, PROMPT_HZ['greeting-main']) > 0.8);
  const talk = recorded.citizen.findIndex(
    (window, at) =>
      toneShare(window, CITIZEN_HZ) > 0.8 && toneShare(recorded.staff[at] ?? [], ANSWER_HZ) > 0.8,
  );
  expect(recorded.citizen.some((window) => toneShare(window, ANSWER_HZ) > 0.1)).toBe(false);
  expect(recorded.staff.some((window) => toneShare(window, CITIZEN_HZ) > 0.1)).toBe(false);
  expect(greeting).toBeGreaterThanOrEqual(0);
  expect(talk).toBeGreaterThan(greeting);
});

test('the agent makes a ticket of the call: its deadlines are set, and the call has this one outcome', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138006' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  const { callId } = await agent.untilState('WRAP_UP', 10_000);
  expect(await town.callInBooks('13800138006')).toMatchObject({ id: callId, outcome: null });
  const appeal = {
    callId,
    type: 'COMPLAINT',
    categoryCode: 'environment.noise',
    content: '工地夜间施工，噪声扰民。',
    unitCode: 'ecology',
  };
  const { id } = await agent.api.post<{ id: string }>('/v1/tickets', appeal);
  const ticket = await town.lead.get<TicketSeen>(`/v1/tickets/${id}`);
  expect(ticket).toMatchObject({ callId, type: 'COMPLAINT' });
  const due = ticket.deadlines.find(({ clock, kind }) => clock === 'citizen' && kind === 'overdue');
  expect(due).toMatchObject({ state: 'pending', dueAt: ticket.citizenDueAt });
  expect(due?.explanation?.days.filter(({ counts }) => counts === 'counted')).toHaveLength(5);
  expect(await town.callInBooks('13800138006')).toMatchObject({ outcome: 'ticket', ticketId: id });
  // Exactly one outcome (invariant 5): neither a second ticket nor "answered on the spot" besides.
  await expect(agent.api.post('/v1/tickets', appeal)).rejects.toMatchObject({ code: 'call.outcomeExists' });
  await expect(
    agent.api.post(`/v1/calls/${callId}/outcome`, {
      outcome: 'answeredOnSpot',
      type: 'ENQUIRY',
      categoryCode: 'environment.noise',
    }),
  ).rejects.toMatchObject({ code: 'call.outcomeExists' });
  await expect(agent.api.post('/v1/tickets', { ...appeal, unitCode: 'no-such-unit' })).rejects.toMatchObject({
    code: 'ticket.unitUnknown',
  });
});

test.for([
  {
    what: 'FORWARD',
    dialled: '12319',
    line: '12319',
    queue: 'general',
    prompt: 'greeting-forwarded',
    agent: '1001',
  },
  {
    what: 'TRANSITION',
    dialled: '051384110003',
    line: '051384110003',
    queue: 'general',
    prompt: 'transition-notice',
    agent: '1001',
  },
  {
    what: 'TRANSITION_ENDED',
    dialled: '051384110001',
    line: '051384110001',
    queue: 'general',
    prompt: 'transition-ended',
    agent: '1001',
  },
  {
    what: 'DEDICATED',
    dialled: '12369',
    line: '12369',
    queue: 'desk-12369',
    prompt: 'greeting-dedicated',
    agent: '1005',
  },
  {
    what: 'UNREGISTERED',
    dialled: '051384199999',
    line: null,
    queue: 'general',
    prompt: 'number-unregistered',
    agent: '1001',
  },
] as const)(
  '$what: $dialled is announced as such and reaches its desk',
  async ({ what, dialled, line, queue, prompt, agent: number }) => {
    const [general, desk] = await Promise.all([town.agent('1001'), town.agent('1005')]);
    const agent = number === '1001' ? general : desk;
    const citizen = await town.citizen({ dialled, number: '13800138002' });
    await citizen.sound.untilHears(PROMPT_HZ[prompt], 5_000);
    const call = await agent.phone.nextCall(10_000);
    await call.answer();
    await town.converse(citizen, call);
    await call.hangUp();
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
    expect(await town.callInBooks('13800138002')).toMatchObject({
      dialled,
      line,
      mode: what,
      queue,
      agentNumber: number,
      result: 'answeredByAgent',
      releasedBy: 'agent',
    });
  },
);

test('PARALLEL: the unit answers on its own telephone, and the two hear each other', async () => {
  const unit = await town.unitPhone();
  const citizen = await town.citizen({ dialled: '12348', number: '13800138003' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-parallel'], 5_000);
  const call = await unit.nextCall(10_000);
  expect(call.dialled).toBe('051384140001');
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800138003')).toMatchObject({
    line: '12348',
    mode: 'PARALLEL',
    queue: null,
    agentNumber: null,
    result: 'answeredByUnit',
  });
});

test.for([
  { what: 'is busy', status: 486, prompt: 'return-busy', how: 'busy' },
  { what: 'rings in vain', status: 480, prompt: 'return-no-answer', how: 'noAnswer' },
  { what: 'refuses', status: 603, prompt: 'return-refused', how: 'rejected' },
  { what: 'does not exist', status: 404, prompt: 'return-unreachable', how: 'unreachable' },
] as const)(
  'PARALLEL: a unit that $what gives the call back to 12345, which says so',
  async ({ status, prompt, how }) => {
    const [unit, agent] = await Promise.all([town.unitPhone(), town.agent('1001')]);
    unit.onCall = (call) => {
      call.ring();
      call.reject(status);
    };
    const citizen = await town.citizen({ dialled: '12348', number: '13800138004' });
    await citizen.sound.untilHears(PROMPT_HZ[prompt], 10_000);
    const call = await agent.phone.nextCall(10_000);
    await call.answer();
    await town.converse(citizen, call);
    citizen.hangUp();
    const detail = await town.callInBooks('13800138004');
    expect(detail).toMatchObject({ line: '12348', mode: 'PARALLEL', queue: 'general', agentNumber: '1001' });
    expect(detail.legs.map(({ number, how }) => ({ number, how }))).toContainEqual({
      number: '051384140001',
      how,
    });
  },
);

test.for([
  { what: 'a Diversion header', header: 'Diversion: <sip:12328@carrier.example>;reason=unconditional' },
  {
    what: 'History-Info',
    header: 'History-Info: <sip:12328@carrier.example>;index=1,<sip:12345@carrier.example>;index=1.1',
  },
])('a call that was forwarded before it reached us is known by $what', async ({ header }) => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138005', headers: [header] });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800138005')).toMatchObject({
    dialled: '12345',
    line: '12328',
    mode: 'FORWARD',
  });
});
