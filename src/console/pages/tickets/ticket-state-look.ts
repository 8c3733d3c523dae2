import type { TicketState } from './shapes.ts';

/** Whose turn it is: the hotline's, the unit's, the citizen's, nobody's. Shown beside the state's name, never instead of it. */
export type Turn = 'hotline' | 'unit' | 'citizen' | 'nobody';

const TURNS: Readonly<Record<TicketState, Turn>> = {
  registered: 'hotline',
  underReview: 'hotline',
  outOfScope: 'hotline',
  dispatched: 'unit',
  signedFor: 'unit',
  returned: 'hotline',
  inContact: 'unit',
  handling: 'unit',
  longTerm: 'unit',
  reportedDone: 'hotline',
  replyReview: 'hotline',
  returnVisit: 'citizen',
  disputed: 'hotline',
  withdrawn: 'nobody',
  closed: 'nobody',
  archived: 'nobody',
};

export const STATES = Object.keys(TURNS) as readonly TicketState[];
export const turnOf = (state: TicketState): Turn => TURNS[state];
