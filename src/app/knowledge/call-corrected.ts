import { AppError } from '../errors.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { CorrectionDeps } from './correct-entry.ts';

/**
 * One key of the work list: rings the agent, then the citizen who heard what was wrong. The number is read here and is in no
 * answer; the same `callId` asked for again is the same call. What came of it is settled as ever. Refuses with
 * `knowledge.itemUnknown`, `knowledge.itemSettled`, `outbound.*`, `agent.*`.
 */
export function callCorrected(
  deps: Pick<CorrectionDeps, 'database' | 'corrections' | 'now'> & { readonly commands: CommandSender },
) {
  return async (asked: {
    readonly itemId: string;
    readonly callId: string;
    readonly agentId: string;
  }): Promise<{ readonly callId: string; readonly agent: AgentView | null }> => {
    const { itemId: id, callId, agentId } = asked;
    const item = await deps.database.transact((tx) => deps.corrections.lockItem(id, tx));
    if (item === null) throw new AppError('knowledge.itemUnknown', { item: id });
    if (item.state !== 'open') throw new AppError('knowledge.itemSettled', { state: item.state });
    const reply = await deps.commands.send({
      kind: 'call',
      agentId,
      callId,
      purpose: 'correction',
      // Whoever withheld it has none: call control says so by its code.
      number: item.callerNumber,
      subject: { callbackId: null, ticketId: null, missedCallId: null },
      line: null,
      about: item.entryNumber,
    });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    await deps.corrections.noteCall({ id, callId, at: deps.now() });
    return { callId, agent: reply.agent };
  };
}
