import { Type } from '@fastify/type-provider-typebox';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';

const Entry = { name: Type.String(), number: Type.String() };

/** Whom an agent can call out of a talk by one key: units with a telephone in the register, emergency desks, colleagues at work. */
export function directoryRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/directory',
    {
      schema: {
        operationId: 'readDirectory',
        tags: ['talk'],
        summary: '三方通话与转接的通讯录：有电话的单位、紧急台、在岗的话务员',
        response: answers({
          200: exactly({
            units: Type.Array(exactly({ unit: Type.String(), ...Entry })),
            emergency: Type.Array(exactly({ desk: Type.String(), ...Entry })),
            colleagues: Type.Array(
              exactly({
                agentId: Type.String(),
                ...Entry,
                state: AgentShape.properties.state,
                queues: Type.Array(Type.String()),
              }),
              { description: '已签入的话务员' },
            ),
          }),
        }),
      },
    },
    async () => {
      const units = new Map<string, { unit: string; name: string; number: string }>();
      for (const { unitCode: unit, unitName: name, unitNumber: number } of await services.lines.list()) {
        if (number !== null && !units.has(unit)) units.set(unit, { unit, name, number });
      }
      const { rules } = await services.outboundRules.read();
      const colleagues = services.board
        .picture()
        .agents.filter(({ state }) => state !== 'SIGNED_OUT')
        .map(({ agentId, number, displayName: name, state, queues }) => ({
          ...{ agentId, number, name, state },
          queues: [...queues],
        }));
      return { units: [...units.values()], emergency: [...rules.emergencyDesks], colleagues };
    },
  );
}
