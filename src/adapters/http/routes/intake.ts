import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { receiveMessage } from '../../../app/intake/receive-message.ts';
import type {
  ChannelRefusal,
  Delivery,
  IntakeChannel,
  IntakeChannels,
  Spending,
} from '../../../app/ports/intake.ts';
import { answerWords, greetingWords } from '../../../domain/intake/answer-words.ts';
import { INTAKE_OUTCOMES, PARK_REASONS } from '../../../domain/intake/incoming.ts';
import { AttemptLimiter } from '../attempts.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, nullable, oneOf } from '../shapes/elements.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body byte for byte as it was signed. */
    delivered: Uint8Array | null;
  }
}

/** The longest text message of all gateways is a fraction of it; longer ones are kept for a clerk. */
const BODY_LIMIT = 64 * 1024;
/** Of one address: who knows the secret fails never, who tries secrets always. */
const FAILED = { max: 30, windowMs: 60_000 } as const;

const VARIABLES = { sms: 'SMS_INTAKE_SECRET', wechat: 'WECHAT_TOKEN' } as const satisfies Record<
  keyof IntakeChannels,
  string
>;
const NOTHING = new Uint8Array();
const XML = 'text/xml; charset=utf-8';

export const intakeResult = {
  outcome: oneOf(INTAKE_OUTCOMES, {
    description:
      'opened 已登记工单，joined 并入刚才的诉求，supplemented 补充到所写编号的工单，parked 待人工处理',
  }),
  number: nullable(Type.String({ description: '工单编号；待人工处理时为空' })),
  reason: nullable(oneOf(PARK_REASONS, { description: '为何待人工处理' })),
} as const;
const IntakeResultShape = exactly(intakeResult);

// Open: WeChat adds what it likes (encrypt_type), and a delivery that is refused for it would come again in vain.
const WechatQuery = Type.Object({
  signature: Type.String({ maxLength: 64, description: 'sha1(token、timestamp、nonce 按字典序拼接)' }),
  timestamp: Type.String({ maxLength: 20, description: '秒' }),
  nonce: Type.String({ maxLength: 64 }),
  echostr: Type.Optional(Type.String({ maxLength: 200, description: '接入校验时原样返回' })),
  openid: Type.Optional(Type.String({ maxLength: 64 })),
});

/** Where gateways of text messages and WeChat deliver (RD-12). Each delivery proves itself; what it says becomes a ticket or waits. */
export function intakeRoutes(app: Api, services: ApiServices): void {
  // Each its own: whoever tries one channel's secret takes nothing from the other.
  const failed = {
    sms: new AttemptLimiter(FAILED, services.now),
    wechat: new AttemptLimiter(FAILED, services.now),
  } as const satisfies Record<keyof IntakeChannels, AttemptLimiter>;

  const channelOf = (name: keyof IntakeChannels): IntakeChannel => {
    const channel = services.intakeChannels?.[name] ?? null;
    if (channel === null) throw new Refusal('channel.off', { channel: name, variable: VARIABLES[name] });
    return channel;
  };
  /**
   * The proof is looked at first, at once and without a wait: what is the channel's own is taken however many others failed from
   * the same address, which behind a proxy is everybody's.
   */
  const refused = (name: keyof IntakeChannels, request: FastifyRequest, code: ChannelRefusal): Refusal => {
    const waitMs = failed[name].take(request.ip);
    return waitMs === null
      ? new Refusal(code)
      : new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };
  const deliveryOf = ({ headers, query, delivered }: FastifyRequest): Delivery => ({
    ...{ headers, body: delivered ?? NOTHING },
    query: typeof query === 'object' && query !== null ? { ...query } : {},
  });
  const spent = async (spending: Spending): Promise<void> => {
    if (!(await services.intake.spend(spending))) throw new Refusal('channel.replayed');
  };
  const received = (request: FastifyRequest) => receiveMessage({ ...services, log: request.log });

  // In a scope of its own: what is signed is read as it came, and not as JSON alone.
  app.register((scoped, _options, done) => {
    const door = scoped as unknown as Api;
    door.decorateRequest('delivered', null);
    door.removeContentTypeParser('application/json');
    door.addContentTypeParser<Buffer>(
      ['application/json', 'text/xml', 'application/xml', 'text/plain'],
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
      (request, body, parsed) => {
        request.delivered = body;
        parsed(null, jsonOf(body));
      },
    );

    door.post(
      '/public/channels/sms',
      {
        // What is signed and does not fit is kept for a clerk, and no error to a gateway that would send it again and again.
        attachValidation: true,
        schema: {
          operationId: 'receiveSms',
          tags: ['public'],
          summary: '短信网关投递市民短信：登记工单、并入三分钟内的同一诉求，或按短信中的工单编号补充',
          description:
            '请求头 x-yihaotong-timestamp（秒，5 分钟内有效）和 x-yihaotong-signature: v1=HMAC-SHA256(密钥, 时间戳.正文) 的十六进制；同一 id 只受理一次，重发得到同样的答复。正文上限 64 KB；签名正确而不合格式的留待人工处理，不会丢失。',
          security: [],
          headers: Type.Object({
            'x-yihaotong-timestamp': Type.Optional(Type.String({ description: '秒' })),
            'x-yihaotong-signature': Type.Optional(Type.String({ description: 'v1=HEX' })),
          }),
          body: exactly({
            id: Type.String({ minLength: 1, maxLength: 200, description: '网关的短信编号' }),
            from: Type.String({ maxLength: 40, description: '发送号码' }),
            text: Type.String({ description: '短信内容' }),
            sentAt: Type.Optional(Type.String({ description: '发送时间，ISO 8601' })),
          }),
          response: answers({ 200: IntakeResultShape, 202: IntakeResultShape }),
        },
      },
      async (request, reply) => {
        const reading = channelOf('sms').read(deliveryOf(request), services.now());
        if (reading.kind === 'refused') throw refused('sms', request, reading.code);
        if (reading.kind !== 'message') throw new Error('a gateway of text messages tells nothing else');
        const { outcome, ticketNumber, reason } = await received(request)(reading);
        return reply.status(outcome === 'parked' ? 202 : 200).send({ outcome, number: ticketNumber, reason });
      },
    );

    door.get(
      '/public/channels/wechat',
      {
        schema: {
          operationId: 'checkWechat',
          tags: ['public'],
          summary: '微信公众号接入校验：签名正确即原样返回 echostr',
          security: [],
          querystring: WechatQuery,
          response: answers({ 200: Type.String() }),
        },
      },
      async (request, reply): Promise<FastifyReply> => {
        const shaken = channelOf('wechat').handshake?.(request.query, services.now());
        if (shaken === undefined) throw new Error('WeChat shakes hands');
        if ('code' in shaken) throw refused('wechat', request, shaken.code);
        await spent(shaken.spending);
        return reply.type('text/plain; charset=utf-8').send(shaken.echo);
      },
    );

    door.post(
      '/public/channels/wechat',
      {
        schema: {
          operationId: 'receiveWechat',
          tags: ['public'],
          summary: '微信公众号推送消息（明文 XML）：文字和已识别的语音登记工单或补充，以被动回复告知编号',
          description:
            '正文为微信的 XML（ToUserName、FromUserName、CreateTime、MsgType、Content、MsgId…），Content-Type text/xml；同一 MsgId 只受理一次；签名 5 分钟内有效，且只能用于一条消息或一个事件。图片等无文字的留待人工处理。答复为被动回复的 XML，或 success。',
          security: [],
          querystring: WechatQuery,
          response: answers({ 200: Type.String() }),
        },
      },
      async (request, reply): Promise<FastifyReply> => {
        const reading = channelOf('wechat').read(deliveryOf(request), services.now());
        if (reading.kind === 'refused') throw refused('wechat', request, reading.code);
        if (reading.kind === 'event') await spent(reading.spending);
        const { mainNumber } = await services.messages.settings();
        const now = services.now();
        if (reading.kind === 'event')
          return reply.type(XML).send(reading.answered(greetingWords(mainNumber), now));
        const { outcome, ticketNumber, reason, withoutNumber } = await received(request)(reading);
        const words = answerWords({ outcome, ticketNumber, reason, mainNumber, withoutNumber });
        return reply.type(XML).send(reading.answered?.(words, now) ?? 'success');
      },
    );
    done();
  });
}

/** For the description's sake alone: whoever reads the message reads what was signed. */
function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
