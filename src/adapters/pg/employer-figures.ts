import type { AgentCardRow, EmployerFigures } from '../../app/ports/employer-figures.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import { CARD_COUNTS } from '../../domain/reporting/employer-card.ts';
import { betweenDays, INBOUND } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { inSpan } from './employers.ts';

const period = (column: string): string => betweenDays(column, '$1', '$2');
const span = (agent: string, instant: string): string =>
  `join employment_spans s on s.agent_id = ${agent} and ${inSpan(instant)}`;
const sumMs = (from: string, to: string): string =>
  `coalesce(round(sum(extract(epoch from ${to} - ${from}) * 1000)), 0)::float8`;

// Who took the citizen of an answered visit: whoever was rung in it and answered last before it was over.
const TAKEN = `
  select v.call_id, v.entered_at, v.left_at, l.leg, l.agent_id
  from call_queue_visits v left join lateral (
    select leg, agent_id from call_legs g where g.call_id = v.call_id and g.agent_id is not null
      and g.rang_at >= v.entered_at and g.answered_at <= v.left_at
    order by g.answered_at desc, g.leg desc limit 1) l on true
  where v.how = 'answered' and ${period('v.entered_at')}`;

// What was rung for a waiting citizen and not taken belongs to the latest queue in which he stood at that moment.
const OFFERS = `
  select t.agent_id, t.entered_at as at, 'answered' as how, t.left_at - t.entered_at <= interval '15 seconds' as in15s
  from taken t where t.leg is not null
  union all
  select g.agent_id, v.entered_at, case
      when g.how in ('noAnswer', 'busy', 'rejected') then 'missed'
      when g.ended_at is null or g.how = 'callerHungUp' then 'withdrawn' else 'notDelivered' end, false
  from call_legs g join lateral (
    select entered_at, how, left_at from call_queue_visits v where v.call_id = g.call_id
      and v.entered_at <= g.rang_at and (v.left_at is null or v.left_at >= g.rang_at)
    order by v.entered_at desc, v.nth desc limit 1) v on true
  where g.agent_id is not null and ${period('v.entered_at')}
    and not exists (select from taken t where t.call_id = g.call_id and t.leg = g.leg)`;

// Each interval, cut to the period and to whose the agent was. One that began long before is found by its end.
const INTERVALS = `
  select i.agent_id, s.employer, i.state, i.reason, i.at >= greatest(d.from_at, s.from_at) as begun,
    greatest(i.at, d.from_at, s.from_at) as from_at, least(coalesce(i.until_at, now()), d.to_at, s.to_at) as to_at
  from days d cross join lateral (
    select agent_id, state, reason, at, lead(at) over (partition by agent_id order by at, seq) as until_at
    from presence_intervals where at < d.to_at and at >= d.from_at - interval '8 days') i
  join employment_spans s on s.agent_id = i.agent_id and s.from_at < coalesce(i.until_at, 'infinity') and s.to_at > i.at
  where i.state <> 'SIGNED_OUT' and coalesce(i.until_at, now()) > d.from_at`;

const CARDS = `
  with days as (
    select ($1::date)::timestamp at time zone time_zone as from_at,
      ($2::date + 1)::timestamp at time zone time_zone as to_at from municipality),
  taken as (${TAKEN}), offers as (${OFFERS}),
  intervals as (select * from (${INTERVALS}) cut where to_at > from_at),
  figures as (
    select s.employer, o.agent_id, count(*) as offered, count(*) filter (where how = 'answered') as answered,
      count(*) filter (where how = 'missed') as missed, count(*) filter (where how = 'notDelivered') as "notDelivered",
      count(*) filter (where how = 'withdrawn') as withdrawn, count(*) filter (where in15s) as "in15s",
      ${zeros('talks', 'talkMs', 'calledOut', 'wrapUps', 'wrapUpMs', 'signedInMs', 'served', 'onSpot', 'tickets', 'transferred', 'rated', 'satisfied')}
    from offers o ${span('o.agent_id', 'o.at')} group by 1, 2
    union all
    -- An agent who was rung again, because his telephone was lost, had one talk on two legs.
    select s.employer, g.agent_id, ${zeros('offered', 'answered', 'missed', 'notDelivered', 'withdrawn', 'in15s')},
      count(distinct g.call_id), ${sumMs('g.answered_at', 'g.ended_at')},
      count(distinct g.call_id) filter (where c.direction = 'outbound'),
      ${zeros('wrapUps', 'wrapUpMs', 'signedInMs', 'served', 'onSpot', 'tickets', 'transferred', 'rated', 'satisfied')}
    from call_legs g join calls c on c.id = g.call_id ${span('g.agent_id', 'g.rang_at')}
    where g.answered_at is not null and ${period('g.rang_at')} group by 1, 2
    union all
    select employer, agent_id, ${zeros('offered', 'answered', 'missed', 'notDelivered', 'withdrawn', 'in15s', 'talks', 'talkMs', 'calledOut')},
      count(*) filter (where state = 'WRAP_UP' and begun),
      coalesce(round(sum(extract(epoch from to_at - from_at) * 1000) filter (where state = 'WRAP_UP')), 0)::float8,
      ${sumMs('from_at', 'to_at')}, ${zeros('served', 'onSpot', 'tickets', 'transferred', 'rated', 'satisfied')}
    from intervals group by 1, 2
    union all
    select s.employer, c.agent_id, ${zeros('offered', 'answered', 'missed', 'notDelivered', 'withdrawn', 'in15s', 'talks', 'talkMs', 'calledOut', 'wrapUps', 'wrapUpMs', 'signedInMs')},
      count(*), count(*) filter (where o.outcome = 'answeredOnSpot'), count(*) filter (where o.outcome = 'ticket'),
      ${zeros('transferred', 'rated', 'satisfied')}
    from calls c left join call_outcomes o on o.call_id = c.id ${span('c.agent_id', 'c.talk_started_at')}
    where ${INBOUND} and ${period('c.talk_started_at')} group by 1, 2
    union all
    select s.employer, s.agent_id, ${zeros('offered', 'answered', 'missed', 'notDelivered', 'withdrawn', 'in15s', 'talks', 'talkMs', 'calledOut', 'wrapUps', 'wrapUpMs', 'signedInMs', 'served', 'onSpot', 'tickets')},
      count(*), ${zeros('rated', 'satisfied')}
    from call_facts f ${span(`(f.body->>'by')::uuid`, 'f.at')}
    where f.type = 'transferred' and ${period('f.at')} group by 1, 2
    union all
    select s.employer, r.agent_id, ${zeros('offered', 'answered', 'missed', 'notDelivered', 'withdrawn', 'in15s', 'talks', 'talkMs', 'calledOut', 'wrapUps', 'wrapUpMs', 'signedInMs', 'served', 'onSpot', 'tickets', 'transferred')},
      count(*) filter (where r.grade is not null), count(*) filter (where r.grade >= ${LEAST_SATISFIED})
    from call_ratings r ${span('r.agent_id', 'r.at')} where ${period('r.at')} group by 1, 2),
  idle as (
    select employer, agent_id, jsonb_agg(jsonb_build_object('reason', reason, 'times', times, 'ms', ms) order by reason) as reasons
    from (select employer, agent_id, coalesce(reason, '') as reason, (count(*) filter (where begun))::int as times,
        ${sumMs('from_at', 'to_at')} as ms
      from intervals where state = 'NOT_READY' group by 1, 2, 3) by_reason group by 1, 2),
  sums as (
    select employer, agent_id, jsonb_build_object(${CARD_COUNTS.map((name) => `'${name}', sum("${name}")`).join(', ')}) as counts
    from figures group by 1, 2)
  select u.employer, e.name as "employerName", u.agent_id as "agentId", a.number, c.display_name as "displayName", u.counts,
    coalesce(i.reasons, '[]') as "notReady"
  from sums u join employers e on e.code = u.employer join agents a on a.account_id = u.agent_id
    join accounts c on c.id = a.account_id left join idle i on i.employer = u.employer and i.agent_id = u.agent_id
  where $3::text is null or u.employer = $3
  order by e.kind, u.employer, a.number`;

/** Columns that this part of the union does not count. */
function zeros(...names: readonly string[]): string {
  return names.map((name) => `0 as "${name}"`).join(', ');
}

const UNATTRIBUTED = `
  select count(*)::int as count from (${TAKEN}) t where not exists (
    select from employment_spans s where s.agent_id = t.agent_id and ${inSpan('t.entered_at')})`;

export function employerFigures(db: PgDatabase): EmployerFigures {
  return {
    async cards({ from, to }, employer) {
      return (await db.query<AgentCardRow>(CARDS, [from, to, employer])).rows;
    },
    async unattributed({ from, to }) {
      const { rows } = await db.query<{ count: number }>(UNATTRIBUTED, [from, to]);
      return rows[0]?.count ?? 0;
    },
  };
}
