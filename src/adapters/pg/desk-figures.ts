import type { DeskFigureBook, DeskFigures } from '../../app/ports/desk-figures.ts';
import { betweenDays } from './call-counts.ts';
import { openCallsSince } from './call-drafts.ts';
import type { PgDatabase } from './database.ts';

export function deskFigures(db: PgDatabase): DeskFigureBook {
  return {
    async ofDay(day, openSince) {
      const { rows } = await db.query<DeskFigures>(FIGURES, [day, new Date(openSince)]);
      const [figures] = rows;
      if (figures === undefined) throw new Error('an aggregate without a row');
      return figures;
    },
  };
}

const FIGURES = `
  select
    (select jsonb_build_object('talks', count(*), 'bad', count(*) filter (where bad), 'meanMos', avg(mos)::float8)
      from talk_quality where ${betweenDays('measured_at', '$1', '$1')}) as quality,
    (select jsonb_build_object('asked', count(*), 'answered', count(*) filter (where state = 'answered'),
        'inVain', count(*) filter (where state = 'callOver'),
        'meanAnswerMs', (avg(extract(epoch from ended_at - asked_at)) filter (where state = 'answered') * 1000)::bigint)
      from help_requests where ${betweenDays('asked_at', '$1', '$1')}) as help,
    (select count(*)::int from ${openCallsSince('$2')}) as "openCalls"`;
