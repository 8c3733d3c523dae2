import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const opened = async (unitCode: string | null = 'water'): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '门前水管爆裂，无人处理',
    unitCode,
  });
  return body.id;
};
const move = (who: Person, id: string, body: object, key?: string) =>
  counter.ask(
    who,
    'POST',
    `/v1/tickets/${id}/moves`,
    body,
    key === undefined ? {} : { 'idempotency-key': key },
  );

test('what a screen is offered is what it may do: the unit signs for it, the lead does not', async () => {
  const id = await opened();
  const offered = async (who: Person) => {
    const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
    return { version: body.version, moves: body.moves.map((one: { move: string }) => one.move) };
  };
  expect(await offered(counter.people.unit)).toEqual({ version: 2, moves: ['signFor', 'returnTicket'] });
  expect(await offered(counter.people.lead)).toEqual({ version: 2, moves: ['handOver', 'withdraw'] });
  expect(await move(counter.people.lead, id, { move: 'signFor', version: 2 })).toMatchObject({
    status: 403,
    body: { code: 'ticket.moveForbidden' },
  });
  expect(await move(counter.people.unit, id, { move: 'signFor', version: 2 })).toMatchObject({
    status: 200,
    body: { id, state: 'signedFor', version: 3 },
  });
  expect((await offered(counter.people.unit)).moves).toEqual(['returnTicket', 'contact', 'handle']);
});

test('a repeated request moves once; who comes late is told 409 and by whom', async () => {
  const id = await opened();
  const key = randomUUID();
  const first = await move(counter.people.unit, id, { move: 'signFor', version: 2 }, key);
  const again = await move(counter.people.unit, id, { move: 'signFor', version: 2 }, key);
  expect(again.raw).toBe(first.raw);
  expect(
    await move(counter.people.lead, id, { move: 'withdraw', version: 2, reason: '市民来电撤回' }),
  ).toMatchObject({
    status: 409,
    body: { code: 'ticket.movedMeanwhile', data: { seq: 3, state: 'signedFor' } },
  });
});

test('what a move lacks, or does not take, is named', async () => {
  const id = await opened(null);
  expect(await move(counter.people.lead, id, { move: 'dispatch', version: 1 })).toMatchObject({
    status: 422,
    body: { code: 'ticket.detailMissing', data: { field: 'unitCode' } },
  });
  expect(
    await move(counter.people.lead, id, {
      move: 'dispatch',
      version: 1,
      details: { unitCode: 'water', plan: 'x' },
    }),
  ).toMatchObject({ status: 422, body: { code: 'ticket.detailOutOfPlace', data: { field: 'plan' } } });
  expect(await move(counter.people.lead, id, { move: 'withdraw', version: 1 })).toMatchObject({
    status: 422,
    body: { code: 'ticket.reasonMissing' },
  });
  expect((await move(counter.people.lead, id, { move: 'fly', version: 1 })).status).toBe(400);
});

test('the time line is exported with its hashes, which anybody can compute again', async () => {
  const id = await opened();
  await move(counter.people.unit, id, { move: 'signFor', version: 2 });
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/proof`);
  expect(body.lines).toHaveLength(3);
  expect(faultIn(body, chainHash)).toBeNull();
  const forged = body.lines.map((line: { text: string; hash: string }) => ({
    ...line,
    text: line.text.replace('dispatch', 'd1spatch'),
  }));
  expect(faultIn({ ...body, lines: forged }, chainHash)).toEqual({ ticket: body.number, line: 2 });
  expect((await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}/proof`)).status).toBe(403);
});

test('what is confidential is read by who must, and carried out of the house as data by nobody (H20)', async () => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'REPORT', categoryCode: 'leak', content: '举报偷水', unitCode: 'water', confidential: true },
  });
  for (const who of [counter.people.lead, counter.people.supervisor, counter.people.operator]) {
    expect((await counter.ask(who, 'GET', `/v1/tickets/${body.id}`)).status).toBe(200);
    expect((await counter.ask(who, 'GET', `/v1/tickets/${body.id}/proof`)).body.code).toBe(
      'document.noExport',
    );
  }
});

test('H18: a reply goes back with its marks, which stand on the time line; a screen is told that the list is asked for', async () => {
  const id = await opened();
  const { unit, reviewer } = counter.people;
  const step = async (who: Person, what: string, details: object = {}) => {
    const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
    return move(who, id, { move: what, version: body.version, reason: '因为', details });
  };
  await step(unit, 'signFor');
  await step(unit, 'handle');
  await step(unit, 'reportDone', { reply: '已修复。' });
  expect((await step(reviewer, 'reviewReply')).status).toBe(200);
  const { body: offered } = await counter.ask(reviewer, 'GET', `/v1/tickets/${id}/moves`);
  expect(offered.moves).toContainEqual(
    expect.objectContaining({ move: 'refuseReply', details: ['checklist'] }),
  );
  const met = { finding: 'met' };
  const checklist = {
    ...{ answersEach: met, contactMade: met, tone: met },
    evidence: { finding: 'unmet', mark: '缺现场照片，市民电话13912345678' },
  };
  expect((await step(reviewer, 'visit', { checklist })).body).toMatchObject({
    code: 'reply.pointsUnmet',
    data: { points: ['evidence'] },
  });
  expect((await step(reviewer, 'visit', { checklist: { tone: met } })).status).toBe(400);
  expect((await step(counter.people.returnVisitor, 'visit', { checklist })).body.code).toBe(
    'ticket.moveForbidden',
  );
  expect((await step(reviewer, 'refuseReply', { checklist })).body.state).toBe('handling');
  const { body } = await counter.ask(unit, 'GET', `/v1/tickets/${id}`);
  expect(body.timeline.at(-1).body.checklist.evidence).toEqual({
    finding: 'unmet',
    mark: '缺现场照片，市民电话139****78',
  });
});
