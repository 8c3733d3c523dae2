import type { Deadline, Ticket, TicketState } from './shapes.ts';

/** In which states a stage's own time is still of interest; one that was kept is not shown as if it ran. */
const RUNS: Readonly<Partial<Record<Deadline['kind'], readonly TicketState[]>>> = {
  accept: ['registered'],
  review: ['underReview'],
  dispatch: ['registered', 'underReview'],
  sign: ['dispatched'],
  adjudicate: ['returned'],
  contact: [
    'dispatched',
    'signedFor',
    'handling',
    'longTerm',
    'reportedDone',
    'replyReview',
    'returnVisit',
    'disputed',
  ],
  handle: ['signedFor', 'inContact', 'handling'],
  visit: ['reportedDone', 'replyReview', 'returnVisit'],
  recheck: ['disputed'],
};

export function stageRuns(
  kind: Deadline['kind'],
  { state, timeline }: Pick<Ticket, 'state' | 'timeline'>,
): boolean {
  if (kind === 'contact' && timeline.some(({ type }) => type === 'contact')) return false;
  return RUNS[kind]?.includes(state) ?? false;
}
