import { Type } from '@fastify/type-provider-typebox';
import { ALARM_KINDS } from '../../../app/ports/alarms.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, oneOf, PageQuery, Reason } from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
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
          ...PageQuery,
          open: Type.Optional(Type.Boolean({ description: 'true：未处理；false：已处理' })),
          kind: Type.Optional(oneOf(ALARM_KINDS, { description: '只看这一种告警' })),
        }),
        response: answers({ 200: pageShape('alarms', AlarmShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.alarms.page(filter, page);
      return { alarms: rows.map(shownAlarm), next };
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
