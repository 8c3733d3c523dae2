import { Type } from '@fastify/type-provider-typebox';
import type { OpenTickets } from '../../../app/ports/open-tickets.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable } from '../shapes/elements.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const counts = {
  open: Type.Integer({ description: '未结工单，含挂账' }),
  longTerm: Type.Integer({ description: '其中挂账' }),
  overdue: Type.Integer({ description: '其中超过市民时限' }),
  planLate: Type.Integer({ description: '挂账中应复核而未复核' }),
};

/** What is open now: long-term items are counted with all others, and named. */
export function openTicketRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/open-tickets',
    {
      schema: {
        operationId: 'reportOpenTickets',
        tags: ['reports'],
        summary: '现有未结工单：按承办单位和状态，挂账计入总数并单列',
        response: answers({
          200: exactly({
            total: exactly(counts),
            units: Type.Array(
              exactly({
                unitCode: nullable(Type.String()),
                unitName: nullable(Type.String()),
                ...counts,
                states: Type.Array(exactly({ state: TicketStateShape, tickets: Type.Integer() })),
              }),
            ),
          }),
        }),
      },
    },
    async () => {
      const { calendar } = await services.calendar.load();
      const found = await services.openTickets.openTickets(localDateOf(services.now(), calendar.zone));
      const units = found.map(counted);
      const sum = (of: keyof typeof counts) => units.reduce((all, one) => all + one[of], 0);
      return {
        total: {
          ...{ open: sum('open'), longTerm: sum('longTerm') },
          ...{ overdue: sum('overdue'), planLate: sum('planLate') },
        },
        units,
      };
    },
  );
}

const counted = ({ states, ...unit }: OpenTickets) => ({
  ...unit,
  open: states.reduce((all, { tickets }) => all + tickets, 0),
  longTerm: states.find(({ state }) => state === 'longTerm')?.tickets ?? 0,
  states: [...states],
});
