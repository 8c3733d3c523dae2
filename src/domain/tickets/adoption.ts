import { findPersonalData, type KnownCitizen } from '../privacy/personal-data.ts';
import type { Actor, Role, TicketType } from './ticket.ts';
import type { TicketState } from './transitions.ts';

/** 建议采纳 (H27, TY): what became of a citizen's suggestion. */
export const ADOPTIONS = ['adopted', 'partly', 'notAdopted'] as const;
export type Adoption = (typeof ADOPTIONS)[number];
export const ADOPTION_NAMES: Readonly<Record<Adoption, string>> = {
  adopted: '采纳',
  partly: '部分采纳',
  notAdopted: '未采纳',
};

export type AdoptionRefusal =
  | 'adoption.notSuggestion'
  | 'adoption.tooEarly'
  | 'ticket.moveForbidden'
  | 'ticket.otherUnit'
  | 'adoption.wordsMissing'
  | 'adoption.personal'
  /** Only what was taken up is told to everybody; */
  | 'adoption.notTakenUp'
  /** and nothing of a matter that is kept from most. */
  | 'adoption.secret';

const HOTLINE: readonly Role[] = ['reviewer', 'supervisor', 'operator', 'lead'];
/** Nobody has looked at what no unit had. */
const TOO_EARLY: readonly TicketState[] = ['registered', 'underReview', 'outOfScope', 'withdrawn'];

/** By the unit that has it, or by the hotline, whose word stands before the unit's; with the measure, or why not. */
export function decideAdoption(input: {
  readonly ticket: {
    readonly type: TicketType;
    readonly state: TicketState;
    readonly unitCode: string | null;
    readonly citizen: KnownCitizen;
    /** Confidential, or kept to a list. */
    readonly secret: boolean;
  };
  readonly actor: Actor;
  readonly outcome: Adoption;
  readonly words: string;
  readonly publication: string;
  /** What was suggested, as everybody may read it, with the measure beside it; empty: it stands on no public list. */
  readonly summary: string;
}): { readonly side: 'unit' | 'hotline' } | { readonly refusal: AdoptionRefusal } {
  const { ticket, actor, words, publication, summary } = input;
  if (ticket.type !== 'SUGGESTION') return { refusal: 'adoption.notSuggestion' };
  const ofUnit = actor.unitCode !== null;
  if (ofUnit && actor.unitCode !== ticket.unitCode) return { refusal: 'ticket.otherUnit' };
  const may = ofUnit ? actor.roles.includes('unit') : actor.roles.some((role) => HOTLINE.includes(role));
  if (!may) return { refusal: 'ticket.moveForbidden' };
  if (TOO_EARLY.includes(ticket.state)) return { refusal: 'adoption.tooEarly' };
  if (words.trim() === '') return { refusal: 'adoption.wordsMissing' };
  const listed = summary.trim() !== '';
  if (listed && input.outcome === 'notAdopted') return { refusal: 'adoption.notTakenUp' };
  if (listed && ticket.secret) return { refusal: 'adoption.secret' };
  // It is for everybody to read: as a public reply it tells of nobody who he is.
  const read = [publication, ...(listed ? [summary, words] : [])];
  if (read.some((text) => findPersonalData(text, ticket.citizen).length > 0)) {
    return { refusal: 'adoption.personal' };
  }
  return { side: ofUnit ? 'unit' : 'hotline' };
}
