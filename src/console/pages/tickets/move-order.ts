import type { OpenMove } from './shapes.ts';

/** What takes a ticket on its usual way stands first, what takes it off that way last. */
const FIRST: readonly OpenMove['move'][] = [
  'signFor',
  'dispatch',
  'contact',
  'handle',
  'reportDone',
  'reviewReply',
  'visit',
  'acceptReturn',
  'archive',
  'submit',
  'resume',
];
const LAST: readonly OpenMove['move'][] = [
  'handOver',
  'returnTicket',
  'shelve',
  'declareOutOfScope',
  'closeUnvisited',
  'withdraw',
];

const rank = (move: OpenMove['move']): number => {
  const first = FIRST.indexOf(move);
  if (first >= 0) return first - FIRST.length;
  return LAST.indexOf(move) + 1;
};

export const inOrder = (moves: readonly OpenMove[]): readonly OpenMove[] =>
  [...moves].sort((a, b) => rank(a.move) - rank(b.move));

export const isUsual = (move: OpenMove['move']): boolean => FIRST.includes(move);
