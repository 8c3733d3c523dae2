import { Type } from '@fastify/type-provider-typebox';
import { keepCallDraft } from '../../../app/tickets/keep-call-draft.ts';
import { maskedNumber, maskedWords } from '../../../domain/privacy/masked.ts';
import { type AppealWords, NO_WORDS } from '../../../domain/tickets/appeal-words.ts';
import { CONFLICT_MARKS } from '../../../domain/tickets/draft-merge.ts';
import { OPEN_CALL_DAYS, OPEN_CALL_MS } from '../../../domain/tickets/open-calls.ts';
import { callerOf } from '../guard.ts';
import { MaskedNumber, MaskedWords } from '../masking.ts';
import { refuseForeignCall } from '../own-call.ts';
import { Refusal } from '../problem-replies.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { AppealWordsShape } from '../shapes/appeal-words.ts';
import {
  answers,
  Empty,
  exactly,
  IdParams,
  Instant,
  nullable,
  oneOf,
  PageQuery,
  Reason,
} from '../shapes/elements.ts';
import { pageAsked, pageShape } from '../shapes/paging.ts';

const FIELDS = Object.keys(NO_WORDS) as (keyof AppealWords)[];
const DraftShape = exactly({
  version: Type.Integer({ description: '0：尚未写过' }),
  words: AppealWordsShape,
  savedBy: nullable(Type.String()),
  savedAt: nullable(Instant),
});
const OpenCallShape = exactly({
  id: Type.String(),
  arrivedAt: Instant,
  endedAt: Instant,
  callerNumber: MaskedNumber,
  dialled: Type.String(),
  lineName: nullable(Type.String()),
  agentId: nullable(Type.String()),
  agentNumber: nullable(Type.String()),
  agentName: nullable(Type.String()),
  hasWords: Type.Boolean({ description: '已记下内容' }),
  written: nullable({
    ...MaskedWords,
    description: '已记下的开头，号码已隐去；空：没有记，或他人所记，须说明理由查看',
  }),
  savedAt: nullable(Instant),
});

const WRITTEN_SHOWN = 80;
/** Hidden first: a number that is cut at the edge is not known for one. */
const beginning = (words: string | null): string | null =>
  words === null ? null : [...maskedWords(words)].slice(0, WRITTEN_SHOWN).join('');

/** What is written of a call while it is talked (D3), and the calls of which nobody has said what came of them (D7). */
export function callDraftRoutes(app: Api, services: ApiServices): void {
  const keep = keepCallDraft(services);
  const read = async (callId: string) => {
    const draft = await services.callDrafts.find(callId);
    if (draft === null) return { version: 0, words: NO_WORDS, savedBy: null, savedAt: null };
    const { version, words, savedBy, savedAt } = draft;
    return { version, words, savedBy, savedAt };
  };

  app.get(
    '/calls/:id/draft',
    {
      schema: {
        operationId: 'readCallDraft',
        tags: ['calls'],
        summary: '通话登记草稿：本人的通话，含转接前后各话务员所写',
        params: IdParams,
        response: answers({ 200: DraftShape }),
      },
    },
    async (request) => {
      await refuseForeignCall(services, request, request.params.id);
      return read(request.params.id);
    },
  );

  app.post(
    '/calls/:id/draft/reveal',
    {
      schema: {
        operationId: 'revealCallDraft',
        tags: ['calls'],
        summary: '班长查看他人通话的登记草稿；须说明理由，记入日志',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: answers({ 200: DraftShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const isLive = services.board.picture().calls.some(({ callId }) => callId === id);
      if (!isLive && !(await services.callDrafts.isAbout(id))) throw new Refusal('call.unknown');
      // On record first: a view that could not be written down does not happen.
      await services.audit.add({
        ...{ id: services.newId(), atMs: services.now(), accountId: callerOf(request).id },
        ...{ action: 'call.draftRevealed', subjectKind: 'call', subjectId: id },
        ...{ reason: request.body.reason.trim(), address: request.ip, requestId: request.id },
      });
      return read(id);
    },
  );

  app.put(
    '/calls/:id/draft',
    {
      schema: {
        operationId: 'saveCallDraft',
        tags: ['calls'],
        summary: '保存通话登记草稿，从通话第一秒起；他处其间所写的逐项合并',
        params: IdParams,
        body: exactly({ began: AppealWordsShape, words: AppealWordsShape }),
        response: answers({
          200: exactly({
            version: Type.Integer(),
            words: AppealWordsShape,
            savedAt: Instant,
            merged: Type.Boolean({ description: '含他处其间的修改' }),
            conflicts: Type.Array(oneOf(FIELDS), {
              description: `两处改得不同的项：以此次所填为准；诉求内容两者并存，以${CONFLICT_MARKS.theirs}等标出`,
            }),
          }),
        }),
      },
    },
    async (request) => {
      const callId = request.params.id;
      await refuseForeignCall(services, request, callId);
      const kept = await keep({ ...request.body, callId, accountId: callerOf(request).id });
      return { ...kept, conflicts: [...kept.conflicts] };
    },
  );

  app.delete(
    '/calls/:id/draft',
    {
      schema: {
        operationId: 'dropCallDraft',
        tags: ['calls'],
        summary: '去向已登记，草稿不再需要；尚无去向的不能删',
        params: IdParams,
        response: answers({ 204: Empty }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { seesAll } = boardSightOf(callerOf(request));
      if (!seesAll) await refuseForeignCall(services, request, id);
      if (!(await services.callDrafts.drop(id))) throw new Refusal('draft.callOpen', { callId: id });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/open-calls',
    {
      schema: {
        operationId: 'listOpenCalls',
        tags: ['calls'],
        summary: `已结束而未登记去向的通话，新的在前：${OPEN_CALL_DAYS} 天内的，以及记有内容的；话务员只看到本人接过或写过的`,
        querystring: exactly({
          ...PageQuery,
          mine: Type.Optional(Type.Boolean({ description: '只看本人接过或写过的；话务员总是如此' })),
        }),
        response: answers({ 200: pageShape('calls', OpenCallShape) }),
      },
    },
    async (request) => {
      const { page } = pageAsked(request.query);
      const { id, seesAll } = boardSightOf(callerOf(request));
      const mine = !seesAll || request.query.mine === true;
      const since = services.now() - OPEN_CALL_MS;
      const { calls, next } = await services.callDrafts.openCalls({ asker: id, mine, since }, page);
      const shown = calls.map((one) => ({
        ...{ ...one, callerNumber: maskedNumber(one.callerNumber) },
        written: beginning(one.written),
      }));
      return { calls: shown, next };
    },
  );
}
