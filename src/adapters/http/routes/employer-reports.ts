import { Type } from '@fastify/type-provider-typebox';
import { reportEmployers } from '../../../app/reporting/report-employers.ts';
import {
  CARD_COUNTS,
  CARD_FIGURE_NAMES,
  CARD_FIGURES,
  type CardCounts,
  figuresOf,
  type NotReady,
} from '../../../domain/reporting/employer-card.ts';
import { employerOf } from '../employer-sight.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, Day, exactly, nullable } from '../shapes/elements.ts';

const WORDS: Readonly<Record<keyof CardCounts, string>> = {
  offered: '派话数：为排队市民振铃的次数，等于以下四项之和',
  answered: '接听数，各单位之和等于 /v1/reports/queues 的接听',
  missed: '未接数：振铃无应答或拒接',
  notDelivered: '未送达数：话机未振铃或未能接通，与话务员无关',
  withdrawn: '市民先挂断，或仍在振铃',
  in15s: '进入队列后 15 秒内接听数',
  talks: '通话数，含转入、三方和呼出',
  talkMs: '通话时长合计，毫秒',
  calledOut: '呼出通话数',
  wrapUps: '整理次数',
  wrapUpMs: '整理时长合计，毫秒',
  signedInMs: '签入时长，毫秒',
  served: '最后由其接听的来电数',
  onSpot: '其中当场解答',
  tickets: '其中转工单',
  transferred: '转出次数',
  rated: '已评价数',
  satisfied: '基本满意及以上',
};

const card = {
  counts: exactly(
    Object.fromEntries(CARD_COUNTS.map((name) => [name, Type.Number({ description: WORDS[name] })])),
  ),
  figures: exactly(
    Object.fromEntries(
      CARD_FIGURE_NAMES.map((name) => {
        const { zh, unit, formula } = CARD_FIGURES[name];
        return [name, nullable(Type.Number({ description: `${zh}（${unit}）：${formula.zh}` }))];
      }),
    ),
  ),
  notReady: Type.Array(
    exactly({ reason: Type.String(), times: Type.Integer(), ms: Type.Number({ description: '毫秒' }) }),
    { description: '示忙，按原因' },
  ),
};

const cardOf = ({ counts, notReady }: { counts: CardCounts; notReady: readonly NotReady[] }) => ({
  counts: { ...counts },
  figures: { ...figuresOf(counts) },
  notReady: [...notReady],
});

/** The scorecard of each employer and of each of its agents, with the formula beside each figure (C13). */
export function employerReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/employers',
    {
      schema: {
        operationId: 'reportEmployers',
        tags: ['reports'],
        summary: '各派出单位（服务商）及其话务员的考核表；服务商主管只看到本单位',
        querystring: exactly({ from: Day, to: Day, employer: Type.Optional(Code) }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            formulas: Type.Array(
              exactly({
                figure: Type.String(),
                name: Type.String(),
                nameEn: Type.String(),
                unit: Type.String(),
                zh: Type.String(),
                en: Type.String(),
              }),
            ),
            employers: Type.Array(
              exactly({
                employer: Type.String(),
                name: Type.String(),
                ...card,
                agents: Type.Array(
                  exactly({
                    agentId: Type.String(),
                    number: Type.String(),
                    displayName: Type.String(),
                    ...card,
                  }),
                ),
              }),
            ),
            queues: Type.Union(
              [
                exactly({
                  answered: Type.Integer({ description: '/v1/reports/queues 的接听合计' }),
                  unattributed: Type.Integer({ description: '其中不知由谁接听的（异常中断后接管）' }),
                  reconciles: Type.Boolean({
                    description: '各单位接听之和加上不知由谁接听的，等于队列接听合计',
                  }),
                }),
                Type.Null(),
              ],
              { description: '只看一个单位时为空' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to, employer = null } = request.query;
      const report = await reportEmployers(services)({ from, to }, employerOf(request) ?? employer);
      return {
        from,
        to,
        formulas: CARD_FIGURE_NAMES.map((figure) => {
          const { zh: name, en: nameEn, unit, formula } = CARD_FIGURES[figure];
          return { figure, name, nameEn, unit, ...formula };
        }),
        employers: report.employers.map((one) => ({
          employer: one.employer,
          name: one.name,
          ...cardOf(one),
          agents: one.agents.map((agent) => ({
            agentId: agent.agentId,
            number: agent.number,
            displayName: agent.displayName,
            ...cardOf(agent),
          })),
        })),
        queues: report.queues,
      };
    },
  );
}
