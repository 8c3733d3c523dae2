import { AppError } from '../../../app/errors.ts';
import type { ListenCommand } from '../../../app/ports/commands.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, oneOf, Reason } from '../shapes/elements.ts';

const MODES = ['monitor', 'whisper', 'barge', 'takeOver'] as const;

/** A lead at a talk, on the own telephone: each with a reason on record, before it happens. */
export function listeningRoutes(app: Api, services: ApiServices): void {
  async function ask(command: Omit<ListenCommand, 'kind'>) {
    const reply = await services.commands.send({ kind: 'listen', ...command });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { callId: command.callId, mode: command.mode ?? 'none' };
  }
  const Answer = answers({
    200: exactly({ callId: IdParams.properties.id, mode: oneOf([...MODES, 'none']) }),
  });

  app.post(
    '/calls/:id/listening',
    {
      schema: {
        operationId: 'listenIn',
        tags: ['calls'],
        summary:
          '侦听、耳语、插入或拦截一次通话：班长本人的话机振铃；侦听与耳语市民听不到；拦截须先侦听。再次请求即切换方式。理由记入日志',
        params: IdParams,
        body: exactly({
          mode: oneOf(MODES, {
            description:
              'monitor 侦听，whisper 耳语（只有话务员听到），barge 插入，takeOver 拦截（代替话务员）',
          }),
          reason: Reason,
        }),
        response: Answer,
      },
    },
    async (request) => {
      const { mode, reason } = request.body;
      const lead = callerOf(request).id;
      const callId = request.params.id;
      await services.audit.add({
        id: services.newId(),
        atMs: services.now(),
        accountId: lead,
        action: 'call.listenedIn',
        subjectKind: 'call',
        subjectId: callId,
        reason: `${mode}: ${reason.trim()}`,
        address: request.ip,
        requestId: request.id,
      });
      const answer = await ask({ agentId: lead, callId, mode, reason: reason.trim() });
      // Whoever asked for him in this call sees that he comes.
      await services.help.end('answer', { callId }, { accountId: lead, at: services.now(), how: mode });
      return answer;
    },
  );

  app.post(
    '/calls/:id/listening/end',
    {
      schema: {
        operationId: 'endListening',
        tags: ['calls'],
        summary: '结束侦听、耳语或插入；通话不受影响',
        params: IdParams,
        response: Answer,
      },
    },
    (request) => ask({ agentId: callerOf(request).id, callId: request.params.id, mode: null, reason: '' }),
  );
}
