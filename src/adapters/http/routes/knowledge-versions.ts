import { Type } from '@fastify/type-provider-typebox';
import { askReview } from '../../../app/knowledge/ask-review.ts';
import { endWords } from '../../../app/knowledge/end-words.ts';
import { moveVersion } from '../../../app/knowledge/move-version.ts';
import { PUSHES, pushPublished } from '../../../app/knowledge/push-notice.ts';
import { writeVersion } from '../../../app/knowledge/write-entry.ts';
import { lintEntry } from '../../../domain/knowledge/lint.ts';
import { openVersionMoves, refusedToWrite } from '../../../domain/knowledge/version-move.ts';
import { ASKED_MOVES, VERSION_STATES } from '../../../domain/knowledge/version-table.ts';
import { actorOf } from '../actor.ts';
import { knowledgeSight } from '../knowledge-sight.ts';
import { Refusal } from '../problem-replies.ts';
import { askToReload } from '../reload.ts';
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
  SeenRevision,
  Uuid,
  VersionNumber,
} from '../shapes/elements.ts';
import {
  contentFields,
  contentOf,
  FindingShape,
  Person,
  shownFindings,
  shownVersion,
  VersionShape,
} from '../shapes/knowledge.ts';

const Revision = SeenRevision('所见条目的 revision', 0);
const VersionParams = exactly({ id: Uuid, number: VersionNumber });

/** 知识库: the versions of an entry, and how one comes to be told to citizens. */
export function knowledgeVersionRoutes(app: Api, services: ApiServices): void {
  const writeNext = writeVersion(services);
  const review = askReview(services);
  const end = endWords(services);
  const { today, wholeOf } = knowledgeSight(services);

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
      const { id } = await wholeOf(request, request.params.id);
      const [versions, steps] = await Promise.all([
        services.knowledge.versions(id),
        services.knowledge.history(id),
      ]);
      return { versions: versions.map((one) => shownVersion(one, true)), steps: [...steps] };
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
        response: answers({
          200: exactly({
            version: VersionShape,
            findings: Type.Array(FindingShape),
            revision: Type.Integer({ description: '条目的 revision' }),
            moves: Type.Array(
              exactly({
                move: oneOf(ASKED_MOVES),
                to: oneOf(VERSION_STATES),
                reason: oneOf(['required', 'optional']),
                byAnother: Type.Boolean({ description: '本人参与过，须由另一人做' }),
              }),
              { description: '本人对这个版本可做的' },
            ),
            mayWrite: Type.Boolean({ description: '本人可为该条目写新版本' }),
          }),
        }),
      },
    },
    async (request) => {
      const { id } = await wholeOf(request, request.params.id);
      const { number } = request.params;
      const [version, head] = await Promise.all([
        services.knowledge.version(id, number),
        services.knowledge.head(id),
      ]);
      const hands = head?.versions.find((one) => one.number === number);
      if (version === null || head === null || hands === undefined)
        throw new Refusal('knowledge.versionUnknown', { version: number });
      const { ownerUnit, revision } = head;
      const actor = actorOf(request);
      return {
        version: shownVersion(version, true),
        findings: shownFindings(lintEntry(version, await today())),
        revision,
        moves: openVersionMoves({ from: hands.state, ownerUnit, hands, actor }).map((one) => ({ ...one })),
        mayWrite: refusedToWrite(ownerUnit, actor) === null,
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
      let released = false;
      const move = moveVersion({
        ...services,
        after: async (moved, tx) => {
          await review(moved, tx);
          released = await end(moved.entry.id, moved.over, tx);
          await tell(moved, tx);
        },
      });
      const moved = await move({ id, version, ...asked, actor: actorOf(request) });
      if (push === 'critical' || released) await askToReload(request, services);
      return moved;
    },
  );
}
