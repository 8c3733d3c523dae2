import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentView } from '../../support/agent-view.ts';
import { type Counter, openCounter } from './counter.ts';

// Who calls, shown while it rings: by the live picture, for the books may not have the call yet.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const CALLER = '13812345678';
function rings(agentId: string, callerNumber = CALLER): string {
  const callId = randomUUID();
  const agent = agentView({ agentId, state: 'RINGING', callId });
  counter.control.tell({ kind: 'agent', agent });
  counter.control.tell({
    kind: 'call',
    call: {
      ...{ callId, state: 'ringingAgent', dialled: '12345', line: '12345', lineName: '政府热线' },
      ...{ mode: 'MAIN', queue: 'general', callerNumber, agentId, sinceMs: 1, arrivedMs: 1 },
    },
  });
  return callId;
}

test('the agent at whom it rings sees who calls and what he has heard; nobody else does', async () => {
  const me = counter.people.agent;
  await counter.call(me.id);
  const callId = rings(me.id);
  const { status, body, raw } = await counter.ask(me, 'GET', `/v1/calls/${callId}/caller`);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: {
      line: { greeting: '您好，12345热线为您服务。' },
      note: null,
      area: null,
      tickets: [],
      incidents: [],
    },
  });
  expect(body.calls).toMatchObject([{ outcome: null, ticketNumber: null }]);
  expect(raw).not.toContain(CALLER);

  const colleague = await counter.person(['agent']);
  expect(await counter.ask(colleague, 'GET', `/v1/calls/${callId}/caller`)).toMatchObject({
    status: 403,
    body: { code: 'call.notYours' },
  });
});

test('what agents noted of him is shown, also when his number is written another way', async () => {
  const me = counter.people.agent;
  const noted = { number: `+86 ${CALLER}`, vulnerable: true, language: 'en', note: '听力不好，请慢说' };
  expect(await counter.ask(me, 'POST', '/v1/caller-notes', noted)).toMatchObject({ status: 201 });
  const { body } = await counter.ask(me, 'GET', `/v1/calls/${rings(me.id)}/caller`);
  expect(body.note).toEqual({ vulnerable: true, language: 'en', note: '听力不好，请慢说' });
});

test('where he calls from: a line from elsewhere tells it itself, else his last matter, unless it is confidential', async () => {
  const me = counter.people.agent;
  const areaOf = async (number: string) => {
    const { body } = await counter.ask(me, 'GET', `/v1/calls/${rings(me.id, number)}/caller`);
    return body.area;
  };
  const matter = async (citizenNumber: string, place: string, confidential = false): Promise<void> => {
    const appeal = { type: 'COMPLAINT', categoryCode: 'leak', content: '水管漏水', place, confidential };
    expect(
      await counter.ask(counter.people.operator, 'POST', '/v1/tickets', { ...appeal, citizenNumber }),
    ).toMatchObject({ status: 201 });
  };
  expect(await areaOf('051266778899')).toEqual({ name: '江苏苏州', by: 'number' });
  expect(await areaOf('051384110088')).toEqual({ name: '江苏南通', by: 'number' });
  expect(await areaOf('13812345001')).toBeNull();
  expect(await areaOf('')).toBeNull();
  for (const number of ['13812345001', '051384110088', '051266778899']) await matter(number, '余荡村三组');
  await matter('13812345001', '青园路9号', true);
  expect(await areaOf('13812345001')).toEqual({ name: '余荡村三组', by: 'ticket' });
  expect(await areaOf('051384110088')).toEqual({ name: '余荡村三组', by: 'ticket' });
  expect(await areaOf('051266778899')).toEqual({ name: '江苏苏州', by: 'number' });
});

test('a call that is over is not looked up', async () => {
  expect(await counter.ask(counter.people.agent, 'GET', `/v1/calls/${randomUUID()}/caller`)).toMatchObject({
    status: 404,
    body: { code: 'call.unknown' },
  });
});
