import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../app/errors.ts';
import { type FollowedView, followTicket } from '../../../app/tickets/follow-ticket.ts';
import { writeToTicket } from '../../../app/tickets/write-to-ticket.ts';
import { rateOwnTicket } from '../../../app/visits/rate-own-ticket.ts';
import { WEBSITE_FORM } from '../../../domain/intake/incoming.ts';
import { CITIZEN_WISHES, CITIZEN_WORDS_MAX, inWhoseHands } from '../../../domain/tickets/following.ts';
import { CORRECTABLE_MS } from '../../../domain/tickets/own-rating.ts';
import { AttemptLimiter } from '../attempts.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { TicketStateShape } from '../shapes/tickets.ts';
import { RecheckShape, VisitAnswersShape } from '../shapes/visits.ts';

/** A person reads his slip and types; a program that tries all numbers gets nowhere. */
const A_MINUTE = { max: 20, windowMs: 60_000 } as const;
/** From wherever they come: who knows the telephone guesses no number to it, and the other way round. */
const GUESSES = { max: 10, windowMs: 3_600_000 } as const;

const CORRECTABLE_DAYS = CORRECTABLE_MS / 86_400_000;

const Whose = {
  number: Type.String({ minLength: 4, maxLength: 60, description: '工单编号，见受理短信' }),
  telephone: Type.String({
    pattern: WEBSITE_FORM.telephone,
    description: '登记时留的电话',
    examples: ['13800000000'],
  }),
};
const Wish = oneOf(CITIZEN_WISHES, { description: 'urge 催办，一日一次；add 补充情况' });

const moment = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const shown = ({ lines, urgeAgainAt, unit, rated, ...ticket }: FollowedView) => ({
  number: ticket.number,
  state: ticket.state,
  inHandsOf: inWhoseHands(ticket.state),
  unit: unit?.name ?? null,
  acceptedAt: ticket.acceptedAt,
  citizenDueAt: ticket.citizenDueAt,
  unitDueAt: ticket.unitDueAt,
  closedAt: ticket.closedAt,
  reply: ticket.reply,
  extensions: [...ticket.extensions],
  dispute: ticket.dispute,
  written: lines.map(({ at, wish }) => ({ at: new Date(at).toISOString(), wish })),
  urgeAgainAt: moment(urgeAgainAt),
  mayRate: ticket.mayRate,
  rated:
    rated === null
      ? null
      : { at: new Date(rated.at).toISOString(), correctableUntil: moment(rated.correctableUntil) },
});

/** 查办件 (L2, L4): by number and telephone, both in the body, without an account. What he said himself is not told again. */
export function followedTicketRoutes(app: Api, services: ApiServices): void {
  const limiter = new AttemptLimiter(A_MINUTE, services.now);
  const guesses = new AttemptLimiter(GUESSES, services.now);
  const admit = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const waitMs = limiter.take(request.ip);
    if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };

  /** Only who names a pair that does not belong together has tried something. */
  async function guessed<T>(
    { number, telephone }: { readonly number: string; readonly telephone: string },
    work: () => Promise<T>,
  ): Promise<T> {
    const keys = [
      `number ${number.replace(/\s/g, '').toUpperCase()}`,
      `telephone ${telephone.replace(/\D/g, '')}`,
    ];
    const taken: string[] = [];
    for (const key of keys) {
      const waitMs = guesses.take(key);
      if (waitMs === null) taken.push(key);
      else {
        for (const one of taken) guesses.giveBack(one);
        throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
      }
    }
    let wrong = false;
    try {
      return await work();
    } catch (error) {
      wrong = error instanceof AppError && error.code === 'follow.unknown';
      throw error;
    } finally {
      if (!wrong) for (const key of taken) guesses.giveBack(key);
    }
  }

  app.post(
    '/public/tickets/progress',
    {
      onRequest: admit,
      schema: {
        operationId: 'followTicket',
        tags: ['public'],
        summary: '凭工单编号和登记时留的电话查办理进度：在谁手上、两个时限；无需登录，不含个人信息',
        security: [],
        body: exactly(Whose),
        response: answers({
          200: exactly({
            number: Type.String(),
            state: TicketStateShape,
            inHandsOf: oneOf(['unit', 'hotline', 'nobody'], { description: '承办单位、热线、已办结' }),
            unit: nullable(Type.String({ description: '现在办理的单位' })),
            acceptedAt: Instant,
            citizenDueAt: nullable(Instant),
            unitDueAt: nullable(Instant),
            closedAt: nullable(Instant),
            reply: nullable(Type.String({ description: '公开答复，审核通过后才有' })),
            extensions: Type.Array(
              exactly({ at: Instant, dueAt: nullable(Instant), reason: Type.String() }),
              { description: '批准的延期：延到何时、公开的原因' },
            ),
            dispute: Type.Union(
              [
                exactly({
                  at: Instant,
                  by: nullable(Type.String({ format: 'date', description: '何日前复核' })),
                  answer: nullable(Type.String({ description: '维持办理结果时的说明' })),
                }),
                Type.Null(),
              ],
              { description: '最近一次表示没有办好，由热线复核' },
            ),
            written: Type.Array(exactly({ at: Instant, wish: Wish }), { description: '在此催办、补充过' }),
            urgeAgainAt: nullable(Instant),
            mayRate: Type.Boolean({ description: '现在可以评价，或更正已作的评价' }),
            rated: Type.Union([exactly({ at: Instant, correctableUntil: nullable(Instant) }), Type.Null()], {
              description: '已评价的时间和可更正的期限；所评内容不再示出',
            }),
          }),
        }),
      },
    },
    async (request) => shown(await guessed(request.body, () => followTicket(services)(request.body))),
  );

  app.post(
    '/public/tickets/words',
    {
      onRequest: admit,
      schema: {
        operationId: 'writeToTicket',
        tags: ['public'],
        summary: '市民自己催办或补充：记入该工单的经过，不另开工单；同样的话重复提交只记一次',
        security: [],
        body: exactly({
          ...Whose,
          wish: Wish,
          words: Type.String({ maxLength: CITIZEN_WORDS_MAX, default: '', description: '补充时必填' }),
        }),
        response: answers({ 200: exactly({ received: Type.Literal(true) }) }),
      },
    },
    async (request) => {
      await guessed(request.body, () => writeToTicket(services)(request.body));
      return { received: true as const };
    },
  );
  app.post(
    '/public/tickets/rating',
    {
      onRequest: admit,
      schema: {
        operationId: 'rateOwnTicket',
        tags: ['public'],
        summary: `市民自己评价办结的诉求（一事一评），与回访同一标准；${CORRECTABLE_DAYS} 日内可更正；未解决或对结果不满意的转异议复核，由热线人员在时限内查看`,
        security: [],
        body: exactly({ ...Whose, answers: VisitAnswersShape }),
        response: answers({
          200: exactly({
            received: Type.Literal(true),
            correctableUntil: nullable(Instant),
            recheck: RecheckShape,
          }),
        }),
      },
    },
    async (request) => {
      const { answers: said, ...whose } = request.body;
      const given = { ...said, words: said.words?.trim() ?? '' };
      const source = { address: request.ip, agent: request.headers['user-agent'] ?? '' };
      const rated = await guessed(whose, () => rateOwnTicket(services)(whose, given, source));
      const { recheck } = rated;
      return { received: true as const, correctableUntil: moment(rated.correctableUntil), recheck };
    },
  );
}
