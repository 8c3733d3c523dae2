import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WEBSITE_FORM } from '../../../domain/intake/incoming.ts';
import { APPEAL_LENGTHS } from '../../../domain/tickets/opening.ts';
import { AttemptLimiter } from '../attempts.ts';
import { cached } from '../cached.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';

/** A centre behind one address opens its pages at the change of the shift. */
const A_MINUTE = { max: 600, windowMs: 60_000 } as const;
const MAX_AGE_S = 60;
const Count = Type.Integer();

/** What every page has to know of the town before anybody signs in: the number it names, and what its form asks for. */
export function publicHotlineRoutes(app: Api, services: ApiServices): void {
  const limiter = new AttemptLimiter(A_MINUTE, services.now);
  const admit = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const waitMs = limiter.take(request.ip);
    if (waitMs !== null) throw new Refusal('request.tooOften', {}, Math.ceil(waitMs / 1000));
  };
  let last: { readonly at: number; readonly number: string; readonly municipality: string } | null = null;
  const hotline = async () => {
    if (last !== null && services.now() - last.at < MAX_AGE_S * 1000) return last;
    const { mainNumber: number, municipality } = await services.messages.settings();
    last = { at: services.now(), number, municipality };
    return last;
  };

  app.get(
    '/public/hotline',
    {
      onRequest: admit,
      schema: {
        operationId: 'readHotline',
        tags: ['public'],
        summary: '本地热线号码，以及网站诉求表单的填写要求；可缓存，无需登录',
        security: [],
        response: answers({
          200: exactly({
            number: Type.String({ description: '市民拨打的主号码' }),
            municipality: Type.String(),
            appeal: exactly({
              textAtLeast: Type.Integer({ description: '诉求内容最少字数' }),
              textAtMost: Count,
              placeAtMost: Count,
              nameAtMost: Count,
              telephone: Type.String({ description: '联系电话的写法，正则表达式' }),
              mobileBegins: Type.String({
                description: '手机号码的开头（仅数字和 +），正则表达式：短信只发往手机',
              }),
            }),
          }),
          304: { description: '未变化（If-None-Match）', type: 'null' } as const,
        }),
      },
    },
    async (request, reply) => {
      const { number, municipality } = await hotline();
      const { content: textAtMost, place: placeAtMost, citizenName: nameAtMost } = APPEAL_LENGTHS;
      const appeal = { ...WEBSITE_FORM, textAtMost, placeAtMost, nameAtMost };
      return cached(request, reply, { number, municipality, appeal }, MAX_AGE_S) ?? reply;
    },
  );
}
