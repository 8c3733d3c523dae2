import type { ChannelCount, ChannelFigures } from '../../app/ports/channel-figures.ts';
import type { TicketChannel } from '../../domain/tickets/opening.ts';
import { betweenDays } from './call-counts.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';

/** $1 and $2 local days. */
const YEAR_BEFORE = (day: string): string => `(${day}::date - interval '1 year')::date`;
/** A leap year is a day longer than what it is compared with: that day is in both. */
const COUNT = `
  with accepted as (
    select t.channel, ${betweenDays('t.accepted_at', '$1', '$2')} as now,
      ${betweenDays('t.accepted_at', YEAR_BEFORE('$1'), YEAR_BEFORE('$2'))} as before
    from tickets t
    where (${betweenDays('t.accepted_at', '$1', '$2')}
        or ${betweenDays('t.accepted_at', YEAR_BEFORE('$1'), YEAR_BEFORE('$2'))}) and ${COUNTED_APPEAL})
  select channel, count(*) filter (where now)::integer as tickets, count(*) filter (where before)::integer as "yearBefore"
  from accepted group by grouping sets ((channel), ())`;

export function channelFigureBooks(db: PgDatabase): ChannelFigures {
  return {
    async byChannel({ from, to }) {
      const { rows } = await db.query<ChannelCount & { readonly channel: TicketChannel | null }>(COUNT, [
        ...[from, to],
      ]);
      const channels = rows.flatMap(({ channel, ...counts }) =>
        channel === null ? [] : [{ channel, ...counts }],
      );
      const { tickets, yearBefore } = rows.find(({ channel }) => channel === null) ?? {
        tickets: 0,
        yearBefore: 0,
      };
      return { total: { tickets, yearBefore }, channels };
    },
  };
}
