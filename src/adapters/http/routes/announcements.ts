import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { endAnnouncement } from '../../../app/announcements/close-announcement.ts';
import type { ChangedIncident } from '../../../app/announcements/incident-change.ts';
import {
  editAnnouncement,
  makeAnnouncement,
  prolongAnnouncement,
  startAnnouncement,
} from '../../../app/announcements/start-announcement.ts';
import { ANNOUNCEMENT_STATES } from '../../../domain/announcements/life.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  findingSeen,
  IncidentBody,
  IncidentFindingShape,
  IncidentShape,
  incidentSeen,
  readIncident,
} from '../shapes/announcements.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  oneOf,
  PageQuery,
  Reason,
} from '../shapes/elements.ts';
import { HistoryShape, historySeen } from '../shapes/history.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { Moment, OptionalReason } from '../shapes/rules.ts';
import { ruleActorOf } from './rules.ts';

const Changed = exactly({ announcement: IncidentShape, findings: Type.Array(IncidentFindingShape) });

/** Announcements of incidents: heard from the next call on, withdrawn by the next. */
export function announcementRoutes(app: Api, services: ApiServices): void {
  const seen = async (id: string) => {
    const view = await services.announcements.view(id);
    if (view === null) throw new Refusal('announcement.unknown', { announcement: id });
    return incidentSeen(view);
  };
  const changed = async (request: FastifyRequest, { incident, findings }: ChangedIncident) => {
    await askToReload(request, services);
    return { announcement: await seen(incident.id), findings: findings.map(findingSeen) };
  };

  app.get(
    '/announcements',
    {
      schema: {
        operationId: 'listAnnouncements',
        tags: ['announcements'],
        summary: '突发事件通知，新的在前',
        querystring: exactly({ ...PageQuery, state: Type.Optional(oneOf(ANNOUNCEMENT_STATES)) }),
        response: answers({ 200: pageShape('announcements', IncidentShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.announcements.list(filter, page);
      return { announcements: rows.map(incidentSeen), next };
    },
  );

  app.get(
    '/announcements/:id',
    {
      schema: {
        operationId: 'readAnnouncement',
        tags: ['announcements'],
        summary: '一条通知：经过、每日收听和登记数',
        params: IdParams,
        response: answers({
          200: exactly({
            announcement: IncidentShape,
            history: HistoryShape,
            days: Type.Array(
              exactly({
                day: Type.String(),
                heard: Type.Integer(),
                subscribed: Type.Integer(),
                hungUp: Type.Integer({ description: '听到后挂机，无须人工' }),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const announcement = await seen(id);
      const events = await services.announcements.events(id);
      return {
        announcement,
        history: historySeen(events),
        days: [...(await services.announcements.days(id))],
      };
    },
  );

  app.post(
    '/announcements',
    {
      config: { creates: true },
      schema: {
        operationId: 'makeAnnouncement',
        tags: ['announcements'],
        summary: '发布通知：自下一个来电起播放；draft 则只存草稿',
        headers: IdempotencyHeaders,
        body: exactly({ ...IncidentBody, draft: Type.Optional(Type.Boolean()), reason: OptionalReason }),
        response: answers({ 201: Changed }),
      },
    },
    async (request, reply) => {
      const { draft = false, reason = '', ...body } = request.body;
      const made = await makeAnnouncement(services)({
        id: newIdFor(request, services, 'announcement'),
        incident: readIncident(body),
        start: !draft,
        reason,
        actor: ruleActorOf(request),
      });
      return reply.status(201).send(await changed(request, made));
    },
  );

  const step = { tags: ['announcements'], params: IdParams, response: answers({ 200: Changed }) };
  app.post(
    '/announcements/:id/edit',
    {
      schema: { ...step, operationId: 'editAnnouncement', summary: '修改草稿', body: exactly(IncidentBody) },
    },
    async (request) => {
      const input = {
        id: request.params.id,
        incident: readIncident(request.body),
        actor: ruleActorOf(request),
      };
      return changed(request, await editAnnouncement(services)(input));
    },
  );
  app.post(
    '/announcements/:id/start',
    {
      schema: {
        ...step,
        operationId: 'startAnnouncement',
        summary: '播放草稿',
        body: exactly({ reason: Reason }),
      },
    },
    async (request) => {
      const input = { id: request.params.id, reason: request.body.reason, actor: ruleActorOf(request) };
      return changed(request, await startAnnouncement(services)(input));
    },
  );
  app.post(
    '/announcements/:id/prolong',
    {
      schema: {
        ...step,
        operationId: 'prolongAnnouncement',
        summary: '改变截止时间；已到期的重新播放',
        body: exactly({ until: Moment, reason: Reason }),
      },
    },
    async (request) => {
      const { until, reason } = request.body;
      const input = {
        id: request.params.id,
        untilMs: Date.parse(until),
        reason,
        actor: ruleActorOf(request),
      };
      return changed(request, await prolongAnnouncement(services)(input));
    },
  );
  const ended = exactly({
    reason: Reason,
    ending: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        pattern: VISIBLE,
        description: '告知登记人的话；不填则用通用文字',
      }),
    ),
  });
  for (const [move, operationId, summary] of [
    ['close', 'closeAnnouncement', '事件已恢复：停止播放，告知每个登记人'],
    ['withdraw', 'withdrawAnnouncement', '撤回通知：停止播放，告知每个登记人'],
  ] as const) {
    app.post(
      `/announcements/:id/${move}`,
      { schema: { ...step, operationId, summary, body: ended } },
      async (request) => {
        const { reason, ending = null } = request.body;
        const input = { id: request.params.id, move, reason, ending, actor: ruleActorOf(request) };
        return changed(request, await endAnnouncement(services)(input));
      },
    );
  }

  app.post(
    '/announcements/:id/reveal',
    {
      schema: {
        operationId: 'revealSubscribers',
        tags: ['announcements'],
        summary: '须电话告知的登记号码；须说明理由，记入日志',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: exactly({ numbers: Type.Array(Type.String()) }) }),
      },
    },
    async (request) => {
      const { id } = await seen(request.params.id);
      // On record first: a view that could not be written down does not happen.
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: callerOf(request).id,
        action: 'announcement.subscribersRevealed',
        subjectKind: 'announcement',
        subjectId: id,
        reason: request.body.reason.trim(),
        address: request.ip,
        requestId: request.id,
      });
      return { numbers: [...(await services.announcements.toCall(id))] };
    },
  );
}
