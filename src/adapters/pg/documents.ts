import type { DocumentBook, DocumentView, IssuedDocument } from '../../app/ports/documents.ts';
import type { PgDatabase } from './database.ts';
import { readableMeeting } from './meetings.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const ISSUED = `id, kind, number, ticket_id as "ticketId", order_id as "orderId", unit_code as "unitCode", circular, meeting_id as "meetingId", report_id as "reportId",
  ${ms('issued_at')} as "issuedAt", issued_by as "issuedBy", coalesce((select case c.state when 'sent' then 'inForce' else c.state
    end from circulars c where c.document_id = documents.id), 'inForce') as standing`;

/** A circular `d` went to this unit. One that nobody sent by a list went to all. */
const wentTo = (unit: string): string => `(not exists (select from circulars c where c.document_id = d.id)
  or exists (select from circulars c join circular_recipients r on r.circular_id = c.id
    where c.document_id = d.id and r.unit_code = ${unit}))`;

const VIEW = `d.id, d.kind, d.number, d.ticket_id as "ticketId", d.order_id as "orderId", d.meeting_id as "meetingId", d.report_id as "reportId", d.unit_code as "unitCode",
  ${iso('d.issued_at')} as "issuedAt", a.display_name as "issuedBy"`;

export function documentBooks(db: PgDatabase): DocumentBook {
  return {
    async issue(document, year, numbered, tx) {
      const on = db.on(tx);
      const { kind, subject } = document;
      // The counter's row first: of two who issue the same paper the second waits here and then finds it.
      const { rows: counted } = await on.query<{ last: number }>(
        `insert into document_numbers (kind, year, last) values ($1, $2, 0)
         on conflict (kind, year) do update set last = document_numbers.last returning last`,
        [kind, year],
      );
      const { rows: before } = await on.query<IssuedDocument>(
        `select ${ISSUED} from documents where kind = $1 and (subject = $2 or id = $3::uuid)`,
        [kind, subject, document.id],
      );
      if (before[0] !== undefined) return before[0];
      const sequence = (counted[0]?.last ?? 0) + 1;
      await on.query('update document_numbers set last = $3 where kind = $1 and year = $2', [
        kind,
        year,
        sequence,
      ]);
      const { rows } = await on.query<IssuedDocument>(
        `insert into documents (id, kind, year, sequence, number, subject, ticket_id, order_id, unit_code, circular,
           issued_at, issued_by, meeting_id, report_id)
         values ($1::uuid, $2, $3, $4, $5, $6, $7::uuid, $8::uuid, $9, $10::jsonb, $11, $12::uuid, $13::uuid, $14::uuid) returning ${ISSUED}`,
        [
          document.id,
          kind,
          year,
          sequence,
          numbered(sequence),
          subject,
          document.ticketId,
          document.orderId,
          document.unitCode,
          document.circular === null ? null : JSON.stringify(document.circular),
          new Date(document.issuedAt),
          document.issuedBy,
          document.meetingId,
          document.reportId,
        ],
      );
      const [issued] = rows;
      if (issued === undefined) throw new Error('a document was not written');
      return issued;
    },

    async read(id) {
      const { rows } = await db.query<IssuedDocument>(`select ${ISSUED} from documents where id = $1::uuid`, [
        id,
      ]);
      return rows[0] ?? null;
    },

    async unitName(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ name: string }>('select name from units where code = $1', [code]);
      return rows[0]?.name ?? code;
    },

    async wentTo(id, unitCode) {
      const { rows } = await db.query<{ went: boolean }>(
        `select ${wentTo('$2')} as went from documents d where d.id = $1::uuid`,
        [id, unitCode],
      );
      return rows[0]?.went === true;
    },

    async list({ kind, ticketId, meetingId, withReports }, sight, page) {
      const { values, bind } = binder();
      // A paper is its unit's business: who has the ticket by now is another unit perhaps.
      const seen = ['t.id is not null', ...sightConditions(sight, bind, 'd.unit_code')];
      const circulars = sight.scope === 'unit' ? ` and ${wentTo(bind(sight.unitCode))}` : '';
      const minutes = [`d.kind = 'minutes'`, ...readableMeeting(sight, bind)].join(' and ');
      const reports = withReports ? `d.kind = 'specialReport' or ` : '';
      const conditions = [
        `(${reports}d.kind = 'circular'${circulars} or exists (select from meetings m where m.id = d.meeting_id and ${minutes})
          or (${seen.join(' and ')}))`,
      ];
      if (kind !== undefined) conditions.push(`d.kind = ${bind(kind)}`);
      if (ticketId !== undefined) conditions.push(`d.ticket_id = ${bind(ticketId)}::uuid`);
      if (meetingId !== undefined) conditions.push(`d.meeting_id = ${bind(meetingId)}::uuid`);
      const list = {
        columns: VIEW,
        from: `documents d left join tickets t on t.id = d.ticket_id
          join accounts a on a.id = d.issued_by`,
        ...{ conditions, values },
        by: { at: 'd.issued_at', id: 'd.id', order: 'newestFirst' },
      } as const;
      const { rows: documents, next } = await readPage<DocumentView>(db, list, page);
      return { documents, next };
    },
  };
}
