import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { ThreadView } from '../../../app/ports/threads.ts';
import { arrangeThreads } from '../../../app/threads/arrange-threads.ts';
import { COMPLEX_REASON_NAMES, COMPLEX_REASONS } from '../../../domain/threads/complexity.ts';
import { type Sight, sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
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
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const summary = {
  id: Type.String(),
  number: Type.String(),
  openedAt: Instant,
  tickets: Type.Integer({ description: '共有工单数' }),
  transfers: Type.Integer({ description: '跨年累计转办次数' }),
  complexAt: nullable(Instant),
  complexReasons: Type.Array(
    oneOf(COMPLEX_REASONS, {
      description: COMPLEX_REASONS.map((reason) => `${reason} ${COMPLEX_REASON_NAMES[reason]}`).join('，'),
    }),
  ),
};
const ThreadShape = exactly({
  ...summary,
  mergedInto: nullable(Type.String()),
  members: Type.Array(
    exactly({
      ticketId: Type.String(),
      number: Type.String(),
      title: MaskedWords,
      state: TicketStateShape,
      acceptedAt: Instant,
      unit: Type.Union([exactly({ code: Type.String(), name: Type.String() }), Type.Null()]),
      joinedBy: nullable(Type.String()),
      joinedReason: MaskedWords,
    }),
  ),
});
const Tickets = Type.Array(Uuid, { minItems: 1, maxItems: 200, description: '工单，1 至 200 张' });

/** Repeat appeals of one person, or about one matter, across years; and the complex cases among them. */
export function threadRoutes(app: Api, services: ApiServices): void {
  const arrange = arrangeThreads(services);
  const shown = async (id: string, sight: Sight) => {
    const thread: ThreadView | null = await services.threads.view(id, sight);
    if (thread === null) throw new AppError('thread.unknown', { id });
    return { ...thread, complexReasons: [...thread.complexReasons], members: [...thread.members] };
  };

  app.get(
    '/threads',
    {
      schema: {
        operationId: 'listThreads',
        tags: ['threads'],
        summary: '重复诉求的线索；复杂案件在前',
        querystring: exactly({
          ...PageQuery,
          complex: Type.Optional(Type.Boolean({ description: '是否复杂案件' })),
        }),
        response: answers({ 200: pageShape('threads', exactly(summary)) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.threads.list(filter, page);
      return { threads: rows.map((one) => ({ ...one, complexReasons: [...one.complexReasons] })), next };
    },
  );

  app.get(
    '/threads/:id',
    {
      schema: {
        operationId: 'readThread',
        tags: ['threads'],
        summary: '一条线索：历年工单、转办次数、是否复杂案件及理由',
        params: IdParams,
        response: answers({ 200: ThreadShape }),
      },
    },
    (request) => shown(request.params.id, sightOf(actorOf(request))),
  );

  app.get(
    '/tickets/:id/thread',
    {
      schema: {
        operationId: 'readTicketThread',
        tags: ['threads'],
        summary: '工单所在的线索；不在任何线索中则为空',
        params: IdParams,
        response: answers({ 200: exactly({ thread: Type.Union([ThreadShape, Type.Null()]) }) }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const sight = sightOf(actorOf(request));
      if ((await services.privacy.citizen(id, sight)) === null) throw new AppError('ticket.unknown', { id });
      const threadId = await services.threads.threadOf(id);
      const thread = threadId === null ? null : await services.threads.view(threadId, sight);
      // Who may not see it there does not learn that it is in one.
      if (thread?.members.some(({ ticketId }) => ticketId === id) !== true) return { thread: null };
      return { thread: await shown(thread.id, sight) };
    },
  );

  app.post(
    '/threads',
    {
      config: { creates: true },
      schema: {
        operationId: 'gatherThread',
        tags: ['threads'],
        summary: '将不同诉求人就同一事项的工单归为一条线索，说明理由',
        headers: IdempotencyHeaders,
        body: exactly({ ticketIds: Tickets, reason: Reason }),
        response: answers({ 201: ThreadShape }),
      },
    },
    async (request, reply) => {
      const threadId = newIdFor(request, services, 'thread');
      const actor = actorOf(request);
      const { id } = await arrange.gather({ ...request.body, threadId, actor });
      return reply.status(201).send(await shown(id, sightOf(actor)));
    },
  );

  app.post(
    '/threads/:id/merge',
    {
      config: { creates: true },
      schema: {
        operationId: 'mergeThread',
        tags: ['threads'],
        summary: '将另一条线索并入本条，说明理由；经过保留',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ from: Uuid, reason: Reason }),
        response: answers({ 200: ThreadShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const actor = actorOf(request);
      await arrange.merge({ ...request.body, into: id, actor });
      return shown(id, sightOf(actor));
    },
  );

  app.post(
    '/threads/:id/split',
    {
      config: { creates: true },
      schema: {
        operationId: 'splitThread',
        tags: ['threads'],
        summary: '将部分工单移出，另立一条线索，说明理由',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ ticketIds: Tickets, reason: Reason }),
        response: answers({ 201: ThreadShape }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const threadId = newIdFor(request, services, 'thread');
      const { id } = await arrange.split({ ...request.body, id: request.params.id, threadId, actor });
      return reply.status(201).send(await shown(id, sightOf(actor)));
    },
  );
}
