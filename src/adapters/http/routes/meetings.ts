import { type Static, Type } from '@fastify/type-provider-typebox';
import { confirmMinutes } from '../../../app/meetings/confirm-minutes.ts';
import { moveTask } from '../../../app/meetings/move-task.ts';
import { cancelMeeting, editMinutes, writeMinutes } from '../../../app/meetings/write-minutes.ts';
import type { MeetingView, TaskView } from '../../../app/ports/meetings.ts';
import { openMeetingMoves } from '../../../domain/meetings/meeting-table.ts';
import type { Minutes } from '../../../domain/meetings/minutes.ts';
import { TASK_STEPS } from '../../../domain/meetings/task-table.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  NUMBER_AT_MOST,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import {
  MeetingShape,
  MeetingState,
  MeetingSummaryShape,
  MinutesBody,
  TaskShape,
  TaskState,
} from '../shapes/meetings.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const Revision = Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '所见的 revision' });
const Body = exactly(MinutesBody);

/** 联席会议 (I4): minutes, decisions that become precedents and rules, tasks that are supervised when they are late. */
export function meetingRoutes(app: Api, services: ApiServices): void {
  const shownTask = ({ explanation, tickets, ...task }: TaskView): Static<typeof TaskShape> => ({
    ...{ ...task, explanation: { ...explanation }, tickets: [...tickets] },
    overdue:
      task.state !== 'cancelled' &&
      (task.reportedAt === null
        ? Date.parse(task.dueAt) <= services.now()
        : Date.parse(task.dueAt) < Date.parse(task.reportedAt)),
  });
  const shown = ({ writers, ...meeting }: MeetingView, actor: Actor): Static<typeof MeetingShape> => ({
    ...{ ...meeting, tickets: [...meeting.tickets], participants: [...meeting.participants] },
    decisions: meeting.decisions.map(({ words, responsible, adjudication = null, ruleVersion = null }) => ({
      ...{ words, adjudication, ruleVersion },
      responsible:
        responsible === null ? null : { ...responsible, assistUnits: [...responsible.assistUnits] },
    })),
    tasks: meeting.tasks.map((one) => ({ ...one, ticketIds: [...one.ticketIds] })),
    taskList: meeting.taskList.map(shownTask),
    moves: openMeetingMoves({ from: meeting.state, actor, writers }).map((one) => ({ ...one })),
  });
  const found = async (id: string, actor: Actor): Promise<Static<typeof MeetingShape>> => {
    const meeting = await services.meetings.find(id, sightOf(actor));
    if (meeting === null) throw new Refusal('meeting.unknown', { id });
    return shown(meeting, actor);
  };

  app.post(
    '/meetings',
    {
      config: { creates: true },
      schema: {
        operationId: 'recordMeeting',
        tags: ['supervision'],
        summary: '登记协调会议纪要（草稿）：议定事项、责任主体、任务',
        headers: IdempotencyHeaders,
        body: Body,
        response: answers({ 201: MeetingShape }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const id = newIdFor(request, services, 'meeting');
      await writeMinutes(services)({ id, ...minutesOf(request.body), actor });
      return reply
        .status(201)
        .header('location', `/v1/meetings/${id}`)
        .send(await found(id, actor));
    },
  );

  app.get(
    '/meetings',
    {
      schema: {
        operationId: 'listMeetings',
        tags: ['supervision'],
        summary: '协调会议，新的在前；承办单位看到参会或有任务的已确认纪要',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(MeetingState),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({ 200: pageShape('meetings', MeetingSummaryShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.meetings.list(filter, sightOf(actorOf(request)), page);
      return { meetings: rows.map((one) => ({ ...one, tickets: [...one.tickets] })), next };
    },
  );

  app.get(
    '/meetings/:id',
    {
      schema: {
        operationId: 'readMeeting',
        tags: ['supervision'],
        summary: '一次会议的纪要、裁定、规则和任务',
        params: IdParams,
        response: answers({ 200: MeetingShape }),
      },
    },
    (request) => found(request.params.id, actorOf(request)),
  );

  app.put(
    '/meetings/:id',
    {
      schema: {
        operationId: 'editMeeting',
        tags: ['supervision'],
        summary: '修改纪要草稿',
        params: IdParams,
        body: exactly({ revision: Revision, ...MinutesBody }),
        response: answers({ 200: MeetingShape }),
      },
    },
    async (request) => {
      const { revision, ...body } = request.body;
      const actor = actorOf(request);
      const { id } = request.params;
      await editMinutes(services)({ id, revision, ...minutesOf(body), actor });
      return found(id, actor);
    },
  );

  app.post(
    '/meetings/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveMeeting',
        tags: ['supervision'],
        summary: 'confirm：由未参与起草的人确认，裁定、规则、任务随即生效；cancel：取消草稿',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ move: oneOf(['confirm', 'cancel']), revision: Revision }),
        response: answers({ 200: MeetingShape }),
      },
    },
    async (request) => {
      const { move, revision } = request.body;
      const actor = actorOf(request);
      const { id } = request.params;
      const moved = move === 'confirm' ? confirmMinutes(services) : cancelMeeting(services);
      await moved({ id, revision, actor });
      return found(id, actor);
    },
  );

  app.get(
    '/meeting-tasks',
    {
      schema: {
        operationId: 'listMeetingTasks',
        tags: ['supervision'],
        summary: '会议任务，先到期的在前；承办单位只看到自己的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(TaskState),
          unit: Type.Optional(Code),
          overdue: Type.Optional(Type.Boolean()),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({ 200: pageShape('tasks', TaskShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const sight = sightOf(actorOf(request));
      const { rows, next } = await services.meetingTasks.list(filter, sight, services.now(), page);
      return { tasks: rows.map(shownTask), next };
    },
  );

  app.post(
    '/meeting-tasks/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveMeetingTask',
        tags: ['supervision'],
        summary: '会议任务的一步：单位报结 report，督办人认可 accept、退回 sendBack、撤销 cancel',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(TASK_STEPS),
          words: Type.String({
            minLength: 1,
            maxLength: 4000,
            pattern: VISIBLE,
            description: '单位：办理情况；督办人：意见',
          }),
        }),
        response: answers({
          200: exactly({ id: Type.String(), number: Type.String(), state: TaskState }),
        }),
      },
    },
    (request) => moveTask(services)({ id: request.params.id, ...request.body, actor: actorOf(request) }),
  );
}

/** What is left out is none. */
function minutesOf({ heldAt, decisions, ...rest }: Static<typeof Body>): {
  readonly heldAt: number;
  readonly minutes: Minutes;
} {
  return {
    heldAt: Date.parse(heldAt),
    minutes: {
      ...rest,
      decisions: decisions.map(({ words, responsible }) => ({
        words,
        responsible:
          responsible === undefined
            ? null
            : {
                ...{ ticketId: responsible.ticketId, leadUnit: responsible.leadUnit },
                assistUnits: responsible.assistUnits ?? [],
                rule:
                  responsible.rule === undefined
                    ? null
                    : {
                        ...{ area: '', category: '', asset: '', validFrom: null },
                        ...responsible.rule,
                      },
              },
      })),
    },
  };
}
