import { Type } from '@fastify/type-provider-typebox';
import { ingestReportedCalls } from '../../../app/reporting/ingest-reported-calls.ts';
import { callerOf } from '../guard.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import { answers, exactly, IdempotencyHeaders, nullable, oneOf } from '../shapes/elements.ts';

const BODY_LIMIT = 4 * 1024 * 1024;
const ROWS_MAX = 20_000;

const Text = (maxLength: number, description: string) => Type.String({ maxLength, description });
const RecordShape = exactly({
  line: Text(30, '号码，如 12348'),
  startedAt: Text(40, '开始时间：带时区的 ISO 8601，或当地时间'),
  durationS: Type.Integer({ minimum: 0, maximum: 86_400, description: '通话时长，秒' }),
  answered: Type.Boolean({ description: '是否接通' }),
  caller: Type.Optional(Text(64, '主叫号码、隐去中间数字的号码或 SHA-256；号码只存散列')),
  reference: Type.Optional(Text(64, '单位自己的通话流水号；同一号码同一流水号只计一次')),
});

/** Calls that a unit took on its own line, told by the unit (CSV or JSON). */
export function reportedCallRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/reported-calls',
    {
      bodyLimit: BODY_LIMIT,
      config: { creates: true },
      schema: {
        operationId: 'reportCalls',
        tags: ['reports'],
        summary:
          '上报双号并行等号码的通话记录；逐行报告拒收原因，重复的不再计入。承办单位只能上报本单位的号码',
        headers: IdempotencyHeaders,
        body: exactly({
          records: Type.Optional(Type.Array(RecordShape, { maxItems: ROWS_MAX })),
          csv: Type.Optional(
            Text(BODY_LIMIT, 'CSV 全文，列 line,started_at,duration,answered,caller,reference'),
          ),
        }),
        response: answers({
          200: exactly({
            rows: Type.Integer({ description: '行数，不含列名' }),
            taken: Type.Integer(),
            duplicates: Type.Array(Type.Integer(), { description: '已上报过的行' }),
            refused: Type.Array(Type.Integer(), { description: '拒收的行' }),
            alreadyCounted: Type.Integer({ description: '经本平台转往单位的同一通话，不重复计入' }),
            remarks: Type.Array(
              exactly({
                row: Type.Integer({ description: '文件中的行号，或列表中的位置，从 1 起' }),
                field: nullable(Type.String()),
                severity: oneOf(['refused', 'note']),
                ...ADVICE,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { records, csv } = request.body;
      if ((records === undefined) === (csv === undefined)) throw new Refusal('report.empty');
      const { id: accountId, roles, unitCode } = callerOf(request);
      const hotline = roles.includes('operator') || roles.includes('lead');
      const report = await ingestReportedCalls(services)({
        accountId,
        as: hotline ? 'hotline' : { unitCode },
        source:
          csv !== undefined
            ? { csv }
            : {
                records: (records ?? []).map(({ durationS, answered, caller, reference, ...record }) => ({
                  ...record,
                  duration: String(durationS),
                  answered: String(answered),
                  caller: caller ?? '',
                  reference: reference ?? '',
                })),
              },
      });
      return {
        ...report,
        duplicates: [...report.duplicates],
        refused: [...report.refused],
        remarks: [...report.remarks],
      };
    },
  );
}
