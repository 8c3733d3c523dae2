import { Type } from '@fastify/type-provider-typebox';
import { type AgentDay, readAgentDay } from '../../../app/agents/read-agent-day.ts';
import { PRESENCE_TABLE, type PresenceState } from '../../../domain/agents/presence-table.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, IdParams, Instant, nullable, oneOf } from '../shapes/elements.ts';

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

/** How agents spend their day. */
export function agentDayRoutes(app: Api, services: ApiServices): void {
  const readDay = readAgentDay(services);

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
}
