import { movesOpen, type OpenMove } from '../moves/open-moves.ts';
import { edgeFor, type RoleEdge } from '../tickets/role-edges.ts';
import type { Actor } from '../tickets/ticket.ts';

/**
 * 联席会议 (I4, HM-09): several units at one table about tickets that none of them ends alone. Modes of its minutes:
 *
 *   draft      纪要草稿: written down, worked on
 *   confirmed  已确认: its decisions bind, its tasks run; nothing in it is changed any more
 *   cancelled  已取消
 */
export const MEETING_STATES = ['draft', 'confirmed', 'cancelled'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

interface MeetingEdge extends RoleEdge<MeetingState> {
  /** `another`: who wrote no word of it. */
  readonly who: 'anybody' | 'another';
}

const WRITERS = ['supervisor', 'adjudicator', 'lead', 'operator'] as const;
/** Its decisions give tickets to units: that is an adjudicator's. */
const CONFIRMERS = ['adjudicator', 'lead'] as const;

/** A pair (move, from) occurs once. */
export const MEETING_MOVES = [
  { move: 'write', from: null, to: 'draft', by: WRITERS, who: 'anybody' },
  { move: 'edit', from: 'draft', to: 'draft', by: WRITERS, who: 'anybody' },
  { move: 'confirm', from: 'draft', to: 'confirmed', by: CONFIRMERS, who: 'another' },
  { move: 'cancel', from: 'draft', to: 'cancelled', by: WRITERS, who: 'anybody' },
] as const satisfies readonly MeetingEdge[];
export type MeetingMove = (typeof MEETING_MOVES)[number]['move'];
/** Of minutes that are there. */
export const MEETING_STEPS = ['confirm', 'edit', 'cancel'] as const satisfies readonly MeetingMove[];
export type MeetingStep = (typeof MEETING_STEPS)[number];

export type MeetingRefusal =
  | 'meeting.moveImpossible'
  | 'meeting.moveForbidden'
  /** Invariant 9: a unit sits at the table; what was decided about it it neither writes nor confirms. */
  | 'meeting.ownUnit'
  | 'meeting.ownWork';

export function decideMeeting(input: {
  readonly move: MeetingMove;
  readonly from: MeetingState | null;
  readonly actor: Actor;
  readonly writers: readonly string[];
}): { readonly to: MeetingState } | { readonly refusal: MeetingRefusal } {
  const { actor, writers } = input;
  const edge = edgeFor<MeetingEdge>(MEETING_MOVES, input);
  if (typeof edge === 'string') return { refusal: `meeting.${edge}` };
  if (actor.unitCode !== null) return { refusal: 'meeting.ownUnit' };
  const wrote = actor.accountId !== null && writers.includes(actor.accountId);
  return edge.who === 'another' && wrote ? { refusal: 'meeting.ownWork' } : { to: edge.to };
}

/** What an account may do with minutes as they are. */
export function openMeetingMoves(
  meeting: Omit<Parameters<typeof decideMeeting>[0], 'move'>,
): readonly OpenMove<MeetingStep>[] {
  return movesOpen<MeetingStep, MeetingRefusal>(
    MEETING_STEPS,
    (move) => {
      const decided = decideMeeting({ ...meeting, move });
      return 'refusal' in decided ? decided.refusal : null;
    },
    'meeting.ownWork',
  );
}

export function meetingDiagram(): string {
  const lines = MEETING_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  confirmed --> [*]', '  cancelled --> [*]', ''].join('\n');
}
