import { AppError } from '../../app/errors.ts';
import type {
  ClaimedMessage,
  MessageBook,
  MessageFilter,
  MessageSettings,
  MessageView,
  RetrainingCall,
} from '../../app/ports/messages.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { MessageState } from '../../domain/messages/life.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';

/** Two workers planning at once would write to one citizen twice. */
const RETRAINING_LOCK = 1_234_500_008;

const VIEW = `id, ${iso('created_at')} as "createdAt", kind, number, text,
  jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject, ${iso('not_before')} as "notBefore",
  state, attempts, driver, proof, text_hash as "textHash", failure, ${iso('finished_at')} as "finishedAt"`;

const CLAIM = `
  update citizen_messages set state = 'sending', claimed_until = $2, attempts = attempts + 1
  where id in (select id from citizen_messages where state = 'pending' and not_before <= $1
    order by not_before, id limit $3 for update skip locked)
  returning id, ${ms('created_at')} as "createdAt", kind, number, text,
    jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject, ${ms('not_before')} as "notBefore",
    dedupe_key as "dedupeKey", attempts as attempt, failures,
    ${ms('wanted_at')} as "wantedAt"`;

const HELD = `where id = $1::uuid and state = 'sending' and attempts = $2`;

const INSERT = `
  insert into citizen_messages
    (id, created_at, kind, number, text, subject_kind, subject_id, not_before, wanted_at, dedupe_key)
  select id, to_timestamp("createdAt" / 1000), kind, number, text, subject ->> 'kind', subject ->> 'id',
    to_timestamp("notBefore" / 1000), to_timestamp("createdAt" / 1000), "dedupeKey"
  from jsonb_to_recordset($1::jsonb) as m(id uuid, "createdAt" double precision, kind text, number text, text text,
    subject jsonb, "notBefore" double precision, "dedupeKey" text)
  on conflict (dedupe_key) do nothing returning id`;

// A mobile number's last eleven digits are the same in every spelling; what is none is sorted out by the domain.
const RETRAINING_CALLS = `
  with c as (
    select distinct on (line, mobile) * from (
      select id, ended_at, line, caller_number, right(regexp_replace(caller_number, '\\D', '', 'g'), 11) as mobile
      from calls where mode = any ($1::text[]) and ended_at >= $2 and line is not null
    ) ended where mobile ~ '^1[3-9][0-9]{9}$' order by line, mobile, ended_at
  )
  select c.id as "callId", c.caller_number as "callerNumber", c.line, coalesce(l.name, c.line) as "lineName"
  from c left join lateral
    (select name from lines where number = c.line order by valid_from desc limit 1) l on true
  where not exists (select from citizen_messages m where m.number = c.mobile and m.kind = 'retraining'
    and m.subject_id = c.line and m.created_at > $3 and m.state <> 'cancelled')
  order by c.ended_at limit $4`;

export function messageBooks(db: PgDatabase): MessageBook {
  const written = async (
    text: string,
    values: readonly unknown[],
    tx?: Transaction,
  ): Promise<'written' | 'lost'> =>
    (await db.on(tx).query(text, values)).rowCount === 1 ? 'written' : 'lost';

  return {
    async settings(tx) {
      const { rows } = await db.on(tx).query<{
        readonly from: number;
        readonly to: number;
        readonly retraining: boolean;
        readonly ticketSteps: boolean;
        readonly zone: string;
        readonly areaCode: string;
        readonly mainNumber: string;
        readonly municipality: string;
      }>(
        `select s.quiet_from_minute as from, s.quiet_to_minute as to, s.retraining, s.ticket_steps as "ticketSteps", m.time_zone as zone,
           m.area_code as "areaCode", m.main_number as "mainNumber", m.name as municipality
         from message_settings s cross join municipality m`,
      );
      const [row] = rows;
      if (row === undefined) throw new AppError('rules.none');
      const { from, to, ...rest } = row;
      return { ...rest, quietHours: { fromMinute: from, toMinute: to } };
    },

    async saveSettings({ quietHours, retraining, ticketSteps }: MessageSettings, tx) {
      await db.on(tx).query(
        `update message_settings set quiet_from_minute = $1, quiet_to_minute = $2, retraining = $3,
           ticket_steps = $4`,
        [quietHours.fromMinute, quietHours.toMinute, retraining, ticketSteps],
      );
    },

    async add(messages, tx) {
      const { rows } = await db.on(tx).query<{ id: string }>(INSERT, [JSON.stringify(messages)]);
      return rows.map(({ id }) => id);
    },

    async claim(now, until, limit) {
      const { rows } = await db.query<ClaimedMessage>(CLAIM, [new Date(now), new Date(until), limit]);
      return rows;
    },

    deliver: ({ id, attempt, text }, at, driver, proof) =>
      written(
        `update citizen_messages set state = 'sent', claimed_until = null, finished_at = $3, driver = $4,
           proof = $5, failure = null, text_hash = encode(sha256(convert_to($6, 'UTF8')), 'hex') ${HELD}`,
        [id, attempt, new Date(at), driver, proof, text],
      ),

    putBack: ({ id, attempt }, until, failure) =>
      written(
        `update citizen_messages set state = 'pending', claimed_until = null, not_before = $3,
           driver = coalesce($4, driver), failure = coalesce($5, failure),
           failures = failures + ($5::text is not null)::integer ${HELD}`,
        [id, attempt, new Date(until), failure?.driver ?? null, failure?.why ?? null],
      ),

    fail: ({ id, attempt }, at, driver, why, tx) =>
      written(
        `update citizen_messages set state = 'failed', claimed_until = null, finished_at = $3, driver = $4,
           failure = $5, failures = failures + 1 ${HELD}`,
        [id, attempt, new Date(at), driver, why],
        tx,
      ),

    cancel: ({ id, attempt }, at, why, tx) =>
      written(
        `update citizen_messages set state = 'cancelled', claimed_until = null, finished_at = $3, failure = $4 ${HELD}`,
        [id, attempt, new Date(at), why],
        tx,
      ),

    async releaseExpired(now, limit) {
      const { rowCount } = await db.query(
        `update citizen_messages set state = 'pending', claimed_until = null, failures = failures + 1
         where id in (select id from citizen_messages where state = 'sending' and claimed_until < $1
           order by claimed_until limit $2 for update skip locked)`,
        [new Date(now), limit],
      );
      return rowCount ?? 0;
    },

    async cancelPending(about, at, why, tx) {
      const [condition, values] = pendingAbout(about);
      const freed = 'dedupeKey' in about ? `, dedupe_key = dedupe_key || ' cancelled ' || id` : '';
      const { rowCount } = await db.on(tx).query(
        `update citizen_messages set state = 'cancelled', finished_at = $1, failure = $2${freed}
         where state = 'pending' and ${condition}`,
        [new Date(at), why, ...values],
      );
      return rowCount ?? 0;
    },

    async askAgain(at, tx) {
      await db.on(tx).query(
        `update citizen_messages set not_before = $1
         where state = 'pending' and failures = 0 and not_before > $1`,
        [new Date(at)],
      );
    },

    async retry(id, notBefore, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ state: MessageState }>('select state from citizen_messages where id = $1::uuid for update', [
          id,
        ]);
      const state = rows[0]?.state ?? null;
      if (state !== 'failed') return state;
      await db.on(tx).query(
        `update citizen_messages set state = 'pending', finished_at = null, failures = 0, not_before = $2,
           wanted_at = $2 where id = $1::uuid`,
        [id, new Date(notBefore)],
      );
      return 'retried';
    },

    async list(filter, page) {
      const values: unknown[] = [];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const conditions = conditionsOf(filter, bind);
      const list = {
        columns: VIEW,
        from: 'citizen_messages',
        ...{ conditions, values },
        by: { at: 'created_at', id: 'id', order: 'newestFirst' },
      } as const;
      const { rows: messages, next } = await readPage<MessageView>(db, list, page);
      return { messages, next };
    },

    async lockRetraining(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [RETRAINING_LOCK]);
      return rows[0]?.mine === true;
    },

    async retrainingCalls({ modes, endedSince, writtenSince, limit }, tx) {
      const { rows } = await db
        .on(tx)
        .query<RetrainingCall>(RETRAINING_CALLS, [
          modes,
          new Date(endedSince),
          new Date(writtenSince),
          limit,
        ]);
      return rows;
    },
  };
}

function conditionsOf(filter: MessageFilter, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  if (filter.state !== undefined) conditions.push(`state = ${bind(filter.state)}`);
  if (filter.kind !== undefined) conditions.push(`kind = ${bind(filter.kind)}`);
  if (filter.subjectKind !== undefined) conditions.push(`subject_kind = ${bind(filter.subjectKind)}`);
  if (filter.subjectId !== undefined) conditions.push(`subject_id = ${bind(filter.subjectId)}`);
  return conditions;
}

function pendingAbout(about: Parameters<MessageBook['cancelPending']>[0]): [string, readonly unknown[]] {
  if ('dedupeKey' in about) return ['dedupe_key = $3', [about.dedupeKey]];
  if ('kind' in about) return ['kind = $3', [about.kind]];
  const { subject, kinds = null } = about;
  return [
    'subject_kind = $3 and subject_id = $4 and ($5::text[] is null or kind = any ($5))',
    [subject.kind, subject.id, kinds],
  ];
}
