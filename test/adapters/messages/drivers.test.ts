import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileDriver } from '../../../src/adapters/messages/file-driver.ts';
import { webhookDriver } from '../../../src/adapters/messages/webhook-driver.ts';
import type { ClaimedMessage } from '../../../src/app/ports/messages.ts';
import { Gateway } from './gateway.ts';

const AT = Date.parse('2026-11-25T02:00:00Z');
const message = (over: Partial<ClaimedMessage> = {}): ClaimedMessage => ({
  id: '00000000-0000-4000-8000-000000000001',
  createdAt: AT,
  wantedAt: AT,
  notBefore: AT,
  kind: 'retraining',
  number: '13800138000',
  text: '请今后直接拨打12345。',
  subject: { kind: 'line', id: '12328' },
  dedupeKey: 'x',
  attempt: 1,
  failures: 0,
  ...over,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yht-messages-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

test.each(['file', 'webhook'] as const)(
  'every driver: %s takes one id twice with the same receipt’s worth',
  async (name) => {
    await using gateway = await Gateway.open();
    const driver =
      name === 'file' ? fileDriver(folder) : webhookDriver({ url: gateway.url, secret: Gateway.SECRET });
    expect(driver.name).toBe(name);
    const attempts = [await driver.send(message()), await driver.send(message({ attempt: 2 }))];
    for (const attempt of attempts)
      expect(attempt).toEqual({ kind: 'taken', proof: expect.stringMatching(/./) });
    const ids =
      name === 'file'
        ? linesOf(join(folder, '2026-11-25.jsonl')).map((line) => JSON.parse(line).id)
        : gateway.received.map(({ key }) => key);
    // A file holds it once; a gateway is told by the key that it is the same.
    expect(new Set(ids)).toEqual(new Set([message().id]));
  },
);

test('the file driver writes a line a message, for its owner alone', async () => {
  const driver = fileDriver(join(folder, 'messages'));
  const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);
  const attempts = await Promise.all(ids.map((id) => driver.send(message({ id }))));
  expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['taken']));
  const path = join(folder, 'messages/2026-11-25.jsonl');
  expect(linesOf(path).map((line) => JSON.parse(line).id)).toEqual(ids);
  expect(JSON.parse(linesOf(path)[0] ?? '')).toEqual({
    id: 'id-0',
    createdAt: '2026-11-25T02:00:00.000Z',
    kind: 'retraining',
    number: '13800138000',
    text: '请今后直接拨打12345。',
    subject: { kind: 'line', id: '12328' },
  });
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('a message that a dead worker wrote is not written again; one that it wrote half is', async () => {
  const driver = fileDriver(folder);
  const path = join(folder, '2026-11-25.jsonl');
  await driver.send(message({ id: 'whole' }));
  appendFileSync(path, '{"id":"half","createdAt":"2026-11-25T02:0');
  expect(await driver.send(message({ id: 'whole', attempt: 2 }))).toEqual({
    kind: 'taken',
    proof: '2026-11-25.jsonl',
  });
  await driver.send(message({ id: 'half', attempt: 2 }));
  const whole = linesOf(path).flatMap((line) => {
    try {
      return [JSON.parse(line).id];
    } catch {
      return [];
    }
  });
  expect(whole).toEqual(['whole', 'half']);
});

test('a folder that takes nothing is a reason to try again later', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await fileDriver(join(folder, 'file/messages')).send(message())).toMatchObject({
    kind: 'later',
    why: expect.stringMatching(/^file: E/),
  });
});

test('the webhook is signed, carries the id as its key, and keeps the gateway’s receipt', async () => {
  await using gateway = await Gateway.open();
  const driver = webhookDriver({ url: gateway.url, secret: Gateway.SECRET });
  expect(await driver.send(message())).toEqual({ kind: 'taken', proof: 'sms-1' });
  expect(await driver.send(message({ attempt: 2 }))).toMatchObject({ kind: 'taken' });
  expect(gateway.received.map(({ key, signed }) => ({ key, signed }))).toEqual([
    { key: message().id, signed: true },
    { key: message().id, signed: true },
  ]);
  expect(gateway.received[0]?.body).toMatchObject({ number: '13800138000', text: '请今后直接拨打12345。' });
});

test.each([
  [{ status: 503 }, { kind: 'later', why: 'http 503', retryAfterMs: null }],
  [
    { status: 429, headers: { 'retry-after': '120' } },
    { kind: 'later', why: 'http 429', retryAfterMs: 120_000 },
  ],
  [{ status: 409 }, { kind: 'later', why: 'http 409', retryAfterMs: null }],
  [{ status: 400 }, { kind: 'refused', why: 'http 400' }],
  [
    { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
    { kind: 'refused', why: 'http 302' },
  ],
  [{ status: 204 }, { kind: 'taken', proof: 'http 204' }],
])('a gateway that answers %o', async (answer, outcome) => {
  await using gateway = await Gateway.open();
  gateway.answer = answer;
  expect(await webhookDriver({ url: gateway.url, secret: Gateway.SECRET }).send(message())).toEqual(outcome);
});

test('a gateway that says nothing, breaks off or is not there is asked again later', async () => {
  await using gateway = await Gateway.open();
  const driver = webhookDriver({ url: gateway.url, secret: Gateway.SECRET, timeoutMs: 200 });
  gateway.answer = 'hold';
  expect(await driver.send(message())).toEqual({ kind: 'later', why: 'TimeoutError', retryAfterMs: null });
  gateway.answer = 'breakOff';
  expect(await driver.send(message())).toMatchObject({ kind: 'later' });
  const nobody = webhookDriver({ url: 'http://127.0.0.1:9/', secret: Gateway.SECRET });
  expect(await nobody.send(message())).toMatchObject({ kind: 'later' });
});
