import { expect, test } from 'vitest';
import type { CallDetailSeen, TicketSeen } from '../../src/demo/api-client.ts';
import { DEMO_CALLS, type DemoCall } from '../../src/demo/script.ts';
import { table, width } from '../../src/demo/table.ts';
import { cells, type DemoRow, differences, HEADINGS } from '../../src/demo/verdict.ts';
import { MODES } from '../../src/domain/hotlines/mode.ts';

// The demo may only be content when the database says what the script wants, cell by cell.

const due = '2026-11-30T09:30:00.000Z';

function asItMustBe(call: DemoCall): DemoRow {
  const toTicket = call.closing?.kind === 'ticket';
  const agentNumber = call.expect.result === 'answeredByAgent' ? '1001' : null;
  const found: CallDetailSeen = {
    id: 'c1',
    arrivedAt: '2026-11-23T06:00:00.000Z',
    dialled: call.dialled,
    callerNumber: '138****8001',
    line: call.expect.line,
    lineName: null,
    mode: call.expect.mode,
    queue: call.expect.queue,
    queuedAt: '2026-11-23T06:00:05.000Z',
    agentId: agentNumber,
    agentNumber,
    talkStartedAt: '2026-11-23T06:00:06.500Z',
    endedAt: '2026-11-23T06:01:00.000Z',
    releasedBy: 'caller',
    result: call.expect.result,
    outcome: call.closing === null ? null : toTicket ? 'ticket' : 'answeredOnSpot',
    ticketId: toTicket ? 't1' : null,
    recognisedBy: 'dialled',
    recorded: true,
    legs: [],
    facts: call.keys === '' ? [] : [{ seq: 1, type: 'menuChoice', body: { digits: call.keys } }],
  };
  return { call, found, ticket: toTicket ? ticketOf(call) : null, tookBy: agentNumber, trouble: [] };
}

function ticketOf(call: DemoCall): TicketSeen {
  if (call.closing?.kind !== 'ticket') throw new Error('no ticket in the script');
  const days = Array.from({ length: call.closing.workingDays }, () => ({ counts: 'counted' }));
  return {
    id: 't1',
    number: 'RD-20261123-0001',
    callId: 'c1',
    type: call.closing.type,
    acceptedAt: '2026-11-23T06:01:00.000Z',
    citizenDueAt: due,
    deadlines: [
      {
        clock: 'citizen',
        kind: 'overdue',
        dueAt: due,
        state: 'pending',
        explanation: { days: [{ counts: 'startDay' }, ...days] },
      },
    ],
  };
}

test.for(DEMO_CALLS)('$label: the row that must be is accepted', (call) => {
  expect(differences(asItMustBe(call))).toEqual([]);
  expect(cells(asItMustBe(call))).toHaveLength(HEADINGS.length);
});

test.for(DEMO_CALLS)('$label: each cell that is otherwise is named', (call) => {
  const right = asItMustBe(call);
  const { found } = right;
  if (found === null) throw new Error('unreachable');
  const wrong: readonly DemoRow[] = [
    { ...right, found: null },
    { ...right, trouble: ['没有话机振铃'] },
    { ...right, tookBy: '9999' },
    ...(['line', 'mode', 'queue', 'result', 'outcome'] as const).map((cell) => ({
      ...right,
      found: { ...found, [cell]: 'otherwise' },
    })),
    { ...right, found: { ...found, recorded: false } },
    { ...right, found: { ...found, facts: [{ seq: 9, type: 'menuChoice', body: { digits: '7' } }] } },
    { ...right, found: { ...found, endedAt: null } },
    { ...right, ticket: right.ticket === null ? { ...ticketOf(firstTicket()), callId: 'c1' } : null },
  ];
  for (const row of wrong) expect(differences(row).join()).toContain(call.dialled);
});

test('a deadline that counts other days, is not armed, or is not the one on the ticket is named', () => {
  const right = asItMustBe(firstTicket());
  const { ticket } = right;
  const [deadline] = ticket?.deadlines ?? [];
  if (ticket === null || deadline === undefined) throw new Error('unreachable');
  const variants = [
    { ...deadline, explanation: { days: [{ counts: 'counted' }] } },
    { ...deadline, explanation: null },
    { ...deadline, state: 'cancelled' },
    { ...deadline, dueAt: '2026-12-01T09:30:00.000Z' },
    { ...deadline, clock: 'unit' },
  ];
  for (const one of variants)
    expect(differences({ ...right, ticket: { ...ticket, deadlines: [one] } })).not.toEqual([]);
});

function firstTicket(): DemoCall {
  const call = DEMO_CALLS.find(({ closing }) => closing?.kind === 'ticket');
  if (call === undefined) throw new Error('the script opens no ticket');
  return call;
}

test('the script dials every mode, a forwarded call, an expired transition and an unknown number', () => {
  expect(new Set(DEMO_CALLS.map(({ expect: { mode } }) => mode))).toEqual(
    new Set([...MODES, 'TRANSITION_ENDED', 'UNREGISTERED']),
  );
  expect(DEMO_CALLS.filter(({ unit }) => unit !== null).map(({ unit }) => unit)).toEqual([
    'answers',
    'busy',
    'answers',
  ]);
  expect(new Set(DEMO_CALLS.map(({ expect: { result } }) => result)).size).toBe(5);
  expect(DEMO_CALLS.filter(({ keys }) => keys !== '')).toHaveLength(2);
  expect(DEMO_CALLS.filter(({ headers }) => headers.length > 0)).toHaveLength(1);
  // Calls are told apart by what is left of the number when it is masked.
  expect(new Set(DEMO_CALLS.map(({ citizen }) => citizen.slice(-4))).size).toBe(DEMO_CALLS.length);
});

test('columns line up where Chinese and Latin stand together', () => {
  const lines = table([
    ['拨打', '识别为', 'x'],
    ['12345', '主号码', 'x'],
  ]).split('\n');
  const starts = lines.map((line) => width(line.slice(0, line.lastIndexOf('x'))));
  expect(new Set(starts).size).toBe(1);
});
