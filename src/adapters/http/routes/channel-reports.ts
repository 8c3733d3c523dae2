import { Type } from '@fastify/type-provider-typebox';
import { daysOf } from '../../../domain/reporting/period.ts';
import { TICKET_CHANNELS } from '../../../domain/tickets/opening.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly, nullable } from '../shapes/elements.ts';
import { TicketChannelShape } from '../shapes/tickets.ts';

const DAYS_AT_MOST = 366;

const counts = {
  tickets: Type.Integer({ description: '期间内受理的诉求工单' }),
  yearBefore: Type.Integer({ description: '上年同期' }),
  growth: nullable(Type.Number({ description: '同比增减，百分数，两位小数；上年同期没有则为空' })),
};

/** Per cent of the year before, to two places (RD-12); null: there was nothing then. */
function grown({ tickets, yearBefore }: { readonly tickets: number; readonly yearBefore: number }) {
  const growth = yearBefore === 0 ? null : Math.round(((tickets - yearBefore) / yearBefore) * 10_000) / 100;
  return { tickets, yearBefore, growth };
}

/** By which way appeals come, and what became of that within a year (HM-07). */
export function channelReportRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/reports/channels',
    {
      schema: {
        operationId: 'reportChannels',
        tags: ['reports'],
        summary: '按受理渠道统计诉求工单及上年同期：电话、留言、网站、短信、微信、其他，各项之和等于合计',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            total: exactly(counts),
            channels: Type.Array(
              exactly({
                channel: TicketChannelShape,
                ...counts,
              }),
            ),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      if (daysOf({ from, to }, DAYS_AT_MOST) === null) throw new Refusal('period.tooLong');
      const { total, channels } = await services.channelFigures.byChannel({ from, to });
      const rows = TICKET_CHANNELS.map((channel) => {
        const found = channels.find((one) => one.channel === channel) ?? { tickets: 0, yearBefore: 0 };
        return { channel, ...grown(found) };
      });
      return { from, to, total: grown(total), channels: rows };
    },
  );
}
