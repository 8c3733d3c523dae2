import { Type } from '@fastify/type-provider-typebox';
import {
  type Consultation,
  consultationsOf,
  readConsultation,
  typeToAgent,
} from '../../../app/knowledge/consultations.ts';
import type { HelpLine } from '../../../app/ports/help.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { callerOf } from '../guard.ts';
import { newIdFor } from '../idempotent.ts';
import { MaskedWords } from '../masking.ts';
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

const AskedShape = exactly({
  callId: Type.String(),
  lineName: nullable(Type.String({ description: '市民拨打的热线' })),
  dialled: Type.String(),
  agentNumber: nullable(Type.String()),
  agentName: nullable(Type.String({ description: '请教的话务员' })),
  talkingSince: Instant,
});

/** His own words come back as he wrote them: a telephone that he gives is what the agent asked for. */
const Lines = Type.Array(exactly({ id: Type.String(), at: Instant, text: Type.String() }), {
  description: '本人在这通电话中已发给话务员的文字，号码不隐去',
});

/** 请教专家 (D10): who is asked out of a call sees what it is about, without who the citizen is, while he is on its line. */
export function consultationRoutes(app: Api, services: ApiServices): void {
  const of = consultationsOf(services);
  const read = readConsultation(services);
  const type = typeToAgent(services);
  const shown = ({ call, asker }: Consultation) => {
    const { callId, lineName, dialled, sinceMs } = call;
    const agent = services.board.picture().agents.find((one) => one.agentId === asker);
    return {
      ...{ callId, lineName, dialled, agentNumber: agent?.number ?? null },
      ...{ agentName: agent?.displayName ?? null, talkingSince: new Date(sinceMs).toISOString() },
    };
  };

  app.get(
    '/consultations',
    {
      schema: {
        operationId: 'listConsultations',
        tags: ['knowledge'],
        summary:
          '正在请教本人的通话：专家名录中登记了本账号，话务员从名录中拨通该专家，两人都在通话中；线路状态不明时没有',
        response: answers({
          200: exactly({
            expert: Type.Boolean({ description: '本账号登记为专家' }),
            calls: Type.Array(AskedShape),
          }),
        }),
      },
    },
    async (request) => {
      const found = await of(callerOf(request).id);
      return { expert: found !== null, calls: (found ?? []).map(shown) };
    },
  );

  app.get(
    '/consultations/:id',
    {
      schema: {
        operationId: 'readConsultation',
        tags: ['knowledge'],
        summary:
          '被请教的专家在通话期间查看话务员所记的诉求：隐去号码，所记的姓名、地点，及写到门牌的住址；保密、匿名、举报类诉求和投诉其本单位或上级单位的，不显示；看到文字时记入日志，每分钟一次',
        params: IdParams,
        response: answers({
          200: exactly({
            ...AskedShape.properties,
            told: oneOf(['nothing', 'words'], {
              description: 'nothing：尚未记下，或不显示，请听话务员口述；words：以下所记',
            }),
            type: oneOf([...TICKET_TYPES, '']),
            categoryCode: Type.String(),
            title: MaskedWords,
            content: MaskedWords,
            savedAt: nullable(Instant),
            lines: Lines,
          }),
        }),
      },
    },
    async (request) => {
      const by = { accountId: callerOf(request).id, address: request.ip, requestId: request.id };
      const { asked, matter, savedAt, lines } = await read(request.params.id, by);
      const words = { type: '' as const, categoryCode: '', title: '', content: '' };
      return { ...shown(asked), ...words, ...matter, savedAt, lines: lines.map(shownLine) };
    },
  );

  app.post(
    '/consultations/:id/lines',
    {
      config: { creates: true },
      schema: {
        operationId: 'typeToAgent',
        tags: ['knowledge'],
        summary: '被请教的专家在通话期间向话务员发一句文字；显示在其座席页面，市民看不到',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: exactly({ text: HelpLineText(1) }),
        response: answers({ 201: exactly({ lines: Lines }) }),
      },
    },
    async (request, reply) => {
      const { id: callId } = request.params;
      const accountId = callerOf(request).id;
      const lineId = newIdFor(request, services, 'expertLine');
      await type({ callId, accountId, lineId, text: request.body.text });
      const { lines } = await services.help.thread(callId, accountId);
      return reply.status(201).send({ lines: lines.map(shownLine) });
    },
  );
}

const shownLine = ({ id, at, text }: HelpLine) => ({ id, at, text });
