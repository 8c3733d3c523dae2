import { afterAttempt, decideSending } from '../../domain/messages/sending.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedMessage, MessageBook, MessageDriver } from '../ports/messages.ts';

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
  readonly log: Log;
  readonly now: () => number;
  readonly claimMs?: number;
}) {
  const { messages, driver, hold, log, now, claimMs = MESSAGE_CLAIM_MS } = deps;

  const sendOne = async (claimed: ClaimedMessage): Promise<boolean> => {
    const decision = decideSending(claimed, now(), await messages.settings());
    if (decision.kind === 'wait') {
      await messages.putBack(claimed, decision.until, null);
      return false;
    }
    if (decision.kind === 'stale') {
      await messages.cancel(claimed, now(), 'stale');
      log.warn({ id: claimed.id, kind: claimed.kind }, 'a message came too late to be sent');
      return false;
    }
    if (await hold(claimed)) {
      log.warn({ id: claimed.id, kind: claimed.kind }, 'a message was held: what it says is told no more');
      return false;
    }
    const outcome = afterAttempt(await driver.send(claimed), claimed.failures, now());
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
        await messages.fail(claimed, now(), driver.name, outcome.why);
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
