import { fittedWords } from '../../domain/knowledge/task-words.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { KnowledgeCare, KnowledgeTask } from '../ports/knowledge-care.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { type OpenTicketDeps, openTicket } from '../tickets/open-ticket.ts';

export interface AskOwnerDeps extends OpenTicketDeps {
  readonly database: Database;
  readonly care: KnowledgeCare;
}

/**
 * Asks the unit that owns an entry to do something about it: a ticket with its own limit, once for each key. It is signed
 * for, handled, answered and pressed for like every other. What a unit owned that is no more is asked of whoever follows it.
 * Null: asked before.
 */
export function askOwner(deps: AskOwnerDeps) {
  return async (
    asked: Omit<KnowledgeTask, 'ticketId' | 'at'> & {
      readonly title: string;
      readonly content: string;
      readonly actor: Actor;
    },
    tx: Transaction,
  ): Promise<{ readonly ticketId: string; readonly ticketNumber: string } | null> => {
    const { title, content, actor, ...task } = asked;
    if (await deps.care.taskKnown(task.key, tx)) return null;
    const unitCode = await deps.care.successor(task.unitCode, tx);
    const opened = await openTicket(deps)(
      {
        appeal: {
          type: 'SUGGESTION',
          categoryCode: `knowledge.${task.kind}`,
          title,
          content: fittedWords(content).words,
          place: '',
          confidential: false,
          urgency: 'normal',
          citizenName: '',
          citizenNumber: '',
          unitCode,
        },
        callId: null,
        actor,
      },
      tx,
    );
    await deps.care.addTask({ ...task, unitCode, ticketId: opened.id, at: deps.now() }, tx);
    return { ticketId: opened.id, ticketNumber: opened.number };
  };
}
