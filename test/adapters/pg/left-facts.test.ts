import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FactSpool } from '../../../src/adapters/files/fact-spool.ts';
import { openLog } from '../../../src/adapters/log/log.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import type { FolderView } from '../../../src/domain/lease/contend.ts';
import { handOnLeftFacts } from '../../../src/roles/left-facts.ts';
import { freshDatabase } from '../../support/services.ts';

// What a machine told before it fell, when another one serves by now.

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let folder: string;
const log = openLog({ role: 'test', level: 'silent' });
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'left-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function told(): Promise<string> {
  const callId = randomUUID();
  const spool = await FactSpool.open(folder, log);
  spool.append({ id: randomUUID(), atMs: Date.now(), callId, seq: 1, type: 'callAnswered' });
  await spool.close();
  return callId;
}
const inBooks = async (callId: string): Promise<number> =>
  (await db.query('select from call_facts where call_id = $1', [callId])).rowCount ?? 0;
const meeting = (whose: 'ours' | 'elsewhere' | 'nobody') => ({
  view: async (): Promise<FolderView> => ({
    term: whose === 'nobody' ? null : { id: 'a', folder: whose, name: 'vm:1', generation: 7 },
    ours: whose === 'ours',
    holder: 'unknown',
  }),
});

test('it is handed on when another machine serves, once; where our own folder serves, that one does it', async () => {
  const callId = await told();
  for (const whose of ['ours', 'nobody'] as const) await handOnLeftFacts(folder, meeting(whose), db, log);
  expect(await inBooks(callId)).toBe(0);
  await handOnLeftFacts(folder, meeting('elsewhere'), db, log);
  expect(await inBooks(callId)).toBe(1);
  await handOnLeftFacts(folder, meeting('elsewhere'), db, log);
  expect(await inBooks(callId)).toBe(1);
});

test('books that are away cost the one who takes over no more than two seconds, and nothing is lost', async () => {
  const callId = await told();
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { onError: () => undefined });
  const began = performance.now();
  await handOnLeftFacts(folder, meeting('elsewhere'), away, log);
  expect(performance.now() - began).toBeLessThan(10_000);
  await away.close();
  await handOnLeftFacts(folder, meeting('elsewhere'), db, log);
  expect(await inBooks(callId)).toBe(1);
});
