import type { InstructionBook, InstructionView } from '../../app/ports/instructions.ts';
import type { InstructionState } from '../../domain/tickets/instruction.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const VIEW = `i.id, i.number, i.level, i.leader, i.words, i.state, ${iso('i.given_at')} as "givenAt",
  ${iso('i.due_at')} as "dueAt", i.state in ('given', 'underWay') and i.due_at < now() as overdue,
  (select jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number) order by t.number)
    from instruction_tickets l join tickets t on t.id = l.ticket_id where l.instruction_id = i.id) as tickets,
  (select jsonb_agg(jsonb_build_object('at', ${iso('s.at')}, 'by', a.display_name, 'move', s.move, 'words', s.words)
    order by s.seq) from instruction_steps s join accounts a on a.id = s.by
    where s.instruction_id = i.id) as chain`;

export function instructionBooks(db: PgDatabase): InstructionBook {
  return {
    async add({ id, level, leader, words, givenAt, dueAt, by, ticketIds }, prefix, day, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ number: string }>(
        `insert into instructions (id, number, level, leader, words, state, given_at, due_at)
         values ($1, $2 || 'PS' || $3 || '-' || lpad(nextval('instruction_number')::text, 4, '0'), $4, $5, $6, 'given',
           $7, $8) returning number`,
        [id, prefix, day.replaceAll('-', ''), level, leader, words, new Date(givenAt), new Date(dueAt)],
      );
      await on.query(
        `insert into instruction_tickets (instruction_id, ticket_id) select $1::uuid, unnest($2::uuid[])`,
        [id, ticketIds],
      );
      await on.query(
        `insert into instruction_steps (instruction_id, seq, at, by, move, words)
         values ($1, 1, $2, $3, 'give', $4)`,
        [id, new Date(givenAt), by, words],
      );
      const [added] = rows;
      if (added === undefined) throw new Error('an instruction was not written');
      return added;
    },

    async lock(id, tx) {
      const { rows } = await db.on(tx).query<{
        number: string;
        state: InstructionState;
        ticketIds: readonly string[];
      }>(
        `select i.number, i.state, array(select l.ticket_id from instruction_tickets l
           where l.instruction_id = i.id order by l.ticket_id) as "ticketIds"
         from instructions i where i.id = $1::uuid for update`,
        [id],
      );
      return rows[0] ?? null;
    },

    async step(id, { move, to, by, at, words }, tx) {
      const on = db.on(tx);
      await on.query('update instructions set state = $2 where id = $1::uuid', [id, to]);
      await on.query(
        `insert into instruction_steps (instruction_id, seq, at, by, move, words)
         select $1::uuid, max(seq) + 1, $2, $3::uuid, $4, $5 from instruction_steps where instruction_id = $1::uuid`,
        [id, new Date(at), by, move, words],
      );
    },

    list({ state, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = state === undefined ? [] : [`i.state = ${bind(state)}`];
      if (ticketId !== undefined) {
        conditions.push(`exists (select from instruction_tickets l
          where l.instruction_id = i.id and l.ticket_id = ${bind(ticketId)}::uuid)`);
      }
      const seen = sightConditions(sight, bind);
      if (seen.length > 0) {
        conditions.push(`not exists (select from instruction_tickets l join tickets t on t.id = l.ticket_id
          where l.instruction_id = i.id and (${seen.join(' and ')}) is not true)`);
      }
      const list = {
        ...{ columns: VIEW, from: 'instructions i', conditions, values },
        by: { at: 'i.given_at', id: 'i.id', order: 'newestFirst' },
      } as const;
      return readPage<InstructionView>(db, list, page);
    },
  };
}
