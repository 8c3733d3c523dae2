import { Type } from '@fastify/type-provider-typebox';
import { receiveMessage } from '../../../app/intake/receive-message.ts';
import { senderKey, WEBSITE_FORM } from '../../../domain/intake/incoming.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { storable } from '../../../domain/tickets/storable.ts';
import { AttemptLimiter } from '../attempts.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders } from '../shapes/elements.ts';
import { TicketTypeShape } from '../shapes/tickets.ts';
import { intakeResult } from './intake.ts';

/** Of one address: a family, a village's service point. */
const OF_ADDRESS = { max: 20, windowMs: 3_600_000 } as const;
/** Of one telephone, from wherever: a day has few matters. */
const OF_TELEPHONE = { max: 5, windowMs: 3_600_000 } as const;
/**
 * Of one form, by its key at one address: repetitions cost none of those above and yet are work of the database. Not of the address:
 * whoever repeats his own would shut the door for everybody behind the same proxy.
 */
const OF_FORM = { max: 100, windowMs: 3_600_000 } as const;

const AnsweredShape = exactly({
  ...intakeResult,
  hotlineNumber: Type.String({ description: '热线号码：编号待人工告知时请拨打' }),
});

/** 网上诉求 (RD-12, K4): a citizen's form, without an account; his telephone and the ticket's number let him follow it. */
export function websiteAppealRoutes(app: Api, services: ApiServices): void {
  const addresses = new AttemptLimiter(OF_ADDRESS, services.now);
  const telephones = new AttemptLimiter(OF_TELEPHONE, services.now);
  const forms = new AttemptLimiter(OF_FORM, services.now);

  app.post(
    '/public/tickets',
    {
      schema: {
        operationId: 'submitAppeal',
        tags: ['public'],
        summary:
          '市民在网站提交诉求，无须登录：答复工单编号，凭编号和所留电话查询进度；同一 Idempotency-Key 只受理一次',
        security: [],
        headers: IdempotencyHeaders,
        body: exactly({
          text: Type.String({
            minLength: WEBSITE_FORM.textAtLeast,
            maxLength: APPEAL_LENGTHS.content,
            pattern: '[\\p{L}\\p{N}]',
            description: '诉求内容，4 至 10000 字',
          }),
          telephone: Type.String({
            pattern: WEBSITE_FORM.telephone,
            description: '联系电话，凭此查询进度',
            examples: ['13800000000'],
          }),
          type: Type.Optional(TicketTypeShape),
          place: Type.Optional(Type.String({ maxLength: APPEAL_LENGTHS.place, description: '地点' })),
          name: Type.Optional(Type.String({ maxLength: APPEAL_LENGTHS.citizenName, description: '姓名' })),
          anonymous: Type.Optional(
            Type.Boolean({ description: '匿名：不让承办单位知道本人是谁', default: false }),
          ),
        }),
        response: answers({ 201: AnsweredShape, 202: AnsweredShape }),
      },
    },
    async (request, reply) => {
      const { text, telephone, type, place = '', name = '', anonymous = false } = request.body;
      const limits = [
        [addresses, request.ip],
        [telephones, senderKey('website', telephone)],
      ] as const;
      const taken: (typeof limits)[number][] = [];
      const giveBack = (): void => {
        for (const [limiter, key] of taken) limiter.giveBack(key);
      };
      for (const limit of limits) {
        const waitMs = limit[0].take(limit[1]);
        if (waitMs === null) taken.push(limit);
        else {
          giveBack();
          throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
        }
      }
      const key = request.headers['idempotency-key'];
      const messageId = typeof key === 'string' ? key : services.newId();
      const tooMany = forms.take(`${request.ip} ${messageId}`);
      if (tooMany !== null) {
        giveBack();
        throw new Refusal('request.tooOften', {}, Math.ceil(tooMany / 1000));
      }
      const receive = receiveMessage({ ...services, log: request.log });
      const received = async () => {
        // Before anything is kept: with the books away nothing is spent, and nobody is told of a fault whose appeal is there.
        const { mainNumber: hotlineNumber } = await services.messages.settings();
        const delivered = await receive({
          message: {
            ...{ channel: 'website', messageId, sender: telephone, text },
            ...{ sentAt: services.now(), fault: null },
          },
          fields: {
            ...(type === undefined ? {} : { type }),
            ...{ place: storable(place), citizenName: storable(name), anonymous },
          },
        });
        return { ...delivered, hotlineNumber };
      };
      const { again, outcome, ticketNumber, reason, hotlineNumber } = await received().catch(
        (error: unknown) => {
          giveBack();
          throw error;
        },
      );
      if (again) giveBack();
      return reply
        .status(outcome === 'parked' ? 202 : 201)
        .headers(again ? { 'idempotency-replayed': 'true' } : {})
        .send({ outcome, number: ticketNumber, reason, hotlineNumber });
    },
  );
}
