import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { AgentCommand, AgentView } from '../../../app/ports/commands.ts';
import { NOT_READY_REASONS } from '../../../domain/agents/presence.ts';
import { callerOf } from '../guard.ts';
import type { OperationId } from '../policy.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, oneOf } from '../shapes/elements.ts';
import { AgentShape, LiveCallShape, SourceShape, shownPicture } from '../shapes/live.ts';

const AgentAnswer = answers({ 200: exactly({ agent: Type.Union([AgentShape, Type.Null()]) }) });

/** What an agent does with the own presence: path, operation, command, words for the description. */
const OWN_ACTIONS = [
  ['sign-in', 'agentSignIn', 'signIn', '签入'],
  ['sign-out', 'agentSignOut', 'signOut', '签出'],
  ['ready', 'agentReady', 'ready', '示闲'],
  ['end-wrap-up', 'agentEndWrapUp', 'endWrapUp', '结束整理'],
  ['release-call', 'agentReleaseCall', 'releaseCall', '挂断当前通话'],
] as const satisfies readonly (readonly [string, OperationId, AgentCommand['kind'], string])[];

export function agentRoutes(app: Api, services: ApiServices): void {
  /** Idempotent: asking for the present state is answered like the first time, also from a second tab. */
  async function ask(command: AgentCommand): Promise<{ readonly agent: AgentView | null }> {
    const reply = await services.commands.send(command);
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { agent: reply.agent };
  }

  for (const [path, operationId, kind, summary] of OWN_ACTIONS) {
    app.post(
      `/agents/me/${path}`,
      { schema: { operationId, tags: ['agents'], summary, response: AgentAnswer } },
      (request) => ask({ kind, agentId: callerOf(request).id }),
    );
  }

  app.post(
    '/agents/me/not-ready',
    {
      schema: {
        operationId: 'agentNotReady',
        tags: ['agents'],
        summary: '示忙；通话中则在通话结束后生效',
        body: exactly({
          reason: oneOf(NOT_READY_REASONS, { description: `示忙原因：${NOT_READY_REASONS.join(', ')}` }),
        }),
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'notReady', agentId: callerOf(request).id, reason: request.body.reason }),
  );

  app.post(
    '/agents/:id/sign-out',
    {
      schema: {
        operationId: 'forceAgentSignOut',
        tags: ['agents'],
        summary: '强制签出',
        params: IdParams,
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'signOut', agentId: request.params.id }),
  );

  app.get(
    '/agents',
    {
      schema: {
        operationId: 'listAgents',
        tags: ['agents'],
        summary: '话务员当前状态；话务员本人只看到自己',
        response: answers({ 200: exactly({ source: SourceShape, agents: Type.Array(AgentShape) }) }),
      },
    },
    async (request) => {
      const { source, agents } = shownPicture(services.board.picture(), boardSightOf(callerOf(request)));
      return { source, agents };
    },
  );

  app.get(
    '/calls/live',
    {
      schema: {
        operationId: 'listLiveCalls',
        tags: ['calls'],
        summary: '正在进行的通话；话务员本人只看到自己的',
        response: answers({ 200: exactly({ source: SourceShape, calls: Type.Array(LiveCallShape) }) }),
      },
    },
    async (request) => {
      const { source, calls } = shownPicture(services.board.picture(), boardSightOf(callerOf(request)));
      return { source, calls };
    },
  );
}
