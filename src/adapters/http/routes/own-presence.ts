import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { AgentCommand } from '../../../app/ports/commands.ts';
import { DatabaseAway } from '../../../app/ports/transaction.ts';
import { callerOf } from '../guard.ts';
import type { OperationId } from '../policy.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { exactly, IdempotencyHeaders, nullable, OfCallQuery, ofCall, oneOf } from '../shapes/elements.ts';
import { AgentAnswer, askOfAgent } from './agent-answer.ts';

/** What an agent does with the own presence: path, operation, command, words for the description. */
const OWN_ACTIONS = [
  ['sign-out', 'agentSignOut', 'signOut', '签出；通话中则在通话结束后生效'],
  ['withdraw-request', 'agentWithdrawRequest', 'withdrawRequest', '撤回通话中申请的示忙或签出'],
  ['end-wrap-up', 'agentEndWrapUp', 'endWrapUp', '结束整理'],
  ['heartbeat', 'agentHeartbeat', 'heartbeat', '心跳：每 30 秒一次，两分钟没有则签出（通话中除外）'],
] as const satisfies readonly (readonly [string, OperationId, AgentCommand['kind'], string])[];

type ReadNotices = Pick<Extract<AgentCommand, { readonly kind: 'ready' }>, 'read' | 'booksAway'>;
const BOOKS_AWAY: ReadNotices = { booksAway: true };

/**
 * Which critical notices the agent has read by the books; refused with those that he has not. While the books are away nobody
 * can read one, and call control lets him be ready: nobody is kept from citizens by a database.
 */
async function readNotices(services: ApiServices, request: FastifyRequest): Promise<ReadNotices> {
  const agentId = callerOf(request).id;
  if (request.authenticated?.booksAway === true) return BOOKS_AWAY;
  try {
    const holding = await services.knowledgeNotices.holding(agentId, services.now());
    const read = holding.filter((one) => one.read).map(({ id }) => id);
    const unread = holding.filter((one) => !one.read).map(({ id, title }) => ({ id, title }));
    const state = services.board.picture().agents.find((one) => one.agentId === agentId)?.state;
    const isTalking = state === 'RINGING' || state === 'TALKING' || state === 'READY';
    if (unread.length > 0 && !isTalking) throw new Refusal('knowledge.noticeUnread', { notices: unread });
    return read.length === 0 ? {} : { read };
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    request.log.warn({ err: error }, 'critical notices could not be looked up');
    return BOOKS_AWAY;
  }
}

/** What agents do with their own presence and the call that rings at them. */
export function ownPresenceRoutes(app: Api, services: ApiServices): void {
  const ask = askOfAgent(services);

  for (const [path, operationId, kind, summary] of OWN_ACTIONS) {
    app.post(
      `/agents/me/${path}`,
      { schema: { operationId, tags: ['agents'], summary, response: AgentAnswer } },
      (request) => ask({ kind, agentId: callerOf(request).id }),
    );
  }

  app.post(
    '/agents/me/release-call',
    {
      schema: {
        operationId: 'agentReleaseCall',
        tags: ['agents'],
        summary: '挂断当前通话；所指的通话已离开则视为已挂断',
        querystring: OfCallQuery,
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'releaseCall', agentId: callerOf(request).id, ...ofCall(request.query) }),
  );

  app.post(
    '/agents/me/answer',
    {
      schema: {
        operationId: 'agentAnswer',
        tags: ['agents'],
        summary:
          '接听正在桌面话机上振铃的来电：话机改为自动接起（Call-Info answer-after、Alert-Info），须由话机允许。1.5 秒内未接起以 answer.notTaken 拒绝，话机继续振铃，可手动接听；同一 Idempotency-Key 重发不重复呼叫话机',
        headers: IdempotencyHeaders,
        querystring: OfCallQuery,
        response: AgentAnswer,
      },
    },
    (request) =>
      ask({
        kind: 'answer',
        agentId: callerOf(request).id,
        key: request.headers['idempotency-key'] ?? services.newId(),
        ...ofCall(request.query),
      }),
  );

  app.post(
    '/agents/me/ready',
    {
      schema: {
        operationId: 'agentReady',
        tags: ['agents'],
        summary: '示闲；有必读通知未读时不能示闲，data.notices 列出是哪些',
        response: AgentAnswer,
      },
    },
    async (request) => {
      const agentId = callerOf(request).id;
      return ask({ kind: 'ready', agentId, ...(await readNotices(services, request)) });
    },
  );

  app.post(
    '/agents/me/sign-in',
    {
      schema: {
        operationId: 'agentSignIn',
        tags: ['agents'],
        summary: '签入',
        body: nullable(
          exactly({
            heartbeat: Type.Optional(
              oneOf(['expected', 'none'], {
                description: 'none：本班只用桌面话机、没有页面，不发送心跳；签出后失效',
              }),
            ),
          }),
        ),
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'signIn', agentId: callerOf(request).id, ...request.body }),
  );

  app.post(
    '/agents/me/not-ready',
    {
      schema: {
        operationId: 'agentNotReady',
        tags: ['agents'],
        summary: '示忙；通话中则在通话结束后生效',
        body: exactly({
          reason: Type.String({
            pattern: '^[a-zA-Z0-9-]{2,40}$',
            description: '示忙原因的代码，见 /v1/presence-rules',
          }),
        }),
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'notReady', agentId: callerOf(request).id, reason: request.body.reason }),
  );

  app.post(
    '/agents/me/extend-wrap-up',
    {
      schema: {
        operationId: 'agentExtendWrapUp',
        tags: ['agents'],
        summary: '延长整理态',
        body: exactly({
          extraSeconds: Type.Integer({
            minimum: 1,
            maximum: 3600,
            description: '比规定时间共多出的秒数；重复提交同一数值不会再加',
          }),
        }),
        response: AgentAnswer,
      },
    },
    (request) => {
      const { extraSeconds } = request.body;
      return ask({ kind: 'extendWrapUp', agentId: callerOf(request).id, extraMs: extraSeconds * 1000 });
    },
  );

  app.post(
    '/agents/me/phone',
    {
      schema: {
        operationId: 'agentUsePhone',
        tags: ['agents'],
        summary: '改用另一话机；进行中的通话留在原话机，之后的来电到新话机',
        body: exactly({ kind: oneOf(['browser', 'desk']) }),
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'usePhone', agentId: callerOf(request).id, phone: request.body.kind }),
  );
}
