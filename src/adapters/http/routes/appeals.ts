import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../app/errors.ts';
import { judgeAppeal, recordAppeal } from '../../../app/restrictions/appeal-restriction.ts';
import { measureContext } from '../../../app/restrictions/measure-change.ts';
import { VERDICTS } from '../../../domain/restrictions/appeal.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { AttemptLimiter } from '../attempts.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, oneOf } from '../shapes/elements.ts';
import { AppealShape, appealSeen, WhoseBody } from '../shapes/restrictions.ts';
import { whoseOf } from './restrictions.ts';
import { ruleActorOf } from './rules.ts';

/** Of one address; a family or an office has more than one telephone. */
const LODGED = { max: 5, windowMs: 3_600_000 } as const;

const AppealText = Type.String({ minLength: 2, maxLength: 1000, pattern: VISIBLE, description: '申诉内容' });

/** Appeals against a limit or a block: through staff, or by the citizen himself without an account. */
export function appealRoutes(app: Api, services: ApiServices): void {
  const lodged = new AttemptLimiter(LODGED, services.now);
  const actorIn = (request: FastifyRequest) => measureContext(services, ruleActorOf(request), '').actor;
  const seen = async (id: string, measureId: string, request: FastifyRequest) => {
    const found = (await services.restrictions.appeals(measureId)).find((one) => one.id === id);
    if (found === undefined) throw new Refusal('appeal.unknown', { appeal: id });
    return appealSeen(found, actorIn(request));
  };

  app.get(
    '/appeals',
    {
      schema: {
        operationId: 'listAppeals',
        tags: ['restrictions'],
        summary: '待处理的申诉，早的在前',
        response: answers({ 200: exactly({ appeals: Type.Array(AppealShape) }) }),
      },
    },
    async (request) => {
      const actor = actorIn(request);
      const open = await services.restrictions.openAppeals();
      return { appeals: open.map((one) => appealSeen(one, actor)) };
    },
  );

  app.post(
    '/appeals',
    {
      config: { creates: true },
      schema: {
        operationId: 'recordAppeal',
        tags: ['restrictions'],
        summary: '登记市民的申诉',
        headers: IdempotencyHeaders,
        body: exactly({ ...WhoseBody, text: AppealText }),
        response: answers({ 201: AppealShape }),
      },
    },
    async (request, reply) => {
      const { text, ...whose } = request.body;
      const { id, measureId } = await recordAppeal(services)({
        id: newIdFor(request, services, 'appeal'),
        whose: await whoseOf(request, services, whose),
        text,
        recordedBy: callerOf(request).id,
      });
      return reply.status(201).send(await seen(id, measureId, request));
    },
  );

  app.post(
    '/appeals/:id/decision',
    {
      schema: {
        operationId: 'judgeAppeal',
        tags: ['restrictions'],
        summary: '处理申诉；成立即解除限制。经手该限制或该申诉的人不得处理',
        params: IdParams,
        body: exactly({
          verdict: oneOf(VERDICTS, { description: 'grant 成立，dismiss 不成立' }),
          answer: Type.String({ minLength: 4, maxLength: 500, pattern: VISIBLE, description: '答复' }),
        }),
        response: answers({ 200: AppealShape }),
      },
    },
    async (request) => {
      const { verdict, answer } = request.body;
      const input = { id: request.params.id, verdict, answer, actor: ruleActorOf(request) };
      const { id, measureId } = await judgeAppeal(services)(input);
      await askToReload(request, services);
      return seen(id, measureId, request);
    },
  );

  app.post(
    '/public/appeals',
    {
      schema: {
        operationId: 'lodgeAppeal',
        tags: ['public'],
        summary: '市民自行申诉，无须登录；无论号码是否受限，答复相同',
        body: exactly({
          number: Type.String({ minLength: 3, maxLength: 40, description: '受限的号码' }),
          text: AppealText,
        }),
        response: answers({ 202: exactly({ received: Type.Literal(true) }) }),
      },
    },
    async (request, reply) => {
      const waitMs = lodged.take(request.ip);
      if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
      const { number, text } = request.body;
      const input = { id: services.newId(), whose: { number }, text, recordedBy: null };
      await recordAppeal(services)(input).catch((error: unknown) => {
        // Whether a number is restricted is nobody's business but its owner's: the answer tells nothing.
        if (!(error instanceof AppError)) throw error;
        request.log.info({ code: error.code }, 'an appeal found nothing to appeal against');
      });
      return reply.status(202).send({ received: true as const });
    },
  );
}
