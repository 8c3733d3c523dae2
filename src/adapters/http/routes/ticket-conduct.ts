import { Type } from '@fastify/type-provider-typebox';
import { nameAccused } from '../../../app/tickets/name-accused.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, IdParams, nullable, Reason } from '../shapes/elements.ts';

/** 作风类诉求 (HM-16). */
export function ticketConductRoutes(app: Api, services: ApiServices): void {
  app.put(
    '/tickets/:id/accused',
    {
      schema: {
        operationId: 'nameAccused',
        tags: ['tickets'],
        summary:
          '注明被投诉单位（作风类诉求）：此后不得单独派给该单位及其下级，其人员不得审核、回访、结案；可作为协办说明情况。空为取消',
        params: IdParams,
        body: exactly({ unitCode: nullable(Code), reason: Reason }),
        response: answers({
          200: exactly({ unitCode: nullable(Type.String({ description: '被投诉单位' })) }),
        }),
      },
    },
    (request) =>
      nameAccused(services)({ ...request.body, ticketId: request.params.id, actor: actorOf(request) }),
  );
}
