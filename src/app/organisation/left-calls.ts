import { OPEN_CALL_MS } from '../../domain/tickets/open-calls.ts';
import type { Account } from '../ports/accounts.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { OutcomeBook } from '../ports/tickets.ts';
import type { Transaction } from '../ports/transaction.ts';

/**
 * Calls in which an agent is, or of which he has not said what came, when he ceases to be one: he is signed out and cannot say
 * it any more. His leads are told of each and say it for him.
 */
export async function tellLeftCalls(
  deps: {
    readonly outcomes: Pick<OutcomeBook, 'leftOpenBy'>;
    readonly alarms: Pick<AlarmBook, 'raise'>;
    readonly newId: () => string;
  },
  agent: Pick<Account, 'id' | 'displayName'>,
  atMs: number,
  tx: Transaction,
): Promise<void> {
  const calls = await deps.outcomes.leftOpenBy(agent.id, atMs - OPEN_CALL_MS, tx);
  for (const callId of calls) {
    const about = { id: deps.newId(), key: `call.agentGone ${callId}`, kind: 'call.agentGone' } as const;
    await deps.alarms.raise({ ...about, subject: callId, ...wordsOf(agent), atMs }, tx);
  }
}

const wordsOf = ({ displayName }: Pick<Account, 'displayName'>): AlarmWords => ({
  detail: `${displayName} 已不再是话务员，这一通未登记去向；请在“未登记去向”中为其登记`,
  detailEn: `${displayName} is no agent any more and has not said what came of a call: say so for him under open calls`,
});
