import type { TicketBook, TicketDetail, TicketFilter, TicketSummary } from '../../app/ports/tickets.ts';
import { CLOSED_SINCE } from './closed-since.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { OUTCOME } from './ticket-reply.ts';
import { ACCUSED, type Bind, binder, sightConditions, THREAD_SEEN_BY_UNITS } from './ticket-sight.ts';
import { ticketOpening } from './tickets-opening.ts';

const due = (clock: string): string =>
  `(select ${iso('d.due_at')} from deadlines d where d.ticket_id = t.id and d.clock = '${clock}' and d.kind = 'overdue')`;

/** Since when it bears its category. */
const CODED = 'coalesce(t.coded_at, t.accepted_at)';

/** Of a row that has not been renamed since it is what it is called; else its name is looked up in the edition of then. */
const nameOfDay = (list: 'category' | 'unit', row: string, instant: string): string =>
  `case when ${row}.since <= ${instant} then ${row}.name
    else coalesce(code_name('${list}', ${row}.code, ${instant}), ${row}.name) end`;

const SUBTYPE = `case when t.subtype_code is not null then jsonb_build_object('code', t.subtype_code, 'name',
  coalesce(code_name('type', t.subtype_code, t.accepted_at), t.subtype_code)) end`;
const TAGS = `case when t.tags = '{}' then '[]'::jsonb else (select jsonb_agg(jsonb_build_object('code', k.code, 'name',
  coalesce(code_name('tag', k.code, t.accepted_at), k.code)) order by k.n) from unnest(t.tags) with ordinality k(code, n)) end`;

/** What a category that is none any more is today. */
const NOW = `(select coalesce(jsonb_agg(jsonb_build_object('code', n.code, 'name', n.name) order by p.main desc, n.code), '[]')
  from code_paths p join categories n on n.code = p.now_code where p.list = 'category' and p.code = t.category_code)`;

const SUMMARY = `t.id, t.number, t.call_id as "callId", t.type,
  jsonb_build_object('code', c.code, 'name', ${nameOfDay('category', 'c', CODED)}) as category,
  ${SUBTYPE} as subtype, ${TAGS} as tags, t.title, t.place, t.confidential, t.anonymous,
  t.listed_only as "listedOnly", t.urgency,
  t.citizen_name as "citizenName", t.citizen_number as "citizenNumber", t.state,
  case when u.code is not null then jsonb_build_object('code', u.code, 'name',
    ${nameOfDay('unit', 'u', `coalesce(${CLOSED_SINCE}, now())`)}) end as unit, t.line, t.channel,
  ${OUTCOME} as outcome, (select jsonb_build_object('code', a.code, 'name', a.name) from units a
    where a.code = t.accused_unit) as "accusedUnit", ${iso('t.accepted_at')} as "acceptedAt", ${iso('t.dispatched_at')} as "dispatchedAt",
  ${iso(CLOSED_SINCE)} as "closedAt", ${due('citizen')} as "citizenDueAt", ${due('unit')} as "unitDueAt",
  exists (select from deadlines d where d.ticket_id = t.id and d.kind = 'overdue' and d.state = 'done') as overdue`;

const TABLES = `tickets t join categories c on c.code = t.category_code left join units u on u.code = t.unit_code`;

function filterConditions(filter: TicketFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (filter.state !== undefined) conditions.push(`t.state = ${bind(filter.state)}`);
  if (filter.type !== undefined) conditions.push(`t.type = ${bind(filter.type)}`);
  if (filter.categoryCode !== undefined) {
    conditions.push(
      `t.category_code = any ((select categories_within(${bind(filter.categoryCode)}))::text[])`,
    );
  }
  if (filter.subtypeCode !== undefined) {
    conditions.push(
      `t.subtype_code = any ((select same_codes('type', ${bind(filter.subtypeCode)}))::text[])`,
    );
  }
  if (filter.tag !== undefined) {
    conditions.push(`t.tags && (select same_codes('tag', ${bind(filter.tag)}))`);
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
  // As the index of cases has it.
  if (filter.outcome === 'caseFiled') conditions.push(`t.outcome = 'caseFiled'`);
  else if (filter.outcome !== undefined) conditions.push(`t.outcome = ${bind(filter.outcome)}`);
  if (filter.aboutConduct !== undefined) {
    conditions.push(`t.accused_unit is ${filter.aboutConduct ? 'not ' : ''}null`);
  }
  if (filter.channel !== undefined) conditions.push(`t.channel = ${bind(filter.channel)}`);
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

const FORM = `(select jsonb_build_object('categoryCode', f.category_code, 'version', f.version, 'title', f.title,
    'fields', f.fields, 'values', t.form_values)
  from appeal_forms f where f.category_code = t.form_category and f.version = t.form_version)`;

const DETAIL = `select ${SUMMARY}, ${NOW} as "categoryNow", ${FORM} as form, t.version, t.content,
  ${ACCUSED} as "accusedUnits", ${iso('t.contacted_at')} as "contactedAt",
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

/** Which thread they speak of would lead to tickets of the same citizen. */
const OF_THREADS: readonly string[] = ['complexCase', 'threadChanged'];
/** What the citizen said of a unit is not for the unit: it would know before it is asked about in the return visit. */
const NEVER_OF_UNITS: readonly string[] = ['citizenRated'];

/** As units read it: that such a line is there may be seen, and not what it says. */
function asUnitsSee(ticket: TicketDetail): TicketDetail {
  const kept = ticket.anonymous || ticket.confidential ? [...OF_THREADS, ...NEVER_OF_UNITS] : NEVER_OF_UNITS;
  const timeline = ticket.timeline.map((line) =>
    kept.includes(line.type) ? { ...line, reason: '', body: {} } : line,
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
      return sight.scope === 'unit' ? asUnitsSee(ticket) : ticket;
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
