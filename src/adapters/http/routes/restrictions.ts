import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { decideRestriction } from '../../../app/restrictions/decide-restriction.ts';
import { measureContext, numberOf, type Whose } from '../../../app/restrictions/measure-change.ts';
import { restrictNumber } from '../../../app/restrictions/restrict-number.ts';
import { setRestrictionSettings } from '../../../app/restrictions/set-restriction-settings.ts';
import { RESTRICTION_STATES } from '../../../domain/restrictions/life.ts';
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
  oneOf,
  PageQuery,
  Reason,
} from '../shapes/elements.ts';
import { HistoryShape, historySeen } from '../shapes/history.ts';
import { pageShape } from '../shapes/paging.ts';
import { AppealShape, appealSeen, MeasureBody, MeasureShape, measureSeen } from '../shapes/restrictions.ts';
import { whenWritten } from '../unwritten-call.ts';
import { visibleCall } from './calls.ts';
import { ruleActorOf } from './rules.ts';

/** Whose number is meant; of a call only by who may see that call. */
export async function whoseOf(
  request: FastifyRequest,
  services: ApiServices,
  { number, callId }: { readonly number?: string; readonly callId?: string },
): Promise<Whose> {
  if (callId !== undefined && number === undefined) {
    await whenWritten(services, request, callId, () => visibleCall(services, request, callId));
    return { callId };
  }
  if (number === undefined || callId !== undefined) throw new Refusal('restriction.whose');
  return { number };
}

/** Nuisance callers: noted, limited, blocked, each for a time and, but for a note, by two persons. */
export function restrictionRoutes(app: Api, services: ApiServices): void {
  const seen = async (id: string) => {
    const view = await services.restrictions.view(id);
    if (view === null) throw new Refusal('restriction.unknown', { restriction: id });
    return measureSeen(view);
  };

  app.get(
    '/restrictions',
    {
      schema: {
        operationId: 'listRestrictions',
        tags: ['restrictions'],
        summary: '来电号码的备注、限制和暂停受理，新的在前',
        querystring: exactly({
          ...PageQuery,
          number: Type.Optional(
            Type.String({ minLength: 1, maxLength: 40, description: '主叫号码，任何写法' }),
          ),
          state: Type.Optional(oneOf(RESTRICTION_STATES)),
        }),
        response: answers({ 200: pageShape('restrictions', MeasureShape) }),
      },
    },
    async (request) => {
      const { number: raw, state, ...page } = request.query;
      const number = raw === undefined ? undefined : await numberOf(services, { number: raw });
      if (number === null) throw new Refusal('restriction.numberUnknown');
      const filter = {
        ...(number === undefined ? {} : { number }),
        ...(state === undefined ? {} : { states: [state] }),
      };
      const { rows, next } = await services.restrictions.list(filter, page);
      return { restrictions: rows.map(measureSeen), next };
    },
  );

  app.get(
    '/restrictions/:id',
    {
      schema: {
        operationId: 'readRestriction',
        tags: ['restrictions'],
        summary: '一条限制：经过和申诉',
        params: IdParams,
        response: answers({
          200: exactly({
            restriction: MeasureShape,
            history: HistoryShape,
            appeals: Type.Array(AppealShape),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const restriction = await seen(id);
      const events = await services.restrictions.events(id);
      const { actor } = measureContext(services, ruleActorOf(request), '');
      return {
        restriction,
        history: historySeen(events),
        appeals: (await services.restrictions.appeals(id)).map((one) => appealSeen(one, actor)),
      };
    },
  );

  app.post(
    '/restrictions',
    {
      config: { creates: true },
      schema: {
        operationId: 'restrictNumber',
        tags: ['restrictions'],
        summary: '备注立即生效；限制和暂停受理待他人审批',
        headers: IdempotencyHeaders,
        body: exactly({ ...MeasureBody, reason: Reason }),
        response: answers({ 201: MeasureShape }),
      },
    },
    async (request, reply) => {
      const { step, callsPerHour = null, hours, reason, ...whose } = request.body;
      const made = await restrictNumber(services)({
        id: newIdFor(request, services, 'restriction'),
        whose: await whoseOf(request, services, whose),
        step,
        callsPerHour,
        hours,
        reason,
        actor: ruleActorOf(request),
      });
      await askToReload(request, services);
      return reply.status(201).send(await seen(made.id));
    },
  );

  for (const [move, operationId, summary] of [
    ['approve', 'approveRestriction', '批准；须由提出者以外的人进行，时长自此起算'],
    ['reject', 'rejectRestriction', '不批准；须由提出者以外的人进行'],
    ['withdraw', 'withdrawRestriction', '撤销尚未审批的请求'],
    ['lift', 'liftRestriction', '提前解除'],
  ] as const) {
    app.post(
      `/restrictions/:id/${move}`,
      {
        schema: {
          operationId,
          tags: ['restrictions'],
          summary,
          params: IdParams,
          body: exactly({ reason: Reason }),
          response: answers({ 200: MeasureShape }),
        },
      },
      async (request) => {
        const input = {
          id: request.params.id,
          move,
          reason: request.body.reason,
          actor: ruleActorOf(request),
        };
        const { id } = await decideRestriction(services)(input);
        await askToReload(request, services);
        return seen(id);
      },
    );
  }

  const Settings = exactly({
    daysAtMost: Type.Integer({ minimum: 1, maximum: 365, description: '限制和暂停受理最长天数' }),
  });
  app.get(
    '/restrictions/settings',
    {
      schema: {
        operationId: 'readRestrictionSettings',
        tags: ['restrictions'],
        summary: '限制最长可持续多久',
        response: answers({ 200: Settings }),
      },
    },
    async () => ({ daysAtMost: await services.restrictions.daysAtMost() }),
  );
  app.put(
    '/restrictions/settings',
    {
      schema: {
        operationId: 'setRestrictionSettings',
        tags: ['restrictions'],
        summary: '改变最长时长；已生效的不变',
        body: exactly({ ...Settings.properties, reason: Reason }),
        response: answers({ 200: Settings }),
      },
    },
    async (request) => {
      const { daysAtMost, reason } = request.body;
      await setRestrictionSettings(services)({ daysAtMost, reason, actor: ruleActorOf(request) });
      return { daysAtMost };
    },
  );
}
