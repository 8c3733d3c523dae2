import { Type } from '@fastify/type-provider-typebox';
import { changeOutboundRules } from '../../../app/callbacks/change-outbound-rules.ts';
import { storedOutboundRules } from '../../../domain/callbacks/outbound-rules.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, DialledNumber, exactly, NUMBER_AT_MOST, nullable, Reason } from '../shapes/elements.ts';
import { TrunkCode } from '../shapes/rules.ts';

const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1439, description: '当日第几分钟' });
const Cap = (description: string) => Type.Integer({ minimum: 0, maximum: 100_000, description });
const Shown = nullable(DialledNumber);
const Desk = exactly({
  desk: Type.String({ pattern: '^\\d{3,5}$', description: '按键，如 120' }),
  name: Type.String({ minLength: 1, maxLength: 20, pattern: VISIBLE }),
  number: Type.String({ pattern: '^\\d{3,20}$', description: '经中继拨出的号码；该台有直线的填直线' }),
});
const fields = {
  trunk: TrunkCode,
  emergencyDesks: Type.Array(Desk, {
    maxItems: 20,
    description: '一键三方的紧急台；公安 110、消防 119、急救 120、交警 122 不可缺',
  }),
  callerIds: exactly(
    {
      queueCallback: Shown,
      missedCall: Shown,
      ticket: Shown,
      returnVisit: Shown,
      unitContact: Shown,
      survey: Type.Optional(Shown),
      urgentNotice: Type.Optional(Shown),
      correction: Type.Optional(Shown),
    },
    { description: '各事由显示的主叫号码，须为本热线登记的号码；空：主号码' },
  ),
  ringTimeoutMs: Type.Integer({ minimum: 10_000, maximum: 60_000, description: '市民话机振铃时限，毫秒' }),
  perHour: Cap('全中心每小时外呼上限'),
  perAgentHour: Cap('每名话务员每小时外呼上限'),
  perNumberHour: Cap('同一号码每小时被呼上限'),
  international: Type.Boolean({ description: '是否允许国际及港澳台长途' }),
  quietHours: exactly(
    { fromMinute: MinuteOfDay, toMinute: MinuteOfDay },
    { description: '免打扰时段；排队回呼另有规定' },
  ),
  shortWrapUpMs: Type.Integer({ minimum: 0, maximum: 60_000, description: '未接通后的整理时长，毫秒' }),
  relief: Type.Optional(
    Type.Union(
      [
        exactly({
          untilMs: Type.Integer({ minimum: 0, description: '到此刻自行恢复（Unix 毫秒），最长四小时' }),
          perNumberHour: Cap('期间同一号码每小时被呼上限'),
        }),
        Type.Null(),
      ],
      { description: '演练、演示时临时放宽：不设免打扰时段，放宽同一号码上限；空：没有' },
    ),
  ),
};
const RulesShape = exactly({ revision: Type.Integer({ minimum: 0 }), ...fields });

/** How the hotline calls out: which trunk, which number is shown, how often, and when not. */
export function outboundRuleRoutes(app: Api, services: ApiServices): void {
  const change = changeOutboundRules(services);

  app.get(
    '/outbound-rules',
    {
      schema: {
        operationId: 'readOutboundRules',
        tags: ['calls'],
        summary: '外呼规定：中继、主叫号码、次数上限、免打扰时段',
        response: answers({ 200: RulesShape }),
      },
    },
    async () => {
      const { revision, rules } = await services.outboundRules.read();
      return { revision, ...rules };
    },
  );

  app.put(
    '/outbound-rules',
    {
      schema: {
        operationId: 'changeOutboundRules',
        tags: ['calls'],
        summary: '修改外呼规定；即刻生效，已拨出的不变',
        body: exactly({
          revision: Type.Integer({ minimum: 0, maximum: NUMBER_AT_MOST, description: '修改所依据的修订号' }),
          ...fields,
          reason: Reason,
        }),
        response: answers({ 200: RulesShape }),
      },
    },
    async (request) => {
      const { revision, reason, ...rules } = request.body;
      const accountId = callerOf(request).id;
      const entry = {
        action: 'outboundRules.changed',
        subjectKind: 'settings',
        subjectId: 'outbound',
        reason: reason.trim(),
        id: services.newId(),
        atMs: services.now(),
        accountId,
        address: request.ip,
        requestId: request.id,
      } as const;
      // A desk that an operator leaves out is refused by name, not filled in behind his back.
      const wanted = { ...storedOutboundRules(rules), emergencyDesks: rules.emergencyDesks };
      const kept = await change(wanted, { revision, by: accountId }, (changed, tx) =>
        services.audit.add({ ...entry, reason: `${entry.reason} (${changed.join(', ')})` }, tx),
      );
      // Call control hears of it from the database as well; being asked, it answers when it has it.
      await services.commands
        .send({ kind: 'reloadConfiguration' })
        .catch((err: unknown) => request.log.warn({ err }, 'call control was not told of a change'));
      return { revision: kept.revision, ...kept.rules };
    },
  );
}
