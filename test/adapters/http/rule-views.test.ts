import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// What the operator's pages look at: chains of queues, modes by day, a number before it is entered, a register as a
// spreadsheet wrote it, and who can do what.

const NOW = Date.parse('2026-11-23T10:00:00+08:00');

let counter: Counter;
let author: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => NOW });
  author = counter.people.operator;
});
afterAll(() => counter.close());

const post = (path: string, body: object, who = author): Promise<Answer> =>
  counter.ask(who, 'POST', `/v1${path}`, body);
const get = (path: string, who = author): Promise<Answer> => counter.ask(who, 'GET', `/v1${path}`);
async function good(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
}
async function edited(edit: object): Promise<number> {
  const { number, revision } = await good(post('/rules/versions', { title: '测试' }));
  await good(post(`/rules/versions/${number}/edits`, { revision, edit }));
  return number;
}

test('the overflow chains of a draft are drawn with today’s agents, to their end', async () => {
  const version = await edited({
    queues: [
      { code: 'general', callback: null, lastResort: 'message', lastResortAfterMs: 120_000 },
      {
        code: 'water',
        name: '供水专席',
        overflowQueue: 'general',
        overflowAfterMs: 15_000,
        overflowWaiting: 3,
      },
    ],
  });
  const before = await good(get(`/rules/versions/${version}/overflows`));
  await counter.person(['agent'], { queues: ['general'] });
  const { overflows } = await good(get(`/rules/versions/${version}/overflows`, counter.people.lead));
  const seatsBefore = before.overflows[0].desks[0].seats;
  expect(overflows).toEqual([
    {
      queue: 'general',
      desks: [{ queue: 'general', name: '综合座席', atMs: 0, seats: seatsBefore + 1, sooner: null }],
      ...{ callback: null, messageAtMs: 120_000, ends: 'person' },
    },
    {
      queue: 'water',
      desks: [
        { queue: 'water', name: '供水专席', atMs: 0, seats: 0, sooner: null },
        {
          ...{ queue: 'general', name: '综合座席', atMs: 15_000, seats: seatsBefore + 1 },
          sooner: { overflowWaiting: 3, overflowLongestMs: null, overflowUnstaffed: false },
        },
      ],
      ...{ callback: null, messageAtMs: null, ends: 'person' },
    },
  ]);
});

test('the calendar of modes shows what is in force, what a draft would bring and what it changes', async () => {
  const version = await edited({
    lines: [
      { number: '12369', validTo: '2026-12-31' },
      { number: '12369', mode: 'TRANSITION', validFrom: '2027-01-01', validTo: '2027-03-31' },
    ],
  });
  const path = '/rules/calendar?from=2026-11-01&to=2027-06-30';
  const now = await good(get(path));
  expect(now.today).toBe('2026-11-23');
  expect(now.changes).toEqual([]);
  const ahead = await good(get(`${path}&draft=${version}`, counter.people.supervisor));
  const row = ahead.rows.find((one: { number: string }) => one.number === '12369');
  expect(
    row.bars.map(({ mode, from, to, version: by }: Record<string, string>) => [mode, from, to, by]),
  ).toEqual([
    ['FORWARD', '2020-04-28', '2026-12-31', null],
    ['TRANSITION', '2027-01-01', '2027-03-31', version],
  ]);
  expect(ahead.changes.map(({ day, kind }: { day: string; kind: string }) => [day, kind])).toEqual([
    ['2027-01-01', 'becomes'],
    ['2027-04-01', 'switchedOff'],
  ]);
  expect(ahead.versions).toEqual([
    { number: version, title: '测试', titleEn: '测试', day: '2026-11-23', what: 'wouldTakeEffect' },
  ]);
  expect((await get('/rules/calendar?from=2027-01-01&to=2026-01-01')).body.code).toBe(
    'calendar.periodInvalid',
  );
});

test('a scheduled version stands in the calendar on its day, and the end of a temporary one', async () => {
  const version = await edited({ lines: [{ number: '12369', name: '生态环境热线' }] });
  const planned = {
    reason: '按期更名',
    effectiveAt: '2026-12-10T00:00:00+08:00',
    revertAt: '2026-12-20T00:00:00+08:00',
  };
  await good(post(`/rules/versions/${version}/publish`, planned));
  const { versions } = await good(get('/rules/calendar?from=2026-11-01&to=2026-12-31'));
  expect(versions).toEqual([
    { number: version, title: '测试', titleEn: '测试', day: '2026-12-10', what: 'takesEffect' },
    { number: version, title: '测试', titleEn: '测试', day: '2026-12-20', what: 'isUndone' },
  ]);
  await good(post(`/rules/versions/${version}/withdraw`, { reason: '测试完毕' }));
});

test('a number is judged before it is entered: any spelling, known, emergency, nonsense', async () => {
  const look = async (number: string) =>
    await good(get(`/rules/versions/published/numbers/${encodeURIComponent(number)}`));
  expect(await look('0513-84110099')).toEqual({
    ...{ verdict: 'free', number: '051384110099', name: null, referrers: [] },
  });
  expect(await look('+86 513 12369')).toMatchObject({ verdict: 'known', number: '12369', name: '环保热线' });
  expect(await look('120')).toMatchObject({ verdict: 'emergency', number: '120' });
  expect(await look('热线')).toMatchObject({ verdict: 'invalid', number: null });
});

// 卫生热线 as an old spreadsheet writes it.
const GBK_NAME = [0xce, 0xc0, 0xc9, 0xfa, 0xc8, 0xc8, 0xcf, 0xdf];

test('a register that a spreadsheet saved in GBK is read, and each row says what it does', async () => {
  const { number, revision } = await good(post('/rules/versions', { title: '导入' }));
  const { raw } = await get('/rules/versions/published/register.csv');
  const [heading = '', ...lines] = raw.replace('\uFEFF', '').trimEnd().split('\r\n');
  const known = lines.find((one) => one.startsWith('12369,')) ?? '';
  const latin = (text: string): number[] => [...Buffer.from(text, 'latin1')];
  const file = Buffer.from([
    ...latin('number,name,unit_code,mode,valid_from\r\n'),
    ...latin('12320,'),
    ...GBK_NAME,
    ...latin(',centre,FORWARD,2026-12-01\r\n'),
    ...latin('110,'),
    ...GBK_NAME,
    ...latin(',centre,FORWARD,2026-12-01\r\n'),
  ]);
  const body = { revision, file: file.toString('base64') };
  const { report } = await good(post(`/rules/versions/${number}/register`, { ...body, checkOnly: true }));
  expect(report).toMatchObject({
    ...{ encoding: 'gb18030', rows: 2, taken: 1, dropped: [] },
    verdicts: [{ line: 2, number: '12320', name: '卫生热线', verdict: 'added', changes: [] }],
    refused: [{ line: 3 }],
  });
  const done = await good(post(`/rules/versions/${number}/register`, body));
  expect(done.report).toEqual(report);

  const same = [heading, known.replace('环保热线', '生态环境热线')].join('\r\n');
  const changed = await good(
    post(`/rules/versions/${number}/register`, { revision: done.revision, csv: same, checkOnly: true }),
  );
  expect(changed.report).toMatchObject({
    encoding: null,
    verdicts: [{ number: '12369', verdict: 'changed', changes: [expect.stringContaining('生态环境热线')] }],
  });
});

test('what is no text is refused with what would be right; nothing at all is, too', async () => {
  const { number, revision } = await good(post('/rules/versions', { title: '导入' }));
  const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]).toString('base64');
  const refused = await post(`/rules/versions/${number}/register`, { revision, file: zip });
  expect(refused).toMatchObject({ status: 422, body: { code: 'rules.csvNotText' } });
  expect((await post(`/rules/versions/${number}/register`, { revision })).body.code).toBe('rules.csvInvalid');
  const template = await get('/rules/register-template.csv');
  expect(template.raw).toMatch(/^\uFEFF号码,名称,/);
});

test('the roster tells skills and queues of everybody; an operator changes them', async () => {
  const { id } = await counter.person(['agent'], { queues: ['general'] });
  const put = (path: string, body: object) => counter.ask(author, 'PUT', `/v1/agents/${id}${path}`, body);
  await good(put('/skills', { skills: { en: 3, wu: 5 } }));
  // Who saw him without a skill, or in no such queue, overwrites neither; the same wish again is no clash and no second line.
  expect(await put('/skills', { skills: { en: 9 }, was: {} })).toMatchObject({
    status: 409,
    body: { code: 'agent.changedMeanwhile', data: { skills: { en: 3, wu: 5 }, queues: ['general'] } },
  });
  expect((await put('/queues', { queues: ['general', 'desk-water'], was: ['desk-water'] })).status).toBe(409);
  await good(put('/skills', { skills: { wu: 5, en: 3 }, was: {} }));
  const told = await counter.services.audit.ofSubject('agent', id);
  expect(told.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'agent.skillsSet 无 → en:3, wu:5',
  ]);
  expect(told[0]?.accountId).toBe(author.id);
  const { agents } = await good(get('/agents/roster'));
  expect(agents.find((one: { agentId: string }) => one.agentId === id)).toMatchObject({
    ...{ queues: ['general'], skills: { en: 3, wu: 5 }, employer: expect.any(String) },
  });
  expect((await get('/agents/roster', counter.people.agent)).status).toBe(403);
});
