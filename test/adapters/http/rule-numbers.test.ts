import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { momentsOf } from '../../../src/app/calls/local-moments.ts';
import { serialiseCsv } from '../../../src/domain/hotlines/register/csv.ts';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// One number through the versions of the rules over HTTP: extended with an approver, its history; and many at once.

const NOW = Date.parse('2026-11-23T10:00:00+08:00');

let counter: Counter;
let author: Person;
let second: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => NOW });
  author = counter.people.operator;
  second = await counter.person(['operator']);
  await counter.db.query(`update accounts set display_name = '审批员' where id = $1`, [second.id]);
});
afterAll(() => counter.close());

const REASON = '部门函告，即日起归并';
const post = (who: Person, path: string, body?: object, headers?: Record<string, string>): Promise<Answer> =>
  counter.ask(who, 'POST', `/v1/rules${path}`, body, headers);
const get = (path: string, who = author): Promise<Answer> => counter.ask(who, 'GET', `/v1/rules${path}`);
async function good(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
}
async function edited(edit: object): Promise<number> {
  const { number, revision } = await good(post(author, '/versions', { title: '测试' }));
  await good(post(author, `/versions/${number}/edits`, { revision, edit }));
  return number;
}
async function published(edit: object): Promise<number> {
  const number = await edited(edit);
  const { state } = await good(post(author, `/versions/${number}/publish`, { reason: REASON }));
  if (state === 'awaitingSecond') {
    await good(post(second, `/versions/${number}/approve`, { reason: '同意归并' }));
  }
  return number;
}
const transition = (number: string, more: object = {}) => ({
  number,
  name: `热线${number}`,
  unitCode: 'agriculture',
  unitName: '农业农村局',
  mode: 'TRANSITION',
  validFrom: '2026-10-28',
  basis: '函〔2026〕1号',
  ...more,
});
/** Until when its transition runs that the calendar offers to extend. */
const openEndOf = async (number: string): Promise<string | null | undefined> => {
  const { rows } = await good(get('/calendar?from=2026-11-01&to=2026-12-31'));
  return rows.find((row: { number: string }) => row.number === number)?.openEnd;
};
const EXTEND = { months: 3, basis: '如政办〔2026〕12号', reason: '来电仍多，予以延长' };

test('a running transition is extended by a version of its own, which a second person approves', async () => {
  const first = await published({ lines: [transition('12316')] });
  expect(await openEndOf('12316')).toBe('2027-01-28');
  const key = { 'idempotency-key': 'extend-12316-once' };
  const version = await good(post(author, '/numbers/12316/extensions', EXTEND, key));
  expect(version).toMatchObject({ state: 'awaitingSecond', title: '延长 12316 过渡期至 2027-04-28' });
  expect(version).toMatchObject({ titleEn: 'Transition of 12316 extended to 2027-04-28' });
  expect((await post(author, '/numbers/12316/extensions', EXTEND, key)).body.number).toBe(version.number);
  const compared = await good(get(`/diff?to=${version.number}`));
  expect(compared.changes.map(({ key: place }: { key: string }) => place)).toEqual(['12316@2027-01-29']);
  expect((await post(author, `/versions/${version.number}/approve`, { reason: '同意延长' })).body.code).toBe(
    'version.ownChange',
  );
  await good(post(second, `/versions/${version.number}/approve`, { reason: '同意延长' }));

  // What follows it begins on the day after: it is not asked for once more.
  expect(await openEndOf('12316')).toBeNull();
  const { history } = await good(get('/numbers/12316/history', counter.people.lead));
  expect(history.map((one: { version: number }) => one.version)).toEqual([first, version.number]);
  expect(history[1]).toMatchObject({
    title: '延长 12316 过渡期至 2027-04-28',
    author: { id: author.id, name: '王小明' },
    approvers: [{ id: second.id, name: '审批员' }],
    reason: EXTEND.reason,
    changes: [
      {
        zh: expect.stringMatching(/^新增号码 12316（2027-01-29 起）.*至 2027-04-28$/),
        en: expect.stringMatching(/^Number 12316 \(from 2027-01-29\) added: .*until 2027-04-28$/),
      },
    ],
    lines: [
      { validFrom: '2026-10-28', validTo: '2027-01-28' },
      { validFrom: '2027-01-29', validTo: '2027-04-28', basis: EXTEND.basis },
    ],
  });

  // Extended already: that entry is to be changed.
  const again = await post(author, '/numbers/12316/extensions', EXTEND);
  expect(again).toMatchObject({
    status: 409,
    body: {
      code: 'transition.followed',
      data: { number: '12316', followUp: 'TRANSITION', validFrom: '2027-01-29' },
    },
  });
});

test.each([
  ['a number that nobody knows', '12399', 404, 'rules.lineUnknown'],
  ['a number that is no transition', '12345', 409, 'transition.notRunning'],
  ['a transition that is over', '12331', 409, 'transition.notRunning'],
  ['one that somebody has decided about', '12332', 409, 'transition.followed'],
])('not extended: %s', async (_what, number, status, code) => {
  if ((await get('/numbers/12331/history')).status === 404) {
    await published({
      lines: [
        transition('12331', { validFrom: '2020-04-28' }),
        transition('12332'),
        transition('12332', { mode: 'FORWARD', validFrom: '2027-01-29', validTo: null }),
      ],
    });
  }
  const versions = async () => (await good(get('/versions'))).versions.length;
  const before = await versions();
  const answer = await post(author, `/numbers/${number}/extensions`, EXTEND);
  expect(answer).toMatchObject({ status, body: { code, data: { number } } });
  // Not even a draft is left.
  expect(await versions()).toBe(before);
});

test.each([
  ['no months', { ...EXTEND, months: 0 }, 'months'],
  ['half a month', { ...EXTEND, months: 1.5 }, 'months'],
  ['no basis', { ...EXTEND, basis: '' }, 'basis'],
  ['no reason', { ...EXTEND, reason: '' }, 'reason'],
])('an extension with %s is refused by name', async (_what, body, field) => {
  const answer = await post(author, '/numbers/12316/extensions', body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body.errors)).toContain(field);
});

test('only an operator extends', async () => {
  expect((await post(counter.people.lead, '/numbers/12316/extensions', EXTEND)).status).toBe(403);
});

test('a number’s history tells each change, a removal and a rollback, and nothing of versions that left it alone', async () => {
  const numbers = [
    await published({ lines: [{ ...transition('12320'), mode: 'FORWARD' }] }),
    await published({ lines: [{ number: '12320', name: '公共卫生热线' }] }),
  ];
  await published({ lines: [{ ...transition('12321'), mode: 'FORWARD' }] });
  numbers.push(await published({ removeLines: [{ number: '12320' }] }));
  const { number } = await good(post(author, '/roll-back', { reason: '撤销有误，恢复该号码' }));
  numbers.push(number);
  const { history } = await good(get('/numbers/12320/history'));
  expect(history.map((one: { version: number }) => one.version)).toEqual(numbers);
  expect(history.map((one: { changes: { zh: string }[] }) => one.changes[0]?.zh)).toEqual([
    expect.stringMatching(/^新增号码 12320/),
    '号码 12320（2026-10-28 起）名称由“热线12320”改为“公共卫生热线”',
    expect.stringMatching(/^号码 12320（2026-10-28 起）终止日期由（无）改为/),
    expect.stringMatching(/^号码 12320（2026-10-28 起）终止日期由“.*”改为（无）/),
  ]);
  expect(history[2]).toMatchObject({ approvers: [{ name: '审批员' }], lines: [{ mode: 'FORWARD' }] });
  expect(history[3]).toMatchObject({ origin: 'rollback', reason: '撤销有误，恢复该号码' });
});

test('two drafts bring the same new unit under two codes: the later is refused with its cure, by linter and publication', async () => {
  const brings = (number: string, unitCode: string) =>
    edited({
      lines: [{ ...transition(number), validFrom: undefined, mode: 'FORWARD', unitCode, unitName: '数据局' }],
    });
  const [first, later] = [await brings('12351', 'data-a'), await brings('12352', 'data-b')];
  await good(post(author, `/versions/${first}/publish`, { reason: REASON }));
  await good(post(author, `/versions/${later}/rebase`, {}));
  const { findings } = await good(get(`/versions/${later}/findings`));
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'unit.twoCodes',
      severity: 'error',
      message: expect.objectContaining({ zh: '单位“数据局”的代码是 data-a，号码 12352 写作 data-b' }),
    }),
  );
  const refused = await post(author, `/versions/${later}/publish`, { reason: REASON });
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'version.lintErrors', data: { errors: ['unit.twoCodes'] } },
  });
  // The cure: the code that the unit has.
  await good(
    post(author, `/versions/${later}/edits`, {
      revision: (await good(get(`/versions/${later}`))).version.revision,
      edit: { lines: [{ number: '12352', unitCode: 'data-a' }] },
    }),
  );
  const { state } = await good(post(author, `/versions/${later}/publish`, { reason: REASON }));
  expect(state).toBe('published');
});

test('TY-07: 300 numbers of all modes are imported, published, counted, tried and exported again', async () => {
  const heading =
    'number,name,unit_code,unit,mode,valid_from,valid_to,unit_number,trunk,after_end,hours,centre_address';
  const MODES = ['FORWARD', 'TRANSITION', 'DEDICATED', 'PARALLEL', 'MERGED', 'SUBCENTER'] as const;
  const rows = Array.from({ length: 300 }, (_, at) => {
    const mode = MODES[at % MODES.length] ?? 'FORWARD';
    const only = (one: string, value: string): string => (mode === one ? value : '');
    return [
      `0513${84_200_000 + at}`,
      `热线 ${at}`,
      `bureau-${at % 40}`,
      `第 ${at % 40} 局`,
      mode,
      '2026-11-01',
      only('TRANSITION', '2027-02-01'),
      only('PARALLEL', `0513${84_300_000 + at}`),
      mode === 'PARALLEL' || mode === 'SUBCENTER' ? 'carrier' : '',
      only('TRANSITION', 'goodbye'),
      only('DEDICATED', '08:30-17:30 workdays'),
      only('SUBCENTER', `sip:${84_200_000 + at}@10.1.2.3`),
    ];
  });
  const { number, revision } = await good(post(author, '/versions', { title: '全市号码' }));
  const csv = serialiseCsv([heading.split(','), ...rows]);
  const { report } = await good(post(author, `/versions/${number}/register`, { revision, csv }));
  expect(report).toMatchObject({ rows: 300, taken: 300, refused: [] });
  const { state } = await good(post(author, `/versions/${number}/publish`, { reason: REASON }));
  expect(state).toBe('awaitingSecond');
  await good(post(second, `/versions/${number}/approve`, { reason: '同意归并' }));

  const totals = await good(get('/versions/published/totals?day=2026-11-23'));
  for (const mode of MODES) expect(totals.byMode[mode]).toBeGreaterThanOrEqual(50);
  const end = async (dialled: string, at = '2026-11-23T10:00:00+08:00') =>
    (await good(post(author, '/versions/published/try', { dialled, at }))).end;
  expect(await end('84200000')).toBe('queue general');
  expect(await end('051384200001', '2027-02-01T23:59:59+08:00')).toBe('queue general');
  expect(await end('051384200001', '2027-02-02T00:00:00+08:00')).toBe('goodbye informed');
  expect(await end('84200003')).toBe('unit 051384300003');
  expect(await end('84200005')).toBe('centre sip:84200005@10.1.2.3');
  const back = await get(`/versions/published/register.csv`);
  expect(back.raw.split('\r\n').filter((row) => row.startsWith('0513842')).length).toBe(300);
  // And as call control receives it: hours to be asked, with the county's own days.
  await counter.db.query(
    `insert into calendar_days (day, working, name) values ('2026-12-12', true, '本地调休')`,
  );
  const { configuration } = await configurationBooks(counter.db).load();
  expect(configuration.calendar.days).toContainEqual({ day: '2026-12-12', working: true, name: '本地调休' });
  expect(configuration.lines.find((one) => one.number === '051384200002')).toMatchObject({
    mode: 'DEDICATED',
    hours: { kind: 'all', of: [{ kind: 'timeOfDay', from: '08:30', to: '17:30' }, { kind: 'dayKind' }] },
  });
  expect(momentsOf(configuration)(Date.parse('2026-12-12T10:00:00+08:00')).dayKind).toBe('makeupWorkday');
  const { rows: lines } = await counter.db.query<{ hours: string | null; afterEnd: string }>(
    `select distinct mode, hours, after_end as "afterEnd" from lines where number like '0513842%' order by mode`,
  );
  expect(lines.filter(({ hours }) => hours !== null)).toMatchObject([{ hours: '08:30-17:30 workdays' }]);
  expect(lines.filter(({ afterEnd }) => afterEnd === 'goodbye')).toMatchObject([{ mode: 'TRANSITION' }]);
});
