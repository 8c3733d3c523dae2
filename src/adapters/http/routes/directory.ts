import { Type } from '@fastify/type-provider-typebox';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';

const Entry = { name: Type.String(), number: Type.String() };

/** Whom an agent can call out of a talk by one key: units with a telephone in the register, and emergency desks. */
export function directoryRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/directory',
    {
      schema: {
        operationId: 'readDirectory',
        tags: ['talk'],
        summary: '三方通话与转接的通讯录：有电话的单位、紧急台',
        response: answers({
          200: exactly({
            units: Type.Array(exactly({ unit: Type.String(), ...Entry })),
            emergency: Type.Array(exactly({ desk: Type.String(), ...Entry })),
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
      return { units: [...units.values()], emergency: [...rules.emergencyDesks] };
    },
  );
}
