import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Transaction } from '../ports/transaction.ts';

interface Told {
  /** The notice's. */
  readonly id: string;
  readonly ticketId: string;
  readonly number: string;
  readonly unitName: string;
}

export const urgentAlarm = (noticeId: string): string => `ticket.urgentUnanswered:${noticeId}`;

/** Nobody of the unit has confirmed: an alarm for the centre's people, and a line of the time line. */
export async function tellCentre(
  deps: {
    readonly ticketMoves: TicketMoves;
    readonly alarms: AlarmBook;
    now(): number;
    newId(): string;
  },
  { id, ticketId, number, unitName }: Told,
  why: string,
  tx: Transaction,
): Promise<void> {
  const atMs = deps.now();
  await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
  await deps.ticketMoves.note(
    ticketId,
    {
      ...{ id: deps.newId(), at: atMs, actorId: null, fromState: null, toState: null },
      ...{ type: 'urgentUnanswered', reason: `急件电话通知：${unitName}${why}`, body: { notice: id } },
    },
    tx,
  );
  const detail = `急件 ${number} 无人确认收到：${unitName}${why}，请立即人工联系 Urgent, nobody has confirmed: call the unit`;
  const about = { kind: 'ticket.urgentUnanswered', key: urgentAlarm(id), subject: ticketId } as const;
  await deps.alarms.raise({ id: deps.newId(), ...about, detail, atMs }, tx);
}
