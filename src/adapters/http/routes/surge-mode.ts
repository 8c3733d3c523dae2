import { Type } from '@fastify/type-provider-typebox';
import type { SurgeModeSeen } from '../../../app/ports/surge-modes.ts';
import { endSurgeMode } from '../../../app/surge-mode/end-surge-mode.ts';
import { openSurgeMode } from '../../../app/surge-mode/open-surge-mode.ts';
import { isOn, SURGE_MODE_MINUTES } from '../../../domain/hotlines/surge-mode.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { newIdFor } from '../idempotent.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  Reason,
} from '../shapes/elements.ts';
import { ruleActorOf } from './rules.ts';

const WrapUp = Type.Integer({ minimum: 0, maximum: 600, description: '整理时长不超过，秒；不填则不变' });
const CallbackAfter = Type.Integer({
  minimum: 10,
  maximum: 1800,
  description: '等待多少秒后提示可回拨；不填则不变',
});
const ModeShape = exactly({
  id: Type.String(),
  queues: Type.Array(Type.String()),
  from: Instant,
  until: Instant,
  recalls: Type.Boolean({ description: '召回示忙的话务员' }),
  helpers: Type.Array(Type.String(), { description: '支援的班长和后台人员（有座席者）' }),
  wrapUpSeconds: nullable(Type.Integer()),
  callbackAfterSeconds: nullable(Type.Integer()),
  text: nullable(Type.String({ description: '来电听到的提示' })),
  announcementId: nullable(Type.String()),
  reason: Type.String(),
  openedByName: Type.String(),
});
const Answer = answers({
  200: exactly({ surgeMode: Type.Union([ModeShape, Type.Null()], { description: '空：未开启' }) }),
});

const iso = (ms: number): string => new Date(ms).toISOString();
const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
const millis = (of: number | undefined): number | null => (of === undefined ? null : of * 1000);

function seen(mode: SurgeModeSeen | null, nowMs: number) {
  if (mode === null || mode.endedMs !== null || !isOn(mode, nowMs)) return { surgeMode: null };
  const { id, recalls, text, announcementId, reason, openedByName } = mode;
  return {
    surgeMode: {
      ...{ id, recalls, text, announcementId, reason, openedByName },
      ...{ queues: [...mode.queues], helpers: [...mode.helpers] },
      ...{ from: iso(mode.fromMs), until: iso(mode.untilMs) },
      ...{ wrapUpSeconds: seconds(mode.wrapUpMs), callbackAfterSeconds: seconds(mode.callbackAfterMs) },
    },
  };
}

/** 高峰模式 (C11): one switch of the lead's for desks that cannot keep up; everything reverts. */
export function surgeModeRoutes(app: Api, services: ApiServices): void {
  const now = async () => seen(await services.surgeModes.latest(), services.now());

  app.get(
    '/surge-mode',
    {
      schema: {
        operationId: 'readSurgeMode',
        tags: ['agents'],
        summary: '高峰模式：现在是否开启，改变了什么',
        response: Answer,
      },
    },
    now,
  );

  app.post(
    '/surge-mode',
    {
      config: { creates: true },
      schema: {
        operationId: 'openSurgeMode',
        tags: ['agents'],
        summary:
          '开启高峰模式：召回示忙的话务员，班长和后台支援，缩短整理，提示回拨，播放提示；自下一个来电起生效，到期自动恢复。同时只有一个',
        headers: IdempotencyHeaders,
        body: exactly({
          queues: Type.Array(Code, {
            minItems: 1,
            maxItems: 50,
            uniqueItems: true,
            description: '忙不过来的队列',
          }),
          minutes: Type.Integer({
            minimum: SURGE_MODE_MINUTES.least,
            maximum: SURGE_MODE_MINUTES.most,
            description: '多少分钟后自动恢复；长期安排请修改规则',
          }),
          recalls: Type.Boolean(),
          backOfficeJoins: Type.Boolean({ description: '有座席的班长和后台人员也接这些队列的来电' }),
          wrapUpSeconds: Type.Optional(WrapUp),
          callbackAfterSeconds: Type.Optional(CallbackAfter),
          text: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 300,
              pattern: VISIBLE,
              description: '每个来电先听到的提示',
            }),
          ),
          reason: Reason,
        }),
        response: Answer,
      },
    },
    async (request) => {
      const { wrapUpSeconds, callbackAfterSeconds, text = null, reason, ...order } = request.body;
      await openSurgeMode(services)({
        ...order,
        id: newIdFor(request, services, 'surgeMode'),
        announcementId: newIdFor(request, services, 'surgeModeAnnouncement'),
        wrapUpMs: millis(wrapUpSeconds),
        callbackAfterMs: millis(callbackAfterSeconds),
        text,
        reason: reason.trim(),
        actor: ruleActorOf(request),
      });
      await askToReload(request, services);
      return now();
    },
  );

  app.post(
    '/surge-mode/:id/end',
    {
      schema: {
        operationId: 'endSurgeMode',
        tags: ['agents'],
        summary: '提前结束高峰模式：一切恢复原样',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: Answer,
      },
    },
    async (request) => {
      const reason = request.body.reason.trim();
      await endSurgeMode(services)({ id: request.params.id, reason, actor: ruleActorOf(request) });
      await askToReload(request, services);
      return now();
    },
  );
}
