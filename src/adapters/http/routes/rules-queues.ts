import { Type } from '@fastify/type-provider-typebox';
import { drawOverflows } from '../../../app/rules/draw-overflows.ts';
import { OVERFLOW_ENDS } from '../../../domain/hotlines/overflow-line.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { VersionParams } from '../shapes/rules.ts';

const Millis = Type.Integer({ description: '毫秒' });
const SoonerShape = exactly({
  overflowWaiting: nullable(Type.Integer()),
  overflowLongestMs: nullable(Millis),
  overflowUnstaffed: Type.Boolean(),
});
const OverflowShape = exactly({
  queue: Type.String(),
  desks: Type.Array(
    exactly({
      queue: Type.String(),
      name: Type.String(),
      atMs: Type.Integer({ description: '自进入第一个队列起，最迟此时也在该队列寻找话务员，毫秒' }),
      seats: Type.Integer({ description: '服务该队列的话务员数，不论是否签入' }),
      sooner: Type.Union([SoonerShape, Type.Null()], { description: '何种情形提前溢出' }),
    }),
  ),
  callback: Type.Union(
    [exactly({ afterWaitMs: nullable(Millis), aboveEstimateMs: nullable(Millis) }), Type.Null()],
    { description: '何时提示可回呼；null 不提示' },
  ),
  messageAtMs: nullable(Type.Integer({ description: '自开始排队起，此时请市民留言，毫秒；null 继续等待' })),
  ends: oneOf(OVERFLOW_ENDS, { description: '最终由人工、回呼或留言接住；nobody 不能发布' }),
});

/** How calls wait by a version of the rules. */
export function ruleQueueRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/overflows',
    {
      schema: {
        operationId: 'drawOverflows',
        tags: ['rules'],
        summary: '各队列的溢出链：依次在哪些队列寻找话务员、何时、最终由谁接住',
        params: VersionParams,
        response: answers({ 200: exactly({ overflows: Type.Array(OverflowShape) }) }),
      },
    },
    async (request) => ({
      overflows: (await drawOverflows(services)(request.params.version)).map(({ desks, ...line }) => ({
        ...line,
        desks: [...desks],
      })),
    }),
  );
}
