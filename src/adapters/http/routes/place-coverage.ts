import { Type } from '@fastify/type-provider-typebox';
import { KEEPERS } from '../../../domain/knowledge/places/place.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import { answers, exactly, oneOf } from '../shapes/elements.ts';

const Count = (description: string) => Type.Integer({ description });
const counts = {
  unit: Count('单位的'),
  partner: Count('加盟店'),
  volunteer: Count('志愿服务队'),
  platform: Count('外部平台'),
  categories: Count('涉及多少个分类'),
};

/** 服务网络覆盖 (JY-06): which towns have partners and volunteers, and which have none. */
export function placeCoverageRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/place-coverage',
    {
      schema: {
        operationId: 'readPlaceCoverage',
        tags: ['places'],
        summary: '服务网络覆盖：各区域的单位、加盟店、志愿服务队和平台数，缺哪一类；上级区域含下级',
        querystring: exactly({ category: Type.Optional(PathCode) }),
        response: answers({
          200: exactly({
            areas: Type.Array(
              exactly({
                ...{ code: Type.String(), name: Type.String(), ...counts },
                missing: Type.Array(oneOf(KEEPERS), { description: '没有的：加盟店、志愿服务队' }),
              }),
            ),
            everywhere: exactly(counts, { description: '不属于某一区域、服务全市（县）的' }),
          }),
        }),
      },
    },
    async (request) => {
      const { areas, everywhere } = await services.places.coverage(request.query.category ?? null);
      return {
        areas: areas.map((area) => ({
          ...area,
          missing: (['partner', 'volunteer'] as const).filter((keeper) => area[keeper] === 0),
        })),
        everywhere,
      };
    },
  );
}
