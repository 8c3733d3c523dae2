import type { OutcomeBook } from '../../app/ports/tickets.ts';
import type { PgDatabase } from './database.ts';
import { classification } from './sql-classification.ts';
import { CALL_FACTS } from './tickets-opening.ts';

export function outcomeBooks(db: PgDatabase): OutcomeBook {
  return {
    async callFacts(callId, { type, categoryCode, subtypeCode, tags }) {
      const { rows } = await db.query<Awaited<ReturnType<OutcomeBook['callFacts']>>>(
        `select ${CALL_FACTS('$1')} as call,
           ${classification({ category: '$2', type: '$3::text', subtype: '$4', tags: '$5' })}`,
        [callId, categoryCode, type, subtypeCode, tags],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    async record({ callId, outcome, type, category, subtype, tags, reason, closedBy, closedAt }) {
      const { rowCount } = await db.query(
        `insert into call_outcomes (call_id, outcome, type, category, subtype_code, tags, reason, closed_by, closed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (call_id) do nothing`,
        [callId, outcome, type, category, subtype, tags, reason, closedBy, new Date(closedAt)],
      );
      return rowCount === 1 ? 'recorded' : 'exists';
    },

    async closeForgotten({ fromMs, beforeMs }, at, limit) {
      const { rowCount } = await db.query(
        `insert into call_outcomes (call_id, outcome, type, category, reason, closed_at)
         select c.id, 'answeredOnSpot', 'ENQUIRY', 'uncategorised', 'nobody said otherwise in time', $2
         from calls c
         where (c.result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre')
             or c.result = 'reached' and c.purpose in ('queueCallback', 'missedCall')) and c.ended_at < $1
           and c.ended_at >= $4
           and not exists (select from call_outcomes o where o.call_id = c.id)
           and not exists (select from call_drafts d where d.call_id = c.id and d.has_words)
         order by c.ended_at limit $3
         on conflict (call_id) do nothing`,
        [new Date(beforeMs), new Date(at), limit, new Date(fromMs)],
      );
      return rowCount ?? 0;
    },
  };
}
