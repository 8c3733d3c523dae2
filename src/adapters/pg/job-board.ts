import type { JobBoard, JobFailure, JobFigures } from '../../app/ports/job-board.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { failingRounds } from './round-failures.ts';
import { iso } from './sql-instants.ts';

const LATENESS = `(select jsonb_build_object('fired', count(*),
    'p50Ms', coalesce(percentile_disc(0.5) within group (order by late), 0),
    'p99Ms', coalesce(percentile_disc(0.99) within group (order by late), 0), 'maxMs', coalesce(max(late), 0))
  from (select greatest(0, extract(epoch from finished_at - due_at) * 1000)::bigint as late from deadlines
    where state = 'done' and finished_at > $1::timestamptz - interval '1 hour') d) as lateness`;

const FIGURES = `
  select (select jsonb_build_object('ahead', count(*) filter (where state = 'pending' and due_at > $1),
      'due', count(*) filter (where state = 'pending' and due_at <= $1),
      'claimed', count(*) filter (where state = 'claimed'),
      'failing', count(*) filter (where failure is not null),
      'latestMs', coalesce(greatest(0, extract(epoch from $1 - min(due_at)) * 1000), 0)::bigint)
    from deadlines where state in ('pending', 'claimed')) as deadlines,
  (select jsonb_build_object(
      'waiting', count(*) filter (where sent_at is null and (not_before is null or not_before <= $1)),
      'held', count(*) filter (where sent_at is null and not_before > $1),
      'setAside', count(*) filter (where failure is not null),
      'oldestMs', coalesce(extract(epoch from $1 - min(coalesce(not_before, created_at)) filter (where sent_at is null
        and (not_before is null or not_before <= $1))) * 1000, 0)::bigint)
    from outbox where sent_at is null or failure is not null) as outbox,
  (select jsonb_build_object('waiting', count(*) filter (where state in ('pending', 'sending')),
      'failed', count(*) filter (where state = 'failed'))
    from citizen_messages where state in ('pending', 'sending', 'failed')) as messages,
  ${LATENESS}`;

/** Of both kinds in one order; a row of the outbox is known by a number, which stands here in the shape of the ids beside it. */
const FAILURES = `(
  select 'deadline' as kind, d.id::text, d.id as "pageOf", t.number || ' ' || d.clock || ' ' || d.kind || ' ' || d.level as what,
    d.failure as why, d.failed_at as at, d.failures as times, t.id::text as "ticketId",
    jsonb_build_object('ticket', t.number, 'clock', d.clock, 'kind', d.kind, 'level', d.level) as mark
  from deadlines d join tickets t on t.id = d.ticket_id
  where d.failure is not null and d.state in ('pending', 'claimed')
  union all
  select 'outbox', id::text, lpad(to_hex(id), 32, '0')::uuid, topic || ' ' || key, failure, coalesce(sent_at, created_at),
    1, null, null
  from outbox where failure is not null) f`;
const FAILURE = `f.kind, f.id, f.what, f.why, ${iso('f.at')} as since, f.times, f."ticketId", f.mark`;

export function jobBoards(db: PgDatabase): JobBoard {
  return {
    async figures(now) {
      const { rows } = await db.query<JobFigures>(FIGURES, [new Date(now)]);
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    failures({ kind }, page) {
      const [conditions, values] = kind === undefined ? [[], []] : [['f.kind = $1'], [kind]];
      const by = { at: 'f.at', id: 'f."pageOf"', order: 'newestFirst' } as const;
      return readPage<JobFailure>(db, { columns: FAILURE, from: FAILURES, conditions, values, by }, page);
    },

    failingRounds: (now) => failingRounds(db, now),

    async runAgain(kind, id, tx) {
      const on = db.on(tx);
      switch (kind) {
        case 'deadline': {
          // Under a new generation: an old job of that name must not hide the new one.
          const { rowCount } = await on.query(
            `update deadlines set failure = null, failed_at = null, failures = 0, state = 'pending', claimed_until = null,
               enqueued_at = null, generation = generation + 1
             where id::text = $1 and failure is not null and state in ('pending', 'claimed')`,
            [id],
          );
          return rowCount === 1;
        }
        case 'outbox': {
          const { rowCount } = await on.query(
            'update outbox set failure = null, sent_at = null where id::text = $1 and failure is not null',
            [id],
          );
          return rowCount === 1;
        }
        default:
          return kind satisfies never;
      }
    },
  };
}
