import { Type } from '@fastify/type-provider-typebox';
import { endForm, publishForm, saveForm } from '../../../app/tickets/forms/keep-form.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { actorOf } from '../actor.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdempotencyHeaders, NUMBER_AT_MOST, nullable } from '../shapes/elements.ts';
import { FieldShape, FormShape, formSeen } from '../shapes/forms.ts';
import { CategoryCode } from '../shapes/tickets.ts';

const Params = exactly({ category: CategoryCode });
const Revision = Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '所见草稿的修订号' });
const creates = { config: { creates: true } } as const;

/** 分类表单: what is asked beside the usual by category, in versions; a ticket shows the one that it was written in. */
export function formRoutes(app: Api, services: ApiServices): void {
  const read = { tags: ['codes'], params: Params };
  const write = { ...read, headers: IdempotencyHeaders };

  app.get(
    '/forms',
    {
      schema: {
        tags: ['codes'],
        operationId: 'listForms',
        summary: '各分类在用的表单和草稿',
        response: answers({ 200: exactly({ forms: Type.Array(FormShape) }) }),
      },
    },
    async () => ({ forms: (await services.forms.list()).map(formSeen) }),
  );

  app.get(
    '/forms/:category',
    {
      schema: {
        ...read,
        operationId: 'readForm',
        summary: '登记该分类的诉求须填的表单：本分类的，或最近的上级分类的；没有为空',
        response: answers({ 200: exactly({ form: Type.Union([FormShape, Type.Null()]) }) }),
      },
    },
    async (request) => {
      const form = await services.forms.inUse(request.params.category);
      return { form: form === null ? null : formSeen(form) };
    },
  );

  app.get(
    '/forms/:category/versions',
    {
      schema: {
        ...read,
        operationId: 'listFormVersions',
        summary: '该分类表单的各版，新的在前',
        response: answers({ 200: exactly({ versions: Type.Array(FormShape) }) }),
      },
    },
    async (request) => ({ versions: (await services.forms.versions(request.params.category)).map(formSeen) }),
  );

  app.post(
    '/forms/:category/draft',
    {
      ...creates,
      schema: {
        ...write,
        operationId: 'saveForm',
        summary: '保存表单草稿，有误也可保存；faults 说明问题',
        body: exactly({
          revision: Type.Optional(nullable(Revision)),
          title: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE }),
          fields: Type.Array(FieldShape, { maxItems: 100 }),
        }),
        response: answers({
          200: exactly({
            form: FormShape,
            faults: Type.Array(
              exactly({
                index: nullable(Type.Integer({ description: '第几项，从 0 起；空为整个表单' })),
                key: Type.String(),
                wrong: Type.String(),
                right: Type.String(),
                wrongEn: Type.String(),
                rightEn: Type.String(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { revision = null, title, fields } = request.body;
      const asked = { categoryCode: request.params.category, revision, title, fields };
      const { faults, ...form } = await saveForm(services)({ ...asked, actor: actorOf(request) });
      return { form: formSeen(form), faults: [...faults] };
    },
  );

  app.post(
    '/forms/:category/publish',
    {
      ...creates,
      schema: {
        ...write,
        operationId: 'publishForm',
        summary: '发布草稿，取代在用的一版；已登记的工单保留其登记时的表单',
        body: exactly({ revision: Revision }),
        response: answers({ 200: FormShape }),
      },
    },
    async (request) => {
      const asked = { categoryCode: request.params.category, revision: request.body.revision };
      return formSeen(await publishForm(services)({ ...asked, actor: actorOf(request) }));
    },
  );

  app.post(
    '/forms/:category/end',
    {
      ...creates,
      schema: {
        ...write,
        operationId: 'endForm',
        summary: '停用该分类的表单',
        body: exactly({}),
        response: answers({ 200: FormShape }),
      },
    },
    async (request) =>
      formSeen(await endForm(services)({ categoryCode: request.params.category, actor: actorOf(request) })),
  );
}
