import { movesOpen, type OpenMove } from '../moves/open-moves.ts';
import { edgeFor, type RoleEdge } from '../tickets/role-edges.ts';
import type { Actor } from '../tickets/ticket.ts';

/**
 * 通报 (I3): what the hotline writes to units about how they worked. Modes:
 *
 *   draft      草稿: its figures are counted from the books, its words are worked on
 *   submitted  待签发: lies with its signatory, who is named; nobody changes a word of it
 *   sent       已印发: signed, numbered and with its units; words and figures stay as they are for good
 *   corrected  已更正: another circular took its place
 *   withdrawn  已撤回: it holds no more, and its units know
 *   discarded  已作废: never signed
 */
export const CIRCULAR_STATES = ['draft', 'submitted', 'sent', 'corrected', 'withdrawn', 'discarded'] as const;
export type CircularState = (typeof CIRCULAR_STATES)[number];

/**
 * `signatory`: the one person who was named, and who wrote no word of it. `another`: anybody who wrote no word of it.
 * `anybody`: of these roles.
 */
interface CircularEdge extends RoleEdge<CircularState> {
  readonly who: 'anybody' | 'signatory' | 'another';
  readonly reason: 'required' | 'optional';
}

export const CIRCULAR_WRITERS = ['supervisor', 'lead', 'operator'] as const;
/** Who may answer for it with his name. */
export const CIRCULAR_SIGNATORIES = ['lead', 'supervisor', 'leader'] as const;
const SYSTEM = ['system'] as const;

/** A pair (move, from) occurs once. */
export const CIRCULAR_MOVES = [
  { move: 'write', from: null, to: 'draft', by: CIRCULAR_WRITERS, who: 'anybody', reason: 'optional' },
  { move: 'edit', from: 'draft', to: 'draft', by: CIRCULAR_WRITERS, who: 'anybody', reason: 'optional' },
  {
    move: 'submit',
    from: 'draft',
    to: 'submitted',
    by: CIRCULAR_WRITERS,
    who: 'anybody',
    reason: 'optional',
  },
  {
    move: 'recall',
    from: 'submitted',
    to: 'draft',
    by: CIRCULAR_WRITERS,
    who: 'anybody',
    reason: 'optional',
  },
  {
    move: 'sendBack',
    from: 'submitted',
    to: 'draft',
    by: CIRCULAR_SIGNATORIES,
    who: 'signatory',
    reason: 'required',
  },
  {
    move: 'sign',
    from: 'submitted',
    to: 'sent',
    by: CIRCULAR_SIGNATORIES,
    who: 'signatory',
    reason: 'optional',
  },
  {
    move: 'discard',
    from: 'draft',
    to: 'discarded',
    by: CIRCULAR_WRITERS,
    who: 'anybody',
    reason: 'required',
  },
  {
    move: 'withdraw',
    from: 'sent',
    to: 'withdrawn',
    by: CIRCULAR_SIGNATORIES,
    who: 'another',
    reason: 'required',
  },
  // By the signature under what takes its place.
  { move: 'correct', from: 'sent', to: 'corrected', by: SYSTEM, who: 'anybody', reason: 'required' },
] as const satisfies readonly CircularEdge[];
export type CircularMove = (typeof CIRCULAR_MOVES)[number]['move'];
/** Those that a person makes on one that is there, beside working on its words. */
export const CIRCULAR_STEPS = [
  'submit',
  'recall',
  'sendBack',
  'sign',
  'discard',
  'withdraw',
] as const satisfies readonly CircularMove[];
export type CircularStep = (typeof CIRCULAR_STEPS)[number];

export type CircularRefusal =
  | 'circular.moveImpossible'
  | 'circular.moveForbidden'
  /** Invariant 9: no unit writes, signs or withdraws what judges it. */
  | 'circular.ownUnit'
  | 'circular.notSignatory'
  /** Two persons: whoever wrote a word of it does not put his name under it. */
  | 'circular.ownWork'
  | 'circular.reasonMissing';

export function decideCircular(input: {
  readonly move: CircularMove;
  readonly from: CircularState | null;
  readonly actor: Actor;
  /** Everybody who wrote a word of it. */
  readonly writers: readonly string[];
  readonly signatory: string | null;
  readonly reason: string;
}): { readonly to: CircularState } | { readonly refusal: CircularRefusal } {
  const { actor, writers, signatory } = input;
  const edge = edgeFor<CircularEdge>(CIRCULAR_MOVES, input);
  if (typeof edge === 'string') return { refusal: `circular.${edge}` };
  if (actor.unitCode !== null) return { refusal: 'circular.ownUnit' };
  if (edge.who === 'signatory' && actor.accountId !== signatory) return { refusal: 'circular.notSignatory' };
  const wrote = actor.accountId !== null && writers.includes(actor.accountId);
  // To give it back takes no second person.
  if (edge.who !== 'anybody' && edge.move !== 'sendBack' && wrote) return { refusal: 'circular.ownWork' };
  if (edge.reason === 'required' && input.reason.trim() === '') return { refusal: 'circular.reasonMissing' };
  return { to: edge.to };
}

/** What an account may do with a circular as it is. */
export function openCircularMoves(
  circular: Omit<Parameters<typeof decideCircular>[0], 'move' | 'reason'>,
): readonly OpenMove<CircularStep>[] {
  return movesOpen<CircularStep, CircularRefusal>(
    CIRCULAR_STEPS,
    (move) => {
      const decided = decideCircular({ ...circular, move, reason: 'said' });
      return 'refusal' in decided ? decided.refusal : null;
    },
    'circular.ownWork',
  );
}

/** Whether this account can be named as signatory of what these have written; null: it can. */
export function signatoryFault(
  account: {
    readonly id: string;
    readonly roles: readonly string[];
    readonly unitCode: string | null;
    readonly disabled: boolean;
  } | null,
  writers: readonly string[],
): 'circular.signatoryUnfit' | 'circular.ownWork' | null {
  if (account === null || account.disabled || account.unitCode !== null) return 'circular.signatoryUnfit';
  if (!CIRCULAR_SIGNATORIES.some((role) => account.roles.includes(role))) return 'circular.signatoryUnfit';
  return writers.includes(account.id) ? 'circular.ownWork' : null;
}

export function circularDiagram(): string {
  const lines = CIRCULAR_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  const ends = ['corrected', 'withdrawn', 'discarded'].map((one) => `  ${one} --> [*]`);
  return ['stateDiagram-v2', ...lines, ...ends, ''].join('\n');
}
