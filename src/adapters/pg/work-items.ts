import type { WorkFilter, WorkItem, WorkItemBook } from '../../app/ports/work-items.ts';
import type { KnownTask, WorkState } from '../../domain/hotlines/register/work-items.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

/** Two workers bringing the tasks up to date at once would tell everybody twice. */
const LOCK_KEY = 1_234_500_009;

const COLUMNS = `w.id, w.key, w.kind, w.number, w.unit_code as "unitCode", coalesce(u.name, w.unit_code) as "unitName",
    w.due_day::text as "dueDay", w.last_day::text as "lastDay", w.days_before as "daysBefore", w.state,
    ${iso('w.opened_at')} as "openedAt",
    case when w.state <> 'open' then (
      select jsonb_build_object('by', a.display_name, 'at', ${iso('e.at')}, 'reason', e.reason)
      from work_item_events e left join accounts a on a.id = e.actor_id
      where e.item_id = w.id order by e.seq desc limit 1) end as closed`;
const TABLES = 'work_items w left join units u on u.code = w.unit_code';

const ADD = `
  with added as (
    insert into work_items (id, key, kind, number, unit_code, due_day, last_day, days_before, opened_at)
    select id, key, kind, number, "unitCode", "dueDay", "lastDay", "daysBefore", $2
    from jsonb_to_recordset($1::jsonb) as r(id uuid, key text, kind text, number text, "unitCode" text,
      "dueDay" date, "lastDay" date, "daysBefore" integer)
    on conflict (key) do nothing returning id)
  insert into work_item_events (item_id, at, to_state) select id, $2, 'open' from added`;

export function workItemBooks(db: PgDatabase): WorkItemBook {
  return {
    async lock(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK_KEY]);
      return rows[0]?.mine === true;
    },

    async known(tx) {
      const { rows } = await db.on(tx).query<KnownTask>('select key, state from work_items for update');
      return rows;
    },

    async add(items, at, tx) {
      if (items.length > 0) await db.on(tx).query(ADD, [JSON.stringify(items), new Date(at)]);
    },

    async move(which, from, { to, by, at, reason }, tx) {
      const on = db.on(tx);
      const [column, value] = 'id' in which ? ['id = $1::uuid', which.id] : ['key = $1', which.key];
      const { rows } = await on.query<{ id: string; state: WorkState }>(
        `select id, state from work_items where ${column} for update`,
        [value],
      );
      const [item] = rows;
      if (item === undefined) return null;
      if (item.state !== from) return item.state;
      await on.query('update work_items set state = $2 where id = $1::uuid', [item.id, to]);
      await on.query(
        `insert into work_item_events (item_id, at, actor_id, from_state, to_state, reason)
         values ($1, $2, $3, $4, $5, $6)`,
        [item.id, new Date(at), by, from, to, reason],
      );
      const moved = await on.query<WorkItem>(`select ${COLUMNS} from ${TABLES} where w.id = $1::uuid`, [
        item.id,
      ]);
      return moved.rows[0] ?? null;
    },

    async tell(topic, key, body, tx) {
      await db
        .on(tx)
        .query('insert into outbox (topic, key, body) values ($1, $2, $3::jsonb)', [
          topic,
          key,
          JSON.stringify(body),
        ]);
    },

    async list(filter, page) {
      const values: unknown[] = [];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const list = {
        columns: COLUMNS,
        from: TABLES,
        conditions: conditionsOf(filter, bind),
        values,
        by: { at: 'w.due_day', id: 'w.id', order: 'oldestFirst', key: 'day' },
      } as const;
      const { rows: items, next } = await readPage<WorkItem>(db, list, page);
      return { items, next };
    },
  };
}

function conditionsOf(filter: WorkFilter, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  if (filter.state !== undefined) conditions.push(`w.state = ${bind(filter.state)}`);
  if (filter.kind !== undefined) conditions.push(`w.kind = ${bind(filter.kind)}`);
  if (filter.number !== undefined) conditions.push(`w.number = ${bind(filter.number)}`);
  if (filter.unitCode !== undefined) conditions.push(`w.unit_code = ${bind(filter.unitCode)}`);
  return conditions;
}
