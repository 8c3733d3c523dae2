import type { CountedScore, ScoreRow, UnitScores } from '../../app/ports/unit-scores.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import { SCORE_NAMES, type ScoreName } from '../../domain/reporting/scorecard.ts';
import { CONTACT_TALK_MS } from '../../domain/tickets/contact-proof.ts';
import { betweenDays } from './call-counts.ts';
import { ofReal, REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';
import { unitOfLine } from './unit-of-line.ts';

// $1 and $2 local days, $3 now. Each figure is its rows: unit_code, ticket_id, nth (its row's id), at, counts, excluded, proven.
// What is counted and what is shown is the same text.

const within = (column: string): string => betweenDays(column, '$1', '$2');

/** By which a ticket goes to a unit. Where it was put by force it may be the same unit's as before: that is no new dispatch. */
const GIVES = `e.type in ('dispatch', 'coordinateAnyway', 'acceptReturn', 'handOver')`;
/** The last line that gave ticket t to the unit that has it. */
const GIVEN_AT = `(select max(e.at) from ticket_events e where e.ticket_id = t.id and e.to_state is not null
  and e.body ->> 'unitCode' = t.unit_code)`;

const KNOWLEDGE_TASK = 'exists (select from knowledge_tasks k where k.ticket_id = t.id)';
const APPEAL = `(not ${KNOWLEDGE_TASK} and ${REAL})`;
const WITHDRAWN = `(t.state = 'withdrawn' or t.state = 'archived' and t.closed_at is null)`;
/** The unit said that it was done, or the hotline ended it, and nobody has taken that back. */
const DONE_AT = `(case when t.state in ('reportedDone', 'replyReview', 'returnVisit', 'disputed', 'closed', 'archived') then coalesce(
  (select max(e.at) from ticket_events e where e.ticket_id = t.id and e.type = 'reportDone'), t.closed_at) end)`;

const dueRows = (which: string): string => `
  select t.unit_code, t.id as ticket_id, d.id as nth, d.due_at as at,
    coalesce(${DONE_AT} <= d.due_at, false) and not exists (select from ticket_events o where o.ticket_id = t.id
      and o.type = 'deadlineOverdue' and o.body ->> 'clock' = 'unit' and o.at >= ${GIVEN_AT}) as counts,
    false as excluded, null::boolean as proven
  from deadlines d join tickets t on t.id = d.ticket_id
  where d.clock = 'unit' and d.kind = 'overdue' and ${within('d.due_at')} and d.due_at <= $3
    and t.unit_code is not null and not ${WITHDRAWN} and ${which}
  union all
  select f.unit, t.id, o.id, o.at, false, false, null
  from ticket_events o join tickets t on t.id = o.ticket_id cross join lateral (select ${unitOfLine('o')} as unit) f
  where o.type = 'deadlineOverdue' and o.body ->> 'clock' = 'unit' and ${within('o.at')}
    and f.unit is distinct from t.unit_code and f.unit is not null and ${which}`;

/** No answer that somebody of the unit took down speaks for it. */
const visitRows = (good: string): string => `
  select v.unit_code, v.ticket_id, v.id as nth, v.at, ${good} as counts, x.id is not null as excluded,
    null::boolean as proven
  from visit_attempts v left join accounts c on c.id = v.by
    left join visit_exclusions x on x.ticket_id = v.ticket_id and x.unit_code = v.unit_code and x.state = 'excluded'
    left join visit_samples s on s.attempt_id = v.id and s.false_content
  where v.outcome = 'answered' and v.unit_code is not null and ${within('v.at')} and ${ofReal('v.ticket_id')}
    and c.unit_code is distinct from v.unit_code`;

/** Each time that a ticket went to a unit in the period, until it went on. */
const GIVEN = `
  select e.ticket_id, e.id as nth, e.at, e.body ->> 'unitCode' as unit_code, (select min(n.at) from ticket_events n
    where n.ticket_id = e.ticket_id and n.seq > e.seq and n.to_state is not null and n.body ? 'unitCode'
      and n.body ->> 'unitCode' is distinct from e.body ->> 'unitCode') as until_at
  from ticket_events e where ${GIVES} and ${within('e.at')} and e.body ->> 'unitCode' is not null`;

const SPOKE = (call: string): string => `(select from ticket_events c where c.ticket_id = g.ticket_id
  and ${call} and c.at >= g.at and c.at <= g.at + interval '1 day' and (g.until_at is null or c.at < g.until_at))`;
// Of this very unit: an assisting one's call is none of the one that answers for it.
const BY_CALL = `c.type = 'citizenCalled' and c.body ->> 'unitCode' = g.unit_code and (c.body ->> 'talkMs')::integer >= ${CONTACT_TALK_MS}`;

const ROWS: Readonly<Record<ScoreName, string>> = {
  onTime: dueRows(APPEAL),
  upkeep: dueRows(KNOWLEDGE_TASK),
  resolved: visitRows('coalesce(s.resolved, v.resolved)'),
  satisfied: visitRows(`coalesce(s.result, v.result) >= ${LEAST_SATISFIED}`),
  returned: `
    select g.unit_code, g.ticket_id, g.nth, g.at, exists (select from ticket_events r where r.ticket_id = g.ticket_id
        and r.type = 'returnTicket' and r.body ->> 'by' = g.unit_code and r.at >= g.at
        and (g.until_at is null or r.at <= g.until_at)) as counts, false as excluded, null::boolean as proven
    from (${GIVEN}) g join tickets t on t.id = g.ticket_id where ${APPEAL}`,
  reworked: `
    select r.unit_code, r.ticket_id, r.nth, r.at, exists (select from ticket_events b where b.ticket_id = r.ticket_id
        and b.type in ('refuseReply', 'rework', 'reopen') and b.at > r.at and ${unitOfLine('b')} = r.unit_code) as counts,
      false as excluded, null::boolean as proven
    from (select e.ticket_id, e.id as nth, e.at, ${unitOfLine('e')} as unit_code from ticket_events e
        where e.type = 'reportDone' and ${within('e.at')}) r join tickets t on t.id = r.ticket_id
    where r.unit_code is not null and ${APPEAL} and not exists (select from ticket_events p
      where p.ticket_id = r.ticket_id and p.type = 'reportDone' and p.at < r.at and ${unitOfLine('p')} = r.unit_code)`,
  firstContact: `
    select g.unit_code, g.ticket_id, g.nth, g.at, g.spoken as counts, false as excluded, g.proven
    from (select g.*, exists ${SPOKE(`(c.type = 'contact' or ${BY_CALL})`)} as spoken, exists ${SPOKE(BY_CALL)} as proven
        from (${GIVEN}) g) g join tickets t on t.id = g.ticket_id
    where ${APPEAL} and not t.anonymous and t.citizen_number <> '' and not ${WITHDRAWN}
      and (g.spoken or g.at + interval '1 day' <= $3 and (g.until_at is null or g.until_at >= g.at + interval '1 day'))`,
};

const COUNTS = SCORE_NAMES.map(
  (name) => `
  select unit_code as "unitCode", '${name}' as name, count(*)::integer as denominator,
    (count(*) filter (where counts))::integer as numerator,
    jsonb_build_object('denominator', count(*) filter (where excluded),
      'numerator', count(*) filter (where excluded and counts)) as excluded,
    case when bool_or(proven is not null) then (count(*) filter (where counts and proven))::integer end as proven
  from (${ROWS[name]}) r where at <= $3 group by unit_code`,
).join(' union all ');

export function unitScoreBooks(db: PgDatabase): UnitScores {
  return {
    async counts({ from, to, now }) {
      return (await db.query<CountedScore>(COUNTS, [from, to, new Date(now)])).rows;
    },

    async rows({ from, to, now }, { unitCode, name, counts }, sight, page) {
      const source = `(${ROWS[name]}) r join tickets t on t.id = r.ticket_id`;
      const asked = () => {
        const { values, bind } = binder();
        for (const one of [from, to, new Date(now)]) bind(one);
        const conditions = ['r.at <= $3', `r.unit_code = ${bind(unitCode)}`];
        if (counts !== undefined) conditions.push(counts ? 'r.counts' : 'not r.counts');
        return { values, conditions, seen: sightConditions(sight, bind, 'r.unit_code') };
      };
      const shown = asked();
      const list = {
        columns: `r.ticket_id as "ticketId", t.number as "ticketNumber", t.title, ${iso('r.at')} as at, r.counts,
          r.excluded, r.proven`,
        ...{ from: source, values: shown.values, conditions: [...shown.conditions, ...shown.seen] },
        by: { at: 'r.at', id: 'r.nth', order: 'newestFirst' },
      } as const;
      const found = await readPage<ScoreRow>(db, list, page);
      const { values, conditions, seen } = asked();
      const hidden = seen.length === 0 ? 'false' : `not (${seen.join(' and ')})`;
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::integer as n from ${source} where ${[...conditions, hidden].join(' and ')}`,
        values,
      );
      return { ...found, withheld: rows[0]?.n ?? 0 };
    },
  };
}
