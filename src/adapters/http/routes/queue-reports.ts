import { Type } from '@fastify/type-provider-typebox';
import { reportQueues } from '../../../app/reporting/report-queues.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';

const visitFields = {
  offered: Type.Integer({ description: '进入该队列的次数，等于以下各项之和' }),
  answered: Type.Integer({ description: '由该队列的话务员接听' }),
  overflowed: Type.Integer({ description: '溢出：在其后的队列接听或放弃' }),
  abandoned: Type.Integer({ description: '在该队列放弃' }),
  answeredElsewhere: Type.Integer({ description: '溢出到该队列后，仍由原队列接听' }),
  moved: Type.Integer({ description: '移出：队列撤销，或改为留言' }),
  callback: Type.Integer({ description: '改为回拨' }),
  waiting: Type.Integer({ description: '仍在等待' }),
  untold: Type.Integer({ description: '通话已结束而去向不明（早期版本或异常中断）' }),
  waitedMs: Type.Number({ description: '接听者自进入该队列起的等待，合计毫秒' }),
};

/** A call counts in every queue that it came through (C16). */
export function queueReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/queues',
    {
      schema: {
        operationId: 'reportQueues',
        tags: ['reports'],
        summary: '各队列的进入、接听、溢出、放弃；一通来电在所经过的每个队列各计一次',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            queues: Type.Array(exactly({ queue: Type.String(), ...visitFields })),
            total: exactly(visitFields),
            calls: Type.Integer({ description: '排过队的来电，每通一次' }),
            answeredCalls: Type.Integer({ description: '其中由话务员接听的' }),
            reconciles: Type.Boolean({ description: '每个队列的进入等于各去向之和' }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const { queues, ...rest } = await reportQueues(services)({ from, to });
      return { from, to, queues: [...queues], ...rest };
    },
  );
}
