import { Type } from '@fastify/type-provider-typebox';
import { addPart, movePart } from '../../../app/tickets/parts/part-acts.ts';
import { type PartView, readPart, readParts } from '../../../app/tickets/parts/read-parts.ts';
import { PART_KINDS } from '../../../domain/tickets/parts/part.ts';
import { PART_MOVES, PART_STATE_NAMES, PART_STATES } from '../../../domain/tickets/parts/part-table.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
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
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';

const State = oneOf(PART_STATES, {
  description: PART_STATES.map((state) => `${state} ${PART_STATE_NAMES[state]}`).join('，'),
});
const Kind = oneOf(PART_KINDS, { description: 'assist 协办单位，sub 单位内转办' });
const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description });

const Done = exactly({
  id: Type.String(),
  number: Type.String(),
  state: State,
  dueAt: Instant,
  version: Type.Integer(),
});
const partFields = {
  id: Type.String(),
  number: Type.String(),
  ticketId: Type.String(),
  parentId: nullable(Type.String()),
  kind: Kind,
  level: Type.Integer({ description: '单位内第几级；0 为协办单位本身' }),
  unitCode: Type.String(),
  unitName: Type.String(),
  state: State,
  assignedAt: Instant,
  dueAt: Instant,
  overdue: Type.Boolean(),
  reworks: Type.Integer({ description: '被退回重办的次数' }),
  version: Type.Integer(),
};
const wordFields = {
  task: nullable(MaskedWords),
  reply: nullable(MaskedWords),
};
const PartShape = exactly({
  ...partFields,
  ...wordFields,
  progress: exactly(
    { open: Type.Integer(), done: Type.Integer(), overdue: Type.Integer() },
    { description: '其下各级：未办结、已认可、超期' },
  ),
  moves: Type.Array(exactly({ move: oneOf(PART_MOVES), words: oneOf(['required', 'optional']) }), {
    description: '您现在可以办理的步骤；words：是否须说明内容',
  }),
});

const shownPart = (part: PartView) => ({ ...part, moves: [...part.moves] });

/** Several units on one ticket (主办、协办、加派), and levels within a unit (转办). */
export function ticketPartRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/parts',
    {
      config: { creates: true },
      schema: {
        operationId: 'addPart',
        tags: ['tickets'],
        summary: '加派协办单位（热线），或在单位内向下转办（承办单位）；时限不超过上级的时限',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          kind: Kind,
          unitCode: Code,
          parentId: Type.Optional(Uuid),
          task: Words('交办内容'),
          workingDays: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 60, description: '几个工作日；不填即上级的时限' }),
          ),
        }),
        response: answers({ 201: Done }),
      },
    },
    async (request, reply) => {
      const { parentId = null, workingDays = null, ...same } = request.body;
      const id = newIdFor(request, services, 'part');
      const actor = actorOf(request);
      if (request.idempotent !== null && (await services.ticketParts.ticketOf(id)) !== null) {
        // Written by a process that died before it could answer: the part is there under this very id.
        const { part } = await readPart(services)(id, actor);
        const { number, state, dueAt, version } = part;
        return reply.status(201).send({ id, number, state, dueAt, version });
      }
      const added = await addPart(services)({
        ...same,
        id,
        ticketId: request.params.id,
        parentId,
        workingDays,
        actor,
      });
      return reply.status(201).header('location', `/v1/parts/${id}`).send(added);
    },
  );

  app.get(
    '/tickets/:id/parts',
    {
      schema: {
        operationId: 'readTicketParts',
        tags: ['tickets'],
        summary: '工单的主办、首接、协办和各级转办；隔级只见进度，不见内容',
        params: IdParams,
        response: answers({
          200: exactly({
            leadUnit: nullable(Type.String()),
            firstReceiver: Type.Union([
              exactly({
                unitCode: Type.String(),
                answers: Type.Boolean({ description: '首接单位此刻是否仍须负责（他单位签收之前）' }),
              }),
              Type.Null(),
            ]),
            parts: Type.Array(PartShape),
          }),
        }),
      },
    },
    async (request) => {
      const { parts, ...same } = await readParts(services)(request.params.id, actorOf(request));
      return { ...same, parts: parts.map(shownPart) };
    },
  );

  app.get(
    '/parts',
    {
      schema: {
        operationId: 'listParts',
        tags: ['tickets'],
        summary: '协办和转办，新的在前；承办单位只看到自己的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(State),
          kind: Type.Optional(Kind),
          unitCode: Type.Optional(Code),
        }),
        response: answers({
          200: exactly({
            parts: Type.Array(exactly({ ...partFields, ticketNumber: Type.String(), title: MaskedWords })),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { parts, next } = await services.ticketParts.list(filter, sightOf(actorOf(request)), page);
      return { parts: parts.map(({ task, reply, returned, givenBy, ...part }) => part), next };
    },
  );

  app.get(
    '/parts/:id',
    {
      schema: {
        operationId: 'readPart',
        tags: ['tickets'],
        summary: '一项协办或转办，连同诉求内容（不含诉求人）和直接下级',
        params: IdParams,
        response: answers({
          200: exactly({
            part: PartShape,
            below: Type.Array(PartShape),
            appeal: exactly({
              ticketNumber: Type.String(),
              type: Type.String(),
              category: Type.String(),
              urgency: Type.String(),
              title: MaskedWords,
              content: MaskedWords,
              place: MaskedWords,
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { part, below, appeal } = await readPart(services)(request.params.id, actorOf(request));
      return { appeal, part: shownPart(part), below: below.map(shownPart) };
    },
  );

  app.post(
    '/parts/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'movePart',
        tags: ['tickets'],
        summary: '协办或转办的一步：签收、办理、上报、退回上级，上级认可、退回重办、撤回等',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(PART_MOVES),
          version: Type.Integer({ minimum: 1, description: '所见的 version' }),
          words: Type.Optional(Type.String({ maxLength: 4000, description: '上报：办理情况；其余：理由' })),
        }),
        response: answers({ 200: Done }),
      },
    },
    (request) => {
      const { words = '', ...same } = request.body;
      return movePart(services)({ ...same, id: request.params.id, words, actor: actorOf(request) });
    },
  );
}
