import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { setAgentQueues } from '../../../app/organisation/set-agent-queues.ts';
import { setAgentSkills } from '../../../app/organisation/set-agent-skills.ts';
import { callerOf } from '../guard.ts';
import { askToReload } from '../reload.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Code, exactly, IdParams, Reason, SkillsShape } from '../shapes/elements.ts';
import { AgentShape, LiveCallShape, SourceShape } from '../shapes/live.ts';
import { shownPicture } from '../shapes/live-sight.ts';
import { AgentAnswer, askOfAgent } from './agent-answer.ts';

const UNLIKE = '与现在的不同则不覆盖，以 agent.changedMeanwhile 拒绝；不填则直接替换';

/** Who the agents are, what they can and serve, and what leads do with them. */
export function agentRoutes(app: Api, services: ApiServices): void {
  const traceOf = (request: FastifyRequest) => ({
    ...{ id: services.newId(), atMs: services.now(), accountId: callerOf(request).id },
    ...{ address: request.ip, requestId: request.id },
  });
  const ask = askOfAgent(services);

  app.post(
    '/agents/:id/sign-out',
    {
      schema: {
        operationId: 'forceAgentSignOut',
        tags: ['agents'],
        summary: '强制签出；通话中则在通话结束后生效。理由记入日志并告知话务员',
        params: IdParams,
        body: exactly({ reason: Reason }),
        response: AgentAnswer,
      },
    },
    async (request) => {
      const { id, displayName } = callerOf(request);
      const { id: agentId } = request.params;
      const { reason } = request.body;
      // On record before it happens, as it may happen only when the present call is over.
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: id,
        action: 'agent.signOutForced',
        subjectKind: 'agent',
        subjectId: agentId,
        reason,
        address: request.ip,
        requestId: request.id,
      });
      return ask({ kind: 'forceSignOut', agentId, by: { accountId: id, name: displayName }, note: reason });
    },
  );

  app.put(
    '/agents/:id/skills',
    {
      schema: {
        operationId: 'setAgentSkills',
        tags: ['agents'],
        summary: '登记话务员的技能及等级（语言、方言、业务），整体替换；下一次派话起生效',
        params: IdParams,
        body: exactly({
          skills: SkillsShape,
          was: Type.Optional({ ...SkillsShape, description: `修改前所见；${UNLIKE}` }),
        }),
        response: answers({ 200: exactly({ skills: SkillsShape }) }),
      },
    },
    async (request) => {
      const { skills } = request.body;
      await setAgentSkills(services)(request.params.id, request.body, traceOf(request));
      await askToReload(request, services);
      return { skills };
    },
  );

  app.put(
    '/agents/:id/queues',
    {
      schema: {
        operationId: 'setAgentQueues',
        tags: ['agents'],
        summary: '话务员服务的队列，整体替换；下一次派话起生效，当前通话不受影响',
        params: IdParams,
        body: exactly({
          queues: Type.Array(Code, { minItems: 1, maxItems: 50, uniqueItems: true, description: '队列' }),
          was: Type.Optional(
            Type.Array(Code, { maxItems: 50, uniqueItems: true, description: `修改前所见；${UNLIKE}` }),
          ),
        }),
        response: answers({ 200: exactly({ queues: Type.Array(Type.String()) }) }),
      },
    },
    async (request) => {
      const { queues } = request.body;
      await setAgentQueues(services)(request.params.id, request.body, traceOf(request));
      await askToReload(request, services);
      return { queues };
    },
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
