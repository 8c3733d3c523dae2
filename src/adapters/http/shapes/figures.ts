import { Type } from '@fastify/type-provider-typebox';
import { FIGURE_NAMES } from '../../../domain/reporting/figures.ts';
import type { LineReport, PeriodFigures } from '../../../domain/reporting/line-report.ts';
import { exactly, nullable, oneOf } from './elements.ts';

export const callCounts = {
  arrived: Type.Integer({
    description:
      '= answered + informed + messages + abandoned + refused + lost + callbacks + underWay；外呼不计',
  }),
  answered: Type.Integer({ description: '= onSpot + tickets + invalid + open' }),
  onSpot: Type.Integer(),
  tickets: Type.Integer(),
  invalid: Type.Integer(),
  open: Type.Integer(),
  abandoned: Type.Integer(),
  refused: Type.Integer(),
  lost: Type.Integer(),
  informed: Type.Integer({ description: '听取公告或停用通知后结束' }),
  messages: Type.Integer({ description: '留言' }),
  callbacks: Type.Integer({ description: '排队中改为回呼；此次来电未接通，回呼本身不计入来电' }),
  underWay: Type.Integer(),
};

export const reportedFields = {
  reportedByUnit: exactly(
    {
      calls: Type.Integer(),
      answered: Type.Integer(),
      talkMs: Type.Integer(),
      alreadyCounted: Type.Integer({ description: '经本平台转往单位的同一通话，已在本平台统计，不重复计入' }),
    },
    { description: '承办单位上报的通话，不在其他数字之内' },
  ),
  withReported: exactly(
    { arrived: Type.Integer(), answered: Type.Integer() },
    { description: '含承办单位上报' },
  ),
};

const FigureShape = exactly({
  name: oneOf(FIGURE_NAMES),
  zh: Type.String({ description: '指标名称' }),
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  value: nullable(Type.Number({ description: '四舍五入；null：分母为零' })),
  unit: oneOf(['%', 's']),
  formula: exactly({ zh: Type.String(), en: Type.String() }),
});

const PeriodShape = exactly({
  counts: exactly({
    ...callCounts,
    in15s: Type.Integer({ description: '进入排队后 15 秒内接通' }),
    waitedMs: Type.Integer({ description: '接通前等待之和' }),
    waits: Type.Integer({ description: '等待可知的接通数' }),
    rated: Type.Integer({ description: '市民已评价的通话' }),
    satisfied: Type.Integer({ description: '其中非常满意、满意、基本满意' }),
  }),
  figures: Type.Array(FigureShape),
  ...reportedFields,
});

export const reportFields = {
  before: Type.Union([PeriodShape, Type.Null()]),
  after: PeriodShape,
  changes: Type.Array(exactly({ name: oneOf(FIGURE_NAMES), change: nullable(Type.Number()) }), {
    description: '后期减前期：百分点或秒',
  }),
};

const seenPeriod = (period: PeriodFigures) => ({ ...period, figures: [...period.figures] });
export const seenReport = ({ before, after, changes }: LineReport) => ({
  before: before === null ? null : seenPeriod(before),
  after: seenPeriod(after),
  changes: [...changes],
});
