import { Type } from '@fastify/type-provider-typebox';
import { draftReport } from '../../../app/supervision/draft-case-report.ts';
import { giveInstruction, moveInstruction } from '../../../app/supervision/give-instruction.ts';
import { CASE_GROUNDS } from '../../../domain/tickets/case-report.ts';
import { INSTRUCTION_LEVELS, INSTRUCTION_STATES } from '../../../domain/tickets/instruction.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const State = oneOf(INSTRUCTION_STATES, {
  description: 'given 已批示，underWay 办理中，reported 已反馈，closed 已办结',
});
const Level = oneOf(INSTRUCTION_LEVELS, { description: 'own 本级，upper 上级（自动督办）' });
const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description });

/** 批示 with its chain, and 复杂案件专报 drafted from the time line. */
export function instructionRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/instructions',
    {
      schema: {
        operationId: 'listInstructions',
        tags: ['tickets'],
        summary: '领导批示及办理链，新的在前',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(State),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: pageShape(
            'instructions',
            exactly({
              id: Type.String(),
              number: Type.String(),
              level: Level,
              leader: Type.String(),
              words: MaskedWords,
              state: State,
              givenAt: Instant,
              dueAt: Instant,
              overdue: Type.Boolean({ description: '已过时限仍未反馈' }),
              tickets: Type.Array(exactly({ id: Type.String(), number: Type.String() })),
              chain: Type.Array(
                exactly({ at: Instant, by: Type.String(), move: Type.String(), words: MaskedWords }),
              ),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.instructions.list(filter, sightOf(actorOf(request)), page);
      return {
        instructions: rows.map((one) => ({ ...one, tickets: [...one.tickets], chain: [...one.chain] })),
        next,
      };
    },
  );

  app.post(
    '/instructions',
    {
      config: { creates: true },
      schema: {
        operationId: 'giveInstruction',
        tags: ['tickets'],
        summary: '登记领导批示，附到一张或多张工单，有自己的时限；上级批示自动督办',
        headers: IdempotencyHeaders,
        body: exactly({
          level: Level,
          leader: Type.String({ minLength: 2, maxLength: 60, pattern: VISIBLE, description: '批示人及职务' }),
          words: Words('批示原文'),
          dueAt: Type.String({ format: 'date-time', description: '办理时限，带时区' }),
          ticketIds: Type.Array(Uuid, { minItems: 1, maxItems: 50, description: '1 至 50 张工单' }),
        }),
        response: answers({ 201: exactly({ id: Type.String(), number: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const { dueAt, ...rest } = request.body;
      const given = await giveInstruction(services)({
        ...rest,
        id: newIdFor(request, services, 'instruction'),
        dueAt: Date.parse(dueAt),
        actor: actorOf(request),
      });
      return reply.status(201).send(given);
    },
  );

  app.post(
    '/instructions/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveInstruction',
        tags: ['tickets'],
        summary: '批示的一步：takeUp 承接、report 反馈、sendBack 退回、close 办结',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(['takeUp', 'report', 'sendBack', 'close']),
          words: Words('说明；反馈时为反馈内容'),
        }),
        response: answers({
          200: exactly({ id: Type.String(), number: Type.String(), state: State }),
        }),
      },
    },
    (request) =>
      moveInstruction(services)({ id: request.params.id, ...request.body, actor: actorOf(request) }),
  );

  app.get(
    '/tickets/:id/case-report',
    {
      schema: {
        operationId: 'draftCaseReport',
        tags: ['tickets'],
        summary: '复杂案件专报（或请示）草稿：由时间线和督办单生成，每句注明来源序号',
        params: IdParams,
        response: answers({
          200: exactly({
            grounds: Type.Array(
              oneOf(CASE_GROUNDS, {
                description: 'repeated 长时间重复反映，poorEffect 处置效果不佳，unclearDuty 责任不明确',
              }),
            ),
            kind: oneOf(['report', 'requestForInstruction']),
            markdown: MaskedWords,
            sources: Type.Array(exactly({ statement: Type.String(), seqs: Type.Array(Type.Integer()) })),
          }),
        }),
      },
    },
    async (request) => {
      const drafted = await draftReport(services)(request.params.id, actorOf(request));
      return {
        ...drafted,
        grounds: [...drafted.grounds],
        sources: drafted.sources.map((one) => ({ ...one, seqs: [...one.seqs] })),
      };
    },
  );
}
