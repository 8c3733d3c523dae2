import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { changePresenceRules } from '../../../app/agents/change-presence-rules.ts';
import { openOtherPhone } from '../../../app/agents/open-other-phone.ts';
import { type AgentDay, readAgentDay } from '../../../app/agents/read-agent-day.ts';
import { setPersistentLeg } from '../../../app/agents/set-persistent-leg.ts';
import { LastShown } from '../../../app/organisation/last-shown.ts';
import type { KeptPresenceRules } from '../../../app/ports/presence-books.ts';
import { PRESENCE_TABLE, type PresenceState } from '../../../domain/agents/presence-table.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdParams,
  Instant,
  NUMBER_AT_MOST,
  nullable,
  oneOf,
  Reason,
} from '../shapes/elements.ts';

const STATES = Object.keys(PRESENCE_TABLE) as readonly PresenceState[];
const Seconds = (description: string) => Type.Number({ description: `${description}，秒` });

const DayShape = exactly({
  agentId: Type.String(),
  day: Day,
  from: Instant,
  to: Instant,
  signedInSeconds: Seconds('签入时长'),
  restSeconds: Seconds('其中计为法定休息的示忙时长'),
  sums: Type.Array(
    exactly({
      state: oneOf(STATES),
      reason: nullable(Type.String()),
      count: Type.Integer({ description: '区间数' }),
      seconds: Seconds('当日内时长'),
      overSeconds: Seconds('当日内超过时限的时长'),
    }),
  ),
  intervals: Type.Array(
    exactly({
      state: oneOf(STATES),
      reason: nullable(Type.String()),
      from: Instant,
      to: nullable(Type.String({ description: 'ISO 8601，UTC；空：仍在继续' })),
      limitSeconds: nullable(Type.Number()),
      overSeconds: Seconds('超过时限'),
      countsAsRest: Type.Boolean(),
      by: nullable(Type.String({ description: '强制签出的班长' })),
      note: nullable(Type.String()),
    }),
  ),
});

const manners = {
  missesMax: Type.Integer({ minimum: 1, maximum: 20, description: '连续未接几次后示忙' }),
  wrapUpExtraSeconds: Type.Integer({ minimum: 0, maximum: 3600, description: '整理态最多延长的秒数' }),
};
const rulesFields = {
  ...manners,
  holdReminderSeconds: Type.Integer({
    minimum: 10,
    maximum: 300,
    description: '保持市民时每隔多少秒提醒话务员 how often an agent is told of the citizen whom he holds',
  }),
  reasons: Type.Array(
    exactly({
      code: Type.String({ pattern: '^[a-zA-Z0-9-]{2,40}$' }),
      name: Type.String({ minLength: 1, maxLength: 20 }),
      limitMinutes: nullable(Type.Integer({ minimum: 1, maximum: 480 })),
      countsAsRest: Type.Boolean({ description: '计为法定休息' }),
    }),
    { maxItems: 40 },
  ),
  queues: Type.Array(
    exactly({
      queue: Code,
      missesMax: Type.Optional(manners.missesMax),
      wrapUpExtraSeconds: Type.Optional(manners.wrapUpExtraSeconds),
    }),
    { maxItems: 200, description: '队列自己的规定；话务员属于多个队列时从严' },
  ),
};
const RulesShape = exactly({ revision: Type.Integer({ minimum: 0 }), ...rulesFields });

const iso = (ms: number): string => new Date(ms).toISOString();

function daySeen(agentId: string, day: string, found: AgentDay) {
  const { fromMs, toMs, sums, intervals, restMs, signedInMs } = found;
  return {
    agentId,
    day,
    from: iso(fromMs),
    to: iso(toMs),
    signedInSeconds: signedInMs / 1000,
    restSeconds: restMs / 1000,
    sums: sums.map(({ ms, overMs, ...sum }) => ({ ...sum, seconds: ms / 1000, overSeconds: overMs / 1000 })),
    intervals: intervals.map((one) => ({
      state: one.state,
      reason: one.reason,
      from: iso(one.fromMs),
      to: one.toMs === null ? null : iso(one.toMs),
      limitSeconds: one.limitMs === null ? null : one.limitMs / 1000,
      overSeconds: one.overMs / 1000,
      countsAsRest: one.countsAsRest,
      by: one.byName,
      note: one.note,
    })),
  };
}

function rulesSeen({ revision, rules }: KeptPresenceRules) {
  const { reasons, missesMax, wrapUpExtraMaxMs, holdReminderMs, queues } = rules;
  return {
    revision,
    missesMax,
    wrapUpExtraSeconds: wrapUpExtraMaxMs / 1000,
    holdReminderSeconds: holdReminderMs / 1000,
    reasons,
    queues: Object.entries(queues).map(([queue, own]) => ({
      queue,
      ...(own.missesMax === undefined ? {} : { missesMax: own.missesMax }),
      ...(own.wrapUpExtraMaxMs === undefined ? {} : { wrapUpExtraSeconds: own.wrapUpExtraMaxMs / 1000 }),
    })),
  };
}

/** How agents spend their day, what they may be not ready for, and the phones they have. */
export function presenceRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  const readDay = readAgentDay(services);
  const change = changePresenceRules(services);
  const openPhone = openOtherPhone(services);
  const phones = new LastShown<{ readonly name: string; readonly secret: string }>();
  const setLeg = setPersistentLeg(services);
  /** Call control hears of it from the database as well; being asked, it answers when it has it. */
  const tellCallControl = async (request: FastifyRequest): Promise<void> => {
    await services.commands
      .send({ kind: 'reloadConfiguration' })
      .catch((err: unknown) => request.log.warn({ err }, 'call control was not told of a change'));
  };

  app.get(
    '/agents/me/presence',
    {
      schema: {
        operationId: 'readOwnDay',
        tags: ['agents'],
        summary: '本人某日的状态区间与合计',
        querystring: exactly({ day: Day }),
        response: answers({ 200: DayShape }),
      },
    },
    async (request) => {
      const { id } = callerOf(request);
      return daySeen(id, request.query.day, await readDay(id, request.query.day));
    },
  );

  app.get(
    '/agents/:id/presence',
    {
      schema: {
        operationId: 'readAgentDay',
        tags: ['agents'],
        summary: '话务员某日的状态区间与合计，含超时与法定休息',
        params: IdParams,
        querystring: exactly({ day: Day }),
        response: answers({ 200: DayShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      if ((await services.agents.byAccount(id)) === null) throw new Refusal('agent.unknown');
      return daySeen(id, request.query.day, await readDay(id, request.query.day));
    },
  );

  app.get(
    '/presence-rules',
    {
      schema: {
        operationId: 'readPresenceRules',
        tags: ['agents'],
        summary: '示忙原因及时限、连续未接与整理态的规定',
        response: answers({ 200: RulesShape }),
      },
    },
    async () => rulesSeen(await services.presence.rules()),
  );

  app.put(
    '/presence-rules',
    {
      schema: {
        operationId: 'changePresenceRules',
        tags: ['agents'],
        summary: '修改示忙原因等规定；即刻生效，已开始的示忙仍按原时限',
        body: exactly({
          revision: Type.Integer({ minimum: 0, maximum: NUMBER_AT_MOST, description: '修改所依据的修订号' }),
          ...rulesFields,
        }),
        response: answers({ 200: RulesShape }),
      },
    },
    async (request) => {
      const { revision, wrapUpExtraSeconds, holdReminderSeconds, queues, ...rest } = request.body;
      const rules = {
        ...rest,
        wrapUpExtraMaxMs: wrapUpExtraSeconds * 1000,
        holdReminderMs: holdReminderSeconds * 1000,
        queues: Object.fromEntries(
          queues.map(({ queue, missesMax, wrapUpExtraSeconds: extra }) => [
            queue,
            {
              ...(missesMax === undefined ? {} : { missesMax }),
              ...(extra === undefined ? {} : { wrapUpExtraMaxMs: extra * 1000 }),
            },
          ]),
        ),
      };
      const kept = await change(rules, { revision, by: callerOf(request).id });
      await tellCallControl(request);
      return rulesSeen(kept);
    },
  );

  app.put(
    '/agents/:id/phones/:kind/persistent-leg',
    {
      schema: {
        operationId: 'setPersistentLeg',
        tags: ['agents'],
        summary:
          '设定话机常接：签入后接起一次，之后来电以提示音直接接通，不再振铃；通话中的改动在通话后生效。理由记入日志',
        params: exactly({ id: Type.String({ format: 'uuid' }), kind: oneOf(['browser', 'desk']) }),
        body: exactly({ persistentLeg: Type.Boolean(), reason: Reason }),
        response: answers({
          200: exactly({ kind: oneOf(['browser', 'desk']), persistentLeg: Type.Boolean() }),
        }),
      },
    },
    async (request) => {
      const { id: accountId, kind } = request.params;
      const { persistentLeg, reason } = request.body;
      await setLeg({ accountId, kind }, persistentLeg, {
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        reason,
        address: request.ip,
        requestId: request.id,
      });
      await tellCallControl(request);
      return { kind, persistentLeg };
    },
  );

  app.put(
    '/agents/me/phones/:kind',
    {
      schema: {
        operationId: 'openOtherPhone',
        tags: ['agents'],
        summary: '取得本人的浏览器话机或桌面话机，没有则开通；数据库不可用时，最近取得过的仍可取得',
        params: exactly({ kind: oneOf(['browser', 'desk']) }),
        response: answers({
          200: exactly({
            name: Type.String(),
            kind: oneOf(['browser', 'desk']),
            secret: Type.String({ description: '仅向话机所有者显示' }),
            sipAddress: Type.String(),
            webSocketAddress: Type.String(),
          }),
        }),
      },
    },
    async (request) => {
      const { kind } = request.params;
      const { id } = callerOf(request);
      const isAway = request.authenticated?.booksAway === true;
      const { name, secret } = await phones.of(`${id} ${kind}`, isAway, async () => {
        const { made, ...phone } = await openPhone(id, kind);
        if (made) await tellCallControl(request);
        return phone;
      });
      return {
        name,
        kind,
        secret,
        sipAddress: `sip:${name}@${request.hostname}:${options.sipPort}`,
        webSocketAddress: `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.host}/sip`,
      };
    },
  );
}
