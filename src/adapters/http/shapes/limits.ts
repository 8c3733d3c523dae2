import { type TSchema, Type } from '@fastify/type-provider-typebox';
import { DAY_SECONDS } from '../../../domain/deadlines/compressed-time.ts';
import { URGE_PERCENTS } from '../../../domain/deadlines/presets.ts';
import { STAGE_NAMES, STAGES, type Stage } from '../../../domain/deadlines/stages.ts';
import { TICKET_TYPE_NAMES, TICKET_TYPES, type TicketType } from '../../../domain/tickets/ticket.ts';
import { exactly, oneOf } from './elements.ts';
import { CategoryCode } from './tickets.ts';

/** One entry a name, as the fields of an object. */
function fields<N extends string, S extends TSchema>(
  names: readonly N[],
  shape: (name: N) => S,
): Record<N, S> {
  return Object.fromEntries(names.map((name) => [name, shape(name)])) as Record<N, S>;
}

export const LimitShape = exactly({
  unit: oneOf(['workingDays', 'closeOfWorkingDay', 'calendarDays', 'hours'], {
    description:
      'workingDays 工作日（次日起算），closeOfWorkingDay 当日起算的工作日（1 为当日下班前），calendarDays 自然日，hours 小时（连续计算）',
  }),
  amount: Type.Integer({ description: '1 至 250 日，或 1 至 2160 小时' }),
});

export const StageLimitShape = exactly({
  unit: oneOf(['minutes', 'workingMinutes', 'workingDays'], {
    description: 'minutes 连续计算，workingMinutes 只计工作时间，workingDays 工作日（0 为当日下班前）',
  }),
  amount: Type.Integer(),
});
const byUrgency = (description: string) =>
  exactly(
    {
      normal: Type.Union([StageLimitShape, Type.Null()]),
      urgent: Type.Union([StageLimitShape, Type.Null()]),
    },
    { description },
  );
const stage = (description: string) => byUrgency(`${description}；null 为不单独计时`);

const types = fields(TICKET_TYPES, (type: TicketType) => ({
  ...LimitShape,
  description: TICKET_TYPE_NAMES[type],
}));
const stages = fields(STAGES, (name: Stage) => stage(STAGE_NAMES[name]));

const parts = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  basis: Type.String({ minLength: 1, maxLength: 300, description: '依据的文件' }),
  urgent: Type.Union([LimitShape, Type.Null()], { description: '急事急办的办理时限；null 为按类型' }),
  categories: Type.Array(exactly({ category: CategoryCode, limit: LimitShape }), {
    maxItems: 200,
    description: '有单独时限的分类，含其下级',
  }),
  urgeAtPercent: Type.Union([...URGE_PERCENTS.map((percent) => Type.Literal(percent)), Type.Null()], {
    description: '承办时限用到百分之几时系统自动催办；null 为只由人工催办',
  }),
  superviseAfter: byUrgency(
    '超期并催办后，单位多久没有进展即自动书面督办，早于自动通报；null 为只由人工督办',
  ),
  superviseWorkingDays: Type.Integer({ description: '按规则下发的督办单的反馈时限，工作日' }),
  circularAfterWorkingDays: Type.Union([Type.Integer(), Type.Null()], {
    description: '超期多少个工作日以上自动通报；null 为只由人工通报',
  }),
  extension: exactly({
    times: Type.Integer({ description: '每件最多延期几次' }),
    askWorkingDaysBefore: Type.Integer({ description: '最迟在到期前几个工作日申请' }),
    longest: Type.Integer({ description: '一次最多延长多少（与时限同单位）' }),
  }),
  reopenWithinDays: Type.Integer({ description: '结案后多少个自然日内可重办' }),
  archiveAfterDays: Type.Integer({ description: '结案或撤回后多少个自然日自动归档，不少于可重办的天数' }),
  compressed: Type.Union(
    [
      exactly({
        category: CategoryCode,
        daySeconds: Type.Integer({
          minimum: DAY_SECONDS.least,
          maximum: DAY_SECONDS.most,
          description: '一日按多少秒计，昼夜连续；1 至 3600',
        }),
        untilMs: Type.Integer({ description: '到此为止受理的，Unix 毫秒；最迟为生效后一小时，到时自行结束' }),
      }),
      Type.Null(),
    ],
    {
      description:
        '压缩时间（演示）：只限演示分类（other.demonstration）及其下级，受理时定下，工单上注明，不计入统计与通报；null 为没有',
    },
  ),
};

/** All of a set. */
export const LimitContent = exactly({ ...parts, limits: exactly(types), stages: exactly(stages) });

const optional = <S extends TSchema>(shapes: Record<string, S>): Record<string, S> =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, Type.Optional(shape)]));

/** What differs from the preset; the rest is as there. */
export const LimitEdits = Type.Partial(
  exactly({
    ...parts,
    limits: Type.Object(optional(types), { additionalProperties: false }),
    stages: Type.Object(optional(stages), { additionalProperties: false }),
  }),
  { additionalProperties: false },
);
