import type { Actor, Role } from './ticket.ts';
import type { TicketMove } from './transitions.ts';

/**
 * 先解决问题再说 (H23, F-12): whose a thing is may be open for long, the danger may not. The interim handler acts without
 * prejudice to who owns it and who pays. Two conditions of the end, in this order:
 *
 *   hazardOpen   险情未除: nothing else comes before
 *   causeOpen    险情已除、根源未除: nobody is in danger; the ticket stays until what caused it is mended
 *   fulfilled    险情、根源均已消除: the ticket may go to its end
 */
export const INTERIM_TABLE = {
  hazardOpen: { removeHazard: ['causeOpen'] },
  causeOpen: { fixCause: ['fulfilled'], recur: ['hazardOpen'] },
  // A leak that was mended and drips again is the old one.
  fulfilled: { recur: ['hazardOpen'] },
} as const;
export type InterimState = keyof typeof INTERIM_TABLE;
export const INTERIM_STATES = Object.keys(INTERIM_TABLE) as InterimState[];
export const INTERIM_ACTS = ['removeHazard', 'fixCause', 'recur'] as const;
export type InterimAct = (typeof INTERIM_ACTS)[number];

export const INTERIM_STATE_NAMES: Readonly<Record<InterimState, string>> = {
  hazardOpen: '险情未除',
  causeOpen: '险情已除，根源未除',
  fulfilled: '险情、根源均已消除',
};

/** What an interim handler did is no word on whose it is. */
export const WITHOUT_PREJUDICE = '先行处置不作为责任认定和费用承担的依据';

export const HAZARD_HOURS = { usual: 24, most: 72 } as const;

export type Condition = 'hazardRemoved' | 'causeFixed';

/** Which conditions a ticket without them does not meet; a citizen's second thoughts remove no hazard. */
export function openConditions(move: TicketMove, interim: InterimState | null): readonly Condition[] {
  if (interim === null || interim === 'fulfilled') return [];
  const hazard: readonly Condition[] = interim === 'hazardOpen' ? ['hazardRemoved'] : [];
  switch (move) {
    case 'withdraw':
      return hazard;
    case 'reportDone':
    case 'close':
    case 'closeUnvisited':
      return [...hazard, 'causeFixed'];
    default:
      return [];
  }
}

export type InterimRefusal = 'interim.actImpossible' | 'interim.actForbidden' | 'interim.evidenceMissing';

/** Who says that a hazard is there again: the desk, or a unit that stands before it. */
const SEES_HAZARDS: readonly Role[] = [
  'dispatcher',
  'operator',
  'lead',
  'supervisor',
  'returnVisitor',
  'agent',
];

/** With evidence, by the unit that has the ticket; that it recurs may be said by the hotline as well. */
export function decideInterimAct(input: {
  readonly act: InterimAct;
  readonly from: InterimState;
  readonly unitCode: string | null;
  readonly actor: Actor;
  readonly evidence: string;
}): { readonly to: InterimState } | { readonly refusal: InterimRefusal } {
  const { act, from, unitCode, actor } = input;
  const on: Partial<Record<InterimAct, readonly InterimState[]>> = INTERIM_TABLE[from];
  const [to] = on[act] ?? [];
  if (to === undefined) return { refusal: 'interim.actImpossible' };
  const own = actor.roles.includes('unit') && unitCode !== null && actor.unitCode === unitCode;
  const desk = actor.unitCode === null && actor.roles.some((role) => SEES_HAZARDS.includes(role));
  if (!own && !(act === 'recur' && desk)) return { refusal: 'interim.actForbidden' };
  return input.evidence.trim() === '' ? { refusal: 'interim.evidenceMissing' } : { to };
}
