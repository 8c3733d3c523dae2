import type {
  KnowledgeFigureBook,
  KnowledgeFigures,
  KnowledgeReport,
} from '../../app/ports/knowledge-figures.ts';
import { ANSWERED, betweenDays, INBOUND } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { standsOn } from './knowledge-rows.ts';
import { iso } from './sql-instants.ts';

const NAMED = `e.id, e.number, v.question, v.number as version, to_char(v.valid_to, 'YYYY-MM-DD') as "validTo",
  e.owner_unit as "ownerUnit"`;

/** Each call once, by its arrival, as the totals of the hotline count it. */
const FIGURES = `
  with told as (
    select c.id, o.outcome, exists (select from knowledge_quotes q where q.call_id = c.id and q.retracted_at is null
        and q.entry_id is not null) as quoted,
      exists (select from knowledge_quotes q where q.call_id = c.id and q.retracted_at is null
        and q.place_id is not null) as placed
    from calls c left join call_outcomes o on o.call_id = c.id
    where ${betweenDays('c.arrived_at', '$1', '$2')} and ${INBOUND} and ${ANSWERED}
  ), quotes as (
    select count(*)::integer as quotes, (count(*) filter (where message in ('queued', 'known')))::integer as messages
    from knowledge_quotes q where q.retracted_at is null and q.entry_id is not null and ${betweenDays('q.at', '$1', '$2')}
  ), searches as (
    select count(*)::integer as searches, (count(*) filter (where hits = 0))::integer as "searchesInVain"
    from knowledge_searches s where ${betweenDays('s.at', '$1', '$2')}
  )
  select count(*)::integer as answered,
    (count(*) filter (where outcome = 'answeredOnSpot'))::integer as "onSpot",
    (count(*) filter (where outcome = 'answeredOnSpot' and quoted))::integer as "withEntry",
    (count(*) filter (where outcome = 'answeredOnSpot' and placed and not quoted))::integer as "withPlace",
    (count(*) filter (where outcome = 'answeredOnSpot' and not quoted and not placed))::integer as "withoutEntry",
    (count(*) filter (where outcome = 'ticket'))::integer as tickets,
    (count(*) filter (where outcome = 'invalid'))::integer as invalid,
    (count(*) filter (where outcome is null))::integer as open,
    (select quotes from quotes), (select messages from quotes),
    (select searches from searches), (select "searchesInVain" from searches)
  from told`;

export function knowledgeFigureBooks(db: PgDatabase): KnowledgeFigureBook {
  return {
    async report({ from, to }, limit) {
      const { rows } = await db.query<KnowledgeFigures & Record<string, unknown>>(FIGURES, [from, to]);
      const [figures] = rows;
      if (figures === undefined) throw new Error('an aggregate without a row');
      const mostAsked = await db.query<KnowledgeReport['mostAsked'][number]>(
        `select ${NAMED}, k.times from (
           select entry_id, max(version) as version, count(*)::integer as times from knowledge_quotes q
           where retracted_at is null and entry_id is not null and ${betweenDays('q.at', '$1', '$2')}
           group by entry_id order by count(*) desc, entry_id limit $3) k
         join knowledge_entries e on e.id = k.entry_id
         join knowledge_versions v on v.entry_id = k.entry_id and v.number = k.version
         order by k.times desc, e.number`,
        [from, to, limit],
      );
      const neverUsed = await db.query<KnowledgeReport['neverUsed'][number]>(
        `select ${NAMED} from knowledge_entries e join knowledge_versions v on v.entry_id = e.id
         where ${standsOn('$2')} and not exists (select from knowledge_versions n where n.entry_id = e.id
             and n.number > v.number and ${standsOn('$2').replaceAll('v.', 'n.')})
           and not exists (select from knowledge_quotes q where q.entry_id = e.id and q.retracted_at is null
             and ${betweenDays('q.at', '$1', '$2')})
         order by v.published_at, e.number limit $3`,
        [from, to, limit],
      );
      const inVain = await db.query<KnowledgeReport['inVain'][number]>(
        `select words, count(*)::integer as times, ${iso('max(at)')} as "lastAt" from knowledge_searches s
         where hits = 0 and ${betweenDays('s.at', '$1', '$2')}
         group by words order by count(*) desc, max(at) desc limit $3`,
        [from, to, limit],
      );
      return { figures, mostAsked: mostAsked.rows, neverUsed: neverUsed.rows, inVain: inVain.rows };
    },
  };
}
