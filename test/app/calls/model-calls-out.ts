import type { OutboundPurpose } from '../../../src/domain/callbacks/purposes.ts';
import type { Day } from './model-world.ts';

// Whom the hotline calls in the days of the model: an agent about a ticket or a call that was missed, the machine with its
// questions, a unit's own person. Every sixth time what was asked for is asked for again.

type Mark = keyof Day['made'];

function idOf(day: Day, mark: Mark, n: number): string {
  const again = n % 6 === 0 && day.made[mark] > 0;
  if (!again) day.made[mark] += 1;
  return `${mark}${day.made[mark]}`;
}

/** Of nine citizens who did not ring in, or of one who did: he may wait, talk, or be called back. */
function numberOf(n: number): string {
  const known = n % 4 === 3;
  return known
    ? `1390000${String(1 + (n % 5)).padStart(4, '0')}`
    : `1380000${String(n % 9).padStart(4, '0')}`;
}

const PURPOSES: readonly OutboundPurpose[] = ['ticket', 'missedCall', 'returnVisit'];

/** An agent calls. */
export async function callsOut(day: Day, n: number): Promise<void> {
  const purpose = PURPOSES[n % PURPOSES.length] ?? 'ticket';
  await day.house.control.command({
    kind: 'call',
    agentId: `agent${1 + (n % 3)}`,
    callId: idOf(day, 'out', n),
    purpose,
    number: numberOf(n),
    subject: {
      callbackId: null,
      ticketId: purpose === 'missedCall' ? null : 'ticket1',
      missedCallId: purpose === 'missedCall' ? `missed${n % 4}` : null,
    },
    line: '12345',
    about: 'YH20261123-0001',
  });
}

/** The machine asks about a ticket; what a call that broke off was told is not asked again. */
export async function surveys(day: Day, n: number): Promise<void> {
  await day.house.control.command({
    kind: 'survey',
    callId: idOf(day, 'survey', n),
    number: numberOf(n),
    ticketId: `ticket${n % 3}`,
    line: '12345',
    about: 'YH20261123-0002',
    queue: [null, 'desk', 'closedDesk'][n % 3] ?? null,
    matters: [
      { given: n % 5 === 0 ? { resolved: true } : {}, words: [] },
      // Of another ticket of his, in the same call.
      ...(n % 4 === 1 ? [{ given: {}, words: [] }] : []),
    ],
  });
}

/** A unit's own person calls the citizen of his ticket. */
export async function unitCalls(day: Day, n: number): Promise<void> {
  await day.house.control.command({
    kind: 'callForUnit',
    accountId: `unit${n % 2}`,
    callId: idOf(day, 'unit', n),
    number: numberOf(n),
    unitNumber: ['051384139001', '051384139077', '12345'][n % 3] ?? '',
    ticketId: 'ticket1',
    line: '12345',
    about: 'YH20261123-0003',
  });
}
