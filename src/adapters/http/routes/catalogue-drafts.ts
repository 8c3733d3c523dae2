import { Type } from '@fastify/type-provider-typebox';
import {
  beginDraft,
  discardCatalogueDraft,
  publishCatalogueDraft,
  saveDraft,
} from '../../../app/dispatch/drafts/keep-draft.ts';
import { rollBackCatalogue } from '../../../app/dispatch/roll-back-catalogue.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  CatalogueContentShape,
  CatalogueDraftShape,
  CatalogueReasonShape,
  CatalogueVersionShape,
  ChangedCatalogueShape,
  contentOf,
  draftSeen,
} from '../shapes/dispatch.ts';
import { answers, exactly, IdempotencyHeaders, IdParams, oneOf, PageQuery } from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const BODY_LIMIT = 16 * 1024 * 1024;
const Title = Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE });
const Revision = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: '所见草稿的修订号' });
const creates = { config: { creates: true } } as const;

/** 派单目录的草稿: edited as a grid in sittings, published, taken back; what it would do is told beside (catalogue-draft-previews). */
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
