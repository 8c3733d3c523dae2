import { recipientOf } from '../../domain/messages/recipient.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { Broadcast, IncidentCitizen } from '../ports/incidents.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';

const KINDS = { progress: 'incidentProgress', recovered: 'restored' } as const;

/**
 * Writes the same to citizens of an incident, each once however many appeals he made, through the message outbox and not in its
 * quiet hours. Whom no message reaches, and to whom nothing is written that others may read, is to be called.
 */
export function writeTo(deps: {
  readonly messages: MessageBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (
    incidentId: string,
    { kind, text, key }: Pick<Broadcast, 'kind' | 'text' | 'key'>,
    citizens: readonly IncidentCitizen[],
    tx: Transaction,
  ): Promise<{ readonly queued: number; readonly byPhone: readonly string[] }> => {
    const { areaCode } = await deps.messages.settings(tx);
    const byPhone: string[] = [];
    const wanted = new Map<string, Parameters<ReturnType<typeof queueMessages>>[0][number]>();
    for (const { ticketId, number, discreet } of citizens) {
      const recipient = recipientOf(number, KINDS[kind], areaCode);
      if (discreet || recipient.kind === 'none') byPhone.push(ticketId);
      else {
        wanted.set(recipient.number, {
          kind: KINDS[kind],
          callerNumber: recipient.number,
          text,
          subject: { kind: 'appealIncident', id: incidentId },
          dedupeKey: `${key}${recipient.number}`,
        });
      }
    }
    const { queued } = await queueMessages(deps)([...wanted.values()], tx);
    return { queued, byPhone };
  };
}
