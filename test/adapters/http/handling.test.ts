import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const opened = async (): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '门前水管爆裂', unitCode: 'water' },
    ...{ citizenName: '张三丰', citizenNumber: '13987654321' },
  });
  return body.id;
};
const move = async (who: Person, id: string, what: string, details: object = {}) => {
  const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
  const asked = { move: what, version: body.version, reason: '因为', details };
  const moved = await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, asked);
  expect(moved.status, moved.raw).toBe(200);
};
const say = (who: Person, id: string, kind: string, words: string) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/handling`, { kind, words });
const read = async (who: Person, id: string) => (await counter.ask(who, 'GET', `/v1/tickets/${id}`)).body;

test('JY-11: the approach comes with the work, progress after it, and the return visitor reads both beside the reply', async () => {
  const { unit, lead, returnVisitor, agent } = counter.people;
  const id = await opened();
  expect((await read(agent, id)).handling).toEqual({ approach: null, progress: [] });
  expect((await say(unit, id, 'progress', '还没签收')).body.code).toBe('handling.notNow');
  await move(unit, id, 'signFor');
  await move(unit, id, 'handle', { approach: '卸下损坏的管子，换上好的管子' });
  // Sent again by who never heard that it was written: it stands there once.
  const twice = { kind: 'progress', words: '已停水，联系人 13912345678' };
  const key = randomUUID();
  const under = { 'idempotency-key': key };
  const first = await counter.ask(unit, 'POST', `/v1/tickets/${id}/handling`, twice, under);
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  const again = await counter.ask(unit, 'POST', `/v1/tickets/${id}/handling`, twice, under);
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  expect((await say(unit, id, 'progress', '  ')).status).toBe(400);
  expect((await say(unit, id, 'result', '修好了')).status).toBe(400);
  expect((await say(unit, id, 'approach', '改为整段更换')).status).toBe(201);
  const other = await counter.person(['unit'], { unitCode: 'power' });
  // Of another's ticket a unit learns nothing.
  expect((await say(other, id, 'progress', '我们也来了')).body.code).toBe('ticket.unknown');
  expect((await say(lead, id, 'progress', '代为填写')).status).toBe(403);
  const said = {
    approach: { words: '改为整段更换' },
    progress: [{ words: '已停水，联系人 139****78', unitCode: 'water' }],
  };
  const ticket = await read(agent, id);
  expect(ticket.handling).toMatchObject(said);
  expect(
    ticket.timeline.slice(-3).map(({ type, body }: { type: string; body: object }) => [type, body]),
  ).toEqual([
    ['handle', { approach: '卸下损坏的管子，换上好的管子' }],
    ['progressNoted', { unitCode: 'water' }],
    ['approachNoted', { unitCode: 'water' }],
  ]);
  await move(unit, id, 'reportDone', { reply: '水管已更换。' });
  expect((await say(unit, id, 'progress', '办结之后')).body.code).toBe('handling.notNow');
  await move(lead, id, 'visit', { checklist: REVIEWED });
  const { citizens } = (await counter.ask(returnVisitor, 'GET', '/v1/visits')).body;
  expect(citizens).toMatchObject([{ tickets: [{ id, reply: '水管已更换。', handling: said }] }]);
  // Lines of the time line like any other: hashed with those before.
  const proof = (await counter.ask(lead, 'GET', `/v1/tickets/${id}/proof`)).body;
  expect(proof.lines.map(({ text }: { text: string }) => JSON.parse(text)[5])).toEqual(
    expect.arrayContaining(['progressNoted', 'approachNoted']),
  );
});
