import { Type } from '@fastify/type-provider-typebox';
import { checkDraft } from '../../../app/codes/check-draft.ts';
import { discardDraft, draftList, editDraft, importDraft } from '../../../app/codes/draft-list.ts';
import { publishDraft, withdrawEdition } from '../../../app/codes/publish-draft.ts';
import { restoreList } from '../../../app/codes/restore-list.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  CodeFindingShape,
  codeFindingSeen,
  EditionNumber,
  EditionShape,
  editionSeen,
  ListId,
  MappingShape,
  NewTermShape,
  PaperShape,
  Revision,
} from '../shapes/codes.ts';
import { CatalogueReportShape } from '../shapes/dispatch.ts';
import { answers, exactly, IdempotencyHeaders, Reason } from '../shapes/elements.ts';
import { csvOf, tableFields } from '../shapes/table-file.ts';

const BODY_LIMIT = 16 * 1024 * 1024;
const ROWS_MOST = 20_000;
const ListParams = exactly({ list: ListId });
const Findings = Type.Array(CodeFindingShape);
const creates = { config: { creates: true } } as const;

/** 代码表的草稿: a grid to edit in, its check, its publication, and the way back. */
export function codeDraftRoutes(app: Api, services: ApiServices): void {
  const schema = { tags: ['codes'], headers: IdempotencyHeaders, params: ListParams };
  const made = answers({ 201: EditionShape });

  app.post(
    '/codes/:list/draft',
    {
      ...creates,
      schema: {
        ...schema,
        operationId: 'draftCodeList',
        summary: '建一份草稿，以现行代码表为底',
        body: exactly(PaperShape),
        response: made,
      },
    },
    async (request, reply) => {
      const { basis = '', validTo = null, ...paper } = request.body;
      const { list } = request.params;
      const edition = await draftList(services)({ ...paper, basis, validTo, list, actor: actorOf(request) });
      return reply.status(201).send(editionSeen(edition));
    },
  );

  app.post(
    '/codes/:list/draft/rows',
    {
      ...creates,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...schema,
        operationId: 'editCodeDraft',
        summary: '批量修改草稿：写入和删去若干代码、登记沿革、改生效日；整批写入或都不写',
        body: exactly({
          revision: Revision,
          title: Type.Optional(PaperShape.title),
          basis: PaperShape.basis,
          validFrom: Type.Optional(PaperShape.validFrom),
          validTo: PaperShape.validTo,
          set: Type.Optional(Type.Array(NewTermShape, { maxItems: ROWS_MOST, description: '写入的代码' })),
          remove: Type.Optional(
            Type.Array(Type.String({ minLength: 1, maxLength: 240 }), {
              maxItems: ROWS_MOST,
              description: '删去的代码',
            }),
          ),
          mapping: Type.Optional(
            Type.Array(exactly({ ...MappingShape.properties, main: Type.Optional(Type.Boolean()) }), {
              maxItems: ROWS_MOST,
              description: '沿革；同一旧代码的各条一并替换',
            }),
          ),
          unmap: Type.Optional(
            Type.Array(Type.String({ minLength: 1, maxLength: 240 }), {
              maxItems: ROWS_MOST,
              description: '取消其沿革的旧代码',
            }),
          ),
        }),
        response: answers({ 200: EditionShape }),
      },
    },
    async (request) => {
      const { revision, set = [], remove = [], mapping = [], unmap = [], ...paper } = request.body;
      const edition = await editDraft(services)({
        ...{ list: request.params.list, revision, remove, unmap, paper, actor: actorOf(request) },
        set: set.map((one) => ({ parentCode: null, words: [], unitKind: null, ...one })),
        mapping: mapping.map((one) => ({ main: false, ...one })),
      });
      return editionSeen(edition);
    },
  );

  app.post(
    '/codes/:list/draft/import',
    {
      ...creates,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...schema,
        operationId: 'importCodeDraft',
        summary:
          '以文件替换草稿（CSV 全文，或 CSV、xlsx 文件）；有一行不能收则都不写，逐行说明改法。checkOnly 只检查',
        body: exactly({
          revision: Revision,
          ...tableFields(BODY_LIMIT, 'code,parent,name,words,unit_kind,replaces,main_of,list'),
          checkOnly: Type.Optional(Type.Boolean({ description: '只检查，不修改' })),
        }),
        response: answers({ 200: exactly({ edition: EditionShape, report: CatalogueReportShape }) }),
      },
    },
    async (request) => {
      const { checkOnly = false, revision, ...table } = request.body;
      const csv = await csvOf(services, table);
      const asked = { revision, csv, checkOnly, list: request.params.list, actor: actorOf(request) };
      const { edition, report } = await importDraft(services)(asked);
      const refused = report.remarks.filter(({ severity }) => severity === 'refused').map(({ line }) => line);
      return {
        edition: editionSeen(edition),
        report: {
          rows: report.rows,
          taken: report.content?.terms.length ?? 0,
          refused: [...new Set(refused)],
          remarks: [...report.remarks],
        },
      };
    },
  );

  app.get(
    '/codes/:list/draft/check',
    {
      schema: {
        tags: ['codes'],
        params: ListParams,
        operationId: 'checkCodeDraft',
        summary: '检查草稿：沿革、停用而仍在使用的代码、重用、生效日；有 error 不能发布',
        response: answers({ 200: exactly({ edition: EditionShape, findings: Findings }) }),
      },
    },
    async (request) => {
      const { edition, findings } = await checkDraft(services)(request.params.list);
      return { edition: editionSeen(edition), findings: findings.map(codeFindingSeen) };
    },
  );

  app.post(
    '/codes/:list/draft/publish',
    {
      ...creates,
      schema: {
        ...schema,
        operationId: 'publishCodeDraft',
        summary: '发布草稿（须为未参与编辑的他人）；生效日为今日的立即生效',
        body: exactly({ revision: Revision, reason: Reason }),
        response: answers({ 200: exactly({ edition: EditionShape, findings: Findings }) }),
      },
    },
    async (request) => {
      const asked = { ...request.body, list: request.params.list, actor: actorOf(request) };
      const { edition, findings } = await publishDraft(services)(asked);
      return { edition: editionSeen(edition), findings: findings.map(codeFindingSeen) };
    },
  );

  app.post(
    '/codes/:list/draft/discard',
    {
      ...creates,
      schema: {
        ...schema,
        operationId: 'discardCodeDraft',
        summary: '作废草稿',
        body: exactly({ revision: Revision, reason: Reason }),
        response: answers({ 200: EditionShape }),
      },
    },
    async (request) => {
      const asked = { ...request.body, list: request.params.list, actor: actorOf(request) };
      return editionSeen(await discardDraft(services)(asked));
    },
  );

  app.post(
    '/codes/:list/editions/:number/withdraw',
    {
      ...creates,
      schema: {
        ...schema,
        params: exactly({ list: ListId, number: EditionNumber }),
        operationId: 'withdrawCodeEdition',
        summary: '撤回已发布而未生效的一版',
        body: exactly({ reason: Reason }),
        response: answers({ 200: EditionShape }),
      },
    },
    async (request) => {
      const asked = { ...request.params, reason: request.body.reason, actor: actorOf(request) };
      return editionSeen(await withdrawEdition(services)(asked));
    },
  );

  app.post(
    '/codes/:list/restore',
    {
      ...creates,
      schema: {
        ...schema,
        operationId: 'restoreCodeList',
        summary: '立即恢复现行之前的代码表：成为新的一版，现行的代码回到其来处',
        body: exactly({ reason: Reason }),
        response: made,
      },
    },
    async (request, reply) => {
      const asked = { list: request.params.list, reason: request.body.reason, actor: actorOf(request) };
      return reply.status(201).send(editionSeen(await restoreList(services)(asked)));
    },
  );
}
