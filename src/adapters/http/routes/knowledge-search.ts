import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { editSynonyms, importSynonyms } from '../../../app/knowledge/search/edit-synonyms.ts';
import { findAnswers } from '../../../app/knowledge/search/find-answers.ts';
import type { AuditEntry } from '../../../app/ports/audit.ts';
import { writeSynonymFile } from '../../../domain/knowledge/search/synonym-file.ts';
import { maskedRuns } from '../../../domain/privacy/masked.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  oneOf,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { HIT_KINDS, HitShape, shownHit } from '../shapes/search.ts';
import { csvOf, tableFields } from '../shapes/table-file.ts';

const FILE_MOST = 4 * 1024 * 1024;
const Words = Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { minItems: 1, maxItems: 40 });
const SynonymFields = {
  said: Words,
  means: Words,
  region: Type.Optional(Type.String({ maxLength: 40, description: '何地的说法，空为各地' })),
};

/** 检索: from a citizen's words to what can be told; and the words themselves, kept by operators. */
export function knowledgeSearchRoutes(app: Api, services: ApiServices): void {
  const find = findAnswers(services);
  const edit = editSynonyms(services);
  const bringIn = importSynonyms(services);
  const changeBy = (request: FastifyRequest, words: string): AuditEntry => ({
    ...{ id: services.newId(), atMs: services.now(), accountId: callerOf(request).id },
    ...{ action: 'synonyms.changed', subjectKind: 'settings', subjectId: 'synonyms' },
    ...{ reason: words.trim(), address: request.ip, requestId: request.id },
  });

  app.get(
    '/knowledge/search',
    {
      schema: {
        operationId: 'searchKnowledge',
        tags: ['knowledge'],
        summary: '用市民的话查知识条目和场所：分词、同义词、拼音及首字母、错别字；每条说明为何命中',
        querystring: exactly({
          words: Type.String({ minLength: 1, maxLength: 200, pattern: VISIBLE, description: '市民的话' }),
          typing: Type.Boolean({ default: false, description: '尚未输完：最后一个词按开头匹配' }),
          line: Type.Optional(DialledNumber),
          area: Type.Optional(PathCode),
          kind: Type.Optional(oneOf(HIT_KINDS)),
          unit: Type.Optional(Code),
          category: Type.Optional(PathCode),
          callId: Type.Optional(Uuid),
          limit: Type.Integer({ minimum: 1, maximum: 50, default: 10 }),
        }),
        response: answers({
          200: exactly({ area: Type.Union([Type.String(), Type.Null()]), hits: Type.Array(HitShape) }),
        }),
      },
    },
    async (request, reply) => {
      const { callId, ...asked } = request.query;
      const { hits, area } = await find(asked);
      reply.send({ area, hits: hits.map(shownHit) });
      // The agent has the answer by now. Half a word is no question: nobody learns from it.
      if (asked.typing) return reply;
      await services.searchLog.note({
        id: services.newId(),
        at: services.now(),
        accountId: callerOf(request).id,
        callId: callId ?? null,
        line: asked.line ?? null,
        words: maskedRuns(asked.words),
        hits: hits.length,
        best: hits.find(({ document }) => document.kind === 'entry')?.document.ref ?? null,
      });
      return reply;
    },
  );

  app.get(
    '/knowledge/synonyms',
    {
      schema: {
        operationId: 'listSynonyms',
        tags: ['knowledge'],
        summary: '同义词：市民的说法和条目中的叫法',
        response: answers({
          200: exactly({ synonyms: Type.Array(exactly({ id: Uuid, ...SynonymFields })) }),
        }),
      },
    },
    async () => ({
      synonyms: (await services.searchIndex.synonyms()).map(({ said, means, ...one }) => ({
        ...one,
        said: [...said],
        means: [...means],
      })),
    }),
  );

  app.post(
    '/knowledge/synonyms',
    {
      config: { creates: true },
      schema: {
        operationId: 'editSynonyms',
        tags: ['knowledge'],
        summary: '增改、删除同义词，一秒内对检索生效；有一条不合要求则全部不写；删除一条或其中的词须写明理由',
        headers: IdempotencyHeaders,
        body: exactly({
          put: Type.Optional(
            Type.Array(exactly({ id: Type.Optional(Uuid), ...SynonymFields }), { maxItems: 1000 }),
          ),
          remove: Type.Optional(Type.Array(Uuid, { maxItems: 1000 })),
          reason: Type.Optional(
            Type.Unsafe<string>({ ...Reason, description: '理由，删除一条或其中的词时必填，将记入日志' }),
          ),
        }),
        response: answers({ 200: exactly({ ids: Type.Array(Uuid) }) }),
      },
    },
    async (request) => {
      const { put = [], remove = [] } = request.body;
      const reason = request.body.reason?.trim() ?? '';
      const named = put.map(({ region = '', ...one }) => ({ ...one, region }));
      const by = callerOf(request).id;
      const entry = changeBy(request, `${reason} (+${put.length} -${remove.length})`);
      const { ids } = await edit({ put: named, remove, reason, by }, (tx) => services.audit.add(entry, tx));
      return { ids: [...ids] };
    },
  );

  app.post(
    '/knowledge/synonyms/import',
    {
      bodyLimit: FILE_MOST,
      config: { creates: true },
      schema: {
        operationId: 'importSynonyms',
        tags: ['knowledge'],
        summary:
          '导入同义词（CSV 全文，或 CSV、xlsx 文件；列 said,means,region），逐行报告拒收的行；说法相同的行替换原有的，文件会删去其中的词的须写明理由；写入的记入日志',
        headers: IdempotencyHeaders,
        body: exactly({
          ...tableFields(FILE_MOST, 'said,means,region'),
          checkOnly: Type.Optional(Type.Boolean({ description: '只检查，不修改' })),
          reason: Type.Optional(
            Type.Unsafe<string>({ ...Reason, description: '理由，文件删去原有的词时必填，将记入日志' }),
          ),
        }),
        response: answers({
          200: exactly({
            taken: Type.Integer({ description: '合格的行' }),
            added: Type.Integer(),
            changed: Type.Integer({ description: '替换了原有的' }),
            same: Type.Integer({ description: '与原有的相同' }),
            losing: Type.Integer({ description: '替换的行中，删去了原有的词的：须写明理由' }),
            refused: Type.Array(exactly({ line: Type.Integer(), ...ADVICE })),
          }),
        }),
      },
    },
    async (request) => {
      const { checkOnly = false, reason: why = '', ...table } = request.body;
      const csv = await csvOf(services, table);
      const reason = why.trim();
      const by = callerOf(request).id;
      const { refused, ...brought } = await bringIn(
        { csv, checkOnly, reason, by },
        ({ added, changed }, tx) =>
          services.audit.add(changeBy(request, `${reason} (CSV +${added} ~${changed})`), tx),
      );
      return { ...brought, refused: [...refused] };
    },
  );

  app.get(
    '/knowledge/synonyms.csv',
    {
      schema: {
        operationId: 'exportSynonyms',
        tags: ['knowledge'],
        summary: '导出同义词（CSV，UTF-8）',
        response: answers({
          200: { description: 'CSV', content: { 'text/csv': { schema: { type: 'string' } } } },
        }),
      },
    },
    async (_request, reply): Promise<FastifyReply> =>
      reply
        .header('content-disposition', 'attachment; filename="synonyms.csv"')
        .type('text/csv; charset=utf-8')
        .serializer((text: string) => text)
        .send(`\uFEFF${writeSynonymFile(await services.searchIndex.synonyms())}`),
  );
}
