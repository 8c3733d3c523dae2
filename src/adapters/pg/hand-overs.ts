import type { HandOverFigures, HandOvers } from '../../app/ports/hand-overs.ts';
import { ANSWERED, betweenDays, INBOUND } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

/**
 * `$3`: the desks as JSON. A desk is also known by the bare number that it is called by; where one answers for another
 * (122 at 110), what comes from there is of the one that has the number for its name.
 */
const DESKS = `
  with desks as (
    select desk, number, ordinality as place
    from rows from (jsonb_to_recordset($3::jsonb) as (desk text, number text)) with ordinality as d(desk, number, ordinality)
  ), called as (
    select f.call_id, f.body->>'leg' as leg, f.body->>'desk' as desk
    from call_facts f where f.type = 'emergencyCalled' and ${betweenDays('f.at', '$1', '$2')}
  ), sent as (
    select desk, count(*)::int as called,
      (count(*) filter (where exists (select from call_facts j
        where j.call_id = c.call_id and j.type = 'partyJoined' and j.body->>'leg' = c.leg)))::int as joined,
      (count(*) filter (where exists (select from call_facts a
        where a.call_id = c.call_id and a.type = 'emergencyAccepted' and a.body->>'leg' = c.leg)))::int as accepted
    from called c group by desk
  ), got as (
    select d.desk, count(*)::int as received, (count(*) filter (where ${ANSWERED}))::int as answered
    from calls c join desks d on c.caller_number = d.desk
      or c.caller_number = d.number and not exists (select from desks o where o.desk = c.caller_number)
    where ${INBOUND} and ${betweenDays('c.arrived_at', '$1', '$2')} group by d.desk
  )
  select d.desk, coalesce(s.called, 0) as called, coalesce(s.joined, 0) as joined, coalesce(s.accepted, 0) as accepted,
    coalesce(g.received, 0) as received, coalesce(g.answered, 0) as "receivedAnswered"
  from desks d left join sent s on s.desk = d.desk left join got g on g.desk = d.desk order by d.place`;

const THREE_WAY = `
  select count(*)::int as calls, (count(*) filter (where o.outcome = 'answeredOnSpot'))::int as "onSpot"
  from (
    select distinct f.call_id from call_facts f
    where f.type = 'partyJoined' and f.body->>'kind' in ('unit', 'number', 'emergency')
      and f.body->>'how' in ('invited', 'merged') and ${betweenDays('f.at', '$1', '$2')}
  ) t left join call_outcomes o on o.call_id = t.call_id`;

export function handOverFigures(db: PgDatabase): HandOverFigures {
  return {
    async between({ from, to }, desks) {
      const counted = await db.query<HandOvers['desks'][number]>(DESKS, [from, to, JSON.stringify(desks)]);
      const three = await db.query<HandOvers['threeWay']>(THREE_WAY, [from, to]);
      return { desks: counted.rows, threeWay: three.rows[0] ?? { calls: 0, onSpot: 0 } };
    },
  };
}
