import { afterAll, beforeAll, expect, test } from 'vitest';
import { REVIEWED } from '../../support/reviewed.ts';
import { type Counter, openCounter } from './counter.ts';

// 查办件: what a citizen learns of his own ticket without an account, and what nobody else does.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ connections: 1 });
});
afterAll(() => counter.close());

let house = 0;
/** From a house of his own each time: the limit of one address is not the matter here. */
const ask = (what: 'progress' | 'words' | 'rating', body: object, from = `203.0.113.${++house}`) =>
  counter.ask(null, 'POST', `/v1/public/tickets/${what}`, body, { 'x-forwarded-for': from });
async function opened(telephone: string, more: object = {}): Promise<{ id: string; number: string }> {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '门前水管爆裂，无人处理', unitCode: 'water' },
    ...{ citizenName: '张三丰', citizenNumber: telephone, ...more },
  });
  return body;
}

test('number and telephone must belong together, however they are written; nothing tells who he is', async () => {
  const { number } = await opened('13987654321');
  const seen = await ask('progress', { number: ` ${number.toLowerCase()} `, telephone: '+86 139 8765 4321' });
  expect(seen).toMatchObject({
    status: 200,
    body: { number, state: 'dispatched', inHandsOf: 'unit', reply: null, written: [], urgeAgainAt: null },
  });
  expect(Date.parse(seen.body.citizenDueAt)).toBeGreaterThan(Date.now());
  expect(Date.parse(seen.body.unitDueAt)).toBeGreaterThan(Date.now());
  expect(seen.raw).not.toMatch(/张|13987654321|水管/);
  for (const wrong of [
    { number, telephone: '13987654322' },
    { number: `${number}9`, telephone: '13987654321' },
  ]) {
    expect(await ask('progress', wrong)).toMatchObject({ status: 404, body: { code: 'follow.unknown' } });
    expect((await ask('words', { ...wrong, wish: 'urge' })).body.code).toBe('follow.unknown');
  }
});

test('a confidential ticket, and one without a telephone, is told of to nobody', async () => {
  const secret = await opened('13987650001', { confidential: true });
  expect((await ask('progress', { number: secret.number, telephone: '13987650001' })).status).toBe(404);
  const { number } = await opened('');
  expect((await ask('progress', { number, telephone: '00000' })).status).toBe(404);
});

test('who tries telephones to a number, or numbers to a telephone, is held back from wherever he comes; who knows is not', async () => {
  const { number } = await opened('13987650002');
  const own = { number, telephone: '13987650002' };
  for (let nth = 0; nth < 12; nth += 1) expect((await ask('progress', own)).status).toBe(200);
  const guess = (nth: number) => ask('progress', { number, telephone: `1398765${1000 + nth}` });
  for (let nth = 0; nth < 10; nth += 1) expect((await guess(nth)).status).toBe(404);
  const held = await guess(10);
  expect(held).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
});

test('he presses it once a day and adds to it; sent twice it stands there once, and the unit has it on the time line', async () => {
  const { id, number } = await opened('13987650003');
  const own = { number, telephone: '13987650003' };
  const press = () => ask('words', { ...own, wish: 'urge' });
  expect(await press()).toMatchObject({ status: 200, body: { received: true } });
  expect((await press()).status).toBe(200);
  const add = (words: string) => ask('words', { ...own, wish: 'add', words });
  const both = await Promise.all([add('漫到路口了'), add('漫到路口了')]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await add('  ')).body.code).toBe('follow.wordsMissing');
  expect((await add('长'.repeat(501))).status).toBe(400);
  const { body } = await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`);
  const said = body.timeline.filter(({ type }: { type: string }) => type.startsWith('citizen'));
  expect(said).toMatchObject([
    { type: 'citizenUrged', actor: null },
    { type: 'citizenAdded', actor: null, reason: '漫到路口了' },
  ]);
  const { body: seen } = await ask('progress', own);
  expect(seen.written).toMatchObject([{ wish: 'urge' }, { wish: 'add' }]);
  expect(Date.parse(seen.urgeAgainAt)).toBeGreaterThan(Date.now());
});

test('the reply is his once it was reviewed, and not before; what is over takes no more words', async () => {
  const { id, number } = await opened('13987650004');
  const own = { number, telephone: '13987650004' };
  const { unit, lead, returnVisitor } = counter.people;
  let version = 2;
  for (const [who, step, reply] of [
    [unit, { move: 'signFor' }, null],
    [unit, { move: 'handle' }, null],
    [unit, { move: 'reportDone', reason: '办结', details: { reply: '水管已修复。' } }, null],
    [lead, { move: 'visit', details: { checklist: REVIEWED } }, '水管已修复。'],
  ] as const) {
    const moved = await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, { ...step, version });
    expect(moved.status).toBe(200);
    version = moved.body.version;
    expect((await ask('progress', own)).body.reply).toBe(reply);
  }
  const answers = { resolved: true, result: 5, process: 5 };
  const tickets = [{ id, version, answers }];
  await counter.ask(returnVisitor, 'POST', '/v1/visits', { outcome: 'answered', tickets });
  expect((await ask('progress', own)).body).toMatchObject({
    state: 'closed',
    inHandsOf: 'nobody',
    unitDueAt: null,
  });
  expect((await ask('words', { ...own, wish: 'urge' })).body.code).toBe('follow.over');
});

test('he says himself how it was done, once it was; what the visit heard otherwise is for the visitors and supervisors to see', async () => {
  const { id, number } = await opened('13987650006');
  const own = { number, telephone: '13987650006' };
  const { unit, lead, returnVisitor, supervisor, agent, leader } = counter.people;
  const poor = { resolved: false, result: 1, process: 3, words: ' 阀门还在滴水，电13987650006 ' };
  expect(await ask('rating', { ...own, answers: poor })).toMatchObject({
    status: 409,
    body: { code: 'ticketRating.notYet' },
  });
  expect((await ask('progress', own)).body).toMatchObject({ mayRate: false, rated: null });
  let version = 2;
  for (const [who, step] of [
    [unit, { move: 'signFor' }],
    [unit, { move: 'handle' }],
    [unit, { move: 'reportDone', reason: '办结', details: { reply: '阀门已更换。' } }],
    [lead, { move: 'visit', details: { checklist: REVIEWED } }],
  ] as const) {
    ({ version } = (await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, { ...step, version })).body);
  }
  const tickets = [{ id, version, answers: { resolved: true, result: 5, process: 5 } }];
  await counter.ask(returnVisitor, 'POST', '/v1/visits', { outcome: 'answered', tickets });
  expect((await ask('progress', own)).body).toMatchObject({ state: 'closed', mayRate: true, rated: null });
  expect((await ask('rating', { ...own, answers: { ...poor, result: 6 } })).body.code).toBe(
    'request.invalid',
  );
  const rated = await ask('rating', { ...own, answers: poor });
  expect(rated).toMatchObject({ status: 200, body: { received: true, recheck: 'begun' } });
  expect(Date.parse(rated.body.correctableUntil)).toBeGreaterThan(Date.now());
  const seen = await ask('progress', own);
  expect(seen.body).toMatchObject({
    ...{ state: 'disputed', inHandsOf: 'hotline', dispute: { answer: null } },
    mayRate: true,
    rated: { correctableUntil: rated.body.correctableUntil },
  });
  // What he said is told to nobody who has his slip.
  expect(seen.raw).not.toContain('滴水');
  for (const who of [returnVisitor, supervisor]) {
    const { body, raw } = await counter.ask(who, 'GET', '/v1/matter-ratings?only=conflict');
    expect(body.ratings).toMatchObject([
      { ticketNumber: number, own: true, channel: 'web', conflict: true, visit: { resolved: true } },
    ]);
    expect(raw).toContain('阀门还在滴水');
    expect(raw).not.toContain('13987650006');
  }
  expect((await counter.ask(unit, 'GET', '/v1/matter-ratings')).status).toBe(403);
  const period = 'from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z';
  const { body: report } = await counter.ask(leader, 'GET', `/v1/reports/matters-heard?${period}`);
  const water = report.units.find((one: { unitCode: string }) => one.unitCode === 'water');
  // Two closed by their visits; of one the citizen says otherwise.
  expect(water).toMatchObject({
    ...{ matters: 2, visited: 2, rated: 1, both: 1, conflicts: 1 },
    resolved: { numerator: 1, denominator: 2, value: 50 },
  });
  expect((await counter.ask(agent, 'GET', `/v1/reports/matters-heard?${period}`)).status).toBe(403);
  const wrong = 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z';
  expect((await counter.ask(leader, 'GET', `/v1/reports/matters-heard?${wrong}`)).body.code).toBe(
    'period.invalid',
  );
});
