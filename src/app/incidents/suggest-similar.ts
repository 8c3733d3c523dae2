import type { IncidentState } from '../../domain/incidents/incident-table.ts';
import { areaOf, sameArea } from '../../domain/incidents/place.ts';
import { type LikenessReason, suggest } from '../../domain/incidents/similar.ts';
import type { Actor, TicketType } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { IncidentBook, SimilarTicket } from '../ports/incidents.ts';

/** What is older may be the same matter, and is no longer the same event. */
const LOOKS_BACK_MS = 3 * 86_400_000;
const CANDIDATES_MOST = 500;

export interface Suggestions {
  readonly tickets: readonly {
    readonly ticket: SimilarTicket;
    readonly score: number;
    readonly reasons: readonly LikenessReason[];
  }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly state: IncidentState;
    readonly area: string;
  }[];
}

/** While a ticket is written: open ones like it, with why, and incidents that it may be of. Code: ticket.categoryUnknown. */
export function suggestSimilar(deps: { readonly incidents: IncidentBook; readonly now: () => number }) {
  return async (
    appeal: {
      readonly type: TicketType;
      readonly categoryCode: string;
      readonly place: string;
      readonly title: string;
      readonly content: string;
    },
    actor: Actor,
  ): Promise<Suggestions> => {
    const { type, categoryCode, place } = appeal;
    const branchCode = await deps.incidents.branchOf(categoryCode);
    if (branchCode === null) throw new AppError('ticket.categoryUnknown', { category: categoryCode });
    const at = deps.now();
    const words = `${appeal.title}，${appeal.content}`;
    const [candidates, underWay] = await Promise.all([
      deps.incidents.candidates(at - LOOKS_BACK_MS, sightOf(actor), CANDIDATES_MOST),
      deps.incidents.underWay(),
    ]);
    const found = suggest({ type, categoryCode, branchCode, place, words, at }, candidates);
    const area = areaOf(place) || areaOf(words);
    const named = new Set(found.map(({ of }) => of.incidentId));
    return {
      tickets: found.map(({ of, score, reasons }) => ({ ticket: of, score, reasons })),
      incidents: underWay
        .filter((one) => named.has(one.id) || (one.branchCode === branchCode && sameArea(one.area, area)))
        .map(({ id, number, title, state, area: where }) => ({ id, number, title, state, area: where })),
    };
  };
}
