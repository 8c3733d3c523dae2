import { nameFinder } from '../../domain/dispatch/names.ts';
import { type AreaTally, NO_AREAS, tallyAreas, whereabouts } from '../../domain/reporting/area-tally.ts';
import type { AreaFigures, TicketAtPlace } from '../ports/area-figures.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';

const BATCH = 5000;

/**
 * Appeals by where they lie, read from the names of areas in their places and titles, as dispatching reads them. Nothing is
 * guessed: what names no area, or several, stands by itself. So does 便民服务, which is no appeal (JY-05).
 */
export function reportAreas(deps: {
  readonly areaFigures: AreaFigures;
  readonly dispatchCatalogue: Pick<DispatchCatalogue, 'names'>;
}) {
  return async (days: {
    readonly from: string;
    readonly to: string;
  }): Promise<AreaTally & { readonly names: ReadonlyMap<string, string> }> => {
    const areas = await deps.dispatchCatalogue.names('area');
    const finder = nameFinder(areas);
    const names = new Map(areas.map(({ code, name }) => [code, name]));
    let tally = NO_AREAS;
    for (let after: string | null = null; ; ) {
      const page: readonly TicketAtPlace[] = await deps.areaFigures.tickets(days, after, BATCH);
      const placed = page.map(({ place, title, ...ticket }) => ({
        ...ticket,
        where: whereabouts(finder.find(`${place}\n${title}`)),
      }));
      tally = tallyAreas(tally, placed);
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return { ...tally, names };
      after = last.id;
    }
  };
}
