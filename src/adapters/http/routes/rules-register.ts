import { type TInteger, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { exportRegister } from '../../../app/rules/export-register.ts';
import {
  checkRegister,
  importRegister,
  type JudgedRegister,
  registerText,
} from '../../../app/rules/import-register.ts';
import { versionBy } from '../../../app/rules/rule-change.ts';
import { localDate } from '../../../domain/hotlines/local-date.ts';
import { MODES } from '../../../domain/hotlines/mode.ts';
import { CSV_ENCODINGS } from '../../../domain/hotlines/register/decode-csv.ts';
import { registerTemplate } from '../../../domain/hotlines/register/register-file.ts';
import { ROW_VERDICTS } from '../../../domain/hotlines/register/row-verdicts.ts';
import { totalsAt } from '../../../domain/hotlines/register/totals-at.ts';
import { transitionTasks } from '../../../domain/hotlines/register/transition.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import { answers, Day, exactly, nullable, oneOf } from '../shapes/elements.ts';
import { OptionalReason, Revision, VersionParams } from '../shapes/rules.ts';
import { RULES_BODY_LIMIT, ruleActorOf } from './rules.ts';

/** A figure for each. */
const counted = <const T extends readonly string[]>(names: T) =>
  Object.fromEntries(names.map((name) => [name, Type.Integer()])) as Record<T[number], TInteger>;

const ReportShape = exactly({
  encoding: nullable(oneOf(CSV_ENCODINGS, { description: '文件的编码；以文字提交的没有' })),
  rows: Type.Integer({ description: '行数，不含列名' }),
  taken: Type.Integer(),
  verdicts: Type.Array(
    exactly({
      line: Type.Integer({ description: '文件中的行号' }),
      number: Type.String(),
      name: Type.String(),
      verdict: oneOf(ROW_VERDICTS, { description: '新增、修改、与现有相同' }),
      changes: Type.Array(Type.String()),
      changesEn: Type.Array(Type.String(), { description: '改动的英文，以文件的列名和代码表示' }),
    }),
    { description: '接收的行各自改变什么' },
  ),
  dropped: Type.Array(
    exactly({
      number: Type.String(),
      name: Type.String(),
      mode: oneOf(MODES),
      validFrom: Day,
      validTo: nullable(Day),
    }),
    { description: '文件写了该号码而没有写的期间：今日起不再登记' },
  ),
  refused: Type.Array(exactly({ line: Type.Integer(), cells: Type.Array(Type.String()) })),
  remarks: Type.Array(
    exactly({
      line: Type.Integer({ description: '文件中的行号' }),
      field: nullable(Type.String()),
      severity: oneOf(['refused', 'note']),
      ...ADVICE,
    }),
  ),
});
const reportSeen = ({ report, verdict }: JudgedRegister) => ({
  rows: report.rows,
  taken: report.lines.length,
  verdicts: verdict.rows.map(({ changes, changesEn, ...row }) => ({
    ...row,
    changes: [...changes],
    changesEn: [...changesEn],
  })),
  dropped: [...verdict.dropped],
  refused: report.refused.map(({ line, cells }) => ({ line, cells: [...cells] })),
  remarks: [...report.remarks],
});

const sendCsv = (reply: FastifyReply, name: string, csv: string): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type('text/csv; charset=utf-8')
    .serializer((text: string) => text)
    .send(csv);

/** The register of numbers as a file. */
export function ruleRegisterRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/register.csv',
    {
      schema: {
        operationId: 'exportRegister',
        tags: ['rules'],
        summary: '导出号码登记簿（CSV，UTF-8）',
        params: VersionParams,
        response: answers({
          200: { description: 'CSV', content: { 'text/csv': { schema: { type: 'string' } } } },
        }),
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { number, csv } = await exportRegister(services)(request.params.version);
      return sendCsv(reply, `register-${number}.csv`, csv);
    },
  );

  app.get(
    '/rules/register-template.csv',
    {
      schema: {
        operationId: 'readRegisterTemplate',
        tags: ['rules'],
        summary: '号码登记簿的空白模板（CSV，UTF-8），中文列名',
        response: answers({
          200: { description: 'CSV', content: { 'text/csv': { schema: { type: 'string' } } } },
        }),
      },
    },
    async (_request, reply): Promise<FastifyReply> =>
      sendCsv(reply, 'register-template.csv', registerTemplate()),
  );

  app.get(
    '/rules/versions/:version/totals',
    {
      schema: {
        operationId: 'countRegister',
        tags: ['rules'],
        summary: '登记簿在任一日期的统计：1+16+14、各方式号码数、单位数；由内容算出',
        params: VersionParams,
        querystring: exactly({ day: Type.Optional(Day) }),
        response: answers({
          200: exactly({
            day: Day,
            headline: Type.String(),
            lines: Type.Integer(),
            units: Type.Integer(),
            byMode: exactly(counted(MODES)),
            direct: exactly({ lines: Type.Integer(), units: Type.Integer() }),
            parallel: exactly({ lines: Type.Integer(), units: Type.Integer() }),
            ended: Type.Integer({ description: '已到期的号码' }),
            ahead: Type.Integer({ description: '尚未生效的号码' }),
          }),
        }),
      },
    },
    async (request) => {
      const { rules } = await versionBy(services, request.params.version);
      const { day = localDate(services.now(), rules.municipality.timeZone) } = request.query;
      return totalsAt(rules.lines, day);
    },
  );

  app.get(
    '/rules/versions/:version/transitions',
    {
      schema: {
        operationId: 'listTransitions',
        tags: ['rules'],
        summary: '过渡期号码：到期前 30、14、7、1 日的提醒和停用日',
        params: VersionParams,
        response: answers({
          200: exactly({
            tasks: Type.Array(
              exactly({
                key: Type.String(),
                kind: oneOf(['warn', 'switchOff']),
                number: Type.String(),
                unitCode: Type.String(),
                daysBefore: Type.Integer(),
                day: Day,
                lastDay: Day,
                followUp: nullable(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => ({
      tasks: [...transitionTasks((await versionBy(services, request.params.version)).rules.lines)],
    }),
  );

  app.post(
    '/rules/versions/:version/register',
    {
      bodyLimit: RULES_BODY_LIMIT,
      schema: {
        operationId: 'importRegister',
        tags: ['rules'],
        summary: '将 CSV 登记簿导入草稿；逐行报告拒收的行及原因。checkOnly 只检查',
        params: VersionParams,
        body: exactly({
          revision: Revision,
          csv: Type.Optional(Type.String({ maxLength: RULES_BODY_LIMIT, description: 'CSV 全文' })),
          file: Type.Optional(
            Type.String({
              maxLength: RULES_BODY_LIMIT,
              pattern: '^[A-Za-z0-9+/]*={0,2}$',
              description: '或：文件本身，Base64；UTF-8 或 GBK，由服务器识别',
            }),
          ),
          checkOnly: Type.Optional(Type.Boolean({ description: '只检查，不修改' })),
          reason: OptionalReason,
        }),
        response: answers({ 200: exactly({ revision: Type.Integer(), report: ReportShape }) }),
      },
    },
    async (request) => {
      const { revision, checkOnly = false, reason = '', file } = request.body;
      const ref = request.params.version;
      const decoded = file === undefined ? null : registerText(Buffer.from(file, 'base64'));
      const csv = decoded?.text ?? request.body.csv;
      if (csv === undefined) throw new Refusal('rules.csvInvalid');
      const encoding = decoded?.encoding ?? null;
      if (checkOnly) {
        const checked = await checkRegister(services)({ ref, csv });
        return { revision, report: { encoding, ...reportSeen(checked) } };
      }
      const done = await importRegister(services)({
        ref,
        revision,
        csv,
        reason,
        actor: ruleActorOf(request),
      });
      return { revision: done.version.revision, report: { encoding, ...reportSeen(done) } };
    },
  );
}
