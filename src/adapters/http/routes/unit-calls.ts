import { Type } from '@fastify/type-provider-typebox';
import { callCitizen } from '../../../app/unit-calls/call-citizen.ts';
import { keepUnitPhones } from '../../../app/unit-calls/keep-phones.ts';
import { listUnitCalls } from '../../../app/unit-calls/list-calls.ts';
import { DIAL_OUTCOME_NAMES } from '../../../domain/callbacks/dial-outcome.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const PhoneShape = exactly({
  id: Type.String(),
  unitCode: Type.String(),
  number: MaskedNumber,
  label: Type.String(),
  notices: Type.Boolean({ description: '派单、催办、督办通知发到这里' }),
  leader: Type.Boolean({ description: '单位负责人：系统催办和第三次及以后的催办抄送到这里' }),
});
const Outcome = oneOf([...DIAL_OUTCOME_NAMES, 'notPlaced'], {
  description: 'reached 已通话；notPlaced 单位话机未应答或未按键，未呼叫市民',
});
const CallShape = exactly({
  callId: Type.String(),
  askedAt: Instant,
  by: Type.String(),
  unit: exactly({ code: Type.String(), name: Type.String() }),
  phone: Type.String({ description: '所用话机的名称' }),
  endedAt: nullable(Instant),
  outcome: nullable(Outcome),
  talkMs: nullable(Type.Integer()),
  provesContact: Type.Boolean({ description: '作为首次联系的凭证' }),
});

/** A unit's people call the citizens of their tickets through the platform; no number of a citizen's is in any answer. */
export function unitCallRoutes(app: Api, services: ApiServices): void {
  const call = callCitizen(services);
  const list = listUnitCalls(services);
  const phones = keepUnitPhones(services);

  app.post(
    '/tickets/:id/citizen-calls',
    {
      config: { creates: true },
      schema: {
        operationId: 'callCitizen',
        tags: ['privacy'],
        summary: '承办单位联系诉求人：先接通单位话机，按1后拨打市民；主叫显示 12345，双方号码互不可见',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          phoneId: Uuid,
          reason: Type.Optional(
            Type.String({ maxLength: 500, description: '今日已多次联系过该市民时的理由，记入时间线' }),
          ),
        }),
        response: answers({ 201: exactly({ callId: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const placed = await call({
        callId: newIdFor(request, services, 'call'),
        ticketId: request.params.id,
        phoneId: request.body.phoneId,
        reason: request.body.reason ?? '',
        actor: { ...actorOf(request), accountId: callerOf(request).id },
      });
      return reply.status(201).send(placed);
    },
  );

  app.get(
    '/tickets/:id/citizen-calls',
    {
      schema: {
        operationId: 'listCitizenCalls',
        tags: ['privacy'],
        summary: '承办单位通过平台联系诉求人的记录，新的在前',
        params: IdParams,
        response: answers({ 200: exactly({ calls: Type.Array(CallShape) }) }),
      },
    },
    async (request) => ({ calls: [...(await list(request.params.id, actorOf(request)))] }),
  );

  app.get(
    '/unit-phones',
    {
      schema: {
        operationId: 'listUnitPhones',
        tags: ['register'],
        summary: '承办单位用来联系诉求人的话机，先登记的在前；单位只看到自己的',
        querystring: exactly({ ...PageQuery, unitCode: Type.Optional(Code) }),
        response: answers({ 200: pageShape('phones', PhoneShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { unitCode } = callerOf(request);
      const own = unitCode === null ? {} : { unitCode };
      const { rows, next } = await services.unitCalls.phones({ ...filter, ...own }, page);
      return { phones: [...rows], next };
    },
  );

  app.post(
    '/unit-phones',
    {
      config: { creates: true },
      schema: {
        operationId: 'addUnitPhone',
        tags: ['register'],
        summary: '登记承办单位的一部话机',
        headers: IdempotencyHeaders,
        body: exactly({
          unitCode: Code,
          number: Type.String({
            pattern: '^\\+?[0-9][0-9 -]{2,30}$',
            description: '固定电话或手机号码',
            examples: ['0513-84110001'],
          }),
          label: Type.String({
            minLength: 1,
            maxLength: 60,
            pattern: VISIBLE,
            description: '名称，如办公室',
          }),
          notices: Type.Boolean({
            default: false,
            description: '派单、催办、督办通知发到这里；限手机号码',
          }),
          leader: Type.Boolean({
            default: false,
            description: '单位负责人：系统催办和第三次及以后的催办抄送到这里；限手机号码',
          }),
        }),
        response: answers({ 201: PhoneShape }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'unitPhone');
      return reply.status(201).send(await phones.add({ ...request.body, id }, callerOf(request).id));
    },
  );

  app.post(
    '/unit-phones/:id/remove',
    {
      schema: {
        operationId: 'removeUnitPhone',
        tags: ['register'],
        summary: '停用承办单位的一部话机；以往通话的记录保留',
        params: IdParams,
        response: answers({ 200: exactly({ id: Type.String() }) }),
      },
    },
    async (request) => {
      await phones.remove(request.params.id, callerOf(request).id);
      return { id: request.params.id };
    },
  );
}
