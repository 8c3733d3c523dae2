import { Type } from '@fastify/type-provider-typebox';
import { runAgain } from '../../../app/deadlines/run-again.ts';
import { FAILURE_KINDS, JOB_QUEUES, type JobStoreFigures, LOOKED_AT } from '../../../app/ports/job-board.ts';
import { MARK_CLOCKS, MARK_KINDS } from '../../../domain/deadlines/clocks.ts';
import { callerOf } from '../guard.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf, PageQuery, Reason } from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const Count = Type.Integer();
const Ms = Type.Integer({ description: '毫秒' });
const Mark = exactly(
  { ticket: Type.String(), clock: oneOf(MARK_CLOCKS), kind: oneOf(MARK_KINDS), level: Count },
  { description: '时限：哪张工单、哪个时钟、哪个节点、百分之几' },
);
const Kind = oneOf(FAILURE_KINDS, { description: 'deadline 时限，outbox 待发通知' });
const FailureShape = exactly({
  kind: Kind,
  id: Type.String(),
  what: MaskedWords,
  why: MaskedWords,
  since: Instant,
  times: Count,
  ticketId: nullable(Type.String()),
  mark: nullable(Mark),
});

/** What the worker has before it, how late it is, and what it could not do. */
export function jobRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/jobs',
    {
      schema: {
        operationId: 'readJobs',
        tags: ['system'],
        summary: '后台任务：各队列有多少、迟了多久、哪些轮次正在失败；失败的任务见 /v1/jobs/failures',
        response: answers({
          200: exactly({
            now: nullable(Instant),
            store: Type.Union([exactly({ waiting: Count, delayed: Count, active: Count }), Type.Null()], {
              description: '任务队列（Redis）；null 为暂时不可用，时限由数据库保存，不会丢失',
            }),
            queues: Type.Array(
              exactly({
                queue: oneOf(JOB_QUEUES, {
                  description: 'deadlines 工单时限，oversight 督办和通报等的时点，knowledge 知识条目的时点',
                }),
                waiting: Type.Integer({ description: '已到点，等待执行' }),
                active: Type.Integer({ description: '正在执行' }),
                delayed: Type.Integer({ description: '24 小时内到点的，以及失败后待重试的' }),
                failing: Type.Integer({ description: `失败后待重试的，看最近的 ${LOOKED_AT} 个` }),
                latestMs: Type.Integer({ description: `排在最前的 ${LOOKED_AT} 个中最迟的已迟多久，毫秒` }),
              }),
              { description: '任务队列（Redis）逐个；暂时不可用时为空，见 store' },
            ),
            deadlines: exactly({ ahead: Count, due: Count, claimed: Count, failing: Count, latestMs: Ms }),
            outbox: exactly({ waiting: Count, held: Count, setAside: Count, oldestMs: Ms }),
            messages: exactly({ waiting: Count, failed: Count }),
            lateness: exactly(
              { fired: Count, p50Ms: Ms, p99Ms: Ms, maxMs: Ms },
              { description: '最近一小时到期的时限迟了多久' },
            ),
            rounds: Type.Array(
              exactly({
                name: Type.String(),
                why: MaskedWords,
                since: Instant,
                lastAt: Instant,
                times: Count,
                workers: Count,
              }),
              { description: '正在失败的后台轮次：不需重跑，自行重试，恢复后即从此消失' },
            ),
          }),
        }),
      },
    },
    async () => {
      const now = services.now();
      const [figures, rounds, queues] = await Promise.all([
        services.jobBoard.figures(now),
        services.jobBoard.failingRounds(now),
        queuesOf(services.jobStores ?? [], now),
      ]);
      const sum = (of: 'waiting' | 'delayed' | 'active') => queues.reduce((all, one) => all + one[of], 0);
      return {
        ...figures,
        rounds: [...rounds],
        store:
          queues.length === 0
            ? null
            : { waiting: sum('waiting'), delayed: sum('delayed'), active: sum('active') },
        queues: [...queues],
        now: new Date(now).toISOString(),
      };
    },
  );

  app.get(
    '/jobs/failures',
    {
      schema: {
        operationId: 'listJobFailures',
        tags: ['system'],
        summary: '失败的任务，最近失败的在前；可重新执行',
        querystring: exactly({ ...PageQuery, kind: Type.Optional(Kind) }),
        response: answers({ 200: pageShape('failures', FailureShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.jobBoard.failures(filter, page);
      return { failures: [...rows], next };
    },
  );

  app.post(
    '/jobs/failures/:kind/:id/run',
    {
      schema: {
        operationId: 'runJobAgain',
        tags: ['system'],
        summary: '让失败的任务重新执行；须说明理由，记入日志',
        params: exactly({ kind: Kind, id: Type.String({ minLength: 1, maxLength: 60 }) }),
        body: exactly({ reason: Reason }),
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const by = { accountId: callerOf(request).id, address: request.ip, requestId: request.id };
      await runAgain(services)({ ...request.params, reason: request.body.reason, by });
      return reply.status(204).send(null);
    },
  );
}

/** None while one of them is away: all lie in one store. */
async function queuesOf(stores: readonly JobStoreFigures[], now: number) {
  const queues = await Promise.all(
    stores.map(async (store) => {
      const figures = await store.figures(now);
      return figures === null ? null : { queue: store.queue, ...figures };
    }),
  );
  const there = queues.filter((one) => one !== null);
  return there.length < queues.length ? [] : there;
}
