import { UNCONFIRMED, type Unconfirmed, urgentAlarm } from '../../domain/duty/urgent-notice.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { AlarmBook, AlarmEnd } from '../ports/alarms.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Transaction } from '../ports/transaction.ts';
import type { UrgentNoticeBook } from '../ports/urgent-notices.ts';

interface Told {
  /** The notice's. */
  readonly id: string;
  readonly ticketId: string;
  readonly number: string;
  readonly unitName: string;
}

interface CentreDeps {
  readonly ticketMoves: TicketMoves;
  readonly alarms: AlarmBook;
  readonly urgentNotices: UrgentNoticeBook;
  now(): number;
  newId(): string;
}

export const CONFIRMED: AlarmEnd = { reason: '已电话确认收到', reasonEn: 'Confirmed by telephone' };

/**
 * Nobody of the unit has confirmed: an alarm for the centre's people, and a line of the time line. `under`: the alarm stands
 * already for other tickets of the incident, and says from now on that they are more.
 */
export async function tellCentre(
  deps: CentreDeps,
  told: Told,
  why: Unconfirmed,
  under: string | null,
  tx: Transaction,
): Promise<void> {
  const { id, ticketId, unitName } = told;
  const atMs = deps.now();
  await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
  await deps.ticketMoves.note(
    ticketId,
    {
      ...{ id: deps.newId(), at: atMs, actorId: null, fromState: null, toState: null },
      ...{
        type: 'urgentUnanswered',
        reason: OWN_FRAMES.urgentUnanswered(unitName, why.zh, why.en),
        body: { notice: id },
      },
    },
    tx,
  );
  await standOrRaise(deps, told, why, under, tx);
}

/** Under the alarm of others of the incident while that is open: what comes when a person has closed it is told anew. */
export async function standOrRaise(
  deps: CentreDeps,
  { id, ticketId, number, unitName }: Told,
  why: Unconfirmed,
  under: string | null,
  tx: Transaction,
): Promise<void> {
  if (under !== null) {
    await deps.urgentNotices.standUnder(id, under, tx);
    if (await countAgain(deps, under, CONFIRMED, tx)) return;
    await deps.urgentNotices.standUnder(id, null, tx);
  }
  const words = {
    detail: `急件 ${number} 无人确认收到：${unitName}${why.zh}，请立即人工联系`,
    detailEn: `Urgent ${number}, nobody has confirmed: ${unitName}, ${why.en}; call the unit`,
  };
  const about = { kind: 'ticket.urgentUnanswered', key: urgentAlarm(id), subject: ticketId } as const;
  await deps.alarms.raise({ id: deps.newId(), ...about, ...words, atMs: deps.now() }, tx);
}

/**
 * An alarm says how many are left of those that nobody confirmed, and by which of them it is found; with the last it is over,
 * for that reason. One that a person closed stays closed: false, nothing tells of those that are left.
 */
export async function countAgain(
  { urgentNotices, alarms, now }: Pick<CentreDeps, 'urgentNotices' | 'alarms' | 'now'>,
  alarmOf: string,
  over: AlarmEnd,
  tx: Transaction,
): Promise<boolean> {
  const left = await urgentNotices.unconfirmed(alarmOf, tx);
  if (left === null) return alarms.settle(urgentAlarm(alarmOf), now(), over, tx);
  const { count, ticketId, number, unitName, state } = left;
  const [many, manyEn] = count > 1 ? [` 等 ${count} 件`, ` and others, ${count} in all`] : ['', ''];
  const words = {
    detail: `急件 ${number}${many}仍无人确认收到：${unitName}${UNCONFIRMED[state].zh}，请立即人工联系`,
    detailEn: `Urgent ${number}${manyEn}, not confirmed yet: ${unitName}, ${UNCONFIRMED[state].en}; call the unit`,
  };
  return alarms.reword(urgentAlarm(alarmOf), { ...words, subject: ticketId }, tx);
}
