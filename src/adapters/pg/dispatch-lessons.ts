import type { DispatchLessons, SuggestionFigures, TeachingLine } from '../../app/ports/dispatch-lessons.ts';
import type { Experience } from '../../domain/dispatch/experience.ts';
import { COUNTED_APPEAL, REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { ACCUSED, binder, sightConditions } from './ticket-sight.ts';
import { unitOfLine } from './unit-of-line.ts';

/** By what a ticket's category is today: whose it is is asked of today's catalogue. */
const TEXT = `present_code('category', t.category_code) as "categoryCode", concat_ws(E'\\n', t.place, t.title, t.content) as text,
  t.citizen_number as "citizenNumber"`;

/** Who returned ticket t before line `seq` of its time line. */
const returners = (before: string): string => `(select coalesce(jsonb_agg(distinct r.body ->> 'by'), '[]')
  from ticket_events r where r.ticket_id = t.id and r.type = 'returnTicket' ${before})`;

/** So many lessons say what there is to say of a kind of matter, and so many tickets of a citizen. */
const LESSONS_READ = 300;
const EARLIER_READ = 20;
const PRECEDENTS_READ = 5;
const EARLIER_DAYS = 3 * 365;

const TEACHES = `e.type in ('dispatch', 'coordinateAnyway', 'acceptReturn', 'refuseReturn', 'reportDone')`;

/** Ticket t was done by the unit that has it; nobody learns from what is confidential, or was only made safe. */
const HANDLED = `t.unit_code is not null and not t.confidential and not t.anonymous and ${REAL}
  and not exists (select from ticket_interim i where i.ticket_id = t.id)
  and exists (select from ticket_events e where e.ticket_id = t.id and e.type = 'reportDone')`;

const COUNTS = `count(*)::integer as choices,
  (count(*) filter (where suggested[1] = unit_code))::integer as "firstTaken",
  (count(*) filter (where unit_code = any (suggested)))::integer as "amongThree",
  (count(*) filter (where cardinality(suggested) = 0))::integer as unsuggested`;

export function dispatchLessonBooks(db: PgDatabase): DispatchLessons {
  return {
    async ofTicket(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind)];
      const { rows } = await db
        .on(tx)
        .query<NonNullable<Awaited<ReturnType<DispatchLessons['ofTicket']>>>>(
          `select ${TEXT}, ${returners('')} as returners, ${ACCUSED} as accused from tickets t where ${conditions.join(' and ')}`,
          values,
        );
      return rows[0] ?? null;
    },

    async facts({ categoryCode, areas, assets, citizenNumber, exceptTicket }, before) {
      const at = new Date(before);
      const [lessons, thread, earlier, precedents] = await Promise.all([
        db.query<{
          move: string;
          unitCode: string;
          returnedBy: string | null;
          at: number;
          sameArea: boolean;
        }>(
          `select move, unit_code as "unitCode", returned_by as "returnedBy", ${ms('at')} as at,
             area = any ($3::text[]) as "sameArea"
           from dispatch_lessons
           where category = any ((select same_codes('category', $1))::text[]) and asset = $2 and (suggested is null or returned_by is not null) and at < $4
             and ticket_id is distinct from $5::uuid
           order by at desc limit ${LESSONS_READ}`,
          [categoryCode, assets[0] ?? '', areas.length === 0 ? [''] : areas, at, exceptTicket],
        ),
        exceptTicket === null
          ? { rows: [] }
          : db.query<{ number: string; unitCode: string; at: number }>(
              `select t.number, t.unit_code as "unitCode", ${ms('t.accepted_at')} as at
               from thread_members own join thread_members other on other.thread_id = own.thread_id
                 and other.left_at is null and other.ticket_id <> own.ticket_id join tickets t on t.id = other.ticket_id
               where own.ticket_id = $1::uuid and own.left_at is null and t.accepted_at < $2 and ${HANDLED}
               order by t.accepted_at desc limit ${EARLIER_READ}`,
              [exceptTicket, at],
            ),
        citizenNumber === ''
          ? { rows: [] }
          : db.query<{ number: string; unitCode: string; at: number }>(
              `select t.number, t.unit_code as "unitCode", ${ms('t.accepted_at')} as at from tickets t
               where t.citizen_number = $1 and t.category_code = any ((select same_codes('category', $2))::text[]) and ${HANDLED}
                 and t.accepted_at < $3 and t.accepted_at > $3::timestamptz - $5 * interval '1 day'
                 and t.id is distinct from $4::uuid
               order by t.accepted_at desc limit ${EARLIER_READ}`,
              [citizenNumber, categoryCode, at, exceptTicket, EARLIER_DAYS],
            ),
        db.query<{ number: string; unitCode: string; at: number }>(
          `select number, lead_unit as "unitCode", ${ms('at')} as at from adjudications
           where category = any ((select same_codes('category', $1))::text[]) and at < $2
           order by at desc limit ${PRECEDENTS_READ}`,
          [categoryCode, at],
        ),
      ]);
      return {
        experience: lessons.rows.flatMap(experienceOf),
        thread: thread.rows,
        earlier: earlier.rows,
        precedents: precedents.rows,
      };
    },

    async unread(from, limit) {
      const { rows } = await db.query<TeachingLine>(
        `select e.ticket_id as "ticketId", e.seq, ${ms('e.at')} as at, e.type as move, l.unit as "unitCode",
           case when e.type = 'acceptReturn' then (select r.body ->> 'by' from ticket_events r
             where r.ticket_id = e.ticket_id and r.seq < e.seq and r.type = 'returnTicket'
             order by r.seq desc limit 1) end as "returnedBy",
           ${returners('and r.seq < e.seq')} as returners, ${TEXT}
         from ticket_events e join tickets t on t.id = e.ticket_id
           cross join lateral (select ${unitOfLine('e')} as unit) l
         where ${TEACHES} and ${COUNTED_APPEAL} and not exists (select from ticket_interim i where i.ticket_id = t.id) and e.at >= $1 and l.unit is not null
           and not exists (select from dispatch_lessons d where d.ticket_id = e.ticket_id and d.seq = e.seq)
         order by e.at, e.ticket_id, e.seq limit $2`,
        [new Date(from), limit],
      );
      return rows;
    },

    async add(lessons) {
      await db.query(
        `insert into dispatch_lessons (ticket_id, seq, at, move, category, area, asset, unit_code, returned_by, suggested)
         select "ticketId", seq, to_timestamp(at / 1000), move, category, area, asset, "unitCode", "returnedBy",
           case when jsonb_typeof(suggested) = 'array' then array(select jsonb_array_elements_text(suggested)) end
         from jsonb_to_recordset($1::jsonb) as r("ticketId" uuid, seq integer, at double precision, move text,
           category text, area text, asset text, "unitCode" text, "returnedBy" text, suggested jsonb)
         on conflict do nothing`,
        [JSON.stringify(lessons.map(({ line, ...lesson }) => ({ ...line, ...lesson })))],
      );
    },

    async returns(from, to, unitCode) {
      const { rows } = await db.query<Awaited<ReturnType<DispatchLessons['returns']>>[number]>(
        `select u.code as "unitCode", u.name as "unitName",
           (count(*) filter (where l.move = 'acceptReturn'))::integer as granted,
           (count(*) filter (where l.move = 'refuseReturn'))::integer as refused
         from dispatch_lessons l
           join units u on u.code = case l.move when 'acceptReturn' then l.returned_by else l.unit_code end
         where l.move in ('acceptReturn', 'refuseReturn') and l.at >= $1 and l.at < $2
           and ($3::text is null or u.code = $3)
         group by u.code, u.name order by count(*) desc, u.code`,
        [new Date(from), new Date(to), unitCode],
      );
      return rows;
    },

    async settled(from, to, limit) {
      const { rows } = await db.query<Awaited<ReturnType<DispatchLessons['settled']>>[number]>(
        `select t.number as "ticketNumber", present_code('category', t.category_code) as category, f.area, f.asset,
           present_code('unit', (select l.unit_code from dispatch_lessons l where l.ticket_id = f.ticket_id
             order by l.seq desc limit 1)) as "unitCode"
         from (select distinct on (ticket_id) ticket_id, at, area, asset from dispatch_lessons
           where suggested is not null and at >= $1 and at < $2 order by ticket_id, seq) f
           join tickets t on t.id = f.ticket_id
         order by f.at desc limit $3`,
        [new Date(from), new Date(to), limit],
      );
      return rows;
    },

    async catalogueVersionAt(at) {
      const { rows } = await db.query<{ version: number }>(
        'select coalesce(max(version), 0) as version from dispatch_versions where at <= $1',
        [new Date(at)],
      );
      return rows[0]?.version ?? 0;
    },

    async figures(from, to) {
      const within = 'from dispatch_lessons where suggested is not null and at >= $1 and at < $2';
      const period = [new Date(from), new Date(to)];
      const [all, byCategory] = await Promise.all([
        db.query<SuggestionFigures & Record<string, unknown>>(`select ${COUNTS} ${within}`, period),
        db.query<SuggestionFigures & { category: string }>(
          `select category, ${COUNTS} ${within} group by category order by count(*) desc, category limit 200`,
          period,
        ),
      ]);
      const [sum] = all.rows;
      if (sum === undefined) throw new Error('a count without a row');
      return { ...sum, byCategory: byCategory.rows };
    },
  };
}

/** One line says of two units what became of a granted return. */
function experienceOf(row: {
  readonly move: string;
  readonly unitCode: string;
  readonly returnedBy: string | null;
  readonly at: number;
  readonly sameArea: boolean;
}): readonly Experience[] {
  const { unitCode, returnedBy, at, sameArea } = row;
  const by = (unit: string, outcome: Experience['outcome']): Experience => ({
    unitCode: unit,
    outcome,
    at,
    sameArea,
  });
  switch (row.move) {
    case 'acceptReturn':
      return [by(unitCode, 'adjudicatedTo'), ...(returnedBy === null ? [] : [by(returnedBy, 'returned')])];
    case 'refuseReturn':
      return [by(unitCode, 'kept')];
    case 'reportDone':
      return [by(unitCode, 'handled')];
    default:
      return [];
  }
}
