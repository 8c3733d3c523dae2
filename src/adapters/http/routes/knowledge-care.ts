import { Type } from '@fastify/type-provider-typebox';
import { readCare } from '../../../app/knowledge/read-care.ts';
import { type NamedEntry, TASK_KINDS } from '../../../app/ports/knowledge-care.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, Instant, nullable, oneOf } from '../shapes/elements.ts';

const named = {
  id: Type.String(),
  number: Type.String(),
  question: Type.String(),
  version: Type.Integer(),
  validTo: nullable(Type.String()),
  ownerUnit: Type.String(),
};
const Named = exactly(named);
const shown = (entries: readonly NamedEntry[]) => entries.map((entry) => ({ ...entry }));

/** 知识维护: what a unit's knowledge wants of it, before the weekly list says so. */
export function knowledgeCareRoutes(app: Api, services: ApiServices): void {
  const read = readCare(services);

  app.get(
    '/knowledge-care',
    {
      schema: {
        operationId: 'readKnowledgeCare',
        tags: ['knowledge'],
        summary: '知识维护：未办的任务、已过期、将到期、久未核对、没人用的、草稿；承办单位看本单位的',
        querystring: exactly({
          unit: Type.Optional(Code),
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '各清单最多条数' }),
        }),
        response: answers({
          200: exactly({
            unit: nullable(Type.String({ description: '空：全部单位' })),
            tasks: Type.Array(
              exactly({
                ticketId: Type.String(),
                ticketNumber: Type.String(),
                ticketState: Type.String(),
                kind: oneOf(TASK_KINDS, { description: '纠错、补审、复核提醒、过期、每周清单、场所核实' }),
                unitCode: Type.String(),
                title: Type.String(),
                at: Instant,
                dueAt: nullable(Type.String()),
                entry: Type.Union([
                  exactly({ id: Type.String(), number: Type.String(), version: nullable(Type.Integer()) }),
                  Type.Null(),
                ]),
                doubts: Type.Integer({ description: '纠错：多少条' }),
              }),
            ),
            over: Type.Array(Named, { description: '已过期，没有可答复的版本' }),
            endingSoon: Type.Array(Named, { description: '30 天内到期' }),
            stale: Type.Array(Named, { description: '发布或上次复核已满 180 天' }),
            neverUsed: Type.Array(Named, { description: '90 天没有用过' }),
            mostAsked: Type.Array(exactly({ ...named, times: Type.Integer() })),
            drafts: Type.Array(Named, { description: '草稿未送审，或已退回' }),
            undrafted: Type.Array(exactly({ ticketNumber: Type.String(), why: Type.String() }), {
              description: '已结案咨询，未能自动生成草稿',
            }),
          }),
        }),
      },
    },
    async (request) => {
      const { unitCode } = callerOf(request);
      const unit = unitCode ?? request.query.unit ?? null;
      const care = await read(unit, request.query.limit);
      return {
        unit,
        tasks: care.tasks.map((task) => ({ ...task })),
        over: shown(care.over),
        endingSoon: shown(care.endingSoon),
        stale: shown(care.stale),
        neverUsed: shown(care.neverUsed),
        mostAsked: care.mostAsked.map((entry) => ({ ...entry })),
        drafts: shown(care.drafts),
        undrafted: care.undrafted.map((one) => ({ ...one })),
      };
    },
  );
}
