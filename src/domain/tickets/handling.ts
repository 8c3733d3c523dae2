import { barrierOf } from './moving.ts';
import type { Actor } from './ticket.ts';
import type { TimeLineNote } from './time-line.ts';
import type { TicketState } from './transitions.ts';

/**
 * What a unit says of its work before the result (JY-11): how it means to handle the matter (处理方式), with `handle` or later and
 * again when it thinks better of it, and how far it is (办理进展), as often as there is something to say. The result is said apart,
 * when it reports done.
 */
export const HANDLING_KINDS = ['approach', 'progress'] as const;
export type HandlingKind = (typeof HANDLING_KINDS)[number];
export const HANDLING_NOTES = {
  approach: 'approachNoted',
  progress: 'progressNoted',
} as const satisfies Readonly<Record<HandlingKind, TimeLineNote>>;
export const HANDLING_NAMES: Readonly<Record<HandlingKind, string>> = {
  approach: '处理方式',
  progress: '办理进展',
};
export const HANDLING_WORDS_MAX = 2000;

/** The unit has it in hand: signed for, and not reported done. */
const IN_HAND: readonly TicketState[] = ['signedFor', 'inContact', 'handling', 'longTerm'];
export const isInHand = (state: TicketState): boolean => IN_HAND.includes(state);

export type HandlingRefusal =
  | NonNullable<ReturnType<typeof barrierOf>>
  | 'handling.notNow'
  | 'handling.wordsMissing';

/** Why a unit cannot say it; null: it can. What is said within a unit, or of a part, is said with the part (N30). */
export function handlingRefusal(
  ticket: { readonly state: TicketState; readonly unitCode: string | null },
  words: string,
  actor: Actor,
): HandlingRefusal | null {
  const barrier = barrierOf({ by: ['unit'], side: 'unit' }, actor, ticket.unitCode);
  if (barrier !== null) return barrier;
  if (!isInHand(ticket.state)) return 'handling.notNow';
  return words.trim() === '' ? 'handling.wordsMissing' : null;
}

/** A line of the time line, as far as the handling is read from it. */
interface HandlingLine<At> {
  readonly at: At;
  readonly type: string;
  readonly reason: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Handling<At> {
  /** As it stands: the last that was said. */
  readonly approach: { readonly at: At; readonly words: string } | null;
  /** The oldest first; `unitCode`: whose word it is. */
  readonly progress: readonly { readonly at: At; readonly words: string; readonly unitCode: string | null }[];
}

/** What the lines of one ticket say of its handling. The lines are its only home: append-only, and hashed with the rest. */
export function handlingOf<At>(lines: readonly HandlingLine<At>[]): Handling<At> {
  const approaches = lines.flatMap(({ at, type, body, reason }) => {
    if (type === HANDLING_NOTES.approach) return [{ at, words: reason }];
    const words = type === 'handle' ? body.approach : undefined;
    return typeof words === 'string' && words !== '' ? [{ at, words }] : [];
  });
  const progress = lines
    .filter(({ type }) => type === HANDLING_NOTES.progress)
    .map(({ at, reason, body }) => ({
      at,
      words: reason,
      unitCode: typeof body.unitCode === 'string' ? body.unitCode : null,
    }));
  return { approach: approaches.at(-1) ?? null, progress };
}
