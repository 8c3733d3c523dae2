import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerVisitLink, readVisitLink } from '../../../app/visits/answer-visit-link.ts';
import { VISIT_LINK_DAYS } from '../../../domain/callbacks/visit-link.ts';
import { AttemptLimiter } from '../attempts.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant } from '../shapes/elements.ts';
import { VisitAnswersShape } from '../shapes/visits.ts';

/** A person reads, thinks and answers; who tries tokens gets nowhere. */
const A_MINUTE = { max: 20, windowMs: 60_000 } as const;

const token = Type.String({ minLength: 20, maxLength: 100, description: '短信网址中 # 之后的部分' });

/** 回访链接 (G2): the three questions for who was not reached, without an account. The token travels in the body, never in an address. */
export function visitLinkRoutes(app: Api, services: ApiServices): void {
  const limiter = new AttemptLimiter(A_MINUTE, services.now);
  const admit = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const waitMs = limiter.take(request.ip);
    if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };

  app.post(
    '/public/visit-links/read',
    {
      onRequest: admit,
      schema: {
        operationId: 'readVisitLink',
        tags: ['public'],
        summary: `回访链接问的是哪件诉求；${VISIT_LINK_DAYS} 日内有效，答过一次即失效，无需登录`,
        security: [],
        body: exactly({ token }),
        response: answers({ 200: exactly({ ticketNumber: Type.String(), expiresAt: Instant }) }),
      },
    },
    async (request) => {
      const { ticketNumber, expiresAt } = await readVisitLink(services)(request.body.token);
      return { ticketNumber, expiresAt: new Date(expiresAt).toISOString() };
    },
  );

  app.post(
    '/public/visit-links/answers',
    {
      onRequest: admit,
      schema: {
        operationId: 'answerVisitLink',
        tags: ['public'],
        summary: '市民自己回答回访的三个问题；与电话回访同样处理：满意则结案，未解决或不满意则重办',
        security: [],
        body: exactly({ token, answers: VisitAnswersShape }),
        response: answers({ 200: exactly({ ticketNumber: Type.String() }) }),
      },
    },
    async (request) => {
      const { answers: said } = request.body;
      return answerVisitLink(services)(request.body.token, { ...said, words: said.words?.trim() ?? '' });
    },
  );
}
