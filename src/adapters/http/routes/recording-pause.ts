import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { AgentCommand } from '../../../app/ports/commands.ts';
import { PAUSE_AT_MOST_MS, PAUSE_MS } from '../../../domain/calls/recording-pause.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { callerOf } from '../guard.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, OfCallQuery, ofCall } from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';

const AgentAnswer = answers({ 200: exactly({ agent: Type.Union([AgentShape, Type.Null()]) }) });

/** Sensitive data is about to be said: a pause has a reason and an end of its own. */
export function recordingPauseRoutes(app: Api, services: ApiServices): void {
  async function ask(command: AgentCommand) {
    const reply = await services.commands.send(command);
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { agent: reply.agent };
  }

  app.post(
    '/agents/me/recording/pause',
    {
      schema: {
        operationId: 'pauseRecording',
        tags: ['recordings'],
        summary: '市民将说出敏感信息：暂停录音（静音），到时自动恢复；时间轴不断，缺口注明原因',
        querystring: OfCallQuery,
        body: exactly({
          reason: Type.String({ minLength: 2, maxLength: 100, pattern: VISIBLE, examples: ['银行卡号'] }),
          seconds: Type.Integer({
            minimum: 5,
            maximum: PAUSE_AT_MOST_MS / 1000,
            default: PAUSE_MS / 1000,
            description: '最长暂停秒数',
          }),
        }),
        response: AgentAnswer,
      },
    },
    (request) => {
      const { reason, seconds } = request.body;
      const agentId = callerOf(request).id;
      return ask({
        kind: 'pauseRecording',
        agentId,
        reason: reason.trim(),
        forMs: seconds * 1000,
        ...ofCall(request.query),
      });
    },
  );

  app.post(
    '/agents/me/recording/resume',
    {
      schema: {
        operationId: 'resumeRecording',
        tags: ['recordings'],
        summary: '恢复录音',
        querystring: OfCallQuery,
        response: AgentAnswer,
      },
    },
    (request) => ask({ kind: 'resumeRecording', agentId: callerOf(request).id, ...ofCall(request.query) }),
  );
}
