import type { SpecialReport, SpecialReportBook } from '../../app/ports/special-reports.ts';
import type { BriefedAppeal, IncidentBrief } from '../../domain/incidents/report-draft.ts';
import { type Discretion, isDiscreet } from '../../domain/privacy/discreet.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const named = (column: string): string => `(select display_name from accounts where id = ${column})`;
const REPORT = `r.id, r.incident_id as "incidentId", i.number as "incidentNumber", r.state, r.revision, r.title, r.addressee,
  r.paragraphs, ${iso('r.written_at')} as "writtenAt", ${named('r.written_by')} as "writtenBy",
  ${iso('r.changed_at')} as "changedAt", ${named('r.changed_by')} as "changedBy",
  (select d.number from documents d where d.id = r.document_id) as number, r.document_id as "documentId"`;
const FROM = 'special_reports r join incidents i on i.id = r.incident_id';

const BRIEF = `
  select i.number, i.title, i.area, coalesce(c.name, i.category_code) as category,
    (select coalesce(jsonb_agg(jsonb_build_object('at', ${ms('t.accepted_at')}, 'citizen', digits_of(t.citizen_number),
        'name', t.citizen_name, 'place', t.place, 'content', t.content,
        'over', t.state in ('closed', 'archived', 'withdrawn'), 'confidential', t.confidential, 'anonymous', t.anonymous,
        'listedOnly', t.listed_only, 'type', t.type) order by t.accepted_at, t.id), '[]')
      from incident_members m join tickets t on t.id = m.ticket_id
      where m.incident_id = i.id and m.left_at is null) as appeals,
    (select coalesce(jsonb_agg(jsonb_build_object('at', s.at, 'words', s.words) order by s.at, s.n), '[]') from (
      select ${ms('e.at')} as at, e.seq as n, case e.move when 'suspect' then '系统发现诉求集中' when 'report' then '登记为群体事件'
          when 'confirm' then '核实并启动处置' when 'recover' then '恢复正常' when 'relapse' then '情况反复' else e.move end
          || case when e.reason = '' then '' else '：' || e.reason end as words
        from incident_events e where e.incident_id = i.id
      union all
      select ${ms('b.at')}, 0, '告知诉求人：' || b.text from incident_broadcasts b where b.incident_id = i.id) s) as steps
  from incidents i left join categories c on c.code = i.category_code where i.id = $1::uuid`;

type Counted = Omit<BriefedAppeal, 'discreet'>;

/** Whoever may see the incident reads of all its appeals how many they are; of the discreet nobody reads a word. */
function briefed({
  at,
  citizen,
  name,
  place,
  content,
  over,
  ...discretion
}: Counted & Discretion): BriefedAppeal {
  const discreet = isDiscreet(discretion);
  const words = discreet ? { name: '', place: '', content: '' } : { name, place, content };
  return { at, citizen, over, discreet, ...words };
}

export function specialReportBooks(db: PgDatabase): SpecialReportBook {
  const one = async (sql: string, id: string, on = db.on()): Promise<SpecialReport | null> =>
    (await on.query<SpecialReport>(sql, [id])).rows[0] ?? null;
  return {
    async brief(incidentId, tx) {
      const { rows } = await db
        .on(tx)
        .query<IncidentBrief & { appeals: (Counted & Discretion)[] }>(BRIEF, [incidentId]);
      const [brief] = rows;
      return brief === undefined ? null : { ...brief, appeals: brief.appeals.map(briefed) };
    },

    async add({ id, incidentId, title, addressee, paragraphs, by, at }, tx) {
      await db.on(tx).query(
        `insert into special_reports (id, incident_id, state, title, addressee, paragraphs, written_at, written_by, changed_at,
           changed_by)
         values ($1::uuid, $2::uuid, 'draft', $3, $4, $5, $6, $7::uuid, $6, $7::uuid)`,
        [id, incidentId, title, addressee, paragraphs, new Date(at), by],
      );
    },

    lock: (id, tx) =>
      one(`select ${REPORT} from ${FROM} where r.id = $1::uuid for update of r`, id, db.on(tx)),

    find: (id, tx) => one(`select ${REPORT} from ${FROM} where r.id = $1::uuid`, id, db.on(tx)),

    list({ incidentId, state }, page) {
      const { values, bind } = binder();
      const conditions = [
        ...(incidentId === undefined ? [] : [`r.incident_id = ${bind(incidentId)}::uuid`]),
        ...(state === undefined ? [] : [`r.state = ${bind(state)}`]),
      ];
      const list = {
        ...{ columns: REPORT, from: FROM, conditions, values },
        by: { at: 'r.written_at', id: 'r.id', order: 'newestFirst' },
      } as const;
      return readPage<SpecialReport>(db, list, page);
    },

    async rewrite(id, { title, addressee, paragraphs }, { by, at }, tx) {
      await db.on(tx).query(
        `update special_reports set title = $2, addressee = $3, paragraphs = $4, changed_at = $5, changed_by = $6::uuid,
           revision = revision + 1 where id = $1::uuid`,
        [id, title, addressee, paragraphs, new Date(at), by],
      );
    },

    async end(id, { state, documentId }, { by, at }, tx) {
      await db.on(tx).query(
        `update special_reports set state = $2, document_id = $3::uuid, changed_at = $4, changed_by = $5::uuid,
           revision = revision + 1 where id = $1::uuid`,
        [id, state, documentId, new Date(at), by],
      );
    },
  };
}
