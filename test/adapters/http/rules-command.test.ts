import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rules } from '../../../src/runtime/command-rules.ts';
import { parse, refuseUnused } from '../../../src/runtime/rules/options.ts';
import { COMMANDS } from '../../../src/runtime/rules/table.ts';
import { Misuse, Setback } from '../../../src/runtime/setback.ts';
import { type Counter, openCounter, PASSWORD, type Person } from './counter.ts';

// `npm run rules -- …` against a real counter: what an operator types, and what is printed.

let counter: Counter;
let api: string;
let second: Person;
let folder: string;
beforeAll(async () => {
  counter = await openCounter();
  api = await counter.app.listen({ host: '127.0.0.1', port: 0 });
  second = await counter.person(['operator']);
  folder = mkdtempSync(join(tmpdir(), 'rules-command-'));
  process.env.YIHAOTONG_PASSWORD = PASSWORD;
});
afterAll(async () => {
  delete process.env.YIHAOTONG_PASSWORD;
  rmSync(folder, { recursive: true });
  await counter.close();
});

async function say(person: Person, ...words: string[]): Promise<{ code: number; text: string }> {
  const printed: string[] = [];
  const code = await rules([...words, '--api', api, '--user', person.username], (text) => printed.push(text));
  return { code, text: printed.join('\n') };
}
const operator = (...words: string[]) => say(counter.people.operator, ...words);
const drafted = async (): Promise<string> =>
  /第 (\d+) 版/.exec((await operator('draft', '测试')).text)?.[1] ?? expect.fail('no draft');

test('a draft is set, compared, linted, tried, replayed, published and rolled back', async () => {
  const number = await drafted();
  const fields = ['name=卫生热线', 'unitCode=health', 'unitName=卫健委', 'mode=TRANSITION', 'basis=函'];
  expect((await operator('set', number, '12320', ...fields)).text).toContain('3 个号码');
  expect((await operator('diff', number)).text).toMatch(/新增号码 12320.*短期过渡/);
  expect((await operator('lint', number)).code).toBe(0);
  const tried = await operator('try', '12345', '--version', number, '--diversion', '<sip:12320@x>');
  expect(tried.text).toMatch(/识别为 12320[\s\S]*=> queue general/);
  expect((await operator('replay', number, '--days', '1')).text).toContain('0 个去向改变');
  expect((await operator('transitions', number)).text).toContain('距到期 30 天');
  expect((await operator('totals', number)).text).toContain('TRANSITION 1');
  expect((await operator('publish', number, '--reason', '来函归并')).text).toContain('已发布');
  expect((await operator('rollback', '--reason', '来函暂缓')).text).toContain('恢复第');
  const { text } = await operator('show', number);
  expect(text).toMatch(/publish -> published[\s\S]*来函归并[\s\S]*revert -> reverted[\s\S]*来函暂缓/);
  expect((await operator('list')).text.split('\n').length).toBeGreaterThanOrEqual(3);
});

test('a queue is changed in a draft, what it will tell is linted, and it is shown field by field', async () => {
  expect((await operator('queues')).text).toMatch(/^general {2}[\s\S]* tellsPlace=\w+ placeEveryMs=60000 /m);
  const number = await drafted();
  await operator('queue-set', number, 'general', 'tellsPlace=true', 'placeEveryMs=20000', 'skills=');
  expect((await operator('diff', number)).text).toContain('播报位置的间隔由 60 秒改为 20 秒');
  expect((await operator('lint', number)).text).toContain('queue.placeTooOften');
  for (const wrong of ['placeEvery=1', 'tellsPlace=yes', 'tellsPlace']) {
    await expect(operator('queue-set', number, 'general', wrong)).rejects.toMatchObject({
      code: 'rules.field',
    });
  }
  await expect(operator('queue-set', number, 'general', 'placeEveryMs=1000')).rejects.toThrow();
  await operator('queue-set', number, 'general', 'placeEveryMs=45000');
  expect((await operator('publish', number, '--reason', '播报不要太勤')).text).toContain('待复核');
  await say(second, 'approve', number, '--reason', '已与班长商定');
  expect((await operator('queues')).text).toMatch(/^general {2}[\s\S]* tellsPlace=true placeEveryMs=45000 /m);
});

test('the impact of a draft is told with its verdict, and tasks of transitions are listed and closed', async () => {
  const number = await drafted();
  await operator('set', number, '12369', 'name=生态环境热线');
  const good = await operator('impact', number, '--days', '30');
  expect(good.code).toBe(0);
  expect(good.text).toMatch(/可以发布[\s\S]*It may be published[\s\S]*通过 {2}修改 1 处[\s\S]*生态环境热线/);
  await operator('set', number, '12369', 'mode=TRANSITION', 'validTo=2019-01-01');
  const bad = await operator('impact', number);
  expect(bad).toMatchObject({ code: 1, text: expect.stringContaining('不能发布') });
  await operator('withdraw', number, '--reason', '不再需要');

  expect((await operator('tasks')).text).toContain('没有任务');
  await counter.db.query(`insert into work_items (id, key, kind, number, unit_code, due_day, last_day, days_before, opened_at)
    select gen_random_uuid(), '12369@2026-12-01:T-' || n, 'transitionWarning', '12369', 'centre', '2026-11-24',
      '2026-12-01', n, now() from unnest(array[7, 14]) n`);
  const [, id = ''] = /\n {4}([0-9a-f-]{36})/.exec((await operator('tasks')).text) ?? [];
  expect((await operator('task-done', id, '--reason', '已函告单位')).text).toMatch(/已办[\s\S]*已函告单位/);
  const [, other = ''] = /\n {4}([0-9a-f-]{36})/.exec((await operator('tasks', 'open')).text) ?? [];
  expect((await operator('task-dismiss', other, '--reason', '已改为呼叫转移')).text).toContain('无需办理');
  await expect(operator('task-done', id, '--reason', '再办一次')).rejects.toMatchObject({
    code: 'workItem.notOpen',
  });
  expect((await operator('tasks', 'all')).text.split('\n')).toHaveLength(6);
  await counter.db.query('delete from work_item_events; delete from work_items');
});

test('figures of one line carry their formulas, of all lines their sum', async () => {
  await counter.call(counter.people.agent.id, { line: '12369' });
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });
  const one = await operator('figures', '12369', '--at', today, '--days', '3');
  expect(one.text).toMatch(/环保热线[\s\S]*接通率 —（0\/0） -> 100%（1\/1） {2}= 接通数 ÷/);
  const all = await operator('figures', '--from', today, '--to', today);
  expect(all.text).toMatch(/12369 环保热线 {2}1 个来电，接通 1[\s\S]*合计 total {2}1 个来电/);
  await expect(operator('figures', '12369')).rejects.toMatchObject({ code: 'rules.period' });
});

test('a risky change is approved or refused by somebody else', async () => {
  const number = await drafted();
  await operator('remove', number, '12369');
  expect((await operator('publish', number, '--reason', '撤销号码')).text).toContain('待复核');
  await expect(operator('approve', number, '--reason', '自己同意')).rejects.toMatchObject({
    code: 'version.ownChange',
  });
  expect((await say(second, 'reject', number, '--reason', '尚未核实')).text).toContain('已驳回');
  expect((await operator('withdraw', number, '--reason', '不再需要')).text).toContain('已撤销');
});

test('a change for a time is published to the minute, as people type it', async () => {
  const number = await drafted();
  await operator('set', number, '12369', 'name=生态环境热线');
  const [at, until] = ['2099-12-01T08:00+08:00', '2099-12-08T08:00+08:00'];
  const asked = await operator('publish', number, '--reason', '专项整治', '--at', at, '--until', until);
  expect(asked.text).toContain('待发布');
  await operator('withdraw', number, '--reason', '不再需要');
  await expect(
    operator('publish', number, '--reason', '专项整治', '--at', '2099-12-01T08:00'),
  ).rejects.toMatchObject({ text: expect.stringContaining('带时区的时刻') });
});

test('a register goes to a file and comes back, its refused rows told; JSON carries everything', async () => {
  const csv = join(folder, 'register.csv');
  const json = join(folder, 'rules.json');
  await operator('export', '--out', csv);
  await operator('export', '--out', json);
  expect((await operator('export')).text).toContain('12369');
  writeFileSync(
    csv,
    `${readFileSync(csv, 'utf8')}110,报警,centre,指挥中心,FORWARD,2026-01-01,,,,,,,,,,函,\r\n`,
  );
  const checked = await operator('import', csv, '--check');
  expect(checked).toMatchObject({
    code: 1,
    text: expect.stringMatching(/3 行，接收 2（新增 \d，修改 \d，相同 \d），拒收 1[\s\S]*第 4 行 拒收/),
  });
  const taken = await operator('import', csv);
  expect(taken).toMatchObject({ code: 1, text: expect.stringContaining('草稿') });
  const whole = await operator('import', json);
  const number = /第 (\d+) 版/.exec(whole.text)?.[1] ?? '';
  expect((await operator('diff', number)).text).toContain('没有不同');
});

test('a change that is refused says why, and leaves no draft behind', async () => {
  const fields = ['name=报警', 'unitCode=centre', 'mode=FORWARD'];
  const refused = await operator('change', '110', ...fields, '--reason', '归并报警电话').catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(Setback);
  expect((refused as Setback).text).toMatch(/version\.lintErrors[\s\S]*110.*不得归并/);
  const [newest = ''] = (await operator('list')).text.split('\n');
  expect(newest).toContain('已撤销');
});

test('what is missing is said before anything is asked', async () => {
  await expect(operator('publish', '1')).rejects.toMatchObject({ code: 'rules.noReason' });
  await expect(operator('set', '1', '12345', 'mode')).rejects.toMatchObject({ code: 'rules.field' });
  await expect(operator('import', join(folder, 'nothing.csv'))).rejects.toMatchObject({ code: 'rules.file' });
  expect((await operator('nonsense')).code).toBe(2);
  await expect(
    rules(['list', '--api', 'http://127.0.0.1:9', '--user', 'x'], () => undefined),
  ).rejects.toMatchObject({ code: 'rules.noApi' });
});

test('every command says what it does, with an example that it would understand', async () => {
  const { code, text } = await operator('help');
  expect(code).toBe(0);
  for (const { name, example } of COMMANDS) {
    expect(text).toContain(`rules ${name}`);
    const help = await operator('help', name);
    expect(help).toEqual(await operator(name, '--help'));
    expect(help.text).toContain(`npm run rules -- ${example}`);
    const words = parse(example.split(' '));
    const command = COMMANDS.find((one) => one.name === words.words[0]);
    expect(command?.name).toBe(name);
    if (command !== undefined) refuseUnused(command, words.given);
  }
});

test('what the README types is understood', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const typed = [
    ...[...readme.matchAll(/^npm run rules -- (.+?)(?:\s+#.*)?$/gm)].map(([, line = '']) => line),
    ...[...readme.matchAll(/`rules ((?:[a-z]|\d)[^`]*)`/g)].map(([, line = '']) => line),
  ];
  expect(typed.length).toBeGreaterThan(20);
  for (const line of typed) {
    const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(([all, a, b]) => a ?? b ?? all);
    const { words: said, given } = parse(words);
    const command = COMMANDS.find(({ name }) => name === said[0]);
    if (said[0] !== 'help') expect(command?.name, line).toBe(said[0]);
    if (command !== undefined) expect(() => refuseUnused(command, given), line).not.toThrow();
  }
});

test('what was typed in vain is said, not swallowed: an option of another command, a word too many', async () => {
  await expect(operator('list', '--keys', '1')).rejects.toMatchObject({
    code: 'rules.optionUnused',
    text: expect.stringContaining('does not take --keys'),
  });
  await expect(operator('draft', '归并', '12320')).rejects.toMatchObject({
    code: 'rules.tooManyWords',
    text: expect.stringContaining('"12320" is too much'),
  });
  await expect(operator('replay', '1', '--days', 'many')).rejects.toBeInstanceOf(Misuse);
  expect((await operator('help', 'nonsense')).code).toBe(2);
});

test('the whole configuration goes into a file and comes back exactly, or not at all', async () => {
  const file = join(folder, 'all.json');
  await operator('export', '--all', file);
  const number = /第 (\d+) 版/.exec((await operator('import', file)).text)?.[1] ?? '';
  expect((await operator('diff', number)).text).toContain('没有不同');
  const again = join(folder, 'again.json');
  await operator('export', number, '--all', again);
  const rulesOf = (path: string) => JSON.parse(readFileSync(path, 'utf8')).rules;
  expect(rulesOf(again)).toEqual(rulesOf(file));

  const before = (await operator('list')).text;
  const spoilt = (change: (held: { rules: { lines: { mode?: string }[]; colour?: string } }) => object) => {
    writeFileSync(again, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
    return operator('import', again).catch((error: unknown) => error as Setback);
  };
  for (const [change, told] of [
    [(held) => ({ ...held, colour: 'red' }), /"colour" is not known/],
    [(held) => ({ ...held, formatVersion: 9 }), /formatVersion 9/],
    [
      (held) => ({ ...held, rules: { ...held.rules, colour: 'red' } }),
      /body\.edit\.rules\.colour: 不认识此项/,
    ],
    [
      (held) => ({
        ...held,
        rules: { ...held.rules, lines: [{ ...held.rules.lines[0], mode: 'SIDEWAYS' }] },
      }),
      /body\.edit\.rules\.lines\.0\.mode: 不是允许的值.*MAIN/,
    ],
    [
      (held) => ({ ...held, rules: { ...held.rules, menus: [{ code: 'x', nodes: [{}] }] } }),
      /menus\.0\.nodes\.0\.id: a text/,
    ],
  ] as const satisfies readonly (readonly [Parameters<typeof spoilt>[0], RegExp])[]) {
    const refused = await spoilt(change);
    expect(refused).toBeInstanceOf(Setback);
    expect((refused as Setback).text).toMatch(told);
  }
  // No draft is left that somebody might publish.
  const after = (await operator('list')).text.split('\n').filter((row) => !row.includes('已撤销'));
  expect(after).toEqual(before.split('\n').filter((row) => !row.includes('已撤销')));
});

test('a transition is extended, and a number’s history says who did what', async () => {
  const number = await drafted();
  const fields = ['name=宠物热线', 'unitCode=pets', 'unitName=宠物办', 'mode=TRANSITION', 'basis=函'];
  await operator('set', number, '12371', ...fields);
  await operator('publish', number, '--reason', '来函归并');
  const extended = await operator(
    'extend',
    '12371',
    '--months',
    '2',
    '--basis',
    '批复',
    '--reason',
    '来电仍多',
  );
  expect(extended.text).toMatch(/延长 12371 过渡期至 .*待复核|待复核.*延长 12371/);
  const version = /第 (\d+) 版/.exec(extended.text)?.[1] ?? '';
  await say(second, 'approve', version, '--reason', '同意延长');
  expect((await operator('history', '12371')).text).toMatch(
    /第 \d+ 版[\s\S]*新增号码 12371[\s\S]*来电仍多[\s\S]*复核[\s\S]*新增号码 12371/,
  );
  await expect(
    operator('extend', '12371', '--months', '0', '--basis', 'x', '--reason', 'y'),
  ).rejects.toMatchObject({
    code: 'rules.months',
  });
  await expect(
    operator('extend', '12371', '--months', '1', '--basis', '批复', '--reason', '再次延长'),
  ).rejects.toMatchObject({ code: 'transition.followed' });
});

test('an incident is announced in one line, with what is to be said about it, prolonged and closed', async () => {
  const aim = ['--hours', '4', '--lines', '12369', '--prefixes', '8411', '--reason', '供水公司来电告知'];
  const { text } = await operator('announce', '余荡村停水', '--text', '余荡村今晚停水。', ...aim);
  expect(text).toMatch(
    /播放中 {2}余荡村停水[\s\S]*被叫 12369 {2}来电 05138411…[\s\S]*announcement\.mobilesLeftOut/,
  );
  const id = text.slice(0, 36);
  expect((await operator('announcements')).text).toContain(id);
  const tried = await operator('try', '12369', '--caller', '84110001');
  expect(tried.text).toContain('播放通知“余荡村停水”');
  expect((await operator('try', '12369', '--caller', '025-84110001')).text).toContain(
    '不播放通知“余荡村停水”',
  );
  const longer = await operator('prolong-announcement', id, '--hours', '6', '--reason', '抢修尚未完成');
  expect(longer.text).toContain('播放中');
  const closed = await operator(
    'close-announcement',
    id,
    '--reason',
    '供水已恢复',
    '--text',
    '余荡村已恢复供水',
  );
  expect(closed.text).toContain('已恢复');
  const words = ['announce', '停电', '--text', '停电。', '--reason', '供电公司来电'];
  await expect(operator(...words)).rejects.toMatchObject({ code: 'rules.until' });
  await expect(operator(...words, '--hours', '1', '--unknown')).rejects.toMatchObject({
    code: 'rules.unknown',
  });
  await expect(operator(...words, '--hours', '1', '--lines', '110')).rejects.toMatchObject({
    code: 'announcement.faulty',
    text: expect.stringContaining('受保护号码'),
  });
});

test('a number is noted, limited by two persons, tried, appealed for and freed', async () => {
  const number = '13800138222';
  const restrict = (step: string, ...more: string[]) =>
    operator('restrict', number, '--step', step, '--hours', '24', '--reason', '一日内来电四十余次', ...more);
  expect((await restrict('note')).text).toMatch(/138\*\*\*\*8222 {2}备注 {2}生效中/);
  const asked = await restrict('limit', '--calls', '2');
  expect(asked.text).toContain('限制，每小时 2 次  待审批');
  const id = asked.text.slice(0, 36);
  const approve = ['approve-restriction', id, '--reason', '情况属实'];
  await expect(operator(...approve)).rejects.toMatchObject({ code: 'restriction.ownRequest' });
  expect((await say(second, ...approve)).text).toContain('生效中');
  expect((await operator('try', '12345', '--caller', number)).text).toMatch(/这是第 1 次[\s\S]*=> queue/);
  const full = await operator('try', '12345', '--caller', number, '--reached', '2');
  expect(full.text).toMatch(/已满[\s\S]*=> goodbye refused/);
  expect((await operator('restrictions', number)).text.match(/138\*\*\*\*8222/g)).toHaveLength(2);
  const appeal = (await operator('appeal', number, '--text', '家中老人误拨')).text.slice(0, 36);
  expect((await operator('appeals')).text).toContain(appeal);
  const third = await counter.person(['operator']);
  expect((await say(third, 'grant-appeal', appeal, '--reason', '核实无误')).text).toContain('成立');
  expect((await operator('try', '12345', '--caller', number)).text).toContain('该号码有备注');
  await expect(
    operator('restrict', number, '--step', 'block', '--hours', 'x', '--reason', '误'),
  ).rejects.toMatchObject({
    code: 'rules.hours',
  });
});
