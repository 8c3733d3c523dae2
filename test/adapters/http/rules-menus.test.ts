import { afterAll, beforeAll, expect, test } from 'vitest';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { readMenuText } from '../../../src/domain/ivr/text/read-menu-text.ts';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// Menus over HTTP: one menu of a draft as data, text and drawing, and two operators at it at once.

let counter: Counter;
let author: Person;
let second: Person;
beforeAll(async () => {
  counter = await openCounter();
  author = counter.people.operator;
  second = await counter.person(['operator']);
});
afterAll(() => counter.close());

const ask = (who: Person, method: string, path: string, body?: object): Promise<Answer> =>
  counter.ask(who, method as 'GET', `/v1/rules${path}`, body);
async function draft(): Promise<string> {
  const { status, body } = await ask(author, 'POST', '/versions', { title: '菜单' });
  expect(status).toBe(201);
  return `/versions/${body.number}`;
}
const menu = classicMenu({ general: 'general' });
const at = (version: string) => `${version}/menus/${menu.code}`;

test('a menu is put into a draft, read as data, text and drawing, heard on a number, tried and published', async () => {
  const version = await draft();
  const put = await ask(author, 'PUT', at(version), { revision: 1, menu });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  expect(put.body).toMatchObject({ revision: 2, menu, numbers: [] });
  expect(readMenuText(put.body.text)).toMatchObject({ kind: 'menu', menu });
  expect(put.body.graph.edges).toContainEqual({
    from: 'node start',
    to: 'queue general',
    by: 'keys',
    digits: '1',
    label: '咨询',
    labelEn: '咨询',
    port: 3,
    via: [expect.objectContaining({ column: 1 })],
    back: false,
  });
  expect(put.body).toMatchObject({ depth: 1, personAfterMs: expect.any(Number) });
  expect(put.body.graph.diagram).toMatch(/^flowchart LR\n/);
  expect(put.body.findings.map(({ code }: { code: string }) => code)).toContain('menu.unused');

  const lines = [{ number: '12369', menu: menu.code }];
  await ask(author, 'POST', `${version}/edits`, { revision: 2, edit: { lines } });
  const read = await ask(counter.people.lead, 'GET', at(version));
  expect(read.body).toMatchObject({ revision: 3, numbers: ['12369'] });
  expect(read.body.findings.map(({ code }: { code: string }) => code)).not.toContain('menu.unused');
  const tried = await ask(author, 'POST', `${version}/try`, {
    dialled: '12369',
    keys: '50000',
    ticket: 'found',
  });
  expect(tried.body.end).toBe('goodbye informed');
  const old = { dialled: '12369', keys: '5', caller: { vulnerable: true } };
  expect((await ask(author, 'POST', `${version}/try`, old)).body.end).toBe('queue general');
  const published = await ask(author, 'POST', `${version}/publish`, { reason: '启用菜单' });
  expect(published.body.state).toBe('published');
  expect((await ask(author, 'GET', '/versions/published/menus')).body.menus).toEqual([
    { code: menu.code, name: menu.name, nodes: 1, numbers: ['12369'] },
  ]);
});

test('the later of two operators at one menu is told who changed what, and nothing is overwritten', async () => {
  const version = await draft();
  const theirs = { ...menu, name: '新菜单' };
  await ask(second, 'PUT', at(version), { revision: 1, menu: theirs });
  const mine = await ask(author, 'PUT', at(version), { revision: 1, menu: { ...menu, name: '另一菜单' } });
  expect(mine.status).toBe(409);
  expect(mine.body).toMatchObject({
    code: 'version.editedMeanwhile',
    data: { edits: [{ revision: 2 }], changes: [expect.stringContaining('由“传统按键菜单”改为“新菜单”')] },
  });
  expect((await ask(author, 'GET', at(version))).body.menu.name).toBe('新菜单');
});

test.each([
  ['a field that no menu has', { menu: { ...menu, colour: 'red' } }, 'menus.0.colour: no such field'],
  [
    'a target that is none',
    { menu: { ...menu, nodes: [{ ...menu.nodes[0], exit: { kind: 'shell' } }] } },
    'menus.0.nodes.0.exit.kind: queue',
  ],
  ['another code than its address', { menu: { ...menu, code: 'other' } }, 'code: classic-menu'],
  ['a text that is no JSON', { text: '{"code": ' }, 'text: '],
  ['a line that no menu has', { text: '菜单 classic-menu "甲"\n等候 5 秒' }, '第 2 行'],
  ['neither data nor text', {}, 'either menu or text'],
])('refused with the place and what belongs there: %s', async (_what, body, fault) => {
  const version = await draft();
  const refused = await ask(author, 'PUT', at(version), { revision: 1, ...body });
  expect(refused.status).toBe(422);
  expect(refused.body.code).toBe('rules.menuInvalid');
  expect(refused.body.data.faults[0]).toContain(fault);
  expect((await ask(author, 'GET', version)).body.version.revision).toBe(1);
});

test('findings stand at their nodes and keep the menu from being published', async () => {
  const version = await draft();
  const choices = menu.nodes[0]?.choices.map((choice) =>
    choice.digits === '1' ? { ...choice, target: { kind: 'queue', queue: 'nowhere' } } : choice,
  );
  const put = await ask(author, 'PUT', at(version), {
    revision: 1,
    menu: { ...menu, nodes: [{ ...menu.nodes[0], choices }] },
  });
  expect(put.body.findings).toContainEqual(
    expect.objectContaining({
      code: 'menu.unknownTarget',
      severity: 'error',
      place: { thing: 'menu', key: menu.code, field: 'nodes/start/choices/1' },
    }),
  );
  const refused = await ask(author, 'POST', `${version}/publish`, { reason: '启用菜单' });
  expect(refused.body.code).toBe('version.lintErrors');
  expect((await ask(author, 'DELETE', `${at(version)}?revision=2`)).body).toEqual({ revision: 3 });
  expect((await ask(author, 'GET', at(version))).body.code).toBe('rules.menuUnknown');
});

test('what somebody is writing is checked as it would be in the draft, and nothing is kept', async () => {
  const version = await draft();
  const check = (body: object, who = author) => ask(who, 'POST', `${at(version)}/check`, body);
  const ofData = await check({ menu });
  expect(ofData.body).toMatchObject({ seen: { menu, depth: 1, numbers: expect.any(Array) }, faults: [] });
  const { text } = ofData.body.seen;
  expect((await check({ text })).body).toEqual(ofData.body);

  const wrong = text.replace('按 1 "咨询" → 队列 general', '按 1 "咨询" → 队列 nowhere');
  const findings = (await check({ text: wrong }, counter.people.lead)).body.seen.findings;
  const unknown = findings.find(({ code }: { code: string }) => code === 'menu.unknownTarget');
  expect(wrong.split('\n')[unknown.line - 1]).toContain('nowhere');

  const unread = await check({ text: text.replace('等待 5 秒', '等待') });
  expect(unread.body).toMatchObject({ seen: null, faults: [{ line: expect.any(Number) }] });
  expect(text.split('\n')[unread.body.faults[0].line - 1]).toContain('等待');
  const renamed = await check({ text: text.replace('菜单 classic-menu', '菜单 other') });
  expect(renamed.body.faults).toMatchObject([{ line: 1, wrong: { zh: expect.stringContaining('other') } }]);

  expect((await ask(author, 'GET', version)).body.version.revision).toBe(1);
  expect((await check({})).body.code).toBe('rules.menuInvalid');
  const put = await ask(author, 'PUT', at(version), { revision: 1, text });
  expect(put.body).toMatchObject({ revision: 2, menu, text });
});
