import type { Agent, Agents } from '../../app/ports/organisation.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';

const AGENTS = `
  select a.account_id as "accountId", a.number, c.display_name as "displayName",
    employer_today(a.account_id) as employer,
    jsonb_build_object('name', a.phone_name, 'kind', a.phone_kind) as phone,
    array(select queue_code from agent_queues q where q.agent_id = a.account_id order by queue_code) as queues,
    coalesce((select jsonb_object_agg(skill, level) from agent_skills s where s.agent_id = a.account_id), '{}') as skills
  from agents a join accounts c on c.id = a.account_id`;

// From the local day on which he comes; a day of the machine where no municipality is set up yet.
const BEGIN_EMPLOYMENT = `
  insert into employments (agent_id, from_day, employer, effective_at)
  values ($1, (now() at time zone coalesce((select time_zone from municipality), 'Asia/Shanghai'))::date, $2, now())`;

const SERVE =
  'insert into agent_queues (agent_id, queue_code) select $1, unnest($2::text[]) on conflict do nothing';

/** Serialises who takes the next work number. */
const NUMBER_LOCK = 1_234_500_003;

export function agentBooks(db: PgDatabase): Agents {
  async function areQueues(codes: readonly string[], tx: Transaction): Promise<boolean> {
    const sql = 'select from queues where code = any ($1::text[]) and not retired';
    const { rows } = await db.on(tx).query(sql, [codes]);
    return rows.length === new Set(codes).size;
  }

  async function byAccount(accountId: string, tx?: Transaction): Promise<Agent | null> {
    const { rows } = await db.on(tx).query<Agent>(`${AGENTS} where a.account_id = $1`, [accountId]);
    return rows[0] ?? null;
  }

  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<Agent>(`${AGENTS} order by a.number`);
      return rows;
    },
    byAccount,
    async lock(accountId, tx) {
      // Locked first and read after: what the other committed meanwhile is seen.
      await db.on(tx).query('select from agents where account_id = $1 for update', [accountId]);
      return byAccount(accountId, tx);
    },
    async phoneOf(accountId) {
      const { rows } = await db.query<{ name: string; secret: string }>(
        'select phone_name as name, phone_secret as secret from agents where account_id = $1',
        [accountId],
      );
      return rows[0] ?? null;
    },
    async phonesOf(accountId, tx) {
      const { rows } = await db.on(tx).query<{ name: string; kind: 'browser' | 'desk'; secret: string }>(
        `select phone_name as name, phone_kind as kind, phone_secret as secret from agents where account_id = $1
         union all select name, kind, secret from agent_phones where agent_id = $1`,
        [accountId],
      );
      return rows;
    },
    async addPhone(accountId, { name, kind, secret }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into agent_phones (name, agent_id, kind, secret) values ($1, $2, $3, $4)
         on conflict (agent_id, kind) do nothing`,
        [name, accountId, kind, secret],
      );
      return rowCount === 1;
    },
    async setPersistentLeg(accountId, kind, persistentLeg, tx) {
      const on = db.on(tx);
      const values = [accountId, kind, persistentLeg];
      const first = await on.query(
        'update agents set phone_persistent_leg = $3 where account_id = $1 and phone_kind = $2',
        values,
      );
      if (first.rowCount === 1) return true;
      const other = await on.query(
        'update agent_phones set persistent_leg = $3 where agent_id = $1 and kind = $2',
        values,
      );
      return other.rowCount === 1;
    },
    async nextNumber(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [NUMBER_LOCK]);
      const { rows } = await db.on(tx).query<{ number: string }>(
        `select coalesce(max(number::integer) + 1, 1001)::text as number
         from agents where number ~ '^[1-9][0-9]{3}$'`,
      );
      return rows[0]?.number ?? '1001';
    },
    async setSkills(accountId, skills, tx) {
      const on = db.on(tx);
      const { rows } = await on.query('select from agents where account_id = $1 for update', [accountId]);
      if (rows.length === 0) return false;
      await on.query('delete from agent_skills where agent_id = $1', [accountId]);
      await on.query(
        `insert into agent_skills (agent_id, skill, level)
         select $1, key, value::integer from jsonb_each_text($2::jsonb)`,
        [accountId, JSON.stringify(skills)],
      );
      return true;
    },
    async setQueues(accountId, queues, tx) {
      const on = db.on(tx);
      const { rows } = await on.query('select from agents where account_id = $1 for update', [accountId]);
      if (rows.length === 0) return 'agentUnknown';
      if (!(await areQueues(queues, tx))) return 'queueUnknown';
      await on.query('delete from agent_queues where agent_id = $1 and queue_code <> all ($2::text[])', [
        accountId,
        queues,
      ]);
      await on.query(SERVE, [accountId, queues]);
      return 'set';
    },
    async add(agent, phoneSecret, tx) {
      const on = db.on(tx);
      if (!(await areQueues(agent.queues, tx))) return 'queueUnknown';
      const { rowCount } = await on.query(
        `insert into agents (account_id, number, phone_name, phone_kind, phone_secret)
         values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [agent.accountId, agent.number, agent.phone.name, agent.phone.kind, phoneSecret],
      );
      if (rowCount !== 1) return 'numberTaken';
      await on.query(BEGIN_EMPLOYMENT, [agent.accountId, agent.employer]);
      await on.query(SERVE, [agent.accountId, agent.queues]);
      return 'added';
    },
  };
}
