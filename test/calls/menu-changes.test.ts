import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { type Menu, NODE_DEFAULTS, prompt } from '../../src/domain/ivr/menu.ts';
import { exactName } from '../../src/domain/ivr/words-spoken.ts';
import { writeTone } from '../support/tone-file.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// An operator publishes menus and surge keys at the command line while citizens call: what is said is spoken by then,
// keys lead where they say, and who is in a menu stays in the one that he entered.

const LINE = '12319';
const ASK = '专席请按1。';
const menuTo = (queue: string, text = ASK): Menu => ({
  code: 'choices',
  name: '按键菜单',
  languages: ['zh-CN'],
  start: 'start',
  nodes: [
    {
      ...NODE_DEFAULTS,
      id: 'start',
      name: '主菜单',
      prompts: [prompt('choices-ask', { announces: ['1'] })],
      choices: [{ digits: '1', label: '专席', target: { kind: 'queue', queue }, when: null, counter: null }],
      timeoutMs: 8_000,
      retries: 0,
      exit: { kind: 'queue', queue: 'general' },
    },
  ],
  texts: { 'choices-ask': text },
});

/** Asks again after a wrong key. */
const patient = ({ nodes }: Menu): Menu['nodes'] => nodes.map((node) => ({ ...node, retries: 2 }));

let town: Town;
let operator: ApiClient;
let second: ApiClient;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'menu-changes-'));
  town = await Town.found();
  operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
  second = await ApiClient.signIn(town.apiUrl, 'operator2', town.passwordOf('operator2'));
});
afterAll(async () => {
  await town?.raze();
  rmSync(folder, { recursive: true });
});
afterEach(() => town.rest());

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** `npm run rules -- …`, without npm. */
async function rules(...words: readonly string[]): Promise<string> {
  const args = [resolve(ROOT, 'dist/main.js'), 'rules', ...words, '--api', town.apiUrl];
  const env = { ...process.env, YIHAOTONG_PASSWORD: town.passwordOf('operator') };
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, env });
  return stdout;
}
const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
/** Does something that publishes, and waits until calls go by it. */
async function publishing(...words: readonly string[]): Promise<string> {
  const before = inForce();
  const told = await rules(...words);
  expect(told).toContain('已发布');
  await expect.poll(inForce, { timeout: 10_000 }).toBeGreaterThan(before);
  return told;
}
async function publishMenu(menu: Menu): Promise<void> {
  const file = join(folder, 'menu.json');
  writeFileSync(file, JSON.stringify(menu));
  const draft = /第 (\d+) 版/.exec(await rules('draft', '菜单'))?.[1] ?? expect.fail('no draft');
  await rules('menu-set', draft, file);
  await rules('set', draft, LINE, `menu=${menu.code}`);
  await publishing('publish', draft, '--reason', '启用按键菜单');
}
const exact = (name: string, text: string): string => exactName({ name, language: 'zh-CN', text });
/** Where words lie for the switch. Nobody waits for them: what is published is spoken. */
const wordsFile = (name: string, text: string): string =>
  join(town.asterisk.promptsDir, 'spoken', `${exact(name, text)}.wav`);
const choices = ({ facts }: CallDetailSeen) =>
  facts.flatMap(({ type, body }) => (type === 'menuChoice' ? [[body.digits, body.counter]] : []));
const heard = ({ facts }: CallDetailSeen) =>
  facts.flatMap(({ type, body }) => (type === 'announcementPlayed' ? [`${body.prompt} ${body.end}`] : []));

test('a menu from a file, its words spoken before it is heard; changed while somebody is in it, he keeps his own', async () => {
  const [desk, general] = [await town.agent('1008'), await town.agent('1001')];
  await publishMenu(menuTo('desk-water'));
  expect(existsSync(wordsFile('choices-ask', ASK))).toBe(true);

  const inOld = await town.citizen({ dialled: LINE, number: '13800139201' });
  await inOld.answered;
  await town.untilCallIs('13800139201', 'menu');
  await publishMenu(menuTo('general'));
  await inOld.sound.press('1');
  const one = await desk.phone.nextCall(15_000);
  await one.answer();
  await town.converse(inOld, one);

  const inNew = await town.citizen({ dialled: LINE, number: '13800139202' });
  await inNew.answered;
  await town.untilCallIs('13800139202', 'menu');
  await inNew.sound.press('1');
  const other = await general.phone.nextCall(15_000);
  await other.answer();
  await town.converse(inNew, other);
  for (const citizen of [inOld, inNew]) citizen.hangUp();
  expect(await town.callInBooks('13800139201')).toMatchObject({ queue: 'desk-water', agentNumber: '1008' });
  const call = await town.callInBooks('13800139202');
  expect(call).toMatchObject({ queue: 'general', agentNumber: '1001' });
  expect(choices(call)).toEqual([['1', null]]);
});

test('who is in a menu hears its words to the end of his call; the first call after a publication hears the new ones', async () => {
  const [oldText, newText] = ['请按1接专席。', '供水专席请按1，其他请稍候。'];
  const began = new Date().toISOString();
  await publishMenu({ ...menuTo('desk-water', oldText), nodes: patient(menuTo('desk-water')) });
  // A tone in the place of the voice: who hears it hears these very words.
  await writeTone(wordsFile('choices-ask', oldText), 2_100, 1_500);
  const inOld = await town.citizen({ dialled: LINE, number: '13800139206' });
  await inOld.sound.untilHears(2_100, 10_000);
  await town.untilCallIs('13800139206', 'menu');

  await publishMenu({ ...menuTo('general', newText), nodes: patient(menuTo('general')) });
  expect(existsSync(wordsFile('choices-ask', newText))).toBe(true);
  await writeTone(wordsFile('choices-ask', newText), 2_500, 1_500);
  const inNew = await town.citizen({ dialled: LINE, number: '13800139207' });
  // Forgotten only then: a menu that waits for a key is silent, and a key waits for the first sound.
  await inOld.sound.press('9');
  inOld.sound.forget();
  await inOld.sound.untilHears(2_100, 10_000);
  await inNew.sound.untilHears(2_500, 10_000);
  for (const citizen of [inOld, inNew]) citizen.hangUp();

  const [old, fresh] = [await town.callInBooks('13800139206'), await town.callInBooks('13800139207')];
  const asked = (call: CallDetailSeen) => heard(call).filter((one) => one.startsWith('choices-ask'));
  expect(asked(old).length).toBeGreaterThanOrEqual(2);
  expect(asked(old).every((one) => one.startsWith(exact('choices-ask', oldText)))).toBe(true);
  expect(asked(fresh).length).toBeGreaterThan(0);
  expect(asked(fresh).every((one) => one.startsWith(exact('choices-ask', newText)))).toBe(true);
  expect(heard(fresh).some((one) => one.endsWith('failed'))).toBe(false);
  const { calls } = await operator.get<{ calls: readonly { call: string; text: string }[] }>(
    `/v1/prompts/choices-ask/heard?from=${encodeURIComponent(began)}`,
  );
  const texts = (id: string) => new Set(calls.filter((one) => one.call === id).map(({ text }) => text));
  expect(texts(old.id)).toEqual(new Set([oldText]));
  expect(texts(fresh.id)).toEqual(new Set([newText]));
});

test('a surge key in one command: spoken, pressed, counted under its name, told who heard it, and over by itself', async () => {
  const desk = await town.agent('1008');
  const usual = { ...menuTo('general'), name: '防汛前的菜单' };
  await publishMenu(usual);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const began = Date.now();
  await publishing(
    ...['surge', 'flood', '--key', '7', '--queue', 'desk-water', '--label', '防汛', '--menu', 'choices'],
    ...['--text', '防汛热线请按7。', '--until', until, '--reason', '防汛应急响应'],
  );
  expect(existsSync(wordsFile('surge-flood', '防汛热线请按7。'))).toBe(true);
  expect(Date.now() - began).toBeLessThan(60_000);

  const citizen = await town.citizen({ dialled: LINE, number: '13800139203' });
  await citizen.answered;
  await town.untilCallIs('13800139203', 'menu');
  await citizen.sound.press('7');
  const one = await desk.phone.nextCall(15_000);
  await one.answer();
  await town.converse(citizen, one);
  citizen.hangUp();
  const call = await town.callInBooks('13800139203');
  expect(choices(call)).toEqual([['7', 'surge-flood']]);
  expect(heard(call).some((one) => one.startsWith(`${exact('surge-flood', '防汛热线请按7。')} `))).toBe(true);
  expect(await rules('counters', 'choices')).toMatch(/start {2}7 {2}complete {2}1 {2}surge-flood/);
  const from = encodeURIComponent(new Date(began).toISOString());
  const { calls } = await operator.get<{ calls: readonly { call: string }[] }>(
    `/v1/prompts/surge-flood/heard?from=${from}`,
  );
  expect(calls).toMatchObject([{ call: call.id, version: null, text: '防汛热线请按7。' }]);

  // Its hour is over: the clock of the worker takes it back, nobody else.
  await rules('surge-end', 'flood', '--menu', 'choices', '--reason', '响应解除');
  const soon = new Date(Date.now() + 4_000).toISOString();
  await publishing(
    ...['surge', 'quake', '--key', '8', '--queue', 'desk-water', '--label', '抗震', '--menu', 'choices'],
    ...['--text', '抗震热线请按8。', '--until', soon, '--reason', '地震应急响应'],
  );
  const menus = () => rules('menu', 'published', 'choices');
  await expect.poll(menus, { timeout: 20_000 }).not.toContain('surge-quake');
  expect(JSON.parse(await menus())).toEqual(usual);
});

test('a recording wins over the words of the product, from the next call on, until it is retired', async () => {
  const path = join(folder, 'greeting.wav');
  await writeTone(path, 1_800, 1_000);
  const response = await fetch(`${town.apiUrl}/v1/prompts/greeting-forwarded/recordings`, {
    method: 'POST',
    headers: { 'content-type': 'audio/wav', authorization: `Bearer ${await token()}` },
    body: new Uint8Array(readFileSync(path)),
  });
  expect(response.status).toBe(201);
  const { version } = (await response.json()) as { version: number };
  await second.post(`/v1/prompts/greeting-forwarded/versions/${version}/approve`, {});
  const shelf = join(town.asterisk.promptsDir, 'uploaded', 'greeting-forwarded.wav');
  await expect.poll(() => existsSync(shelf), { timeout: 15_000 }).toBe(true);
  const citizen = await town.citizen({ dialled: LINE, number: '13800139204' });
  await citizen.sound.untilHears(1_800, 8_000);
  citizen.hangUp();
  await citizen.ended;
  await operator.post('/v1/prompts/greeting-forwarded/retire', { reason: '录音有误' });
  await expect.poll(() => existsSync(shelf), { timeout: 15_000 }).toBe(false);
  const next = await town.citizen({ dialled: LINE, number: '13800139205' });
  await next.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 8_000);
  next.hangUp();
});

async function token(): Promise<string> {
  const response = await fetch(`${town.apiUrl}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'operator', password: town.passwordOf('operator'), as: 'token' }),
  });
  return ((await response.json()) as { token: string }).token;
}
