import { Type } from '@fastify/type-provider-typebox';
import type { CallTotals } from '../../../app/ports/calls.ts';
import { Refusal } from '../problem-replies.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, Day, exactly } from '../shapes/elements.ts';

const DAYS_MAX = 92;
const DAY_MS = 86_400_000;

const counts = {
  arrived: Type.Integer({
    description: '= answered + informed + messages + abandoned + refused + lost + underWay',
  }),
  answered: Type.Integer({ description: '= onSpot + tickets + invalid + open' }),
  onSpot: Type.Integer(),
  tickets: Type.Integer(),
  invalid: Type.Integer(),
  open: Type.Integer(),
  abandoned: Type.Integer(),
  refused: Type.Integer(),
  lost: Type.Integer(),
  informed: Type.Integer({ description: '听取公告或停用通知后结束' }),
  messages: Type.Integer({ description: '留言' }),
  underWay: Type.Integer(),
};
type Counts = Omit<CallTotals, 'day'>;

/** Local days from first to last, both included; null when that is no period. */
function daysOf(from: string, to: string): string[] | null {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const count = Math.round((last - first) / DAY_MS) + 1;
  if (!(count >= 1 && count <= DAYS_MAX)) return null;
  return Array.from({ length: count }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
}

function sum(days: readonly CallTotals[]): Counts {
  const names = Object.keys(counts) as (keyof Counts)[];
  return Object.fromEntries(
    names.map((name) => [name, days.reduce((total, day) => total + day[name], 0)]),
  ) as unknown as Counts;
}

export function totalsRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/totals',
    {
      schema: {
        operationId: 'readTotals',
        tags: ['reports'],
        summary: '按日统计，逐日可加总：接通 = 当场解答 + 工单 + 无效 + 待登记',
        querystring: exactly({ from: Day, to: Day }),
        response: answers({
          200: exactly({
            from: Day,
            to: Day,
            total: exactly(counts),
            days: Type.Array(exactly({ day: Day, ...counts })),
          }),
        }),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const wanted = daysOf(from, to);
      if (wanted === null) throw new Refusal('period.invalid', { from, to });
      const days: CallTotals[] = [];
      // One after the other: a quarter at once would take all connections of the pool.
      for (const day of wanted) days.push(await services.calls.totals(day));
      return { from, to, total: sum(days), days };
    },
  );
}
