import type { Transaction } from '../../app/ports/transaction.ts';
import { callerOf } from '../../domain/hotlines/notices.ts';
import type { PgDatabase } from './database.ts';

interface Wish {
  readonly callId: string;
  readonly announcement: string;
  readonly at: string;
  readonly callerNumber: string;
  readonly areaCode: string;
}

/**
 * Puts callers who pressed the key on the lists of their incidents, recomputed from all facts of the calls: a number
 * stands there once, whatever comes late or twice. Announcements that are no more, and numbers that were withheld
 * after all, are left out.
 */
export async function deriveSubscribers(
  db: PgDatabase,
  tx: Transaction,
  calls: readonly string[],
): Promise<void> {
  const on = db.on(tx);
  const { rows } = await on.query<Wish>(WISHES, [calls]);
  const wishes = rows.flatMap(({ callerNumber, areaCode, ...wish }) => {
    const number = callerOf(callerNumber, areaCode);
    return number === null ? [] : [{ ...wish, number }];
  });
  if (wishes.length > 0) await on.query(SUBSCRIBE, [JSON.stringify(wishes)]);
}

const WISHES = `
  select f.call_id as "callId", f.body->>'announcement' as announcement, min(f.at)::text as at,
    c.caller_number as "callerNumber", m.area_code as "areaCode"
  from call_facts f join calls c on c.id = f.call_id cross join municipality m
  where f.call_id = any ($1::uuid[]) and f.type = 'noticeSubscribed'
  group by 1, 2, 4, 5`;

const SUBSCRIBE = `
  insert into announcement_subscribers (announcement_id, number, call_id, asked_at)
  select a.id, w.number, w."callId", w.at
  from jsonb_to_recordset($1::jsonb) as w("callId" uuid, announcement text, at timestamptz, number text)
    join announcements a on a.id::text = w.announcement
  order by w.at
  on conflict (announcement_id, number) do nothing`;
