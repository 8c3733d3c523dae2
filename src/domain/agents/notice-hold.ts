import type { Presence } from './presence.ts';

/** A critical notice in force, and which agents have read it. */
export interface HoldingNotice {
  readonly id: string;
  readonly title: string;
  readonly untilMs: number;
  readonly readBy: readonly string[];
}

/** What holds an agent back from being ready; the oldest first. */
export const unreadBy = (
  notices: readonly HoldingNotice[],
  agentId: string,
  nowMs: number,
): readonly HoldingNotice[] =>
  notices.filter(({ untilMs, readBy }) => nowMs < untilMs && !readBy.includes(agentId));

/**
 * Who would become ready, and has not read what must be read, is not ready instead. Nobody is thrown out: who is ready stays
 * so until the next call is over, who talks talks on, and who is held back is ready by reading it.
 */
export function heldBack(before: Presence, after: Presence): Presence {
  if (after.state !== 'READY' || before.state === 'READY') return after;
  const intended = { to: 'NOT_READY', reason: 'noticeUnread' } as const;
  return { ...after, state: 'NOT_READY', reason: intended.reason, intended };
}
