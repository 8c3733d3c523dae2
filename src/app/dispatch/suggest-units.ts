import { keysFor, type Matter } from '../../domain/dispatch/responsible.ts';
import { type Suggestion, suggestUnits } from '../../domain/dispatch/suggest.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { DispatchLessons, MatterText } from '../ports/dispatch-lessons.ts';
import { type MatterSaid, matterOf, namesFor } from './matter-of.ts';

export interface SuggestDeps {
  readonly dispatchCatalogue: DispatchCatalogue;
  readonly dispatchLessons: DispatchLessons;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

export interface Suggested {
  readonly day: string;
  /** Of the catalogue that it rests on. */
  readonly version: number;
  /** What the words of the appeal were understood to be about. */
  readonly matter: Matter;
  readonly suggestions: readonly Suggestion[];
}

/** For a matter at an instant, by what was known then. */
export function suggestAt(deps: Omit<SuggestDeps, 'now'>) {
  const { dispatchCatalogue, dispatchLessons, calendar } = deps;
  return async (
    asked: MatterText & { readonly returners: readonly string[]; readonly ticketId: string | null },
    at: { readonly ms: number; readonly version: number | null },
    said: MatterSaid = {},
  ): Promise<Suggested> => {
    const { calendar: local } = await calendar.load();
    const day = localDate(at.ms, local.zone);
    const { version: newest, ...matter } = await matterOf(dispatchCatalogue, asked, said);
    const version = at.version ?? newest;
    const { categoryCode, citizenNumber, returners: returnedBy } = asked;
    const [entries, facts] = await Promise.all([
      dispatchCatalogue.asOf(keysFor(matter), day, version),
      dispatchLessons.facts({ ...matter, categoryCode, citizenNumber, exceptTicket: asked.ticketId }, at.ms),
    ]);
    const units = entries.flatMap(({ leadUnit, assistUnits }) => [leadUnit, ...assistUnits]);
    const names = await namesFor(dispatchCatalogue, units);
    const suggestions = suggestUnits({ ...facts, matter, names, day, now: at.ms, entries, returnedBy });
    return { day, version, matter, suggestions };
  };
}

/** For a ticket that waits for a unit. Refuses with `ticket.unknown`. */
export function suggestForTicket(deps: SuggestDeps) {
  const suggest = suggestAt(deps);
  return async (id: string, said: MatterSaid, actor: Actor): Promise<Suggested> => {
    const ticket = await deps.dispatchLessons.ofTicket(id, sightOf(actor));
    if (ticket === null) throw new AppError('ticket.unknown', { id });
    const { accused, ...matter } = ticket;
    // HM-16: who is complained of is no more suggested than who said that it is not his.
    const returners = [...matter.returners, ...accused];
    return suggest({ ...matter, returners, ticketId: id }, { ms: deps.now(), version: null }, said);
  };
}

/** For an appeal that is being written down: no ticket exists yet. */
export function suggestForText(deps: SuggestDeps) {
  const suggest = suggestAt(deps);
  return (text: MatterText, said: MatterSaid): Promise<Suggested> =>
    suggest({ ...text, returners: [], ticketId: null }, { ms: deps.now(), version: null }, said);
}
