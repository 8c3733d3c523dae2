import { Type } from '@fastify/type-provider-typebox';
import type { StoredAnswer } from '../../../app/ports/idempotency.ts';
import type { TicketDetail, TicketFilter } from '../../../app/ports/tickets.ts';
import {
  type OpenedOnce,
  type OpenedTicket,
  type OpenTicketRequest,
  openTicket,
  openTicketOnce,
} from '../../../app/tickets/open-ticket.ts';
import { listTickets, PAGE_LIMIT_MAX, readTicket } from '../../../app/tickets/read-tickets.ts';
import { STAGES } from '../../../domain/deadlines/stages.ts';
import { handlingOf } from '../../../domain/tickets/handling.ts';
import { heldFor } from '../../../domain/tickets/reply.ts';
import { flowOf } from '../../../domain/tickets/seven-steps.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { explained } from '../explained.ts';
import { newIdFor, replyInstead, replyStored } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { shownHandling } from '../shapes/handling.ts';
import { OutcomeKind } from '../shapes/outcome.ts';
import { reasonInEnglish } from '../shapes/reason-english.ts';
import {
  CategoryCode,
  NewTicketBody,
  OpenedTicketShape,
  TicketChannelShape,
  TicketDetailShape,
  TicketStateShape,
  TicketSummaryShape,
  TicketTypeShape,
} from '../shapes/tickets.ts';
import { whenWritten } from '../unwritten-call.ts';
import { visibleCall } from './calls.ts';

export function ticketRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets',
    {
      config: { creates: 'itself' },
      schema: {
        operationId: 'openTicket',
        tags: ['tickets'],
        summary: '登记工单（来自通话或其他渠道）；指明承办单位即同时派单',
        headers: IdempotencyHeaders,
        body: NewTicketBody,
        response: answers({ 201: OpenedTicketShape }),
      },
    },
    async (request, reply) => {
      const { callId = null, unitCode = null, ...appeal } = request.body;
      const actor = actorOf(request);
      const asked: OpenTicketRequest = {
        actor,
        callId,
        appeal: {
          type: appeal.type,
          categoryCode: appeal.categoryCode,
          subtypeCode: appeal.subtypeCode ?? null,
          tags: appeal.tags ?? [],
          form: appeal.form == null ? null : { ...appeal.form, values: { ...appeal.form.values } },
          title: appeal.title ?? '',
          content: appeal.content,
          place: appeal.place ?? '',
          confidential: appeal.confidential ?? false,
          anonymous: appeal.anonymous ?? false,
          urgency: appeal.urgency ?? 'normal',
          citizenName: appeal.citizenName ?? '',
          citizenNumber: appeal.citizenNumber ?? '',
          unitCode,
          accusedUnitCode: appeal.accusedUnitCode ?? null,
          writtenBy: appeal.writtenBy ?? 'other',
        },
      };
      const key = request.underKey;
      const id = newIdFor(request, services, 'ticket');
      const answerOf = (opened: OpenedTicket): StoredAnswer => ({
        status: 201,
        body: String(reply.serializeInput({ ...opened }, '201')),
      });
      const opening = await whenWritten(services, request, callId, async (): Promise<OpenedOnce> => {
        if (callId !== null) await visibleCall(services, request, callId);
        if (key !== null) return openTicketOnce(services)(asked, { key, ticketId: id, answerOf });
        const opened = await openTicket(services)(asked);
        return { kind: 'opened', id: opened.id, answer: answerOf(opened) };
      });
      const located = (ticketId: string) => reply.header('location', `/v1/tickets/${ticketId}`);
      switch (opening.kind) {
        case 'opened':
          return replyStored(opening.answer, located(opening.id));
        case 'openedBefore': {
          // The key was forgotten, or an earlier release died before it could answer: the ticket has this very id.
          const earlier = await services.tickets.detail(opening.id, sightOf(actor));
          if (earlier === null) throw new Refusal('idempotency.otherRequest');
          return replyStored(answerOf(openedBefore(earlier)), located(opening.id));
        }
        case 'answered':
        case 'underWay':
        case 'otherRequest':
          return replyInstead(opening, reply);
        default:
          return opening satisfies never;
      }
    },
  );

  app.get(
    '/tickets',
    {
      schema: {
        operationId: 'listTickets',
        tags: ['tickets'],
        summary: '工单，新的在前；承办单位只看到自己的',
        querystring: exactly({
          ...PageQuery,
          limit: Type.Integer({
            minimum: 1,
            maximum: PAGE_LIMIT_MAX,
            default: 50,
            description: '每页条数，1 至 100',
          }),
          state: Type.Optional(TicketStateShape),
          type: Type.Optional(TicketTypeShape),
          categoryCode: Type.Optional(CategoryCode),
          subtypeCode: Type.Optional(PathCode),
          tag: Type.Optional(PathCode),
          unitCode: Type.Optional(Code),
          callId: Type.Optional(Uuid),
          number: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: '工单编号' })),
          overdue: Type.Optional(Type.Boolean({ description: '是否已超期' })),
          urgency: Type.Optional(oneOf(['normal', 'urgent'])),
          outcome: Type.Optional(OutcomeKind),
          channel: Type.Optional(TicketChannelShape),
          aboutConduct: Type.Optional(Type.Boolean({ description: '是否作风类诉求（注明了被投诉单位）' })),
          stage: Type.Optional(oneOf(STAGES, { description: '正在计时的环节' })),
          dueBefore: Type.Optional(
            Type.String({ format: 'date-time', description: '在此之前到期、尚未超期，带时区' }),
          ),
          area: Type.Optional(PathCode),
          incidentId: Type.Optional(Uuid),
          threadId: Type.Optional(Uuid),
          text: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: '标题中的文字' })),
          acceptedFrom: Type.Optional(
            Type.String({ format: 'date-time', description: '受理时间起（含），带时区' }),
          ),
          acceptedTo: Type.Optional(
            Type.String({ format: 'date-time', description: '受理时间止（不含），带时区' }),
          ),
        }),
        response: answers({
          200: exactly({ tickets: Type.Array(TicketSummaryShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, acceptedFrom, acceptedTo, dueBefore, ...same } = request.query;
      const filter: TicketFilter = {
        ...same,
        ...(dueBefore === undefined ? {} : { dueBefore: Date.parse(dueBefore) }),
        ...(acceptedFrom === undefined ? {} : { acceptedFrom: Date.parse(acceptedFrom) }),
        ...(acceptedTo === undefined ? {} : { acceptedTo: Date.parse(acceptedTo) }),
      };
      const page = after === undefined ? { limit } : { limit, after };
      return listTickets(services)(filter, actorOf(request), page);
    },
  );

  app.get(
    '/tickets/:id',
    {
      schema: {
        operationId: 'readTicket',
        tags: ['tickets'],
        summary: '一张工单：内容、经过、两个时钟的时限及其计算依据',
        params: IdParams,
        response: answers({ 200: TicketDetailShape }),
      },
    },
    async (request) => {
      const { deadlines, ...ticket } = await readTicket(services)(request.params.id, actorOf(request));
      const { current, reached } = flowOf(
        ticket.state,
        ticket.timeline.map(({ type }) => type),
      );
      return {
        ...ticket,
        timeline: ticket.timeline.map((line) => ({ ...line, reasonEn: reasonInEnglish(line.reason) })),
        flow: { current, reached: [...reached] },
        handling: shownHandling(handlingOf(ticket.timeline)),
        replyHeldFor: [...heldFor(ticket.state, ticket.timeline)],
        deadlines: deadlines.map(({ explanation, ...one }) => ({
          ...one,
          explanation: explanation === null ? null : explained(explanation),
        })),
      };
    },
  );

  app.get(
    '/categories',
    {
      schema: {
        operationId: 'listCategories',
        tags: ['register'],
        summary: '诉求分类',
        response: answers({
          200: exactly({
            categories: Type.Array(
              exactly({ code: Type.String(), parentCode: nullable(Type.String()), name: Type.String() }),
            ),
          }),
        }),
      },
    },
    async () => ({ categories: await services.categories.list() }),
  );
}

function openedBefore(ticket: TicketDetail): OpenedTicket {
  const years = ticket.deadlines.flatMap((one) => one.explanation?.missingYears ?? []);
  return {
    id: ticket.id,
    number: ticket.number,
    state: ticket.state,
    acceptedAt: ticket.acceptedAt,
    citizenDueAt: ticket.citizenDueAt ?? '',
    unitDueAt: ticket.unitDueAt,
    missingCalendarYears: [...new Set(years)],
  };
}
