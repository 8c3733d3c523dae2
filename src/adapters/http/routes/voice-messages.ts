import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { CALL_OUTCOMES } from '../../../app/ports/calls.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { callerOf } from '../guard.ts';
import { MaskedNumber } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, Code, exactly, IdParams, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { placeOf, SOUND, sendSound } from '../sound-file.ts';

const VoiceMessageShape = exactly({
  callId: Type.String(),
  leftAt: Instant,
  queue: Type.String(),
  line: nullable(Type.String()),
  callerNumber: MaskedNumber,
  durationMs: nullable(Type.Integer({ description: '毫秒；为空表示未知，以录音为准' })),
  spokenMs: nullable(Type.Integer({ description: '其中非静音的毫秒数' })),
  outcome: nullable(oneOf(CALL_OUTCOMES)),
  ticketId: nullable(Type.String()),
});

/** Messages left on the telephone (留言): a draft each, made into a ticket with `POST /v1/tickets` and its `callId`. */
export function voiceMessageRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  app.get(
    '/voice-messages',
    {
      schema: {
        operationId: 'listVoiceMessages',
        tags: ['voice-messages'],
        summary: '市民的电话留言，新的在前；用 POST /v1/tickets 并附 callId 转为工单',
        querystring: exactly({
          ...PageQuery,
          open: Type.Optional(Type.Boolean({ description: 'true：尚未处理；false：已处理' })),
          queue: Type.Optional(Code),
        }),
        response: answers({ 200: pageShape('messages', VoiceMessageShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { messages, next } = await services.voiceMessages.list(filter, page);
      return {
        messages: messages.map((one) => ({ ...one, callerNumber: maskedNumber(one.callerNumber) })),
        next,
      };
    },
  );

  app.get(
    '/voice-messages/:id/recording',
    {
      schema: {
        operationId: 'playVoiceMessage',
        tags: ['voice-messages'],
        summary: '播放一条留言（支持 Range）；id 为通话编号；记入日志',
        params: IdParams,
        response: answers(SOUND),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const callId = request.params.id;
      const name = await services.voiceMessages.recording(callId);
      if (name === null) throw new Refusal('voiceMessage.unknown', { callId });
      const place = await placeOf(options.recordingsDir, `messages/${name}.wav`);
      if (place === null) throw new Refusal('recording.none');
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        action: 'voiceMessage.played',
        subjectKind: 'call',
        subjectId: callId,
        reason: request.headers.range ?? '',
        address: request.ip,
        requestId: request.id,
      });
      return sendSound(reply, place, callId);
    },
  );
}
