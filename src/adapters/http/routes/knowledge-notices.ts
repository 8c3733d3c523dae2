import { Type } from '@fastify/type-provider-typebox';
import { pushNotice, withdrawNotice } from '../../../app/knowledge/push-notice.ts';
import type { NoticeView } from '../../../app/ports/knowledge-notices.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  PageQuery,
  Uuid,
  VersionNumber,
} from '../shapes/elements.ts';

const NoticeShape = exactly({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  critical: Type.Boolean({ description: '必读：读过才能示闲' }),
  entryId: nullable(Type.String()),
  version: nullable(Type.Integer()),
  at: Instant,
  by: exactly({ id: Type.String(), displayName: Type.String() }),
  until: Instant,
  withdrawnAt: nullable(Type.String()),
  readAt: nullable(Type.String({ description: '本人读的时间' })),
  readBy: Type.Integer({ description: '已读的话务员' }),
  agents: Type.Integer({ description: '全部话务员' }),
});

/** 知识推送: to every agent, with a receipt of each. */
export function knowledgeNoticeRoutes(app: Api, services: ApiServices): void {
  const push = pushNotice(services);
  const withdraw = withdrawNotice(services);
  const found = async (id: string, accountId: string): Promise<NoticeView> => {
    const notice = await services.knowledgeNotices.find(id, accountId);
    if (notice === null) throw new Refusal('knowledge.noticeUnknown', { notice: id });
    return notice;
  };

  app.post(
    '/knowledge-notices',
    {
      config: { creates: true },
      schema: {
        operationId: 'pushKnowledgeNotice',
        tags: ['knowledge'],
        summary: '向全体话务员推送；必读的读过才能示闲，不中断正在进行的通话',
        headers: IdempotencyHeaders,
        body: exactly({
          title: Type.String({ minLength: 1, maxLength: 100 }),
          text: Type.String({ minLength: 1, maxLength: 4000 }),
          critical: Type.Boolean({ default: false }),
          entry: Type.Optional(exactly({ id: Uuid, version: VersionNumber })),
          hours: Type.Integer({ minimum: 1, maximum: 168, default: 24, description: '多少小时内必读' }),
        }),
        response: answers({ 201: NoticeShape }),
      },
    },
    async (request, reply) => {
      const { entry = null, ...said } = request.body;
      const { id: by } = callerOf(request);
      const id = newIdFor(request, services, 'knowledgeNotice');
      await push({ ...said, id, entry, by });
      if (said.critical) await askToReload(request, services);
      return reply.status(201).send(await found(id, by));
    },
  );

  app.get(
    '/knowledge-notices',
    {
      schema: {
        operationId: 'listKnowledgeNotices',
        tags: ['knowledge'],
        summary: '推送，新的在前，及本人是否已读',
        querystring: exactly(PageQuery),
        response: answers({
          200: exactly({ notices: Type.Array(NoticeShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { notices, next } = await services.knowledgeNotices.list(callerOf(request).id, page);
      return { notices: [...notices], next };
    },
  );

  app.post(
    '/knowledge-notices/:id/receipt',
    {
      schema: {
        operationId: 'readKnowledgeNotice',
        tags: ['knowledge'],
        summary: '已读；因未读而示忙的随即示闲',
        params: IdParams,
        response: answers({ 200: NoticeShape }),
      },
    },
    async (request) => {
      const { id: agentId } = callerOf(request);
      const { id: noticeId } = await found(request.params.id, agentId);
      await services.knowledgeNotices.read({ noticeId, accountId: agentId, at: services.now() });
      // What call control does not hear now it hears with the next "ready".
      await services.commands
        .send({ kind: 'noticeRead', agentId, noticeId })
        .catch((err: unknown) => request.log.warn({ err }, 'call control was not told of a receipt'));
      return found(noticeId, agentId);
    },
  );

  app.get(
    '/knowledge-notices/:id/receipts',
    {
      schema: {
        operationId: 'listKnowledgeReceipts',
        tags: ['knowledge'],
        summary: '谁读了、谁没读，未读的在前',
        params: IdParams,
        response: answers({
          200: exactly({
            receipts: Type.Array(
              exactly({
                agentId: Type.String(),
                number: Type.String(),
                displayName: Type.String(),
                readAt: nullable(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = await found(request.params.id, callerOf(request).id);
      return { receipts: [...(await services.knowledgeNotices.receipts(id))] };
    },
  );

  app.post(
    '/knowledge-notices/:id/withdrawal',
    {
      schema: {
        operationId: 'withdrawKnowledgeNotice',
        tags: ['knowledge'],
        summary: '撤回推送：不再要求必读',
        params: IdParams,
        response: answers({ 200: exactly({ withdrawn: Type.Boolean({ description: '否：此前已撤回' }) }) }),
      },
    },
    async (request) => {
      const withdrawn = await withdraw(request.params.id, callerOf(request).id);
      if (withdrawn) await askToReload(request, services);
      return { withdrawn };
    },
  );
}
