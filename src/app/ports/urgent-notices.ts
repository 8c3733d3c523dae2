import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { Attempt, CallingRule } from '../../domain/duty/ladder.ts';
import type { OnCall } from '../../domain/duty/roster.ts';
import type { UrgentHow, UrgentNoticeState } from '../../domain/duty/urgent-notice.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { Transaction } from './transaction.ts';

/** An urgent ticket given to a unit, for which nobody has been rung yet. */
export interface UrgentDispatch {
  readonly ticketId: string;
  readonly number: string;
  readonly unitCode: string;
  readonly unitName: string;
  /** The line of the time line. */
  readonly seq: number;
}

export interface UrgentAttempt extends Attempt {
  /** The call's. */
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly placed: boolean;
  readonly leasedUntilMs: number;
  readonly how: UrgentHow | null;
  readonly dial: DialOutcome | null;
  /** Why it was not made; else nothing. */
  readonly detail: string;
  readonly noted: boolean;
}

export interface HeldUrgentNotice {
  readonly id: string;
  readonly ticketId: string;
  readonly number: string;
  readonly type: TicketType;
  readonly unitName: string;
  readonly state: UrgentNoticeState;
  readonly stands: boolean;
  readonly ladder: readonly OnCall[];
  readonly rule: CallingRule;
  /** In the order in which they were made. */
  readonly attempts: readonly UrgentAttempt[];
  readonly ahead: {
    readonly state: 'calling' | 'received' | 'unanswered';
    readonly number: string;
    readonly alarmOf: string;
  } | null;
  /** The notice under whose alarm it stands, its own for most. */
  readonly alarmOf: string;
}

export interface UrgentNoticeBook {
  /** The oldest first. */
  dispatches(limit: number): Promise<readonly UrgentDispatch[]>;
  /** False: it has one, or is that dispatch no more. */
  begin(
    notice: {
      readonly id: string;
      readonly of: UrgentDispatch;
      readonly state: 'calling' | 'noDuty';
      readonly ladder: readonly OnCall[];
      readonly rule: CallingRule | null;
      readonly nowMs: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  /** Ids of those for which something may be to be done; the oldest first. */
  due(limit: number, nowMs: number): Promise<readonly string[]>;
  /** Holds notice and ticket until the transaction ends; null: another worker has it, or its incident. */
  hold(id: string, tx: Transaction): Promise<HeldUrgentNotice | null>;
  addCall(
    noticeId: string,
    call: {
      readonly id: string;
      readonly rung: number;
      readonly to: OnCall;
      readonly nowMs: number;
      readonly untilMs: number;
    },
    tx: Transaction,
  ): Promise<void>;
  placed(callId: string): Promise<void>;
  /** It is over, if it is not over yet: not made, or nobody told. */
  endCall(
    callId: string,
    end: { readonly how: 'notMade' | 'untold'; readonly detail: string; readonly nowMs: number },
    tx?: Transaction,
  ): Promise<void>;
  noted(callId: string, tx: Transaction): Promise<void>;
  /** From now on it stands under the alarm of another notice; null: under its own. */
  standUnder(id: string, alarmOf: string | null, tx: Transaction): Promise<void>;
  /**
   * The notice under whose alarm, open still, others of its incident stand with the same unit in the same state; null: none do.
   * Whoever asks is alone with incident and unit until the transaction ends.
   */
  aloneWith(id: string, tx: Transaction): Promise<string | null>;
  /**
   * What stands under an alarm with nobody's word yet, and the first of it; null: nothing any more. Whoever counts is alone
   * with it until the transaction ends.
   */
  unconfirmed(
    alarmOf: string,
    tx: Transaction,
  ): Promise<{
    readonly count: number;
    readonly ticketId: string;
    readonly number: string;
    readonly unitName: string;
    readonly state: 'unanswered' | 'noDuty';
  } | null>;
  become(id: string, state: UrgentNoticeState, nowMs: number, tx: Transaction): Promise<void>;
}
