/** Whom a line of the time line concerns: it names its unit, or the last line before it that gave the ticket to one did. */
export const unitOfLine = (line: string): string => `coalesce(${line}.body ->> 'unitCode', (
  select u.body ->> 'unitCode' from ticket_events u where u.ticket_id = ${line}.ticket_id and u.seq < ${line}.seq
    and u.body ? 'unitCode' and u.to_state is not null order by u.seq desc limit 1))`;
