import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// 复核提醒 (J3): whoever owns an entry is asked to look at it before its end, and when it was told for long.

const DAY_MS = 86_400_000;
const at = (local: string): number => Date.parse(`${local}+08:00`);
let now = at('2026-09-01T10:00:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
let upkeep: ReturnType<typeof knowledgeUpkeep>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
  upkeep = knowledgeUpkeep(counter);
});
afterAll(() => counter.close());

const remindersOf = async () => {
  const path = '/v1/tickets?categoryCode=knowledge.remind';
  const { tickets } = (await counter.ask(counter.people.unit, 'GET', path)).body;
  return Promise.all(
    tickets.map(
      async ({ id }: { id: string }) =>
        (await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`)).body,
    ),
  );
};
const numberOf = async (id: string): Promise<string> => (await desk.read(id)).number;
const care = async () => (await counter.ask(counter.people.unit, 'GET', '/v1/knowledge-care')).body;
const ids = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);

test('a week before their end, at nine, an owner hears of all that ends then in one ticket; who is at it already is not asked', async () => {
  const ending = await desk.published({ validTo: '2026-09-20' });
  const begun = await desk.published({ validTo: '2026-09-20' });
  await desk.revise(begun, { validFrom: '2026-09-21' });
  const inCheck = await desk.published({ validTo: '2026-09-20' });
  await desk.revise(inCheck, { validFrom: '2026-09-21' });
  await desk.moved(counter.people.unit, inCheck, 'submit', 2);
  // Whoever publishes for five days knows when it ends.
  const short = await desk.published({ validTo: '2026-09-05' });
  now = at('2026-09-12T12:00:00');
  expect(await upkeep.keep()).toMatchObject({ marked: 1, ticketsOpened: 1 });
  expect(await desk.read(short)).toMatchObject({ latest: { state: 'expired' } });
  const nine = at('2026-09-13T09:00:00');
  expect(await upkeep.due(DAY_MS)).toEqual([{ kind: 'remind', unitCode: 'water', dueAt: nine }]);
  now = nine - 1;
  expect(await upkeep.keep()).toMatchObject({ ticketsOpened: 0 });
  now = nine;
  const kept = await Promise.all([upkeep.keep(), upkeep.keep()]);
  expect(kept.reduce((sum, { ticketsOpened }) => sum + ticketsOpened, 0)).toBe(1);
  const [ticket, ...others] = await remindersOf();
  expect(others).toEqual([]);
  expect(ticket).toMatchObject({
    state: 'dispatched',
    unit: { code: 'water' },
    title: '知识复核提醒：2 条将到期',
    // Sunday the 13th: the fifth working day is Friday.
    unitDueAt: '2026-09-18T10:00:00.000Z',
  });
  for (const id of [ending, begun]) expect(ticket.content).toContain(await numberOf(id));
  for (const id of [inCheck, short]) expect(ticket.content).not.toContain(await numberOf(id));
  expect(await upkeep.due(DAY_MS)).toEqual([]);
  now = at('2026-09-21T00:00:00');
  await upkeep.keep();
  now = at('2026-09-21T10:00:00');
  expect(await upkeep.due(30 * DAY_MS)).toEqual([]);
});

test('what was told for half a year is asked for; found right still it is asked for half a year later, and not before', async () => {
  const id = await desk.published({ question: '水表多久换一次' });
  const { unit, agent } = counter.people;
  const first = at('2027-03-21T09:00:00');
  now = first - 1000;
  expect(await upkeep.keep()).toMatchObject({ ticketsOpened: 0 });
  expect(await upkeep.due(1000)).toEqual([{ kind: 'remind', unitCode: 'water', dueAt: first }]);
  now = first;
  expect(await upkeep.keep()).toMatchObject({ ticketsOpened: 1 });
  expect(await upkeep.keep()).toMatchObject({ ticketsOpened: 0 });
  const before = await care();
  expect(before.tasks).toContainEqual(
    expect.objectContaining({ kind: 'remind', entry: expect.objectContaining({ id, version: 1 }) }),
  );
  expect(ids(before.stale)).toContain(id);

  now = at('2027-03-22T11:00:00');
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  expect((await desk.moved(stranger, id, 'recheck')).body.code).toBe('knowledge.otherUnit');
  expect((await desk.moved(agent, id, 'recheck')).status).toBe(403);
  const { latest } = await desk.read(id);
  const { status, body } = await desk.moved(unit, id, 'recheck', 1, '');
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({ state: 'published', version: 1 });
  expect(await desk.read(id)).toMatchObject({
    current: { number: 1, since: latest.since, reviewedAt: new Date(now).toISOString() },
  });
  const { body: history } = await counter.ask(unit, 'GET', `/v1/knowledge/${id}/history`);
  expect(history.steps.at(-1)).toMatchObject({ move: 'recheck', actor: { id: unit.id } });
  expect(ids((await care()).stale)).not.toContain(id);
  const again = at('2027-09-19T09:00:00');
  now = again - DAY_MS;
  expect(await upkeep.due(DAY_MS - 1)).toEqual([]);
  expect(await upkeep.due(DAY_MS)).toEqual([{ kind: 'remind', unitCode: 'water', dueAt: again }]);
  now = again;
  expect(await upkeep.keep()).toMatchObject({ ticketsOpened: 1 });
});

test('what is over or was replaced cannot be found right', async () => {
  const id = await desk.published({ validTo: '2027-12-31' });
  await desk.revise(id, { answer: '新的答复，到窗口办。' });
  await desk.publish(id, 2);
  expect((await desk.moved(counter.people.unit, id, 'recheck', 1)).body.code).toBe(
    'knowledge.moveImpossible',
  );
  const short = await desk.published({ validTo: '2027-09-30' });
  now = at('2027-10-01T00:00:00');
  // Over since midnight, whether or not anybody has marked it so.
  expect((await desk.moved(counter.people.unit, short, 'recheck')).body.code).toBe('knowledge.expired');
});

test('a midnight at which a later version begins is due as well, and the one before is replaced then', async () => {
  now = at('2027-10-05T15:00:00');
  const id = await desk.published({ question: '供暖几号开始' });
  await desk.revise(id, { validFrom: '2027-10-07', answer: '十一月十五日开始。' });
  await desk.publish(id, 2);
  const midnight = at('2027-10-07T00:00:00');
  const mine = async (withinMs: number) =>
    (await upkeep.due(withinMs)).filter(({ dueAt }) => dueAt === midnight);
  expect(await mine(DAY_MS)).toEqual([]);
  expect(await mine(2 * DAY_MS)).toEqual([{ kind: 'ends', unitCode: 'water', dueAt: midnight }]);
  now = midnight;
  await upkeep.keep();
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/knowledge/${id}/versions/1`);
  expect(body.version.state).toBe('replaced');
  expect(await desk.read(id)).toMatchObject({ current: { number: 2 } });
});

test('a later version that is taken back before its day is waited for no more, and the next one from its own day on', async () => {
  now = at('2027-10-20T10:00:00');
  const id = await desk.published({ question: '浴室几点开门' });
  const midnights = async () =>
    (await upkeep.due(20 * DAY_MS))
      .filter(({ kind, dueAt }) => kind === 'ends' && dueAt > now)
      .map(({ dueAt }) => dueAt);
  await desk.revise(id, { validFrom: '2027-10-25', answer: '早上八点开门。' });
  await desk.publish(id, 2);
  expect(await midnights()).toEqual([at('2027-10-25T00:00:00')]);
  expect((await desk.moved(counter.people.unit, id, 'withdraw', 2)).status).toBe(200);
  expect(await midnights()).toEqual([]);
  await desk.revise(id, { validFrom: '2027-11-02', answer: '早上九点开门。' });
  await desk.publish(id, 3);
  expect(await midnights()).toEqual([at('2027-11-02T00:00:00')]);
  now = at('2027-11-02T00:00:00');
  await upkeep.keep();
  expect((await upkeep.due()).filter(({ kind }) => kind === 'ends')).toEqual([]);
  expect(await desk.read(id)).toMatchObject({ current: { number: 3 } });
});
