import type { NewTicket, TicketBook, WrittenTicket } from '../../app/ports/tickets.ts';
import type { Explanation } from '../../domain/deadlines/due.ts';
import type { PgDatabase, Queryable } from './database.ts';
import { gathered } from './gathered.ts';
import { OVER_FREE } from './idempotency.ts';
import { appendLine } from './sql-time-line.ts';
import { GIVES_WAY } from './still-at-it.ts';

/**
 * Everything in one statement: one journey to the server and one transaction, and nothing of a ticket when its key is
 * another's already. Who comes at the same moment with the same key waits at it for the first; all other parts of a ticket hang
 * on the row of its key. A second outcome of a call, or a second ticket of an id, offends a key of its table, and that undoes
 * the whole statement.
 */
const INSERT = `
  with keys as (
    select "ticketId", "accountId", key, decode(hash, 'hex') as hash, status, to_jsonb(body) as response
    from jsonb_to_recordset($5::jsonb) as r("ticketId" uuid, "accountId" uuid, key text, hash text, status integer, body text)
  ), kept as (
    insert into idempotency_keys as k (account_id, key, request_hash, status, response)
    select "accountId", key, hash, status, response from keys order by "accountId", key
    ${OVER_FREE} returning k.account_id, k.key
  ), free as (
    select t.* from jsonb_to_recordset($1::jsonb) as t(id uuid, number text, "callId" uuid, type text, "categoryCode" text,
      title text, content text, place text, confidential boolean, anonymous boolean, urgency text, "citizenName" text,
      "citizenNumber" text, state text, "unitCode" text, line text, "acceptedAt" timestamptz, "dispatchedAt" timestamptz,
      "createdBy" uuid, channel text, "subtypeCode" text, tags text[], form jsonb, "countedWith" integer, "daySeconds" integer,
      version integer, "accusedUnitCode" text)
    left join keys q on q."ticketId" = t.id
    left join kept k on k.account_id = q."accountId" and k.key = q.key
    where q.key is null or k.key is not null
    -- Of keys and of calls everybody takes them in one order: nobody waits for who waits for him.
    order by t."callId"
  ), given_way as (
    delete from call_outcomes o using free f, calls c
    where o.call_id = f."callId" and c.id = o.call_id and ${GIVES_WAY} returning o.call_id
  ), outcome as (
    insert into call_outcomes (call_id, outcome, type, category, ticket_id, closed_by, closed_at)
    select "callId", 'ticket', type, "categoryCode", id, "createdBy", "acceptedAt" from free where "callId" is not null
      -- Read first, so that what gives way is gone.
      and (select count(*) from given_way) >= 0
  ), ticket as (
    insert into tickets (id, number, call_id, type, category_code, title, content, place, confidential, anonymous, urgency,
      citizen_name, citizen_number, state, unit_code, line, accepted_at, dispatched_at, created_by, channel,
      subtype_code, tags, form_category, form_version, form_values, counted_with, day_seconds, version, accused_unit)
    select id, number, "callId", type, "categoryCode", title, content, place, confidential, coalesce(anonymous, false),
      urgency, "citizenName", "citizenNumber", state, "unitCode", line, "acceptedAt", "dispatchedAt", "createdBy", channel,
      "subtypeCode", coalesce(tags, '{}'),
      form ->> 'categoryCode', (form ->> 'version')::integer, form -> 'values', "countedWith", "daySeconds", version, "accusedUnitCode"
    from free
    returning id
  ), line as (
    ${appendLine(
      `ticket join jsonb_to_recordset($2::jsonb) as e(id uuid, "ticketId" uuid, seq integer, at timestamptz, "actorId" uuid,
        "fromState" text, "toState" text, type text, reason text, body jsonb) on e."ticketId" = ticket.id
        order by ticket.id, e.seq`,
      {
        ...{ id: 'e.id', ticket: 'ticket.id', seq: 'e.seq', at: 'e.at', actor: 'e."actorId"' },
        ...{ fromState: 'e."fromState"', toState: 'e."toState"', type: 'e.type', reason: 'e.reason' },
        body: 'e.body',
      },
    )}
  ), marks as (
    insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation, provisional)
    select m.id, ticket.id, clock, kind, level, "startsAt", "dueAt", limits, $6::jsonb -> why, provisional
    from ticket join jsonb_to_recordset($3::jsonb) as m(id uuid, "ticketId" uuid, clock text, kind text, level integer,
      "startsAt" timestamptz, "dueAt" timestamptz, limits text, why integer, provisional boolean)
      on m."ticketId" = ticket.id
  ), told as (
    insert into outbox (topic, key, body)
    select o.topic, o.key, o.body
    from ticket join jsonb_to_recordset($4::jsonb) as o("ticketId" uuid, topic text, key text, body jsonb)
      on o."ticketId" = ticket.id
  )
  select id from ticket`;

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Whose key was offended, and what that means. */
const OFFENDED: Readonly<Record<string, WrittenTicket>> = {
  tickets_pkey: 'idTaken',
  tickets_one_per_call: 'outcomeExists',
  call_outcomes_pkey: 'outcomeExists',
};

function offence(error: unknown): WrittenTicket | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return null;
  return 'constraint' in error ? (OFFENDED[String(error.constraint)] ?? null) : null;
}

/**
 * Marks as the statement reads them, and the explanations that they point to by number: most of what a ticket's deadlines weigh
 * is how they were counted, and the marks of a day share that. Kept once, with the mark at the end of a limit.
 */
class MarkRows {
  readonly explanations: Explanation[] = [];
  readonly #numbers = new Map<Explanation, number>();

  rowsOf({ ticket, marks, limits }: NewTicket): readonly object[] {
    return marks.map(({ id, clock, kind, level, startsAt, dueAt, explanation, provisional }) => ({
      ...{ id, ticketId: ticket.id, clock, kind, level, limits, provisional },
      ...{ startsAt: iso(startsAt), dueAt: iso(dueAt) },
      why: kind === 'warning' ? null : this.#numberOf(explanation),
    }));
  }

  #numberOf(explanation: Explanation): number {
    const known = this.#numbers.get(explanation);
    if (known !== undefined) return known;
    this.#numbers.set(explanation, this.explanations.length);
    return this.explanations.push(explanation) - 1;
  }
}

/** By table, each row with the id of its ticket. */
function rowsOf(opened: readonly NewTicket[]): readonly string[] {
  const each = (rows: (one: NewTicket) => readonly object[]): string => JSON.stringify(opened.flatMap(rows));
  const marks = new MarkRows();
  return [
    each(({ ticket, events, calendarEdition, daySeconds }) => [
      {
        ...ticket,
        acceptedAt: iso(ticket.acceptedAt),
        dispatchedAt: iso(ticket.dispatchedAt),
        countedWith: calendarEdition,
        daySeconds,
        version: events.length,
      },
    ]),
    each(({ ticket, events }) =>
      events.map((event, at) => ({ ...event, at: iso(event.at), ticketId: ticket.id, seq: at + 1 })),
    ),
    each((one) => marks.rowsOf(one)),
    each(({ ticket, outbox }) => [{ ...outbox, ticketId: ticket.id }]),
    each(({ ticket, kept }) => {
      if (kept === null) return [];
      const { accountId, key, requestHash } = kept.key;
      const hash = Buffer.from(requestHash).toString('hex');
      return [{ ...kept.answer, ticketId: ticket.id, accountId, key, hash }];
    }),
    // Behind the marks, which collect them.
    JSON.stringify(marks.explanations),
  ];
}

async function write(opened: readonly NewTicket[], on: Queryable): Promise<readonly WrittenTicket[]> {
  try {
    const { rows } = await on.query<{ id: string }>(INSERT, rowsOf(opened), 'insert-tickets');
    const written = new Set(rows.map(({ id }) => id));
    return opened.map(({ ticket }) => (written.has(ticket.id) ? 'inserted' : 'keyTaken'));
  } catch (error) {
    // Of several nobody can say whose fault it was: each is written by itself then.
    const offended = opened.length === 1 ? offence(error) : null;
    if (offended === null) throw error;
    return [offended];
  }
}

/**
 * Tickets that are opened in one moment are written in one transaction: what is paid once for a statement is paid once for all
 * of them. Each is answered when it is on the disk, and one that may not be written keeps none of the others from it.
 */
export function ticketInsertion(db: PgDatabase): TicketBook['insert'] {
  const together = gathered((opened: readonly NewTicket[]) => write(opened, db.on()));
  return async (opened, tx) => {
    if (tx === undefined) return together(opened);
    const [written] = await write([opened], db.on(tx));
    if (written === undefined) throw new Error('a ticket that was neither written nor refused');
    return written;
  };
}
