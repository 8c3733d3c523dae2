import { Type } from '@fastify/type-provider-typebox';
import type { LiveSource } from '../../../app/live/board.ts';
import { PROBLEMS } from '../problems/index.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, oneOf } from '../shapes/elements.ts';

const CHECK_TIMEOUT_MS = 1500;

const CheckShape = exactly({ ok: Type.Boolean(), detail: Type.String() });
const ReadinessShape = exactly({
  status: oneOf(['ready', 'degraded', 'unavailable'], {
    description: 'degraded：可登记工单和查询，但话务员状态与实时画面暂不可用；unavailable：数据库不可用',
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
        summary: '所依赖的各项是否可用',
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
      const whole = checks.redis.ok && checks.callControl.ok;
      const status = !checks.postgres.ok ? 'unavailable' : whole ? 'ready' : 'degraded';
      return reply.status(checks.postgres.ok ? 200 : 503).send({ status, checks });
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
