import { missedYouText } from '../../domain/callbacks/missed/missed-call.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { type CallerToTell, writeToCallers } from '../messages/write-to-callers.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { MissedCallBook, MissedCaller } from '../ports/missed-calls.ts';
import type { Database } from '../ports/transaction.ts';

/** Who called longer ago than this is not called back any more, also after a downtime. */
export const LOOK_BACK_MS = 24 * 3_600_000;
const BATCH = 200;

/**
 * Takes calls that nobody answered into the work list (C14), one item a number, and tells who waited long enough that we
 * are sorry: once an item, not at night. Closes the items of citizens who got through since. Under one lock, so that no
 * call is counted twice. Returns how many calls were looked at.
 */
export function collectMissedCalls(deps: {
  readonly database: Database;
  readonly missedCalls: MissedCallBook;
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const write = writeToCallers(deps);
  return (): Promise<number> =>
    deps.database.transact(async (tx) => {
      if (!(await deps.missedCalls.lockCollecting(tx))) return 0;
      const now = deps.now();
      const calls = await deps.missedCalls.unanswered(now - LOOK_BACK_MS, BATCH, tx);
      if (calls.length > 0) {
        const { areaCode } = await deps.messages.settings(tx);
        const rules = await deps.missedCalls.rules(tx);
        const sorry: CallerToTell[] = [];
        for (const call of calls) {
          const number = normaliseNumber(call.callerNumber, areaCode);
          // His callback stands: it calls him, and is work itself if it comes to nothing.
          const caller: MissedCaller =
            number === null
              ? { kind: 'withheld' }
              : (await deps.missedCalls.isPromised(number, tx))
                ? { kind: 'promised' }
                : { kind: 'number', number };
          const item = await deps.missedCalls.take(call, caller, deps.newId(), tx);
          if (item === null || !rules.message || call.waitedMs < rules.messageAfterMs) continue;
          const { callerNumber } = call;
          sorry.push({ callerNumber, subject: { kind: 'missedCall', id: item.id }, text: missedYouText });
        }
        await write('missedCall', sorry, tx);
      }
      await deps.missedCalls.closeReached(now, tx);
      return calls.length;
    });
}
