import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { bringIn, decideImport, tableOf } from '../../../app/knowledge/imports/bring-in.ts';
import type { TableFile } from '../../../app/knowledge/imports/read-file.ts';
import type { Account } from '../../../app/ports/accounts.ts';
import { IMPORT_KINDS, IMPORT_STATES, type ImportView } from '../../../app/ports/imports.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { serialiseCsv } from '../../../domain/hotlines/register/csv.ts';
import { IMPORT_DECISIONS, openImportDecisions } from '../../../domain/knowledge/files/import-decision.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { mayUse, POLICY } from '../policy.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import {
  answers,
  Empty,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { openMovesShape } from '../shapes/open-moves.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const FILE_MOST = 48 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const RefusedLines = Type.Array(
  exactly({
    line: Type.Integer({ description: '文件的行，列名为第 1 行' }),
    code: Type.String(),
    field: Type.String(),
    ...ADVICE,
  }),
);
const ImportShape = exactly({
  id: Uuid,
  kind: oneOf(IMPORT_KINDS),
  fileName: Type.String(),
  publish: Type.Boolean(),
  state: oneOf(IMPORT_STATES, {
    description: '待复核、待写入、写入中、完成、失败（未写入任何内容）、未通过',
  }),
  lines: Type.Integer({ description: '要写入的行' }),
  lookedAt: Type.Integer({ description: '已处理的行' }),
  refused: RefusedLines,
  added: nullable(Type.Integer()),
  changed: nullable(Type.Integer()),
  same: nullable(Type.Integer({ description: '与现有相同' })),
  busy: Type.Array(Type.String(), { description: '有人正在修改而未动的编码' }),
  failure: nullable(Type.String()),
  by: Type.String(),
  at: Instant,
  decidedBy: nullable(Type.String()),
  finishedAt: nullable(Instant),
  moves: openMovesShape(IMPORT_DECISIONS),
});

const shown = ({ outcome, refused, byId, ...one }: ImportView, { id, roles }: Account) => ({
  ...one,
  moves: mayUse(POLICY.decideImport, roles) ? [...openImportDecisions({ ...one, byId }, id)] : [],
  // What an earlier release kept has no English words.
  refused: refused.map(({ wrongEn, rightEn, ...line }) => ({
    ...line,
    wrongEn: wrongEn ?? line.wrong,
    rightEn: rightEn ?? line.right,
  })),
  added: outcome?.added ?? null,
  changed: outcome?.changed ?? null,
  same: outcome?.same ?? null,
  busy: [...(outcome?.busy ?? [])],
});

/** 导入导出: entries and places as xlsx and CSV. */
export function importRoutes(app: Api, services: ApiServices): void {
  const bring = bringIn(services);
  const decide = decideImport(services);
  const table = tableOf(services);

  app.post(
    '/imports',
    {
      bodyLimit: FILE_MOST,
      config: { creates: true },
      schema: {
        operationId: 'importTable',
        tags: ['imports'],
        summary:
          '导入知识条目或场所（xlsx 或 CSV）：逐行报告拒收的行；其余由后台一次写入，要么全部要么全无；同一编码再次导入只改有变化的',
        headers: IdempotencyHeaders,
        body: exactly({
          kind: oneOf(IMPORT_KINDS),
          format: oneOf(['csv', 'xlsx']),
          fileName: Type.String({ minLength: 1, maxLength: 120 }),
          content: Type.String({
            minLength: 1,
            maxLength: FILE_MOST,
            description: 'CSV 全文，或文件的 Base64（xlsx 总是）',
          }),
          base64: Type.Optional(
            Type.Boolean({ description: 'CSV 也是文件的 Base64：UTF-8、GBK（GB 18030）或 UTF-16' }),
          ),
          publish: Type.Boolean({ default: false, description: '条目复核后直接发布；否则为草稿' }),
          checkOnly: Type.Boolean({ default: false, description: '只检查' }),
        }),
        response: answers({
          202: exactly({
            id: nullable(Type.String({ description: '导入的编号；只检查或没有可写的行则为空' })),
            rows: Type.Integer(),
            good: Type.Integer(),
            refused: RefusedLines,
          }),
        }),
      },
    },
    async (request, reply) => {
      const { content, format, base64 = false, ...asked } = request.body;
      const id = newIdFor(request, services, 'import');
      const bytes = (): Buffer => Buffer.from(content, 'base64');
      const csv = (): TableFile => ({ format: 'csv', ...(base64 ? { bytes: bytes() } : { text: content }) });
      const file = format === 'csv' ? csv() : ({ format, bytes: bytes() } as const);
      const { rows, good, refused } = await bring({ ...asked, id, file, by: callerOf(request).id });
      const isKept = !asked.checkOnly && good > 0;
      return reply
        .status(202)
        .send({ id: isKept ? id : null, rows, good, refused: refused.map((line) => ({ ...line })) });
    },
  );

  app.get(
    '/imports',
    {
      schema: {
        operationId: 'listImports',
        tags: ['imports'],
        summary: '最近的导入，新的在前',
        querystring: exactly({
          ...PageQuery,
          kind: Type.Optional(oneOf(IMPORT_KINDS)),
          state: Type.Optional(oneOf(IMPORT_STATES)),
        }),
        response: answers({ 200: pageShape('imports', ImportShape) }),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.imports.list(filter, page);
      return { imports: rows.map((one) => shown(one, caller)), next };
    },
  );

  app.get(
    '/imports/:id',
    {
      schema: {
        operationId: 'readImport',
        tags: ['imports'],
        summary: '一次导入：进度、结果、拒收的行',
        params: IdParams,
        response: answers({ 200: ImportShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await services.imports.byId(id);
      if (found === null) throw new Refusal('import.unknown', { import: id });
      return shown(found, callerOf(request));
    },
  );

  app.post(
    '/imports/:id/decision',
    {
      schema: {
        operationId: 'decideImport',
        tags: ['imports'],
        summary: '复核待发布的导入：须为另一人',
        params: IdParams,
        body: exactly({ approve: Type.Boolean() }),
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      await decide({ id: request.params.id, approve: request.body.approve, by: callerOf(request).id });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/exports/:kind',
    {
      schema: {
        operationId: 'exportTable',
        tags: ['imports'],
        summary: '导出今天可答复的条目，或全部场所；可原样导入',
        params: exactly({ kind: oneOf(IMPORT_KINDS) }),
        querystring: exactly({ format: oneOf(['csv', 'xlsx'], { default: 'xlsx' }) }),
        response: answers({
          200: {
            description: 'xlsx 或 CSV',
            content: {
              [XLSX]: { schema: { type: 'string', format: 'binary' } },
              'text/csv': { schema: { type: 'string' } },
            },
          },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { kind } = request.params;
      const { format } = request.query;
      const { calendar } = await services.calendar.load();
      const cells = await table(kind, localDateOf(services.now(), calendar.zone));
      reply.header('content-disposition', `attachment; filename="${kind}.${format}"`);
      if (format === 'csv')
        return reply
          .type('text/csv; charset=utf-8')
          .serializer((text: string) => text)
          .send(`\uFEFF${serialiseCsv(cells)}`);
      const file = await services.spreadsheets.write(kind === 'entries' ? '知识条目' : '场所', cells);
      return reply.type(XLSX).send(Buffer.from(file));
    },
  );
}
