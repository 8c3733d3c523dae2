import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { handOverFigures } from '../../../src/adapters/pg/hand-overs.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import { USUAL_EMERGENCY_DESKS } from '../../../src/domain/callbacks/emergency-desks.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { agentView } from '../../support/agent-view.ts';
import { type Counter, openCounter } from './counter.ts';

// A talk over the API: what call control is asked for, and what of its answer is shown.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterEach(() => {
  counter.control.asked.length = 0;
  counter.control.reply = { ok: true, agent: null };
});
afterAll(() => counter.close());

const TALK: CallView = {
  callId: 'c1',
  state: 'talking',
  dialled: '12345',
  line: '12345',
  lineName: '政府热线',
  mode: 'MAIN',
  queue: null,
  callerNumber: '13812345678',
  agentId: 'a',
  sinceMs: 1,
  arrivedMs: 1,
  talk: {
    phase: 'consulting',
    citizen: { muted: false, held: { why: 'consult', sinceMs: 1 } },
    sender: null,
    parties: (['agent', 'number', 'unit'] as const).map((kind, nth) => ({
      id: `c1.${kind.charAt(0)}${nth}`,
      kind,
      agentId: kind === 'agent' ? 'a' : null,
      number: kind === 'agent' ? null : '13912345678',
      name: kind === 'unit' ? '水务局' : null,
      accepted: null,
      state: 'aside' as const,
      role: 'member' as const,
      by: null,
      sinceMs: 1,
      muted: false,
    })),
  },
};

test('the call that is meant goes with each wish; of another by then: told so, in both languages', async () => {
  const me = counter.people.agent;
  for (const [path, body] of [
    ['talk/hold', undefined],
    ['talk/mute', null],
    ['talk/transfer', { target: { kind: 'queue', queue: 'general' } }],
    ['answer', undefined],
    ['release-call', undefined],
    ['recording/pause', { reason: '银行卡号', seconds: 60 }],
    ['recording/resume', undefined],
    ['not-reached', { outcome: 'machine' }],
  ] as const) {
    counter.control.asked.length = 0;
    const { status } = await counter.ask(me, 'POST', `/v1/agents/me/${path}?call=c1`, body);
    expect({ path, status }).toEqual({ path, status: 200 });
    expect(counter.control.asked).toMatchObject([{ agentId: me.id, ofCall: 'c1' }]);
  }
  counter.control.reply = { ok: false, code: 'call.another', detail: 'meant for c1' };
  const refused = await counter.ask(me, 'POST', '/v1/agents/me/talk/hold?call=c1');
  expect(refused).toMatchObject({ status: 409, body: { code: 'call.another' } });
  const unread = await counter.ask(me, 'POST', '/v1/agents/me/talk/hold?call=%20');
  expect(unread).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
});

test('an answer by command: under its key, and a telephone that did not take it is said so in both languages', async () => {
  const me = counter.people.agent;
  counter.control.asked.length = 0;
  counter.control.reply = { ok: true, agent: agentView({ agentId: me.id, state: 'TALKING' }) };
  const key = { 'idempotency-key': 'one-answer-1' };
  const { body } = await counter.ask(me, 'POST', '/v1/agents/me/answer', undefined, key);
  expect(body).toMatchObject({ agent: { state: 'TALKING' } });
  expect(counter.control.asked).toEqual([{ kind: 'answer', agentId: me.id, key: 'one-answer-1' }]);
  for (const code of ['answer.notTaken', 'answer.atBrowser'] as const) {
    counter.control.reply = { ok: false, code, detail: 'test' };
    const refused = await counter.ask(me, 'POST', '/v1/agents/me/answer');
    expect(refused).toMatchObject({ status: 409, body: { code, title: expect.stringMatching(/.+/) } });
  }
});

test('each wish reaches call control as it was said, under its key; the answer is the talk as it then is', async () => {
  const me = counter.people.agent;
  counter.control.reply = { ok: true, agent: agentView({ agentId: me.id }), call: TALK };
  const url = '/v1/agents/me/talk';
  const key = { 'idempotency-key': 'one-wish-1' };
  const consult = { target: { kind: 'number', number: '051384130000' }, ticket: 'T-1', location: '人民路' };
  const { status, body } = await counter.ask(me, 'POST', `${url}/consult`, consult, key);
  expect(status).toBe(200);
  expect(counter.control.asked).toEqual([
    {
      kind: 'talk',
      agentId: me.id,
      key: 'one-wish-1',
      wish: { kind: 'consult', target: consult.target, note: { ticket: 'T-1', location: '人民路' } },
    },
  ]);
  expect(body).toMatchObject({
    agent: { agentId: me.id },
    call: {
      callerNumber: '138****5678',
      talk: {
        phase: 'consulting',
        parties: [{ number: null }, { number: '139****5678' }, { number: '13912345678' }],
      },
    },
  });
  for (const [path, given, wish] of [
    ['hold', undefined, { kind: 'hold' }],
    ['mute', undefined, { kind: 'mute', party: null }],
    ['unmute', { party: 'c1.u2' }, { kind: 'unmute', party: 'c1.u2' }],
    ['digits', { digits: '12#' }, { kind: 'digits', digits: '12#', party: null }],
    ['remove', { party: 'c1.u2' }, { kind: 'remove', party: 'c1.u2' }],
    [
      'transfer',
      { target: { kind: 'queue', queue: 'general' } },
      { kind: 'transfer', target: { kind: 'queue', queue: 'general' }, note: {} },
    ],
  ] as const) {
    expect((await counter.ask(me, 'POST', `${url}/${path}`, given)).status, path).toBe(200);
    expect(counter.control.asked.at(-1)).toMatchObject({ kind: 'talk', wish });
  }
});

test.each([
  ['digits', { digits: '12a' }],
  ['digits', { digits: '' }],
  ['remove', { party: '../x' }],
  ['remove', {}],
  ['consult', { target: { kind: 'number', number: '110&PJSIP/1' } }],
  ['consult', { target: { kind: 'nobody' } }],
  ['invite', { target: { kind: 'emergency', desk: '110' }, location: '长'.repeat(45) }],
  ['transfer', { target: { kind: 'agent', agent: 'x' } }],
] as const)('%s %o is refused before call control is asked', async (path, body) => {
  const answer = await counter.ask(counter.people.agent, 'POST', `/v1/agents/me/talk/${path}`, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  expect(counter.control.asked).toEqual([]);
});

test('what call control refuses is told with its code and why', async () => {
  counter.control.reply = { ok: false, code: 'target.busy', detail: '1002 is TALKING' };
  const target = { kind: 'agent', agent: '1002' };
  const answer = await counter.ask(counter.people.agent, 'POST', '/v1/agents/me/talk/consult', { target });
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'target.busy', title: expect.stringContaining('对方忙或示忙，请') },
  });
});

test('the directory has the units with a telephone in the register, and the emergency desks', async () => {
  const { status, body } = await counter.ask(counter.people.agent, 'GET', '/v1/directory');
  expect(status).toBe(200);
  expect(body.emergency).toEqual(USUAL_EMERGENCY_DESKS);
  expect(Array.isArray(body.units)).toBe(true);
});

test('hand-overs are counted in both directions, and talks of three by what they came to', async () => {
  const me = counter.people.agent;
  const write = factWriter(counter.db, () => expect.unreachable('a fact was refused'));
  const tell = (callId: string, facts: readonly CallFact[]) =>
    write.writeFacts(
      facts.map((fact, nth) => ({
        id: randomUUID(),
        atMs: Date.now() + nth,
        callId,
        seq: 100 + nth,
        ...fact,
      })),
    );
  const [taken, unanswered, three, received] = await Promise.all([0, 1, 2, 3].map(() => counter.call(me.id)));
  if (taken === undefined || unanswered === undefined || three === undefined || received === undefined) {
    throw new Error('four calls were asked for');
  }
  const joined = (leg: string, kind: 'emergency' | 'unit' | 'agent'): CallFact => ({
    type: 'partyJoined',
    leg,
    kind,
    agentId: null,
    how: 'invited',
    by: me.id,
  });
  const called = (leg: string): CallFact => ({ type: 'emergencyCalled', leg, desk: '110', by: me.id });
  await tell(taken, [
    called('e1'),
    joined('e1', 'emergency'),
    { type: 'emergencyAccepted', leg: 'e1', desk: '110', by: me.id },
  ]);
  await tell(unanswered, [called('e1')]);
  await tell(three, [joined('u1', 'unit'), joined('a2', 'agent')]);
  await counter.db.query("update calls set caller_number = '110' where id = $1", [received]);
  // A call that the hotline made to the desk's number is none that it received.
  const ours = await counter.call(me.id);
  await counter.db.query(
    "update calls set caller_number = '110', direction = 'outbound', purpose = 'ticket' where id = $1",
    [ours],
  );
  const closed = await counter.ask(me, 'POST', `/v1/calls/${three}/outcome`, {
    outcome: 'answeredOnSpot',
    type: 'ENQUIRY',
    categoryCode: 'water',
  });
  expect(closed.body).toMatchObject({ outcome: 'answeredOnSpot' });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const url = `/v1/reports/hand-overs?from=${today}&to=${today}`;
  const { status, body } = await counter.ask(counter.people.lead, 'GET', url);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    desks: [
      { desk: '110', called: 2, joined: 1, accepted: 1, received: 1, receivedAnswered: 1 },
      { desk: '119', called: 0 },
      { desk: '120', called: 0 },
      { desk: '122', called: 0 },
    ],
    threeWay: { calls: 2, onSpot: 1 },
  });
  // Where 110 answers for the traffic police, what comes from 110 is not of both.
  const merged = USUAL_EMERGENCY_DESKS.map((one) => (one.desk === '122' ? { ...one, number: '110' } : one));
  const { desks } = await handOverFigures(counter.db).between({ from: today, to: today }, merged);
  expect(desks.map(({ desk, received }) => [desk, received])).toEqual([
    ['110', 1],
    ['119', 0],
    ['120', 0],
    ['122', 0],
  ]);
  const wrong = await counter.ask(
    counter.people.lead,
    'GET',
    '/v1/reports/hand-overs?from=2026-02-01&to=2026-01-01',
  );
  expect(wrong).toMatchObject({ status: 400, body: { code: 'period.invalid' } });
});
