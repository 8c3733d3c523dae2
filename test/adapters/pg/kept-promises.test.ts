import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../../src/adapters/pg/migrate.ts';
import { limitSetOf, type StoredLimits } from '../../../src/domain/deadlines/limit-set.ts';
import { presetOf } from '../../../src/domain/deadlines/presets.ts';

// A county that was at work before: what its open tickets were promised is not changed by a release.

const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations');
const TICKETS = {
  called: randomUUID(),
  platform: randomUUID(),
  formerUnit: randomUUID(),
  handled: randomUUID(),
  signed: randomUUID(),
};
const T0 = '2026-11-20T09:00:00+08:00';
const T1 = '2026-11-20T10:00:00+08:00';

const name = `kept_${randomBytes(6).toString('hex')}`;
let client: pg.Client;
let dir: string;

async function atWork(): Promise<void> {
  await client.query(`
    insert into units (code, name, kind) values ('lighting', '路灯管理所', 'government'), ('water', '自来水公司', 'public-utility');
    insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at) values
      ('beijing-2h-24h-7d-15d', null, '2026-01-01Z', 'approved', 'x', now(), now()),
      ('beijing-2h-24h-7d-15d', '{"categories": [{"category": "utilities", "limit": {"unit": "hours", "amount": 8}}]}',
        '2026-01-02Z', 'approved', 'x', now(), now()),
      ('bureau-same-3-13', null, '2026-01-03Z', 'approved', 'x', now(), now()),
      ('jiangsu-3-5', null, '2026-01-04Z', 'approved', 'x', now(), now())`);
  const states = { called: 'handling', platform: 'handling', formerUnit: 'handling', handled: 'handling' };
  for (const [what, id] of Object.entries(TICKETS)) {
    const state = states[what as keyof typeof states] ?? 'signedFor';
    await client.query(
      `insert into tickets (id, number, type, category_code, title, content, citizen_number, state, unit_code, accepted_at,
         dispatched_at, version) values ($1, $2, 'HELP', 'uncategorised', 't', 't', '13912345678', $3, 'lighting', $4, $4, 1)`,
      [id, what, state, T0],
    );
    await client.query(
      `insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation)
       values (gen_random_uuid(), $1, 'stage', 'contact', 100, $2, $2::timestamptz + interval '1 day', 'x', '{}')`,
      [id, T0],
    );
  }
  const line = (id: string, at: string, type: string, body: object) =>
    client.query(
      `insert into ticket_events (id, ticket_id, seq, at, to_state, type, body) values (gen_random_uuid(), $1, 1, $2, null, $3, $4)`,
      [id, at, type, JSON.stringify(body)],
    );
  await line(TICKETS.called, T1, 'contact', {});
  await line(TICKETS.platform, T1, 'citizenCalled', { unitCode: 'lighting', talkMs: 5000 });
  await line(TICKETS.formerUnit, T1, 'citizenCalled', { unitCode: 'water', talkMs: 60_000 });
}

beforeAll(async () => {
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  dir = mkdtempSync(join(tmpdir(), 'before-'));
  const files = readdirSync(MIGRATIONS).sort();
  const before = files.slice(
    0,
    files.findIndex((file) => file.endsWith('_contact-proven.sql')),
  );
  for (const file of before) copyFileSync(join(MIGRATIONS, file), join(dir, file));
  await migrate(url.href, dir);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await atWork();
  await migrate(url.href, MIGRATIONS);
});
afterAll(async () => {
  await client.end();
  rmSync(dir, { recursive: true });
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

test('a contact that stands on the time line is proven; what ended by the rule of then makes nobody late afterwards', async () => {
  const { rows } = await client.query<{ number: string; proven: boolean; state: string }>(
    `select t.number, t.contacted_at is not null as proven, d.state from tickets t join deadlines d on d.ticket_id = t.id
     order by t.number`,
  );
  expect(rows).toEqual([
    // Over when its time comes, as it is proven.
    { number: 'called', proven: true, state: 'pending' },
    { number: 'formerUnit', proven: false, state: 'cancelled' },
    { number: 'handled', proven: false, state: 'cancelled' },
    { number: 'platform', proven: true, state: 'pending' },
    // Not begun to work: it owes the call still.
    { number: 'signed', proven: false, state: 'pending' },
  ]);
});

test('limits that were chosen by the name of a preset are what that name said then', async () => {
  const { rows } = await client.query<{ preset: string; content: StoredLimits | null }>(
    `select preset, content from limit_sets where valid_from >= '2026-01-01Z' order by valid_from`,
  );
  const sets = rows.map(({ preset, content }) =>
    limitSetOf({ number: 1, validFrom: 0, content }, presetOf(preset) ?? expect.fail(preset)),
  );
  const [beijing, own, bureau, jiangsu] = sets;
  expect(beijing).toMatchObject({ categories: [], urgent: { unit: 'hours', amount: 2 } });
  expect(beijing?.name).not.toContain('24小时');
  expect(own?.categories).toEqual([{ category: 'utilities', limit: { unit: 'hours', amount: 8 } }]);
  expect(bureau).toMatchObject({ urgent: null, limits: { HELP: { unit: 'workingDays', amount: 3 } } });
  expect(jiangsu).toEqual({ ...presetOf('jiangsu-3-5'), number: 1, validFrom: 0 });
});
