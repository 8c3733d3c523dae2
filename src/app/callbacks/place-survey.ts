import { placeReceipt, placeSurvey } from '../../domain/calls/placing-survey.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { SurveyCommand, UrgentNoticeCommand } from '../ports/commands.ts';
import type { CallReply, OutboundDesk } from './outbound-desk.ts';

/** Rings the citizen for an automatic return visit, judged by the rules of calling out as every call. */
export function placeWantedSurvey(
  outbound: OutboundDesk,
  { queues, municipality }: Configuration,
  { callId, number, ticketId, line, about, queue: wanted, matters }: SurveyCommand,
): CallReply {
  const known = wanted !== null && queues.some(({ code }) => code === wanted);
  const queue = known ? wanted : municipality.generalQueue;
  const subject = { callbackId: null, ticketId, missedCallId: null };
  return outbound.callAlone(
    { callId, purpose: 'survey', number, subject, queue, line, about },
    (order, nowMs) => placeSurvey({ ...order, queue, matters }, nowMs),
  );
}

/** Rings whom a unit has on call, by night too; for as long as its list says before the next of them is called. */
export function placeUrgentNotice(
  outbound: OutboundDesk,
  { municipality }: Configuration,
  { callId, number, ticketId, about, words, ringTimeoutMs }: UrgentNoticeCommand,
): CallReply {
  const queue = municipality.generalQueue;
  const subject = { callbackId: null, ticketId, missedCallId: null };
  return outbound.callAlone(
    { callId, purpose: 'urgentNotice', number, subject, queue, line: null, about },
    (order, nowMs) =>
      placeReceipt({ ...order, queue, words, outbound: { ...order.outbound, ringTimeoutMs } }, nowMs),
  );
}
