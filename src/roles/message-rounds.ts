import { randomUUID } from 'node:crypto';
import { fileDriver } from '../adapters/messages/file-driver.ts';
import { webhookDriver } from '../adapters/messages/webhook-driver.ts';
import { secretMint } from '../adapters/passwords/mint.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { knowledgeBooks } from '../adapters/pg/knowledge.ts';
import { knowledgeCareBooks } from '../adapters/pg/knowledge-care.ts';
import { correctionBooks } from '../adapters/pg/knowledge-corrections.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { missedCallBooks } from '../adapters/pg/missed-calls.ts';
import { ratingBooks } from '../adapters/pg/ratings.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';
import { ticketNoticeBooks } from '../adapters/pg/ticket-notices.ts';
import { ticketBooks } from '../adapters/pg/tickets.ts';
import { visitLinkBooks } from '../adapters/pg/visit-links.ts';
import { holdUntold } from '../app/knowledge/hold-untold.ts';
import { reopenUnwritten } from '../app/knowledge/reopen-unwritten.ts';
import { askRatings } from '../app/messages/ask-ratings.ts';
import { retrainCallers } from '../app/messages/retrain-callers.ts';
import { sendDueMessages } from '../app/messages/send-due-messages.ts';
import { tellTicketSteps } from '../app/messages/tell-ticket-steps.ts';
import { tellUnitDigests } from '../app/messages/tell-unit-digests.ts';
import { collectMissedCalls } from '../app/missed-calls/collect-missed-calls.ts';
import type { Log } from '../app/ports/log.ts';
import { sendVisitLinks } from '../app/visits/send-visit-links.ts';
import type { Config } from '../config.ts';
import type { Round } from './rounds.ts';

const SEND_EVERY_MS = 1000;
const COLLECT_EVERY_MS = 5000;

/**
 * What the worker does for messages to citizens. PostgreSQL alone says what is due: no loss of Redis touches it. It stays a round and no
 * job of its own each: nearly all are due at once, a gateway takes them at its own pace (`AT_ONCE`), and a retry waits minutes, of
 * which the second of a round is nothing; what is due is one look at one index, and is claimed row by row before it is sent.
 */
export function messageRounds(
  db: PgDatabase,
  { webhook, folder, visitPage }: Config['messages'],
  log: Log,
  times: { readonly claimMs: number; readonly sweepEveryMs: number; readonly now?: () => number },
): readonly Round[] {
  const { now = Date.now } = times;
  const messages = messageBooks(db);
  const driver = webhook === null ? fileDriver(folder) : webhookDriver(webhook);
  const corrections = correctionBooks(db);
  const hold = holdUntold({
    ...{ database: db, messages, knowledge: knowledgeBooks(db), corrections },
    ...{ care: knowledgeCareBooks(db), tickets: ticketBooks(db), calendar: calendarBooks(db) },
    ...{ now, newId: randomUUID },
  });
  const giveUp = reopenUnwritten({ database: db, corrections });
  const send = sendDueMessages({ messages, driver, hold, giveUp, log, now, claimMs: times.claimMs });
  const retrain = retrainCallers({ database: db, messages, now, newId: randomUUID });
  const collect = collectMissedCalls({
    database: db,
    messages,
    missedCalls: missedCallBooks(db),
    now,
    newId: randomUUID,
  });
  const ask = askRatings({ database: db, messages, ratings: ratingBooks(db), now, newId: randomUUID });
  const telling = {
    ...{ database: db, messages, ticketNotices: ticketNoticeBooks(db), calendar: calendarBooks(db) },
    ...{ now, newId: randomUUID },
  };
  const tellSteps = tellTicketSteps(telling);
  const tellDigests = tellUnitDigests(telling);
  const links =
    visitPage === null
      ? null
      : sendVisitLinks({
          ...{ ...telling, ticketMoves: ticketMoveBooks(db), visitLinks: visitLinkBooks(db) },
          ...{ mint: secretMint, page: visitPage },
        });
  return [
    {
      name: 'visitLinks',
      everyMs: times.sweepEveryMs,
      work: async () => {
        const sent = links === null ? 0 : await links();
        if (sent > 0) log.info({ messages: sent }, 'citizens who were not reached are asked by a link');
        return 'done';
      },
    },
    {
      name: 'ticketSteps',
      everyMs: COLLECT_EVERY_MS,
      work: async () => ((await tellSteps()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'unitDigests',
      everyMs: times.sweepEveryMs,
      work: async () => {
        const queued = await tellDigests();
        if (queued > 0) log.info({ messages: queued }, 'units read what of theirs is late');
        return 'done';
      },
    },
    {
      name: 'messages',
      everyMs: SEND_EVERY_MS,
      work: async () => ((await send()).claimed > 0 ? 'again' : 'done'),
    },
    {
      name: 'retraining',
      everyMs: times.sweepEveryMs,
      work: async () => {
        const queued = await retrain();
        if (queued > 0)
          log.info({ messages: queued }, 'callers of merged numbers are told to dial the hotline');
        return 'done';
      },
    },
    {
      name: 'missedCalls',
      everyMs: COLLECT_EVERY_MS,
      work: async () => ((await collect()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'ratings',
      everyMs: times.sweepEveryMs,
      work: async () => {
        const queued = await ask();
        if (queued > 0)
          log.info({ messages: queued }, 'citizens who hung up first are asked how the talk was');
        return 'done';
      },
    },
  ];
}
