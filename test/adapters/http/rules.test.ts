import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VersionRefusal } from '../../../src/domain/hotlines/versions/version.ts';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// The rules over HTTP: the life of a version, and who may do what to it.

let counter: Counter;
let author: Person;
let second: Person;
let third: Person;
beforeAll(async () => {
  counter = await openCounter();
  author = counter.people.operator;
  [second, third] = [await counter.person(['operator']), await counter.person(['operator'])];
  await counter.db.query(`insert into protected_numbers (number, name, rule, basis) values
    ('110', '公安报警', 'never', 'RD-03'), ('12388', '纪检监察举报', 'two-approvers', 'RD-03')`);
});
afterAll(() => counter.close());
beforeEach(() => {
  counter.control.asked.length = 0;
});

const REASON = '部门函告，即日起归并';
const post = (who: Person, path: string, body?: object): Promise<Answer> =>
  counter.ask(who, 'POST', `/v1/rules${path}`, body);
const get = (path: string, who = author): Promise<Answer> => counter.ask(who, 'GET', `/v1${path}`);

async function draft(title = '测试'): Promise<{ number: number; revision: number }> {
  const { status, body } = await post(author, '/versions', { title });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
async function edited(edit: object, who = author): Promise<number> {
  const { number, revision } = await draft();
  const { status, body } = await post(who, `/versions/${number}/edits`, { revision, edit });
  expect(status, JSON.stringify(body)).toBe(200);
  return number;
}
async function published(edit: object): Promise<Answer> {
  return post(author, `/versions/${await edited(edit)}/publish`, { reason: REASON });
}
const NEW_LINE = {
  number: '12320',
  name: '公共卫生热线',
  unitCode: 'health',
  unitName: '卫生健康委员会',
  mode: 'FORWARD',
  basis: '函〔2026〕1号',
};

test('a new department’s number from draft to published to rolled back, with its history', async () => {
  const { number } = await draft('归并 12320');
  const { body: before } = await get(`/rules/versions/published/rules`);
  const first = await post(author, `/versions/${number}/edits`, { revision: 1, edit: { lines: [NEW_LINE] } });
  expect(first.body).toMatchObject({ state: 'draft', revision: 2 });
  const { body: compared } = await get(`/rules/diff?to=${number}`);
  expect(compared.changes).toMatchObject([
    {
      ...{ kind: 'added', thing: 'line' },
      words: {
        zh: expect.stringMatching(/^新增号码 12320（.{10} 起）：公共卫生热线，卫生健康委员会，呼叫转移$/),
        en: expect.stringMatching(
          /^Number 12320 \(from .{10}\) added: 公共卫生热线, 卫生健康委员会, Forwarded$/,
        ),
      },
    },
  ]);
  expect((await get('/lines/12320')).status).toBe(404);
  const tried = await post(author, `/versions/${number}/try`, { dialled: '0513-12320' });
  expect(tried.body).toMatchObject({ end: 'queue general', line: '12320', mode: 'FORWARD' });
  for (const { what, reason } of tried.body.steps) {
    for (const one of [what, reason]) {
      expect(one.zh).not.toBe('');
      expect(one.en).toMatch(/^[^：，。；]+$/);
    }
  }

  const { body: version } = await post(author, `/versions/${number}/publish`, { reason: REASON });
  expect(version).toMatchObject({ state: 'published', stateName: '已发布', lines: 3 });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);
  expect((await get('/lines/12320')).body).toMatchObject({ mode: 'FORWARD', unitName: '卫生健康委员会' });

  const { body: back } = await post(author, '/roll-back', { reason: '部门要求暂缓' });
  expect(back).toMatchObject({ state: 'published', origin: 'rollback', number: number + 1 });
  expect(back).toMatchObject({ titleEn: expect.stringMatching(/^Back to version \d+$/) });
  expect((await get('/lines/12320')).status).toBe(404);
  const { body: after } = await get('/rules/versions/published/rules');
  expect(after.rules).toEqual(before.rules);

  const { body: told } = await get(`/rules/versions/${number}`, counter.people.lead);
  expect(told.version.state).toBe('reverted');
  expect(told.history.map(({ move }: { move: string }) => move)).toEqual([
    'begin',
    'edit',
    'validate',
    'schedule',
    'publish',
    'revert',
  ]);
  expect(told.history.at(-2)).toMatchObject({ by: { id: author.id, name: '王小明' }, reason: REASON });
  expect(told.history.at(-1)).toMatchObject({ reason: '部门要求暂缓' });
});

test('going back is done once for a request, though its process died before it could answer', async () => {
  const name = async () => (await get('/lines/12369')).body.name;
  const { body: was } = await get('/rules/versions/published');
  for (const next of ['环保热线甲', '环保热线乙'])
    expect((await published({ lines: [{ number: '12369', name: next }] })).body.state).toBe('published');
  const key = { 'idempotency-key': randomUUID() };
  const back = () => counter.ask(author, 'POST', '/v1/rules/roll-back', { reason: '乙名有误' }, key);
  const { body: done } = await back();
  expect(await name()).toBe('环保热线甲');
  // The key is there, and what was answered under it is not.
  await counter.db.query('delete from idempotency_keys where key = $1', [key['idempotency-key']]);
  expect(await back()).toMatchObject({ status: 200, body: { id: done.id, number: done.number } });
  expect(await name()).toBe('环保热线甲');
  await post(author, '/roll-back', { to: String(was.version.number), reason: '恢复原名' });
});

test('who edits what somebody else changed meanwhile is told who and what, and overwrites nothing', async () => {
  const number = await edited({ lines: [{ number: '12369', name: '生态环境热线' }] }, second);
  const { status, body } = await post(author, `/versions/${number}/edits`, {
    revision: 1,
    edit: { lines: [{ number: '12369', name: '环保热线二' }] },
  });
  expect(status).toBe(409);
  expect(body).toMatchObject({
    code: 'version.editedMeanwhile',
    data: {
      revision: 2,
      edits: [{ revision: 2, by: '王小明' }],
      changes: [expect.stringContaining('生态环境热线')],
    },
  });
  const { body: kept } = await get(`/rules/versions/${number}/rules`);
  expect(kept.rules.lines.find((line: { number: string }) => line.number === '12369').name).toBe(
    '生态环境热线',
  );
});

test('two edits of the same revision at once: one is taken, the other told', async () => {
  const { number } = await draft();
  const both = await Promise.all(
    [author, second].map((who, at) =>
      post(who, `/versions/${number}/edits`, {
        revision: 1,
        edit: { lines: [{ number: '12369', name: `名称 ${at}` }] },
      }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a risky change waits for a second person, who is not its author', async () => {
  const waiting = await published({ removeLines: [{ number: '12369' }] });
  expect(waiting.body).toMatchObject({ state: 'awaitingSecond' });
  const { number } = waiting.body;
  expect((await get('/lines/12369')).status).toBe(200);
  const own = await post(author, `/versions/${number}/approve`, { reason: '自己同意' });
  expect(own.body.code).toBe('version.ownChange');
  const refused = await post(second, `/versions/${number}/reject`, { reason: '尚未与部门核实' });
  expect(refused.body.state).toBe('rejected');
  const again = await post(author, `/versions/${number}/edits`, { revision: 2, edit: { lines: [NEW_LINE] } });
  expect(again.body.state).toBe('draft');
  const resubmitted = await post(author, `/versions/${number}/publish`, { reason: REASON });
  expect(resubmitted.body.state).toBe('awaitingSecond');
  const approved = await post(second, `/versions/${number}/approve`, { reason: '已核实无误' });
  expect(approved.body).toMatchObject({ state: 'published', approvals: [{ by: second.id }] });
  // It is on record as what it was until yesterday; calls to it meet an unregistered number.
  expect((await get('/lines/12369')).body.validTo).not.toBeNull();
  const tried = await post(author, '/versions/published/try', { dialled: '12369' });
  expect(tried.body).toMatchObject({ mode: 'UNREGISTERED', end: 'queue general' });
  await post(author, '/roll-back', { reason: '测试完毕恢复' });
  expect((await get('/lines/12369')).body.validTo).toBeNull();
});

test('an emergency number is never merged, and the refusal says why', async () => {
  const { status, body } = await published({ lines: [{ ...NEW_LINE, number: '110' }] });
  expect(status).toBe(422);
  expect(body.code).toBe('version.lintErrors');
  expect(body.data.errors).toContain('protected.never');
  expect(body.data.findings).toContainEqual(expect.stringMatching(/110.*不得归并/));
  const { body: list } = await get('/rules/versions?limit=1');
  const { body: told } = await get(`/rules/versions/${list.versions[0].number}/findings`);
  expect(told.findings[0]).toMatchObject({
    code: 'protected.never',
    severity: 'error',
    message: { zh: expect.stringContaining('110') },
    cure: { zh: expect.any(String) },
  });
});

test('another excluded number needs two different approvers', async () => {
  const { body } = await published({ lines: [{ ...NEW_LINE, number: '12388' }] });
  expect(body).toMatchObject({ state: 'awaitingSecond' });
  const one = await post(second, `/versions/${body.number}/approve`, { reason: '第一人同意' });
  expect(one.body.state, JSON.stringify(one.body)).toBe('awaitingSecond');
  const same = await post(second, `/versions/${body.number}/approve`, { reason: '再次同意' });
  expect(same.body.code).toBe('version.approvedAlready');
  const two = await post(third, `/versions/${body.number}/approve`, { reason: '第二人同意' });
  expect(two.body.state, JSON.stringify(two.body)).toBe('published');
  await post(author, '/roll-back', { reason: '测试完毕恢复' });
});

test('rules with an error stay a draft; a draft of an older base is rebased before it goes out', async () => {
  const lost = await published({
    queues: [{ code: 'desk-health', name: '卫生专席' }],
    lines: [{ ...NEW_LINE, mode: 'DEDICATED', queue: 'desk-health' }],
  });
  expect(lost.body).toMatchObject({ code: 'version.lintErrors', data: { errors: ['queue.losesCalls'] } });

  const older = await edited({ lines: [{ number: '12369', name: '环保投诉热线' }] });
  const newer = await published({ lines: [NEW_LINE] });
  expect(newer.body.state).toBe('published');
  const stale = await post(author, `/versions/${older}/publish`, { reason: REASON });
  expect(stale.body.code).toBe('version.baseMoved');
  expect((await post(author, `/versions/${older}/rebase`, {})).body.state).toBe('draft');
  expect((await post(author, `/versions/${older}/publish`, { reason: REASON })).body.state).toBe('published');
  expect((await get('/lines/12320')).status).toBe(200);
  expect((await get('/lines/12369')).body.name).toBe('环保投诉热线');
});

test('recorded calls are replayed through a draft: which go elsewhere, and the seats each desk needs', async () => {
  const operator = counter.people.agent;
  for (let n = 0; n < 5; n += 1) await counter.call(operator.id, { line: '12369' });
  await counter.call(operator.id, { line: '12345' });
  const number = await edited({
    queues: [{ code: 'desk-eco', name: '环保专席', overflowQueue: 'general', overflowAfterMs: 20_000 }],
    lines: [{ number: '12369', mode: 'DEDICATED', queue: 'desk-eco' }],
  });
  const { status, body } = await post(author, `/versions/${number}/replay`, { days: 1 });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({
    calls: 6,
    movedCalls: 5,
    movements: [{ from: 'queue general', to: 'queue desk-eco', calls: 5 }],
  });
  const desk = body.desks.find(({ queue }: { queue: string }) => queue === 'desk-eco');
  expect(desk.before).toMatchObject({ calls: 0, seatsNeeded: 0 });
  expect(desk.after.calls).toBe(5);
  expect(desk.after.seatsNeeded).toBeGreaterThan(0);
});

test('a register goes out as CSV and comes back; what is refused is told row by row', async () => {
  const { raw, headers } = await get('/rules/versions/published/register.csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const { body: before } = await get('/rules/versions/published/rules');
  const { number } = await draft();
  const take = (csv: string, more = {}) =>
    post(author, `/versions/${number}/register`, { revision: 1, csv, ...more });
  const rows = [
    raw.trimEnd(),
    '12328,交通热线,transport,交通运输局,FORWARD,2026-01-01,,,,,,,,,,,函,',
    '110,报警,transport,交通运输局,FORWARD,2026-01-01,,,,,,,,,,,函,',
    '12329,公积金,nobody,,FORWARD,2026-13-01,,,,,,,,,,,函,',
  ].join('\r\n');
  const checked = await take(rows, { checkOnly: true });
  expect(checked.body.revision).toBe(1);
  const { status, body } = await take(rows);
  expect(status, JSON.stringify(body)).toBe(200);
  const known = before.rules.lines.length;
  expect(body).toMatchObject({ revision: 2, report: { rows: known + 3, taken: known + 1 } });
  expect(body.report).toEqual(checked.body.report);
  expect(body.report.refused.map(({ line }: { line: number }) => line)).toEqual([known + 3, known + 4]);
  expect(body.report.remarks).toContainEqual({
    line: known + 3,
    field: 'number',
    severity: 'refused',
    wrong: expect.stringContaining('不得归并'),
    wrongEn: expect.stringContaining('never merged'),
    right: expect.any(String),
    rightEn: expect.any(String),
  });
  const { body: compared } = await get(`/rules/diff?to=${number}`);
  expect(compared.changes.map(({ key }: { key: string }) => key)).toEqual(['12328@2026-01-01']);
  // Its first day is named and earlier than today: the totals of earlier days change, and that is said.
  expect(compared.rewritten).toEqual(['12328']);
});

test('whoever exports the register, changes a mode and imports it says: from today on', async () => {
  const { raw } = await get('/rules/versions/published/register.csv');
  const before = (await get('/rules/versions/published/totals?day=2026-10-01')).body;
  const row = raw.split('\r\n').find((one) => one.startsWith('12369'));
  if (row === undefined) throw new Error('the register lacks 12369');
  const { number, revision } = await draft();
  const csv = raw.replace(row, row.replace(',FORWARD,', ',MERGED,'));
  const taken = await post(author, `/versions/${number}/register`, { revision, csv });
  expect(taken.status, JSON.stringify(taken.body)).toBe(200);
  const { body: compared } = await get(`/rules/diff?to=${number}`);
  expect(compared.rewritten).toEqual([]);
  expect(compared.changes.map(({ kind, field }: Record<string, unknown>) => [kind, field])).toEqual([
    ['changed', 'validTo'],
    ['added', null],
  ]);
  expect((await get(`/rules/versions/${number}/totals?day=2026-10-01`)).body).toMatchObject({
    ...before,
    ahead: expect.any(Number),
  });
});

test('the register is counted at any day, and a transition’s warnings and end are told by day', async () => {
  const number = await edited({
    lines: [{ ...NEW_LINE, number: '12328', mode: 'TRANSITION', validFrom: '2020-04-28' }],
  });
  const count = async (day: string) => (await get(`/rules/versions/${number}/totals?day=${day}`)).body;
  const during = await count('2020-07-28');
  const after = await count('2020-07-29');
  expect(during.byMode.TRANSITION).toBe(1);
  expect(after).toMatchObject({ lines: during.lines - 1, ended: during.ended + 1 });
  const { body } = await get(`/rules/versions/${number}/transitions`);
  expect(body.tasks.map(({ daysBefore, day }: Record<string, unknown>) => [daysBefore, day])).toEqual([
    [30, '2020-06-28'],
    [14, '2020-07-14'],
    [7, '2020-07-21'],
    [1, '2020-07-27'],
    [0, '2020-07-29'],
  ]);
});

test('what the edit cannot mean is refused with what is missing', async () => {
  const { number } = await draft();
  const edit = (body: object) => post(author, `/versions/${number}/edits`, { revision: 1, edit: body });
  expect((await edit({ lines: [{ number: '12399', mode: 'FORWARD' }] })).body).toMatchObject({
    code: 'rules.lineIncomplete',
    data: { missing: ['name', 'unitCode'] },
  });
  expect((await edit({ removeLines: [{ number: '12399' }] })).body.code).toBe('rules.lineUnknown');
  expect(
    (await edit({ lines: [{ ...NEW_LINE, unitCode: 'other', unitName: '指挥中心' }] })).body,
  ).toMatchObject({ code: 'rules.unitNameTaken', data: { unitCode: 'centre' } });
  expect((await post(author, '/versions/99999/validate')).body.code).toBe('version.unknown');
  expect((await post(author, `/versions/${number}/publish`, { reason: REASON })).body.code).toBe(
    'version.noChange',
  );
  expect((await post(author, `/versions/${number}/withdraw`, { reason: '不改了' })).status).toBe(400);
  expect((await post(author, `/versions/${number}/withdraw`, { reason: '不需要修改' })).body.state).toBe(
    'withdrawn',
  );
});

test('each refusal of the domain has its place among the problems', async () => {
  const codes: Readonly<Record<VersionRefusal['code'], true>> = {
    'version.moveImpossible': true,
    'version.moveForbidden': true,
    'version.ownChange': true,
    'version.reasonMissing': true,
    'version.approvedAlready': true,
    'version.editedMeanwhile': true,
    'version.lintErrors': true,
    'version.baseMoved': true,
    'version.conflict': true,
    'version.forbiddenChange': true,
    'version.approvalsMissing': true,
    'version.tooEarly': true,
    'version.revertBeforeEffect': true,
    'version.noChange': true,
    'version.neverPublished': true,
    'version.temporaryOver': true,
  };
  const { body } = await get('/problems');
  const known = body.problems.map(({ code }: { code: string }) => code);
  for (const code of Object.keys(codes)) expect(known).toContain(code);
});
