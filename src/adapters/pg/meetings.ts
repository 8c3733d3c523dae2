import type { LockedMeeting, MeetingBook, MeetingSummary, MeetingView } from '../../app/ports/meetings.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PgDatabase } from './database.ts';
import { TASK_FROM, TASK_VIEW } from './meeting-tasks.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { type Bind, binder, sightConditions } from './ticket-sight.ts';

const SUMMARY = `m.id, m.number, m.state, m.revision, m.minutes ->> 'topic' as topic, ${iso('m.held_at')} as "heldAt",
  ${iso('m.written_at')} as "writtenAt", a.display_name as author, ${iso('m.confirmed_at')} as "confirmedAt",
  b.display_name as "confirmedBy",
  (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number) order by t.number), '[]')
    from meeting_tickets l join tickets t on t.id = l.ticket_id where l.meeting_id = m.id) as tickets,
  (select count(*)::integer from meeting_tasks k where k.meeting_id = m.id and k.state = 'open') as "openTasks"`;
const FROM = 'meetings m join accounts a on a.id = m.author left join accounts b on b.id = m.confirmed_by';

const aboutOne = (which: 'confidential' | 'listed_only'): string => `exists (select from meeting_tickets l
  join tickets t on t.id = l.ticket_id where l.meeting_id = m.id and t.${which})`;

const DETAIL = `${SUMMARY}, m.minutes ->> 'place' as place, m.minutes ->> 'chair' as chair,
  m.minutes -> 'participants' as participants, m.minutes ->> 'text' as text, m.minutes -> 'tasks' as tasks, m.writers,
  ${aboutOne('confidential')} as confidential, ${aboutOne('listed_only')} as "listedOnly",
  (select coalesce(jsonb_agg(d.one || coalesce(m.outcomes -> (d.nth - 1)::integer, '{}') order by d.nth), '[]')
    from jsonb_array_elements(m.minutes -> 'decisions') with ordinality d(one, nth)) as decisions`;

export function meetingBooks(db: PgDatabase): MeetingBook {
  const writeTickets = async (id: string, ticketIds: readonly string[], tx: Transaction): Promise<void> => {
    const on = db.on(tx);
    await on.query('delete from meeting_tickets where meeting_id = $1::uuid', [id]);
    await on.query(
      'insert into meeting_tickets (meeting_id, ticket_id) select $1::uuid, unnest($2::uuid[])',
      [id, ticketIds],
    );
  };

  return {
    async add({ id, heldAt, minutes, author, at }, { prefix, day }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into meetings (id, number, state, held_at, minutes, written_at, author, writers)
         values ($1::uuid, $2 || 'HY' || $3 || '-' || lpad(nextval('meeting_number')::text, 4, '0'), 'draft', $4, $5::jsonb,
           $6, $7::uuid, array[$7::uuid]) on conflict (id) do nothing`,
        [
          ...[id, prefix, day.replaceAll('-', ''), new Date(heldAt), JSON.stringify(minutes), new Date(at)],
          author,
        ],
      );
      if (rowCount === 1) await writeTickets(id, minutes.ticketIds, tx);
    },

    async lock(id, tx) {
      const { rows } = await db.on(tx).query<LockedMeeting>(
        `select m.id, m.number, m.state, m.revision, ${ms('m.held_at')} as "heldAt", m.minutes, m.writers
         from meetings m where m.id = $1::uuid for update`,
        [id],
      );
      return rows[0] ?? null;
    },

    async rewrite(id, { heldAt, minutes, by }, tx) {
      await db.on(tx).query(
        `update meetings set held_at = $2, minutes = $3::jsonb, revision = revision + 1,
           writers = case when $4::uuid = any (writers) then writers else writers || $4::uuid end where id = $1::uuid`,
        [id, new Date(heldAt), JSON.stringify(minutes), by],
      );
      await writeTickets(id, minutes.ticketIds, tx);
    },

    async cancel(id, tx) {
      await db.on(tx).query(`update meetings set state = 'cancelled' where id = $1::uuid`, [id]);
    },

    async confirm(id, { by, at, outcomes, tasks }, tx) {
      const on = db.on(tx);
      await on.query(
        `update meetings set state = 'confirmed', confirmed_by = $2::uuid, confirmed_at = $3, outcomes = $4::jsonb
         where id = $1::uuid`,
        [id, by, new Date(at), JSON.stringify(outcomes)],
      );
      await on.query(
        `insert into meeting_tasks (id, meeting_id, nth, unit_code, task, state, ticket_ids, due_at, explanation)
         select id, $1::uuid, nth, "unitCode", task, 'open', "ticketIds", to_timestamp("dueAt" / 1000), explanation
         from rows from (jsonb_to_recordset($2::jsonb) as (id uuid, "unitCode" text, task text, "ticketIds" uuid[],
           "dueAt" double precision, explanation jsonb)) with ordinality
           as k(id, "unitCode", task, "ticketIds", "dueAt", explanation, nth)`,
        [id, JSON.stringify(tasks)],
      );
    },

    list({ state, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = readableMeeting(sight, bind);
      if (state !== undefined) conditions.push(`m.state = ${bind(state)}`);
      if (ticketId !== undefined) {
        conditions.push(`exists (select from meeting_tickets l where l.meeting_id = m.id
          and l.ticket_id = ${bind(ticketId)}::uuid)`);
      }
      const by = { at: 'm.held_at', id: 'm.id', order: 'newestFirst' } as const;
      return readPage<MeetingSummary>(db, { columns: SUMMARY, from: FROM, conditions, values, by }, page);
    },

    async find(id, sight) {
      const { values, bind } = binder();
      const one = `${bind(id)}::uuid`;
      const conditions = [`m.id = ${one}`, ...readableMeeting(sight, bind)];
      const own = sight.scope === 'unit' ? `and k.unit_code = ${bind(sight.unitCode)}` : '';
      const { rows } = await db.query<MeetingView>(
        `select ${DETAIL}, (select coalesce(jsonb_agg(to_jsonb(v) - 'nth' order by v.nth), '[]')
           from (select k.nth, ${TASK_VIEW} from ${TASK_FROM} where k.meeting_id = ${one} ${own}) v) as "taskList"
         from ${FROM} where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0] ?? null;
    },
  };
}

/** Meeting m, as conditions. A unit sees what was confirmed where it sat or took a task away. Minutes about a ticket that somebody may not see he does not see. */
export function readableMeeting(sight: Sight, bind: Bind): string[] {
  if (sight.scope === 'none') return ['false'];
  if (sight.scope === 'unit') {
    const unit = bind(sight.unitCode);
    return [
      `m.state = 'confirmed' and (exists (select from meeting_tasks k where k.meeting_id = m.id and k.unit_code = ${unit})
        or m.minutes -> 'participants' @> jsonb_build_array(jsonb_build_object('unitCode', ${unit}::text)))`,
    ];
  }
  const seen = sightConditions(sight, bind);
  if (seen.length === 0) return [];
  return [
    `not exists (select from meeting_tickets l join tickets t on t.id = l.ticket_id
      where l.meeting_id = m.id and not (${seen.join(' and ')}))`,
  ];
}
