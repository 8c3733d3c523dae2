import { addDays, localDateOf, minuteOfDay } from '../../../domain/deadlines/local-time.ts';
import { placesWords, VERIFY } from '../../../domain/knowledge/places/verifying.ts';
import { SYSTEM } from '../../../domain/tickets/ticket.ts';
import type { AlarmBook } from '../../ports/alarms.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { PlaceReminderBook } from '../../ports/place-reminders.ts';
import { type AskOwnerDeps, askOwner } from '../ask-owner.ts';

const DAY_MS = 86_400_000;
const FROM_MINUTE = 9 * 60;

export interface RemindedPlaces {
  readonly ticketsOpened: number;
  readonly alarmsRaised: number;
}

/**
 * 场所核实 (JY-04): whoever keeps a place that nobody looked at for long gets a ticket about all of his, one at a time, with a
 * limit and pressed for like every other; what is not looked at a month later is told to the leads. Once a day, from nine
 * on; any number of workers may do it.
 */
export function remindUnverified(
  deps: AskOwnerDeps & {
    readonly placeReminders: PlaceReminderBook;
    readonly alarms: AlarmBook;
    readonly calendar: CalendarSource;
  },
) {
  const ask = askOwner(deps);
  const { placeReminders, database, alarms } = deps;
  /** The day that this process has been through. */
  let through = '';
  return async (): Promise<RemindedPlaces> => {
    const { calendar } = await deps.calendar.load();
    const now = deps.now();
    const today = localDateOf(now, calendar.zone);
    const centre = await deps.care.centreUnit();
    await database.transact(async (tx) => {
      for (const unit of await placeReminders.forgetDone(centre, tx)) {
        await alarms.settle(
          alarmKey(unit),
          now,
          { reason: '已全部核实或不再由其维护', reasonEn: 'All looked at, or kept by another' },
          tx,
        );
      }
    });
    if (through === today || minuteOfDay(now, calendar.zone) < FROM_MINUTE)
      return { ticketsOpened: 0, alarmsRaised: 0 };
    const which = {
      verifiedBefore: addDays(today, -VERIFY.everyDays),
      writtenBefore: now - VERIFY.graceDays * DAY_MS,
    };
    let ticketsOpened = 0;
    for (const unitCode of await placeReminders.unitsToAsk(which, centre)) {
      ticketsOpened += await database.transact(async (tx) => {
        const places = await placeReminders.unverified(unitCode, which, centre, VERIFY.placesMost, tx);
        if (places.length === 0) return 0;
        const key = `places:${unitCode}:${today}`;
        const about = { kind: 'places', unitCode, key, entryId: null, version: null, actor: SYSTEM } as const;
        const { named, ...words } = placesWords(places);
        const asked = await ask({ ...about, ...words }, tx);
        if (asked === null) return 0;
        const ids = places.slice(0, named).map(({ id }) => id);
        await placeReminders.noteAsked(ids, { unitCode, ticketId: asked.ticketId, at: now }, tx);
        return 1;
      });
    }
    const alarmsRaised = await database.transact(async (tx) => {
      const neglected = await placeReminders.takeNeglected(now - VERIFY.neglectedDays * DAY_MS, now, tx);
      for (const { unitCode, unitName, places } of neglected) {
        const words = {
          detail: `${unitName}有 ${places} 个场所催过 ${VERIFY.neglectedDays} 天仍未核实`,
          detailEn: `${unitName}: ${places} places not looked at, asked for ${VERIFY.neglectedDays} days ago`,
        };
        const key = alarmKey(unitCode);
        await alarms.raise(
          { id: deps.newId(), kind: 'place.unverified', key, subject: unitCode, ...words, atMs: now },
          tx,
        );
      }
      return neglected.length;
    });
    through = today;
    return { ticketsOpened, alarmsRaised };
  };
}

const alarmKey = (unitCode: string): string => `place.unverified:${unitCode}`;
