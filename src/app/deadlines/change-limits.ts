import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { compressedFaults } from '../../domain/deadlines/compressed-time.ts';
import { promisedOtherwise } from '../../domain/deadlines/limit-comparison.ts';
import { type LimitExample, limitExamples, type Promised } from '../../domain/deadlines/limit-examples.ts';
import { decideLimitMove, type LimitDecision, type LimitState } from '../../domain/deadlines/limit-life.ts';
import {
  citizenLimitChanges,
  keptContent,
  type LimitSet,
  limitFaults,
  limitSetOf,
  limitsAt,
  type StoredLimits,
} from '../../domain/deadlines/limit-set.ts';
import { presetOf } from '../../domain/deadlines/presets.ts';
import { soonest } from '../../domain/deadlines/soonest.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource, TicketSettings } from '../ports/calendar.ts';
import type { CalendarEditBook } from '../ports/calendar-edits.ts';
import type { LimitBook } from '../ports/limits.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { type CompressedSwitch, limitsOf } from './counting.ts';
import { eachOpenTicket } from './open-tickets.ts';

const COMPARED_SHOWN = 200;

/** An open ticket that would have been promised something else. It keeps what it was promised. */
export interface ComparedTicket {
  readonly ticketId: string;
  readonly number: string;
  readonly categoryCode: string;
  readonly unitCode: string | null;
  readonly keeps: Promised;
  readonly would: Promised;
}

export interface ProposedLimits {
  /** null: nothing was written, it was only asked what it would do. */
  readonly number: number | null;
  readonly state: LimitState;
  /** ISO 8601, UTC. */
  readonly validFrom: string;
  /** Which of the citizen's limits change. */
  readonly citizenChanges: readonly string[];
  /** What is promised otherwise from then on, each with an example: a ticket accepted at that instant. */
  readonly examples: readonly LimitExample[];
  /** Open tickets, which keep the limits under which they were accepted. */
  readonly openTickets: number;
  /** Of those, which would have been promised something else, the first due first; null: it was not only asked. */
  readonly compared: { readonly total: number; readonly tickets: readonly ComparedTicket[] } | null;
  /** Categories of the preset that are not in the county's list: nothing falls under their limits until it names its own. */
  readonly unknownCategories: readonly string[];
}

export interface LimitDeps extends CompressedSwitch {
  readonly database: Database;
  readonly limits: LimitBook;
  readonly calendarEdits: Pick<CalendarEditBook, 'openTickets'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

/**
 * Proposes other limits from an instant on. What changes the citizen's waits for a second person; the rest is in force
 * at once. Refuses with `limits.presetUnknown`, `limits.changedMeanwhile`, `limits.unknown` (its base), `limits.baseDropped`,
 * `limits.endsBy`, `limits.faulty`, `limits.startPassed`, `limits.compressedOff`,
 * `ticket.categoryUnknown`.
 */
export function proposeLimits(deps: LimitDeps) {
  return (request: {
    readonly preset: string;
    /**
     * The set whose content it was made from; of what was made from a preset the one that was in force. A set is whole: it
     * would undo what came since, and nobody would see it.
     */
    readonly base: number;
    /** The set that takes its place on a day to come, where its writer knows that; else null. */
    readonly endsBy: number | null;
    readonly content: StoredLimits | null;
    /** null: as soon as it is decided. */
    readonly validFrom: number | null;
    readonly reason: string;
    readonly actorId: string;
    readonly dryRun: boolean;
  }): Promise<ProposedLimits> =>
    deps.database.transact(async (tx) => {
      const { content, actorId, reason } = request;
      const base = presetOf(request.preset);
      if (base === null) throw new AppError('limits.presetUnknown', { preset: request.preset });
      await deps.limits.lock(tx);
      // Told before anything else: what does not fit may be the other's doing.
      const edits = await deps.limits.later(request.base, tx);
      if (edits.length > 0) throw new AppError('limits.changedMeanwhile', { base: request.base, edits });
      if ((await deps.limits.find(request.base, tx)) === null) {
        throw new AppError('limits.unknown', { number: request.base });
      }
      await refuseDropped(deps, request.base, tx);
      const now = deps.now();
      const validFrom = request.validFrom ?? now;
      if (validFrom < now) throw new AppError('limits.startPassed', { now: new Date(now).toISOString() });
      await refuseUnseenEnd(deps, { upTo: request.base, validFrom, endsBy: request.endsBy }, tx);
      const whole = limitSetOf({ number: 0, validFrom, content }, base);
      // What was shown is over: it comes back with no set that is made from that one.
      const isOver = (whole.compressed?.untilMs ?? validFrom) <= validFrom;
      const wanted = isOver ? { ...whole, compressed: null } : whole;
      if (wanted.compressed != null && deps.compressedTime !== 'on')
        throw new AppError('limits.compressedOff');
      const faults = [...limitFaults(wanted), ...compressedFaults(wanted, validFrom)];
      if (faults.length > 0) throw new AppError('limits.faulty', { faults });
      const unknown = await deps.limits.unknownCategories(
        [...wanted.categories, ...(wanted.compressed == null ? [] : [wanted.compressed])].map(
          ({ category }) => category,
        ),
        tx,
      );
      // What somebody wrote himself is mistyped; what the preset brings is the list of another place.
      const named = [
        ...(content?.categories ?? []),
        ...(wanted.compressed == null ? [] : [wanted.compressed]),
      ];
      const mistyped = named.find(({ category }) => unknown.includes(category));
      if (mistyped !== undefined) {
        throw new AppError('ticket.categoryUnknown', { category: mistyped.category });
      }
      const settings = await deps.calendar.load(tx);
      const { limits, calendar } = settings;
      const standing = limitsAt(limits, validFrom);
      const citizenChanges = citizenLimitChanges(standing, wanted);
      // What was decided while the switch was on holds for nobody any more.
      const held = deps.compressedTime === 'on' ? standing : { ...standing, compressed: null };
      const examples = limitExamples(held, wanted, validFrom, chinaCalendar(calendar));
      const state = citizenChanges.length > 0 ? 'proposed' : 'approved';
      const openTickets = await deps.limits.openTickets(tx);
      const compared = request.dryRun ? await compare(deps, settings, wanted, tx) : null;
      const set = { preset: request.preset, validFrom, state, reason, proposedBy: actorId } as const;
      const kept = { ...set, base: request.base, content: keptContent(wanted) };
      const number = request.dryRun
        ? null
        : await deps.limits.add({ ...kept, proposedAt: now, decided: state === 'approved' }, tx);
      return {
        ...{ number, state, validFrom: new Date(validFrom).toISOString() },
        ...{ citizenChanges, examples, openTickets, compared, unknownCategories: unknown },
      };
    });
}

async function compare(
  deps: Pick<LimitDeps, 'calendarEdits'>,
  settings: TicketSettings,
  wanted: LimitSet,
  tx: Transaction,
): Promise<NonNullable<ProposedLimits['compared']>> {
  const calendar = chinaCalendar(settings.calendar);
  let total = 0;
  let tickets: readonly ComparedTicket[] = [];
  await eachOpenTicket(deps.calendarEdits, tx, (batch) => {
    const found = batch.flatMap((ticket) => {
      const { ticketId, number, categoryCode, unitCode, acceptedAt } = ticket;
      const other = promisedOtherwise(ticket, limitsOf(settings, acceptedAt), wanted, calendar);
      return other === null ? [] : [{ ticketId, number, categoryCode, unitCode, ...other }];
    });
    total += found.length;
    tickets = soonest(tickets, found, ({ would }) => would.dueAt, COMPARED_SHOWN);
  });
  return { total, tickets };
}

/**
 * Decides what somebody else proposed, or takes it back. A set whose instant passed while it waited begins now: no
 * ticket is given other limits afterwards. Refuses with `limits.unknown`, `limits.baseUnknown`, `limits.baseDropped`,
 * `limits.overtaken`, `limits.endsBy` and what `decideLimitMove` refuses.
 */
export function decideLimits(deps: LimitDeps) {
  return (request: {
    readonly number: number;
    readonly decision: LimitDecision;
    /** As of `proposeLimits`; what is approved may have got it since. */
    readonly endsBy: number | null;
    readonly words: string;
    readonly actorId: string;
  }): Promise<{ readonly number: number; readonly state: LimitState; readonly validFrom: string }> =>
    deps.database.transact(async (tx) => {
      const { number, decision, words, actorId } = request;
      await deps.limits.lock(tx);
      const set = await deps.limits.find(number, tx);
      if (set === null) throw new AppError('limits.unknown', { number });
      const now = deps.now();
      const decided = decideLimitMove(decision, set, actorId, now);
      if ('refusal' in decided) throw new AppError(decided.refusal, { state: set.state });
      const validFrom = decision === 'approve' ? Math.max(set.validFrom, now) : set.validFrom;
      if (decision === 'approve') {
        if (set.base === null) throw new AppError('limits.baseUnknown', { number });
        await refuseDropped(deps, set.base, tx);
        await refuseOvertaken(deps, number, tx);
        await refuseUnseenEnd(deps, { upTo: number, validFrom, endsBy: request.endsBy }, tx);
      }
      await deps.limits.decide(number, { state: decided.to, validFrom, by: actorId, at: now, words }, tx);
      return { number, state: decided.to, validFrom: new Date(validFrom).toISOString() };
    });
}

/** What is made from a set that came to nothing would bring it back, and nobody would have said so. */
async function refuseDropped(deps: Pick<LimitDeps, 'limits'>, base: number, tx: Transaction): Promise<void> {
  const dropped = await deps.limits.dropped(base, tx);
  if (dropped !== null) throw new AppError('limits.baseDropped', { base, dropped });
}

/** Approved after a later one, it would begin after that and undo it. */
async function refuseOvertaken(
  deps: Pick<LimitDeps, 'limits'>,
  number: number,
  tx: Transaction,
): Promise<void> {
  const edits = (await deps.limits.later(number, tx)).filter(({ state }) => state !== 'proposed');
  if (edits.length > 0) throw new AppError('limits.overtaken', { number, edits });
}

/** An earlier set that begins later takes its place: what it changed would be gone that day, and nobody would have said so. */
async function refuseUnseenEnd(
  deps: Pick<LimitDeps, 'limits'>,
  set: { readonly upTo: number; readonly validFrom: number; readonly endsBy: number | null },
  tx: Transaction,
): Promise<void> {
  const coming = await deps.limits.comingAfter(set.upTo, set.validFrom, tx);
  if (coming !== null && coming.revision !== set.endsBy) {
    throw new AppError('limits.endsBy', { endsBy: coming.revision, coming });
  }
}
