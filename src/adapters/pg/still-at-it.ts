/** The call of row `c` is talked on, or wrapped up by the agent: what came of it is not settled yet. */
export const stillAtIt = (agent: string): string => `(c.ended_at is null or coalesce((
  select p.state = 'WRAP_UP' and p.of_call = c.id from presence_intervals p
  where p.agent_id = ${agent} order by p.at desc, p.seq desc limit 1), false))`;

/** Outcome `o` came from an answer that was quoted: while the citizen is still there he may ask for what takes a ticket. */
export const GIVES_WAY = `(o.outcome = 'answeredOnSpot' and o.quote_id is not null and ${stillAtIt('c.agent_id')})`;
