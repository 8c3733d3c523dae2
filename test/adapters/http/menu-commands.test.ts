import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rules } from '../../../src/runtime/command-rules.ts';
import { writeTone } from '../../support/tone-file.ts';
import { type Counter, openCounter, PASSWORD } from './counter.ts';

// Menus, surge keys and presets as an operator types them, against a real counter.

let counter: Counter;
let api: string;
let folder: string;
beforeAll(async () => {
  counter = await openCounter();
  api = await counter.app.listen({ host: '127.0.0.1', port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'menu-commands-'));
  process.env.YIHAOTONG_PASSWORD = PASSWORD;
});
afterAll(async () => {
  delete process.env.YIHAOTONG_PASSWORD;
  rmSync(folder, { recursive: true });
  await counter.close();
});

async function operator(...words: string[]): Promise<{ code: number; text: string }> {
  const printed: string[] = [];
  const user = counter.people.operator.username;
  const code = await rules([...words, '--api', api, '--user', user], (text) => printed.push(text));
  return { code, text: printed.join('\n') };
}
const numberIn = (text: string): string => /第 (\d+) 版/.exec(text)?.[1] ?? expect.fail(text);
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const SURGE = [
  '--queue',
  'general',
  '--label',
  '防汛',
  '--text',
  '防汛热线请按7',
  '--reason',
  '防汛应急响应',
];

test('a surge key is there in one step, tried by its key, and over by itself; the main number stays as it was', async () => {
  const opened = await operator('surge', 'flood', '--key', '7', '--until', inAnHour(), ...SURGE);
  expect(opened.text).toMatch(/已发布[\s\S]*至 20/);
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'reloadConfiguration' });
  expect((await operator('menus')).text).toContain('straight-12345  政府热线直达人工  1 个节点  12345');
  const open = () => counter.ask(counter.people.lead, 'GET', '/v1/rules/surge-keys');
  expect((await open()).body.keys).toEqual([
    {
      code: 'flood',
      key: '7',
      label: '防汛',
      text: '防汛热线请按7',
      until: expect.any(String),
      queue: 'general',
      queueName: expect.any(String),
      menu: 'straight-12345',
      numbers: ['12345'],
      pack: null,
      callsToday: 0,
      calls: 0,
    },
  ]);
  const tried = await operator('try', '12345', '--keys', '7');
  expect(tried.text).toMatch(
    /播放 surge-flood[\s\S]*按键 7（防汛）[\s\S]*计入 surge-flood[\s\S]*=> queue general/,
  );
  expect((await operator('try', '12345')).text).toMatch(/没有按键[\s\S]*=> queue general/);
  const ended = await operator('surge-end', 'flood', '--menu', 'straight-12345', '--reason', '响应解除');
  expect(ended.text).toContain('已发布');
  expect((await open()).body.keys).toEqual([]);
  expect((await operator('try', '12345', '--keys', '7')).text).not.toContain('按键 7');
  await expect(
    operator('surge-end', 'flood', '--menu', 'straight-12345', '--reason', '响应解除'),
  ).rejects.toMatchObject({ code: 'rules.surgeUnknown' });
});

test.each<[string, string[], string, RegExp]>([
  ['two keys', ['--key', '77'], 'request.invalid', /body\.key: 格式不对/],
  [
    'an end in the past',
    ['--key', '7', '--until', '2020-01-01T00:00:00+08:00'],
    'rules.surgeInvalid',
    /将来的时刻/,
  ],
  ['a queue that is not there', ['--key', '7', '--queue', 'nowhere'], 'version.lintErrors', /nowhere/],
  [
    'a menu that is not there',
    ['--key', '7', '--menu', 'nowhere'],
    'rules.menuUnknown',
    /straight-12345|menus/,
  ],
  ['a number that is not there', ['--key', '7', '--line', '99999'], 'rules.lineUnknown', /99999/],
])(
  'a surge key that cannot be is refused and leaves nothing behind: %s',
  async (_what, words, code, told) => {
    const before = (await operator('list')).text;
    const refused = await operator('surge', 'quake', ...SURGE, '--until', inAnHour(), ...words).catch(
      (error: unknown) => error as { code: string; text: string },
    );
    expect(refused).toMatchObject({ code });
    expect((refused as { text: string }).text).toMatch(told);
    expect((await operator('list')).text).toBe(before);
  },
);

test('a desk that is not there yet comes with the key, and overflows to the general desk', async () => {
  const order = [
    '--key',
    '8',
    '--queue',
    'desk-quake',
    '--queue-name',
    '抗震专席',
    '--label',
    '抗震',
    '--text',
    '抗震请按8',
  ];
  await operator('surge', 'quake', ...order, '--until', inAnHour(), '--reason', '地震应急响应');
  expect((await operator('try', '12345', '--keys', '8')).text).toMatch(
    /抗震专席（desk-quake）[\s\S]*寻找话务员/,
  );
});

test('a menu goes out as text, is changed, comes back with its findings, and is drawn', async () => {
  const draft = numberIn((await operator('preset', 'classic-menu')).text);
  const file = join(folder, 'menu.json');
  await operator('menu', draft, 'classic-menu', '--out', file);
  const menu = JSON.parse(readFileSync(file, 'utf8'));
  menu.nodes[0].choices[1].target.queue = 'nowhere';
  writeFileSync(file, JSON.stringify(menu));
  const wrong = await operator('menu-set', draft, file);
  expect(wrong.code).toBe(1);
  expect(wrong.text).toMatch(/menu\.unknownTarget {2}menu classic-menu nodes\/start\/choices\/1[\s\S]*改法/);
  menu.nodes[0].choices[1].target.queue = 'general';
  writeFileSync(file, JSON.stringify(menu));
  expect((await operator('menu-set', draft, file)).code).toBe(0);
  expect((await operator('menu', draft, 'classic-menu', '--graph')).text).toMatch(/^flowchart LR/);
  const words = join(folder, 'menu.txt');
  await operator('menu', draft, 'classic-menu', '--words', '--out', words);
  const text = readFileSync(words, 'utf8');
  expect(text).toMatch(/^菜单 classic-menu/);
  writeFileSync(words, text.replace('等待 5 秒', '等待 6 秒'));
  await operator('menu-set', draft, words);
  expect((await operator('menu', draft, 'classic-menu', '--words')).text).toContain('等待 6 秒');
  writeFileSync(words, text.replace('等待 5 秒', '等候 5 秒'));
  await expect(operator('menu-set', draft, words)).rejects.toMatchObject({
    code: 'rules.menuUnread',
    text: expect.stringMatching(/第 \d+ 行 不认识“等候”/),
  });
  expect((await operator('diff', draft)).text).toMatch(/新增菜单 classic-menu：传统按键菜单/);
  writeFileSync(file, '{"code": "classic-menu",');
  await expect(operator('menu-set', draft, file)).rejects.toMatchObject({ code: 'rules.fileNotJson' });
  expect((await operator('menu-remove', draft, 'classic-menu')).text).toContain('草稿');
});

test('each preset makes a draft; an unknown one is told which there are', async () => {
  const { text } = await operator('presets');
  for (const name of ['county-small', 'rudong-1+16+14', 'classic-menu']) {
    expect(text).toContain(name);
    expect((await operator('preset', name)).text).toMatch(/草稿 draft {2}修订 2/);
  }
  await expect(operator('preset', 'shanghai')).rejects.toMatchObject({
    code: 'rules.presetUnknown',
    text: expect.stringContaining('county-small'),
  });
});

test('keys are counted by day, a surge key under its own name, a call once', async () => {
  const [call, other] = [randomUUID(), randomUUID()];
  const choice = (digits: string, counter: string | null = null) => ({
    menu: 'counted',
    node: 'start',
    digits,
    outcome: digits === '' ? 'nothing' : 'complete',
    counter,
  });
  const facts: readonly [string, string, object][] = [
    [call, '2026-11-22T15:59:59Z', choice('7', 'surge-flood')],
    [call, '2026-11-22T16:00:00Z', choice('7', 'surge-flood')],
    [call, '2026-11-22T16:00:01Z', choice('7', 'surge-flood')],
    [other, '2026-11-22T17:00:00Z', choice('')],
    [other, '2026-11-23T16:00:00Z', choice('1')],
  ];
  for (const [seq, [callId, at, body]] of facts.entries()) {
    await counter.db.query(
      `insert into call_facts (id, call_id, seq, at, type, body) values ($1, $2, $3, $4, 'menuChoice', $5)`,
      [randomUUID(), callId, seq, at, body],
    );
  }
  const counted = await operator('counters', 'counted', '--from', '2026-11-22', '--to', '2026-11-23');
  expect(counted.text.split('\n')).toEqual([
    '2026-11-22  start  7  complete  1  surge-flood',
    '2026-11-23  start  （未按键）  nothing  1',
    '2026-11-23  start  7  complete  1  surge-flood',
  ]);
  await expect(
    operator('counters', 'counted', '--from', '2026-11-23', '--to', '2026-11-22'),
  ).rejects.toMatchObject({
    code: 'period.invalid',
  });
});

test('prompts are said, uploaded, listed, asked after and retired', async () => {
  const wav = join(folder, 'greeting.wav');
  await writeTone(wav, 440, 900);
  const said = await operator('prompt-say', 'own', '--text', '您好。', '--basis', '办公室来函');
  expect(said.text).toContain('own 第 1 版  合成  waiting');
  const uploaded = await operator(
    'prompt-upload',
    'own',
    wav,
    '--basis',
    '办公室来函',
    '--until',
    inAnHour(),
  );
  expect(uploaded.text).toMatch(/own 第 2 版 {2}录音 {2}waiting {2}至 /);
  expect(uploaded.text).toContain('待批准');
  await expect(operator('prompt-approve', 'own', '2')).rejects.toMatchObject({ code: 'prompt.ownWork' });
  await writeTone(wav, 440, 100);
  await expect(operator('prompt-upload', 'own', wav, '--basis', '办公室来函')).rejects.toMatchObject({
    code: 'prompt.recordingUnfit',
    text: expect.stringContaining('时长 100 毫秒'),
  });
  expect((await operator('prompts')).text.split('\n').filter((row) => row.includes('own'))).toHaveLength(2);
  expect((await operator('prompt-heard', 'own', '--from', '2026-01-01T00:00:00+08:00')).text).toContain(
    '没有人',
  );
  expect((await operator('prompt-retire', 'own', '2', '--reason', '录音有误')).text).toBe('停用 1 个版本');
  await expect(
    operator('prompt-upload', 'own', join(folder, 'none.wav'), '--basis', '办公室来函'),
  ).rejects.toMatchObject({
    code: 'rules.file',
  });
});
