import { Type } from '@fastify/type-provider-typebox';
import { employAgent } from '../../../app/organisation/employ-agent.ts';
import { keepEmployers } from '../../../app/organisation/keep-employers.ts';
import type { KeptEmployment } from '../../../app/ports/employers.ts';
import { EMPLOYER_KINDS } from '../../../domain/employers/employer.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { employerOf } from '../employer-sight.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  oneOf,
  Reason,
} from '../shapes/elements.ts';

const EmployerShape = exactly({
  code: Type.String(),
  name: Type.String(),
  kind: oneOf(EMPLOYER_KINDS, { description: 'centre 热线中心；unit 派驻单位；vendor 服务商' }),
  unitCode: nullable(Type.String()),
  contract: Type.String({ description: '合同' }),
  ended: Type.Boolean({ description: '合作已结束' }),
});
const EmploymentsShape = exactly({
  employments: Type.Array(
    exactly({
      employer: Type.String(),
      from: Day,
      reason: Type.String(),
      by: nullable(Type.String()),
      effective: Type.Boolean({ description: '派话已按此执行' }),
    }),
  ),
});

const shown = (employments: readonly KeptEmployment[]) => ({
  employments: employments.map(({ fromDay, ...rest }) => ({ ...rest, from: fromDay })),
});

/** Who employs the agents, and since when whose each of them is (C13). */
export function employerRoutes(app: Api, services: ApiServices): void {
  const keep = keepEmployers(services);

  app.get(
    '/employers',
    {
      schema: {
        operationId: 'listEmployers',
        tags: ['employers'],
        summary: '话务员的派出单位：热线中心、派驻单位、服务商；服务商主管只看到本单位',
        response: answers({ 200: exactly({ employers: Type.Array(EmployerShape) }) }),
      },
    },
    async (request) => {
      const own = employerOf(request);
      const employers = await services.employers.list();
      return { employers: employers.filter(({ code }) => own === null || code === own) };
    },
  );

  app.post(
    '/employers',
    {
      config: { creates: true },
      schema: {
        operationId: 'addEmployer',
        tags: ['employers'],
        summary: '登记服务商或派驻单位',
        headers: IdempotencyHeaders,
        body: exactly({
          code: Code,
          name: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE }),
          kind: oneOf(['unit', 'vendor']),
          unitCode: Type.Optional(nullable(Code)),
          contract: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: answers({ 201: EmployerShape }),
      },
    },
    async (request, reply) => reply.status(201).send(await keep.add(request.body)),
  );

  app.post(
    '/employers/:code/end',
    {
      schema: {
        operationId: 'endEmployer',
        tags: ['employers'],
        summary: '结束合作：须先为其话务员登记新的派出单位',
        params: exactly({ code: Code }),
        response: answers({ 200: EmployerShape }),
      },
    },
    (request) => keep.end(request.params.code),
  );

  app.get(
    '/agents/:id/employments',
    {
      schema: {
        operationId: 'listEmployments',
        tags: ['employers'],
        summary: '一名话务员历来的派出单位，各自自何日起',
        params: IdParams,
        response: answers({ 200: EmploymentsShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const own = employerOf(request);
      const employments = await services.employers.employments(id);
      if (employments.length === 0) throw new Refusal('agent.unknown', { id });
      // Where he was before, and where he goes, is the hotline's business.
      return shown(employments.filter(({ employer }) => own === null || employer === own));
    },
  );

  app.post(
    '/agents/:id/employments',
    {
      config: { creates: true },
      schema: {
        operationId: 'employAgent',
        tags: ['employers'],
        summary: '话务员自某日起改属另一派出单位；此前的通话仍计在原单位，次日起的登记可以更改',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ employer: Code, from: Day, reason: Reason }),
        response: answers({ 201: EmploymentsShape }),
      },
    },
    async (request, reply) => {
      const { employer, from: fromDay, reason } = request.body;
      const by = callerOf(request).id;
      const { employments, published } = await employAgent(services)(request.params.id, {
        ...{ employer, fromDay, reason: reason.trim(), by },
      });
      if (published) await askToReload(request, services);
      return reply.status(201).send(shown(employments));
    },
  );
}
