import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditTrail } from '../../../src/adapters/pg/audit.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { freshDatabase } from '../../support/services.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { max: 2, onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

async function account(): Promise<string> {
  const id = randomUUID();
  await db.query(
    `insert into accounts (id, username, display_name, password_hash, roles) values ($1, $2, '专家', '', '{lead}')`,
    [id, `u${id.slice(0, 8)}`],
  );
  return id;
}

test('whether somebody was written down lately: of this call, as this expert, by this account, and not before', async () => {
  const trail = auditTrail(db);
  const [own, other] = [await account(), await account()];
  const atMs = Date.parse('2026-11-27T09:00:00.000Z');
  const such = {
    ...({ accountId: own, action: 'call.expertLooked', subjectKind: 'call' } as const),
    ...{ subjectId: randomUUID(), reason: 'expert-1' },
  };
  const noted = (over: Partial<typeof such>, afterMs: number) =>
    trail.notedSince({ ...such, ...over }, afterMs);
  expect(await noted({}, 0)).toBe(false);
  await trail.add({ ...such, id: randomUUID(), atMs, address: '', requestId: '' });
  expect(await noted({}, atMs - 1)).toBe(true);
  expect(await noted({}, atMs)).toBe(false);
  expect(await noted({ accountId: other }, 0)).toBe(false);
  expect(await noted({ reason: 'expert-2' }, 0)).toBe(false);
  expect(await noted({ subjectId: randomUUID() }, 0)).toBe(false);
});
