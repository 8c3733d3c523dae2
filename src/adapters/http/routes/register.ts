import { Type } from '@fastify/type-provider-typebox';
import { UNIT_KINDS } from '../../../app/ports/organisation.ts';
import { AFTER_ENDS, MODES } from '../../../domain/hotlines/mode.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  Day,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  nullable,
  oneOf,
} from '../shapes/elements.ts';
import { QueueShape } from '../shapes/rules.ts';

const LineShape = exactly({
  number: Type.String(),
  name: Type.String(),
  unitCode: Type.String(),
  unitName: Type.String(),
  mode: oneOf(MODES),
  validFrom: Day,
  validTo: nullable(Day),
  queue: Type.String(),
  unitNumber: nullable(Type.String()),
  trunk: nullable(Type.String()),
  greeting: nullable(Type.String()),
  menu: nullable(Type.String()),
  skills: nullable(Type.String({ description: '技能要求' })),
  afterEnd: oneOf(AFTER_ENDS),
  hours: nullable(Type.String({ description: '专席的受理时间' })),
  centreAddress: nullable(Type.String({ description: '分中心的 SIP 地址' })),
  basis: Type.String(),
});

const UnitShape = exactly({
  code: Type.String(),
  name: Type.String(),
  kind: oneOf(UNIT_KINDS),
  parentCode: nullable(Type.String({ description: '所属单位；空为独立单位' })),
});

/** The municipality's register: lines, units, queues. */
export function registerRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/lines',
    {
      schema: {
        operationId: 'listLines',
        tags: ['register'],
        summary: '登记的号码及其归并方式',
        response: answers({ 200: exactly({ lines: Type.Array(LineShape) }) }),
      },
    },
    async () => ({ lines: await services.lines.list() }),
  );

  app.get(
    '/lines/:number',
    {
      schema: {
        operationId: 'readLine',
        tags: ['register'],
        summary: '一个号码',
        params: exactly({ number: DialledNumber }),
        response: answers({ 200: LineShape }),
      },
    },
    async (request) => {
      const line = await services.lines.byNumber(request.params.number);
      if (line === null) throw new Refusal('line.unknown', { number: request.params.number });
      return line;
    },
  );

  app.get(
    '/units',
    {
      schema: {
        operationId: 'listUnits',
        tags: ['register'],
        summary: '承办单位',
        response: answers({
          200: exactly({
            units: Type.Array(UnitShape),
          }),
        }),
      },
    },
    async () => ({ units: await services.units.list() }),
  );

  app.post(
    '/units',
    {
      config: { creates: true },
      schema: {
        operationId: 'addUnit',
        tags: ['register'],
        summary: '登记承办单位，或单位内的科室、班组、村居',
        headers: IdempotencyHeaders,
        body: exactly({
          code: Code,
          name: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE }),
          kind: oneOf(UNIT_KINDS),
          parentCode: Type.Optional(nullable(Code)),
        }),
        response: answers({ 201: UnitShape }),
      },
    },
    async (request, reply) => {
      const unit = { ...request.body, parentCode: request.body.parentCode ?? null };
      const done = await services.units.add(unit);
      if (done === 'taken') throw new Refusal('unit.codeTaken', { code: unit.code });
      if (done === 'parentUnknown') throw new Refusal('unit.parentUnknown', { parentCode: unit.parentCode });
      return reply.status(201).send(unit);
    },
  );

  app.get(
    '/queues',
    {
      schema: {
        operationId: 'listQueues',
        tags: ['register'],
        summary: '技能队列',
        response: answers({
          200: exactly({
            queues: Type.Array(QueueShape),
          }),
        }),
      },
    },
    async () => ({ queues: await services.queues.list() }),
  );
}
