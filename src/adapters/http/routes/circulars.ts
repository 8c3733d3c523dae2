import { type Static, Type } from '@fastify/type-provider-typebox';
import { correctCircular, draftCircular } from '../../../app/circulars/draft-circular.ts';
import { editCircular, recountCircular } from '../../../app/circulars/edit-circular.ts';
import { moveCircular } from '../../../app/circulars/move-circular.ts';
import type { CircularView } from '../../../app/ports/circulars.ts';
import { CIRCULAR_STEPS, openCircularMoves } from '../../../domain/circulars/circular-table.ts';
import { type CircularFigure, FACT_KINDS, FACTS } from '../../../domain/circulars/figures.ts';
import { rendered, typedNumbers } from '../../../domain/circulars/wording.ts';
import { isDayOrder } from '../../../domain/reporting/period.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  CircularShape,
  CircularState,
  CircularSummaryShape,
  CircularWordsBody,
  Digest,
  FactKindShape,
  FigureRowsShape,
  Revision,
} from '../shapes/circulars.ts';
import {
  answers,
  Code,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

/** 通报: drafted from what supervision did, signed by a second person, sent with receipts, taken back where it was wrong. */
export function circularRoutes(app: Api, services: ApiServices): void {
  const found = async (id: string, unitCode: string | null): Promise<CircularView> => {
    const circular = await services.circulars.find(id, { unitCode });
    if (circular === null) throw new Refusal('circular.unknown', { id });
    return circular;
  };
  const seen = async (id: string, actor: Actor): Promise<Static<typeof CircularShape>> =>
    shown(await found(id, actor.unitCode), actor);

  app.post(
    '/circulars',
    {
      config: { creates: true },
      schema: {
        operationId: 'draftCircular',
        tags: ['supervision'],
        summary: '按督办事实起草通报：每个数字都是可点开的统计，附其工单或督办单',
        headers: IdempotencyHeaders,
        body: exactly({
          from: Day,
          to: Day,
          kinds: Type.Optional(Type.Array(FactKindShape, { minItems: 1, uniqueItems: true })),
          units: Type.Optional(
            Type.Array(Code, {
              minItems: 1,
              maxItems: 500,
              uniqueItems: true,
              description: '统计并主送的单位；默认全部承办单位',
            }),
          ),
        }),
        response: answers({ 201: CircularShape }),
      },
    },
    async (request, reply) => {
      const { from, to, kinds = [...FACT_KINDS], units = null } = request.body;
      if (!isDayOrder({ from, to })) throw new Refusal('period.invalid', { from, to });
      const id = newIdFor(request, services, 'circular');
      await draftCircular(services)({ id, from, to, kinds, units, actor: actorOf(request) });
      return reply
        .status(201)
        .header('location', `/v1/circulars/${id}`)
        .send(await seen(id, actorOf(request)));
    },
  );

  app.get(
    '/circulars',
    {
      schema: {
        operationId: 'listCirculars',
        tags: ['supervision'],
        summary: '通报，新的在前；承办单位只看到印发给自己的',
        querystring: exactly({ ...PageQuery, state: Type.Optional(CircularState) }),
        response: answers({ 200: pageShape('circulars', CircularSummaryShape) }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.circulars.list(filter, actorOf(request), page);
      return {
        circulars: rows.map((one) => ({ ...one, kinds: [...one.kinds], units: [...one.units] })),
        next,
      };
    },
  );

  app.get(
    '/circulars/:id',
    {
      schema: {
        operationId: 'readCircular',
        tags: ['supervision'],
        summary: '一份通报：正文、统计、签阅情况与经过；阅读不等于签阅',
        params: IdParams,
        response: answers({ 200: CircularShape }),
      },
    },
    (request) => seen(request.params.id, actorOf(request)),
  );

  app.put(
    '/circulars/:id',
    {
      schema: {
        operationId: 'editCircular',
        tags: ['supervision'],
        summary: '修改草稿；数字用 {overdue.water} 引用统计，改主送单位时重新统计',
        params: IdParams,
        body: exactly({
          revision: Revision,
          ...CircularWordsBody,
          units: Type.Array(Code, { minItems: 1, maxItems: 500, uniqueItems: true }),
        }),
        response: answers({ 200: CircularShape }),
      },
    },
    async (request) => {
      const { revision, units, ...text } = request.body;
      const { id } = request.params;
      await editCircular(services)({ id, revision, text, units, actor: actorOf(request) });
      return seen(id, actorOf(request));
    },
  );

  app.post(
    '/circulars/:id/recount',
    {
      schema: {
        operationId: 'recountCircular',
        tags: ['supervision'],
        summary: '草稿的数字按现在的台账重新统计',
        params: IdParams,
        body: exactly({ revision: Revision }),
        response: answers({ 200: CircularShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      await recountCircular(services)({ id, ...request.body, actor: actorOf(request) });
      return seen(id, actorOf(request));
    },
  );

  app.post(
    '/circulars/:id/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveCircular',
        tags: ['supervision'],
        summary:
          '通报的一步：submit 送签（指定签发人）、recall 撤回送签、sendBack 退回、sign 签发并印发、discard 作废、withdraw 撤回已印发的',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({
          move: oneOf(CIRCULAR_STEPS),
          revision: Revision,
          signatory: Type.Optional(Uuid),
          digest: Type.Optional(Digest),
          words: Type.Optional(Type.String({ maxLength: 1000, description: '说明；退回、作废、撤回必填' })),
        }),
        response: answers({
          200: exactly({
            id: Type.String(),
            state: CircularState,
            number: nullable(Type.String({ description: '发文字号' })),
          }),
        }),
      },
    },
    async (request) => {
      const { words = '', signatory = null, digest = null, ...step } = request.body;
      const { id } = request.params;
      return moveCircular(services)({ id, ...step, words, signatory, digest, actor: actorOf(request) });
    },
  );

  app.post(
    '/circulars/:id/correction',
    {
      config: { creates: true },
      schema: {
        operationId: 'correctCircular',
        tags: ['supervision'],
        summary: '起草更正：原文和重新统计的数字；签发后原通报即为已更正，受文单位重新签阅',
        headers: IdempotencyHeaders,
        params: IdParams,
        response: answers({ 201: CircularShape }),
      },
    },
    async (request, reply) => {
      const id = newIdFor(request, services, 'circular');
      await correctCircular(services)({ id, corrects: request.params.id, actor: actorOf(request) });
      return reply
        .status(201)
        .header('location', `/v1/circulars/${id}`)
        .send(await seen(id, actorOf(request)));
    },
  );

  app.post(
    '/circulars/:id/receipt',
    {
      schema: {
        operationId: 'signCircularReceipt',
        tags: ['supervision'],
        summary: '承办单位签阅；以本单位第一个签阅的人和时间为准',
        params: IdParams,
        response: answers({ 200: CircularShape }),
      },
    },
    async (request) => {
      const { id: by, unitCode } = callerOf(request);
      const { id } = request.params;
      if (unitCode === null) throw new Refusal('circular.noReceipt');
      const circular = await found(id, unitCode);
      const read = await services.circulars.read(id, { unitCode, by, at: services.now() });
      if (read === 'none') throw new Refusal('circular.notSent', { state: circular.state });
      return seen(id, actorOf(request));
    },
  );

  app.get(
    '/circulars/:id/rows',
    {
      schema: {
        operationId: 'listCircularRows',
        tags: ['supervision'],
        summary: '一个数字背后的工单、督办单，按签发时（草稿按统计时）的台账；承办单位只看到自己的',
        params: IdParams,
        querystring: exactly({ ...PageQuery, kind: FactKindShape, unit: Type.Optional(Code) }),
        response: answers({ 200: FigureRowsShape }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const actor = actorOf(request);
      const { id } = request.params;
      await found(id, actor.unitCode);
      const of = { kind: filter.kind, unitCode: filter.unit ?? null };
      const { rows, next, withheld } = await services.circulars.rows(id, of, sightOf(actor), page);
      return { rows: [...rows], next, withheld };
    },
  );
}

const linked = (circularId: string) => (figure: CircularFigure) => {
  const { kind, unitCode } = figure;
  const { zh, of, formula, formulaEn, source } = FACTS[kind];
  const unit = unitCode === null ? '' : `&unit=${unitCode}`;
  return {
    ...figure,
    ...{ zh, of, formula, formulaEn, source },
    rows: `/v1/circulars/${circularId}/rows?kind=${kind}${unit}`,
  };
};

function shown(circular: CircularView, actor: Actor): Static<typeof CircularShape> {
  const { id, text, figures, kinds, units, receipts, steps, writers, signatoryId, ...rest } = circular;
  const moves = openCircularMoves({ from: rest.state, actor, writers, signatory: signatoryId });
  const { paragraphs } = rendered(text, figures);
  return {
    ...{ id, ...rest, kinds: [...kinds], units: [...units] },
    text: { ...text, paragraphs: [...text.paragraphs], copies: [...text.copies] },
    rendered: [...paragraphs],
    figures: figures.map(linked(id)),
    typedNumbers: [...typedNumbers(text)],
    receipts: [...receipts],
    steps: [...steps],
    moves: moves.map((one) => ({ ...one })),
  };
}
