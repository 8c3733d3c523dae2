import { Type } from '@fastify/type-provider-typebox';
import { writeEntry } from '../../../app/knowledge/write-entry.ts';
import { lintEntry } from '../../../domain/knowledge/lint.ts';
import { VERSION_STATES } from '../../../domain/knowledge/version-table.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { knowledgeSight } from '../knowledge-sight.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Day,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
} from '../shapes/elements.ts';
import {
  contentFields,
  contentOf,
  FindingShape,
  SummaryShape,
  shownFindings,
  shownSummary,
} from '../shapes/knowledge.ts';

/** 知识库: entries as they are read, and the first words of a new one. */
export function knowledgeRoutes(app: Api, services: ApiServices): void {
  const write = writeEntry(services).alone;
  const { today, sight, seen, entryOf } = knowledgeSight(services);

  app.get(
    '/knowledge',
    {
      schema: {
        operationId: 'listKnowledge',
        tags: ['knowledge'],
        summary: '知识条目，按编号；承办单位看到本单位的全部和其他单位已发布的',
        querystring: exactly({
          ...PageQuery,
          unit: Type.Optional(Code),
          state: Type.Optional(oneOf(VERSION_STATES, { description: '最新版本的状态' })),
          category: Type.Optional(PathCode),
          line: Type.Optional(DialledNumber),
          area: Type.Optional(PathCode),
          text: Type.Optional(
            Type.String({ minLength: 1, maxLength: 100, description: '编号或问法中的文字' }),
          ),
          endsBy: Type.Optional(Day),
          isPublic: Type.Optional(Type.Boolean()),
          standing: Type.Optional(Type.Boolean({ description: '只要今天可答复的' })),
        }),
        response: answers({
          200: exactly({ entries: Type.Array(SummaryShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, unit, ...filter } = request.query;
      const { unitCode } = callerOf(request);
      const others = unitCode !== null && unit !== unitCode;
      const { entries, next } = await services.knowledge.list(
        {
          ...filter,
          ...(unit === undefined ? {} : { ownerUnit: unit }),
          ...(others ? { standing: true } : {}),
        },
        await today(),
        after === undefined ? { limit } : { limit, after },
      );
      return {
        entries: entries.flatMap((one) => {
          const entry = seen(request, one);
          return entry === null ? [] : [shownSummary(entry, sight(request, one) === 'whole')];
        }),
        next,
      };
    },
  );

  app.get(
    '/knowledge/:id',
    {
      schema: {
        operationId: 'readKnowledge',
        tags: ['knowledge'],
        summary: '一个知识条目：今天可答复的版本和最新版本',
        params: IdParams,
        response: answers({ 200: SummaryShape }),
      },
    },
    async (request) => {
      const entry = await entryOf(request, request.params.id);
      return shownSummary(entry, sight(request, entry) === 'whole');
    },
  );

  app.post(
    '/knowledge/lint',
    {
      schema: {
        operationId: 'lintKnowledge',
        tags: ['knowledge'],
        summary: '通俗化检查：句子长度、公文用语、依据、电话号码、个人信息；不保存',
        body: exactly(contentFields),
        response: answers({ 200: exactly({ findings: Type.Array(FindingShape) }) }),
      },
    },
    async (request) => ({ findings: shownFindings(lintEntry(contentOf(request.body), await today())) }),
  );

  app.post(
    '/knowledge',
    {
      config: { creates: true },
      schema: {
        operationId: 'writeKnowledge',
        tags: ['knowledge'],
        summary: '起草知识条目；承办单位起草本单位的，热线编辑可为任何单位起草',
        headers: IdempotencyHeaders,
        body: exactly({
          unit: Type.Optional(Type.Unsafe<string>({ ...Code, description: '所属单位；缺省为本人单位' })),
          ...contentFields,
        }),
        response: answers({
          201: exactly({
            id: Type.String(),
            number: Type.String(),
            version: Type.Integer(),
            revision: Type.Integer(),
          }),
        }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const ownerUnit = request.body.unit ?? actor.unitCode;
      if (ownerUnit === null) throw new Refusal('knowledge.unitMissing');
      const id = newIdFor(request, services, 'knowledge');
      const content = contentOf(request.body);
      const { number } = await write({ id, ownerUnit, origin: 'written', originRef: '', content, actor });
      return reply.status(201).send({ id, number, version: 1, revision: 1 });
    },
  );
}
