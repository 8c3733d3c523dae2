/**
 * How calls to people on call ended, from the facts of the calls: told late or twice it stays the first word, but a key
 * that was pressed counts though the lease ran out before it was told.
 */
export const DERIVE_URGENT_CALLS = `
  update urgent_calls u set how = f.body ->> 'how', dial = f.body ->> 'dial', ended_at = f.at, placed = true, noted = false,
    state = case when f.body ->> 'how' = 'received' then 'confirmed' else 'unreached' end
  from call_facts f
  where f.call_id = any ($1::uuid[]) and f.type = 'surveyEnded' and u.id = f.call_id
    and (u.state = 'open' or (u.how = 'untold' and f.body ->> 'how' = 'received'))`;
