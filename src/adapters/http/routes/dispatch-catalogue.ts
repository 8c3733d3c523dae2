import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { askResponsible, checkCatalogue } from '../../../app/dispatch/ask-catalogue.ts';
import { editCatalogue } from '../../../app/dispatch/change-catalogue.ts';
import { exportCatalogue, importCatalogue } from '../../../app/dispatch/import-catalogue.ts';
import { VERSION_ORIGINS } from '../../../app/ports/dispatch.ts';
import type { NamedThing } from '../../../domain/dispatch/names.ts';
import { versionWordsInEnglish } from '../../../domain/hotlines/versions/own-words.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  CatalogueContentShape,
  CatalogueFindingShape,
  CatalogueReasonShape,
  CatalogueReportShape,
  CatalogueVersionShape,
  ChangedCatalogueShape,
  contentOf,
  EntryShape,
  entrySeen,
  findingSeen,
  PathCode,
} from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  Instant,
  NUMBER_AT_MOST,
  nullable,
  oneOf,
  PageQuery,
} from '../shapes/elements.ts';
import { csvOf, tableFields } from '../shapes/table-file.ts';

const BODY_LIMIT = 16 * 1024 * 1024;
const FINDINGS_SHOWN = 1000;

const askedKey = {
  category: Type.Optional(PathCode),
  area: Type.Optional(PathCode),
  asset: Type.Optional(PathCode),
  day: Type.Optional(Day),
  version: Type.Optional(CatalogueVersionShape),
};

const Names = Type.Array(exactly({ code: Type.String(), name: Type.String() }));
const nameSeen = ({ code, name }: NamedThing) => ({ code, name });

/** 派单目录: who answers for which matter, where, and from when to when. */
export function dispatchCatalogueRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/dispatch/catalogue',
    {
      schema: {
        operationId: 'readDispatchCatalogue',
        tags: ['dispatch'],
        summary: '派单目录的条目；可按日期、版本、分类、区域、设施、单位查询',
        querystring: exactly({ ...PageQuery, ...askedKey, unit: Type.Optional(Code) }),
        response: answers({
          200: exactly({
            version: Type.Integer(),
            entries: Type.Array(EntryShape),
            next: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, after, ...filter } = request.query;
      const page = after === undefined ? { limit } : { limit, after };
      const { entries, next } = await services.dispatchCatalogue.list(filter, page);
      const version = filter.version ?? (await services.dispatchCatalogue.version());
      return { version, entries: entries.map(entrySeen), next };
    },
  );

  app.get(
    '/dispatch/responsible',
    {
      schema: {
        operationId: 'askResponsible',
        tags: ['dispatch'],
        summary: '某日某类事项由谁负责：适用的条目，最贴切的在前',
        querystring: exactly(askedKey),
        response: answers({
          200: exactly({ day: Day, version: Type.Integer(), entries: Type.Array(EntryShape) }),
        }),
      },
    },
    async (request) => {
      const answer = await askResponsible(services)(request.query);
      return { ...answer, entries: answer.entries.map(entrySeen) };
    },
  );

  app.post(
    '/dispatch/catalogue',
    {
      bodyLimit: BODY_LIMIT,
      config: { creates: true },
      schema: {
        operationId: 'editDispatchCatalogue',
        tags: ['dispatch'],
        summary: '修改派单目录：新条目自生效日起取代同一事项原来的条目；整批成为一个版本',
        headers: IdempotencyHeaders,
        body: exactly({
          version: CatalogueVersionShape,
          reason: CatalogueReasonShape,
          ...CatalogueContentShape,
        }),
        response: answers({ 200: exactly(ChangedCatalogueShape) }),
      },
    },
    (request) => {
      const { version, reason, ...content } = request.body;
      return editCatalogue(services)({ ...contentOf(content), version, reason, actor: actorOf(request) });
    },
  );

  app.post(
    '/dispatch/catalogue/import',
    {
      bodyLimit: BODY_LIMIT,
      config: { creates: true },
      schema: {
        operationId: 'importDispatchCatalogue',
        tags: ['dispatch'],
        summary: '导入派单目录（CSV 全文，或 CSV、xlsx 文件）；逐行报告拒收的行及改法。checkOnly 只检查',
        headers: IdempotencyHeaders,
        body: exactly({
          version: CatalogueVersionShape,
          ...tableFields(BODY_LIMIT, 'area,category,asset,lead,assist,valid_from,valid_to,basis'),
          checkOnly: Type.Optional(Type.Boolean({ description: '只检查，不修改' })),
          reason: CatalogueReasonShape,
        }),
        response: answers({ 200: exactly({ ...ChangedCatalogueShape, report: CatalogueReportShape }) }),
      },
    },
    async (request) => {
      const { checkOnly = false, version, reason, ...table } = request.body;
      const csv = await csvOf(services, table);
      const asked = { version, reason, csv, checkOnly, actor: actorOf(request) };
      const { report, ...changed } = await importCatalogue(services)(asked);
      const { rows, entries, refused, remarks } = report;
      return {
        ...changed,
        report: { rows, taken: entries.length, refused: [...refused], remarks: [...remarks] },
      };
    },
  );

  app.get(
    '/dispatch/catalogue.csv',
    {
      schema: {
        operationId: 'exportDispatchCatalogue',
        tags: ['dispatch'],
        summary: '导出派单目录（CSV，UTF-8），含已截止和尚未生效的条目',
        response: answers({
          200: { description: 'CSV', content: { 'text/csv': { schema: { type: 'string' } } } },
        }),
      },
    },
    async (_request, reply): Promise<FastifyReply> => {
      const { version, csv } = await exportCatalogue(services)();
      return reply
        .header('content-disposition', `attachment; filename="dispatch-${version}.csv"`)
        .type('text/csv; charset=utf-8')
        .serializer((text: string) => text)
        .send(csv);
    },
  );

  app.get(
    '/dispatch/names',
    {
      schema: {
        operationId: 'listDispatchNames',
        tags: ['dispatch'],
        summary: '派单目录所用的区域和设施：代码和名称',
        response: answers({ 200: exactly({ areas: Names, assets: Names }) }),
      },
    },
    async () => {
      const [areas, assets] = await Promise.all([
        services.dispatchCatalogue.names('area'),
        services.dispatchCatalogue.names('asset'),
      ]);
      return { areas: areas.map(nameSeen), assets: assets.map(nameSeen) };
    },
  );

  app.get(
    '/dispatch/catalogue/versions',
    {
      schema: {
        operationId: 'listDispatchVersions',
        tags: ['dispatch'],
        summary: '派单目录的版本，新的在前：何人何时因何修改',
        querystring: exactly({
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '每页条数' }),
          before: Type.Optional(
            Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '只要版本号更小的' }),
          ),
        }),
        response: answers({
          200: exactly({
            versions: Type.Array(
              exactly({
                version: Type.Integer(),
                at: Instant,
                by: nullable(Type.String()),
                origin: oneOf(VERSION_ORIGINS),
                reason: Type.String(),
                reasonEn: Type.String({ description: '系统所记理由的英文；人写的照原文' }),
                added: Type.Integer(),
                removed: Type.Integer(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { limit, before = null } = request.query;
      const versions = await services.dispatchCatalogue.versions(limit, before);
      return { versions: versions.map((one) => ({ ...one, reasonEn: versionWordsInEnglish(one.reason) })) };
    },
  );

  app.get(
    '/dispatch/catalogue/findings',
    {
      schema: {
        operationId: 'lintDispatchCatalogue',
        tags: ['dispatch'],
        summary: '检查派单目录：重叠、空档、无人负责的分类、即将截止、同名的地点',
        response: answers({
          200: exactly({
            day: Day,
            version: Type.Integer(),
            total: Type.Integer(),
            findings: Type.Array(CatalogueFindingShape, { description: `最多 ${FINDINGS_SHOWN} 条` }),
          }),
        }),
      },
    },
    async () => {
      const { findings, ...when } = await checkCatalogue(services)();
      const shown = findings.slice(0, FINDINGS_SHOWN).map(findingSeen);
      return { ...when, total: findings.length, findings: shown };
    },
  );
}
