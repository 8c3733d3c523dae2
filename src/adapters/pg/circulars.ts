import type { CircularBook, LockedCircular, ReceiptKey } from '../../app/ports/circulars.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { FactRow } from '../../domain/circulars/figures.ts';
import { circularReading, DIGEST } from './circular-reading.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const LOCKED = `c.id, c.state, c.revision, to_char(c.from_day, 'YYYY-MM-DD') as "from",
  to_char(c.to_day, 'YYYY-MM-DD') as "to", c.kinds, c.units, c.text, c.figures, c.author, c.writers, c.signatory,
  c.corrects, (select d.number from documents d where d.id = c.document_id) as number, ${DIGEST} as digest`;

export function circularBooks(db: PgDatabase): CircularBook {
  const writeRows = async (id: string, rows: readonly FactRow[], tx: Transaction): Promise<void> => {
    await db.on(tx).query(
      `insert into circular_rows (circular_id, kind, unit_code, ticket_id, subject_id, subject_number, at)
       select $1::uuid, kind, "unitCode", "ticketId", "subjectId", "subjectNumber", to_timestamp(at / 1000)
       from jsonb_to_recordset($2::jsonb) as r(kind text, "unitCode" text, "ticketId" uuid, "subjectId" uuid,
         "subjectNumber" text, at double precision)`,
      [id, JSON.stringify(rows)],
    );
  };
  const addStep = async (
    id: string,
    { at, by, move, words }: { at: number; by: string | null; move: string; words: string },
    tx: Transaction,
  ): Promise<void> => {
    await db.on(tx).query(
      `insert into circular_steps (circular_id, seq, at, by, move, revision, words)
       select c.id, 1 + (select count(*) from circular_steps s where s.circular_id = c.id), $2, $3::uuid, $4, c.revision, $5
       from circulars c where c.id = $1::uuid`,
      [id, new Date(at), by, move, words],
    );
  };

  return {
    ...circularReading(db),

    async add(circular, rows, tx) {
      const { id, from, to, kinds, units, text, figures, countedAt, author, writers, corrects } = circular;
      const at = new Date(countedAt);
      const on = db.on(tx);
      const { rowCount } = await on.query(
        `insert into circulars (id, state, from_day, to_day, kinds, units, text, figures, counted_at, written_at, author,
           writers, corrects)
         values ($1::uuid, 'draft', $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $8, $9::uuid, $11::uuid[], $10::uuid)
         on conflict do nothing`,
        [
          ...[id, from, to, kinds, units, JSON.stringify(text), JSON.stringify(figures), at],
          ...[author, corrects, writers],
        ],
      );
      if (rowCount !== 1) {
        const known = await on.query('select from circulars where id = $1::uuid', [id]);
        return known.rowCount === 1 ? 'known' : 'taken';
      }
      await writeRows(id, rows, tx);
      await addStep(id, { at: countedAt, by: author, move: 'write', words: '' }, tx);
      return 'added';
    },

    async lock(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<LockedCircular>(`select ${LOCKED} from circulars c where c.id = $1::uuid for update`, [id]);
      return rows[0] ?? null;
    },

    async rewrite(id, { text, units, by, at, words, counted }, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ revision: number }>(
        `update circulars set text = $2::jsonb, units = $3, revision = revision + 1,
           writers = case when $4::uuid = any (writers) then writers else writers || $4::uuid end,
           figures = coalesce($5::jsonb, figures), counted_at = coalesce($6, counted_at)
         where id = $1::uuid returning revision`,
        [
          ...[id, JSON.stringify(text), units, by],
          counted === null ? null : JSON.stringify(counted.figures),
          counted === null ? null : new Date(counted.at),
        ],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a circular that was locked is there');
      if (counted !== null) {
        await on.query('delete from circular_rows where circular_id = $1::uuid', [id]);
        await writeRows(id, counted.rows, tx);
      }
      await addStep(id, { at, by, move: 'edit', words }, tx);
      return row.revision;
    },

    async step(id, { move, to, by, at, words }, sets, tx) {
      const { signatory, sentAt = null, documentId = null, digest = null } = sets;
      await db.on(tx).query(
        `update circulars set state = $2, signatory = case when $3 then $4::uuid else signatory end,
           sent_at = coalesce($5, sent_at), document_id = coalesce($6::uuid, document_id),
           signed_digest = coalesce($7, signed_digest) where id = $1::uuid`,
        [
          ...[id, to, signatory !== undefined, signatory ?? null],
          sentAt === null ? null : new Date(sentAt),
          ...[documentId, digest],
        ],
      );
      await addStep(id, { at, by, move, words }, tx);
    },

    async facts(id, tx) {
      const { rows } = await db.on(tx).query<FactRow>(
        `select kind, unit_code as "unitCode", ticket_id as "ticketId", subject_id as "subjectId",
           subject_number as "subjectNumber", ${ms('at')} as at
         from circular_rows where circular_id = $1::uuid order by kind, at, subject_id`,
        [id],
      );
      return rows;
    },

    async seen(ticketIds, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`t.id = any (${bind(ticketIds)}::uuid[])`, ...sightConditions(sight, bind)];
      const { rows } = await db
        .on(tx)
        .query<{ id: string }>(`select t.id from tickets t where ${conditions.join(' and ')}`, values);
      return rows.map(({ id }) => id);
    },

    async send(id, recipients, tx) {
      await db.on(tx).query(
        `insert into circular_recipients (circular_id, unit_code, told, remind_at)
         select $1::uuid, "unitCode", told, to_timestamp("remindAt" / 1000)
         from jsonb_to_recordset($2::jsonb) as r("unitCode" text, told text, "remindAt" double precision)`,
        [id, JSON.stringify(recipients)],
      );
    },

    async read(id, { unitCode, by, at }) {
      const { rows } = await db.query<{ before: boolean; read: boolean }>(
        `with found as (
           select r.read_at is not null as before from circular_recipients r join circulars c on c.id = r.circular_id
           where r.circular_id = $1::uuid and r.unit_code = $2 and c.state = 'sent'
         ), written as (
           update circular_recipients set read_at = $4, read_by = $3::uuid, remind_at = null
           where circular_id = $1::uuid and unit_code = $2 and read_at is null and exists (select from found)
           returning true)
         select before, exists (select from written) as read from found`,
        [id, unitCode, by, new Date(at)],
      );
      const [row] = rows;
      return row === undefined ? 'none' : row.read ? 'read' : 'before';
    },

    async receiptsDue(until) {
      const { rows } = await db.query<ReceiptKey & { dueAt: number }>(
        `select r.circular_id as "circularId", r.unit_code as "unitCode", ${ms('r.remind_at')} as "dueAt"
         from circular_recipients r join circulars c on c.id = r.circular_id
         where r.read_at is null and r.remind_at <= $1 and c.state = 'sent' order by r.remind_at, 1, 2`,
        [new Date(until)],
      );
      return rows;
    },

    async lockUnread({ circularId, unitCode }, now, tx) {
      const { rows } = await db.on(tx).query<{
        number: string;
        unitName: string;
        sentAt: number;
        reminders: number;
      }>(
        `select d.number, u.name as "unitName", ${ms('c.sent_at')} as "sentAt", r.reminders
         from circulars c join circular_recipients r on r.circular_id = c.id join documents d on d.id = c.document_id
           join units u on u.code = r.unit_code
         where c.id = $1::uuid and c.state = 'sent' and r.unit_code = $2 and r.read_at is null and r.remind_at <= $3
         for update of c, r`,
        [circularId, unitCode, new Date(now)],
      );
      return rows[0] ?? null;
    },

    async reminded({ circularId, unitCode }, at, next, tx) {
      await db.on(tx).query(
        `update circular_recipients set reminders = reminders + 1, reminded_at = $3, remind_at = $4
         where circular_id = $1::uuid and unit_code = $2`,
        [circularId, unitCode, new Date(at), next === null ? null : new Date(next)],
      );
    },
  };
}
