import { Type } from '@fastify/type-provider-typebox';
import { reportOutbound } from '../../../app/reporting/report-outbound.ts';
import { OUTBOUND_PURPOSES } from '../../../domain/callbacks/purposes.ts';
import { type OutboundPace, PLAN_FORMULA, reachedShare } from '../../../domain/reporting/outbound-plan.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, nullable, oneOf } from '../shapes/elements.ts';

const HOUR_S = 3600;
const pace = {
  visitsPerDay: Type.Number({ minimum: 0, maximum: 100_000, description: '每日要联系到的人数' }),
  attemptsPerVisit: Type.Number({ minimum: 1, maximum: 20, description: '人均拨打次数，至接通为止' }),
  ringSeconds: Type.Number({ minimum: 0, maximum: HOUR_S, description: '每次拨打至接通或放弃的秒数' }),
  talkSeconds: Type.Number({ minimum: 0, maximum: HOUR_S, description: '接通后的通话秒数' }),
  afterSeconds: Type.Number({ minimum: 0, maximum: HOUR_S, description: '通话后登记的秒数' }),
  hoursPerDay: Type.Number({ exclusiveMinimum: 0, maximum: 24, description: '一个座席每日可外呼的小时数' }),
  occupancy: Type.Number({ minimum: 1, maximum: 100, description: '座席利用率，百分数' }),
};
type Asked = { readonly [Name in keyof typeof pace]?: number };

const paceOf = ({ ringSeconds, talkSeconds, afterSeconds, ...rest }: Asked): Partial<OutboundPace> => ({
  ...rest,
  ...(ringSeconds === undefined ? {} : { ringMs: ringSeconds * 1000 }),
  ...(talkSeconds === undefined ? {} : { talkMs: talkSeconds * 1000 }),
  ...(afterSeconds === undefined ? {} : { afterMs: afterSeconds * 1000 }),
});
const paceSeen = ({ ringMs, talkMs, afterMs, ...rest }: OutboundPace) => ({
  ...rest,
  ringSeconds: ringMs / 1000,
  talkSeconds: talkMs / 1000,
  afterSeconds: afterMs / 1000,
});

/** Twice as many calls go out as come in (JY-15): what that is in people. */
export function outboundReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/outbound',
    {
      schema: {
        operationId: 'reportOutbound',
        tags: ['reports'],
        summary:
          '外呼量与座席测算：回访外呼与来电之比，按用途的拨打、接通；按人均拨打次数和通话时长测算每日拨打数和座席数，未填的取该时段实测值',
        querystring: exactly({ from: Day, to: Day, ...Type.Partial(exactly(pace)).properties }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            days: Type.Integer(),
            callsIn: Type.Integer({ description: '来电；来源 calls' }),
            dialsOut: Type.Integer({ description: '回访外呼，含自动回访；来源 calls' }),
            ratio: nullable(Type.Number({ description: '回访外呼 ÷ 来电，三位小数；没有来电为空' })),
            callsInPerDay: nullable(Type.Number({ description: '日均来电，一位小数' })),
            dialsOutPerDay: nullable(Type.Number({ description: '日均回访外呼，一位小数' })),
            purposes: Type.Array(
              exactly({
                purpose: oneOf(OUTBOUND_PURPOSES),
                dials: Type.Integer({ description: '已结束的拨打' }),
                reached: Type.Integer({ description: '其中接通' }),
                reachedShare: nullable(Type.Number({ description: '接通 ÷ 拨打，百分数' })),
                ringMs: Type.Number({ description: '至接通或放弃，合计毫秒' }),
                talkMs: Type.Number({ description: '通话合计毫秒' }),
              }),
            ),
            pace: exactly(pace, { description: '测算所用' }),
            plan: exactly({
              dialsPerDay: Type.Number(),
              dialsPerHour: Type.Number(),
              workHours: Type.Number({ description: '全部座席每日工时，小时' }),
              seats: Type.Integer({ description: '座席数' }),
            }),
            formula: exactly({ zh: Type.String(), en: Type.String() }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, ...wanted } = request.query;
      const report = await reportOutbound(services)({ from, to }, paceOf(wanted));
      return {
        ...report,
        from,
        to,
        purposes: report.purposes.map((one) => ({ ...one, reachedShare: reachedShare(one) })),
        pace: paceSeen(report.pace),
        formula: { ...PLAN_FORMULA },
      };
    },
  );
}
