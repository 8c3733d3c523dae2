import type {
  HeardMatters,
  RatedBeside,
  RatingsAsked,
  TicketRatingBook,
  TicketRatingView,
} from '../../app/ports/ticket-ratings.ts';
import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import type { GivenRating } from '../../domain/tickets/own-rating.ts';
import { ofReal } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

/** How often a ticket had been reported done by then: the round to which a visit or a rating belongs. */
const roundOf = (ticket: string, at = 'now()'): string => `(select count(*) from ticket_events e
  where e.ticket_id = ${ticket} and e.type = 'reportDone' and e.at <= ${at})`;

/** The last visit of rating r's round, as it holds: a word that the independent sample took back is as it was given there. */
const VISIT = `(select v.at, v.unit_code, coalesce(s.resolved, v.resolved) as resolved,
    coalesce(s.result, v.result) as result, coalesce(s.process, v.process) as process
  from visit_attempts v left join visit_samples s on s.attempt_id = v.id and s.false_content
  where v.ticket_id = r.ticket_id and v.outcome = 'answered' and ${roundOf('v.ticket_id', 'v.at')} = r.round
  order by v.at desc limit 1)`;

const content = (of: string): string => `(${of}.resolved and ${of}.result >= ${LEAST_SATISFIED})`;
const CONFLICT = `(v.at is not null and r.resolved is not null and ${content('v')} <> ${content('r')})`;

const ONLY: Readonly<Record<RatingsAsked, string>> = {
  conflict: CONFLICT,
  discontent: `not ${content('r')}`,
};

/** The end of an address is nobody's business who looks at a rating. */
const SOURCE = `(select jsonb_build_object('network', network(set_masklen(s.address, case family(s.address) when 4 then 24 else 48 end)),
    'otherCitizens', (select count(distinct citizen_key(t2.citizen_number)) from rating_sources o
      join ticket_ratings r2 on r2.id = o.rating_id join tickets t2 on t2.id = r2.ticket_id
      where o.address = s.address and o.at between s.at - interval '30 days' and s.at + interval '30 days'
        and citizen_key(t2.citizen_number) <> citizen_key(t.citizen_number)))
  from rating_sources s where s.rating_id = r.id order by s.at desc limit 1)`;
const AGENT_MAX = 300;

/** Nobody who was heard says otherwise. */
const agreed = (which: (of: string) => string): string =>
  `(count(*) filter (where coalesce(${which('v')}, true) and coalesce(${which('r')}, true)))::integer`;
const counted = (which: string): string => `(count(*) filter (where ${which}))::integer`;

/**
 * A matter is a ticket and its round; each word about it is read once, whatever else is counted of it. In which time it falls is
 * told by the first word about it, so that it falls in one.
 */
export const HEARD_MATTERS = `
  with heard as (
    select o.ticket_id from visit_attempts o where o.outcome = 'answered' and o.at >= $1 and o.at < $2
    union
    select o.ticket_id from ticket_ratings o where o.at >= $1 and o.at < $2
  ), words as (
    select a.ticket_id, ${roundOf('a.ticket_id', 'a.at')} as round, a.at, a.unit_code,
      coalesce(s.resolved, a.resolved) as resolved, coalesce(s.result, a.result) as result,
      coalesce(s.process, a.process) as process
    from heard h join visit_attempts a on a.ticket_id = h.ticket_id and a.outcome = 'answered'
      left join visit_samples s on s.attempt_id = a.id and s.false_content
  ), visited as (
    select distinct on (ticket_id, round) w.*, min(at) over (partition by ticket_id, round) as first_at
    from words w order by ticket_id, round, at desc
  ), rated as (
    select o.ticket_id, o.round, o.id, o.at, o.unit_code, o.resolved, o.result, o.process
    from heard h join ticket_ratings o on o.ticket_id = h.ticket_id
  )`;
/**
 * `v` what its last visit said, `r` what the citizen rated himself, `m` which ticket, `u` whose it was; who joins more puts it
 * before the condition.
 */
export const heardFrom = (more = ''): string => `
  from visited v full join rated r on r.ticket_id = v.ticket_id and r.round = v.round
    cross join lateral (select coalesce(v.ticket_id, r.ticket_id) as ticket_id) m
    left join units u on u.code = coalesce(v.unit_code, r.unit_code) ${more}
  where least(v.first_at, r.at) >= $1 and least(v.first_at, r.at) < $2 and ${ofReal('m.ticket_id')}`;

const HEARD = `${HEARD_MATTERS}
  select coalesce(v.unit_code, r.unit_code) as "unitCode", u.name as "unitName", count(*)::integer as matters,
    ${counted('v.at is not null')} as visited, ${counted('r.id is not null')} as rated,
    ${counted('v.at is not null and r.id is not null')} as both, ${counted(CONFLICT)} as conflicts,
    ${agreed((of) => `${of}.resolved`)} as resolved,
    ${agreed((of) => `${of}.result >= ${LEAST_SATISFIED}`)} as "satisfiedResult",
    ${agreed((of) => `${of}.process >= ${LEAST_SATISFIED}`)} as "satisfiedProcess"
  ${heardFrom()}
  group by coalesce(v.unit_code, r.unit_code), u.name order by u.name nulls last`;

export function ticketRatingBooks(db: PgDatabase): TicketRatingBook {
  return {
    async add({ id, ticketId, at, channel, takenBy, unitCode, answers }, tx) {
      const on = db.on(tx);
      const written = await on.query(
        `insert into ticket_ratings (id, ticket_id, round, at, channel, taken_by, unit_code, resolved, result, process,
           words)
         select $1::uuid, $2::uuid, count(*), $3, $4, $5::uuid, $6, $7, $8, $9, $10
         from ticket_events e where e.ticket_id = $2::uuid and e.type = 'reportDone' on conflict do nothing`,
        [
          ...[id, ticketId, new Date(at), channel, takenBy, unitCode],
          ...[answers.resolved, answers.result, answers.process, answers.words],
        ],
      );
      if (written.rowCount === 0) return null;
      const { rows } = await on.query<RatedBeside & Record<string, unknown>>(
        `select (select jsonb_build_object('resolved', v.resolved, 'result', v.result, 'process', v.process)
           from ${VISIT} v) as visit from ticket_ratings r where r.id = $1::uuid`,
        [id],
      );
      return { visit: rows[0]?.visit ?? null };
    },

    async given(ticketId, tx) {
      const { rows } = await db.on(tx).query<GivenRating & Record<string, unknown>>(
        `select r.id, ${ms('r.at')} as at, r.corrections, jsonb_build_object('resolved', r.resolved, 'result', r.result,
           'process', r.process, 'words', r.words) as answers
         from ticket_ratings r where r.ticket_id = $1::uuid and r.round = (select count(*) from ticket_events e
           where e.ticket_id = $1::uuid and e.type = 'reportDone')`,
        [ticketId],
      );
      return rows[0] ?? null;
    },

    async correct(id, { at, answers: { resolved, result, process, words } }, tx) {
      const { rows } = await db.on(tx).query<{ visit: GivenAnswers | null }>(
        `with r as (
           update ticket_ratings set resolved = $3, result = $4, process = $5, words = $6, corrected_at = $2,
             corrections = corrections + 1
           where id = $1::uuid returning ticket_id, round)
         select (select jsonb_build_object('resolved', v.resolved, 'result', v.result, 'process', v.process)
           from ${VISIT} v) as visit from r`,
        [id, new Date(at), resolved, result, process, words],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a rating that was read is there');
      return row;
    },

    async noteSource(ratingId, at, { address, agent }, tx) {
      await db
        .on(tx)
        .query(
          'insert into rating_sources (rating_id, at, address, agent) values ($1::uuid, $2, $3::inet, $4)',
          [ratingId, new Date(at), address, agent.slice(0, AGENT_MAX)],
        );
    },

    async forgetSources(before) {
      const { rowCount } = await db.query('delete from rating_sources where at < $1', [new Date(before)]);
      return rowCount ?? 0;
    },

    list({ only, unit }, sight, page) {
      const { values, bind } = binder();
      const conditions = sightConditions(sight, bind, 'r.unit_code');
      if (only !== undefined) conditions.push(ONLY[only]);
      if (unit !== undefined) conditions.push(`r.unit_code = ${bind(unit)}`);
      const list = {
        columns: `r.id, r.ticket_id as "ticketId", t.number as "ticketNumber", t.title, t.state,
          r.unit_code as "unitCode", u.name as "unitName", ${iso('r.at')} as at, ${iso('r.corrected_at')} as "correctedAt",
          r.channel, r.taken_by is null as own, jsonb_build_object('resolved', r.resolved, 'result', r.result,
            'process', r.process, 'words', r.words) as answers,
          case when v.at is not null then jsonb_build_object('resolved', v.resolved, 'result', v.result,
            'process', v.process, 'at', ${iso('v.at')}) end as visit, ${CONFLICT} as conflict, ${SOURCE} as source`,
        from: `ticket_ratings r join tickets t on t.id = r.ticket_id left join units u on u.code = r.unit_code
          left join lateral ${VISIT} v on true`,
        ...{ conditions, values },
        by: { at: 'r.at', id: 'r.id', order: 'newestFirst' },
      } as const;
      return readPage<TicketRatingView>(db, list, page);
    },

    async heard(from, to) {
      return (await db.query<HeardMatters>(HEARD, [new Date(from), new Date(to)])).rows;
    },
  };
}
