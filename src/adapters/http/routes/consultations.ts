import { Type } from '@fastify/type-provider-typebox';
import { consultationsOf, readConsultation } from '../../../app/knowledge/consultations.ts';
import type { CallView } from '../../../app/ports/call-view.ts';
import { TICKET_TYPES } from '../../../domain/tickets/ticket.ts';
import { callerOf } from '../guard.ts';
import { MaskedWords } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, Instant, nullable, oneOf } from '../shapes/elements.ts';

const AskedShape = exactly({
  callId: Type.String(),
  lineName: nullable(Type.String({ description: '市民拨打的热线' })),
  dialled: Type.String(),
  agentNumber: nullable(Type.String()),
  agentName: nullable(Type.String({ description: '请教的话务员' })),
  talkingSince: Instant,
});

/** 请教专家 (D10): who is asked out of a call sees what it is about, without who the citizen is, while he is on its line. */
export function consultationRoutes(app: Api, services: ApiServices): void {
  const calls = (): readonly CallView[] => services.board.picture().calls;
  const of = consultationsOf({ ...services, calls });
  const read = readConsultation({ ...services, calls });
  const asked = ({ callId, lineName, dialled, agentId, sinceMs }: CallView) => {
    const agent = services.board.picture().agents.find((one) => one.agentId === agentId);
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
        summary: '正在请教本人的通话：专家名录中登记了本账号，且其电话正在通话中',
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
      return { expert: found !== null, calls: (found ?? []).map(asked) };
    },
  );

  app.get(
    '/consultations/:id',
    {
      schema: {
        operationId: 'readConsultation',
        tags: ['knowledge'],
        summary:
          '被请教的专家在通话期间查看话务员所记的诉求：隐去姓名、号码、住址，保密诉求不显示；首次查看记入日志',
        params: IdParams,
        response: answers({
          200: exactly({
            ...AskedShape.properties,
            told: oneOf(['nothing', 'confidential', 'words'], {
              description: 'nothing：尚未记下；confidential：保密诉求，请听话务员口述；words：以下所记',
            }),
            type: oneOf([...TICKET_TYPES, '']),
            categoryCode: Type.String(),
            title: MaskedWords,
            content: MaskedWords,
            savedAt: nullable(Instant),
          }),
        }),
      },
    },
    async (request) => {
      const by = { accountId: callerOf(request).id, address: request.ip, requestId: request.id };
      const { call, matter, savedAt } = await read(request.params.id, by);
      const words = { type: '' as const, categoryCode: '', title: '', content: '' };
      return { ...asked(call), ...words, ...matter, savedAt };
    },
  );
}
