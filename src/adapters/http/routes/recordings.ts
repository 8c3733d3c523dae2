import type { FastifyReply } from 'fastify';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, IdParams } from '../shapes/elements.ts';
import { placeOf, SOUND, sendSound } from '../sound-file.ts';
import { visibleCall } from './calls.ts';

export function recordingRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  app.get(
    '/calls/:id/recording',
    {
      schema: {
        operationId: 'playRecording',
        tags: ['calls'],
        summary: '播放录音（支持 Range）；班长、督办员，或接听该通话的话务员；记入日志',
        params: IdParams,
        response: answers(SOUND),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const call = await visibleCall(services, request, request.params.id);
      const place = call.recording === '' ? null : await placeOf(options.recordingsDir, call.recording);
      if (place === null) throw new Refusal('recording.none');
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        action: 'call.recordingPlayed',
        subjectKind: 'call',
        subjectId: call.id,
        reason: request.headers.range ?? '',
        address: request.ip,
        requestId: request.id,
      });
      return sendSound(reply, place, call.id);
    },
  );
}
