import { randomUUID } from 'node:crypto';
import type { PgDatabase } from '../../../src/adapters/pg/database.ts';

export interface StockedEntry {
  readonly unit: string;
  readonly state: 'published' | 'emergency';
  readonly validTo?: string;
  readonly publishedAt?: number;
  readonly reviewDueAt?: number;
}

/** Units `u0`, `u1` …: owners of what is stocked. */
export async function stockUnits(db: PgDatabase, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, (_, n) => `u${n}`);
  await db.query(
    `insert into units (code, name, kind) select code, '单位' || code, 'government' from unnest($1::text[]) as r(code)`,
    [codes],
  );
  return codes;
}

/** Entries with one told version each; returns their ids. */
export async function stockEntries(db: PgDatabase, entries: readonly StockedEntry[]): Promise<string[]> {
  const instant = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  const rows = entries.map((entry) => ({
    ...entry,
    id: randomUUID(),
    publishedAt: instant(entry.publishedAt ?? Date.now()),
    reviewDueAt: instant(entry.reviewDueAt),
  }));
  const given = JSON.stringify(rows);
  await db.query(
    `insert into knowledge_entries (id, number, owner_unit, origin, created_at)
     select id, 'ZS' || lpad(nextval('knowledge_number')::text, 6, '0'), unit, 'written', now()
     from jsonb_to_recordset($1::jsonb) as r(id uuid, unit text)`,
    [given],
  );
  await db.query(
    `insert into knowledge_versions (entry_id, number, question, other_ways, answer, message, public_text, internal_text,
       is_public, basis, categories, areas, lines, valid_from, valid_to, attachments, written_at, state, state_since,
       published_at, review_due_at)
     select id, 1, '路灯不亮找谁', '{}', '打12345。', '', '', '', true, '[]', '{}', '{}', '{}', '2020-01-01', "validTo", '[]',
       "publishedAt", state, "publishedAt", "publishedAt", "reviewDueAt"
     from jsonb_to_recordset($1::jsonb) as r(id uuid, state text, "validTo" date, "publishedAt" timestamptz,
       "reviewDueAt" timestamptz)`,
    [given],
  );
  return rows.map(({ id }) => id);
}

/** Of late reviews: alarms, those that were raised more than once, and what no alarm was raised for. */
export async function alarmedOnce(
  db: PgDatabase,
): Promise<{ raised: number; doubled: number; lost: number; open: number }> {
  const { rows } = await db.query<{ raised: number; doubled: number; lost: number; open: number }>(
    `with a as (select * from alarms where kind = 'knowledge.reviewLate')
     select (select count(*)::int from a) as raised, (select count(*)::int from a where times > 1) as doubled,
       (select count(*)::int from knowledge_versions v where late_told_at is not null
          and not exists (select from a where a.subject = v.entry_id::text)) as lost,
       (select count(*)::int from knowledge_versions where state = 'emergency' and late_told_at is null) as open`,
  );
  return rows[0] ?? { raised: -1, doubled: -1, lost: -1, open: -1 };
}

/** Tickets to owners about ends and reminders, as `<kind> <unit>`; the week's list is none of these. */
export async function asked(db: PgDatabase): Promise<string[]> {
  const { rows } = await db.query<{ task: string }>(
    `select k.kind || ' ' || k.unit_code as task from knowledge_tasks k join tickets t on t.id = k.ticket_id
     where k.kind in ('expired', 'remind') order by 1`,
  );
  return rows.map(({ task }) => task);
}
