import { Type } from '@fastify/type-provider-typebox';
import { sayConvenience } from '../../../app/codes/say-convenience.ts';
import type { AuditEntry } from '../../../app/ports/audit.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, Reason } from '../shapes/elements.ts';
import { CategoryCode } from '../shapes/tickets.ts';

const Said = exactly({
  codes: Type.Array(Type.String(), {
    description: '计为便民服务的诉求分类，含其下各级；空：没有，全部计为诉求',
  }),
  saidAt: nullable(Instant),
  saidBy: nullable(Type.String({ description: '空：尚未指定，按示例分类 convenience（如有）' })),
});

/** 便民服务 (JY-05): under which categories it stands in this town. */
export function convenienceCategoryRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/convenience-categories',
    {
      schema: {
        operationId: 'readConvenienceCategories',
        tags: ['codes'],
        summary: '哪些诉求分类计为便民服务（不计入诉求量），由谁何时指定',
        response: answers({ 200: Said }),
      },
    },
    async () => {
      const { codes, ...said } = await services.convenience.read();
      return { ...said, codes: [...codes] };
    },
  );

  app.put(
    '/convenience-categories',
    {
      schema: {
        operationId: 'sayConvenienceCategories',
        tags: ['codes'],
        summary: '指定哪些诉求分类计为便民服务；以往时段的数字也按此计，每次指定连同理由都留存',
        body: exactly({
          codes: Type.Array(CategoryCode, { maxItems: 50, uniqueItems: true }),
          reason: Reason,
        }),
        response: answers({ 200: Said }),
      },
    },
    async (request) => {
      const { codes: wanted, reason } = request.body;
      const entry: AuditEntry = {
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        action: 'convenience.said',
        subjectKind: 'settings',
        subjectId: 'convenience',
        reason: `${reason.trim()} (${wanted.join(', ')})`,
        address: request.ip,
        requestId: request.id,
      };
      const say = sayConvenience(services);
      const { codes, ...said } = await say(wanted, actorOf(request), (tx) => services.audit.add(entry, tx));
      return { ...said, codes: [...codes] };
    },
  );
}
