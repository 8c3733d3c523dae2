import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { BAD_MOS, isBad, LEAST_SECONDS } from '../../../domain/calls/talk-quality.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { OPEN_CALL_DAYS, OPEN_CALL_MS } from '../../../domain/tickets/open-calls.ts';
import { callerOf } from '../guard.ts';
import { refuseForeignCall } from '../own-call.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, Empty, exactly, IdParams, nullable } from '../shapes/elements.ts';
import { MeasuredFields } from '../shapes/talk-quality.ts';

/**
 * Who talks on a leg tells how it was heard, and nobody in his place. Refuses with `call.notYours`, `call.notYetWritten` where the
 * books do not have the leg yet.
 */
async function refuseForeignLeg(
  services: ApiServices,
  request: FastifyRequest,
  callId: string,
  leg: string,
): Promise<void> {
  const agentId = callerOf(request).id;
  const call = services.board.picture().calls.find((one) => one.callId === callId);
  const party = call?.talk?.parties.find(({ id }) => id === leg);
  if (party !== undefined && party.agentId === agentId) return;
  const talked = party === undefined ? await services.talkQuality.talkedOn({ callId, leg, agentId }) : 'no';
  if (talked === 'yes') return;
  if (talked === 'no' || !leg.startsWith(`${callId}.`)) throw new Refusal('call.notYours');
  // The console tells it again in a moment.
  throw new Refusal('call.notYetWritten', { callId });
}

/** How talks were heard (D9), and what a lead looks after beside the queues. */
export function talkQualityRoutes(app: Api, services: ApiServices): void {
  app.put(
    '/calls/:id/quality/:leg',
    {
      schema: {
        operationId: 'tellTalkQuality',
        tags: ['calls'],
        summary: `话务员的浏览器话机在通话结束时报告一次音质；不足 ${LEAST_SECONDS} 秒的不报`,
        params: exactly({
          ...IdParams.properties,
          leg: Type.String({
            pattern: '^[0-9a-f-]{36}\\.[a-z]+[0-9]+$',
            maxLength: 60,
            description: '通话中的一路',
          }),
        }),
        body: exactly(MeasuredFields),
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      const { id: callId, leg } = request.params;
      await refuseForeignCall(services, request, callId);
      await refuseForeignLeg(services, request, callId, leg);
      const talk = { ...request.body, callId, leg, agentId: callerOf(request).id, at: services.now() };
      await services.talkQuality.add({ ...talk, bad: isBad(talk) });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/reports/desk',
    {
      schema: {
        operationId: 'readDeskFigures',
        tags: ['reports'],
        summary: '一日的通话音质、求助，以及尚未登记去向的通话数',
        querystring: exactly({ day: Type.Optional(Day) }),
        response: answers({
          200: exactly({
            day: Day,
            quality: exactly({
              talks: Type.Integer({ description: '测得音质的通话路数' }),
              bad: Type.Integer({ description: `其中 MOS 低于 ${BAD_MOS}（ITU-T G.107 E 模型）的` }),
              meanMos: nullable(Type.Number()),
            }),
            help: exactly({
              asked: Type.Integer({ description: '求助次数' }),
              answered: Type.Integer(),
              inVain: Type.Integer({ description: '通话结束仍无人答复' }),
              meanAnswerMs: nullable(Type.Integer({ description: '平均多久得到答复，毫秒' })),
            }),
            openCalls: Type.Integer({
              description: `尚未登记去向的通话，不限当日：${OPEN_CALL_DAYS} 天内的，以及记有内容的`,
            }),
          }),
        }),
      },
    },
    async (request) => {
      const day =
        request.query.day ?? localDateOf(services.now(), (await services.calendar.load()).calendar.zone);
      return { day, ...(await services.deskFigures.ofDay(day, services.now() - OPEN_CALL_MS)) };
    },
  );
}
