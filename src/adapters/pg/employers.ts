import type { EmployerBook, KeptEmployment } from '../../app/ports/employers.ts';
import type { Employer } from '../../domain/employers/employer.ts';
import { betweenDays } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

const EMPLOYERS = `
  select code, name, kind, unit_code as "unitCode", contract, ended_at is not null as ended from employers`;

export function employerBooks(db: PgDatabase): EmployerBook {
  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<Employer>(`${EMPLOYERS} order by kind, code`);
      return rows;
    },

    async byCode(code, tx) {
      const { rows } = await db.on(tx).query<Employer>(
        // In a transaction it does not end meanwhile.
        `${EMPLOYERS} where code = $1 ${tx === undefined ? '' : 'for share'}`,
        [code],
      );
      return rows[0] ?? null;
    },

    async add({ code, name, kind, unitCode, contract }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into employers (code, name, kind, unit_code, contract)
         select $1, $2, $3, $4, $5 where not exists (select from employers where name = $2)
         on conflict do nothing`,
        [code, name, kind, unitCode, contract],
      );
      return rowCount === 1 ? 'added' : 'taken';
    },

    async end(code, at, tx) {
      const on = db.on(tx);
      // Whoever is about to become its agent waits here, and is refused.
      const { rows } = await on.query('select from employers where code = $1 for update', [code]);
      if (rows.length === 0) return 'unknown';
      const members = await on.query(
        // Who left, or works as something else, comes back only to another.
        `select from employments e join accounts a on a.id = e.agent_id
           where e.employer = $1 and a.disabled_at is null and 'agent' = any (a.roles)
           and (e.effective_at is null or employer_today(e.agent_id) = $1) limit 1`,
        [code],
      );
      if (members.rows.length > 0) return 'hasMembers';
      await on.query('update employers set ended_at = coalesce(ended_at, $2) where code = $1', [
        code,
        new Date(at),
      ]);
      return 'ended';
    },

    async employments(agentId, tx) {
      const { rows } = await db.on(tx).query<KeptEmployment>(
        `select e.employer, e.from_day::text as "fromDay", e.reason, a.display_name as by,
           e.effective_at is not null as effective
         from employments e left join accounts a on a.id = e.recorded_by
         where e.agent_id = $1 order by e.from_day`,
        [agentId],
      );
      return rows;
    },

    async lockAgent(agentId, tx) {
      const { rows } = await db
        .on(tx)
        .query('select from agents where account_id = $1 for update', [agentId]);
      return rows.length === 1;
    },

    async employ({ agentId, employer, fromDay, reason, by }, at, tx) {
      const on = db.on(tx);
      await on.query(
        `insert into employments (agent_id, from_day, employer, reason, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (agent_id, from_day) do update set employer = excluded.employer, reason = excluded.reason,
           recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, effective_at = null`,
        [agentId, fromDay, employer, reason, by, new Date(at)],
      );
    },

    async workedOn(agentId, day, tx) {
      const { rows } = await db.on(tx).query<{ worked: boolean }>(
        `select exists (select from presence_intervals where agent_id = $1 and state <> 'SIGNED_OUT'
             and ${betweenDays('at', '$2', '$2')})
           or exists (select from call_legs where agent_id = $1 and ${betweenDays('rang_at', '$2', '$2')}) as worked`,
        [agentId, day],
      );
      return rows[0]?.worked === true;
    },

    async takeEffect(today, at, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('update employments set effective_at = $2 where effective_at is null and from_day <= $1', [
          today,
          new Date(at),
        ]);
      return rowCount ?? 0;
    },

    async employs(employer, agentId, day) {
      const { rows } = await db.query<{ employer: string }>(
        `select employer from employments where agent_id = $1 and from_day <= $2::date
         order by from_day desc limit 1`,
        [agentId, day],
      );
      return rows[0]?.employer === employer;
    },

    async agentsIn(employer, callIds) {
      const { rows } = await db.query<{ callId: string; agentIds: string[] }>(
        `select g.call_id as "callId", array_agg(distinct g.agent_id) as "agentIds"
         from call_legs g join employment_spans s on s.agent_id = g.agent_id and ${inSpan('g.rang_at')}
         where g.call_id = any ($2::uuid[]) and s.employer = $1 and ${RUNG} group by g.call_id`,
        [employer, callIds],
      );
      return new Map(rows.map(({ callId, agentIds }) => [callId, new Set(agentIds)]));
    },

    async speaksAlone(employer, callId) {
      const { rows } = await db.query<{ alone: boolean }>(
        `select ${spokenByEmployer('c.id', '$1')} as alone from calls c where c.id = $2`,
        [employer, callId],
      );
      return rows[0]?.alone === true;
    },
  };
}

/** The instant falls into the employment `s`. */
export const inSpan = (instant: string): string => `${instant} >= s.from_at and ${instant} < s.to_at`;

/** Who only listened to it, or spoke in without being rung, has a leg in the call as well: that gives his employer no sight of it. */
const RUNG = `(g.answered_at is not null or g.reason not in ('侦听', '耳语', '插入'))`;

const legsOf = (call: string, employer: string, more: string): string =>
  `select from call_legs g join employment_spans s on s.agent_id = g.agent_id and ${inSpan('g.rang_at')}
   where g.call_id = ${call} and s.employer ${employer} and ${RUNG} ${more}`;

/** Calls in which an agent of this employer was rung. */
export const callOfEmployer = (call: string, employer: string): string =>
  `exists (${legsOf(call, `= ${employer}`, '')})`;

/** Agents of ours as facts tell of them: who talked, came in, or broke in on a talk. A lead who takes over is never rung. */
const VOICE = `case when f.type <> 'listenedIn' then f.body->>'agentId' when f.body->>'how' = 'barge' then f.body->>'by' end`;

/** What is said in them is said by this employer's agents alone. */
export const spokenByEmployer = (call: string, employer: string): string =>
  `${callOfEmployer(call, employer)}
   and not exists (${legsOf(call, `<> ${employer}`, 'and g.answered_at is not null')})
   and not exists (select from call_facts f where f.call_id = ${call} and f.type in ('talkStarted', 'partyJoined', 'listenedIn')
     and ${VOICE} is not null and not exists (select from employment_spans s
       where s.agent_id = (${VOICE})::uuid and ${inSpan('f.at')} and s.employer = ${employer}))`;
