import { createHash } from 'node:crypto';
import type {
  AboutTicket,
  IncomingView,
  IntakeBook,
  IntakeResult,
  NewIncoming,
} from '../../app/ports/intake.ts';
import type { LatestOfSender } from '../../domain/intake/incoming.ts';
import { OVER } from '../../domain/tickets/following.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import { OF_CITIZENS } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { type Bind, binder, sightConditions } from './ticket-sight.ts';

// The row is there before anything is decided about it: whoever brings the same message at the same moment waits at its key.
const UNDECIDED = `'parked', 'undecided'`;
const TAKE = `
  insert into incoming_messages (id, channel, message_id, sender, text, fields, sent_at, received_at, proof, outcome, reason)
  values ($1::uuid, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, ${UNDECIDED}) on conflict do nothing returning id`;

const RESULT = `m.outcome, m.ticket_id as "ticketId", t.number as "ticketNumber", m.reason`;
const WITH_TICKET = 'incoming_messages m left join tickets t on t.id = m.ticket_id';

const LATEST = `
  with last as (select ticket_id from incoming_messages where channel = $1 and sender = $2 and ticket_id is not null
      and received_at > $3 order by received_at desc, id desc limit 1),
    run as (select o.received_at, o.received_at - lag(o.received_at) over (order by o.received_at, o.id) as pause
      from incoming_messages o join last using (ticket_id) where o.channel = $1 and o.sender = $2)
  select m.ticket_id as "ticketId", t.state, ${ms('m.received_at')} as at,
    (select count(*)::integer from run where received_at >= coalesce(
      (select max(received_at) from run where pause >= $4 * interval '1 millisecond'), '-infinity')) as messages
  from incoming_messages m join tickets t on t.id = m.ticket_id
  where m.channel = $1 and m.sender = $2 and m.received_at > $3
  order by m.received_at desc, m.id desc limit 1`;

/** His by what he sent before, or by the telephone that stands in it: never one of which nothing is told without asking who asks. */
const QUOTED = `
  select t.id as "ticketId", t.state from tickets t
  where t.number = $3 and not t.confidential and not t.listed_only and ${OF_CITIZENS}
    and (exists (select from incoming_messages m where m.ticket_id = t.id and m.channel = $1 and m.sender = $2)
      or ($1 = 'sms' and t.citizen_number <> '' and citizen_key(t.citizen_number) = citizen_key($2)
        and citizen_key($2) <> ''))`;

const NUMBERLESS = `
  select t.id from incoming_messages m join tickets t on t.id = m.ticket_id
  where m.channel = $1 and m.sender = $2 and t.citizen_number = '' and t.state <> all($3)
    and not t.confidential and not t.listed_only and ${OF_CITIZENS}
  order by m.received_at desc, m.id desc limit 1`;

/** By the letters before it, or, where these were others once, because there is one. */
const OURS = `
  select exists (select from ticket_settings where $1 ~ ('^' || number_prefix || '[0-9]'))
    or exists (select from tickets where number = $1) as ours`;

const VIEW = {
  columns: `m.id, m.channel, m.sender, m.text, ${iso('m.sent_at')} as "sentAt", ${iso('m.received_at')} as "receivedAt",
    ${RESULT}, case when m.settled_as is not null then jsonb_build_object('as', m.settled_as, 'at', ${iso('m.settled_at')},
      'note', m.settled_note, 'by', jsonb_build_object('id', a.id, 'displayName', a.display_name)) end as settled`,
  from: `${WITH_TICKET} left join accounts a on a.id = m.settled_by`,
};

const LOCK = `
  select m.id, m.channel, m.message_id as "messageId", m.sender, m.text, m.fields, ${ms('m.sent_at')} as "sentAt",
    ${ms('m.received_at')} as "receivedAt", m.proof, m.outcome = 'parked' and m.settled_as is null as waits,
    (select jsonb_build_object('ticketId', s.id, 'confidential', s.confidential, 'listedOnly', s.listed_only,
       'anonymous', s.anonymous) from tickets s
       where s.id = m.about_ticket) as about
  from incoming_messages m where`;

/**
 * Of those that it names, the one that fewest may read; else the last of its sender; else, of whoever reported by telephone and
 * writes from it now, what few may read of his.
 */
const ABOUT = `
  select coalesce(
    (select id from tickets where number = any($3::text[]) order by listed_only desc, confidential desc limit 1),
    (select ticket_id from incoming_messages where channel = $1 and sender = $2 and ticket_id is not null
       order by received_at desc, id desc limit 1),
    (select id from tickets where $1 = 'sms' and citizen_number <> '' and citizen_key(citizen_number) = citizen_key($2)
       and citizen_key($2) <> '' and confidential and state <> 'archived'
       order by listed_only desc, accepted_at desc limit 1)) as about`;

/** What opened a ticket, was added to one, or waits and is about one, is as secret as that ticket. */
const seenBy = (sight: Sight, bind: Bind): string => {
  const conditions = sightConditions(sight, bind);
  const its = 'coalesce(m.ticket_id, m.about_ticket)';
  if (conditions.length === 0) return 'true';
  return `(${its} is null or exists (select from tickets t where t.id = ${its} and ${conditions.join(' and ')}))`;
};

const SPEND = `
  insert into spent_proofs as s (channel, proof, spent_on, at) values ($1, $2, $3, $4)
  on conflict (channel, proof) do update set spent_on = s.spent_on returning s.spent_on = $3 as mine`;

/** $2 '': none is given. */
const GIVE_NUMBER = `
  with before as (select id, citizen_number from tickets where id = $1::uuid),
    given as (update tickets t set citizen_number = $2 from before b
      where t.id = b.id and b.citizen_number = '' and $2 <> '' returning t.id)
  select case when exists (select from given) then 'given' when citizen_number = '' then 'without' else 'had' end as came
  from before`;

export function intakeBooks(db: PgDatabase): IntakeBook {
  return {
    async take({ id, channel, messageId, sender, text, fields, sentAt, receivedAt, proof }, tx) {
      const values = [id, channel, messageId, sender, text, JSON.stringify(fields)];
      const taken = await db.on(tx).query(TAKE, [...values, new Date(sentAt), new Date(receivedAt), proof]);
      if (taken.rowCount === 1) return { kind: 'taken' };
      const { rows } = await db
        .on(tx)
        .query<IntakeResult & Pick<NewIncoming, 'sender' | 'text' | 'fields'> & { withoutNumber: boolean }>(
          `select ${RESULT}, m.sender, m.text, m.fields, coalesce(t.citizen_number = '', false) as "withoutNumber"
           from ${WITH_TICKET} where m.channel = $1 and m.message_id = $2`,
          [channel, messageId],
        );
      const [known] = rows;
      if (known === undefined) return { kind: 'proofUsed' };
      const { sender: by, text: words, fields: asked, withoutNumber, ...result } = known;
      return { kind: 'known', result, sender: by, text: words, fields: asked, withoutNumber };
    },

    async spend({ channel, proof, on, at }, tx) {
      const { rows } = await db.on(tx).query<{ mine: boolean }>(SPEND, [channel, proof, on, new Date(at)]);
      return rows[0]?.mine === true;
    },

    async forgetProofs(before) {
      return (await db.query('delete from spent_proofs where at < $1', [new Date(before)])).rowCount ?? 0;
    },

    ownIdOf({ messageId, sender, text }) {
      const hash = createHash('sha256').update(JSON.stringify([sender, text]));
      return `${messageId}#${hash.digest('hex')}`;
    },

    async inTurn(channel, sender, tx) {
      await db
        .on(tx)
        .query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`intake:${channel}:${sender}`]);
    },

    async latestOf(channel, sender, { since, joinMs }, tx) {
      const values = [channel, sender, new Date(since), joinMs];
      return (await db.on(tx).query<LatestOfSender>(LATEST, values)).rows[0] ?? null;
    },

    async numberless(channel, sender, tx) {
      const { rows } = await db.on(tx).query<{ id: string }>(NUMBERLESS, [channel, sender, OVER]);
      return rows[0]?.id ?? null;
    },

    async quoted({ channel, sender }, number, tx) {
      const values = [channel, sender, number];
      const { rows } = await db.on(tx).query<{ ticketId: string; state: TicketState }>(QUOTED, values);
      if (rows[0] !== undefined) return rows[0];
      const asked = await db.on(tx).query<{ ours: boolean }>(OURS, [number]);
      return asked.rows[0]?.ours === true ? 'unknown' : null;
    },

    async giveNumber(ticketId, number, tx) {
      type Came = Awaited<ReturnType<IntakeBook['giveNumber']>>;
      const { rows } = await db.on(tx).query<{ came: Came }>(GIVE_NUMBER, [ticketId, number]);
      const [row] = rows;
      if (row === undefined) throw new Error('a locked ticket is gone');
      return row.came;
    },

    async decide(id, { outcome, ticketId, reason, about }, tx) {
      await db
        .on(tx)
        .query(
          'update incoming_messages set outcome = $2, ticket_id = $3::uuid, reason = $4, about_ticket = $5::uuid where id = $1::uuid',
          [id, outcome, ticketId, reason, about],
        );
    },

    async waitingSince(cameBefore) {
      const { rows } = await db.query<Awaited<ReturnType<IntakeBook['waitingSince']>>>(
        `select count(*)::integer as messages, (array_agg(jsonb_build_object('id', id, 'receivedAt', ${ms('received_at')})
           order by received_at, id))[1] as oldest, ${ms('max(received_at)')} as "lastCameAt"
         from incoming_messages where outcome = 'parked' and settled_as is null and received_at < $1`,
        [new Date(cameBefore)],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an aggregate without a row');
      return row;
    },

    async list({ waiting, channel, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = [seenBy(sight, bind)];
      const waits = `m.outcome = 'parked' and m.settled_as is null`;
      if (waiting !== undefined) conditions.push(waiting ? waits : `not (${waits})`);
      if (channel !== undefined) conditions.push(`m.channel = ${bind(channel)}`);
      if (ticketId !== undefined) conditions.push(`m.ticket_id = ${bind(ticketId)}::uuid`);
      // Who waits longest comes first; what is over, the newest.
      const order = waiting === true ? 'oldestFirst' : 'newestFirst';
      const by = { at: 'm.received_at', id: 'm.id', order } as const;
      return readPage<IncomingView>(db, { ...VIEW, conditions, values, by }, page);
    },

    async one(id, sight) {
      const { values, bind } = binder();
      const asked = `select ${VIEW.columns} from ${VIEW.from} where m.id = ${bind(id)}::uuid and ${seenBy(sight, bind)}`;
      return (await db.query<IncomingView>(asked, values)).rows[0] ?? null;
    },

    async about({ channel, sender }, numbers, tx) {
      const { rows } = await db.on(tx).query<{ about: string | null }>(ABOUT, [channel, sender, numbers]);
      return rows[0]?.about ?? null;
    },

    async lock(id, sight, tx) {
      type Row = NewIncoming & { readonly waits: boolean; readonly about: AboutTicket | null };
      const { values, bind } = binder();
      const asked = `${LOCK} m.id = ${bind(id)}::uuid and ${seenBy(sight, bind)} for update of m`;
      const row = (await db.on(tx).query<Row>(asked, values)).rows[0];
      return row === undefined ? null : { ...row, fault: null };
    },

    async settle(id, { as, at, by, note, ticketId }, tx) {
      await db.on(tx).query(
        `update incoming_messages set settled_as = $2, settled_at = $3, settled_by = $4::uuid, settled_note = $5,
           ticket_id = $6::uuid where id = $1::uuid`,
        [id, as, new Date(at), by, note, ticketId],
      );
    },
  };
}
