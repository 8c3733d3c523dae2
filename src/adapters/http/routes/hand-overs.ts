import { Type } from '@fastify/type-provider-typebox';
import { daysOf } from '../../../domain/reporting/period.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';

const DAYS_MAX = 92;
const Count = (description: string) => Type.Integer({ description });

/** 12345 and the emergency desks, in both directions, and what talks of three came to. */
export function handOverRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/hand-overs',
    {
      schema: {
        operationId: 'reportHandOvers',
        tags: ['reports'],
        summary: '与 110、119、120、122 双向移交的统计；三方通话数及其当场办结数',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            desks: Type.Array(
              exactly({
                desk: Type.String(),
                called: Count('话务员呼出'),
                joined: Count('其中已接入通话'),
                accepted: Count('其中已受理'),
                received: Count('该台来电'),
                receivedAnswered: Count('其中由人接听'),
              }),
            ),
            threeWay: exactly({ calls: Count('三方通话'), onSpot: Count('其中当场办结') }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      if (daysOf({ from, to }, DAYS_MAX) === null) throw new Refusal('period.invalid', { from, to });
      const { rules } = await services.outboundRules.read();
      return { from, to, ...(await services.handOvers.between({ from, to }, rules.emergencyDesks)) };
    },
  );
}
