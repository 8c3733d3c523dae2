import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import {
  ATTACHMENT_MOST_BYTES,
  ATTACHMENT_TYPES,
  attachmentType,
} from '../../../domain/knowledge/attachment.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams } from '../shapes/elements.ts';

/** Papers that go with entries: kept as they are, shown and never run. */
export function knowledgeFileRoutes(app: Api, services: ApiServices): void {
  app.addContentTypeParser(
    [...ATTACHMENT_TYPES],
    { parseAs: 'buffer', bodyLimit: ATTACHMENT_MOST_BYTES },
    (_request, body, done) => done(null, body),
  );

  app.post(
    '/knowledge-files',
    {
      bodyLimit: ATTACHMENT_MOST_BYTES,
      config: { creates: true },
      schema: {
        operationId: 'addKnowledgeFile',
        tags: ['knowledge'],
        summary: '上传附件（PDF、PNG、JPEG，5 MB 以内，正文为文件本身），再在条目中引用其编号',
        consumes: [...ATTACHMENT_TYPES],
        headers: IdempotencyHeaders,
        querystring: exactly({ name: Type.String({ minLength: 1, maxLength: 120, pattern: VISIBLE }) }),
        response: answers({
          201: exactly({ id: Type.String(), name: Type.String(), mediaType: Type.String() }),
        }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const mediaType = Buffer.isBuffer(body) ? attachmentType(body) : null;
      if (!Buffer.isBuffer(body) || mediaType === null) {
        throw new Refusal('knowledge.fileType', { allowed: [...ATTACHMENT_TYPES] });
      }
      const id = newIdFor(request, services, 'knowledgeFile');
      const name = request.query.name.trim();
      await services.knowledgeFiles.add(
        { id, name, mediaType, bytes: body },
        callerOf(request).id,
        services.now(),
      );
      return reply.status(201).send({ id, name, mediaType });
    },
  );

  app.get(
    '/knowledge-files/:id',
    {
      schema: {
        operationId: 'readKnowledgeFile',
        tags: ['knowledge'],
        summary: '附件',
        params: IdParams,
        response: answers({
          200: {
            description: '文件',
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const file = await services.knowledgeFiles.find(request.params.id);
      if (file === null) throw new Refusal('knowledge.fileUnknown', { file: request.params.id });
      return reply
        .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .type(file.mediaType)
        .send(Buffer.from(file.bytes));
    },
  );
}
