import { Type } from '@fastify/type-provider-typebox';
import { WORK_KINDS } from '../../../app/ports/work-items.ts';
import { closeWorkItem } from '../../../app/rules/close-work-item.ts';
import { WORK_STATES } from '../../../domain/hotlines/register/work-items.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  DialledNumber,
  exactly,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
  Reason,
} from '../shapes/elements.ts';
import { WorkItemShape, workItemSeen } from '../shapes/work-items.ts';

/** What somebody must do by a day: warnings and ends of transitions. */
export function workItemRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/work-items',
    {
      schema: {
        operationId: 'listWorkItems',
        tags: ['rules'],
        summary: '过渡期任务：届满前 30、14、7、1 日的提醒和停用，先到期者在前',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(oneOf(WORK_STATES)),
          kind: Type.Optional(oneOf(WORK_KINDS)),
          number: Type.Optional(DialledNumber),
          unitCode: Type.Optional(Code),
        }),
        response: answers({
          200: exactly({ items: Type.Array(WorkItemShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { items, next } = await services.work.list(filter, page);
      return { items: items.map(workItemSeen), next };
    },
  );

  for (const [how, operationId, summary] of [
    ['finish', 'finishWorkItem', '任务已办理'],
    ['dismiss', 'dismissWorkItem', '任务无需办理，说明理由'],
  ] as const) {
    app.post(
      `/work-items/:id/${how}`,
      {
        schema: {
          operationId,
          tags: ['rules'],
          summary,
          params: IdParams,
          body: exactly({ reason: Reason }),
          response: answers({ 200: WorkItemShape }),
        },
      },
      async (request) => {
        const { id } = (request as { params: { id: string } }).params;
        const { reason } = (request as { body: { reason: string } }).body;
        return workItemSeen(
          await closeWorkItem(services)({ id, how, by: callerOf(request).id, reason: reason.trim() }),
        );
      },
    );
  }
}
