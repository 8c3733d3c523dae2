import type { ConfigurationPublisher, ConfigurationSource } from '../../app/ports/configuration-source.ts';
import type { Phone } from '../../app/ports/phones.ts';
import type { HoldingNotice } from '../../domain/agents/notice-hold.ts';
import { storedPresenceRules } from '../../domain/agents/presence-rules.ts';
import type { Announcement } from '../../domain/announcements/announcement.ts';
import { storedOutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import {
  type AgentProfile,
  type Configuration,
  type Line,
  NOTHING_ENTERED,
  type OwnCalendar,
  type Queue,
} from '../../domain/hotlines/configuration.ts';
import { hoursOf } from '../../domain/hotlines/register/read-hours.ts';
import type { SurgeMode } from '../../domain/hotlines/surge-mode.ts';
import type { TrunkProfile } from '../../domain/hotlines/trunk.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import type { Restriction } from '../../domain/restrictions/restriction.ts';
import type { Skills } from '../../domain/skills/skills.ts';
import { CONFIGURATION_CHANNEL } from './configuration-notices.ts';
import type { PgDatabase } from './database.ts';
import { SELECT_QUEUES } from './queue-rows.ts';
import { ms } from './sql-instants.ts';

interface AgentRow extends Omit<AgentProfile, 'skills'> {
  readonly skills: Skills | null;
  readonly phoneKind: Phone['kind'];
  readonly phoneSecret: string;
  readonly persistentLeg: boolean;
}
interface HeadRow {
  readonly version: string;
  readonly publishedAt: Date;
  readonly name: string;
  readonly areaCode: string;
  readonly timeZone: string;
  readonly mainNumber: string;
  readonly generalQueue: string;
  readonly calendar: OwnCalendar | null;
}
/** Hours lie in the tables as operators write them. */
type LineRow = Omit<Line, 'hours'> & { readonly hours: string | null };

export function configurationBooks(db: PgDatabase): ConfigurationSource & ConfigurationPublisher {
  return {
    load: () =>
      db.transact(async (tx) => {
        const on = db.on(tx);
        // One snapshot: an agent of the new version never meets the queues of the old.
        await on.query('set transaction isolation level repeatable read, read only');
        const { rows: heads } = await on.query<HeadRow>(HEAD);
        const [head] = heads;
        if (head === undefined) throw new Error('no municipality is set up in this database');
        const lines = await on.query<LineRow>(LINES);
        const queues = await on.query<Queue>(`${SELECT_QUEUES} where not retired order by code`);
        const agents = await on.query<AgentRow>(AGENTS);
        const menus = await on.query<{ body: Menu }>('select body from menus order by code');
        const trunks = await on.query<{ body: TrunkProfile }>('select body from trunks order by code');
        const announcements = await on.query<Announcement>(ANNOUNCEMENTS);
        const restrictions = await on.query<Restriction>(RESTRICTIONS);
        const surges = await on.query<SurgeMode>(SURGE_MODE);
        const { version, publishedAt, calendar, ...municipality } = head;
        const configuration: Configuration = {
          version: Number(version),
          publishedAt: publishedAt.toISOString(),
          municipality,
          lines: lines.rows.map((line) => ({ ...line, hours: hoursOf(line.hours) })),
          queues: queues.rows,
          agents: agents.rows.map(({ phoneKind, phoneSecret, persistentLeg, skills, ...agent }) => ({
            ...agent,
            skills: skills ?? {},
          })),
          menus: menus.rows.map(({ body }) => body),
          trunks: trunks.rows.map(({ body }) => body),
          announcements: announcements.rows,
          restrictions: restrictions.rows,
          surgeMode: surges.rows[0] ?? null,
          calendar: calendar ?? NOTHING_ENTERED,
        };
        const first = agents.rows.map(
          ({ agentId, phone, phoneKind, phoneSecret, displayName, persistentLeg }): Phone => ({
            name: phone,
            agentId,
            kind: phoneKind,
            secret: phoneSecret,
            displayName,
            persistentLeg,
          }),
        );
        const others = await on.query<Phone>(OTHER_PHONES);
        const rules = await on.query<{ rules: unknown }>('select rules from presence_rules');
        const outbound = await on.query<{ rules: unknown }>('select rules from outbound_rules');
        const holding = await on.query<HoldingNotice>(HOLDING_NOTICES);
        return {
          configuration,
          phones: [...first, ...others.rows],
          presenceRules: storedPresenceRules(rules.rows[0]?.rules),
          outboundRules: storedOutboundRules(outbound.rows[0]?.rules),
          holdingNotices: holding.rows,
        };
      }),

    async publish(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ version: string }>(
          'update published_configuration set version = version + 1, published_at = now() returning version',
        );
      // Told with the commit, never without it.
      await db.on(tx).query('select pg_notify($1, $2)', [CONFIGURATION_CHANNEL, rows[0]?.version ?? '']);
      return Number(rows[0]?.version);
    },
  };
}

const HEAD = `
  select p.version, p.published_at as "publishedAt", m.name, m.area_code as "areaCode", m.time_zone as "timeZone",
    m.main_number as "mainNumber", m.general_queue as "generalQueue",
    (select jsonb_build_object(
      'years', (select coalesce(jsonb_agg(year order by year), '[]') from calendar_years),
      'days', (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name)
        order by day), '[]') from calendar_days))) as calendar
  from published_configuration p cross join municipality m`;

// By their states. Whether their time has come, or is over, is looked at with each call: this may be kept for long.
const ANNOUNCEMENTS = `
  select id, title, text, lines, area, ${ms('from_at')} as "fromMs",
    ${ms('until_at')} as "untilMs", offer_key as "offerKey"
  from announcements where state = 'live' order by from_at, id`;

const RESTRICTIONS = `
  select id, number, step, calls_per_hour as "callsPerHour", ${ms('from_at')} as "fromMs",
    ${ms('until_at')} as "untilMs", note
  from restrictions where state = 'active' order by from_at, id`;

const SURGE_MODE = `
  select id, queues, ${ms('until_at')} as "untilMs", wrap_up_ms as "wrapUpMs",
    callback_after_ms as "callbackAfterMs", helpers::text[] as helpers
  from surge_modes where ended_at is null order by from_at desc, id limit 1`;

const LINES = `
  select l.number, l.name, l.unit_code as "unitCode", u.name as "unitName", l.mode,
    l.valid_from::text as "validFrom", l.valid_to::text as "validTo", l.queue_code as queue,
    l.unit_number as "unitNumber", l.trunk, l.greeting, l.menu, l.after_end as "afterEnd", l.hours,
    l.centre_address as "centreAddress", l.skills
  from lines l join units u on u.code = l.unit_code order by l.number, l.valid_from`;

const AGENTS = `
  select a.account_id as "agentId", a.number, c.display_name as "displayName", a.phone_name as phone,
    employer_today(a.account_id) as employer,
    array(select queue_code from agent_queues join queues q on q.code = queue_code
      where agent_id = a.account_id and not q.retired order by queue_code) as queues,
    (select jsonb_object_agg(skill, level) from agent_skills s where s.agent_id = a.account_id) as skills,
    a.phone_kind as "phoneKind", a.phone_secret as "phoneSecret",
    a.phone_persistent_leg as "persistentLeg"
  from agents a join accounts c on c.id = a.account_id
  where c.disabled_at is null and 'agent' = any (c.roles) order by a.number`;

const HOLDING_NOTICES = `
  select id, title, (extract(epoch from until) * 1000)::float8 as "untilMs",
    array(select account_id::text from knowledge_receipts r where r.notice_id = n.id) as "readBy"
  from knowledge_notices n where critical and withdrawn_at is null and until > now() order by at, id`;

const OTHER_PHONES = `
  select p.name, p.agent_id as "agentId", p.kind, p.secret, c.display_name as "displayName", p.persistent_leg as "persistentLeg"
  from agent_phones p join accounts c on c.id = p.agent_id
  where c.disabled_at is null and 'agent' = any (c.roles) order by p.name`;
