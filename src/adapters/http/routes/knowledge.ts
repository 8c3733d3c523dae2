import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { askReview } from '../../../app/knowledge/ask-review.ts';
import { moveVersion } from '../../../app/knowledge/move-version.ts';
import { PUSHES, pushPublished } from '../../../app/knowledge/push-notice.ts';
import { writeEntry, writeVersion } from '../../../app/knowledge/write-entry.ts';
import type { EntrySummary } from '../../../app/ports/knowledge.ts';
import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { lintEntry } from '../../../domain/knowledge/lint.ts';
import { ASKED_MOVES, VERSION_STATES } from '../../../domain/knowledge/version-table.ts';
import { actorOf } from '../actor.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { PathCode } from '../shapes/dispatch.ts';
import {
  answers,
  Code,
  Day,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  IdParams,
  Instant,
  NUMBER_AT_MOST,
  nullable,
  oneOf,
  PageQuery,
  Uuid,
} from '../shapes/elements.ts';
import {
  contentFields,
  contentOf,
  FindingShape,
  Person,
  SummaryShape,
  shownFindings,
  shownSummary,
  shownVersion,
  VersionShape,
} from '../shapes/knowledge.ts';

const Revision = Type.Integer({ minimum: 0, maximum: NUMBER_AT_MOST, description: '所见条目的 revision' });
const VersionParams = exactly({
  id: Uuid,
  number: Type.Integer({ minimum: 1, maximum: NUMBER_AT_MOST, description: '版本号' }),
});

/** 知识库: entries, their versions, and how a version comes to be told to citizens. */
export function knowledgeRoutes(app: Api, services: ApiServices): void {
  const write = writeEntry(services).alone;
  const writeNext = writeVersion(services);
  const review = askReview(services);

  const today = async (): Promise<string> => {
    const { calendar } = await services.calendar.load();
    return localDateOf(services.now(), calendar.zone);
  };
  /** A unit reads all of its own, and of the others what is told to citizens. */
  const sight = (request: FastifyRequest, { ownerUnit }: Pick<EntrySummary, 'ownerUnit'>) => {
    const { unitCode } = callerOf(request);
    return unitCode === null || unitCode === ownerUnit.code ? 'whole' : 'told';
  };
  const seen = (request: FastifyRequest, entry: EntrySummary): EntrySummary | null => {
    if (sight(request, entry) === 'whole') return entry;
    return entry.current === null ? null : { ...entry, latest: entry.current };
  };
  const entryOf = async (request: FastifyRequest, id: string): Promise<EntrySummary> => {
    const found = await services.knowledge.entry(id, await today());
    const entry = found === null ? null : seen(request, found);
    if (entry === null) throw new Refusal('knowledge.unknown', { entry: id });
    return entry;
  };
  const whole = async (request: FastifyRequest, id: string): Promise<EntrySummary> => {
    const entry = await entryOf(request, id);
    if (sight(request, entry) !== 'whole')
      throw new Refusal('knowledge.otherUnit', { unit: entry.ownerUnit.code });
    return entry;
  };

  app.get(
    '/knowledge',
    {
      schema: {
        operationId: 'listKnowledge',
        tags: ['knowledge'],
        summary: '知识条目，按编号；承办单位看到本单位的全部和其他单位已发布的',
        querystring: exactly({
          ...PageQuery,
          unit: Type.Optional(Code),
          state: Type.Optional(oneOf(VERSION_STATES, { description: '最新版本的状态' })),
          category: Type.Optional(PathCode),
          line: Type.Optional(DialledNumber),
          area: Type.Optional(PathCode),
          text: Type.Optional(
            Type.String({ minLength: 1, maxLength: 100, description: '编号或问法中的文字' }),
          ),
          endsBy: Type.Optional(Day),
          isPublic: Type.Optional(Type.Boolean()),
          standing: Type.Optional(Type.Boolean({ description: '只要今天可答复的' })),
        }),
        response: answers({
          200: exactly({ entries: Type.Array(SummaryShape), next: nullable(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const { limit, after, unit, ...filter } = request.query;
      const { unitCode } = callerOf(request);
      const others = unitCode !== null && unit !== unitCode;
      const { entries, next } = await services.knowledge.list(
        {
          ...filter,
          ...(unit === undefined ? {} : { ownerUnit: unit }),
          ...(others ? { standing: true } : {}),
        },
        await today(),
        after === undefined ? { limit } : { limit, after },
      );
      return {
        entries: entries.flatMap((one) => {
          const entry = seen(request, one);
          return entry === null ? [] : [shownSummary(entry, sight(request, one) === 'whole')];
        }),
        next,
      };
    },
  );

  app.get(
    '/knowledge/:id',
    {
      schema: {
        operationId: 'readKnowledge',
        tags: ['knowledge'],
        summary: '一个知识条目：今天可答复的版本和最新版本',
        params: IdParams,
        response: answers({ 200: SummaryShape }),
      },
    },
    async (request) => {
      const entry = await entryOf(request, request.params.id);
      return shownSummary(entry, sight(request, entry) === 'whole');
    },
  );

  app.get(
    '/knowledge/:id/history',
    {
      schema: {
        operationId: 'readKnowledgeHistory',
        tags: ['knowledge'],
        summary: '条目的全部版本和经过',
        params: IdParams,
        response: answers({
          200: exactly({
            versions: Type.Array(VersionShape),
            steps: Type.Array(
              exactly({
                seq: Type.Integer(),
                version: Type.Integer(),
                at: Instant,
                actor: Person,
                move: Type.String(),
                fromState: nullable(Type.String()),
                toState: Type.String(),
                reason: Type.String(),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = await whole(request, request.params.id);
      const [versions, steps] = await Promise.all([
        services.knowledge.versions(id),
        services.knowledge.history(id),
      ]);
      return { versions: versions.map((one) => shownVersion(one, true)), steps: [...steps] };
    },
  );

  app.post(
    '/knowledge/lint',
    {
      schema: {
        operationId: 'lintKnowledge',
        tags: ['knowledge'],
        summary: '通俗化检查：句子长度、公文用语、依据、电话号码、个人信息；不保存',
        body: exactly(contentFields),
        response: answers({ 200: exactly({ findings: Type.Array(FindingShape) }) }),
      },
    },
    async (request) => ({ findings: shownFindings(lintEntry(contentOf(request.body), await today())) }),
  );

  app.post(
    '/knowledge',
    {
      config: { creates: true },
      schema: {
        operationId: 'writeKnowledge',
        tags: ['knowledge'],
        summary: '起草知识条目；承办单位起草本单位的，热线编辑可为任何单位起草',
        headers: IdempotencyHeaders,
        body: exactly({
          unit: Type.Optional(Type.Unsafe<string>({ ...Code, description: '所属单位；缺省为本人单位' })),
          ...contentFields,
        }),
        response: answers({
          201: exactly({
            id: Type.String(),
            number: Type.String(),
            version: Type.Integer(),
            revision: Type.Integer(),
          }),
        }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const ownerUnit = request.body.unit ?? actor.unitCode;
      if (ownerUnit === null) throw new Refusal('knowledge.unitMissing');
      const id = newIdFor(request, services, 'knowledge');
      const content = contentOf(request.body);
      const { number } = await write({ id, ownerUnit, origin: 'written', originRef: '', content, actor });
      return reply.status(201).send({ id, number, version: 1, revision: 1 });
    },
  );

  app.post(
    '/knowledge/:id/versions',
    {
      config: { creates: true },
      schema: {
        operationId: 'reviseKnowledge',
        tags: ['knowledge'],
        summary: '写一个新版本；已有版本的文字从不改写',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: exactly({ revision: Revision, ...contentFields }),
        response: answers({ 201: exactly({ version: Type.Integer(), revision: Type.Integer() }) }),
      },
    },
    async (request, reply) => {
      const { revision } = request.body;
      const content = contentOf(request.body);
      const asked = { id: request.params.id, revision, content, actor: actorOf(request) };
      return reply.status(201).send(await writeNext(asked));
    },
  );

  app.get(
    '/knowledge/:id/versions/:number',
    {
      schema: {
        operationId: 'readKnowledgeVersion',
        tags: ['knowledge'],
        summary: '条目的某个版本及检查结果',
        params: VersionParams,
        response: answers({ 200: exactly({ version: VersionShape, findings: Type.Array(FindingShape) }) }),
      },
    },
    async (request) => {
      const { id } = await whole(request, request.params.id);
      const version = await services.knowledge.version(id, request.params.number);
      if (version === null) throw new Refusal('knowledge.versionUnknown', { version: request.params.number });
      return {
        version: shownVersion(version, true),
        findings: shownFindings(lintEntry(version, await today())),
      };
    },
  );

  app.post(
    '/knowledge/:id/versions/:number/moves',
    {
      config: { creates: true },
      schema: {
        operationId: 'moveKnowledge',
        tags: ['knowledge'],
        summary: '送审、撤回送审、通过、退回、发布、应急发布、补审、撤回；作者不得审核自己的',
        headers: IdempotencyHeaders,
        params: VersionParams,
        body: exactly({
          move: oneOf(ASKED_MOVES),
          revision: Revision,
          reason: Type.String({ maxLength: 1000, default: '' }),
          push: oneOf(PUSHES, {
            default: 'normal',
            description: '发布时推送给全体话务员：不推送、普通、必读',
          }),
        }),
        response: answers({
          200: exactly({
            id: Type.String(),
            number: Type.String(),
            version: Type.Integer(),
            state: oneOf(VERSION_STATES),
            revision: Type.Integer(),
            reviewDueAt: nullable(Type.String()),
          }),
        }),
      },
    },
    async (request) => {
      const { id, number: version } = request.params;
      const { push, ...asked } = request.body;
      const tell = pushPublished(services, push);
      const move = moveVersion({
        ...services,
        after: async (moved, tx) => {
          await review(moved, tx);
          await tell(moved, tx);
        },
      });
      const moved = await move({ id, version, ...asked, actor: actorOf(request) });
      if (push === 'critical') await askToReload(request, services);
      return moved;
    },
  );
}
