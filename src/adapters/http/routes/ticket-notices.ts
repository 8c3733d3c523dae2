import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import { NOTICE_OUTCOMES } from '../../../app/ports/ticket-notices.ts';
import { MESSAGE_STATES } from '../../../domain/messages/life.ts';
import { CITIZEN_STEPS, UNIT_STEPS } from '../../../domain/messages/ticket-steps.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, Instant, nullable, oneOf } from '../shapes/elements.ts';

const NoticeShape = exactly({
  at: Instant,
  audience: oneOf(['citizen', 'unit']),
  unitCode: nullable(Type.String()),
  kind: oneOf([...CITIZEN_STEPS, ...UNIT_STEPS]),
  outcome: oneOf(NOTICE_OUTCOMES, {
    description:
      'queued 已发出或待发；superseded 未发出即有新进展；stale 过时；switchedOff 已关闭；anonymous 匿名；noNumber 无手机号；noContact 单位未登记接收手机；gathered 一小时内已通知多件，见单位待办',
  }),
  decidedAt: Instant,
  messages: Type.Array(
    exactly({
      id: Type.String(),
      number: MaskedNumber,
      state: oneOf(MESSAGE_STATES),
      driver: nullable(Type.String()),
      proof: nullable(Type.String({ description: '网关的回执' })),
      textHash: nullable(Type.String({ description: '所发文字的 SHA-256' })),
      failure: nullable(Type.String()),
      finishedAt: nullable(Instant),
    }),
  ),
});

/** Who was told what of a ticket, with the proof; and why nobody was. */
export function ticketNoticeRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/tickets/:id/notices',
    {
      schema: {
        operationId: 'listTicketNotices',
        tags: ['tickets'],
        summary: '工单各步的告知：告知了谁、凭证，或未告知的原因；新的在前',
        params: IdParams,
        response: answers({ 200: exactly({ notices: Type.Array(NoticeShape) }) }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const notices = await services.ticketNotices.ofTicket(id, sightOf(actorOf(request)));
      if (notices === null) throw new AppError('ticket.unknown', { id });
      return { notices: notices.map((one) => ({ ...one, messages: [...one.messages] })) };
    },
  );
}
