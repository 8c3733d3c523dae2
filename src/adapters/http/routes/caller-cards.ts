import { Type } from '@fastify/type-provider-typebox';
import { readCallerCard } from '../../../app/callers/read-caller-card.ts';
import { CALL_OUTCOMES } from '../../../app/ports/calls.ts';
import { INCIDENT_STATES } from '../../../domain/incidents/incident-table.ts';
import { callerOf } from '../guard.ts';
import { MaskedWords } from '../masking.ts';
import { Refusal } from '../problem-replies.ts';
import { type Api, boardSightOf } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, IdParams, Instant, nullable, oneOf } from '../shapes/elements.ts';
import { seesCall } from '../shapes/live-sight.ts';
import { TicketStateShape } from '../shapes/tickets.ts';

const CardShape = exactly({
  line: exactly({
    name: nullable(Type.String()),
    unitName: nullable(Type.String()),
    greeting: nullable(Type.String({ description: '市民最先听到的问候语' })),
  }),
  area: Type.Union([exactly({ name: MaskedWords, by: oneOf(['number', 'ticket']) }), Type.Null()], {
    description: '来电人所在：外地固话按区号，本地号码和手机按其最近一件写明地点的诉求；无从得知为 null',
  }),
  note: Type.Union([
    exactly({
      vulnerable: Type.Boolean({ description: '老年人、残疾人等' }),
      language: nullable(Type.String()),
      note: MaskedWords,
    }),
    Type.Null(),
  ]),
  calls: Type.Array(
    exactly({
      id: Type.String(),
      arrivedAt: Instant,
      lineName: nullable(Type.String()),
      agentName: nullable(Type.String()),
      outcome: nullable(oneOf(CALL_OUTCOMES)),
      ticketId: nullable(Type.String()),
      ticketNumber: nullable(Type.String()),
    }),
    { description: '一年内与话务员的通话，新的在前，最多 5 次' },
  ),
  tickets: Type.Array(
    exactly({
      id: Type.String(),
      number: Type.String(),
      title: MaskedWords,
      place: MaskedWords,
      state: TicketStateShape,
      unitName: nullable(Type.String()),
      acceptedAt: Instant,
      citizenDueAt: nullable(Instant),
      confidential: Type.Boolean({ description: '保密工单：不显示标题和地点' }),
    }),
    { description: '该号码的未结工单，新的在前，最多 8 张' },
  ),
  incidents: Type.Array(
    exactly({
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      area: Type.String(),
      state: oneOf(INCIDENT_STATES),
      openedAt: Instant,
      near: Type.Boolean({ description: '该号码的工单就在此地' }),
    }),
    { description: '正在发生的群体事件，附近的在前，最多 5 件' },
  ),
});

/** Who calls, shown while it still rings: by the live picture, since the books may not have the call yet. */
export function callerCardRoutes(app: Api, services: ApiServices): void {
  const read = readCallerCard(services);

  app.get(
    '/calls/:id/caller',
    {
      schema: {
        operationId: 'readCallerCard',
        tags: ['calls'],
        summary: '来电人概况：所拨线路及问候语、所在地、备注、近期通话、未结工单、附近事件；限正在进行的通话',
        params: IdParams,
        response: answers({ 200: CardShape }),
      },
    },
    async (request) => {
      const { agents, calls } = services.board.picture();
      const call = calls.find(({ callId }) => callId === request.params.id);
      if (call === undefined) throw new Refusal('call.unknown', { call: request.params.id });
      const known = new Map(agents.map((agent) => [agent.agentId, agent]));
      const sight = boardSightOf(callerOf(request));
      if (!seesCall(sight, call, known)) throw new Refusal('call.notYours');
      const { note, ...card } = await read(call);
      return {
        ...card,
        note,
        calls: [...card.calls],
        tickets: [...card.tickets],
        incidents: [...card.incidents],
      };
    },
  );
}
