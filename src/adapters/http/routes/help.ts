import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { answerHelp, askHelp } from '../../../app/help/ask-help.ts';
import { HELP_SPEAKERS } from '../../../app/ports/help.ts';
import { HELP_ANSWERS, HELP_STATES } from '../../../domain/help/help-table.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
import { refuseForeignCall } from '../own-call.ts';
import { Refusal } from '../problem-replies.ts';
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
} from '../shapes/elements.ts';
import { HelpLineText } from '../shapes/help-line.ts';

const RequestShape = exactly({
  id: Type.String(),
  callId: Type.String(),
  agentId: Type.String(),
  agentNumber: nullable(Type.String()),
  agentName: Type.String(),
  askedAt: Instant,
  state: oneOf(HELP_STATES, {
    description: 'open 求助中，answered 已答复，withdrawn 已撤回，callOver 通话已结束',
  }),
  endedAt: nullable(Instant),
  endedBy: nullable(Type.String()),
  how: nullable(oneOf(HELP_ANSWERS, { description: '如何答复：typed 文字，其余为到场方式' })),
  last: nullable(MaskedWords),
});
const ThreadShape = exactly({
  request: Type.Union([RequestShape, Type.Null()]),
  lines: Type.Array(
    exactly({
      id: Type.String(),
      at: Instant,
      byName: Type.String(),
      from: oneOf(HELP_SPEAKERS, { description: '谁写的：agent 话务员，lead 班长，expert 被请教的专家' }),
      text: MaskedWords,
      inFull: nullable(
        Type.String({
          description: '专家所写的原文，含其给出的号码；只给所写的话务员和专家本人，其他人为 null',
        }),
      ),
    }),
  ),
});

/** 内部求助 (D10): one key of an agent in a talk; his lead comes to the call, or writes. */
export function helpRoutes(app: Api, services: ApiServices): void {
  const ask = askHelp(services);
  const answer = answerHelp(services);
  const thread = async (callId: string, of?: string, reader?: string) => {
    const { request, lines } = await services.help.thread(callId, of, reader);
    const shown = lines.map(({ inFull, ...line }) => ({ ...line, inFull: inFull ? line.text : null }));
    return { request, lines: shown };
  };
  /** Only who talks now needs help now; the board knows it before the books. */
  const refuseSilent = (request: FastifyRequest, callId: string): void => {
    const own = services.board.picture().agents.find(({ agentId }) => agentId === callerOf(request).id);
    if (own?.callId !== callId || own.state !== 'TALKING') throw new Refusal('call.notTalking');
  };

  app.get(
    '/help-requests',
    {
      schema: {
        operationId: 'listHelpRequests',
        tags: ['calls'],
        summary: '正在求助的话务员，先求助的在前',
        response: answers({ 200: exactly({ requests: Type.Array(RequestShape) }) }),
      },
    },
    async () => ({ requests: [...(await services.help.open())] }),
  );

  app.get(
    '/calls/:id/help',
    {
      schema: {
        operationId: 'readHelp',
        tags: ['calls'],
        summary: '一次通话中的求助与对话；话务员只看到本人所求与给本人的答复',
        params: IdParams,
        response: answers({ 200: ThreadShape }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { id: asker, roles } = callerOf(request);
      if (roles.includes('lead')) return thread(id, undefined, asker);
      await refuseForeignCall(services, request, id);
      return thread(id, asker);
    },
  );

  app.post(
    '/calls/:id/help',
    {
      config: { creates: true },
      schema: {
        operationId: 'askHelp',
        tags: ['calls'],
        summary: '通话中向班长求助，可附一句话；求助中再说即补充',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: exactly({ text: HelpLineText(0) }),
        response: answers({ 201: ThreadShape }),
      },
    },
    async (request, reply) => {
      const callId = request.params.id;
      refuseSilent(request, callId);
      const accountId = callerOf(request).id;
      const ids = {
        lineId: newIdFor(request, services, 'help'),
        requestId: newIdFor(request, services, 'helpRequest'),
      };
      await ask({ callId, accountId, text: request.body.text, ...ids });
      return reply.status(201).send(await thread(callId, accountId));
    },
  );

  app.post(
    '/calls/:id/help/withdraw',
    {
      schema: {
        operationId: 'withdrawHelp',
        tags: ['calls'],
        summary: '撤回求助',
        params: IdParams,
        response: answers({ 200: ThreadShape }),
      },
    },
    async (request) => {
      const callId = request.params.id;
      const { id: accountId } = callerOf(request);
      const by = { accountId, at: services.now(), how: null };
      if ((await services.help.end('withdraw', { callId, agentId: accountId }, by)) === 0) {
        throw new Refusal('help.notAsked', { callId });
      }
      return thread(callId, accountId);
    },
  );

  app.post(
    '/calls/:id/help/answer',
    {
      config: { creates: true },
      schema: {
        operationId: 'answerHelp',
        tags: ['calls'],
        summary: '班长用文字答复通话中的话务员；显示在其座席页面，市民看不到',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: exactly({ text: HelpLineText(1) }),
        response: answers({ 201: ThreadShape }),
      },
    },
    async (request, reply) => {
      const callId = request.params.id;
      if ((await services.help.thread(callId)).request === null)
        throw new Refusal('help.notAsked', { callId });
      const said = { callId, accountId: callerOf(request).id, text: request.body.text };
      await answer({ ...said, lineId: newIdFor(request, services, 'help') });
      return reply.status(201).send(await thread(callId));
    },
  );
}
