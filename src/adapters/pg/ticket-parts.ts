import type { PartAppeal, PartEvent, PartRow, TicketParts } from '../../app/ports/ticket-parts.ts';
import type { Part, PartTree } from '../../domain/tickets/parts/part.ts';
import { PART_STATES, timeRuns } from '../../domain/tickets/parts/part-table.ts';
import type { PgDatabase, Queryable } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const PART = `p.id, p.number, p.parent_id as "parentId", p.kind, p.level, p.unit_code as "unitCode",
  p.given_by as "givenBy", p.state,
  p.returned, p.version`;
const MOVING = `select ${PART}, ${ms('p.assigned_at')} as "assignedAt", ${ms('p.due_at')} as "dueAt"
  from ticket_parts p where p.ticket_id = $1::uuid order by p.number`;
const ROW = `${PART}, p.ticket_id as "ticketId", u.name as "unitName", p.task, p.reply, p.reworks,
  ${iso('p.assigned_at')} as "assignedAt", ${iso('p.due_at')} as "dueAt", p.overdue_at is not null as overdue`;
const RUNNING = `(${PART_STATES.filter(timeRuns)
  .map((state) => `'${state}'`)
  .join(', ')})`;

const TICKET = `select t.number as "ticketNumber", t.state as "ticketState", t.unit_code as "leadUnit",
  (select ${ms('d.due_at')} from deadlines d where d.ticket_id = t.id and d.clock = 'unit' and d.kind = 'overdue')
    as "unitDueAt"`;
/** Who first received the ticket (首接). */
const FIRST_UNIT = `(select e.body ->> 'unitCode' from ticket_events e where e.ticket_id = t.id and e.to_state = 'dispatched'
  and e.body ? 'unitCode' order by e.seq limit 1) as "firstUnit"`;

/** Salted: who sees the hash must not find out the words by trying, a telephone number least of all. */
const EVENT = `
  , e as (
    insert into ticket_part_events (part_id, seq, at, actor, move, from_state, to_state, words)
    select p.id, p.version, $2, $3::uuid, $4, $5, p.state, $6 from p returning salt, words
  )
  select encode(sha256(convert_to(salt::text || words, 'UTF8')), 'hex') as "wordsHash" from e`;
const eventValues = ({ at, actorId, move, from, words }: PartEvent): readonly unknown[] => [
  new Date(at),
  actorId,
  move,
  from,
  words,
];

export function ticketPartBooks(db: PgDatabase): TicketParts {
  const treeOf = async (
    on: Queryable,
    ticketId: string,
  ): Promise<(PartTree & { firstUnit: string | null }) | null> => {
    const { rows } = await on.query<Omit<PartTree, 'parts'> & { firstUnit: string | null }>(
      `${TICKET}, ${FIRST_UNIT} from tickets t where t.id = $1::uuid`,
      [ticketId],
    );
    const [ticket] = rows;
    if (ticket === undefined) return null;
    const parts = await on.query<Part & Record<string, unknown>>(MOVING, [ticketId]);
    return { ...ticket, parts: parts.rows };
  };
  const hashOf = async (on: Queryable, text: string, values: readonly unknown[]) => {
    const { rows } = await on.query<{ wordsHash: string }>(text, values);
    const [row] = rows;
    if (row === undefined) throw new Error('a part of a locked ticket is gone');
    return row;
  };
  return {
    async lockTree(ticketId, tx) {
      const on = db.on(tx);
      // Locked first and read afterwards: one statement would read the parts as they were before the wait.
      const locked = await on.query('select from tickets where id = $1::uuid for update', [ticketId]);
      return locked.rowCount === 0 ? null : treeOf(on, ticketId);
    },

    async readTree(ticketId) {
      const tree = await treeOf(db, ticketId);
      if (tree === null) return null;
      const { rows } = await db.query<PartRow & Record<string, unknown>>(
        `select ${ROW} from ticket_parts p join units u on u.code = p.unit_code
         where p.ticket_id = $1::uuid order by p.number`,
        [ticketId],
      );
      return { tree, rows, firstUnit: tree.firstUnit };
    },

    async sees(ticketId, sight, tx) {
      const { values, bind } = binder();
      const { scope, unitCode } = sight;
      const takesPart = (
        code: string,
      ): string => `(t.unit_code = ${code} or exists (select from ticket_parts p
        where p.ticket_id = t.id and p.unit_code = ${code}))`;
      const conditions = [
        `t.id = ${bind(ticketId)}::uuid`,
        // A unit that has a piece of it sees so much of it; of who is on a list all are asked.
        ...(scope === 'unit'
          ? [
              takesPart(bind(unitCode)),
              ...sightConditions({ ...sight, scope: 'all', confidential: 'all' }, bind),
            ]
          : sightConditions(sight, bind)),
      ];
      const { rowCount } = await db
        .on(tx)
        .query(`select from tickets t where ${conditions.join(' and ')}`, values);
      return rowCount === 1;
    },

    async ticketOf(partId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ ticketId: string }>('select ticket_id as "ticketId" from ticket_parts where id = $1::uuid', [
          partId,
        ]);
      return rows[0]?.ticketId ?? null;
    },

    async appeal(ticketId) {
      const { rows } = await db.query<PartAppeal & Record<string, unknown>>(
        `select t.number as "ticketNumber", t.type, c.name as category, t.urgency, t.title, t.content, t.place
         from tickets t join categories c on c.code = t.category_code where t.id = $1::uuid`,
        [ticketId],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a part without its ticket');
      return row;
    },

    async unitWithin(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ within: string | null }>(
          'select parent_code as within from units where code = $1 and ended_at is null',
          [code],
        );
      return rows[0] ?? null;
    },

    add: (ticketId, part, { task, warnAt }, event, tx) =>
      hashOf(
        db.on(tx),
        `with p as (
           insert into ticket_parts (id, ticket_id, number, parent_id, kind, level, unit_code, task, state, assigned_at,
             due_at, warn_at, given_by)
           values ($1::uuid, $7::uuid, $8, $9::uuid, $10, $11, $12, $13, $14, $15, $16, $17, $18)
           returning id, version, state
         ) ${EVENT}`,
        [
          part.id,
          ...eventValues(event),
          ticketId,
          part.number,
          part.parentId,
          part.kind,
          part.level,
          part.unitCode,
          task,
          part.state,
          new Date(part.assignedAt),
          new Date(part.dueAt),
          new Date(warnAt),
          part.givenBy,
        ],
      ),

    move: (part, { reply, warnAt, reworked }, event, tx) =>
      hashOf(
        db.on(tx),
        // Opened again its time runs anew, and somebody is told of it anew.
        `with p as (
           update ticket_parts set state = $7, version = $8, returned = $9, due_at = $10, reply = coalesce($11, reply),
             reworks = reworks + $12, warn_at = coalesce($13::timestamptz, warn_at),
             warned_at = case when $13::timestamptz is null then warned_at end,
             overdue_at = case when $13::timestamptz is null then overdue_at end,
             ended_at = case when $7 in ('accepted', 'withdrawn') then $2::timestamptz end
           where id = $1::uuid returning id, version, state
         ) ${EVENT}`,
        [
          part.id,
          ...eventValues(event),
          part.state,
          part.version,
          part.returned,
          new Date(part.dueAt),
          reply,
          reworked ? 1 : 0,
          warnAt === null ? null : new Date(warnAt),
        ],
      ),

    async list({ unitCode, state, kind }, sight, page) {
      const { values, bind } = binder();
      const conditions = [...sightConditions(sight, bind, 'p.unit_code')];
      if (unitCode !== undefined) conditions.push(`p.unit_code = ${bind(unitCode)}`);
      if (state !== undefined) conditions.push(`p.state = ${bind(state)}`);
      if (kind !== undefined) conditions.push(`p.kind = ${bind(kind)}`);
      const list = {
        columns: `${ROW}, t.number as "ticketNumber", t.title`,
        from: `ticket_parts p join units u on u.code = p.unit_code
          join tickets t on t.id = p.ticket_id`,
        ...{ conditions, values },
        by: { at: 'p.assigned_at', id: 'p.id', order: 'newestFirst' },
      } as const;
      const { rows: parts, next } = await readPage<PartRow & { ticketNumber: string; title: string }>(
        db,
        list,
        page,
      );
      return { parts, next };
    },

    async extend(parts, at, tx) {
      await db.on(tx).query(
        `update ticket_parts p set due_at = to_timestamp(x."dueAt" / 1000), warn_at = to_timestamp(x."warnAt" / 1000),
           warned_at = case when x."warnAt" > $2 then null else p.warned_at end
         from jsonb_to_recordset($1::jsonb) as x(id uuid, "dueAt" double precision, "warnAt" double precision)
         where p.id = x.id`,
        [JSON.stringify(parts), at],
      );
    },

    async due(at, limit) {
      const { rows } = await db.query<{ id: string; ticketId: string }>(
        `select id, ticket_id as "ticketId" from ticket_parts where state in ${RUNNING}
           and (warned_at is null and warn_at <= $1 or overdue_at is null and due_at <= $1)
         order by least(due_at, warn_at), id limit $2`,
        [new Date(at), limit],
      );
      return rows;
    },

    async mark(partId, at, tx) {
      // Whose end has come is not warned of it as well.
      const { rows } = await db.on(tx).query<{ what: 'partWarning' | 'partOverdue'; dueAt: number }>(
        `update ticket_parts set warned_at = coalesce(warned_at, $2),
           overdue_at = case when due_at <= $2 then $2 else overdue_at end
         where id = $1::uuid and state in ${RUNNING}
           and (warned_at is null and warn_at <= $2 or overdue_at is null and due_at <= $2)
         returning case when due_at <= $2 then 'partOverdue' else 'partWarning' end as what, ${ms('due_at')} as "dueAt"`,
        [partId, new Date(at)],
      );
      return rows[0] ?? null;
    },

    async tell(notice, key, tx) {
      await db
        .on(tx)
        .query('insert into outbox (topic, key, body) values ($1, $2, $3::jsonb)', [
          'ticketPart',
          key,
          JSON.stringify(notice),
        ]);
    },
  };
}
