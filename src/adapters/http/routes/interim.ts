import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { Interim } from '../../../app/ports/interim.ts';
import { actInterim, assignInterim, existing } from '../../../app/tickets/interim-acts.ts';
import {
  HAZARD_HOURS,
  INTERIM_ACTS,
  INTERIM_STATE_NAMES,
  INTERIM_STATES,
  WITHOUT_PREJUDICE,
} from '../../../domain/tickets/interim.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
} from '../shapes/elements.ts';

const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description });
const InterimShape = exactly({
  unitCode: Type.String({ description: '先行处置单位' }),
  state: oneOf(INTERIM_STATES, {
    description: INTERIM_STATES.map((state) => `${state} ${INTERIM_STATE_NAMES[state]}`).join('，'),
  }),
  hazard: MaskedWords,
  hazardDueAt: Instant,
  assignedAt: Instant,
  hazardRemovedAt: nullable(Instant),
  causeFixedAt: nullable(Instant),
  ownerUnit: nullable(Type.String({ description: '裁定的责任单位；空：尚未确定' })),
  settledAt: nullable(Instant),
  terms: Type.String({ description: '先行处置的性质' }),
});

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const seen = ({ ticketId, ...interim }: Interim) => ({
  ...interim,
  hazardDueAt: new Date(interim.hazardDueAt).toISOString(),
  assignedAt: new Date(interim.assignedAt).toISOString(),
  hazardRemovedAt: iso(interim.hazardRemovedAt),
  causeFixedAt: iso(interim.causeFixedAt),
  settledAt: iso(interim.settledAt),
  terms: WITHOUT_PREJUDICE,
});

/** 先解决问题再说: the danger first, whose it is later. */
export function interimRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/interim',
    {
      config: { creates: true },
      schema: {
        operationId: 'assignInterim',
        tags: ['tickets'],
        summary: '指定先行处置单位：先除险情，责任归属另行裁定，不作为责任和费用的依据',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          version: Type.Integer({ minimum: 1, description: '所见工单的 version' }),
          unitCode: Code,
          hazard: Words('险情'),
          hours: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: HAZARD_HOURS.most,
              description: `几小时内除险，连续计算；默认 ${HAZARD_HOURS.usual}`,
            }),
          ),
        }),
        response: answers({ 201: InterimShape }),
      },
    },
    async (request, reply) => {
      const { hours = HAZARD_HOURS.usual, ...same } = request.body;
      const ticketId = request.params.id;
      const assigned = await assignInterim(services)({ ...same, hours, ticketId, actor: actorOf(request) });
      return reply.status(201).send(seen(assigned));
    },
  );

  app.post(
    '/tickets/:id/interim/acts',
    {
      config: { creates: true },
      schema: {
        operationId: 'actInterim',
        tags: ['tickets'],
        summary: '登记险情已除、根源已除，或险情再现；附依据，可附费用说明',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          act: oneOf(INTERIM_ACTS, {
            description: 'removeHazard 险情已除，fixCause 根源已除，recur 险情再现',
          }),
          evidence: Words('依据'),
          cost: Type.Optional(
            Type.String({ maxLength: 2000, description: '费用和归属说明，不影响责任认定' }),
          ),
        }),
        response: answers({ 200: InterimShape }),
      },
    },
    async (request) => {
      const { cost = '', ...same } = request.body;
      const ticketId = request.params.id;
      return seen(await actInterim(services)({ ...same, cost, ticketId, actor: actorOf(request) }));
    },
  );

  app.get(
    '/tickets/:id/interim',
    {
      schema: {
        operationId: 'readInterim',
        tags: ['tickets'],
        summary: '先行处置的情况：两个办结条件各自是否满足，责任单位是否已定',
        params: IdParams,
        response: answers({ 200: InterimShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      if (!(await services.ticketParts.sees(id, sightOf(actorOf(request))))) {
        throw new AppError('ticket.unknown', { id });
      }
      return seen(await existing(services, id));
    },
  );
}
