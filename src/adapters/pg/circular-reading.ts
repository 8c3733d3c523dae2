import type {
  CircularBook,
  CircularReader,
  CircularSummary,
  CircularView,
  FigureRow,
} from '../../app/ports/circulars.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder, sightConditions } from './ticket-sight.ts';

const SUMMARY = `c.id, c.state, c.revision, to_char(c.from_day, 'YYYY-MM-DD') as "from",
  to_char(c.to_day, 'YYYY-MM-DD') as "to", c.kinds, c.units, d.number, c.document_id as "documentId",
  c.text ->> 'title' as title, ${iso('c.written_at')} as "writtenAt", a.display_name as author,
  s.display_name as signatory, ${iso('c.sent_at')} as "sentAt",
  (select count(*)::integer from circular_recipients r where r.circular_id = c.id) as recipients,
  (select count(*)::integer from circular_recipients r where r.circular_id = c.id and r.read_at is not null) as read`;
/** Of circular c as it stands: its words, what it counts, and each thing that was counted. */
export const DIGEST = `encode(sha256(convert_to(jsonb_build_object('text', c.text, 'figures', c.figures, 'units', c.units,
  'kinds', c.kinds, 'from', c.from_day, 'to', c.to_day, 'rows', (select jsonb_agg(jsonb_build_array(r.kind, r.unit_code,
      r.ticket_id, r.subject_id, r.subject_number, extract(epoch from r.at)) order by r.kind, r.subject_id)
    from circular_rows r where r.circular_id = c.id))::text, 'UTF8')), 'hex')`;

const FROM = `circulars c join accounts a on a.id = c.author left join accounts s on s.id = c.signatory
  left join documents d on d.id = c.document_id`;

const STEPS = `(select jsonb_agg(jsonb_build_object('at', ${iso('p.at')}, 'by', b.display_name, 'move', p.move,
    'revision', p.revision, 'words', p.words) order by p.seq)
  from circular_steps p left join accounts b on b.id = p.by where p.circular_id = c.id)`;

/** Of all units, or of the reader's own alone. */
const receipts = (
  which: string,
): string => `(select coalesce(jsonb_agg(jsonb_build_object('unitCode', r.unit_code,
    'unitName', u.name, 'told', r.told, 'readAt', ${iso('r.read_at')}, 'readBy', b.display_name,
    'reminders', r.reminders, 'remindedAt', ${iso('r.reminded_at')}) order by r.read_at is not null, r.unit_code), '[]')
  from circular_recipients r join units u on u.code = r.unit_code left join accounts b on b.id = r.read_by
  where r.circular_id = c.id ${which})`;

/** A unit sees what was sent to it, and of how it came about nothing. */
function readable({ unitCode }: CircularReader, bind: Bind): string[] {
  if (unitCode === null) return [];
  return [
    `c.sent_at is not null and exists (select from circular_recipients o where o.circular_id = c.id
      and o.unit_code = ${bind(unitCode)})`,
  ];
}

export function circularReading(db: PgDatabase): Pick<CircularBook, 'list' | 'find' | 'rows'> {
  return {
    list({ state }, reader, page) {
      const { values, bind } = binder();
      const conditions = readable(reader, bind);
      if (state !== undefined) conditions.push(`c.state = ${bind(state)}`);
      const by = { at: 'c.written_at', id: 'c.id', order: 'newestFirst' } as const;
      return readPage<CircularSummary>(db, { columns: SUMMARY, from: FROM, conditions, values, by }, page);
    },

    async find(id, reader) {
      const { values, bind } = binder();
      const conditions = [`c.id = ${bind(id)}::uuid`, ...readable(reader, bind)];
      const own = reader.unitCode;
      const steps = own === null ? STEPS : `'[]'::jsonb`;
      const theirs = own === null ? '' : `and r.unit_code = ${bind(own)}`;
      const { rows } = await db.query<CircularView>(
        `select ${SUMMARY}, c.text, c.figures, ${iso('c.counted_at')} as "countedAt", ${DIGEST} as digest, ${receipts(theirs)} as receipts,
           c.writers, c.signatory as "signatoryId",
           ${steps} as steps, c.corrects,
           (select n.id from circulars n where n.corrects = c.id and n.sent_at is not null) as "correctedBy"
         from ${FROM} where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0] ?? null;
    },

    async rows(id, { kind, unitCode }, sight, page) {
      const of = (bind: Bind): string[] => [
        `r.circular_id = ${bind(id)}::uuid`,
        `r.kind = ${bind(kind)}`,
        ...(unitCode === null ? [] : [`r.unit_code = ${bind(unitCode)}`]),
        // Another unit's rows are no business of this one; they are not withheld from it, they are not its own.
        ...(sight.scope === 'unit' ? [`r.unit_code = ${bind(sight.unitCode)}`] : []),
      ];
      const { values, bind } = binder();
      const from = 'circular_rows r join tickets t on t.id = r.ticket_id';
      const seen = [...of(bind), ...sightConditions(sight, bind, 'r.unit_code')];
      const list = {
        ...{ from, conditions: seen, values },
        columns: `r.kind, r.unit_code as "unitCode", r.subject_number as "subjectNumber", ${iso('r.at')} as at,
          r.ticket_id as "ticketId", t.number as "ticketNumber", t.title`,
        by: { at: 'r.at', id: 'r.subject_id', order: 'newestFirst' },
      } as const;
      const found = await readPage<FigureRow>(db, list, page);
      const all = binder();
      const hidden = of(all.bind);
      const visible = sightConditions(sight, all.bind, 'r.unit_code');
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::integer as n from ${from} where ${hidden.join(' and ')}
           ${visible.length === 0 ? 'and false' : `and not (${visible.join(' and ')})`}`,
        all.values,
      );
      return { ...found, withheld: rows[0]?.n ?? 0 };
    },
  };
}
