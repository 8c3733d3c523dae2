import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { promptShelves } from '../../../src/adapters/audio/prompt-shelves.ts';
import { promptBooks } from '../../../src/adapters/pg/prompts.ts';
import { keepShelves } from '../../../src/app/prompts/keep-shelves.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';
import { exactName } from '../../../src/domain/ivr/words-spoken.ts';
import { writeTone } from '../../support/tone-file.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// Prompts over HTTP: taken in, spoken by who has the voice, heard, asked who heard them, retired.

let counter: Counter;
let folder: string;
let api: string;
let token: string;
let second: Person;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prompts-'));
  counter = await openCounter({ voice: promptShelves(folder, inject('tools')) });
  second = await counter.person(['operator']);
  api = await counter.app.listen({ host: '127.0.0.1', port: 0 });
  token = counter.people.operator.token;
});
afterAll(async () => {
  await counter.close();
  rmSync(folder, { recursive: true });
});

const ask = (method: string, path: string, body?: object) =>
  counter.ask(counter.people.operator, method as 'GET', `/v1/prompts${path}`, body);
const approve = (name: string, version: number) =>
  counter.ask(second, 'POST', `/v1/prompts/${name}/versions/${version}/approve`, {});
async function upload(name: string, audio: Buffer, query = 'basis=办公室', type = 'audio/wav') {
  const response = await fetch(`${api}/v1/prompts/${name}/recordings?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: new Uint8Array(audio),
  });
  return {
    status: response.status,
    body: (await response.json()) as { code?: string; data?: { faults?: string[] } },
  };
}
async function tone(ms: number): Promise<Buffer> {
  const path = join(folder, 'tone.wav');
  await writeTone(path, 440, ms);
  return readFileSync(path);
}
const quiet = () => undefined;
const keep = () =>
  keepShelves({
    prompts: promptBooks(counter.db),
    shelves: promptShelves(folder, inject('tools')),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    now: Date.now,
  })();

test('a recording is taken in, fitted, heard, and becomes a version of its name beside the spoken one', async () => {
  const said = await ask('POST', '/flood-notice/texts', {
    text: '防汛热线请按7。',
    basis: '防汛办〔2026〕3号',
  });
  expect(said.status, JSON.stringify(said.body)).toBe(201);
  expect(said.body).toMatchObject({ version: 1, kind: 'spoken', state: 'waiting', heard: false });
  expect((await ask('GET', '/flood-notice/audio?version=1')).body.code).toBe('prompt.notSpokenYet');
  expect((await upload('flood-notice', await tone(1_500))).status).toBe(201);
  await keep();
  // Made, and heard by nobody until another account has said yes.
  const waiting = (await ask('GET', '/flood-notice')).body.versions;
  expect(
    waiting.map(({ state, heard, approvedAt }: Record<string, unknown>) => [state, heard, approvedAt]),
  ).toEqual([
    ['ready', false, null],
    ['ready', false, null],
  ]);
  const listened = await fetch(`${api}/v1/prompts/flood-notice/audio?version=2`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(listened.status).toBe(200);
  const movesOf = async (who: Person) => {
    const { body: read } = await counter.ask(who, 'GET', '/v1/prompts/flood-notice');
    return read.versions.map(({ moves }: { moves: object[] }) => moves);
  };
  const open = (byAnother: boolean) => [{ move: 'approve', byAnother }];
  expect(await movesOf(counter.people.operator)).toEqual([open(true), open(true)]);
  expect(await movesOf(second)).toEqual([open(false), open(false)]);
  expect(await movesOf(counter.people.lead)).toEqual([[], []]);
  const own = await ask('POST', '/flood-notice/versions/2/approve', {});
  expect([own.status, own.body.code]).toEqual([403, 'prompt.ownWork']);
  for (const version of [1, 2]) {
    expect((await approve('flood-notice', version)).body).toMatchObject({
      approvedBy: expect.any(String),
      approverNoted: null,
    });
  }
  expect((await approve('flood-notice', 2)).body.code).toBe('prompt.approvedAlready');
  expect((await approve('flood-notice', 9)).body.code).toBe('prompt.unknown');
  await keep();
  const { body } = await ask('GET', '/flood-notice');
  expect(body.versions).toMatchObject([
    { version: 2, kind: 'recorded', state: 'ready', durationMs: 1_500, heard: true, basis: '办公室' },
    { version: 1, kind: 'spoken', state: 'ready', heard: false, basis: '防汛办〔2026〕3号' },
  ]);
  const heard = await fetch(`${api}/v1/prompts/flood-notice/audio`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(heard.headers.get('content-type')).toBe('audio/wav');
  const read = readWav(new Uint8Array(await heard.arrayBuffer()));
  expect(read.kind === 'wav' ? read.wav.durationMs : read.why).toBe(1_500);

  expect((await ask('POST', '/flood-notice/retire', { version: 2, reason: '录音有误' })).body).toEqual({
    retired: 1,
  });
  expect((await ask('POST', '/flood-notice/retire', { version: 2, reason: '录音有误' })).body.code).toBe(
    'prompt.retiredAlready',
  );
  const after = (await ask('GET', '/flood-notice')).body.versions;
  expect(after[0]).toMatchObject({
    version: 2,
    heard: false,
    retiredBecause: '录音有误',
    retiredBy: '王小明',
  });
  expect(after[1]).toMatchObject({ version: 1, heard: true });
});

test.each<[string, () => Promise<Buffer>, string, number, string]>([
  [
    'no WAV',
    async () => Buffer.from('ID3 an MP3 by its looks'.repeat(10)),
    'audio/wav',
    422,
    'prompt.notWav',
  ],
  ['too short', () => tone(200), 'audio/wav', 422, 'prompt.recordingUnfit'],
  [
    'silent',
    async () => Buffer.concat([(await tone(400)).subarray(0, 44), Buffer.alloc(6_400)]),
    'audio/wav',
    422,
    'prompt.recordingUnfit',
  ],
  ['another type', () => tone(400), 'audio/mpeg', 415, 'request.mediaType'],
  ['too large', async () => Buffer.alloc(13 * 1024 * 1024), 'audio/wav', 413, 'request.tooLarge'],
])('a recording is refused with what is wrong: %s', async (_what, audio, type, status, code) => {
  const refused = await upload('refused', await audio(), 'basis=办公室', type);
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect((await ask('GET', '/refused')).body.code).toBe('prompt.unknown');
});

test('an end in the past, a text without words, a name that is no file’s are refused', async () => {
  const body = { text: '您好', basis: '办公室' };
  const past = { ...body, validUntil: '2020-01-01T00:00:00+08:00' };
  expect((await ask('POST', '/notice/texts', past)).body.code).toBe('prompt.endInThePast');
  expect((await ask('POST', '/notice/texts', { ...body, text: ' ' })).body.code).toBe('prompt.textInvalid');
  expect((await ask('POST', '/notice/texts', { ...body, language: '中文' })).body.code).toBe(
    'prompt.languageInvalid',
  );
  expect((await ask('POST', '/NOTICE/texts', body)).status).toBe(400);
  expect((await upload('notice', await tone(400), 'lang=zh-CN')).body.code).toBe('request.invalid');
});

test('who heard a prompt, and which version of it', async () => {
  await upload('greeting-main', await tone(800));
  await approve('greeting-main', 1);
  await keep();
  const [call, at] = [randomUUID(), Date.now() + 1_000];
  await counter.db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number) values ($1, $2, 'carrier', '12345', '13812345678')`,
    [call, new Date(at)],
  );
  for (const [seq, offset] of [-86_400_000, 0].entries()) {
    await counter.db.query(
      `insert into call_facts (id, call_id, seq, at, type, body) values ($1, $2, $3, $4, 'announcementPlayed', $5)`,
      [randomUUID(), call, seq, new Date(at + offset), { prompt: 'greeting-main', end: 'finished' }],
    );
  }
  const from = encodeURIComponent(new Date(at - 2 * 86_400_000).toISOString());
  const until = encodeURIComponent(new Date(at + 1).toISOString());
  const { body } = await ask('GET', `/greeting-main/heard?from=${from}&until=${until}`);
  const same = { call, caller: '138****5678', end: 'finished', text: null };
  expect(body.calls).toEqual([
    { ...same, at: new Date(at).toISOString(), version: 1 },
    { ...same, at: new Date(at - 86_400_000).toISOString(), version: null },
  ]);
});

test('who heard words of the rules, and which: also those of a version that is over', async () => {
  const texts = ['防汛请按7。', '防汛抢险请按7。'];
  const menus = (text: string) => [
    { code: 'm', name: 'm', languages: ['zh-CN'], start: 's', nodes: [], texts: { 'surge-flood': text } },
  ];
  for (const [nth, text] of texts.entries()) {
    await counter.db.query(
      `insert into rule_versions (id, number, title, state, revision, origin, rules, edits, created_at, published_at)
       values ($1, $2, '', 'superseded', 1, 'draft', $3, '[]', now(), now())`,
      [randomUUID(), 9_000 + nth, JSON.stringify({ lines: [], menus: menus(text) })],
    );
  }
  const [call, at] = [randomUUID(), Date.now()];
  const asked = [...texts, '从未发布'].map((text) =>
    exactName({ name: 'surge-flood', language: 'zh-CN', text }),
  );
  for (const [seq, prompt] of [...asked, 'surge-flood', 'surge-flood-2'].entries()) {
    await counter.db.query(
      `insert into call_facts (id, call_id, seq, at, type, body) values ($1, $2, $3, $4, 'announcementPlayed', $5)`,
      [randomUUID(), call, seq, new Date(at - seq), { prompt, end: 'finished' }],
    );
  }
  const from = encodeURIComponent(new Date(at - 1_000).toISOString());
  const until = encodeURIComponent(new Date(at + 1).toISOString());
  const { body } = await ask('GET', `/surge-flood/heard?from=${from}&until=${until}`);
  expect(body.calls.map((one: { version: null; text: string | null }) => [one.version, one.text])).toEqual([
    [null, texts[0]],
    [null, texts[1]],
    [null, null],
    [null, null],
  ]);
});

test('a name says one thing in one language; what the voice does not speak is to be recorded', async () => {
  const body = { text: '防汛热线。', basis: '办公室' };
  expect((await ask('POST', '/flood-hall/texts', body)).status).toBe(201);
  const english = await ask('POST', '/flood-hall/texts', { ...body, text: 'Flood line.', language: 'en' });
  expect([english.status, english.body.code]).toEqual([409, 'prompt.languageDiffers']);
  expect((await ask('POST', '/flood-hall/texts', { ...body, language: 'zh' })).status).toBe(201);
  const own = await ask('POST', '/greeting-main/texts', { ...body, text: 'Hello.', language: 'en' });
  expect(own.body.code).toBe('prompt.languageDiffers');
  const tibetan = await ask('POST', '/flood-bo/texts', { ...body, language: 'bo' });
  expect([tibetan.status, tibetan.body.code]).toEqual([422, 'prompt.languageUnspoken']);
  expect(tibetan.body.data?.spoken ?? tibetan.body.spoken).toContain('yue');
});

test('the linter knows what is on the shelves, and what will be over too soon', async () => {
  const rules = (method: string, path: string, body?: object) =>
    counter.ask(counter.people.operator, method as 'GET', `/v1/rules${path}`, body);
  const { body: draft } = await rules('POST', '/versions', { title: '问候语' });
  const edit = { lines: [{ number: '12369', greeting: 'own-greeting' }] };
  await rules('POST', `/versions/${draft.number}/edits`, { revision: 1, edit });
  const codes = async (): Promise<readonly string[]> =>
    (await rules('GET', `/versions/${draft.number}/findings`)).body.findings.map(
      ({ code }: { code: string }) => code,
    );
  expect(await codes()).toContain('prompt.missing');
  // Laid there by hand, without a word to the register: it is heard, so it is not missing.
  mkdirSync(join(folder, 'recorded'), { recursive: true });
  await writeTone(join(folder, 'recorded/own-greeting.wav'), 440, 6_000);
  expect(await codes()).not.toContain('prompt.missing');
  expect(await codes()).toContain('greeting.long');
  rmSync(join(folder, 'recorded/own-greeting.wav'));
  const validUntil = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await ask('POST', '/own-greeting/texts', { text: '您好，环保热线。', basis: '办公室', validUntil });
  expect(await codes()).toContain('prompt.missing');
  await approve('own-greeting', 1);
  const found = await codes();
  expect(found).toContain('prompt.expiresFirst');
  expect(found).not.toContain('prompt.missing');
});

test('every name that callers can hear is listed with its words, the product’s own among them', async () => {
  const { names } = (await ask('GET', '')).body as { names: readonly { name: string }[] };
  expect(names).toContainEqual({
    name: 'greeting-main',
    text: '您好，12345热线为您服务。',
    from: 'product',
    uses: [],
  });
  const registered = (await ask('GET', '')).body.prompts.map(({ name }: { name: string }) => name);
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(registered));
});
