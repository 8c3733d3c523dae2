import type { Town } from '../../support/town.ts';

/**
 * Two ordinary days in the books of a town that was founded a minute ago, for the pictures of its wall: a call each
 * minute by day, fewer by night; most are answered within seconds, some in the busy hours are not.
 */
export async function spendBusyDays(town: Town): Promise<void> {
  await town.inBooks(
    `with minutes as (
       select m, now() - m * interval '1 minute' as at, extract(hour from (now() - m * interval '1 minute') at time zone
         'Asia/Shanghai')::int as hour, abs(hashtext('call' || m)) % 1000 as chance from generate_series(3, 2880) m),
     waits as (
       select *, case when chance % 40 = 0 or (hour in (9, 10, 15) and chance % 9 = 0) then 22 else 2 + chance % 9 end
         as wait_s from minutes where chance < case when hour between 8 and 19 then 850 else 250 end),
     made as (
       insert into calls (id, arrived_at, trunk, dialled, caller_number, line, mode, answered_at, queue, queued_at,
         talk_started_at, ended_at, released_by, result)
       select gen_random_uuid(), at, 'carrier', '12345', '1380013' || lpad((m % 10000)::text, 4, '0'), '12345', 'MAIN', at,
         'general', at + interval '4 s',
         case when wait_s < 22 or chance % 3 > 0 then at + (4 + wait_s) * interval '1 s' end,
         at + (60 + chance % 120) * interval '1 s', 'caller',
         case when wait_s < 22 or chance % 3 > 0 then 'answeredByAgent' else 'abandoned' end
       from waits returning 1)
     select count(*)::int as calls from made`,
  );
}
