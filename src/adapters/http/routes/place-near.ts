import { Type } from '@fastify/type-provider-typebox';
import { findNear } from '../../../app/knowledge/places/find-near.ts';
import type { Position } from '../../../domain/knowledge/places/near.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import { answers, exactly, nullable, Uuid } from '../shapes/elements.ts';
import { NearShape, shownNear } from '../shapes/places.ts';

const WITHIN_MOST = 100_000;
const WITHIN_USUAL = 20_000;

/** 就近查询 (D6): what is near the citizen, how far, and whether it is open now. */
export function placeNearRoutes(app: Api, services: ApiServices): void {
  const near = findNear(services);

  app.get(
    '/places/near',
    {
      schema: {
        operationId: 'findPlacesNear',
        tags: ['places'],
        summary: '就近查询：市民附近、现在开着的，由近及远，附距离；位置为坐标、某一场所或某一区域',
        querystring: exactly({
          longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
          latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
          placeId: Type.Optional(Uuid),
          area: Type.Optional(PathCode),
          words: Type.Optional(Type.String({ maxLength: 200, description: '要找什么，用市民的话' })),
          category: Type.Optional(PathCode),
          openNow: Type.Boolean({ default: false }),
          within: Type.Integer({
            minimum: 100,
            maximum: WITHIN_MOST,
            default: WITHIN_USUAL,
            description: '米',
          }),
          limit: Type.Integer({ minimum: 1, maximum: 50, default: 10 }),
        }),
        response: answers({
          200: exactly({
            around: nullable(
              exactly(
                { longitude: Type.Number(), latitude: Type.Number() },
                { description: '距离的起点；空为不详' },
              ),
            ),
            places: Type.Array(NearShape),
          }),
        }),
      },
    },
    async (request) => {
      const { words = '', category, openNow, within, limit } = request.query;
      const around = await positionOf(request.query);
      const found = await near({
        around,
        words: words.trim(),
        openNow,
        withinMetres: within,
        publicOnly: false,
        limit,
        ...(category === undefined ? {} : { category }),
      });
      return { around, places: found.map(shownNear) };
    },
  );

  async function positionOf(asked: {
    readonly longitude?: number;
    readonly latitude?: number;
    readonly placeId?: string;
    readonly area?: string;
  }): Promise<Position | null> {
    const { longitude, latitude, placeId, area } = asked;
    if ((longitude === undefined) !== (latitude === undefined)) throw new Refusal('place.halfPosition');
    if (longitude !== undefined && latitude !== undefined) return { longitude, latitude };
    if (placeId !== undefined) {
      const place = await services.places.byId(placeId);
      if (place === null) throw new Refusal('place.unknown', { place: placeId });
      return place.longitude === null || place.latitude === null
        ? null
        : { longitude: place.longitude, latitude: place.latitude };
    }
    return area === undefined ? null : services.places.middleOf(area);
  }
}
