import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FactDrain } from '../../../src/adapters/files/fact-drain.ts';
import { FactSpool } from '../../../src/adapters/files/fact-spool.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';

const QUICK = { batch: 10, firstRetryMs: 5, lastRetryMs: 20, gatherMs: 5 };
let folder = '';
let said: string[] = [];
const log: Log = {
  debug: () => undefined,
  info: (_fields, message) => said.push(message),
  warn: (_fields, message) => said.push(message),
  error: (_fields, message) => said.push(message),
};
const fact = (n: number): Fact => ({
  id: `fact${n}`,
  atMs: n,
  callId: null,
  type: 'presence',
  agentId: 'agent1',
  state: 'READY',
  reason: null,
});

/** A database that keeps each fact once, and can be away. */
class Books {
  readonly facts = new Map<string, Fact>();
  readonly order: string[] = [];
  away = false;
  calls = 0;
  async writeFacts(facts: readonly Fact[]): Promise<void> {
    this.calls += 1;
    if (this.away) throw new DatabaseAway('away');
    for (const one of facts) {
      if (!this.facts.has(one.id)) this.order.push(one.id);
      this.facts.set(one.id, one);
    }
  }
}

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'facts-')), 'spool');
  said = [];
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

test('facts reach the database in order, oldest first, each once', async () => {
  const spool = await FactSpool.open(folder, log);
  const books = new Books();
  const drain = new FactDrain(spool, books, log, QUICK);
  drain.start();
  for (let n = 0; n < 137; n += 1) spool.append(fact(n));
  await vi.waitFor(() => expect(books.order).toHaveLength(137), { timeout: 10_000 });
  expect(books.order).toEqual(Array.from({ length: 137 }, (_, n) => `fact${n}`));
  await drain.stop();
  await spool.close();
});

test('while the database is away facts gather on the disk; nothing is lost and it is said once', async () => {
  const spool = await FactSpool.open(folder, log);
  const books = new Books();
  books.away = true;
  const drain = new FactDrain(spool, books, log, QUICK);
  drain.start();
  for (let n = 0; n < 50; n += 1) spool.append(fact(n));
  await vi.waitFor(() => expect(books.calls).toBeGreaterThan(3));
  expect(books.facts.size).toBe(0);
  books.away = false;
  await vi.waitFor(() => expect(books.facts.size).toBe(50), { timeout: 10_000 });
  expect(books.order[0]).toBe('fact0');
  expect(said.filter((message) => message.includes('does not take them'))).toHaveLength(1);
  await drain.stop();
  await spool.close();
});

test('what follows on the heels of a batch is written together, and at once when it is asked for', async () => {
  const spool = await FactSpool.open(folder, log);
  const books = new Books();
  const drain = new FactDrain(spool, books, log, { ...QUICK, batch: 100, gatherMs: 3_600_000 });
  drain.start();
  spool.append(fact(0));
  await vi.waitFor(() => expect(books.facts.size).toBe(1), { timeout: 10_000 });
  for (let n = 1; n <= 30; n += 1) {
    spool.append(fact(n));
    await spool.flush();
  }
  expect(books.calls).toBe(1);
  await drain.drainNow();
  expect([books.calls, books.facts.size]).toEqual([2, 31]);
  await drain.stop();
  await spool.close();
});

test('a restart goes on where the database stands, and survives a torn last line', async () => {
  const first = await FactSpool.open(folder, log);
  const books = new Books();
  const drain = new FactDrain(first, books, log, QUICK);
  for (let n = 0; n < 5; n += 1) first.append(fact(n));
  await first.flush();
  await drain.drainNow();
  expect(books.facts.size).toBe(5);
  books.away = true;
  for (let n = 5; n < 8; n += 1) first.append(fact(n));
  await first.flush();
  await drain.stop();
  await first.close();
  const [segment = ''] = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  await appendFile(join(folder, segment), '{"id":"torn","ty');

  books.away = false;
  const callsBefore = books.calls;
  const second = await FactSpool.open(folder, log);
  const goingOn = new FactDrain(second, books, log, QUICK);
  goingOn.start();
  second.append(fact(8));
  await vi.waitFor(() => expect(books.facts.size).toBe(9), { timeout: 10_000 });
  expect(books.order).toEqual(Array.from({ length: 9 }, (_, n) => `fact${n}`));
  expect(books.calls - callsBefore).toBeLessThanOrEqual(3);
  // What the database has is taken from the disk: only the segment in use is left.
  await vi.waitFor(async () =>
    expect((await readdir(folder)).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1),
  );
  await goingOn.stop();
  await second.close();
});

test('garbage in the middle of a segment costs its own line only, and an unreadable offset nothing', async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, '0000000003.jsonl'),
    `${JSON.stringify(fact(1))}\n\u0000\u0000garbage\n${JSON.stringify(fact(2))}\n`,
  );
  await writeFile(join(folder, 'offset.json'), '{"segm');
  const spool = await FactSpool.open(folder, log);
  const books = new Books();
  const drain = new FactDrain(spool, books, log, QUICK);
  await drain.drainNow();
  expect(books.order).toEqual(['fact1', 'fact2']);
  expect(said).toContain('the spool held torn lines');
  await drain.stop();
  await spool.close();
});

test('a disk that takes nothing: facts stay in memory, bounded, reach the database, and it is said', async () => {
  const spool = await FactSpool.open(folder, log, { memoryFacts: 20 });
  await rm(folder, { recursive: true });
  const books = new Books();
  books.away = true;
  const drain = new FactDrain(spool, books, log, QUICK);
  for (let n = 0; n < 30; n += 1) spool.append(fact(n));
  await spool.flush();
  expect(spool.troubled).toBe(true);
  expect(said).toContain('facts stay in memory: the disk does not take them');
  expect(said).toContain('facts are being lost: the disk takes none and memory is full');
  await mkdir(folder);
  books.away = false;
  drain.start();
  await vi.waitFor(() => expect(books.facts.size).toBe(20), { timeout: 5_000 });
  expect(books.order[0]).toBe('fact10');
  spool.append(fact(30));
  await vi.waitFor(() => expect(books.facts.has('fact30')).toBe(true), { timeout: 5_000 });
  await vi.waitFor(() => expect(spool.troubled).toBe(false), { timeout: 5_000 });
  await drain.stop();
  await spool.close();
});

test('the spool is readable by its owner alone', async () => {
  const spool = await FactSpool.open(folder, log);
  spool.append(fact(1));
  await spool.flush();
  const [segment = ''] = await readdir(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, segment))).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(join(folder, segment), 'utf8'))).toEqual(fact(1));
  await spool.close();
});
