import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { actOnPlace, keepPlace, type PlaceActor } from '../../../app/knowledge/places/keep-place.ts';
import { PLACE_ACTS } from '../../../app/ports/places.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { KEEPERS } from '../../../domain/knowledge/places/place.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  SeenRevision,
} from '../shapes/elements.ts';
import { NewPlaceShape, PlaceShape, rawPlace, shownPlace } from '../shapes/places.ts';

const Revision = SeenRevision('所见场所的 revision');

/** 场所与便民服务: what there is, and who keeps that true. */
export function placeRoutes(app: Api, services: ApiServices): void {
  const keep = keepPlace(services);
  const act = actOnPlace(services);
  const actor = (request: FastifyRequest): PlaceActor => {
    const { id, unitCode } = callerOf(request);
    return { accountId: id, unitCode };
  };

  app.get(
    '/places',
    {
      schema: {
        operationId: 'listPlaces',
        tags: ['places'],
        summary: '场所与便民服务，按编码',
        querystring: exactly({
          ...PageQuery,
          area: Type.Optional(PathCode),
          category: Type.Optional(PathCode),
          keeper: Type.Optional(oneOf(KEEPERS)),
          unit: Type.Optional(Code),
          verifiedBefore: Type.Optional(Day),
          closed: Type.Optional(Type.Boolean({ description: '已停业的' })),
          text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
        }),
        response: answers({
          200: exactly({ places: Type.Array(PlaceShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const { places, next } = await services.places.list(
        filter,
        after === undefined ? { limit } : { limit, after },
      );
      return { places: places.map(shownPlace), next };
    },
  );

  app.get(
    '/places/:id',
    {
      schema: {
        operationId: 'readPlace',
        tags: ['places'],
        summary: '一个场所和它的改动',
        params: IdParams,
        response: answers({
          200: exactly({
            place: PlaceShape,
            changes: Type.Array(
              exactly({
                revision: Type.Integer(),
                at: Instant,
                by: nullable(Type.String()),
                what: oneOf(PLACE_ACTS),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const place = await services.places.byId(id);
      if (place === null) throw new Refusal('place.unknown', { place: id });
      return { place: shownPlace(place), changes: [...(await services.places.changes(id))] };
    },
  );

  app.post(
    '/places',
    {
      config: { creates: true },
      schema: {
        operationId: 'addPlace',
        tags: ['places'],
        summary: '登记场所；承办单位、加盟店登记本单位的',
        headers: IdempotencyHeaders,
        body: exactly(NewPlaceShape),
        response: answers({ 201: PlaceShape }),
      },
    },
    async (request, reply) => {
      const today = localDateOf(services.now(), (await services.calendar.load()).calendar.zone);
      const id = newIdFor(request, services, 'place');
      const raw = rawPlace(request.body, today);
      const place = await keep({ id, revision: null, raw, actor: actor(request) });
      return reply.status(201).send(shownPlace(place));
    },
  );

  app.put(
    '/places/:id',
    {
      schema: {
        operationId: 'changePlace',
        tags: ['places'],
        summary: '修改场所；改过即视为当天核实',
        params: IdParams,
        body: exactly({ ...NewPlaceShape, revision: Revision }),
        response: answers({ 200: PlaceShape }),
      },
    },
    async (request) => {
      const { revision, ...body } = request.body;
      const today = localDateOf(services.now(), (await services.calendar.load()).calendar.zone);
      const { id } = request.params;
      return shownPlace(await keep({ id, revision, raw: rawPlace(body, today), actor: actor(request) }));
    },
  );

  for (const [kind, operationId, summary] of ACTS) {
    app.post(
      `/places/:id/${kind}`,
      {
        schema: {
          operationId,
          tags: ['places'],
          summary,
          params: IdParams,
          body: exactly({ revision: Revision }),
          response: answers({ 200: PlaceShape }),
        },
      },
      async (request) => {
        const { id } = request.params;
        const { revision } = request.body;
        return shownPlace(await act({ id, revision, act: { kind }, actor: actor(request) }));
      },
    );
  }

  app.post(
    '/places/:id/target',
    {
      schema: {
        operationId: 'makePlaceTarget',
        tags: ['places'],
        summary: '把加盟店、志愿服务队、外部平台设为派单对象：成为一个单位，工单可派给它',
        params: IdParams,
        body: exactly({ revision: Revision, targetCode: Code }),
        response: answers({ 200: PlaceShape }),
      },
    },
    async (request) => {
      const { revision, targetCode } = request.body;
      const wanted = { kind: 'madeTarget', targetCode } as const;
      return shownPlace(await act({ id: request.params.id, revision, act: wanted, actor: actor(request) }));
    },
  );
}

const ACTS = [
  ['verified', 'verifyPlace', '核实：今天看过，属实'],
  ['closed', 'closePlace', '停业：不再被查到，记录保留'],
  ['reopened', 'reopenPlace', '恢复营业'],
] as const;
