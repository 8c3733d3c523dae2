import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FastifyReply } from 'fastify';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';
import { answers, IdParams } from '../shapes/elements.ts';
import { visibleCall } from './calls.ts';

/** The real file below the real folder, links resolved; null when there is none or it lies elsewhere. */
async function placeOf(folder: string, recording: string): Promise<{ root: string; name: string } | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, recording));
    const inside = file.startsWith(`${root}${sep}`) && file.endsWith('.wav');
    return inside ? { root, name: relative(root, file) } : null;
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      /^(ENOENT|ENOTDIR|ELOOP|ERR_INVALID_ARG_VALUE)$/.test(String(error.code))
    )
      return null;
    throw error;
  }
}

export function recordingRoutes(app: Api, services: ApiServices, options: ApiOptions): void {
  app.get(
    '/calls/:id/recording',
    {
      schema: {
        operationId: 'playRecording',
        tags: ['calls'],
        summary: '播放录音（支持 Range）；班长、督办员，或接听该通话的话务员；记入日志',
        params: IdParams,
        response: answers({
          200: {
            description: '录音',
            content: { 'audio/wav': { schema: { type: 'string', format: 'binary' } } },
          },
          206: {
            description: '录音的一段',
            content: { 'audio/wav': { schema: { type: 'string', format: 'binary' } } },
          },
        }),
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
      reply.header('content-disposition', `inline; filename="${call.id}.wav"`);
      return reply.sendFile(place.name, place.root, {
        cacheControl: false,
        dotfiles: 'deny',
        contentType: true,
      });
    },
  );
}
