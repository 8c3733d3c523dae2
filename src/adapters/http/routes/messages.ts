import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { changeMessageSettings } from '../../../app/messages/change-message-settings.ts';
import { retryMessage } from '../../../app/messages/retry-message.ts';
import type { AuditEntry } from '../../../app/ports/audit.ts';
import { MESSAGE_KIND_NAMES } from '../../../domain/messages/kinds.ts';
import { MESSAGE_STATES } from '../../../domain/messages/life.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { callerOf } from '../guard.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Reason,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const MessageShape = exactly({
  id: Type.String(),
  createdAt: Instant,
  kind: oneOf(MESSAGE_KIND_NAMES),
  number: MaskedNumber,
  text: Type.String(),
  subject: exactly({ kind: Type.String(), id: Type.String() }),
  notBefore: Instant,
  state: oneOf(MESSAGE_STATES),
  attempts: Type.Integer(),
  driver: nullable(Type.String()),
  proof: nullable(Type.String({ description: '网关的回执' })),
  textHash: nullable(Type.String({ description: '所发文字的 SHA-256，十六进制' })),
  failure: nullable(
    Type.String({
      description: '最近一次未成功或停发的原因；expired、withdrawn：所写的知识条目已到期、已撤回，未发出',
    }),
  ),
  finishedAt: nullable(Instant),
});

const TIME = '^([01][0-9]|2[0-3]):[0-5][0-9]$';
const ClockTime = (description: string) => Type.String({ pattern: TIME, description, examples: ['22:00'] });
const settingFields = {
  quietFrom: ClockTime('免打扰开始，当地 HH:MM；与结束相同即不设'),
  quietTo: ClockTime('免打扰结束，当地 HH:MM'),
  retraining: Type.Boolean({ description: '拨打已归并号码的市民收到“请今后直接拨打12345”' }),
};
const ticketSteps = (options: object) =>
  Type.Boolean({ description: '工单每一步告知市民，并通知承办单位', ...options });
const shownSettings = exactly({ ...settingFields, ticketSteps: ticketSteps({}) });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Messages to citizens: what was written to whom, and whether it arrived. */
export function messageRoutes(app: Api, services: ApiServices): void {
  const onRecord = (
    request: FastifyRequest,
    entry: Pick<AuditEntry, 'action' | 'subjectKind' | 'subjectId' | 'reason'>,
  ): AuditEntry => ({
    ...entry,
    id: services.newId(),
    atMs: services.now(),
    accountId: callerOf(request).id,
    address: request.ip,
    requestId: request.id,
  });

  app.get(
    '/messages',
    {
      schema: {
        operationId: 'listMessages',
        tags: ['messages'],
        summary: '发给市民的短信，新的在前；号码已隐去中间数字',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(oneOf(MESSAGE_STATES)),
          kind: Type.Optional(oneOf(MESSAGE_KIND_NAMES)),
          subjectKind: Type.Optional(Type.String({ maxLength: 40, description: '所涉事项的种类，如 line' })),
          subjectId: Type.Optional(Type.String({ maxLength: 64, description: '所涉事项，如 12328' })),
        }),
        response: answers({ 200: pageShape('messages', MessageShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { messages, next } = await services.messages.list(filter, page);
      return { messages: messages.map((one) => ({ ...one, number: maskedNumber(one.number) })), next };
    },
  );

  app.post(
    '/messages/:id/retry',
    {
      schema: {
        operationId: 'retryMessage',
        tags: ['messages'],
        summary: '重发一条发送失败的短信',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: exactly({ state: oneOf(['pending']) }) }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const entry = onRecord(request, {
        action: 'message.retried',
        subjectKind: 'message',
        subjectId: id,
        reason: request.body.reason.trim(),
      });
      await retryMessage(services)(id, (tx) => services.audit.add(entry, tx));
      return { state: 'pending' as const };
    },
  );

  app.get(
    '/message-settings',
    {
      schema: {
        operationId: 'readMessageSettings',
        tags: ['messages'],
        summary: '短信设置：免打扰时段、改号提醒、工单告知',
        response: answers({ 200: shownSettings }),
      },
    },
    async () => {
      const { quietHours, retraining, ticketSteps } = await services.messages.settings();
      return {
        quietFrom: timeOf(quietHours.fromMinute),
        quietTo: timeOf(quietHours.toMinute),
        retraining,
        ticketSteps,
      };
    },
  );

  app.put(
    '/message-settings',
    {
      schema: {
        operationId: 'changeMessageSettings',
        tags: ['messages'],
        summary: '修改短信设置；关闭改号提醒或工单告知时，尚未发出的一并取消',
        // Who wrote to this before steps were told says nothing of them: they stay as they are.
        body: exactly({ ...settingFields, ticketSteps: Type.Optional(ticketSteps({})), reason: Reason }),
        response: answers({
          200: exactly({
            ...settingFields,
            ticketSteps: ticketSteps({}),
            cancelled: Type.Integer({ description: '因此取消的短信' }),
          }),
        }),
      },
    },
    async (request) => {
      const { quietFrom, quietTo, retraining, reason } = request.body;
      const { ticketSteps = (await services.messages.settings()).ticketSteps } = request.body;
      const quietHours = { fromMinute: minuteOf(quietFrom), toMinute: minuteOf(quietTo) };
      const entry = onRecord(request, {
        action: 'messages.settingsChanged',
        subjectKind: 'settings',
        subjectId: 'messages',
        reason: `${reason.trim()} (${quietFrom}-${quietTo}, retraining ${retraining ? 'on' : 'off'}, ticketSteps ${ticketSteps ? 'on' : 'off'})`,
      });
      const settings = { quietHours, retraining, ticketSteps };
      const cancelled = await changeMessageSettings(services)(settings, (tx) =>
        services.audit.add(entry, tx),
      );
      return { quietFrom, quietTo, retraining, ticketSteps, cancelled };
    },
  );
}
