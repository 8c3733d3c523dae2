import type { Truth } from './exclusion.ts';
import type { TimeLineNote } from './time-line.ts';
import type { TicketMove } from './transitions.ts';

/**
 * What a finding rests on (H25): something that the books have already of this very ticket, named by its id, so that whoever
 * judges the finding looks at the thing itself.
 *
 *   line       a line of its time line, by its number
 *   recording  a talk about it that was recorded, by its call
 *   document   a paper that was issued for it
 */
export const EVIDENCE_KINDS = ['line', 'recording', 'document'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface EvidenceRef {
  readonly kind: EvidenceKind;
  /** The number of the line, else an id. */
  readonly ref: string;
}
export const EVIDENCE_MAX = 20;

/**
 * Lines that show something of the matter itself: what was done for it, what the citizen said of it, what was looked at.
 * Somebody's judgement shows nothing for the next one, and neither does what the program notes of its own running.
 */
export const EVIDENCE_LINES = [
  'contact',
  'handle',
  'progressNoted',
  'photoAdded',
  'reportDone',
  'returnTicket',
  'rework',
  'close',
  'citizenCalled',
  'citizenAdded',
  'citizenRated',
  'visitAttempt',
  'urgentCalled',
  'meetingDecided',
  'partMoved',
  'interimActed',
] as const satisfies readonly (TicketMove | TimeLineNote)[];
/** Taken down by the program: that a talk was had is nobody's word, whoever had it. */
export const RECORDED_LINES = ['citizenCalled', 'urgentCalled'] as const satisfies readonly TimeLineNote[];

/** Each thing once, in the order in which it was named. */
export function onceEach(refs: readonly EvidenceRef[]): readonly EvidenceRef[] {
  const named = refs.map(({ kind, ref }) => ({ kind, ref: kind === 'line' ? ref : ref.toLowerCase() }));
  return named.filter((one, nth) => named.findIndex((other) => isSame(one, other)) === nth);
}

/** Those that are not among what the ticket has. */
export const strangersTo = (
  refs: readonly EvidenceRef[],
  known: readonly EvidenceRef[],
): readonly EvidenceRef[] => refs.filter((ref) => !known.some((one) => isSame(ref, one)));

const isSame = (one: EvidenceRef, other: EvidenceRef): boolean =>
  one.kind === other.kind && one.ref === other.ref;

/** What is simply so needs nobody's proof. Anything else takes words that say why, and something that shows it. */
export function lacksEvidence(
  truth: Truth,
  words: string,
  refs: readonly EvidenceRef[],
): 'words' | 'refs' | null {
  if (truth === 'true') return null;
  if (words.trim() === '') return 'words';
  return refs.length === 0 ? 'refs' : null;
}
