import type { TicketType } from '../tickets/ticket.ts';
import { areaOf, sameArea } from './place.ts';

/** So many within so long, as good as never by chance: then it is one thing that happened (RD-24). */
export const SURGE_FROM = 5;
export const SURGE_WITHIN_MS = 10 * 60_000;
const CHANCE = 0.001;
/** A place of which nothing was heard yet is not a place where nothing ever happens. */
const LEAST_USUAL = 0.05;

export interface FreshAppeal {
  readonly ticketId: string;
  readonly type: TicketType;
  readonly branchCode: string;
  readonly place: string;
  /** Title and content: where the place was left empty. */
  readonly words: string;
  /** Who appeals; '' when he withheld his number. */
  readonly citizen: string;
  readonly at: number;
}

export interface Surge {
  readonly branchCode: string;
  readonly area: string;
  /** Oldest first. */
  readonly ticketIds: readonly string[];
  readonly since: number;
  /** That many or more would come by chance in so long. */
  readonly chance: number;
}

/** P(X >= n) where `usual` come on the average. */
export function atLeast(n: number, usual: number): number {
  let term = Math.exp(-usual);
  let below = 0;
  for (let k = 0; k < n; k += 1) {
    below += term;
    term = (term * usual) / (k + 1);
  }
  return Math.max(0, 1 - below);
}

export const areaOfAppeal = ({ place, words }: Pick<FreshAppeal, 'place' | 'words'>): string =>
  areaOf(place) || areaOf(words);

/**
 * Bursts of appeals of one branch from one area in the last ten minutes. One citizen who calls five times is one citizen;
 * thanks are none. `usual`: how many such appeals ten minutes bring on the average.
 */
export function surgesIn(
  appeals: readonly FreshAppeal[],
  usual: (branchCode: string, area: string) => number,
  now: number,
): readonly Surge[] {
  const groups: { branchCode: string; area: string; members: FreshAppeal[] }[] = [];
  for (const appeal of [...appeals].sort((a, b) => a.at - b.at)) {
    const area = areaOfAppeal(appeal);
    const { type, branchCode, at } = appeal;
    if (type === 'PRAISE' || area === '' || at > now || now - at > SURGE_WITHIN_MS) continue;
    const group = groups.find((one) => one.branchCode === branchCode && sameArea(one.area, area));
    if (group === undefined) groups.push({ branchCode, area, members: [appeal] });
    else {
      group.members.push(appeal);
      if (area.length < group.area.length) group.area = area;
    }
  }
  return groups.flatMap(({ branchCode, area, members }) => {
    const citizens = new Set(members.map(({ citizen, ticketId }) => citizen || ticketId)).size;
    if (citizens < SURGE_FROM) return [];
    const chance = atLeast(citizens, Math.max(LEAST_USUAL, usual(branchCode, area)));
    if (chance >= CHANCE) return [];
    const ticketIds = members.map(({ ticketId }) => ticketId);
    return [{ branchCode, area, ticketIds, since: members[0]?.at ?? now, chance }];
  });
}
