import { Type } from '@fastify/type-provider-typebox';
import { decideLimits, proposeLimits } from '../../../app/deadlines/change-limits.ts';
import type { Promised as PromisedTime } from '../../../domain/deadlines/limit-examples.ts';
import { LIMIT_DECISIONS, LIMIT_STATES, openLimitDecisions } from '../../../domain/deadlines/limit-life.ts';
import { limitSetOf, limitsAt, type StoredLimits } from '../../../domain/deadlines/limit-set.ts';
import { PRESETS_EN } from '../../../domain/deadlines/preset-english.ts';
import { PRESETS, type Preset, presetOf } from '../../../domain/deadlines/presets.ts';
import { callerOf } from '../guard.ts';
import { mayUse, POLICY } from '../policy.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  Instant,
  nullable,
  oneOf,
  Reason,
  SeenRevision,
} from '../shapes/elements.ts';
import { LimitContent, LimitEdits, LimitShape } from '../shapes/limits.ts';
import { openMovesShape } from '../shapes/open-moves.ts';
import { dueTimeRoutes } from './due-times.ts';

const PresetCode = oneOf(PRESETS.map(({ code }) => code));
const EndsBy = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    description: '知悉：到时由这一版接替；没有注明的以 limits.endsBy 拒绝',
  }),
);
const StateShape = oneOf(LIMIT_STATES, {
  description: 'proposed 待第二人批准，approved 已批准，rejected 未批准，withdrawn 已撤回',
});

const Promised = exactly({
  ...{ limit: LimitShape, words: Type.String(), dueAt: Instant },
  daySeconds: nullable(Type.Integer({ description: '压缩时间（演示）：一日按多少秒计；空为按实际时间' })),
});
const promisedOf = ({ dueAt, ...rest }: PromisedTime) => ({ ...rest, dueAt: new Date(dueAt).toISOString() });

const contentOf = ({ name, basis, limits, urgent, categories, stages, ...rest }: Preset) => {
  const { urgeAtPercent, superviseAfter, superviseWorkingDays, circularAfterWorkingDays } = rest;
  const { extension, reopenWithinDays, archiveAfterDays, compressed = null } = rest;
  return {
    ...{ name, basis, limits, urgent, categories: [...categories], stages },
    ...{ urgeAtPercent, superviseAfter, superviseWorkingDays, circularAfterWorkingDays },
    ...{ extension, reopenWithinDays, archiveAfterDays, compressed },
  };
};

/** How long everything may take: which limits are in force, which will be, and how they are changed. */
export function limitRoutes(app: Api, services: ApiServices): void {
  dueTimeRoutes(app, services);
  app.get(
    '/limits',
    {
      schema: {
        operationId: 'listLimits',
        tags: ['tickets'],
        summary: '办理时限：现行、将生效和历次的规定，以及可选的预设',
        response: answers({
          200: exactly({
            inForce: Type.Integer({ description: '现行规定的编号' }),
            sets: Type.Array(
              exactly({
                number: Type.Integer(),
                preset: Type.String(),
                base: nullable(
                  Type.Integer({ description: '据以起草的那一版；空：系统所带，或此前没有记录' }),
                ),
                state: StateShape,
                validFrom: Instant,
                reason: Type.String(),
                proposedBy: nullable(Type.String()),
                proposedAt: Instant,
                decidedBy: nullable(Type.String()),
                decidedAt: nullable(Instant),
                decision: Type.String(),
                content: LimitContent,
                moves: openMovesShape(LIMIT_DECISIONS),
              }),
            ),
            presets: Type.Array(
              exactly({
                code: Type.String(),
                content: LimitContent,
                nameEn: Type.String(),
                basisEn: Type.String(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id, roles } = callerOf(request);
      const decides = mayUse(POLICY.decideLimits, roles);
      const [rows, settings] = await Promise.all([services.limits.list(), services.calendar.load()]);
      const sets = rows.flatMap(({ content, validFrom, proposedById, decidedById, ...row }) => {
        const set = { state: row.state, validFrom, proposedBy: proposedById, decidedBy: decidedById };
        const moves = decides ? openLimitDecisions(set, id, services.now()) : [];
        const base = presetOf(row.preset);
        if (base === null) return [];
        const whole = limitSetOf({ number: row.number, validFrom, content }, base);
        return [
          {
            ...row,
            validFrom: new Date(validFrom).toISOString(),
            content: contentOf(whole),
            moves: [...moves],
          },
        ];
      });
      const presets = PRESETS.map((preset) => {
        const { name: nameEn, basis: basisEn } = PRESETS_EN[preset.code];
        return { code: preset.code, content: contentOf(preset), nameEn, basisEn };
      });
      return { inForce: limitsAt(settings.limits, services.now()).number, sets, presets };
    },
  );

  app.post(
    '/limits',
    {
      config: { creates: true },
      schema: {
        operationId: 'proposeLimits',
        tags: ['tickets'],
        summary: '改变办理时限：选用预设，或在其上修改；涉及市民时限的须第二人批准，在办工单保留受理时的时限',
        headers: IdempotencyHeaders,
        body: exactly({
          preset: PresetCode,
          base: SeenRevision(
            '据以起草的那一版的编号（用预设的为现行一版）；其后另有提出的，以 limits.changedMeanwhile 拒绝',
            0,
          ),
          endsBy: EndsBy,
          content: Type.Optional(LimitEdits),
          validFrom: Type.Optional(
            Type.String({ format: 'date-time', description: '生效时间，带时区；缺省为批准之时' }),
          ),
          reason: Reason,
          dryRun: Type.Optional(Type.Boolean({ description: '只看影响，不保存' })),
        }),
        response: answers({
          201: exactly({
            number: Type.Union([Type.Integer(), Type.Null()]),
            state: StateShape,
            validFrom: Instant,
            citizenChanges: Type.Array(Type.String(), { description: '改变了的市民时限' }),
            examples: Type.Array(exactly({ field: Type.String(), before: Promised, after: Promised }), {
              description: '承诺有变的各类工单，以生效之时受理的一件为例',
            }),
            openTickets: Type.Integer({ description: '在办工单数：保留受理时的时限，不受影响' }),
            compared: Type.Union(
              [
                exactly({
                  total: Type.Integer(),
                  tickets: Type.Array(
                    exactly({
                      ticketId: Type.String(),
                      number: Type.String(),
                      categoryCode: Type.String(),
                      unitCode: nullable(Type.String()),
                      keeps: Promised,
                      would: Promised,
                    }),
                    { description: '先到期者在前，最多 200 件' },
                  ),
                }),
                Type.Null(),
              ],
              {
                description: '在办工单中，若按所拟时限受理，承诺会不同的（仍保留原时限）；只在 dryRun 时',
              },
            ),
            unknownCategories: Type.Array(Type.String(), {
              description: '预设中本地没有的分类：其时限暂无工单适用，可改列本地分类',
            }),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { preset, base, endsBy = null, content, validFrom, reason, dryRun = false } = request.body;
      const proposed = await proposeLimits(services)({
        preset,
        base,
        endsBy,
        content: (content as StoredLimits | undefined) ?? null,
        validFrom: validFrom === undefined ? null : Date.parse(validFrom),
        reason,
        actorId: callerOf(request).id,
        dryRun,
      });
      return reply.status(201).send({
        ...proposed,
        citizenChanges: [...proposed.citizenChanges],
        examples: proposed.examples.map(({ field, before, after }) => ({
          ...{ field, before: promisedOf(before), after: promisedOf(after) },
        })),
        compared:
          proposed.compared === null
            ? null
            : {
                total: proposed.compared.total,
                tickets: proposed.compared.tickets.map(({ keeps, would, ...ticket }) => ({
                  ...ticket,
                  keeps: promisedOf(keeps),
                  would: promisedOf(would),
                })),
              },
        unknownCategories: [...proposed.unknownCategories],
      });
    },
  );

  app.post(
    '/limits/:number/decisions',
    {
      config: { creates: true },
      schema: {
        operationId: 'decideLimits',
        tags: ['tickets'],
        summary:
          '批准 approve、不批准 reject（须为他人）或撤回 withdraw（生效前；两人批准的须两人撤回，keep 为不撤回）',
        headers: IdempotencyHeaders,
        params: exactly({ number: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
        body: exactly({ decision: oneOf(LIMIT_DECISIONS), endsBy: EndsBy, reason: Reason }),
        response: answers({
          200: exactly({ number: Type.Integer(), state: StateShape, validFrom: Instant }),
        }),
      },
    },
    (request) =>
      decideLimits(services)({
        number: request.params.number,
        decision: request.body.decision,
        endsBy: request.body.endsBy ?? null,
        words: request.body.reason,
        actorId: callerOf(request).id,
      }),
  );
}
