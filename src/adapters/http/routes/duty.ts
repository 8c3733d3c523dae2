import { Type } from '@fastify/type-provider-typebox';
import { keepDuty, onCallNow, readDuty } from '../../../app/duty/keep-duty.ts';
import { AppError } from '../../../app/errors.ts';
import { type CallingRule, USUAL_CALLING } from '../../../domain/duty/ladder.ts';
import type { DutyList, DutyShift } from '../../../domain/duty/roster.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  OfCallQuery,
  ofCall,
  oneOf,
  Reason,
  Uuid,
} from '../shapes/elements.ts';
import { AgentShape, LiveCallShape, shownCall } from '../shapes/live.ts';

const Seconds = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description });
const rule = {
  mode: oneOf(['ladder', 'atOnce'], { description: 'ladder 逐级呼叫；atOnce 同时呼叫全部' }),
  rungAfterSeconds: Seconds(10, 300, '几秒无人确认即呼叫下一级'),
  rounds: Type.Integer({ minimum: 1, maximum: 5, description: '每人至多呼叫几次' }),
  retryAfterSeconds: Seconds(0, 600, '同一人再次呼叫的间隔'),
};
const list = { code: Code, name: Type.String({ minLength: 1, maxLength: 60, pattern: VISIBLE }) };
const ShiftShape = exactly({
  id: Type.String(),
  from: Instant,
  to: Instant,
  ladder: Type.Array(exactly({ name: Type.String(), number: MaskedNumber }), { description: '呼叫顺序' }),
});
const ListShape = exactly({ ...list, unitCode: nullable(Type.String()), rule: exactly(rule) });

const iso = (ms: number): string => new Date(ms).toISOString();
const seconds = ({ mode, rounds, rungAfterMs, retryAfterMs }: CallingRule) => ({
  ...{ mode, rounds, rungAfterSeconds: rungAfterMs / 1000, retryAfterSeconds: retryAfterMs / 1000 },
});
const shownList = ({ rule: kept, ...one }: DutyList) => ({ ...one, rule: seconds(kept) });
const shownShift = ({ id, fromMs, toMs, ladder }: DutyShift) => ({
  ...{ id, from: iso(fromMs), to: iso(toMs), ladder: [...ladder] },
});

/** Who is on call for units and for the hotline, and calling them into a talk by one key (E5). */
export function dutyRoutes(app: Api, services: ApiServices): void {
  const keep = keepDuty(services);

  app.get(
    '/duty-lists',
    {
      schema: {
        operationId: 'listDuty',
        tags: ['duty'],
        summary: '值班表：今后的班次，以及未来 14 天内的空缺（gap）和只有一人的班次（alone）',
        response: answers({
          200: exactly({
            lists: Type.Array(
              exactly({
                list: ListShape,
                shifts: Type.Array(ShiftShape),
                findings: Type.Array(
                  exactly({
                    kind: oneOf(['gap', 'alone']),
                    from: Instant,
                    to: Instant,
                    words: Type.String(),
                  }),
                ),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      lists: (await readDuty(services)()).map(({ list: one, shifts, findings }) => ({
        list: shownList(one),
        shifts: shifts.map(shownShift),
        findings: findings.map(({ kind, fromMs, toMs }) => ({
          ...{ kind, from: iso(fromMs), to: iso(toMs) },
          words:
            kind === 'gap' ? '无人值班 nobody on call' : '只有一人值班，无人接替 nobody behind the only one',
        })),
      })),
    }),
  );

  app.post(
    '/duty-lists',
    {
      config: { creates: true },
      schema: {
        operationId: 'addDutyList',
        tags: ['duty'],
        summary: '新建值班表；unitCode 为空：热线中心的',
        headers: IdempotencyHeaders,
        body: exactly({
          ...list,
          unitCode: Type.Optional(nullable(Code)),
          rule: Type.Optional(exactly(rule)),
        }),
        response: answers({ 201: ListShape }),
      },
    },
    async (request, reply) => {
      const { code, name, unitCode = null, rule: asked } = request.body;
      const kept: CallingRule =
        asked === undefined
          ? USUAL_CALLING
          : {
              ...{ mode: asked.mode, rounds: asked.rounds },
              rungAfterMs: asked.rungAfterSeconds * 1000,
              retryAfterMs: asked.retryAfterSeconds * 1000,
            };
      const added = await keep.add({ code, name, unitCode, rule: kept }, callerOf(request).id);
      return reply.status(201).send(shownList(added));
    },
  );

  app.post(
    '/duty-lists/:code/shifts',
    {
      config: { creates: true },
      schema: {
        operationId: 'addDutyShift',
        tags: ['duty'],
        summary: '登记一个班次，可跨零点；呼叫按 ladder 的顺序',
        headers: IdempotencyHeaders,
        params: exactly({ code: Code }),
        body: exactly({
          from: Type.String({ format: 'date-time', description: '带时区' }),
          to: Type.String({ format: 'date-time', description: '带时区；交接时刻归后一班' }),
          ladder: Type.Array(
            exactly({
              name: Type.String({ minLength: 1, maxLength: 40, pattern: VISIBLE }),
              number: Type.String({ pattern: '^\\+?[0-9][0-9 -]{2,30}$', examples: ['13800138000'] }),
            }),
            { maxItems: 20 },
          ),
        }),
        response: answers({ 201: ShiftShape }),
      },
    },
    async (request, reply) => {
      const { from, to, ladder } = request.body;
      const id = newIdFor(request, services, 'dutyShift');
      const shift = { id, fromMs: Date.parse(from), toMs: Date.parse(to), ladder };
      const added = await keep.addShift(request.params.code, shift, callerOf(request).id);
      return reply.status(201).send(shownShift(added));
    },
  );

  app.post(
    '/duty-lists/:code/shifts/:id/remove',
    {
      schema: {
        operationId: 'removeDutyShift',
        tags: ['duty'],
        summary: '删除一个班次；登记保留备查',
        params: exactly({ code: Code, id: Uuid }),
        response: answers({ 200: exactly({ id: Type.String() }) }),
      },
    },
    async (request) => {
      const { code, id } = request.params;
      await keep.removeShift(code, id, callerOf(request).id);
      return { id };
    },
  );

  app.post(
    '/agents/me/talk/emergency-bridge',
    {
      schema: {
        operationId: 'talkEmergencyBridge',
        tags: ['talk'],
        summary:
          '应急会商：一键呼叫值班人员加入通话，主叫显示 12345，接听后按 1 加入；无人确认依次呼叫下一级。市民不受影响；cancel 停止呼叫',
        headers: IdempotencyHeaders,
        querystring: OfCallQuery,
        body: exactly({
          list: Type.String({ pattern: '^[a-z0-9-]{2,40}$', description: '值班表代码，见 /v1/duty-lists' }),
          reason: Reason,
          ticket: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' })),
          location: Type.Optional(Type.String({ minLength: 1, maxLength: 44 })),
        }),
        response: answers({
          200: exactly({
            agent: Type.Union([AgentShape, Type.Null()]),
            call: Type.Union([LiveCallShape, Type.Null()]),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = callerOf(request);
      const { list: code, reason, ...note } = request.body;
      const { list: one, ladder } = await onCallNow(services, code);
      // On record before anybody's telephone rings.
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: id,
        action: 'call.bridgeOpened',
        subjectKind: 'dutyList',
        subjectId: code,
        reason: reason.trim(),
        address: request.ip,
        requestId: request.id,
      });
      const key = request.headers['idempotency-key'] ?? services.newId();
      const reply = await services.commands.send({
        kind: 'talk',
        agentId: id,
        key,
        wish: { kind: 'emergencyBridge', list: one.name, rule: one.rule, ladder, note },
        ...ofCall(request.query),
      });
      if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
      return { agent: reply.agent, call: reply.call == null ? null : shownCall(reply.call) };
    },
  );
}
