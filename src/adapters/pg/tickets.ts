import type { TicketBook, TicketDetail, TicketFilter, TicketSummary } from '../../app/ports/tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder, sightConditions, THREAD_SEEN_BY_UNITS } from './ticket-sight.ts';
import { ticketOpening } from './tickets-opening.ts';

const due = (clock: string): string =>
  `(select ${iso('d.due_at')} from deadlines d where d.ticket_id = t.id and d.clock = '${clock}' and d.kind = 'overdue')`;

const SUMMARY = `t.id, t.number, t.call_id as "callId", t.type,
  jsonb_build_object('code', c.code, 'name', c.name) as category, t.title, t.place, t.confidential, t.anonymous,
  t.listed_only as "listedOnly", t.urgency,
  t.citizen_name as "citizenName", t.citizen_number as "citizenNumber", t.state,
  case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit, t.line, t.channel,
  ${iso('t.accepted_at')} as "acceptedAt", ${iso('t.dispatched_at')} as "dispatchedAt",
  ${iso('t.closed_at')} as "closedAt", ${due('citizen')} as "citizenDueAt", ${due('unit')} as "unitDueAt",
  exists (select from deadlines d where d.ticket_id = t.id and d.kind = 'overdue' and d.state = 'done') as overdue`;

const TABLES = `tickets t join categories c on c.code = t.category_code left join units u on u.code = t.unit_code`;

function filterConditions(filter: TicketFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (filter.state !== undefined) conditions.push(`t.state = ${bind(filter.state)}`);
  if (filter.type !== undefined) conditions.push(`t.type = ${bind(filter.type)}`);
  if (filter.categoryCode !== undefined) {
    const code = bind(filter.categoryCode);
    conditions.push(`(c.code = ${code} or c.parent_code = ${code})`);
  }
  if (filter.unitCode !== undefined) conditions.push(`t.unit_code = ${bind(filter.unitCode)}`);
  if (filter.callId !== undefined) conditions.push(`t.call_id = ${bind(filter.callId)}::uuid`);
  if (filter.number !== undefined) conditions.push(`t.number = ${bind(filter.number)}`);
  if (filter.acceptedFrom !== undefined) {
    conditions.push(`t.accepted_at >= ${bind(new Date(filter.acceptedFrom))}::timestamptz`);
  }
  if (filter.acceptedTo !== undefined) {
    conditions.push(`t.accepted_at < ${bind(new Date(filter.acceptedTo))}::timestamptz`);
  }
  if (filter.overdue !== undefined) {
    conditions.push(`${filter.overdue ? '' : 'not '}exists (select from deadlines d
      where d.ticket_id = t.id and d.kind = 'overdue' and d.state = 'done')`);
  }
  conditions.push(...furtherConditions(filter, bind));
  return conditions;
}

function furtherConditions(filter: TicketFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (filter.urgency !== undefined) conditions.push(`t.urgency = ${bind(filter.urgency)}`);
  if (filter.stage !== undefined) {
    conditions.push(`exists (select from deadlines d where d.ticket_id = t.id and d.clock = 'stage'
      and d.kind = ${bind(filter.stage)} and d.state in ('pending', 'claimed'))`);
  }
  if (filter.dueBefore !== undefined) {
    conditions.push(`exists (select from deadlines d where d.ticket_id = t.id and d.kind = 'overdue'
      and d.state in ('pending', 'claimed') and d.due_at < ${bind(new Date(filter.dueBefore))}::timestamptz)`);
  }
  if (filter.area !== undefined) {
    conditions.push(`exists (select from dispatch_names n, unnest(n.words || n.name) word where n.kind = 'area'
      and n.removed_in is null and n.code = ${bind(filter.area)} and (strpos(t.place, word) > 0 or strpos(t.title, word) > 0))`);
  }
  for (const [id, table] of [
    [filter.incidentId, 'incident'],
    [filter.threadId, 'thread'],
  ] as const) {
    if (id === undefined) continue;
    conditions.push(`exists (select from ${table}_members m where m.ticket_id = t.id and m.left_at is null
      and m.${table}_id = ${bind(id)}::uuid)`);
  }
  // Not a pattern: what a person types is looked for as it stands.
  if (filter.text !== undefined) conditions.push(`strpos(lower(t.title), lower(${bind(filter.text)})) > 0`);
  return conditions;
}

const DETAIL = `select ${SUMMARY}, t.version, t.content, ${iso('t.contacted_at')} as "contactedAt",
  (select jsonb_build_object('id', a.id, 'displayName', a.display_name) from accounts a
    where a.id = t.created_by) as "createdBy",
  (select coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'at', ${iso('e.at')},
      'actor', case when a.id is not null then jsonb_build_object('id', a.id, 'displayName', a.display_name) end,
      'fromState', e.from_state, 'toState', e.to_state, 'type', e.type, 'reason', e.reason, 'body', e.body)
      order by e.seq), '[]')
    from ticket_events e left join accounts a on a.id = e.actor where e.ticket_id = t.id) as timeline,
  (select coalesce(jsonb_agg(jsonb_build_object('clock', d.clock, 'kind', d.kind, 'level', d.level,
      'startsAt', ${iso('d.starts_at')}, 'dueAt', ${iso('d.due_at')}, 'state', d.state,
      'provisional', d.provisional, 'explanation', d.explanation) order by d.clock, d.level, d.due_at), '[]')
    from deadlines d where d.ticket_id = t.id) as deadlines
  from ${TABLES}`;

const OF_THREADS: readonly string[] = ['complexCase', 'threadChanged'];

/** That a line is there may be seen; which thread it speaks of would lead to tickets of the same citizen. */
function withoutThread(ticket: TicketDetail): TicketDetail {
  if (!ticket.anonymous && !ticket.confidential) return ticket;
  const timeline = ticket.timeline.map((line) =>
    OF_THREADS.includes(line.type) ? { ...line, reason: '', body: {} } : line,
  );
  return { ...ticket, timeline };
}

export function ticketBooks(db: PgDatabase): TicketBook {
  return {
    ...ticketOpening(db),

    async detail(id, sight) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind)];
      const { rows } = await db.query<TicketDetail>(`${DETAIL} where ${conditions.join(' and ')}`, values);
      const [ticket] = rows;
      if (ticket === undefined) return null;
      return sight.scope === 'unit' ? withoutThread(ticket) : ticket;
    },

    async list(filter, sight, page) {
      const { values, bind } = binder();
      const conditions = [...sightConditions(sight, bind), ...filterConditions(filter, bind)];
      if (filter.threadId !== undefined && sight.scope === 'unit') conditions.push(THREAD_SEEN_BY_UNITS);
      const list = {
        columns: SUMMARY,
        from: TABLES,
        ...{ conditions, values },
        by: { at: 't.accepted_at', id: 't.id', order: 'newestFirst' },
      } as const;
      const { rows: tickets, next } = await readPage<TicketSummary>(db, list, page);
      return { tickets, next };
    },
  };
}
