import type { TruthBook, TruthView } from '../../app/ports/appraisal.ts';
import { EVIDENCE_LINES, type EvidenceRef, RECORDED_LINES } from '../../domain/tickets/evidence.ts';
import type { Truth } from '../../domain/tickets/exclusion.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

/** Talks about ticket $1: the citizen's own call, those of its units, and the visits. */
const ITS_CALLS = `(select t.call_id from tickets t where t.id = $1::uuid
  union all select c.call_id from unit_calls c where c.ticket_id = $1::uuid
  union all select v.call_id from visit_attempts v where v.ticket_id = $1::uuid)`;

/** What $7, or anybody of his unit $8, wrote himself does not show that he is right. */
const KNOWN = `
  select 'line' as kind, e.seq::text as ref from ticket_events e left join accounts a on a.id = e.actor
    where e.ticket_id = $1::uuid and e.seq::text = any ($2) and e.type = any ($5)
      and (e.type = any ($6) or e.actor is distinct from $7::uuid and ($8::text is null or a.unit_code is distinct from $8))
  union all
  select 'recording', r.call_id::text from recordings r
    where r.call_id::text = any ($3) and r.call_id in ${ITS_CALLS} and r.state in ('stored', 'partial')
  union all
  select 'document', d.id::text from documents d where d.ticket_id = $1::uuid and d.id::text = any ($4)`;

export function truthBooks(db: PgDatabase): TruthBook {
  return {
    async add({ id, ticketId, at, by, side, truth, evidence, refs }, tx) {
      const on = db.on(tx);
      await on.query(
        `insert into ticket_truths (id, ticket_id, at, by, side, truth, evidence, refs)
         values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)`,
        [id, ticketId, new Date(at), by, side, truth, evidence, JSON.stringify(refs)],
      );
      // What the hotline's finding rests on outlives the time for which recordings are kept; a unit's word holds nothing for ever.
      const calls = refs.flatMap(({ kind, ref }) => (kind === 'recording' ? [ref] : []));
      if (calls.length === 0 || side === 'unit') return;
      await on.query('update recordings set held = true where call_id = any ($1::uuid[])', [calls]);
    },

    async evidenceOf(ticketId, refs, finder, tx) {
      const named = (kind: EvidenceRef['kind']) =>
        refs.flatMap((one) => (one.kind === kind ? [one.ref] : []));
      const { rows } = await db
        .on(tx)
        .query<EvidenceRef & Record<string, unknown>>(KNOWN, [
          ...[ticketId, named('line'), named('recording'), named('document')],
          ...[EVIDENCE_LINES, RECORDED_LINES, finder.accountId, finder.unitCode],
        ]);
      return rows;
    },

    async found(ticketId, tx) {
      const { rows } = await db.on(tx).query<{ truth: Truth }>(
        `select truth from ticket_truths where ticket_id = $1::uuid and side = 'hotline'
         order by at desc, id desc limit 1`,
        [ticketId],
      );
      return rows[0]?.truth ?? null;
    },

    async list(ticketId, sight) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(ticketId)}::uuid`, ...sightConditions(sight, bind)];
      const seen = await db.query(`select from tickets t where ${conditions.join(' and ')}`, values);
      if (seen.rowCount === 0) return null;
      const { rows } = await db.query<TruthView>(
        `select f.id, ${iso('f.at')} as at, a.display_name as by, f.side, f.truth, f.evidence, f.refs
         from ticket_truths f join accounts a on a.id = f.by where f.ticket_id = $1::uuid
         order by f.at desc, f.id desc limit 200`,
        [ticketId],
      );
      return rows;
    },
  };
}
