import type { TicketState } from './transitions.ts';
import { isWithUnit } from './urging.ts';

// 查办件 (L2, L4): a citizen follows his own ticket without an account, presses it, and adds what he left out.

/** That it hurries; or what he left out. */
export const CITIZEN_WISHES = ['urge', 'add'] as const;
export type CitizenWish = (typeof CITIZEN_WISHES)[number];
export const CITIZEN_NOTES = { urge: 'citizenUrged', add: 'citizenAdded' } as const satisfies Record<
  CitizenWish,
  string
>;

/** Who is pressed every hour reads none of it. */
export const CITIZEN_URGE_PAUSE_MS = 86_400_000;
/** So many additions in so long: a matter is told in a few pieces. */
export const CITIZEN_ADDS = { most: 5, withinMs: 86_400_000 } as const;
/** The same words within this are one wish that was sent twice. */
const SAME_WORDS_MS = 600_000;
export const CITIZEN_WORDS_MAX = 500;

/** In which nothing is added to it any more. */
export const OVER: readonly TicketState[] = ['withdrawn', 'closed', 'archived'];
/** Their reply has been let go: it is the citizen's to read. */
const REPLY_TOLD: readonly TicketState[] = ['returnVisit', 'disputed', 'closed', 'archived'];

/** What he wrote to it before, the oldest first. */
export interface CitizenLine {
  readonly at: number;
  readonly wish: CitizenWish;
  readonly words: string;
  /** Of the appeal that he was still writing: no addition to it. */
  readonly piece: boolean;
}
export type CitizenSaying = Pick<CitizenLine, 'wish' | 'words'>;

interface Followed {
  readonly state: TicketState;
  readonly lines: readonly CitizenLine[];
}

export const isOver = (state: TicketState): boolean => OVER.includes(state);
export const showsReply = (state: TicketState): boolean => REPLY_TOLD.includes(state);
/** Whether a unit has it in hand, or the hotline: somebody always has. */
export const inWhoseHands = (state: TicketState): 'unit' | 'hotline' | 'nobody' =>
  isOver(state) ? 'nobody' : isWithUnit(state) ? 'unit' : 'hotline';

/** When it can be pressed again, epoch milliseconds; null: now. */
export function urgeAgainAt({ lines }: Pick<Followed, 'lines'>, now: number): number | null {
  const last = lines.filter(({ wish }) => wish === 'urge').at(-1);
  if (last === undefined) return null;
  const again = last.at + CITIZEN_URGE_PAUSE_MS;
  return again > now ? again : null;
}

/** Sent twice (a slow network, an impatient thumb): it stands there already. */
export function saidAlready({ lines }: Pick<Followed, 'lines'>, said: CitizenSaying, now: number): boolean {
  return lines.some(
    ({ at, wish, words }) => wish === said.wish && words === said.words && now - at < SAME_WORDS_MS,
  );
}

export type FollowRefusal =
  | 'follow.over'
  | 'follow.urgedLately'
  | 'follow.addedEnough'
  | 'follow.wordsMissing';

/** Why his words cannot be taken here; null: they can. Pressing needs no words, an addition is nothing without. */
export function followRefusal(
  ticket: Followed,
  { wish, words }: CitizenSaying,
  now: number,
): FollowRefusal | null {
  if (isOver(ticket.state)) return 'follow.over';
  switch (wish) {
    case 'urge':
      return urgeAgainAt(ticket, now) === null ? null : 'follow.urgedLately';
    case 'add': {
      if (words === '') return 'follow.wordsMissing';
      const since = now - CITIZEN_ADDS.withinMs;
      const added = ticket.lines.filter((line) => line.wish === 'add' && !line.piece && line.at > since);
      return added.length < CITIZEN_ADDS.most ? null : 'follow.addedEnough';
    }
    default:
      return wish satisfies never;
  }
}
