import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { promptShelves } from '../../../src/adapters/audio/prompt-shelves.ts';
import { promptFolder } from '../../../src/adapters/files/prompt-folder.ts';
import { announcementBooks } from '../../../src/adapters/pg/announcements.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { promptBooks } from '../../../src/adapters/pg/prompts.ts';
import type { NewPrompt } from '../../../src/app/ports/prompt-books.ts';
import { keepShelves } from '../../../src/app/prompts/keep-shelves.ts';
import { keepWords } from '../../../src/app/prompts/keep-words.ts';
import { VOICE_LANGUAGES } from '../../../src/domain/ivr/language.ts';
import type { Menu } from '../../../src/domain/ivr/menu.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';
import { exactName } from '../../../src/domain/ivr/words-spoken.ts';
import { freshDatabase } from '../../support/services.ts';
import { writeTone } from '../../support/tone-file.ts';

// What the worker does about prompts, with the real voice, the real books and the folder that Asterisk plays from.

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let now: number;
let told: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shelves-'));
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  now = Date.UTC(2026, 10, 23);
  told = [];
});
afterEach(async () => {
  await db.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const say = (_fields: object, message: string): void => {
  told.push(message);
};
const log = { debug: say, info: say, warn: say, error: say };
const keeper = (tools = inject('tools')) =>
  keepShelves({
    prompts: promptBooks(db),
    shelves: promptShelves(folder, tools),
    log,
    now: () => now,
  });
const played = (name: string): string | null => {
  const media = promptFolder(folder, '/seen', () => now).media(name);
  return media?.kind === 'file' ? media.path : null;
};
async function add(name: string, more: Partial<NewPrompt>): Promise<string> {
  const id = randomUUID();
  const account = '00000000-0000-4000-8000-000000000001';
  await db.query(
    `insert into accounts (id, username, display_name, password_hash, roles)
     values ($1, 'operator', '王', '', '{operator}') on conflict do nothing`,
    [account],
  );
  const rest = {
    kind: 'spoken',
    language: 'zh-CN',
    text: '您好。',
    basis: '办公室',
    validUntilMs: null,
    audio: null,
  } as const;
  const second = '00000000-0000-4000-8000-000000000002';
  await db.query(
    `insert into accounts (id, username, display_name, password_hash, roles)
     values ($1, 'operator2', '韩', '', '{operator}') on conflict do nothing`,
    [second],
  );
  await db.transact(async (tx) => {
    await promptBooks(db).add({ id, name, ...rest, madeBy: account, madeAtMs: now, ...more }, tx);
    await promptBooks(db).approve(id, { by: second, atMs: now }, tx);
  });
  return id;
}
async function upload(name: string, more: Partial<NewPrompt> = {}): Promise<string> {
  const path = join(folder, 'upload.tmp');
  await writeTone(path, 440, 1_200);
  return add(name, { kind: 'recorded', audio: readFileSync(path), ...more });
}
const menu = (texts: Menu['texts'], more: Partial<Menu> = {}): Menu => ({
  code: 'm',
  name: 'm',
  languages: ['zh-CN'],
  start: 'start',
  nodes: [],
  texts,
  ...more,
});
const menuWith = (texts: Menu['texts'], more: Partial<Menu> = {}): Promise<unknown> =>
  db.query(
    `insert into menus (code, name, body) values ('m', 'm', $1)
     on conflict (code) do update set body = excluded.body`,
    [JSON.stringify(menu(texts, more))],
  );
const said = (name: string, text: string, language = 'zh-CN'): string => exactName({ name, text, language });
const wordsKeeper = (tools = inject('tools')) => {
  const shelves = promptShelves(folder, tools);
  return keepWords({
    prompts: promptBooks(db),
    announcements: announcementBooks(db),
    shelves,
    log,
    now: () => now,
  });
};

test('words of the menus in force are spoken once, under the name of what they say; new words do not take the place of old ones', async () => {
  const keep = wordsKeeper();
  const [old, fresh] = [
    said('surge-flood', '防汛请按7。'),
    said('surge-flood', '防汛抢险请按7，其他请稍候。'),
  ];
  await menuWith({ 'surge-flood': '防汛请按7。' });
  expect(await keep()).toBe('kept');
  expect(await keep()).toBe('unchanged');
  expect(played(old)).toBe(`/seen/spoken/${old}`);
  expect(played('surge-flood')).toBeNull();
  const first = readFileSync(join(folder, `spoken/${old}.wav`));
  const read = readWav(first);
  expect(read.kind === 'wav' ? [read.wav.rateHz, read.wav.channels, read.wav.bits] : read).toEqual([
    8000, 1, 16,
  ]);
  await menuWith({ 'surge-flood': '防汛抢险请按7，其他请稍候。' });
  await keep();
  expect(readFileSync(join(folder, `spoken/${fresh}.wav`)).length).toBeGreaterThan(first.length);
  // Calls on the version before still ask for them, for a day and no longer.
  expect(played(old)).toBe(`/seen/spoken/${old}`);
  const dayAgo = new Date(now - 25 * 3_600_000);
  utimesSync(join(folder, `spoken/${old}.wav`), dayAgo, dayAgo);
  await menuWith({ 'surge-flood': '防汛抢险请按7，其他请稍候。', other: '其他。' });
  await keep();
  expect(played(old)).toBeNull();
  expect(played(fresh)).not.toBeNull();
});

test('a recording or a text of the register is heard instead of a version’s words; words are never heard instead of others', async () => {
  const exact = said('notice', '通知。');
  await menuWith({ notice: '通知。' });
  await wordsKeeper()();
  expect(played(exact)).toBe(`/seen/spoken/${exact}`);
  await add('notice', { text: '登记的通知。' });
  await keeper()();
  expect(played(exact)).toBe('/seen/register/notice');
  await upload('notice', { validUntilMs: now + 60_000 });
  await keeper()();
  expect(played(exact)).toBe('/seen/uploaded/notice');
  writeFileSync(join(folder, 'goodbye.wav'), '');
  expect(played('goodbye')).toBe('/seen/goodbye');
  expect(played(said('goodbye', '再见，祝您平安。'))).toBeNull();
});

test('each language is spoken by its own voice, every one that is promised; the rest is refused with what to do', async () => {
  const shelves = promptShelves(folder, inject('tools'));
  const texts = [...VOICE_LANGUAGES].map((language) => ({ name: `in-${language}`, language, text: '12345' }));
  expect(await shelves.prepare(texts)).toEqual([]);
  const sounds = texts.map((one) =>
    readFileSync(join(folder, `spoken/${exactName(one)}.wav`)).toString('base64'),
  );
  expect(new Set(sounds).size).toBe(sounds.length);
  const [refused] = await shelves.prepare([{ name: 'tibetan', language: 'bo', text: '12345' }]);
  expect(refused).toMatchObject({ words: { name: 'tibetan' }, reason: expect.stringContaining('record') });
});

test('what lies there by hand is known with its length; what is no sound is not', async () => {
  mkdirSync(join(folder, 'recorded'));
  await writeTone(join(folder, 'recorded/own-greeting.wav'), 440, 1_200);
  writeFileSync(join(folder, 'recorded/broken.wav'), 'RIFF');
  writeFileSync(join(folder, 'recorded/note.txt'), 'x');
  const shelves = promptShelves(folder, inject('tools'));
  expect([...(await shelves.byHand())]).toEqual([['own-greeting', 1_200]]);
  expect([...(await promptShelves(join(folder, 'nowhere'), inject('tools')).byHand())]).toEqual([]);
});

test('an upload is fitted and heard before what lies there by hand, before a text; what expires gives way by itself', async () => {
  const keep = keeper();
  await add('notice', { text: '通知。' });
  await keep();
  expect(played('notice')).toBe('/seen/register/notice');
  const id = await upload('notice', { validUntilMs: now + 60_000 });
  await keep();
  expect(played('notice')).toBe('/seen/uploaded/notice');
  const [entry] = await promptBooks(db).ofName('notice');
  expect(entry).toMatchObject({ id, version: 2, state: 'ready', durationMs: 1_200, readyAtMs: now });
  // Nobody keeps the shelves any more, and still it is not played past its end.
  now += 60_000;
  expect(played('notice')).toBe('/seen/register/notice');
  await keep();
  expect(existsSync(join(folder, 'uploaded/notice.wav'))).toBe(false);
  expect(
    await promptBooks(db)
      .retire({ name: 'notice', version: null }, { by: entry?.id ?? '', because: '', atMs: now })
      .catch(() => 'refused'),
  ).toBe('refused');
});

test('what cannot be made is told, on record and in the log, and what was heard before is heard on', async () => {
  const keep = keeper();
  await upload('notice');
  await keep();
  const before = readFileSync(join(folder, 'uploaded/notice.wav'));
  const broken = await add('notice', { kind: 'recorded', audio: Buffer.from('RIFF nothing of the kind') });
  await keep();
  await keep();
  expect(readFileSync(join(folder, 'uploaded/notice.wav'))).toEqual(before);
  const entries = await promptBooks(db).ofName('notice');
  expect(entries.find(({ id }) => id === broken)).toMatchObject({
    state: 'failed',
    failure: expect.stringMatching(/./),
  });
  expect(told.filter((line) => line.includes('could not be made'))).toHaveLength(1);
});

test('without a voice the words are told as missing and tried again a minute later; another prompt is kept all the same', async () => {
  const mute = { ...inject('tools'), espeak: { path: '/nowhere/espeak-ng', env: {} } };
  const exact = said('surge-flood', '防汛请按7。');
  await menuWith({ 'surge-flood': '防汛请按7。' });
  await upload('notice');
  expect(await keeper(mute)()).toBe('kept');
  const keep = wordsKeeper(mute);
  expect(await keep()).toBe('kept');
  expect(await promptBooks(db).listMenuFailures()).toEqual([
    { name: 'surge-flood', reason: expect.stringContaining('ENOENT'), atMs: now },
  ]);
  expect(await keep()).toBe('unchanged');
  now += 60_000;
  expect(await keep()).toBe('kept');
  expect(played('notice')).toBe('/seen/uploaded/notice');
  await wordsKeeper()();
  expect(await promptBooks(db).listMenuFailures()).toEqual([]);
  expect(played(exact)).toBe(`/seen/spoken/${exact}`);
});

test('two at once: each word is there, whole, and nothing else', async () => {
  await menuWith({ one: '一。', two: '二。' });
  await Promise.all([wordsKeeper()(), wordsKeeper()()]);
  expect(readdirSync(join(folder, 'spoken')).sort()).toEqual(
    [said('one', '一。'), said('two', '二。')].map((name) => `${name}.wav`).sort(),
  );
});

test('a damaged list of ends lets the prompts be played', async () => {
  await upload('notice', { validUntilMs: now + 1 });
  await keeper()();
  writeFileSync(join(folder, 'uploaded/expires.json'), '{"notice":');
  expect(played('notice')).toBe('/seen/uploaded/notice');
});
