import { Type } from '@fastify/type-provider-typebox';
import { MEETING_STATES, MEETING_STEPS } from '../../../domain/meetings/meeting-table.ts';
import { TASK_WORKING_DAYS } from '../../../domain/meetings/minutes.ts';
import { TASK_STATES } from '../../../domain/meetings/task-table.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { MaskedWords, personal } from '../masking.ts';
import { PathCode } from './dispatch.ts';
import { Code, Day, exactly, Instant, nullable, oneOf, Uuid } from './elements.ts';
import { openMovesShape } from './open-moves.ts';

export const MeetingState = oneOf(MEETING_STATES, {
  description: 'draft 纪要草稿，confirmed 已确认，cancelled 已取消',
});
export const TaskState = oneOf(TASK_STATES, {
  description: 'open 办理中，reported 已报结，done 已办结，cancelled 已撤销',
});

const words = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: VISIBLE, description });
const Units = Type.Array(Code, { maxItems: 20, uniqueItems: true });

/** 纪要, as it is written down. */
export const MinutesBody = {
  heldAt: Type.String({ format: 'date-time', description: '开会时间，带时区' }),
  topic: words(200, '议题'),
  place: words(200, '地点'),
  chair: words(100, '主持人'),
  participants: Type.Array(
    exactly({ unitCode: Code, position: Type.String({ maxLength: 4000, description: '该单位的意见' }) }),
    { maxItems: 50, description: '参会单位' },
  ),
  ticketIds: Type.Array(Uuid, { minItems: 1, maxItems: 50, description: '议及的工单，至少一张' }),
  text: words(20_000, '纪要正文'),
  decisions: Type.Array(
    exactly({
      words: words(4000, '议定事项'),
      responsible: Type.Optional(
        exactly(
          {
            ticketId: Uuid,
            leadUnit: Code,
            assistUnits: Type.Optional(Units),
            rule: Type.Optional(
              exactly(
                {
                  area: Type.Optional(PathCode),
                  category: Type.Optional(PathCode),
                  asset: Type.Optional(PathCode),
                  validFrom: Type.Optional(Day),
                },
                { description: '今后同类事项按此派单：区域、分类、设施至少限定一项' },
              ),
            ),
          },
          { description: '明确的责任主体：确认时成为裁定（先例），有 rule 的成为派单目录规则' },
        ),
      ),
    }),
    { maxItems: 30 },
  ),
  tasks: Type.Array(
    exactly({
      unitCode: Code,
      task: words(2000, '任务'),
      workingDays: Type.Integer({
        minimum: TASK_WORKING_DAYS.least,
        maximum: TASK_WORKING_DAYS.most,
        description: '时限，自确认之日起按该单位工作日历计',
      }),
      ticketIds: Type.Array(Uuid, { minItems: 1, maxItems: 50, description: '所涉工单，须为本次会议议及的' }),
    }),
    { maxItems: 50 },
  ),
};

const TicketLinks = Type.Array(exactly({ id: Type.String(), number: Type.String() }));

export const TaskShape = exactly({
  id: Type.String(),
  number: Type.String(),
  meetingId: Type.String(),
  meetingNumber: Type.String(),
  topic: MaskedWords,
  unit: exactly({ code: Type.String(), name: Type.String() }),
  task: MaskedWords,
  state: TaskState,
  dueAt: Instant,
  overdue: Type.Boolean({ description: '到期未报结，或报结时已超期' }),
  explanation: Type.Object({}, { additionalProperties: true, description: '时限逐日的计算' }),
  tickets: TicketLinks,
  report: nullable(MaskedWords),
  reportedAt: nullable(Instant),
  finding: nullable(MaskedWords),
  finishedAt: nullable(Instant),
  order: nullable(Type.String({ description: '逾期引起的督办单' })),
});

const summary = {
  id: Type.String(),
  number: Type.String(),
  state: MeetingState,
  revision: Type.Integer(),
  topic: MaskedWords,
  heldAt: Instant,
  writtenAt: Instant,
  author: Type.String(),
  confirmedAt: nullable(Instant),
  confirmedBy: nullable(Type.String()),
  tickets: TicketLinks,
  openTasks: Type.Integer(),
};
export const MeetingSummaryShape = exactly(summary);

export const MeetingShape = exactly({
  ...summary,
  place: Type.String(),
  chair: Type.String(),
  participants: Type.Array(exactly({ unitCode: Type.String(), position: MaskedWords })),
  text: Type.String(personal('words')),
  decisions: Type.Array(
    exactly({
      words: MaskedWords,
      responsible: Type.Union([
        exactly({
          ticketId: Type.String(),
          leadUnit: Type.String(),
          assistUnits: Type.Array(Type.String()),
          rule: Type.Union([
            exactly({
              area: Type.String(),
              category: Type.String(),
              asset: Type.String(),
              validFrom: nullable(Type.String()),
            }),
            Type.Null(),
          ]),
        }),
        Type.Null(),
      ]),
      adjudication: nullable(Type.String({ description: '确认后的裁定编号' })),
      ruleVersion: nullable(Type.Integer({ description: '成为规则的派单目录版本' })),
    }),
  ),
  tasks: Type.Array(
    exactly({
      unitCode: Type.String(),
      task: MaskedWords,
      workingDays: Type.Integer(),
      ticketIds: Type.Array(Type.String()),
    }),
    { description: '草拟的任务；确认后见 taskList' },
  ),
  taskList: Type.Array(TaskShape, { description: '承办单位只看到自己的' }),
  moves: openMovesShape(MEETING_STEPS),
});
