import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { AgentView } from '../../../app/ports/agent-view.ts';
import type { CallView } from '../../../app/ports/call-view.ts';
import type { TalkTarget, TalkWish } from '../../../app/ports/talk-commands.ts';
import { callerOf } from '../guard.ts';
import { expertTarget, telephoneOf } from '../place-telephone.ts';
import type { OperationId } from '../policy.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import {
  answers,
  Code,
  DialledNumber,
  exactly,
  IdempotencyHeaders,
  nullable,
  OfCallQuery,
  ofCall,
  oneOf,
  Uuid,
} from '../shapes/elements.ts';
import { AgentShape, LiveCallShape, shownCall } from '../shapes/live.ts';

const Party = Type.String({
  maxLength: 80,
  pattern: '^(citizen|[A-Za-z0-9-]+\\.[a-z]\\d+)$',
  description: '通话中一方的 id（见 talk.parties），citizen：市民',
});
/** Without a party: the own leg, or all that is on its way. */
const MaybeParty = nullable(exactly({ party: Type.Optional(Party) }));

const QueueTarget = exactly({ kind: oneOf(['queue']), queue: Code });
const PARTY_TARGETS = [
  exactly({
    kind: oneOf(['agent']),
    agent: Type.String({ pattern: '^[0-9a-f-]{3,36}$', description: '话务员的工号或账号 id' }),
  }),
  exactly({ kind: oneOf(['unit']), unit: Code }),
  exactly({ kind: oneOf(['number']), number: DialledNumber }),
  exactly({
    kind: oneOf(['emergency']),
    desk: Type.String({ pattern: '^\\d{3,5}$', examples: ['110'], description: '紧急台，见 /v1/directory' }),
  }),
] as const;
const note = {
  ticket: Type.Optional(
    Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$', description: '工单，随呼叫以 X-12345-Ticket 送出' }),
  ),
  location: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 44,
      description: '地点，随呼叫以 X-12345-Location 送出（百分号编码）',
    }),
  ),
};
const PlaceTarget = exactly({ kind: oneOf(['place']), place: Uuid });
const ExpertTarget = exactly({ kind: oneOf(['expert']), expert: Uuid });
const Target = Type.Union([...PARTY_TARGETS, QueueTarget, PlaceTarget, ExpertTarget], {
  description:
    '话务员、队列（transfer：排队；其他：该队列空闲最久者）、单位、外部号码、紧急台、场所（加盟店、志愿服务队、114 等平台登记的电话）、专家名录中的专家（其登记的电话；咨询、三方期间其账号可看到案情）',
});
const Ringing = exactly({ target: Target, ...note });

const TalkAnswer = answers({
  200: exactly({
    agent: Type.Union([AgentShape, Type.Null()]),
    call: Type.Union([LiveCallShape, Type.Null()], { description: '操作之后的通话；已结束则为空' }),
  }),
});

/**
 * What an agent does in the own talk. Sent again under its Idempotency-Key it is done once, and the answer is the state as
 * it is by then: call control remembers the keys with the call, through its own death.
 */
export function talkRoutes(app: Api, services: ApiServices): void {
  interface Asked {
    readonly headers: { readonly 'idempotency-key'?: string };
    readonly query: { readonly call?: string };
  }
  async function ask(agentId: string, { headers, query }: Asked, wish: TalkWish) {
    const key = headers['idempotency-key'] ?? services.newId();
    const reply = await services.commands.send({ kind: 'talk', agentId, wish, key, ...ofCall(query) });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return seen(reply.agent, reply.call ?? null);
  }

  function route<S extends TSchema>(
    path: string,
    { operationId, summary, body }: { operationId: OperationId; summary: string; body: S },
    wishOf: (body: Static<S>, isLead: boolean) => TalkWish | Promise<TalkWish>,
  ): void {
    app.post(
      `/agents/me/talk/${path}`,
      {
        schema: {
          operationId,
          tags: ['talk'],
          summary,
          headers: IdempotencyHeaders,
          querystring: OfCallQuery,
          body,
          response: TalkAnswer,
        },
      },
      async (request) => {
        const { id, roles } = callerOf(request);
        const wish = await wishOf(request.body as Static<S>, roles.includes('lead'));
        return ask(id, request, wish);
      },
    );
  }

  const dialledAs = async (target: Static<typeof Target>): Promise<TalkTarget> => {
    if (target.kind === 'place') return telephoneOf(services.places, target.place);
    return target.kind === 'expert' ? expertTarget(services.experts, target.expert) : target;
  };

  for (const [kind, operationId, summary] of PLAIN) {
    app.post(
      `/agents/me/talk/${kind}`,
      {
        schema: {
          operationId,
          tags: ['talk'],
          summary,
          headers: IdempotencyHeaders,
          querystring: OfCallQuery,
          response: TalkAnswer,
        },
      },
      (request) => ask(callerOf(request).id, request, { kind }),
    );
  }
  for (const [kind, operationId, summary] of OF_A_PARTY) {
    route(kind, { operationId, summary, body: MaybeParty }, (body) => ({ kind, party: body?.party ?? null }));
  }
  for (const [kind, operationId, summary] of RINGING) {
    route(kind, { operationId, summary, body: Ringing }, async ({ target, ...given }) => ({
      kind,
      target: await dialledAs(target),
      note: given,
    }));
  }
  route(
    'digits',
    {
      operationId: 'talkDigits',
      summary: '向对方发送按键：咨询方、外部方，没有则市民；按键不入日志',
      body: exactly({
        digits: Type.String({ pattern: '^[0-9*#A-D]{1,32}$', description: '1 至 32 个按键' }),
        party: Type.Optional(Party),
      }),
    },
    ({ digits, party }) => ({ kind: 'digits', digits, party: party ?? null }),
  );
  route(
    'remove',
    {
      operationId: 'talkRemove',
      summary: '将一方移出通话，或取消其振铃：限通话的负责话务员、邀请该方的人，或班长',
      body: exactly({ party: Party }),
    },
    ({ party }, isLead) => ({ kind: 'remove', party, ...(isLead ? { asLead: true } : {}) }),
  );
}

function seen(agent: AgentView | null, call: CallView | null) {
  return { agent, call: call === null ? null : shownCall(call) };
}

const PLAIN = [
  ['hold', 'talkHold', '保持：市民听音乐，每 45 秒提醒话务员'],
  ['resume', 'talkResume', '恢复与市民的通话'],
  ['reconnect', 'talkReconnect', '本人话机丢失了通话（如页面刷新）：市民听音乐，30 秒内重新呼叫本人话机'],
  ['swap', 'talkSwap', '在市民与咨询方之间切换'],
  ['complete', 'talkComplete', '完成咨询转接：市民交给咨询方，话务员离开；对方尚未接听则为转接'],
  ['merge', 'talkMerge', '将咨询方并入，成为三方通话'],
  ['leave', 'talkLeave', '离开通话，市民留给其他各方'],
] as const satisfies readonly (readonly [TalkWish['kind'], OperationId, string])[];

const OF_A_PARTY = [
  ['mute', 'talkMute', '静音：默认本人，或指定一方'],
  ['unmute', 'talkUnmute', '取消静音'],
  ['cancel', 'talkCancel', '取消振铃中的呼叫、咨询或转接'],
  ['accepted', 'talkAccepted', '紧急台已受理：话务员此后可以离开'],
] as const satisfies readonly (readonly [TalkWish['kind'], OperationId, string])[];

const RINGING = [
  ['transfer', 'talkTransfer', '转接：话务员即刻离开；无人接听则退回转出的话务员，话务员不空闲则排到队首'],
  ['consult', 'talkConsult', '咨询：市民听音乐，话务员与对方单独通话'],
  ['invite', 'talkInvite', '三方：对方接听后加入，其间与市民的通话不中断；紧急台一键接入'],
] as const satisfies readonly (readonly [TalkWish['kind'], OperationId, string])[];
