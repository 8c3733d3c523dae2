import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTED, REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

interface Seen {
  readonly id: string;
  readonly version: number;
}
const open = async (over: object = {}): Promise<Seen> => {
  const body = { type: 'HELP', categoryCode: 'leak', content: '停水', ...over };
  const { id } = (await counter.ask(counter.people.agent, 'POST', '/v1/tickets', body)).body;
  return { id, version: (await read(id)).version };
};
const read = async (id: string) => (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`)).body;
const bulk = (who: Person, body: object, key: string = randomUUID()) =>
  counter.ask(who, 'POST', '/v1/tickets/bulk', body, { 'idempotency-key': key });
const list = async (query: string, who = counter.people.lead) =>
  (await counter.ask(who, 'GET', `/v1/tickets?${query}`)).body.tickets.map(({ id }: { id: string }) => id);

test('each ticket has its own line: what is refused for one holds up none of the others', async () => {
  const [first, second, gone] = [await open(), await open(), await open({ unitCode: 'water' })];
  const stale = { ...(await open()), version: 0 + 1 };
  await counter.ask(counter.people.agent, 'POST', `/v1/tickets/${stale.id}/moves`, {
    move: 'submit',
    version: 1,
  });
  const unknown = { id: randomUUID(), version: 1 };
  const tickets = [first, gone, unknown, stale, second, first];
  const { status, body } = await bulk(counter.people.dispatcher, {
    act: 'dispatch',
    unitCode: 'water',
    tickets,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ done: 2, refused: 3 });
  expect(body.lines.map(({ id, outcome, code }: Record<string, string>) => [id, outcome, code])).toEqual([
    [first.id, 'done', undefined],
    [gone.id, 'refused', 'ticket.moveImpossible'],
    [unknown.id, 'refused', 'ticket.unknown'],
    [stale.id, 'refused', 'ticket.movedMeanwhile'],
    [second.id, 'done', undefined],
  ]);
  expect(body.lines[1].title).toMatch(/[\u4e00-\u9fff]/);
  expect((await read(second.id)).state).toBe('dispatched');
});

test('the same request moves once; after a crash in the middle, asked again, it tells what it had done', async () => {
  const tickets = [await open(), await open()];
  const key = randomUUID();
  const wanted = { act: 'dispatch', unitCode: 'water', tickets };
  const answer = await bulk(counter.people.lead, wanted, key);
  expect((await bulk(counter.people.lead, wanted, key)).raw).toBe(answer.raw);
  // The process died before its answer was kept.
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  const again = await bulk(counter.people.lead, wanted, key);
  expect(again.body).toEqual(answer.body);
  expect(
    (await read(tickets[0]?.id ?? '')).timeline.filter(({ type }: { type: string }) => type === 'dispatch'),
  ).toHaveLength(1);
  // Another request for the same is another request, and comes too late.
  expect((await bulk(counter.people.lead, wanted)).body).toMatchObject({ done: 0, refused: 2 });
});

test('a unit is urged with words, not twice in two hours, and not by itself', async () => {
  const [held, open1] = [await open({ unitCode: 'water' }), await open()];
  const urge = (who: Person, reason = '市民再次来电催问') =>
    bulk(who, { act: 'urge', reason, tickets: [held, open1] });
  const { supervisor, agent, unit } = counter.people;
  expect((await urge(unit)).status).toBe(403);
  const codes = (answer: { body: { lines: { code?: string }[] } }) =>
    answer.body.lines.map(({ code }) => code);
  expect(codes(await urge(agent))).toEqual(['urge.forbidden', 'urge.forbidden']);
  expect(codes(await urge(supervisor, ' '))).toEqual(['ticket.reasonMissing', 'urge.notWithUnit']);
  expect(codes(await urge(supervisor))).toEqual([undefined, 'urge.notWithUnit']);
  expect(codes(await urge(supervisor))).toEqual(['urge.lately', 'urge.notWithUnit']);
  const { timeline, state } = await read(held.id);
  expect(state).toBe('dispatched');
  expect(timeline.at(-1)).toMatchObject({ type: 'urged', body: { unitCode: 'water' } });
});

test('replies are let go in bulk only with what each was held against: one list says nothing of the others', async () => {
  const { unit, reviewer } = counter.people;
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const { id } = await open({ unitCode: 'water' });
    for (const [move, details] of [
      ['signFor', {}],
      ['handle', {}],
      ['reportDone', { reply: '已修复。' }],
    ] as const) {
      const { version } = await read(id);
      const body = { move, version, reason: '办理', details };
      expect((await counter.ask(unit, 'POST', `/v1/tickets/${id}/moves`, body)).status).toBe(200);
    }
    ids.push(id);
  }
  const [met, unmet, without] = await Promise.all(
    ids.map(async (id) => ({ id, version: (await read(id)).version })),
  );
  const { body } = await bulk(reviewer, {
    act: 'visit',
    tickets: [{ ...met, checklist: REVIEWED }, { ...unmet, checklist: FAULTED }, without],
  });
  expect(body).toMatchObject({
    ...{ done: 1, refused: 2 },
    lines: [
      { outcome: 'done', state: 'returnVisit' },
      { outcome: 'refused', code: 'reply.pointsUnmet' },
      { outcome: 'refused', code: 'reply.checklistMissing' },
    ],
  });
  expect((await read(ids[0] ?? '')).timeline.at(-1)).toMatchObject({
    type: 'visit',
    body: { checklist: REVIEWED },
  });
});

test('two hundred and not one more; nobody is reviewed, archived or dispatched by who may not', async () => {
  const tickets = Array.from({ length: 201 }, () => ({ id: randomUUID(), version: 1 }));
  expect((await bulk(counter.people.lead, { act: 'archive', tickets })).status).toBe(400);
  const one = await open();
  for (const act of ['dispatch', 'archive', 'reviewReply', 'visit']) {
    const { body } = await bulk(counter.people.returnVisitor, { act, unitCode: 'water', tickets: [one] });
    expect(body, act).toMatchObject({ done: 0, refused: 1 });
  }
  expect((await read(one.id)).state).toBe('registered');
});

test('who pressed a unit is told apart in the report; a unit reads its own line, and a span that is none is refused', async () => {
  const { supervisor, unit, agent } = counter.people;
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const at = `/v1/reports/urges?from=${today}&to=${today}`;
  const { body } = await counter.ask(supervisor, 'GET', at);
  const water = body.units.find((one: { unit: { code: string } | null }) => one.unit?.code === 'water');
  expect(water).toMatchObject({ automatic: 0, byCitizen: 0, supervised: 0 });
  expect(water.byHotline).toBeGreaterThan(0);
  expect((await counter.ask(unit, 'GET', at)).body.units).toEqual([water]);
  expect((await counter.ask(agent, 'GET', at)).status).toBe(403);
  const backwards = `/v1/reports/urges?from=${today}&to=2020-01-01`;
  expect((await counter.ask(supervisor, 'GET', backwards)).body.code).toBe('period.tooLong');
});

test('the list narrows by urgency, stage, what is due, the title’s words as they stand, area, incident and thread', async () => {
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, words, added_in) values ('area', 'rd.jh', '江海路', '{老街}', 1)`,
  );
  const urgent = (await open({ urgency: 'urgent', title: '100%_漏水', place: '老街3号', unitCode: 'water' }))
    .id;
  const plain = (await open({ title: '普通', place: '别处' })).id;
  expect(await list('urgency=urgent')).toEqual([urgent]);
  expect(await list(`text=${encodeURIComponent('%_漏')}`)).toEqual([urgent]);
  expect(await list(`text=${encodeURIComponent('%漏')}`)).toEqual([]);
  expect(await list('area=rd.jh')).toEqual([urgent]);
  expect(await list('stage=sign&urgency=urgent')).toEqual([urgent]);
  expect(await list('stage=sign&urgency=normal')).not.toContain(plain);
  const soon = new Date(Date.now() + 400 * 86_400_000).toISOString();
  expect(await list(`dueBefore=${encodeURIComponent(soon)}`)).toEqual(
    expect.arrayContaining([urgent, plain]),
  );
  expect(await list(`dueBefore=${encodeURIComponent(new Date().toISOString())}`)).toEqual([]);
  expect(await list(`incidentId=${randomUUID()}`)).toEqual([]);
  expect(await list(`threadId=${randomUUID()}`)).toEqual([]);
  expect((await counter.ask(counter.people.lead, 'GET', '/v1/tickets?stage=lunch')).status).toBe(400);
});
