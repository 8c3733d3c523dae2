import { shiftAt } from '../../domain/duty/roster.ts';
import { UNCONFIRMED } from '../../domain/duty/urgent-notice.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { DutyBook } from '../ports/duty.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import type { UrgentDispatch, UrgentNoticeBook } from '../ports/urgent-notices.ts';
import { tellCentre } from './tell-centre.ts';

export interface UrgentNoticeDeps {
  readonly database: Database;
  readonly urgentNotices: UrgentNoticeBook;
  readonly duty: DutyBook;
  readonly ticketMoves: TicketMoves;
  readonly alarms: AlarmBook;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Finds urgent tickets that were given to a unit and opens a notice for each, once a dispatch, with whom the unit's duty
 * list names at this moment (H12). A unit without one, or with a gap in it, is the centre's matter at once. Returns how many.
 */
export function beginUrgentNotices(deps: UrgentNoticeDeps) {
  const { database, urgentNotices, duty } = deps;
  const beginOne = async (of: UrgentDispatch, tx: Transaction): Promise<boolean> => {
    const nowMs = deps.now();
    const id = deps.newId();
    const list = await duty.ofUnit(of.unitCode, tx);
    const shift = list === null ? null : shiftAt(await duty.shifts(list.code, nowMs, tx), nowMs);
    const state = shift === null ? 'noDuty' : 'calling';
    const notice = { id, of, state, ladder: shift?.ladder ?? [], rule: list?.rule ?? null, nowMs } as const;
    if (!(await urgentNotices.begin(notice, tx))) return false;
    if (shift === null) {
      const why = list === null ? UNCONFIRMED.noList : UNCONFIRMED.nobodyNow;
      // Forty tickets of one incident, and nobody there for any of them: that is one thing to see to.
      const under = await urgentNotices.aloneWith(id, tx);
      await tellCentre(deps, { ...of, id }, why, under, tx);
    }
    return true;
  };

  return async (limit: number): Promise<number> => {
    let begun = 0;
    for (const of of await urgentNotices.dispatches(limit)) {
      if (await database.transact((tx) => beginOne(of, tx))) begun += 1;
    }
    return begun;
  };
}
