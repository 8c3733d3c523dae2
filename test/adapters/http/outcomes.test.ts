import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTED, REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const CITIZEN = '13987654321';
const opened = async (): Promise<{ id: string; number: string }> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'REPORT', categoryCode: 'leak', content: '有人砍伐绿化带的香樟树', unitCode: 'water' },
    ...{ citizenName: '张三丰', citizenNumber: CITIZEN },
  });
  return body;
};
const move = async (who: Person, id: string, what: string, details: object = {}) => {
  const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
  const asked = { move: what, version: body.version, reason: '因为', details };
  return counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, asked);
};
const begun = async () => {
  const ticket = await opened();
  await move(counter.people.unit, ticket.id, 'signFor');
  await move(counter.people.unit, ticket.id, 'handle');
  return ticket;
};
const listed = async (query: string): Promise<readonly string[]> => {
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets?${query}`);
  return body.tickets.map(({ id }: { id: string }) => id);
};

test('HM-12: a case that was filed stands with its number in the list, the reply, the return visit and on the citizen’s page', async () => {
  const { unit, lead, returnVisitor } = counter.people;
  const [{ id, number }, other] = [await begun(), await begun()];
  const reply = '已到现场调查取证。';
  expect((await move(unit, id, 'reportDone', { reply, outcome: 'caseFiled' })).body).toMatchObject({
    code: 'ticket.detailMissing',
    data: { field: 'caseNumber' },
  });
  const filed = { outcome: 'caseFiled', caseNumber: '东城管立〔2026〕12号', caseFiledBy: '县城管局' };
  expect((await move(unit, id, 'reportDone', { reply, ...filed })).status).toBe(200);
  expect((await move(unit, other.id, 'reportDone', { reply: '查无此事。' })).status).toBe(200);
  const outcome = { kind: 'caseFiled', caseNumber: '东城管立〔2026〕12号', caseFiledBy: '县城管局' };
  const ticket = (await counter.ask(lead, 'GET', `/v1/tickets/${id}`)).body;
  expect(ticket.outcome).toEqual(outcome);
  expect(await listed('outcome=caseFiled')).toEqual([id]);
  expect(await listed('outcome=handled')).toEqual([other.id]);
  const told = `${reply}\n该事项已由县城管局立案查处，案号：东城管立〔2026〕12号。`;
  await move(lead, id, 'visit', { checklist: REVIEWED });
  const { citizens } = (await counter.ask(returnVisitor, 'GET', '/v1/visits')).body;
  expect(citizens).toMatchObject([{ tickets: [{ id, outcome, reply: told }] }]);
  const whose = { number, telephone: CITIZEN };
  const followed = await counter.ask(null, 'POST', '/v1/public/tickets/progress', whose);
  expect(followed.body.reply).toBe(told);
});

test('the last report says what came of it: done again without a case it stands among the cases no more', async () => {
  const { unit, lead } = counter.people;
  const { id } = await begun();
  await move(unit, id, 'reportDone', { reply: '已立案。', outcome: 'caseFiled', caseNumber: '7号' });
  expect(await listed('outcome=caseFiled')).toContain(id);
  expect((await move(lead, id, 'refuseReply', { checklist: FAULTED })).status).toBe(200);
  // Sent back it is what was said still.
  expect(await listed('outcome=caseFiled')).toContain(id);
  await move(unit, id, 'reportDone', { reply: '经查不构成违法，已撤案。' });
  expect(await listed('outcome=caseFiled')).not.toContain(id);
  expect((await counter.ask(lead, 'GET', `/v1/tickets/${id}`)).body.outcome).toEqual({
    kind: 'handled',
    caseNumber: null,
    caseFiledBy: null,
  });
});
