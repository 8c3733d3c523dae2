import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  await counter.db.query(`insert into units (code, name, kind, parent_code) values
    ('water-window', '自来水公司营业厅', 'public-utility', 'water')`);
});
afterAll(() => counter.close());

const opened = async (over: object = {}): Promise<string> => {
  const { body, status, raw } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '营业厅窗口人员态度差，推诿' },
    ...over,
  });
  expect(status, raw).toBe(201);
  return body.id;
};
const move = async (who: Person, id: string, what: string, details: object = {}) => {
  const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
  const asked = { move: what, version: body.version, reason: '因为', details };
  return counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, asked);
};
const accuse = (who: Person, id: string, unitCode: string | null, reason = '市民投诉窗口态度') =>
  counter.ask(who, 'PUT', `/v1/tickets/${id}/accused`, { unitCode, reason });
const read = async (id: string) => (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`)).body;

test('HM-16: an appeal about a unit’s conduct goes to another that handles it; the unit complained of assists, and is not suggested', async () => {
  const { dispatcher, supervisor, agent, unit } = counter.people;
  const id = await opened();
  expect((await accuse(unit, id, 'power')).status).toBe(403);
  expect((await accuse(agent, id, 'nowhere')).body.code).toBe('ticket.unitUnknown');
  expect((await accuse(agent, id, 'water')).body).toEqual({ unitCode: 'water' });
  expect((await accuse(agent, id, 'water')).status).toBe(200);
  const ticket = await read(id);
  expect(ticket.accusedUnit).toEqual({ code: 'water', name: '县自来水公司' });
  // Said twice it stands there once.
  expect(ticket.timeline.filter(({ type }: { type: string }) => type === 'accusedNamed')).toMatchObject([
    { reason: '市民投诉窗口态度', body: { accused: 'water' } },
  ]);
  for (const accused of ['water', 'water-window']) {
    expect((await move(dispatcher, id, 'dispatch', { unitCode: accused })).body.code).toBe(
      'ticket.accusedUnit',
    );
  }
  const { suggestions } = (await counter.ask(dispatcher, 'GET', `/v1/tickets/${id}/suggestions`)).body;
  expect(suggestions.map(({ unitCode }: { unitCode: string }) => unitCode)).not.toContain('water');
  expect((await move(dispatcher, id, 'dispatch', { unitCode: 'centre' })).status).toBe(200);
  const part = { kind: 'assist', unitCode: 'water', task: '说明窗口情况' };
  expect((await counter.ask(dispatcher, 'POST', `/v1/tickets/${id}/parts`, part)).status).toBe(201);
  const list = await counter.ask(supervisor, 'GET', '/v1/tickets?aboutConduct=true');
  expect(list.body.tickets.map((one: { id: string }) => one.id)).toEqual([id]);
  expect((await counter.ask(supervisor, 'GET', '/v1/tickets?aboutConduct=false')).body.tickets).toEqual([]);
});

test('HM-16: a unit that had it before it was known of whom he complains does not report it done; it is taken from it', async () => {
  const { adjudicator, unit, lead } = counter.people;
  const id = await opened({ unitCode: 'water' });
  await move(unit, id, 'signFor');
  await move(unit, id, 'handle');
  await accuse(lead, id, 'water');
  const { moves } = (await counter.ask(unit, 'GET', `/v1/tickets/${id}/moves`)).body;
  expect(moves.map((one: { move: string }) => one.move)).not.toContain('reportDone');
  expect((await move(unit, id, 'reportDone', { reply: '已批评教育。' })).body.code).toBe(
    'ticket.accusedUnit',
  );
  expect((await move(adjudicator, id, 'handOver', { unitCode: 'centre' })).status).toBe(200);
  // Nor is a unit within it offered what it could not do.
  const window = await counter.person(['unit'], { unitCode: 'water-window' });
  const within = await opened({ unitCode: 'water-window' });
  await move(window, within, 'signFor');
  await move(window, within, 'handle');
  await accuse(lead, within, 'water');
  const offered = (await counter.ask(window, 'GET', `/v1/tickets/${within}/moves`)).body.moves;
  expect(offered.map((one: { move: string }) => one.move)).not.toContain('reportDone');
  // It was nobody after all: it is a ticket like any other.
  expect((await accuse(lead, id, null, '查明与该单位无关')).body).toEqual({ unitCode: null });
  expect((await move(adjudicator, id, 'handOver', { unitCode: 'water' })).status).toBe(200);
});

test('named with the appeal itself: it stands on the time line from the first, and the ticket is never given to that unit or one within it', async () => {
  const { agent } = counter.people;
  const ask = (over: object) =>
    counter.ask(agent, 'POST', '/v1/tickets', {
      ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '营业厅窗口人员态度差，推诿' },
      ...{ accusedUnitCode: 'water', ...over },
    });
  for (const unitCode of ['water', 'water-window']) {
    expect(await ask({ unitCode })).toMatchObject({ status: 409, body: { code: 'ticket.accusedUnit' } });
  }
  expect((await ask({ accusedUnitCode: 'nowhere' })).body.code).toBe('ticket.unitUnknown');
  const { body: open } = await ask({});
  const ticket = await read(open.id);
  expect(ticket).toMatchObject({ state: 'registered', accusedUnit: { code: 'water' } });
  expect(ticket.timeline.map(({ type }: { type: string }) => type)).toEqual(['register', 'accusedNamed']);
  const { body: given } = await ask({ unitCode: 'centre' });
  expect((await read(given.id)).timeline).toMatchObject([
    { type: 'register' },
    { type: 'accusedNamed', actor: { id: agent.id }, body: { accused: 'water' } },
    { type: 'dispatch' },
  ]);
  // Of nobody, as before.
  expect((await read(await opened())).accusedUnit).toBeNull();
});
