import type { IdempotentRequest, StoredAnswer } from '../../app/ports/idempotency.ts';
import type {
  AnsweredCall,
  NewTicket,
  OpeningFacts,
  TicketBook,
  WrittenTicket,
} from '../../app/ports/tickets.ts';
import { SETTINGS, settingsOf } from './calendar.ts';
import type { PgDatabase } from './database.ts';
import { markRows } from './deadline-rows.ts';
import { claimOf, KEPT_ANSWER, type KeyFacts, keyFacts, OVER_FREE } from './idempotency.ts';
import { appendLine } from './sql-time-line.ts';

/** Also for `outcomes.ts`: what a ticket or an outcome must know of call $n, as one JSON object or null. */
export const CALL_FACTS = (parameter: string): string => `(
  select jsonb_build_object('id', c.id, 'line', c.line, 'callerNumber', c.caller_number,
    'answered', c.talk_started_at is not null or coalesce(
      c.result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre'), false),
    'messageLeft', exists (select from voice_messages v where v.call_id = c.id),
    'outcome', (select jsonb_build_object('kind', o.outcome, 'ticketId', o.ticket_id)
      from call_outcomes o where o.call_id = c.id))
  from calls c where c.id = ${parameter}::uuid)`;

const FACTS = `
  select $1::text is null or exists (select from units where code = $1) as "unitKnown",
    exists (select from categories where code = $2) as "categoryKnown",
    ${CALL_FACTS('$3')} as call, nextval('ticket_number')::integer as sequence, ${SETTINGS} as settings,
    ${keyFacts('$4::uuid', '$5::text', '$6::bytea')} as key`;

/**
 * Everything in one statement: one journey to the server and one transaction, and nothing of it when the key is another's
 * already. Who comes at the same moment waits at the key for the first; all other parts hang on its row. A second outcome
 * of a call, or a second ticket of an id, offends a key of its table, and that undoes the whole statement.
 */
const INSERT = `
  with kept as (
    insert into idempotency_keys as k (account_id, key, request_hash, status, response)
    ${KEPT_ANSWER('$9')} ${OVER_FREE} returning key
  ), free as (
    select where $9::jsonb is null or exists (select from kept)
  ), outcome as (
    insert into call_outcomes (call_id, outcome, type, category, ticket_id, closed_by, closed_at)
    select "callId", 'ticket', type, "categoryCode", id, "createdBy", "acceptedAt"
    from free, jsonb_to_record($1::jsonb) as t("callId" uuid, type text, "categoryCode" text, id uuid, "createdBy" uuid,
      "acceptedAt" timestamptz)
    where "callId" is not null
  ), ticket as (
    insert into tickets (id, number, call_id, type, category_code, title, content, place, confidential, anonymous, urgency,
      citizen_name, citizen_number, state, unit_code, line, accepted_at, dispatched_at, created_by, channel,
      counted_with, version)
    select id, number, "callId", type, "categoryCode", title, content, place, confidential, coalesce(anonymous, false),
      urgency, "citizenName",
      "citizenNumber", state, "unitCode", line, "acceptedAt", "dispatchedAt", "createdBy", channel, $8,
      jsonb_array_length($2::jsonb)
    from free, jsonb_to_record($1::jsonb) as t(id uuid, number text, "callId" uuid, type text, "categoryCode" text,
      title text, content text, place text, confidential boolean, anonymous boolean, urgency text, "citizenName" text, "citizenNumber" text,
      state text, "unitCode" text, line text, "acceptedAt" timestamptz, "dispatchedAt" timestamptz,
      "createdBy" uuid, channel text)
    returning id
  ), line as (
    ${appendLine(
      `ticket, rows from (jsonb_to_recordset($2::jsonb) as (id uuid, at timestamptz, "actorId" uuid,
        "fromState" text, "toState" text, type text, reason text, body jsonb)) with ordinality
        as e(id, at, "actorId", "fromState", "toState", type, reason, body, seq)`,
      {
        ...{
          id: 'e.id',
          ticket: 'ticket.id',
          seq: 'seq',
          at: 'at',
          actor: '"actorId"',
          fromState: '"fromState"',
        },
        ...{ toState: '"toState"', type: 'type', reason: 'reason', body: 'body' },
      },
    )}
  ), marks as (
    insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation, provisional)
    select m.id, ticket.id, clock, kind, level, "startsAt", "dueAt", $4, explanation, provisional
    from ticket, jsonb_to_recordset($3::jsonb) as m(id uuid, clock text, kind text, level integer,
      "startsAt" timestamptz, "dueAt" timestamptz, explanation jsonb, provisional boolean)
  ), told as (
    insert into outbox (topic, key, body) select $5, $6, $7::jsonb from ticket
  )
  select count(*)::integer as inserted from ticket`;

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

function keptRow(
  kept: { readonly key: IdempotentRequest; readonly answer: StoredAnswer } | null,
): string | null {
  if (kept === null) return null;
  const { accountId, key, requestHash } = kept.key;
  return JSON.stringify({ accountId, key, hash: Buffer.from(requestHash).toString('hex'), ...kept.answer });
}

export function ticketOpening(db: PgDatabase): Pick<TicketBook, 'openingFacts' | 'insert'> {
  return {
    async openingFacts({ unitCode, categoryCode, callId, key }) {
      const { rows } = await db.query<
        Omit<OpeningFacts, 'settings' | 'key'> & {
          call: AnsweredCall | null;
          settings: string;
          key: KeyFacts | null;
        }
      >(
        FACTS,
        [unitCode, categoryCode, callId, key?.accountId ?? null, key?.key ?? null, key?.requestHash ?? null],
        'opening-facts',
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return { ...row, settings: settingsOf(row.settings), key: claimOf(row.key) };
    },

    async insert({ ticket, events, marks, limits, calendarEdition, outbox, kept }: NewTicket, tx) {
      const values = [
        JSON.stringify({
          ...ticket,
          acceptedAt: iso(ticket.acceptedAt),
          dispatchedAt: iso(ticket.dispatchedAt),
        }),
        JSON.stringify(events.map((event) => ({ ...event, at: iso(event.at) }))),
        markRows(marks),
        limits,
        outbox.topic,
        outbox.key,
        JSON.stringify(outbox.body),
        calendarEdition,
        keptRow(kept),
      ];
      try {
        const { rows } = await db.on(tx).query<{ inserted: number }>(INSERT, values, 'insert-ticket');
        return rows[0]?.inserted === 1 ? 'inserted' : 'keyTaken';
      } catch (error) {
        const offended = offence(error);
        if (offended === null) throw error;
        return offended;
      }
    },
  };
}
