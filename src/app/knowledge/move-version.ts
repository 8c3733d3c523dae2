import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { dueAfterWorkingDays } from '../../domain/deadlines/due.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { fitToSubmit, lintEntry } from '../../domain/knowledge/lint.ts';
import { type Outdated, outdated, standingOf } from '../../domain/knowledge/standing.ts';
import { decideVersionMove } from '../../domain/knowledge/version-move.ts';
import {
  type AskedMove,
  VERSION_STATE_NAMES,
  type VersionState,
} from '../../domain/knowledge/version-table.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { EntryHead, VersionHead, VersionView } from '../ports/knowledge.ts';
import type { Transaction } from '../ports/transaction.ts';
import type { EndedWords } from './end-words.ts';
import { lockedEntry, type WritingDeps } from './write-entry.ts';

/** What was published at once is looked at by another person within a working day. */
const REVIEW_WORKING_DAYS = 1;

export interface MovedVersion {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: VersionState;
  readonly revision: number;
  /** ISO 8601; null but after an emergency publication. */
  readonly reviewDueAt: string | null;
}

/** What else happens in the transaction that moves a version: whoever waits for it, is to be told, or has to look. */
export type AfterVersionMove = (
  moved: {
    readonly entry: EntryHead;
    readonly version: VersionHead;
    readonly content: VersionView;
    readonly move: AskedMove;
    readonly reviewDueAt: number | null;
    readonly actor: Actor;
    readonly reason: string;
    /** Versions that are told no more by it. */
    readonly over: readonly EndedWords[];
  },
  tx: Transaction,
) => Promise<void>;

/**
 * Moves a version along its table. What is submitted must be fit for a checker; what is published takes the place of
 * what was told before, from its first day on.
 *
 * Refuses with `knowledge.unknown`, `knowledge.changedMeanwhile`, `knowledge.versionUnknown`, `knowledge.unfit`,
 * `knowledge.expired`, and what `decideVersionMove` refuses.
 */
export function moveVersion(
  deps: WritingDeps & { readonly calendar: CalendarSource; readonly after?: AfterVersionMove },
) {
  return (asked: {
    readonly id: string;
    readonly version: number;
    readonly revision: number;
    readonly move: AskedMove;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<MovedVersion> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor, reason } = asked;
      const { calendar } = await deps.calendar.load(tx);
      const at = deps.now();
      const today = localDateOf(at, calendar.zone);
      // Its words are never changed: they can be read before the entry is locked.
      const content = await deps.knowledge.version(id, asked.version, tx);
      if (move === 'submit' && content !== null) refuseUnfit(content, today);
      const entry = await lockedEntry(deps.knowledge, id, asked.revision, tx);
      const version = entry.versions.find(({ number }) => number === asked.version);
      if (version === undefined || content === null) {
        throw new AppError('knowledge.versionUnknown', { version: asked.version });
      }
      const { state: from } = version;
      const decided = decideVersionMove({
        ...{ move, from, ownerUnit: entry.ownerUnit, hands: version, actor, reason },
      });
      if ('refusal' in decided) {
        const stateName = VERSION_STATE_NAMES[from];
        throw new AppError(decided.refusal, { move, state: from, stateName, unit: entry.ownerUnit });
      }
      const { to } = decided;
      if (standingOf({ ...version, state: to }, today) === 'expired') {
        throw new AppError('knowledge.expired', { version: version.number, validTo: version.validTo });
      }
      const reviewDueAt =
        to === 'emergency'
          ? dueAfterWorkingDays(at, REVIEW_WORKING_DAYS, chinaCalendar(calendar)).dueAt
          : null;
      const step = {
        version: version.number,
        move,
        from,
        to,
        by: actor.accountId,
        at,
        reason: reason.trim(),
      };
      await deps.knowledge.move(id, reviewDueAt === null ? step : { ...step, reviewDueAt }, tx);
      const others = entry.versions.map((one) => (one === version ? { ...one, state: to } : one));
      const left = await markOutdated(deps, { ...entry, versions: others }, today, tx);
      const over: readonly EndedWords[] = [
        ...(move === 'withdraw' ? [{ version: version.number, how: move }] : []),
        ...left.map(endedBy),
      ];
      await deps.after?.({ entry, version, content, move, reviewDueAt, actor, reason, over }, tx);
      return {
        id,
        number: entry.number,
        version: version.number,
        state: to,
        revision: entry.revision + 1 + left.length,
        reviewDueAt: reviewDueAt === null ? null : new Date(reviewDueAt).toISOString(),
      };
    });
}

/** Marks what a later version replaced and what is over; returns what was marked, as it was before. */
export async function markOutdated(
  deps: Pick<WritingDeps, 'knowledge' | 'now'>,
  entry: EntryHead,
  today: string,
  tx: Transaction,
): Promise<readonly Outdated<VersionHead>[]> {
  const marked = outdated(entry.versions, today);
  for (const { version, move } of marked) {
    const to = move === 'replace' ? 'replaced' : 'expired';
    const step = {
      version: version.number,
      move,
      from: version.state,
      to,
      by: null,
      at: deps.now(),
      reason: '',
    } as const;
    await deps.knowledge.move(entry.id, step, tx);
  }
  return marked;
}

/** As what it ends is told of. */
export const endedBy = ({ version, move }: Outdated<VersionHead>): EndedWords => ({
  version: version.number,
  how: move,
});

function refuseUnfit(content: VersionView, today: string): void {
  const findings = lintEntry(content, today);
  if (fitToSubmit(findings)) return;
  throw new AppError('knowledge.unfit', {
    findings: findings.filter(({ severity }) => severity === 'error'),
  });
}
