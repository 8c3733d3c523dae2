import { afterAll, beforeAll, expect, test } from 'vitest';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const post = (who: Person, url: string, body: object) => counter.ask(who, 'POST', url, body);

/** A ticket that its unit has reported done and the lead has sent to its visit. */
async function toVisit(
  citizenNumber = '13987654321',
  more: { type?: string; urgency?: string } = {},
): Promise<{ id: string; number: string; version: number }> {
  const { agent, unit, lead } = counter.people;
  const { body: opened } = await post(agent, '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '门前水管爆裂，无人处理',
    unitCode: 'water',
    citizenName: '张三丰',
    citizenNumber,
    ...more,
  });
  const steps = [
    [unit, { move: 'signFor' }],
    [unit, { move: 'handle' }],
    [unit, { move: 'reportDone', reason: '办结', details: { reply: '水管已修复。' } }],
    [lead, { move: 'visit', details: { checklist: REVIEWED } }],
  ] as const;
  let version = 2;
  for (const [who, body] of steps) {
    const moved = await post(who, `/v1/tickets/${opened.id}/moves`, { ...body, version });
    expect(moved.status).toBe(200);
    version = moved.body.version;
  }
  return { id: opened.id, number: opened.number, version };
}

test('the list shows whom to call, masked; the answers close the ticket and are counted', async () => {
  const { id, number, version } = await toVisit();
  const { lead, returnVisitor } = counter.people;
  const { body, raw } = await counter.ask(returnVisitor, 'GET', '/v1/visits');
  expect(raw).not.toContain('13987654321');
  expect(body.citizens).toMatchObject([
    { citizenName: '张**', citizenNumber: '139****4321', tickets: [{ number, reply: '水管已修复。' }] },
  ]);
  const answers = { resolved: true, result: 5, process: 3 };
  const visited = await post(returnVisitor, '/v1/visits', {
    outcome: 'answered',
    tickets: [{ id, version, answers }],
  });
  expect(visited).toMatchObject({ status: 200, body: { tickets: [{ id, state: 'closed', order: null }] } });
  expect((await counter.ask(returnVisitor, 'GET', '/v1/visits')).body.citizens).toEqual([]);
  const day = new Date().toISOString().slice(0, 10);
  const to = new Date(Date.now() + 86_400_000).toISOString();
  const { body: rates } = await counter.ask(lead, 'GET', `/v1/reports/visits?from=${day}T00:00:00Z&to=${to}`);
  expect(rates.units).toMatchObject([{ unitCode: 'water', answered: 1, resolved: 1, satisfiedProcess: 1 }]);
});

test('a unit never visits; a grade that does not exist is refused; the same ticket twice is visited once', async () => {
  const { id, version } = await toVisit();
  const { unit, returnVisitor } = counter.people;
  const body = (result: number) => ({
    outcome: 'answered',
    tickets: [{ id, version, answers: { resolved: true, result, process: 5 } }],
  });
  expect((await post(unit, '/v1/visits', body(5))).status).toBe(403);
  expect((await post(returnVisitor, '/v1/visits', body(6))).status).toBe(400);
  expect((await post(returnVisitor, '/v1/visits', body(5))).status).toBe(200);
  expect(await post(returnVisitor, '/v1/visits', body(5))).toMatchObject({
    status: 409,
    body: { code: 'ticket.movedMeanwhile' },
  });
});

test('an order goes to the unit, which answers it; what the unit may not do is refused', async () => {
  const { id: ticketId } = await toVisit('13987650000');
  const { supervisor, unit } = counter.people;
  const order = { ticketId, instrument: 'written', demand: '请说明水管爆裂的原因' };
  expect((await post(unit, '/v1/supervision', order)).status).toBe(403);
  const { status, body } = await post(supervisor, '/v1/supervision', order);
  expect({ status, number: body.number }).toEqual({
    status: 201,
    number: expect.stringMatching(/DB\d{8}-\d{4}$/),
  });
  const { body: seen } = await counter.ask(unit, 'GET', '/v1/supervision?state=issued');
  expect(seen.orders).toMatchObject([{ number: body.number, demand: order.demand, trigger: 'person' }]);
  const move = (who: Person, what: string) =>
    post(who, `/v1/supervision/${body.id}/moves`, { move: what, words: '管道老化，已更换' });
  expect((await move(unit, 'cancel')).body.code).toBe('supervision.moveForbidden');
  expect((await move(unit, 'answer')).body.state).toBe('answered');
  expect((await move(supervisor, 'close')).body.state).toBe('closed');
});

test('by a link nobody needs an account; a wrong token is told so, and who tries many is held back', async () => {
  const ask = (what: string, body: object) =>
    counter.ask(null, 'POST', `/v1/public/visit-links/${what}`, body);
  const token = 'x'.repeat(43);
  expect(await ask('read', { token })).toMatchObject({ status: 404, body: { code: 'visitLink.unknown' } });
  const answers = { resolved: true, result: 5, process: 5 };
  expect(await ask('answers', { token, answers })).toMatchObject({ body: { code: 'visitLink.unknown' } });
  expect(await ask('answers', { token, answers: { ...answers, result: 6 } })).toMatchObject({ status: 400 });
  const tried = await Promise.all(Array.from({ length: 30 }, () => ask('read', { token })));
  expect(tried.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10);
});

test('page by page each citizen once: urgent first, then complaints, then who waits longest; a filter leaves out no ticket of his', async () => {
  const { returnVisitor } = counter.people;
  await counter.db.query(`update tickets set state = 'archived' where state = 'returnVisit'`);
  const help = await toVisit('13900000001', { type: 'HELP' });
  const complaint = await toVisit('13900000002');
  const later = await toVisit('13900000003');
  const urgent = await toVisit('13900000004', { type: 'HELP', urgency: 'urgent' });
  const second = await toVisit('13900000001', { type: 'ENQUIRY' });
  const read = async (query: string): Promise<string[][]> => {
    const seen: string[][] = [];
    for (let after = ''; ; ) {
      const { body, raw } = await counter.ask(returnVisitor, 'GET', `/v1/visits?limit=1${query}${after}`);
      for (const { tickets } of body.citizens) {
        seen.push(tickets.map(({ number }: { number: string }) => number));
        expect(raw).not.toContain('1390000000');
      }
      if (body.next === null) return seen;
      after = `&after=${body.next}`;
    }
  };
  const his = [help.number, second.number];
  expect(await read('')).toEqual([[urgent.number], [complaint.number], [later.number], his]);
  expect(await read('&urgency=urgent')).toEqual([[urgent.number]]);
  expect(await read('&type=ENQUIRY')).toEqual([his]);
  expect(await read('&unitCode=water&type=COMPLAINT')).toEqual([[complaint.number], [later.number]]);
  expect(await read('&unitCode=power')).toEqual([]);
});
