import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnLessons } from '../../../src/app/dispatch/learn-lessons.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let power: Person;
/** The counter's clock; lessons are read as of the moment at which they were written. */
let now = Date.now() - 3_600_000;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  power = await counter.person(['unit'], { unitCode: 'power' });
  const made = await counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue', {
    version: 0,
    reason: '建目录',
    entries: [
      { category: 'leak', lead: 'water', validFrom: '2026-01-01' },
      { category: 'water', lead: 'centre', validFrom: '2026-01-01' },
    ],
    areas: [{ code: 'juegang.yudang', name: '余荡村' }],
    assets: [{ code: 'pump', name: '增压泵', words: ['泵房'] }],
  });
  expect(made.status).toBe(200);
});
afterAll(() => counter.close());

const tick = () => {
  now += 60_000;
};
const learn = () => learnLessons(counter.services)();
const opened = async (more: object = {}): Promise<string> => {
  tick();
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '泵房漏水，住户停水',
    place: '掘港街道余荡村三组',
    ...more,
  });
  return body.id;
};
const move = async (who: Person, id: string, what: string, details: object = {}): Promise<void> => {
  tick();
  const offered = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
  const { status, raw } = await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, {
    move: what,
    version: offered.body.version,
    reason: '因为',
    details,
  });
  expect(status, raw).toBe(200);
};
const suggestions = async (id: string, query = '') => {
  tick();
  return (await counter.ask(counter.people.dispatcher, 'GET', `/v1/tickets/${id}/suggestions${query}`)).body;
};
const order = async (id: string): Promise<string[]> =>
  (await suggestions(id)).suggestions.map((one: { unitCode: string }) => one.unitCode);

test('a ticket is asked for, and a text before there is a ticket; what the words are about is told', async () => {
  const id = await opened();
  const asked = await suggestions(id);
  expect(asked.matter).toEqual({
    categories: ['leak', 'water'],
    areas: ['juegang.yudang', 'juegang'],
    assets: ['pump'],
  });
  expect(
    asked.suggestions.map(
      ({ unitCode, points }: { unitCode: string; points: number }) => `${unitCode} ${points}`,
    ),
  ).toEqual(['water 60', 'centre 40']);
  expect(asked.suggestions[0].reasons[0].words.zh).toContain('派单目录');
  const text = await counter.ask(counter.people.agent, 'POST', '/v1/dispatch/suggestions', {
    categoryCode: 'water',
    text: '余荡村停水',
    asset: '',
  });
  expect(text.body.suggestions.map((one: { unitCode: string }) => one.unitCode)).toEqual(['centre']);
  expect((await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}/suggestions`)).status).toBe(403);
});

test('what returns teach: a claim nothing, a granted return that the other unit is it; each line teaches once', async () => {
  const claimed = await opened({ unitCode: 'water' });
  const returned = { evidence: '泵房产权属供电', suggestedUnitCode: 'power' };
  await move(counter.people.unit, claimed, 'returnTicket', returned);
  expect(await learn()).toBe(1);
  const plain = await opened();
  expect(await order(plain)).toEqual(['water', 'centre']);
  await move(counter.people.adjudicator, claimed, 'acceptReturn', { unitCode: 'power' });
  await Promise.all([learn(), learn()]);
  expect(await order(plain)).toEqual(['water', 'centre', 'power']);
  // The ticket itself is no reason for itself, and who returned it is not asked again.
  expect(await order(claimed)).toEqual(['centre']);

  const second = await opened({ unitCode: 'water' });
  await move(counter.people.unit, second, 'returnTicket', returned);
  await move(counter.people.adjudicator, second, 'acceptReturn', { unitCode: 'power' });
  await move(power, second, 'signFor');
  await move(power, second, 'handle');
  await move(power, second, 'reportDone', { reply: '泵房已修复。' });
  await learn();
  const learned = (await suggestions(plain)).suggestions;
  expect(learned.map((one: { unitCode: string }) => one.unitCode)).toEqual(['centre', 'power', 'water']);
  expect(learned[1].reasons[0]).toMatchObject({
    kind: 'learned',
    words: { zh: expect.stringContaining('经裁定承办 2 次，办结 1 件') },
  });
  await learn();
  const { rows } = await counter.db.query('select from dispatch_lessons');
  expect(rows).toHaveLength(5);
});

test('a citizen who calls again about the same is suggested the unit that did it before', async () => {
  const citizen = { citizenNumber: '13912345678' };
  const before = await opened({ ...citizen, unitCode: 'power' });
  await move(power, before, 'signFor');
  await move(power, before, 'handle');
  await move(power, before, 'reportDone', { reply: '已修。' });
  const again = (await suggestions(await opened(citizen))).suggestions;
  const ofPower = again.find((one: { unitCode: string }) => one.unitCode === 'power');
  expect(ofPower.reasons.map((one: { kind: string }) => one.kind)).toContain('earlier');
});

test('how often the first suggestion was taken: counted from what was chosen, also at the desk', async () => {
  await learn();
  const from = encodeURIComponent(new Date(now - 86_400_000).toISOString());
  const to = encodeURIComponent(new Date(now + 86_400_000).toISOString());
  const report = await counter.ask(
    counter.people.lead,
    'GET',
    `/v1/reports/suggestions?from=${from}&to=${to}`,
  );
  const { choices, firstTaken, amongThree, unsuggested, hitRate, byCategory } = report.body;
  expect({ choices, firstTaken, amongThree, unsuggested, hitRate }).toEqual({
    choices: 5,
    firstTaken: 2,
    amongThree: 4,
    unsuggested: 0,
    hitRate: 40,
  });
  expect(byCategory).toEqual([{ category: 'leak', choices, firstTaken, amongThree, unsuggested, hitRate }]);
  expect(
    (await counter.ask(counter.people.lead, 'GET', `/v1/reports/suggestions?from=${to}&to=${from}`)).status,
  ).toBe(400);
});

test('a unit sees how many of its returns were granted and refused; the hotline sees all units', async () => {
  const refused = await opened({ unitCode: 'water' });
  await move(counter.people.unit, refused, 'returnTicket', {
    evidence: '不属我单位',
    suggestedUnitCode: 'power',
  });
  await move(counter.people.adjudicator, refused, 'refuseReturn');
  await learn();
  const from = encodeURIComponent(new Date(now - 86_400_000).toISOString());
  const to = encodeURIComponent(new Date(now + 1).toISOString());
  const report = async (who: Person) =>
    (await counter.ask(who, 'GET', `/v1/reports/returns?from=${from}&to=${to}`)).body.units;
  const water = { unitCode: 'water', granted: 2, refused: 1, shirkingIndex: 33.33 };
  expect(await report(counter.people.supervisor)).toMatchObject([water]);
  expect(await report(counter.people.unit)).toMatchObject([water]);
  expect(await report(power)).toEqual([]);
});
