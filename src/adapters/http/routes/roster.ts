import { Type } from '@fastify/type-provider-typebox';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, SkillsShape } from '../shapes/elements.ts';

/** Who the agents are, whether they are here today or not: what each can do, for which queues, in whose employ. */
export function rosterRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/agents/roster',
    {
      schema: {
        operationId: 'readRoster',
        tags: ['agents'],
        summary: '话务员名册：工号、派出单位、队列、技能及等级；不论是否签入',
        response: answers({
          200: exactly({
            agents: Type.Array(
              exactly({
                agentId: Type.String(),
                number: Type.String(),
                displayName: Type.String(),
                employer: Type.String({ description: '派出单位代码，见 /v1/employers' }),
                queues: Type.Array(Type.String()),
                skills: SkillsShape,
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      agents: (await services.agents.list()).map(
        ({ accountId, number, displayName, employer, queues, skills }) => ({
          ...{ agentId: accountId, number, displayName, employer },
          ...{ queues: [...queues], skills: { ...skills } },
        }),
      ),
    }),
  );
}
