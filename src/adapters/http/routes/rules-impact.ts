import { Type } from '@fastify/type-provider-typebox';
import { type Impact, impactOfRules } from '../../../app/rules/impact-of-rules.ts';
import type { DeskLoad } from '../../../domain/hotlines/replay.ts';
import { ROUTE_KINDS } from '../../../domain/hotlines/route.ts';
import { IMPACT_CHECKS, OUTCOMES } from '../../../domain/hotlines/versions/impact.ts';
import { APPROVAL_LEVELS, RISKS } from '../../../domain/hotlines/versions/risks.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, oneOf } from '../shapes/elements.ts';
import { changeSeen, LoadShape, loadSeen } from '../shapes/impact.ts';
import { ChangeShape, FindingShape, VersionParams } from '../shapes/rules.ts';
import { WorkItemShape, workItemSeen } from '../shapes/work-items.ts';

const Words = { zh: Type.String(), en: Type.String() };
const OutcomeShape = oneOf(OUTCOMES, { description: 'pass 通过；attention 须确认；stop 不能发布' });
const DAY_MS = 86_400_000;

const ImpactShape = exactly({
  version: Type.Integer({ description: '版本号' }),
  verdict: exactly({ outcome: OutcomeShape, ...Words }),
  checks: Type.Array(exactly({ code: oneOf(IMPACT_CHECKS), outcome: OutcomeShape, ...Words })),
  changes: Type.Array(
    exactly({
      change: ChangeShape,
      level: oneOf(APPROVAL_LEVELS),
      risks: Type.Array(exactly({ code: Type.String(), ...Words })),
    }),
    { description: '与现行规则的差异及风险' },
  ),
  findings: Type.Array(FindingShape),
  replay: Type.Union([
    exactly({
      days: Type.Integer({ description: '实际试算的天数；来电过多时自动缩短' }),
      laterDays: Type.Integer({ description: '规则在将来生效时，来电按推后这些天试算' }),
      calls: Type.Integer(),
      movedCalls: Type.Integer(),
      otherPrompts: Type.Integer(),
      withoutKeys: Type.Integer(),
      movements: Type.Array(exactly({ from: Type.String(), to: Type.String(), calls: Type.Integer() })),
      ends: Type.Array(exactly({ kind: oneOf(ROUTE_KINDS), before: Type.Integer(), after: Type.Integer() }), {
        description: '来电终归何处：人工、单位、分中心、语音或留言',
      }),
    }),
    Type.Null(),
  ]),
  desks: Type.Array(
    exactly({
      queue: Type.String(),
      name: Type.String(),
      agents: Type.Integer({ description: '分配到该队列的话务员' }),
      before: LoadShape,
      after: LoadShape,
    }),
  ),
  desksWithoutAgents: Type.Array(Type.String()),
  knowledge: Type.Array(
    exactly({
      number: Type.String(),
      entries: Type.Integer({ description: '今天可答复的条目：该号码的和其单位的' }),
      uncovered: Type.Array(exactly({ code: Type.String(), name: Type.String(), tickets: Type.Integer() }), {
        description: '近期有工单而没有条目的分类',
      }),
      inVain: Type.Array(exactly({ words: Type.String(), times: Type.Integer() }), {
        description: '该号码来电中查不到的问法',
      }),
    }),
    { description: '新接入或改变方式的号码的知识库缺口' },
  ),
  tasks: Type.Array(exactly({ item: WorkItemShape, withdrawn: Type.Boolean({ description: '发布后撤销' }) })),
});

/** Everything to be known before a version goes out, in one answer. */
export function ruleImpactRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/rules/versions/:version/impact',
    {
      schema: {
        operationId: 'readRuleImpact',
        tags: ['rules'],
        summary: '发布前的影响检查：差异、风险、规则检查、以近期来电试算、席位、过渡期任务，及结论',
        params: VersionParams,
        querystring: exactly({
          days: Type.Integer({ minimum: 1, maximum: 92, default: 30, description: '试算最近多少日的来电' }),
        }),
        response: answers({ 200: ImpactShape }),
      },
    },
    async (request) => {
      const impact = await impactOfRules(services)(request.params.version, request.query.days);
      const { outcome, words, checks } = impact.verdict;
      return {
        version: impact.version.number,
        verdict: { outcome, ...words },
        checks: [...checks],
        changes: impact.changes.map(({ change, level, risks }) => ({
          change: changeSeen(change),
          level,
          risks: RISKS.filter(({ code }) => risks.includes(code)).map(({ code, because }) => ({
            code,
            ...because,
          })),
        })),
        findings: [...impact.findings],
        replay: replaySeen(impact.replayed),
        desks: desksSeen(impact),
        desksWithoutAgents: [...impact.desksWithoutAgents],
        knowledge: impact.knowledge.map(({ uncovered, inVain, ...gap }) => ({
          ...gap,
          uncovered: [...uncovered],
          inVain: [...inVain],
        })),
        tasks: impact.tasks.map(({ item, withdrawn }) => ({ item: workItemSeen(item), withdrawn })),
      };
    },
  );
}

function replaySeen(replayed: Impact['replayed']) {
  if (replayed === null) return null;
  const { days, laterMs, replay } = replayed;
  const { calls, moved, otherPrompts, withoutKeys, movements, ends } = replay;
  const sums = { calls, movedCalls: moved.length, otherPrompts, withoutKeys };
  return {
    days,
    laterDays: Math.round(laterMs / DAY_MS),
    ...sums,
    movements: [...movements],
    ends: [...ends],
  };
}

function desksSeen({ desks, replayed }: Impact) {
  const loads = new Map((replayed?.replay.desks ?? []).map((load) => [load.queue, load]));
  return desks.map((desk) => ({
    ...desk,
    before: loadSeen(loads.get(desk.queue)?.before ?? NO_LOAD),
    after: loadSeen(loads.get(desk.queue)?.after ?? NO_LOAD),
  }));
}

const NO_LOAD: DeskLoad = { calls: 0, byHour: [], busiest: null, handlingMs: 0, seatsNeeded: 0 };
