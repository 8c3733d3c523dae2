import { Type } from '@fastify/type-provider-typebox';
import { findExperts } from '../../../app/knowledge/keep-expert.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';

const Entry = { name: Type.String(), number: Type.String() };

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/**
 * Whom an agent can call out of a talk by one key: units with a telephone in the register, emergency desks, colleagues at
 * work, experts (J11).
 */
export function directoryRoutes(app: Api, services: ApiServices): void {
  const experts = findExperts(services);
  app.get(
    '/directory',
    {
      schema: {
        operationId: 'readDirectory',
        tags: ['talk'],
        summary: '三方通话与转接的通讯录：有电话的单位、紧急台、在岗的话务员、专家',
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
            experts: Type.Array(
              exactly({
                expert: Type.String(),
                ...Entry,
                unitName: Type.String(),
                post: Type.String(),
                categories: Type.Array(Type.String()),
                duty: oneOf(['open', 'closed', 'unknown']),
                until: nullable(Type.String({ description: '可接听至' })),
                next: nullable(Type.String({ description: '下次可接听' })),
              }),
              { description: '政策专员，此刻可接听的在前' },
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
      const specialists = (await experts({})).map(
        ({ id: expert, name, number, unitName, post, categories, duty }) => ({
          ...{ expert, name, number, unitName, post, duty: duty.state },
          categories: [...categories],
          until: duty.state === 'open' ? iso(duty.until) : null,
          next: duty.state === 'closed' ? iso(duty.next) : null,
        }),
      );
      const { emergencyDesks } = rules;
      return { units: [...units.values()], emergency: [...emergencyDesks], colleagues, experts: specialists };
    },
  );
}
