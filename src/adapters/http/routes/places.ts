import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { findNear } from '../../../app/knowledge/places/find-near.ts';
import { actOnPlace, keepPlace, type PlaceActor } from '../../../app/knowledge/places/keep-place.ts';
import { ADDRESS_MESSAGES, tellAddress } from '../../../app/knowledge/places/tell-address.ts';
import { PLACE_ACTS } from '../../../app/ports/places.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import type { Position } from '../../../domain/knowledge/places/near.ts';
import { KEEPERS } from '../../../domain/knowledge/places/place.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
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
  Uuid,
} from '../shapes/elements.ts';
import { NearShape, NewPlaceShape, PlaceShape, rawPlace, shownNear, shownPlace } from '../shapes/places.ts';
import { whenWritten } from '../unwritten-call.ts';

const Revision = SeenRevision('所见场所的 revision');
const WITHIN_MOST = 100_000;
const WITHIN_USUAL = 20_000;

/** 场所与便民服务: where something is, whether it is open, how far; and who keeps that true. */
export function placeRoutes(app: Api, services: ApiServices): void {
  const keep = keepPlace(services);
  const act = actOnPlace(services);
  const near = findNear(services);
  const tell = tellAddress(services);
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

  app.post(
    '/places/:id/messages',
    {
      config: { creates: true },
      schema: {
        operationId: 'tellPlaceAddress',
        tags: ['places'],
        summary:
          '把地址、电话、开放时间用短信发给来电的市民；同一通话同一场所只发一次。发出即为答复，通话计为当场解答',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: exactly({
          callId: Uuid,
          type: oneOf(TICKET_TYPES, { default: 'ENQUIRY', description: '诉求类型' }),
        }),
        response: answers({
          200: exactly({
            message: oneOf(ADDRESS_MESSAGES, {
              description: '已排队、已发过、来电号码收不了短信（不算答复）',
            }),
            outcome: nullable(Type.String({ description: '通话去向；已转工单的仍为工单；空：尚未登记' })),
          }),
        }),
      },
    },
    (request) => {
      const { callId, type } = request.body;
      const id = newIdFor(request, services, 'placeQuote');
      const asked = { id, callId, type, placeId: request.params.id, agentId: callerOf(request).id };
      return whenWritten(services, request, callId, () => tell(asked));
    },
  );
}

const ACTS = [
  ['verified', 'verifyPlace', '核实：今天看过，属实'],
  ['closed', 'closePlace', '停业：不再被查到，记录保留'],
  ['reopened', 'reopenPlace', '恢复营业'],
] as const;
