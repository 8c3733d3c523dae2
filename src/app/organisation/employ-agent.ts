import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { type Employment, judgeEmployment } from '../../domain/employers/employer.ts';
import { isLocalDate } from '../../domain/hotlines/register/period.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { EmployerBook, KeptEmployment } from '../ports/employers.ts';
import type { Database } from '../ports/transaction.ts';

interface Deps {
  readonly database: Database;
  readonly employers: EmployerBook;
  readonly calendar: CalendarSource;
  readonly configuration: ConfigurationPublisher;
  readonly now: () => number;
}

/**
 * Another employer from a local day on; a day to come may be entered again. Returns the whole history, and whether routing
 * knows of it already. Codes: agent.unknown, employer.unknown, employer.ended, employment.dayInvalid, employment.past,
 * employment.workedToday.
 */
export function employAgent(deps: Deps) {
  const { database, employers, calendar, configuration, now } = deps;
  return async (
    agentId: string,
    wanted: Employment & { readonly reason: string; readonly by: string },
  ): Promise<{ readonly employments: readonly KeptEmployment[]; readonly published: boolean }> => {
    const { employer, fromDay } = wanted;
    if (!isLocalDate(fromDay)) throw new AppError('employment.dayInvalid', { day: fromDay });
    const { zone } = (await calendar.load()).calendar;
    return database.transact(async (tx) => {
      if (!(await employers.lockAgent(agentId, tx))) throw new AppError('agent.unknown', { agent: agentId });
      const found = await employers.byCode(employer, tx);
      if (found === null) throw new AppError('employer.unknown', { employer });
      const today = localDateOf(now(), zone);
      const judged = judgeEmployment(wanted, {
        today,
        workedToday: fromDay === today && (await employers.workedOn(agentId, today, tx)),
        history: await employers.employments(agentId, tx),
        employerEnded: found.ended,
      });
      if (judged !== 'granted' && judged !== 'unchanged') {
        throw new AppError(judged, { employer, fromDay, today });
      }
      let published = false;
      if (judged === 'granted') {
        await employers.employ({ ...wanted, agentId }, now(), tx);
        published = (await employers.takeEffect(today, now(), tx)) > 0;
        if (published) await configuration.publish(tx);
      }
      return { employments: await employers.employments(agentId, tx), published };
    });
  };
}

/** Those whose day has come: routing learns of them with the next configuration. Returns how many. */
export function publishDueEmployments(deps: Deps) {
  const { database, employers, calendar, configuration, now } = deps;
  return async (): Promise<number> => {
    const { zone } = (await calendar.load()).calendar;
    return database.transact(async (tx) => {
      const due = await employers.takeEffect(localDateOf(now(), zone), now(), tx);
      if (due > 0) await configuration.publish(tx);
      return due;
    });
  };
}
