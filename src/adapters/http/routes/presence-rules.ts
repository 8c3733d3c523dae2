import { Type } from '@fastify/type-provider-typebox';
import { changePresenceRules } from '../../../app/agents/change-presence-rules.ts';
import type { KeptPresenceRules } from '../../../app/ports/presence-books.ts';
import { callerOf } from '../guard.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, NUMBER_AT_MOST, nullable } from '../shapes/elements.ts';

const manners = {
  missesMax: Type.Integer({ minimum: 1, maximum: 20, description: '连续未接几次后示忙' }),
  wrapUpExtraSeconds: Type.Integer({ minimum: 0, maximum: 3600, description: '整理态最多延长的秒数' }),
};
const rulesFields = {
  ...manners,
  holdReminderSeconds: Type.Integer({
    minimum: 10,
    maximum: 300,
    description: '保持市民时每隔多少秒提醒话务员 how often an agent is told of the citizen whom he holds',
  }),
  reasons: Type.Array(
    exactly({
      code: Type.String({ pattern: '^[a-zA-Z0-9-]{2,40}$' }),
      name: Type.String({ minLength: 1, maxLength: 20 }),
      limitMinutes: nullable(Type.Integer({ minimum: 1, maximum: 480 })),
      countsAsRest: Type.Boolean({ description: '计为法定休息' }),
    }),
    { maxItems: 40 },
  ),
  queues: Type.Array(
    exactly({
      queue: Code,
      missesMax: Type.Optional(manners.missesMax),
      wrapUpExtraSeconds: Type.Optional(manners.wrapUpExtraSeconds),
    }),
    { maxItems: 200, description: '队列自己的规定；话务员属于多个队列时从严' },
  ),
};
const RulesShape = exactly({ revision: Type.Integer({ minimum: 0 }), ...rulesFields });

function rulesSeen({ revision, rules }: KeptPresenceRules) {
  const { reasons, missesMax, wrapUpExtraMaxMs, holdReminderMs, queues } = rules;
  return {
    revision,
    missesMax,
    wrapUpExtraSeconds: wrapUpExtraMaxMs / 1000,
    holdReminderSeconds: holdReminderMs / 1000,
    reasons,
    queues: Object.entries(queues).map(([queue, own]) => ({
      queue,
      ...(own.missesMax === undefined ? {} : { missesMax: own.missesMax }),
      ...(own.wrapUpExtraMaxMs === undefined ? {} : { wrapUpExtraSeconds: own.wrapUpExtraMaxMs / 1000 }),
    })),
  };
}

/** What agents may be not ready for and for how long, and how often they may miss a call. */
export function presenceRuleRoutes(app: Api, services: ApiServices): void {
  const change = changePresenceRules(services);

  app.get(
    '/presence-rules',
    {
      schema: {
        operationId: 'readPresenceRules',
        tags: ['agents'],
        summary: '示忙原因及时限、连续未接与整理态的规定',
        response: answers({ 200: RulesShape }),
      },
    },
    async () => rulesSeen(await services.presence.rules()),
  );

  app.put(
    '/presence-rules',
    {
      schema: {
        operationId: 'changePresenceRules',
        tags: ['agents'],
        summary: '修改示忙原因等规定；即刻生效，已开始的示忙仍按原时限',
        body: exactly({
          revision: Type.Integer({ minimum: 0, maximum: NUMBER_AT_MOST, description: '修改所依据的修订号' }),
          ...rulesFields,
        }),
        response: answers({ 200: RulesShape }),
      },
    },
    async (request) => {
      const { revision, wrapUpExtraSeconds, holdReminderSeconds, queues, ...rest } = request.body;
      const rules = {
        ...rest,
        wrapUpExtraMaxMs: wrapUpExtraSeconds * 1000,
        holdReminderMs: holdReminderSeconds * 1000,
        queues: Object.fromEntries(
          queues.map(({ queue, missesMax, wrapUpExtraSeconds: extra }) => [
            queue,
            {
              ...(missesMax === undefined ? {} : { missesMax }),
              ...(extra === undefined ? {} : { wrapUpExtraMaxMs: extra * 1000 }),
            },
          ]),
        ),
      };
      const kept = await change(rules, { revision, by: callerOf(request).id });
      await askToReload(request, services);
      return rulesSeen(kept);
    },
  );
}
