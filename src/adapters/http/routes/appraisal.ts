import { Type } from '@fastify/type-provider-typebox';
import { RATING_CHANNELS } from '../../../app/ports/ticket-ratings.ts';
import { findTruth } from '../../../app/tickets/find-truth.ts';
import { moveExclusion, requestExclusion } from '../../../app/visits/exclusions.ts';
import { rateTicket } from '../../../app/visits/rate-ticket.ts';
import { recordSample } from '../../../app/visits/record-sample.ts';
import { EVIDENCE_KINDS, EVIDENCE_MAX } from '../../../domain/tickets/evidence.ts';
import { EXCLUSION_GROUNDS, EXCLUSION_STATES, TRUTHS } from '../../../domain/tickets/exclusion.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { RecheckShape, VisitAnswersShape } from '../shapes/visits.ts';

const Words = (description: string) =>
  Type.String({ minLength: 1, maxLength: 4000, pattern: VISIBLE, description });
const ExclusionState = oneOf(EXCLUSION_STATES, {
  description: 'requested 待审，seconded 待复核，excluded 已剔除，refused 未同意，withdrawn 已撤回',
});
const Ground = oneOf(EXCLUSION_GROUNDS, {
  description:
    'untrue 不属实，unlawful 违法，unreasonable 超出合理范围，repeated 重复，policyBound 受政策限制',
});

const TruthShape = oneOf(TRUTHS, { description: 'true 属实，partly 部分属实，untrue 不属实' });
const EvidenceShape = exactly({
  kind: oneOf(EVIDENCE_KINDS, { description: 'line 经过的一行，recording 通话录音，document 公文' }),
  ref: Type.String({
    pattern: '^([1-9][0-9]{0,8}|[0-9a-fA-F-]{36})$',
    description: 'line 为行号（seq），recording 为通话编号，document 为公文编号（id）',
  }),
});
const FoundShape = { truth: TruthShape, evidence: MaskedWords, refs: Type.Array(EvidenceShape) };

/** Whether what was told of a ticket is so: its truth, the citizen's own rating, second visits, exclusions. */
export function appraisalRoutes(app: Api, services: ApiServices): void {
  app.post(
    '/tickets/:id/truth',
    {
      config: { creates: true },
      schema: {
        operationId: 'findTruth',
        tags: ['tickets'],
        summary:
          '认定诉求是否属实；部分属实、不属实须写明理由并指明证据：本工单的经过、录音或公文。中心的认定为准',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          truth: TruthShape,
          evidence: Type.Optional(Type.String({ maxLength: 4000, description: '理由和证据说明' })),
          refs: Type.Optional(Type.Array(EvidenceShape, { maxItems: EVIDENCE_MAX, description: '证据' })),
        }),
        response: answers({ 201: exactly({ side: oneOf(['unit', 'hotline']) }) }),
      },
    },
    async (request, reply) => {
      const { truth, evidence = '', refs = [] } = request.body;
      const ticketId = request.params.id;
      const found = await findTruth(services)({ ticketId, truth, evidence, refs, actor: actorOf(request) });
      return reply.status(201).send(found);
    },
  );

  app.get(
    '/tickets/:id/truth',
    {
      schema: {
        operationId: 'listTruths',
        tags: ['tickets'],
        summary: '对诉求是否属实的各次认定及其证据，新的在前；中心最后一次认定为准',
        params: IdParams,
        response: answers({
          200: exactly({
            truths: Type.Array(
              exactly({
                id: Type.String(),
                at: Instant,
                by: Type.String(),
                side: oneOf(['unit', 'hotline'], { description: 'unit 承办单位，hotline 中心' }),
                ...FoundShape,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const truths = await services.truths.list(id, sightOf(actorOf(request)));
      if (truths === null) throw new Refusal('ticket.unknown', { id });
      return { truths: truths.map(({ refs, ...one }) => ({ ...one, refs: [...refs] })) };
    },
  );

  app.post(
    '/tickets/:id/rating',
    {
      config: { creates: true },
      schema: {
        operationId: 'rateTicket',
        tags: ['tickets'],
        summary:
          '登记市民对事项的评价（一事一评），与回访同一标准；与回访相反的标记为冲突，未解决或对结果不满意的转异议复核',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          channel: oneOf(RATING_CHANNELS, {
            description: 'phone 电话，web 网站，wechat 微信，message 短信，counter 窗口',
          }),
          answers: VisitAnswersShape,
        }),
        response: answers({ 201: exactly({ conflict: Type.Boolean(), recheck: RecheckShape }) }),
      },
    },
    async (request, reply) => {
      const { channel, answers: said } = request.body;
      const rated = await rateTicket(services)({
        ticketId: request.params.id,
        channel,
        answers: { ...said, words: said.words?.trim() ?? '' },
        actor: actorOf(request),
      });
      return reply.status(201).send(rated);
    },
  );

  app.get(
    '/visit-samples',
    {
      schema: {
        operationId: 'listSamples',
        tags: ['tickets'],
        summary: '待独立复核的回访：按日抽取，不含本人首次回访的',
        querystring: exactly(PageQuery),
        response: answers({
          200: pageShape(
            'samples',
            exactly({
              id: Type.String(),
              day: Type.String(),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              title: MaskedWords,
              unitCode: nullable(Type.String()),
              state: oneOf(['open', 'answered', 'unreached']),
              tries: Type.Integer(),
              visitedAt: nullable(Instant),
              falseContent: nullable(Type.Boolean()),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page } = pageAsked(request.query);
      const { rows, next } = await services.samples.open(actorOf(request).accountId ?? '', page);
      return { samples: [...rows], next };
    },
  );

  app.post(
    '/visit-samples/:id',
    {
      config: { creates: true },
      schema: {
        operationId: 'recordSample',
        tags: ['tickets'],
        summary: '登记独立复核的结果；须为首次回访人以外的人，承办单位不得复核',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          answers: Type.Optional(VisitAnswersShape),
        }),
        response: answers({
          200: exactly({
            state: oneOf(['open', 'answered', 'unreached']),
            falseContent: nullable(Type.Boolean({ description: '推翻了首次的“满意且已解决”' })),
            reopened: Type.Boolean({ description: '工单已重新办理' }),
            order: nullable(Type.String({ description: '自动下发的督办单编号；已有同类督办单时为空' })),
          }),
        }),
      },
    },
    (request) => {
      const { answers: said } = request.body;
      return recordSample(services)({
        id: request.params.id,
        answers: said === undefined ? null : { ...said, words: said.words?.trim() ?? '' },
        actor: actorOf(request),
      });
    },
  );

  app.get(
    '/exclusions',
    {
      schema: {
        operationId: 'listExclusions',
        tags: ['tickets'],
        summary: '剔除申请，新的在前；承办单位只看到自己的',
        querystring: exactly({
          ...PageQuery,
          state: Type.Optional(ExclusionState),
          ticketId: Type.Optional(Uuid),
        }),
        response: answers({
          200: pageShape(
            'exclusions',
            exactly({
              id: Type.String(),
              ticketId: Type.String(),
              ticketNumber: Type.String(),
              unitCode: Type.String(),
              ground: Ground,
              evidence: MaskedWords,
              state: ExclusionState,
              askedBy: Type.String({ description: '申请人的账号' }),
              askedByName: Type.String(),
              askedAt: Instant,
              secondedBy: nullable(Type.String({ description: '第一个同意的人的账号' })),
              secondedByName: nullable(Type.String()),
              decidedAt: nullable(Instant),
              opinion: MaskedWords,
              found: Type.Union([exactly(FoundShape), Type.Null()], {
                description: '中心最后一次对诉求是否属实的认定及其证据',
              }),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.exclusions.list(filter, sightOf(actorOf(request)), page);
      const shown = rows.map(({ found, ...one }) => ({
        ...one,
        found: found === null ? null : { ...found, refs: [...found.refs] },
      }));
      return { exclusions: shown, next };
    },
  );

  app.post(
    '/exclusions',
    {
      config: { creates: true },
      schema: {
        operationId: 'requestExclusion',
        tags: ['tickets'],
        summary: '申请把一张工单从考核中剔除，附证据；不属实的须先由中心认定',
        headers: IdempotencyHeaders,
        body: exactly({ ticketId: Uuid, ground: Ground, evidence: Words('证据') }),
        response: answers({ 201: exactly({ id: Type.String() }) }),
      },
    },
    async (request, reply) =>
      reply.status(201).send(await requestExclusion(services)({ ...request.body, actor: actorOf(request) })),
  );

  app.post(
    '/exclusions/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveExclusion',
        tags: ['tickets'],
        summary: '剔除申请的一步：agree 同意（须两人）、refuse 不同意、withdraw 撤回',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(['agree', 'refuse', 'withdraw']),
          reason: Words('意见'),
        }),
        response: answers({ 200: exactly({ id: Type.String(), state: ExclusionState }) }),
      },
    },
    (request) => moveExclusion(services)({ id: request.params.id, ...request.body, actor: actorOf(request) }),
  );
}
