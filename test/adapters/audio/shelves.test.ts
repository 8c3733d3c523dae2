import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { promptShelves } from '../../../src/adapters/audio/prompt-shelves.ts';
import { promptFolder } from '../../../src/adapters/files/prompt-folder.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { promptBooks } from '../../../src/adapters/pg/prompts.ts';
import type { NewPrompt } from '../../../src/app/ports/prompt-books.ts';
import { keepShelves } from '../../../src/app/prompts/keep-shelves.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';
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
const keeper = (tools = inject('tools')) =>
  keepShelves({
    prompts: promptBooks(db),
    shelves: promptShelves(folder, tools),
    log: { debug: say, info: say, warn: say, error: say },
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
    approver: '办公室',
    validUntilMs: null,
    audio: null,
  } as const;
  await db.transact((tx) =>
    promptBooks(db).add({ id, name, ...rest, madeBy: account, madeAtMs: now, ...more }, tx),
  );
  return id;
}
async function upload(name: string, more: Partial<NewPrompt> = {}): Promise<string> {
  const path = join(folder, 'upload.tmp');
  await writeTone(path, 440, 1_200);
  return add(name, { kind: 'recorded', audio: readFileSync(path), ...more });
}
const menuWith = (texts: object): Promise<unknown> =>
  db.query(
    `insert into menus (code, name, body) values ('m', 'm', $1)
     on conflict (code) do update set body = excluded.body`,
    [JSON.stringify({ texts })],
  );

test('texts of the published menus are spoken once, again when they change, and leave the shelf with them', async () => {
  const keep = keeper();
  await menuWith({ 'surge-flood': '防汛请按7。' });
  expect(await keep()).toBe('kept');
  expect(await keep()).toBe('unchanged');
  expect(played('surge-flood')).toBe('/seen/menus/surge-flood');
  const first = readFileSync(join(folder, 'menus/surge-flood.wav'));
  const read = readWav(first);
  expect(read.kind === 'wav' ? [read.wav.rateHz, read.wav.channels, read.wav.bits] : read).toEqual([
    8000, 1, 16,
  ]);
  await menuWith({ 'surge-flood': '防汛抢险请按7，其他请稍候。' });
  await keep();
  expect(readFileSync(join(folder, 'menus/surge-flood.wav')).length).toBeGreaterThan(first.length);
  await menuWith({});
  await keep();
  expect(played('surge-flood')).toBeNull();
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

test('without a voice the menus’ texts are told as missing, nothing is thrown, and another prompt is kept all the same', async () => {
  const keep = keeper({ ...inject('tools'), espeak: { path: '/nowhere/espeak-ng', env: {} } });
  await menuWith({ 'surge-flood': '防汛请按7。' });
  await upload('notice');
  expect(await keep()).toBe('kept');
  expect(await promptBooks(db).listMenuFailures()).toEqual([
    { name: 'surge-flood', reason: expect.stringContaining('ENOENT'), atMs: now },
  ]);
  expect(played('notice')).toBe('/seen/uploaded/notice');
  await keeper()();
  expect(await promptBooks(db).listMenuFailures()).toEqual([]);
  expect(played('surge-flood')).toBe('/seen/menus/surge-flood');
});

test('two workers at once: one keeps the shelves, the other leaves it to him', async () => {
  await menuWith({ one: '一。', two: '二。' });
  const [first, second] = [keeper(), keeper()];
  const both = await Promise.all([first(), second()]);
  expect(both.filter((one) => one === 'kept').length).toBeGreaterThanOrEqual(1);
  expect(readdirSync(join(folder, 'menus')).sort()).toEqual(['expires.json', 'one.wav', 'two.wav']);
});

test('a damaged list of ends lets the prompts be played', async () => {
  await upload('notice', { validUntilMs: now + 1 });
  await keeper()();
  writeFileSync(join(folder, 'uploaded/expires.json'), '{"notice":');
  expect(played('notice')).toBe('/seen/uploaded/notice');
});
