import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { CALL_OUTCOMES, type CallDetail } from '../../../app/ports/calls.ts';
import { CALL_RESULTS } from '../../../domain/calls/facts.ts';
import { cutCall, cutCalls, employerOf, refuseForeignVoices } from '../employer-sight.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { CallDetailShape, CallRowShape, shownDetail, shownRow } from '../shapes/calls.ts';
import {
  answers,
  Code,
  Day,
  DialledNumber,
  exactly,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';

/** The call, when it exists and is the asking agent's own (or the asker sees all). A message left is everybody's work. */
export async function visibleCall(
  services: ApiServices,
  request: FastifyRequest,
  id: string,
): Promise<CallDetail> {
  const call = await services.calls.detail(id);
  if (call === null) throw new Refusal('call.unknown', { call: id });
  const sight = boardSightOf(callerOf(request));
  if (sight.employer !== null) return cutCall(services, request, call);
  const own = call.agentId === sight.id || call.legs.some((leg) => leg.agentId === sight.id);
  const anybodys = call.result === 'messageLeft';
  if (!sight.seesAll && !own && !anybodys) throw new Refusal('call.notYours');
  return call;
}

/** The same, where what was said in it is to be heard. */
export async function audibleCall(
  services: ApiServices,
  request: FastifyRequest,
  id: string,
): Promise<CallDetail> {
  const call = await visibleCall(services, request, id);
  await refuseForeignVoices(services, request, call.id);
  return call;
}

export function callRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/calls',
    {
      schema: {
        operationId: 'listCalls',
        tags: ['calls'],
        summary: '通话记录，新的在前；话务员本人只看到自己的',
        querystring: exactly({
          ...PageQuery,
          day: Type.Optional(Day),
          line: Type.Optional(DialledNumber),
          queue: Type.Optional(Code),
          agentId: Type.Optional(Uuid),
          result: Type.Optional(oneOf(CALL_RESULTS)),
          direction: Type.Optional(oneOf(['inbound', 'outbound'])),
          aboutTicket: Type.Optional(Uuid),
          outcome: Type.Optional(
            oneOf([...CALL_OUTCOMES, 'open'], { description: 'open：已接通而尚未登记去向' }),
          ),
        }),
        response: answers({
          200: exactly({ calls: Type.Array(CallRowShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const sight = boardSightOf(callerOf(request));
      const employer = employerOf(request);
      const within =
        employer !== null
          ? { ...filter, employer }
          : sight.seesAll
            ? filter
            : { ...filter, agentId: sight.id };
      const { calls, next } = await services.calls.list(
        within,
        after === undefined ? { limit } : { limit, after },
      );
      return { calls: (await cutCalls(services, request, calls)).map(shownRow), next };
    },
  );

  app.get(
    '/calls/:id',
    {
      schema: {
        operationId: 'readCall',
        tags: ['calls'],
        summary: '一次通话：经过、各路通话、去向',
        params: IdParams,
        response: answers({ 200: CallDetailShape }),
      },
    },
    async (request) => {
      const call = await visibleCall(services, request, request.params.id);
      // Whom a vendor's supervisor may not see in the legs he does not see here.
      const seen = new Set(call.legs.map(({ agentId }) => agentId));
      const measured = await services.talkQuality.ofCall(call.id);
      return shownDetail(
        call,
        measured.filter(({ agentId }) => seen.has(agentId)),
      );
    },
  );

  app.post(
    '/calls/:id/reveal',
    {
      schema: {
        operationId: 'revealCaller',
        tags: ['calls'],
        summary: '查看主叫号码；须说明理由，记入日志',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: exactly({ callerNumber: Type.String() }) }),
      },
    },
    async (request) => {
      const call = await visibleCall(services, request, request.params.id);
      // On record first: a view that could not be written down does not happen.
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        action: 'call.callerRevealed',
        subjectKind: 'call',
        subjectId: call.id,
        reason: request.body.reason.trim(),
        address: request.ip,
        requestId: request.id,
      });
      return { callerNumber: call.callerNumber };
    },
  );
}
