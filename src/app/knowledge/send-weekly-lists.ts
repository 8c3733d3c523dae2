import { localDateOf, minuteOfDay } from '../../domain/deadlines/local-time.ts';
import { mondayOf, weekBounds, weekWords } from '../../domain/knowledge/weekly.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import { DatabaseAway } from '../ports/transaction.ts';
import { type AskOwnerDeps, askOwner } from './ask-owner.ts';

/** On Mondays from nine on; later in the week only what was missed. */
const FROM_MINUTE = 9 * 60;
const LISTED_MOST = 20;

/**
 * 每周清单 (HM-05): each unit that has something to do gets one ticket a week about all of it, and what nobody could find
 * goes to the centre. One that breaks is tried again and stops no other. Returns how many tickets were opened.
 */
export function sendWeeklyLists(deps: AskOwnerDeps & { readonly calendar: CalendarSource }) {
  const ask = askOwner(deps);
  /** The week that this process has been through: the books know it as well, and are not asked each minute. */
  let through = '';
  return async (): Promise<number> => {
    const { calendar } = await deps.calendar.load();
    const now = deps.now();
    const today = localDateOf(now, calendar.zone);
    const monday = mondayOf(today);
    if (through === monday || (today === monday && minuteOfDay(now, calendar.zone) < FROM_MINUTE)) return 0;
    const centre = await deps.care.centreUnit();
    const owners = await deps.care.owners();
    const { weekSince } = weekBounds(today, now);
    const unanswered = await deps.care.vainSearches(weekSince, now, LISTED_MOST);
    let opened = 0;
    const broken: unknown[] = [];
    for (const unitCode of new Set([...owners, ...(centre === null ? [] : [centre])])) {
      const week = await deps.care.week(unitCode, { ...weekBounds(today, now), limit: LISTED_MOST });
      const content = weekWords({ ...week, unanswered: unitCode === centre ? unanswered : [] });
      if (content === null) continue;
      const key = `weekly:${unitCode}:${monday}`;
      const about = { kind: 'weekly', unitCode, key, entryId: null, version: null, actor: SYSTEM } as const;
      const title = `知识库每周清单（${monday} 起的一周）`;
      try {
        const asked = await deps.database.transact((tx) => ask({ ...about, title, content }, tx));
        if (asked !== null) opened += 1;
      } catch (err) {
        if (err instanceof DatabaseAway) throw err;
        broken.push(err);
      }
    }
    if (broken.length > 0) throw new AggregateError(broken, 'lists of the week could not be sent');
    through = monday;
    return opened;
  };
}
