import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../app/errors.ts';
import { broadcast } from '../../../app/incidents/broadcast.ts';
import { moveAllOf } from '../../../app/incidents/cascade.ts';
import { membership } from '../../../app/incidents/membership.ts';
import { moveIncident, reportIncident } from '../../../app/incidents/move-incident.ts';
import { suggestSimilar } from '../../../app/incidents/suggest-similar.ts';
import { INCIDENT_STATES } from '../../../domain/incidents/incident-table.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { isProblemCode, PROBLEMS } from '../problems/index.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  oneOf,
  PageQuery,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import {
  BroadcastBody,
  CascadeBody,
  IncidentDetailShape,
  IncidentSummaryShape,
  LinesShape,
  MovedIncidentShape,
  MoveIncidentBody,
  ReportedIncidentShape,
  ReportIncidentBody,
  SimilarBody,
  SuggestionsShape,
  ToldShape,
} from '../shapes/incidents.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const Members = Type.Array(Uuid, { minItems: 1, maxItems: 200, description: '工单，1 至 200 张' });

const keeperOf = (request: FastifyRequest) => ({ ...actorOf(request), accountId: callerOf(request).id });

/** Why an appeal could not go, as it is said to whoever asks for that step alone. */
function wordsOf(code: string | null): { zh: string; en: string } {
  const { zh, en } =
    code !== null && isProblemCode(code) ? PROBLEMS[code] : { zh: '未能办理', en: 'It could not go' };
  return { zh, en };
}

/** Incidents with many appeals: found, joined, dispatched once, told together, closed one by one. */
export function incidentRoutes(app: Api, services: ApiServices): void {
  const suggest = suggestSimilar(services);
  const report = reportIncident(services);
  const members = membership(services);
  const move = moveIncident(services);
  const all = moveAllOf(services);
  const tell = broadcast(services);

  app.post(
    '/tickets/similar',
    {
      schema: {
        operationId: 'suggestSimilar',
        tags: ['incidents'],
        summary: '登记时提示：近三日相似的未结工单及理由，可能所属的群体事件',
        body: SimilarBody,
        response: answers({ 200: SuggestionsShape }),
      },
    },
    async (request) => {
      const { place = '', title = '', ...same } = request.body;
      const { tickets, incidents } = await suggest({ ...same, place, title }, actorOf(request));
      return {
        tickets: tickets.map(
          ({ ticket: { id, number, title: named, place: where, state, incidentId }, ...why }) => ({
            ...{ id, number, title: named, place: where, state, incidentId },
            score: why.score,
            reasons: [...why.reasons],
          }),
        ),
        incidents: [...incidents],
      };
    },
  );

  app.post(
    '/incidents',
    {
      config: { creates: true },
      schema: {
        operationId: 'reportIncident',
        tags: ['incidents'],
        summary: '将若干工单并为一个群体事件；各工单保留自己的时限和诉求人',
        headers: IdempotencyHeaders,
        body: ReportIncidentBody,
        response: answers({ 201: ReportedIncidentShape }),
      },
    },
    async (request, reply) => {
      const { area = '', ...same } = request.body;
      const id = newIdFor(request, services, 'incident');
      const asked = { ...same, area, id, move: 'report', actor: actorOf(request) } as const;
      const { lines, ...reported } = await report.alone(asked);
      return reply.status(201).send({ ...reported, lines: [...lines] });
    },
  );

  app.get(
    '/incidents',
    {
      schema: {
        operationId: 'listIncidents',
        tags: ['incidents'],
        summary: '群体事件，新的在前；承办单位只看到含本单位工单的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(oneOf(INCIDENT_STATES)),
        }),
        response: answers({ 200: pageShape('incidents', IncidentSummaryShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.incidents.list(filter, sightOf(actorOf(request)), page);
      return { incidents: [...rows], next };
    },
  );

  app.get(
    '/incidents/:id',
    {
      schema: {
        operationId: 'readIncident',
        tags: ['incidents'],
        summary: '一个群体事件：工单进出的经过、应急交办的进展、群发、步骤',
        params: IdParams,
        response: answers({ 200: IncidentDetailShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const sight = sightOf(actorOf(request));
      const found = await services.incidents.detail(id, sight);
      if (found === null) throw new AppError('incident.unknown', { id });
      const handOvers = await services.incidentHandOvers.ofIncident(id, sight);
      return {
        ...found,
        handOvers: handOvers.map((one) => ({
          ...one,
          assistUnits: [...one.assistUnits],
          assistNames: [...one.assistNames],
          troubles: one.troubles.map((line) => ({ ...line, why: wordsOf(line.code) })),
        })),
        appeals: [...found.appeals],
        history: [...found.history],
        broadcasts: found.broadcasts.map((one) => ({ ...one, byPhone: [...one.byPhone] })),
      };
    },
  );

  app.post(
    '/incidents/:id/members',
    {
      config: { creates: true },
      schema: {
        operationId: 'joinIncident',
        tags: ['incidents'],
        summary: '工单并入：已派单的事件，新并入的工单随派；逐件说明结果',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ ticketIds: Members, reason: Reason }),
        response: answers({ 200: LinesShape }),
      },
    },
    async (request) => ({
      lines: [...(await members.join({ ...request.body, id: request.params.id, actor: actorOf(request) }))],
    }),
  );

  app.post(
    '/incidents/:id/members/leave',
    {
      schema: {
        operationId: 'leaveIncident',
        tags: ['incidents'],
        summary: '工单移出：已办的各步保留，此后单独办理',
        params: IdParams,
        body: exactly({ ticketId: Uuid, reason: Reason }),
        response: answers({ 200: exactly({ ticketId: Type.String() }) }),
      },
    },
    async (request) => {
      await members.leave({ ...request.body, id: request.params.id, actor: actorOf(request) });
      return { ticketId: request.body.ticketId };
    },
  );

  app.post(
    '/incidents/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveIncident',
        tags: ['incidents'],
        summary: '事件的一步：确认、恢复（告知全部诉求人并结束所关联的公告）、反复、结束、解散',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: MoveIncidentBody,
        response: answers({ 200: MovedIncidentShape }),
      },
    },
    async (request) => {
      const { reason = '', text = null, ...same } = request.body;
      const trace = { address: request.ip, requestId: request.id };
      const actor = { ...keeperOf(request), roles: callerOf(request).roles, trace };
      const moved = await move({ ...same, id: request.params.id, reason, text, actor });
      return { ...moved, byPhone: [...moved.byPhone] };
    },
  );

  app.post(
    '/incidents/:id/ticket-moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveIncidentTickets',
        tags: ['incidents'],
        summary: '对事件的全部工单办理同一步（派单、签收、办结等）；结案逐件进行。逐件说明结果',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: CascadeBody,
        response: answers({ 200: LinesShape }),
      },
    },
    async (request) => {
      const { reason = '', details = {}, move: wanted } = request.body;
      const asked = { id: request.params.id, move: wanted, reason, details, actor: actorOf(request) };
      return { lines: [...(await all(asked))] };
    },
  );

  app.post(
    '/incidents/:id/broadcasts',
    {
      config: { creates: true },
      schema: {
        operationId: 'broadcastIncident',
        tags: ['incidents'],
        summary: '告知事件的全部诉求人，一人一次，避开免打扰时段；不便短信的列出，由人致电',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: BroadcastBody,
        response: answers({ 201: ToldShape }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const broadcastId = newIdFor(request, services, 'broadcast');
      const told = await tell({ id, broadcastId, text: request.body.text, actor: keeperOf(request) });
      return reply.status(201).send({ ...told, byPhone: [...told.byPhone] });
    },
  );

  app.put(
    '/incidents/:id/announcement',
    {
      schema: {
        operationId: 'nameAnnouncement',
        tags: ['incidents'],
        summary: '事件所播放的公告：恢复时一并结束，登记者与诉求人各告知一次',
        params: IdParams,
        body: exactly({ announcementId: Uuid }),
        response: answers({ 200: exactly({ announcementId: Type.String() }) }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { announcementId } = request.body;
      await services.database.transact(async (tx) => {
        if ((await services.incidents.lock(id, tx)) === null) throw new AppError('incident.unknown', { id });
        if (!(await services.incidents.announce(id, announcementId, tx))) {
          throw new AppError('incident.announcementTaken', { announcement: announcementId });
        }
      });
      return { announcementId };
    },
  );
}
