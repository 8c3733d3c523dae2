import { Type } from '@fastify/type-provider-typebox';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, Reason } from '../shapes/elements.ts';
import { AlarmShape, shownAlarm } from '../shapes/recordings.ts';

/** Trouble that a person must see: open until it goes by itself or somebody takes it off with a reason. */
export function alarmRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/alarms',
    {
      schema: {
        operationId: 'listAlarms',
        tags: ['alarms'],
        summary: '告警，未处理的在前；同一故障只有一条，计次数',
        querystring: exactly({
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          open: Type.Optional(Type.Boolean({ description: 'true：未处理；false：已处理' })),
        }),
        response: answers({ 200: exactly({ alarms: Type.Array(AlarmShape) }) }),
      },
    },
    async (request) => {
      const { open, limit } = request.query;
      return { alarms: (await services.alarms.list(open, limit)).map(shownAlarm) };
    },
  );

  app.post(
    '/alarms/:id/close',
    {
      schema: {
        operationId: 'closeAlarm',
        tags: ['alarms'],
        summary: '处理完毕，撤下告警；再次发生时重新告警',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: exactly({ alarm: AlarmShape }) }),
      },
    },
    async (request) => {
      const { reason } = request.body;
      const closed = await services.alarms.close(
        request.params.id,
        callerOf(request).id,
        services.now(),
        reason.trim(),
      );
      if (closed === null) throw new Refusal('alarm.unknown');
      return { alarm: shownAlarm(closed) };
    },
  );
}
