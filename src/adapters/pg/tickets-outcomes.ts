import type { OutcomeBook } from '../../app/ports/tickets.ts';
import { OPEN_CALL_MS } from '../../domain/tickets/open-calls.ts';
import { ANSWERED } from './call-counts.ts';
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

    async leftOpenBy(agentId, sinceMs, tx) {
      const { rows } = await db.on(tx).query<{ id: string }>(
        `select c.id from calls c
         where c.agent_id = $1 and c.arrived_at >= $2 and ${ANSWERED} and ${OF_ITS_OWN}
           and not exists (select from call_outcomes o where o.call_id = c.id)
         order by c.arrived_at, c.id`,
        [agentId, new Date(sinceMs)],
      );
      return rows.map(({ id }) => id);
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
           -- Its agent could say nothing: he was taken out of use. It is a lead's for as long as it is listed.
           and not exists (select from accounts a where a.id = c.agent_id and a.disabled_at >= c.arrived_at and c.ended_at >= $5)
         order by c.ended_at limit $3
         on conflict (call_id) do nothing`,
        [new Date(beforeMs), new Date(at), limit, new Date(fromMs), new Date(at - OPEN_CALL_MS)],
      );
      return rowCount ?? 0;
    },
  };
}

/** What the house calls about, of which a ticket stands already, has no outcome of its own. */
const OF_ITS_OWN = `(c.purpose is null or c.purpose in ('queueCallback', 'missedCall'))`;
