import { Type } from '@fastify/type-provider-typebox';
import type { LiveSource } from '../../../app/live/board.ts';
import { PROBLEMS } from '../problems/index.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, oneOf } from '../shapes/elements.ts';

const CHECK_TIMEOUT_MS = 1500;

const PART_STATES = ['ready', 'away'] as const;
const CheckShape = exactly({ ok: Type.Boolean(), detail: Type.String() });
const ReadinessShape = exactly({
  status: oneOf(['ready', 'degraded', 'unavailable'], {
    description: 'degraded：其中一部分不可用（见 parts），另一部分照常；unavailable：两部分都不可用',
  }),
  parts: exactly({
    telephony: oneOf(PART_STATES, {
      description:
        '话务员的电话操作和实时画面：接听、保持、转接、挂断、示闲（Redis、呼叫控制、交换机）；' +
        '数据库不可用时，本进程近来未见任何登录者亦为 away',
    }),
    books: oneOf(PART_STATES, { description: '登录、登记和查询（数据库）' }),
  }),
  checks: exactly({ postgres: CheckShape, redis: CheckShape, callControl: CheckShape }),
});

const CALL_CONTROL = {
  live: { ok: true, detail: '正常' },
  switchAway: { ok: false, detail: '呼叫控制与电话交换机失联：正在重连' },
  away: { ok: false, detail: '呼叫控制没有心跳：新来电由交换机的后备队列接听' },
} as const satisfies Record<LiveSource, { readonly ok: boolean; readonly detail: string }>;

export function healthRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/healthz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'checkHealth',
        tags: ['health'],
        summary: '进程是否存活',
        response: answers({ 200: exactly({ status: oneOf(['alive']) }) }),
      },
    },
    async () => ({ status: 'alive' }),
  );

  app.get(
    '/readyz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'checkReadiness',
        tags: ['health'],
        summary:
          '所依赖的各项是否可用；只要电话操作或登记查询有一部分可用即为 200，以免负载均衡撤下仍在服务通话的进程；' +
          '数据库不可用时，登录者只为近来服务过他的进程所知：负载均衡须会话保持，并优先选 ready',
        response: answers({ 200: ReadinessShape, 503: ReadinessShape }),
      },
    },
    async (_request, reply) => {
      const checks = {
        postgres: await checkPostgres(services),
        redis: services.redisReady()
          ? { ok: true, detail: '正常' }
          : { ok: false, detail: 'Redis 无响应：话务员操作和实时画面暂不可用' },
        callControl: CALL_CONTROL[services.board.picture().source],
      };
      const books = checks.postgres.ok;
      // Without the books a process knows whom it has seen itself, and can serve nobody else.
      const servesSomebody = books || services.sessions.knowsAnybody(services.now());
      const telephony = checks.redis.ok && checks.callControl.ok && servesSomebody;
      const status = telephony && books ? 'ready' : telephony || books ? 'degraded' : 'unavailable';
      const parts = { telephony: stateOf(telephony), books: stateOf(books) };
      return reply.status(status === 'unavailable' ? 503 : 200).send({ status, parts, checks });
    },
  );

  app.get(
    '/v1/problems',
    {
      schema: {
        operationId: 'listProblems',
        tags: ['health'],
        summary: '全部错误代码',
        response: answers({
          200: exactly({
            problems: Type.Array(
              exactly({ code: Type.String(), status: Type.Integer(), zh: Type.String(), en: Type.String() }),
            ),
          }),
        }),
      },
    },
    async () => ({ problems: Object.entries(PROBLEMS).map(([code, problem]) => ({ code, ...problem })) }),
  );
}

const stateOf = (isThere: boolean): (typeof PART_STATES)[number] => (isThere ? 'ready' : 'away');

async function checkPostgres(services: ApiServices): Promise<{ ok: boolean; detail: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([services.checkDatabase(), late]);
    return { ok: true, detail: '正常' };
  } catch {
    return { ok: false, detail: '数据库无响应：除电话操作和实时画面外暂不可用，通话不受影响' };
  } finally {
    clearTimeout(timer);
  }
}
