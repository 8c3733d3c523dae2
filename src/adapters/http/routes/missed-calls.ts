import { Type } from '@fastify/type-provider-typebox';
import { LOOK_BACK_MS } from '../../../app/missed-calls/collect-missed-calls.ts';
import {
  callMissedCall,
  claimMissedCall,
  finishMissedCall,
  releaseMissedCall,
} from '../../../app/missed-calls/work-missed-calls.ts';
import { MISSED_RESULTS, MISSED_WHY } from '../../../app/ports/missed-calls.ts';
import { MISSED_CALL_STATES } from '../../../domain/callbacks/missed/missed-call.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
} from '../shapes/elements.ts';
import { Person } from '../shapes/knowledge.ts';
import { AgentShape } from '../shapes/live.ts';

const Rules = exactly({
  messageAfterMs: Type.Integer({
    minimum: 0,
    maximum: 600_000,
    description: '等待多久后挂机才发致歉短信，毫秒',
  }),
  message: Type.Boolean({ description: '是否发致歉短信' }),
  perHour: Type.Integer({ minimum: 0, maximum: 10_000, description: '全中心每小时最多领取几件' }),
});

const Item = exactly({
  id: Type.String(),
  number: MaskedNumber,
  line: nullable(Type.String()),
  queue: nullable(Type.String()),
  why: oneOf(MISSED_WHY, {
    description: 'abandoned 排队中挂机，lost 线路中断，callbackFailed 回呼未接通，callbackExpired 回呼过期',
  }),
  calls: Type.Integer({ description: '未接来电次数' }),
  firstAt: Instant,
  lastAt: Instant,
  longestWaitMs: Type.Integer(),
  state: oneOf(MISSED_CALL_STATES, {
    description: 'open 待回拨，claimed 处理中，done 已处理，obsolete 市民已自行接通',
  }),
  claimedBy: Person,
  claimedUntil: nullable(Instant),
  closedAt: nullable(Instant),
  result: nullable(oneOf(MISSED_RESULTS)),
  note: Type.String(),
});
const Done = answers({ 204: Type.Null() });

/** Calls that nobody answered, as work: one item a number, held by one person at a time, so many an hour. */
export function missedCallRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/missed-calls',
    {
      schema: {
        operationId: 'listMissedCalls',
        tags: ['calls'],
        summary: '未接来电：due 为待回拨（先来先拨），其余按状态，新的在前',
        querystring: exactly({
          ...PageQuery,
          state: oneOf(['due', ...MISSED_CALL_STATES], { default: 'due', description: '默认 due' }),
        }),
        response: answers({ 200: exactly({ items: Type.Array(Item), next: nullable(Type.String()) }) }),
      },
    },
    async (request) => {
      const { state, limit, after } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { items, next } = await services.missedCalls.list(state, page, services.now());
      return { items: items.map((item) => ({ ...item, number: maskedNumber(item.number) })), next };
    },
  );

  app.get(
    '/missed-calls/withheld',
    {
      schema: {
        operationId: 'listWithheldCalls',
        tags: ['calls'],
        summary: '最近 24 小时内未接且号码隐藏或无法识别、因而不能回拨的来电，新的在前',
        querystring: exactly(PageQuery),
        response: answers({
          200: exactly({
            calls: Type.Array(
              exactly({
                callId: Type.String(),
                line: nullable(Type.String()),
                queue: nullable(Type.String()),
                why: oneOf(MISSED_WHY),
                endedAt: Instant,
                waitedMs: Type.Integer({ description: '等待，毫秒' }),
              }),
            ),
            count: Type.Integer({ description: '24 小时内共有几通' }),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const found = await services.missedCalls.withheld(services.now() - LOOK_BACK_MS, page);
      return { ...found, calls: [...found.calls] };
    },
  );

  app.post(
    '/missed-calls/:id/claim',
    {
      schema: {
        operationId: 'claimMissedCall',
        tags: ['calls'],
        summary: '领取一件未接来电，一刻钟内归本人处理',
        params: IdParams,
        response: answers({ 200: exactly({ claimedUntil: Instant }) }),
      },
    },
    (request) => claimMissedCall(services)(request.params.id, callerOf(request).id),
  );

  app.post(
    '/missed-calls/:id/release',
    {
      schema: {
        operationId: 'releaseMissedCall',
        tags: ['calls'],
        summary: '放回未接来电，由他人处理',
        params: IdParams,
        response: Done,
      },
    },
    async (request, reply) => {
      await releaseMissedCall(services)(request.params.id, callerOf(request).id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/missed-calls/:id/call',
    {
      config: { creates: true },
      schema: {
        operationId: 'callMissedCall',
        tags: ['calls'],
        summary: '回拨本人领取的未接来电：先接通本人话机，再拨打市民；号码不下发',
        headers: IdempotencyHeaders,
        params: IdParams,
        response: answers({
          201: exactly({ callId: Type.String(), agent: Type.Union([AgentShape, Type.Null()]) }),
        }),
      },
    },
    async (request, reply) => {
      const placed = await callMissedCall(services)({
        id: request.params.id,
        callId: newIdFor(request, services, 'call'),
        agentId: callerOf(request).id,
      });
      return reply.status(201).send(placed);
    },
  );

  app.post(
    '/missed-calls/:id/finish',
    {
      schema: {
        operationId: 'finishMissedCall',
        tags: ['calls'],
        summary: '登记未接来电的处理结果：reached 已联系，notReached 未联系上，notNeeded 无需联系',
        params: IdParams,
        body: exactly({
          result: oneOf(MISSED_RESULTS),
          note: Type.Optional(Type.String({ maxLength: 500, description: '说明，最多 500 字' })),
        }),
        response: Done,
      },
    },
    async (request, reply) => {
      const { result, note = '' } = request.body;
      await finishMissedCall(services)(request.params.id, callerOf(request).id, {
        result,
        note: note.trim(),
      });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/missed-call-rules',
    {
      schema: {
        operationId: 'readMissedCallRules',
        tags: ['calls'],
        summary: '未接来电的处理规则',
        response: answers({ 200: Rules }),
      },
    },
    () => services.missedCalls.rules(),
  );

  app.put(
    '/missed-call-rules',
    {
      schema: {
        operationId: 'setMissedCallRules',
        tags: ['calls'],
        summary: '更改未接来电的处理规则',
        body: Rules,
        response: answers({ 200: Rules }),
      },
    },
    async (request) => {
      await services.missedCalls.saveRules(request.body, callerOf(request).id, services.now());
      return request.body;
    },
  );
}
