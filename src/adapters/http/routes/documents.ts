import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { issueDocument } from '../../../app/documents/issue-document.ts';
import { printDocument } from '../../../app/documents/print-document.ts';
import { DOCUMENT_KINDS } from '../../../domain/documents/official-document.ts';
import { readsSpecialReports } from '../../../domain/incidents/special-report.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
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
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';

const Wanted = Type.Union([
  exactly({ kind: Type.Literal('taskSheet'), ticketId: Uuid }),
  exactly({ kind: Type.Literal('supervisionOrder'), ticketId: Uuid, orderId: Uuid }),
  exactly({ kind: Type.Literal('minutes'), meetingId: Uuid }),
]);

const fields = {
  id: Type.String(),
  kind: oneOf(DOCUMENT_KINDS),
  number: Type.String({ description: '发文字号', examples: ['如东热线任〔2026〕12号'] }),
  ticketId: nullable(Type.String()),
  orderId: nullable(Type.String()),
  meetingId: nullable(Type.String({ description: '会议纪要所属的会议' })),
  reportId: nullable(Type.String({ description: '所印的舆情专报' })),
  unitCode: nullable(Type.String()),
  issuedAt: Instant,
};

/** Papers in the official form (GB/T 9704), with their numbers. */
export function documentRoutes(app: Api, services: ApiServices): void {
  const issue = issueDocument(services);
  const print = printDocument(services);

  app.post(
    '/documents',
    {
      config: { creates: true },
      schema: {
        operationId: 'issueDocument',
        tags: ['documents'],
        summary:
          '制发任务单、督办单或会议纪要并编号；同一次派单、同一督办、同一会议重复制发仍是原来的一份。通报见 /v1/circulars',
        headers: IdempotencyHeaders,
        body: Wanted,
        response: answers({ 201: exactly(fields) }),
      },
    },
    async (request, reply) => {
      const actor = { ...actorOf(request), accountId: callerOf(request).id };
      const { issuedAt, circular, issuedBy, standing, ...issued } = await issue(
        newIdFor(request, services, 'document'),
        request.body,
        actor,
      );
      return reply
        .status(201)
        .header('location', `/v1/documents/${issued.id}/pdf`)
        .send({ ...issued, issuedAt: new Date(issuedAt).toISOString() });
    },
  );

  app.get(
    '/documents',
    {
      schema: {
        operationId: 'listDocuments',
        tags: ['documents'],
        summary: '已制发的公文，新的在前；单位只看到自己的和通报',
        querystring: exactly({
          ...PageQuery,
          kind: Type.Optional(oneOf(DOCUMENT_KINDS)),
          ticketId: Type.Optional(Uuid),
          meetingId: Type.Optional(Uuid),
        }),
        response: answers({
          200: exactly({
            documents: Type.Array(exactly({ ...fields, issuedBy: Type.String() })),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const actor = actorOf(request);
      const asked = { ...filter, withReports: readsSpecialReports(actor) };
      const { documents, next } = await services.documents.list(asked, sightOf(actor), page);
      return { documents: [...documents], next };
    },
  );

  app.get(
    '/documents/:id/pdf',
    {
      schema: {
        operationId: 'printDocument',
        tags: ['documents'],
        summary: '公文的 PDF：个人信息已隐去，说明理由后十分钟内为全文；保密件带查看人水印；每次导出均有记录',
        params: IdParams,
        response: answers({
          200: {
            description: 'PDF；x-missing-glyphs 列出字库所缺的字',
            content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
          },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { id, displayName } = callerOf(request);
      const printed = await print(request.params.id, { ...actorOf(request), accountId: id, displayName });
      const { pdf, missing, document, fileName } = printed;
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: id,
        action: 'document.printed',
        subjectKind: 'document',
        subjectId: document.id,
        reason: document.number,
        address: request.ip,
        requestId: request.id,
      });
      return reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .header('x-missing-glyphs', missing.join(','))
        .send(Buffer.from(pdf));
    },
  );
}
