import { Type } from '@fastify/type-provider-typebox';
import { keepPack, readPack, type SeenPack } from '../../../app/knowledge/packs/keep-pack.ts';
import { removePack } from '../../../app/knowledge/packs/remove-pack.ts';
import { PUSHES } from '../../../app/knowledge/push-notice.ts';
import { PACK_MOST } from '../../../domain/knowledge/pack.ts';
import { callerOf } from '../guard.ts';
import { knowledgeSight } from '../knowledge-sight.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Empty, exactly, Instant, nullable, oneOf, SeenRevision, Uuid } from '../shapes/elements.ts';
import { PackCode, PackUseShape, shownUse } from '../shapes/packs.ts';

const PackParams = exactly({ code: PackCode });
const PackShape = exactly({
  code: PackCode,
  title: Type.String(),
  push: oneOf(PUSHES),
  revision: Type.Integer(),
  entries: Type.Array(
    exactly({
      id: Uuid,
      number: Type.String(),
      question: Type.String(),
      version: Type.Integer(),
      readiness: oneOf(['told', 'ready', 'again', 'notReady'], {
        description: '按键开通时：已在答复的置顶；可随按键发布；以前随按键发布过、可再发布；不能发布',
      }),
      why: nullable(Type.String({ description: '不能发布的原因：版本的状态，或尚未生效' })),
    }),
  ),
  uses: Type.Array(PackUseShape, { description: '历次启用，新的在前' }),
});

const shown = ({ entries, uses, ...pack }: SeenPack) => ({
  ...pack,
  entries: entries.map(({ readiness, ...entry }) => ({
    ...entry,
    version: readiness.version,
    readiness: readiness.kind,
    why: readiness.kind === 'notReady' ? readiness.why : null,
  })),
  uses: uses.map(shownUse),
});

/** 应急知识包 (B2): made ready beforehand, told and found first with a surge key, taken back with it. */
export function knowledgePackRoutes(app: Api, services: ApiServices): void {
  const keep = keepPack(services);
  const read = readPack(services);
  const remove = removePack(services);
  const { today } = knowledgeSight(services);

  app.get(
    '/knowledge-packs',
    {
      schema: {
        operationId: 'listKnowledgePacks',
        tags: ['knowledge'],
        summary: '应急知识包',
        response: answers({
          200: exactly({
            packs: Type.Array(
              exactly({
                code: PackCode,
                title: Type.String(),
                push: oneOf(PUSHES),
                revision: Type.Integer(),
                entryIds: Type.Array(Type.String()),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      packs: (await services.packs.list()).map((pack) => ({ ...pack, entryIds: [...pack.entryIds] })),
    }),
  );

  app.get(
    '/knowledge-packs/:code',
    {
      schema: {
        operationId: 'readKnowledgePack',
        tags: ['knowledge'],
        summary: '一个应急知识包：各条目现在能否随按键发布，及历次启用',
        params: PackParams,
        response: answers({ 200: PackShape }),
      },
    },
    async (request) => shown(await read(request.params.code)),
  );

  app.put(
    '/knowledge-packs/:code',
    {
      schema: {
        operationId: 'keepKnowledgePack',
        tags: ['knowledge'],
        summary: '准备应急知识包，或修改；按键已开通的，新增条目随即发布',
        params: PackParams,
        body: exactly({
          revision: SeenRevision('所见知识包的 revision；新建为 0', 0),
          title: Type.String({ minLength: 1, maxLength: 80 }),
          push: oneOf(PUSHES, { default: 'critical', description: '启用时推送话务员：不推送、普通、必读' }),
          entries: Type.Array(Uuid, { maxItems: PACK_MOST, description: '条目，按显示的次序' }),
        }),
        response: answers({ 200: PackShape }),
      },
    },
    async (request) => {
      const { entries: entryIds, ...pack } = request.body;
      const { code } = request.params;
      await keep({ ...pack, code, entryIds, by: callerOf(request).id });
      await askToReload(request, services);
      return shown(await read(code));
    },
  );

  app.delete(
    '/knowledge-packs/:code',
    {
      schema: {
        operationId: 'removeKnowledgePack',
        tags: ['knowledge'],
        summary: '删除应急知识包；历次启用的记录保留，按键开通期间不能删除',
        params: PackParams,
        querystring: exactly({ revision: SeenRevision('所见知识包的 revision', 1) }),
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      await remove({ code, revision: request.query.revision, by: callerOf(request).id });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/knowledge-pinned',
    {
      schema: {
        operationId: 'listPinnedKnowledge',
        tags: ['knowledge'],
        summary: '置顶：应急按键开通期间，知识包中今天可答复的条目',
        response: answers({
          200: exactly({
            packs: Type.Array(
              exactly({
                code: PackCode,
                title: Type.String(),
                surge: Type.String({ description: '应急按键' }),
                until: Instant,
                entries: Type.Array(
                  exactly({
                    id: Uuid,
                    number: Type.String(),
                    version: Type.Integer(),
                    question: Type.String(),
                    answer: Type.String(),
                  }),
                ),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      packs: (await services.packs.pinned(await today())).map((pack) => ({
        ...pack,
        entries: [...pack.entries],
      })),
    }),
  );
}
