import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { addPhoto, readPhotos } from '../../../app/tickets/ticket-photos.ts';
import { ATTACHMENT_MOST_BYTES, attachmentType } from '../../../domain/knowledge/attachment.ts';
import { isPhoto, PHOTO_NAME_MAX, PHOTO_TYPES, PHOTOS_MOST } from '../../../domain/tickets/photos.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
} from '../shapes/elements.ts';

/** 现场照片 (HM-12): kept as they were taken, shown and never run. The bytes are read by the parser of papers (`knowledge-files.ts`). */
export function ticketPhotoRoutes(app: Api, services: ApiServices): void {
  const photos = readPhotos(services);

  app.post(
    '/tickets/:id/photos',
    {
      bodyLimit: ATTACHMENT_MOST_BYTES,
      config: { creates: true },
      schema: {
        operationId: 'addPhoto',
        tags: ['tickets'],
        summary: `上传现场照片（PNG、JPEG，5 MB 以内，正文为文件本身），每张工单最多 ${PHOTOS_MOST} 张；散列记入经过`,
        consumes: [...PHOTO_TYPES],
        headers: IdempotencyHeaders,
        params: IdParams,
        querystring: exactly({
          name: Type.String({
            minLength: 1,
            maxLength: PHOTO_NAME_MAX,
            pattern: VISIBLE,
            description: '照片说明或文件名',
          }),
        }),
        response: answers({ 201: exactly({ id: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const mediaType = Buffer.isBuffer(body) ? attachmentType(body) : null;
      if (!Buffer.isBuffer(body) || !isPhoto(mediaType)) {
        throw new Refusal('photo.fileType', { allowed: [...PHOTO_TYPES] });
      }
      const id = newIdFor(request, services, 'photo');
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      const photo = {
        id,
        ticketId: request.params.id,
        name: request.query.name.trim(),
        mediaType,
        bytes: body,
      };
      return reply
        .status(201)
        .header('location', `/v1/photos/${id}`)
        .send(await addPhoto(services)({ ...photo, actor }));
    },
  );

  app.get(
    '/tickets/:id/photos',
    {
      schema: {
        operationId: 'listPhotos',
        tags: ['tickets'],
        summary: '工单的现场照片，早的在前；文件见 /v1/photos/{id}',
        params: IdParams,
        response: answers({
          200: exactly({
            photos: Type.Array(
              exactly({
                id: Type.String(),
                name: MaskedWords,
                mediaType: oneOf(PHOTO_TYPES),
                sha256: Type.String({ description: '文件的 SHA-256，十六进制，与经过中的一致' }),
                at: Instant,
                by: Type.String(),
                unitCode: nullable(Type.String({ description: '上传的单位；空：热线' })),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => ({ photos: [...(await photos.of(request.params.id, actorOf(request)))] }),
  );

  app.get(
    '/photos/:id',
    {
      schema: {
        operationId: 'readPhoto',
        tags: ['tickets'],
        summary: '一张现场照片',
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
      const { id, mediaType, bytes } = await photos.one(request.params.id, actorOf(request));
      return (
        reply
          // Not its own name, in which a citizen's number may stand.
          .header('content-disposition', `inline; filename="photo-${id}.${mediaType.slice('image/'.length)}"`)
          .type(mediaType)
          .send(Buffer.from(bytes))
      );
    },
  );
}
