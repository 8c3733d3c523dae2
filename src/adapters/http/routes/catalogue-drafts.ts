import { Type } from '@fastify/type-provider-typebox';
import {
  beginDraft,
  discardCatalogueDraft,
  publishCatalogueDraft,
  saveDraft,
} from '../../../app/dispatch/drafts/keep-draft.ts';
import { previewDraft, replayDraft } from '../../../app/dispatch/drafts/preview-draft.ts';
import { rollBackCatalogue } from '../../../app/dispatch/roll-back-catalogue.ts';
import { accuracyOf, type ReplayFigures } from '../../../domain/dispatch/replay.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { ADVICE } from '../shapes/advice.ts';
import {
  CatalogueContentShape,
  CatalogueDraftShape,
  CatalogueFindingShape,
  CatalogueReasonShape,
  CatalogueVersionShape,
  ChangedCatalogueShape,
  contentOf,
  draftSeen,
  EntryKeyShape,
  EntryShape,
  entrySeen,
  findingSeen,
} from '../shapes/dispatch.ts';
import {
  answers,
  Day,
  exactly,
  IdempotencyHeaders,
  IdParams,
  nullable,
  oneOf,
  PageQuery,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';
import { spanOf, YearQuery } from '../shapes/span.ts';

const BODY_LIMIT = 16 * 1024 * 1024;
const FINDINGS_SHOWN = 1000;
const ENTRIES_SHOWN = 5000;
const Title = Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE });
const Revision = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: '所见草稿的修订号' });
const creates = { config: { creates: true } } as const;

const Figures = exactly({
  matters: Type.Integer({ description: '期内派出、已知最终承办单位的工单' }),
  first: Type.Integer({ description: '目录首选单位即最终承办单位' }),
  amongThree: Type.Integer({ description: '最终承办单位在前三之内' }),
  unanswered: Type.Integer({ description: '目录没有指向任何单位' }),
  accuracy: nullable(Type.Number({ description: '首选准确率，百分数，两位小数' })),
});
const figuresSeen = ({ matters, first, amongThree, unanswered }: ReplayFigures) => ({
  ...{ matters, first, amongThree, unanswered },
  accuracy: accuracyOf({ matters, first, amongThree, unanswered }),
});

/** 派单目录的草稿: edited as a grid in sittings, checked, replayed over last month, published, taken back. */
export function catalogueDraftRoutes(app: Api, services: ApiServices): void {
  const schema = { tags: ['dispatch'], headers: IdempotencyHeaders };

  app.get(
    '/dispatch/drafts',
    {
      schema: {
        tags: ['dispatch'],
        operationId: 'listCatalogueDrafts',
        summary: '派单目录的草稿，新近改动的在前',
        querystring: exactly({ ...PageQuery, state: Type.Optional(CatalogueDraftShape.properties.state) }),
        response: answers({
          200: pageShape(
            'drafts',
            exactly({
              ...Type.Omit(CatalogueDraftShape, ['content']).properties,
              rows: Type.Integer({ description: '写入的条目数' }),
            }),
          ),
        }),
      },
    },
    async (request) => {
      const { page, filter } = pageAsked(request.query);
      const { rows, next } = await services.catalogueDrafts.list(filter, page);
      const drafts = rows.map(({ changedBy: _by, ...draft }) => ({
        ...draft,
        changedAt: new Date(draft.changedAt).toISOString(),
      }));
      return { drafts, next };
    },
  );

  app.post(
    '/dispatch/drafts',
    {
      ...creates,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...schema,
        operationId: 'beginCatalogueDraft',
        summary: '建一份派单目录草稿；有误的行也可保存，检查时逐行说明',
        body: exactly({ title: Title, ...CatalogueContentShape }),
        response: answers({ 201: CatalogueDraftShape }),
      },
    },
    async (request, reply) => {
      const { title, ...content } = request.body;
      const id = newIdFor(request, services, 'catalogueDraft');
      const asked = { id, title, content: contentOf(content), actor: actorOf(request) };
      return reply.status(201).send(draftSeen(await beginDraft(services)(asked)));
    },
  );

  app.get(
    '/dispatch/drafts/:id',
    {
      schema: {
        tags: ['dispatch'],
        params: IdParams,
        operationId: 'readCatalogueDraft',
        summary: '一份草稿的全部内容',
        response: answers({ 200: CatalogueDraftShape }),
      },
    },
    async (request) => {
      const draft = await services.catalogueDrafts.read(request.params.id);
      if (draft === null) throw new Refusal('dispatch.draftUnknown', { id: request.params.id });
      return draftSeen(draft);
    },
  );

  app.post(
    '/dispatch/drafts/:id',
    {
      ...creates,
      bodyLimit: BODY_LIMIT,
      schema: {
        ...schema,
        params: IdParams,
        operationId: 'saveCatalogueDraft',
        summary: '保存草稿：以所给内容整体替换',
        body: exactly({
          revision: Revision,
          title: Title,
          rebase: Type.Optional(Type.Boolean({ description: '改以现行目录为底' })),
          ...CatalogueContentShape,
        }),
        response: answers({ 200: CatalogueDraftShape }),
      },
    },
    async (request) => {
      const { revision, title, rebase = false, ...content } = request.body;
      const asked = { id: request.params.id, revision, title, rebase, content: contentOf(content) };
      return draftSeen(await saveDraft(services)({ ...asked, actor: actorOf(request) }));
    },
  );

  app.get(
    '/dispatch/drafts/:id/check',
    {
      schema: {
        tags: ['dispatch'],
        params: IdParams,
        operationId: 'checkCatalogueDraft',
        summary: '检查草稿：有误的行、他人已改的事项、将增减的条目，以及目录新出现和消除的问题',
        response: answers({
          200: exactly({
            day: Day,
            faults: Type.Array(
              exactly({
                index: Type.Integer({ description: '第几行，从 0 起' }),
                field: nullable(Type.String()),
                severity: oneOf(['refused', 'note']),
                ...ADVICE,
              }),
            ),
            overlaps: Type.Array(EntryKeyShape, { description: '草稿建立后他人改过的事项' }),
            added: Type.Array(EntryShape),
            removed: Type.Array(EntryShape),
            findings: Type.Array(CatalogueFindingShape, { description: '新出现的问题' }),
            mended: Type.Array(CatalogueFindingShape, { description: '消除的问题' }),
          }),
        }),
      },
    },
    async (request) => {
      const seen = await previewDraft(services)(request.params.id);
      return {
        day: seen.day,
        faults: [...seen.faults],
        overlaps: seen.overlaps.map(({ area, category, asset }) => ({ area, category, asset })),
        added: seen.added.slice(0, ENTRIES_SHOWN).map(entrySeen),
        removed: seen.removed.slice(0, ENTRIES_SHOWN).map(entrySeen),
        findings: seen.findings.slice(0, FINDINGS_SHOWN).map(findingSeen),
        mended: seen.mended.slice(0, FINDINGS_SHOWN).map(findingSeen),
      };
    },
  );

  app.get(
    '/dispatch/drafts/:id/replay',
    {
      schema: {
        tags: ['dispatch'],
        params: IdParams,
        operationId: 'replayCatalogueDraft',
        summary: '以一段时期的派单检验：现行目录和草稿各自的首选准确率，及草稿不准之处',
        querystring: exactly(YearQuery),
        response: answers({
          200: exactly({
            day: Day,
            standing: Figures,
            draft: Figures,
            misses: Type.Array(
              exactly({
                ...EntryKeyShape.properties,
                said: nullable(Type.String({ description: '目录首选；空为没有' })),
                did: Type.String({ description: '最终承办' }),
                times: Type.Integer(),
              }),
            ),
            changed: Type.Integer({ description: '首选单位因草稿而不同的工单数' }),
            changes: Type.Array(
              exactly({
                ...EntryKeyShape.properties,
                before: nullable(Type.String({ description: '现行目录首选；空为没有' })),
                after: nullable(Type.String({ description: '草稿首选；空为没有' })),
                did: Type.String({ description: '最终承办' }),
                times: Type.Integer(),
                tickets: Type.Array(Type.String(), { description: '其中几件的编号，最多 5 件' }),
              }),
              { description: '首选单位不同的各类工单，最多者在前，最多 200 类' },
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = spanOf(request.query);
      const { misses, changes, ...replay } = await replayDraft(services)(request.params.id, from, to);
      return {
        ...replay,
        ...{ standing: figuresSeen(replay.standing), draft: figuresSeen(replay.draft) },
        misses: [...misses],
        changes: changes.map((one) => ({ ...one, tickets: [...one.tickets] })),
      };
    },
  );

  app.post(
    '/dispatch/drafts/:id/publish',
    {
      ...creates,
      schema: {
        ...schema,
        params: IdParams,
        operationId: 'publishCatalogueDraft',
        summary: '发布草稿，成为目录的一个版本',
        body: exactly({ revision: Revision, reason: CatalogueReasonShape }),
        response: answers({ 200: exactly(ChangedCatalogueShape) }),
      },
    },
    (request) =>
      publishCatalogueDraft(services)({ ...request.body, id: request.params.id, actor: actorOf(request) }),
  );

  app.post(
    '/dispatch/drafts/:id/discard',
    {
      ...creates,
      schema: {
        ...schema,
        params: IdParams,
        operationId: 'discardCatalogueDraft',
        summary: '作废草稿',
        body: exactly({ revision: Revision }),
        response: answers({ 200: exactly({ state: oneOf(['discarded']) }) }),
      },
    },
    async (request) => {
      const { revision } = request.body;
      await discardCatalogueDraft(services)({ id: request.params.id, revision, actor: actorOf(request) });
      return { state: 'discarded' as const };
    },
  );

  app.post(
    '/dispatch/catalogue/rollback',
    {
      ...creates,
      schema: {
        ...schema,
        operationId: 'rollBackDispatchCatalogue',
        summary: '恢复目录的条目到某一版本，成为新的版本',
        body: exactly({
          version: CatalogueVersionShape,
          to: Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: '恢复到哪一版' }),
          reason: CatalogueReasonShape,
        }),
        response: answers({ 200: exactly(ChangedCatalogueShape) }),
      },
    },
    (request) => rollBackCatalogue(services)({ ...request.body, actor: actorOf(request) }),
  );
}
