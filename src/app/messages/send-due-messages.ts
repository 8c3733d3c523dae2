import { type Attempt, afterAttempt, decideSending } from '../../domain/messages/sending.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedMessage, GiveUp, MessageBook, MessageDriver } from '../ports/messages.ts';
import { DatabaseAway } from '../ports/transaction.ts';

/** A claim outlives any honest sending many times over; after that its worker counts as dead. */
export const MESSAGE_CLAIM_MS = 60_000;
/** Sent at once by one worker: a gateway is not a target for load tests. */
const AT_ONCE = 8;
const RELEASE_BATCH = 1000;

export interface SentRound {
  readonly claimed: number;
  readonly sent: number;
}

/**
 * One round: claims of dead workers come back, due messages are claimed, asked about again and handed to the driver;
 * what it said is written by whoever still holds the claim. PostgreSQL alone holds what is to be done, so nothing that
 * happens to Redis or to a worker loses a message. A worker that dies between the gateway's yes and our writing of it
 * leaves a message that is handed over again under the same id: the driver's idempotency key makes it one.
 */
export function sendDueMessages(deps: {
  readonly messages: MessageBook;
  readonly driver: MessageDriver;
  /** Whether what it says is told no more: true, and it was cancelled with the reason, by whoever knows what it speaks of. */
  readonly hold: (message: ClaimedMessage) => Promise<boolean>;
  readonly giveUp: GiveUp;
  readonly log: Log;
  readonly now: () => number;
  readonly claimMs?: number;
}) {
  const { messages, driver, hold, giveUp, log, now, claimMs = MESSAGE_CLAIM_MS } = deps;

  /** Null: it is held. What nobody can say is asked again after the pauses of a gateway, and then it is a person’s matter. */
  const attemptOf = async (claimed: ClaimedMessage): Promise<Attempt | null> => {
    try {
      if (await hold(claimed)) return null;
    } catch (err) {
      // With PostgreSQL away nothing is wrong with the message, and nothing can be written of it.
      if (err instanceof DatabaseAway) throw err;
      log.error(
        { err, id: claimed.id, kind: claimed.kind },
        'whether a message is still to be sent is not known',
      );
      return { kind: 'later', why: 'unchecked', retryAfterMs: null };
    }
    return driver.send(claimed);
  };

  const sendOne = async (claimed: ClaimedMessage): Promise<boolean> => {
    const decision = decideSending(claimed, now(), await messages.settings());
    if (decision.kind === 'wait') {
      await messages.putBack(claimed, decision.until, null);
      return false;
    }
    if (decision.kind === 'stale') {
      await giveUp(claimed, 'stale', (tx) => messages.cancel(claimed, now(), 'stale', tx));
      log.warn({ id: claimed.id, kind: claimed.kind }, 'a message came too late to be sent');
      return false;
    }
    const attempt = await attemptOf(claimed);
    if (attempt === null) {
      log.warn({ id: claimed.id, kind: claimed.kind }, 'a message was held: what it says is told no more');
      return false;
    }
    const outcome = afterAttempt(attempt, claimed.failures, now());
    switch (outcome.move) {
      case 'deliver':
        await messages.deliver(claimed, now(), driver.name, outcome.proof);
        return true;
      case 'putBack':
        log.warn({ id: claimed.id, why: outcome.why }, 'a message could not be sent, it will be tried again');
        await messages.putBack(claimed, outcome.at, { driver: driver.name, why: outcome.why });
        return false;
      case 'fail':
        log.error({ id: claimed.id, why: outcome.why }, 'a message failed for good');
        await giveUp(claimed, 'failed', (tx) => messages.fail(claimed, now(), driver.name, outcome.why, tx));
        return false;
      default:
        return outcome satisfies never;
    }
  };

  return async (): Promise<SentRound> => {
    const expired = await messages.releaseExpired(now(), RELEASE_BATCH);
    if (expired > 0) log.warn({ messages: expired }, 'messages of a dead worker were put back');
    const claimed = await messages.claim(now(), now() + claimMs, AT_ONCE);
    const done = await Promise.all(claimed.map(sendOne));
    return { claimed: claimed.length, sent: done.filter((sent) => sent).length };
  };
}
