import { afterAll, beforeAll, expect, test } from 'vitest';
import { expireForces } from '../../../src/app/tickets/force-ticket.ts';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ connections: 1 });
});
afterAll(() => counter.close());

const REASON = '单位机构改革，原承办单位已撤销';
const opened = async (): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'HELP',
    categoryCode: 'leak',
    content: '门前水管爆裂，无人处理',
    unitCode: 'water',
  });
  return body.id;
};
const ask = (who: Person, id: string, to: string, more: object = {}) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/forced-moves`, { to, version: 2, reason: REASON, ...more });
const decide = (who: Person, id: string, decision: string) =>
  counter.ask(who, 'POST', `/v1/forced-moves/${id}/decisions`, { decision, words: '同意，见会议纪要' });
const read = async (id: string) => (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`)).body;

test('two people put a ticket where no move leads; the time line says that it was forced, by whom, and is whole', async () => {
  const { lead, supervisor } = counter.people;
  const id = await opened();
  const { status, body: asked } = await ask(lead, id, 'returnVisit');
  expect(status).toBe(201);
  expect((await read(id)).state).toBe('dispatched');
  expect(await ask(supervisor, id, 'closed', { version: 3 })).toMatchObject({
    status: 409,
    body: { code: 'force.stands' },
  });
  expect(await decide(lead, asked.id, 'approve')).toMatchObject({
    status: 403,
    body: { code: 'force.ownWork' },
  });
  expect(await decide(supervisor, asked.id, 'approve')).toMatchObject({
    status: 200,
    body: { state: 'done', ticketState: 'returnVisit' },
  });
  const after = await read(id);
  expect(after.timeline.at(-1)).toMatchObject({
    ...{ type: 'forced', fromState: 'dispatched', toState: 'returnVisit', reason: REASON },
    ...{ actor: { id: supervisor.id }, body: { askedBy: lead.id } },
  });
  const { body: proof } = await counter.ask(lead, 'GET', `/v1/tickets/${id}/proof`);
  expect(faultIn(proof, chainHash)).toBeNull();
  expect(await decide(supervisor, asked.id, 'refuse')).toMatchObject({
    body: { code: 'force.moveImpossible' },
  });
});

test('what moved since it was asked is not forced: the request expires and says so', async () => {
  const { lead, supervisor, unit } = counter.people;
  const id = await opened();
  const { body: asked } = await ask(lead, id, 'closed');
  await counter.ask(unit, 'POST', `/v1/tickets/${id}/moves`, { move: 'signFor', version: 3 });
  expect(await decide(supervisor, asked.id, 'approve')).toMatchObject({
    status: 409,
    body: { code: 'force.ticketMoved' },
  });
  expect((await read(id)).state).toBe('signedFor');
  const { body } = await counter.ask(lead, 'GET', '/v1/forced-moves?state=expired');
  expect(body.forcedMoves.map((one: { id: string }) => one.id)).toEqual([asked.id]);
});

test('nobody agreed within a day: it expires; a unit neither asks nor agrees; another unit needs to exist', async () => {
  const { lead, supervisor, unit } = counter.people;
  const id = await opened();
  expect((await ask(unit, id, 'closed')).status).toBe(403);
  const insider = await counter.person(['lead'], { unitCode: 'water' });
  expect(await ask(insider, id, 'closed')).toMatchObject({ status: 403, body: { code: 'force.ownUnit' } });
  expect(await ask(lead, id, 'dispatched', { unitCode: 'nobody' })).toMatchObject({
    body: { code: 'ticket.unitUnknown' },
  });
  const { body: asked } = await ask(lead, id, 'dispatched', { unitCode: 'power' });
  expect(await decide(insider, asked.id, 'approve')).toMatchObject({ body: { code: 'force.ownUnit' } });
  const later = () => Date.now() + 25 * 3_600_000;
  expect(await expireForces({ ...counter.services, now: later })()).toBe(1);
  expect(await expireForces({ ...counter.services, now: later })()).toBe(0);
  const again = (await ask(lead, id, 'dispatched', { unitCode: 'power', version: 4 })).body;
  expect(await decide(supervisor, again.id, 'approve')).toMatchObject({ status: 200 });
  const after = await read(id);
  expect(after.unit.code).toBe('power');
  expect(after.timeline.map(({ type }: { type: string }) => type).slice(2)).toEqual([
    'forceAsked',
    'forceExpired',
    'forceAsked',
    'forced',
  ]);
});

test('given to another unit meanwhile, or gone and come back: it is no more the ticket that was spoken of', async () => {
  const { lead, supervisor, unit, adjudicator } = counter.people;
  const move = async (who: Person, id: string, what: string, details: object = {}) => {
    const { version } = await read(id);
    const body = { move: what, version, reason: '因为', details };
    expect((await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, body)).status).toBe(200);
  };
  const given = await opened();
  const { body: first } = await ask(lead, given, 'handling');
  await move(adjudicator, given, 'handOver', { unitCode: 'power' });
  expect(await decide(supervisor, first.id, 'approve')).toMatchObject({
    status: 409,
    body: { code: 'force.ticketMoved' },
  });
  expect(await read(given)).toMatchObject({ state: 'dispatched', unit: { code: 'power' } });

  const returned = await opened();
  await move(unit, returned, 'signFor');
  const { version } = await read(returned);
  const { body: second } = await ask(lead, returned, 'closed', { version });
  await move(unit, returned, 'returnTicket', { evidence: '属供电', suggestedUnitCode: 'power' });
  await move(adjudicator, returned, 'refuseReturn');
  expect((await decide(supervisor, second.id, 'approve')).body.code).toBe('force.ticketMoved');
  expect((await read(returned)).state).toBe('signedFor');
});
