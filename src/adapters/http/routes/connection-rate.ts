import { Type } from '@fastify/type-provider-typebox';
import { readConnectionRate } from '../../../app/reporting/read-connection-rate.ts';
import { MINUTE_MS, requestedOf, STANDINGS } from '../../../domain/reporting/connection-counters.ts';
import { percentOf } from '../../../domain/reporting/figures.ts';
import {
  isBreach,
  marginOf,
  type RollingRate,
  TARGET_PERCENT,
  WARNING_RULE,
  windowOf,
} from '../../../domain/reporting/rolling-rate.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';

const DAY_MS = 24 * 3_600_000;

const FORMULA = {
  zh: '24 小时内人工请求后 15 秒内接通数 ÷ 同期人工请求数；按请求人工的时刻归入时段',
  en: 'calls connected with a person within 15 s / calls that asked for a person, in 24 h, by the moment of asking',
};
const COUNTED = {
  zh:
    '人工请求：进入排队或承办单位话机振铃。问候、菜单或公告中挂机，被拒接，听取通知、留言而未排队的不计；' +
    '15 秒内未接通即挂机的计入分母（abandonedEarly 另列）；转接与再次通话只计首次；未满 15 秒仍在等待的暂不计。',
  en:
    'A call asks for a person when it enters a queue or rings at a unit. Not counted: hung up in greeting, menu or ' +
    'announcement, refused, informed or a message left without waiting. Who hangs up unanswered within 15 s counts in ' +
    'the denominator (abandonedEarly tells how many). A transfer or second talk changes nothing: the first one counts. ' +
    'Who has waited for less than 15 s is not decided yet.',
};

const rate = {
  numerator: Type.Integer({ description: '15 秒内接通数' }),
  denominator: Type.Integer({ description: '人工请求数' }),
  percent: nullable(Type.Number({ description: '四舍五入到两位；null：分母为零' })),
};
const WindowShape = exactly({
  from: Instant,
  to: Instant,
  ...rate,
  breach: Type.Boolean({ description: `低于 ${TARGET_PERCENT}%，按整数判断，不按四舍五入后的数` }),
});

const iso = (ms: number): string => new Date(ms).toISOString();
const rateSeen = ({ connected, requested }: RollingRate) => ({
  numerator: connected,
  denominator: requested,
  percent: percentOf(connected, requested),
});
function windowSeen(one: RollingRate) {
  const { fromMs, toMs } = windowOf(one.minute);
  return { from: iso(fromMs), to: iso(toMs), ...rateSeen(one), breach: isBreach(one) };
}

/** GB/T 33358: at least 95 % answered within 15 s in any continuous 24 hours. */
export function connectionRateRoutes(app: Api, services: ApiServices): void {
  const read = readConnectionRate(services);
  const moment = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

  app.get(
    '/reports/connection-rate',
    {
      schema: {
        operationId: 'readConnectionRate',
        tags: ['reports'],
        summary: '15 秒接通率：逐分钟滚动 24 小时，最差时段与预警',
        querystring: exactly({
          from: moment('ISO 8601，默认 to 之前 24 小时；最长 31 天'),
          to: moment('ISO 8601，默认现在'),
        }),
        response: answers({
          200: exactly({
            formula: exactly({ zh: Type.String(), en: Type.String() }),
            counted: exactly({ zh: Type.String(), en: Type.String() }),
            targetPercent: Type.Integer(),
            latest: WindowShape,
            margin: Type.Integer({ description: '再有几个未及时接通即低于标准；负数：已超出' }),
            worst: Type.Union([WindowShape, Type.Null()], { description: '最差的连续 24 小时' }),
            warning: exactly({
              kind: oneOf(['breached', 'coming', 'none', 'tooFewCalls']),
              at: nullable(Type.String({ description: '预计低于标准的时刻，ISO 8601' })),
              inMinutes: nullable(Type.Integer()),
              rule: exactly({ zh: Type.String(), en: Type.String() }),
            }),
            period: exactly(
              {
                requested: Type.Integer({ description: '= within + late + abandonedEarly + unanswered' }),
                ...Object.fromEntries(STANDINGS.map((name) => [name, Type.Integer()])),
              },
              { description: '时段本身的通话' },
            ),
            series: Type.Array(exactly({ at: Instant, ...rate }), {
              description: '每分钟一个，为截至该时刻的 24 小时',
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const toMs = to === undefined ? Math.floor(services.now() / MINUTE_MS) * MINUTE_MS : Date.parse(to);
      const fromMs = from === undefined ? toMs - DAY_MS : Date.parse(from);
      const { series, worst, warning, counts } = await read(fromMs, toMs);
      const latest = series.at(-1);
      if (latest === undefined) throw new Error('a period of no minute was not refused');
      const coming = warning.kind === 'coming' ? warning : null;
      return {
        formula: FORMULA,
        counted: COUNTED,
        targetPercent: TARGET_PERCENT,
        latest: windowSeen(latest),
        margin: marginOf(latest),
        worst: worst === null ? null : windowSeen(worst),
        warning: {
          kind: warning.kind,
          at: coming === null ? null : iso((coming.minute + 1) * MINUTE_MS),
          inMinutes: coming?.inMinutes ?? null,
          rule: WARNING_RULE,
        },
        period: { ...counts, requested: requestedOf(counts) },
        series: series.map((one) => ({ at: iso((one.minute + 1) * MINUTE_MS), ...rateSeen(one) })),
      };
    },
  );
}
