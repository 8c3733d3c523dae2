import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { queueFigures } from '../../../src/adapters/pg/queue-figures.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import { reportQueues } from '../../../src/app/reporting/report-queues.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { freshDatabase } from '../../support/services.ts';

const { url, drop } = await freshDatabase();
const db = openDatabase(url, { max: 2, onError: () => undefined });
await db.query(
  `insert into municipality (name, area_code, time_zone, main_number, general_queue)
   values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`,
);
afterAll(async () => {
  await db.close();
  await drop();
});
const writer = factWriter(db, (refused) => {
  throw new Error(JSON.stringify(refused));
});
const report = reportQueues({ queueFigures: queueFigures(db) });

const NOON = Date.UTC(2026, 10, 23, 4);
const ARRIVED: CallFact = {
  type: 'callArrived',
  trunk: 'carrier',
  dialled: '12345',
  callerNumber: '13900000001',
  headers: {},
  recording: '',
};
const entered = (queue: string): CallFact => ({ type: 'queueEntered', queue, reason: 'test' });
const left = (queue: string, how: Extract<CallFact, { type: 'queueLeft' }>['how']): CallFact => ({
  type: 'queueLeft',
  queue,
  how,
});
const ENDED: CallFact = { type: 'callEnded', releasedBy: 'caller', result: 'abandoned', detail: '' };

function call(dayMs: number, ...told: readonly CallFact[]): Fact[] {
  const callId = randomUUID();
  return [ARRIVED, ...told].map((fact, seq) => ({
    id: randomUUID(),
    callId,
    seq,
    atMs: dayMs + seq * 1_000,
    ...fact,
  }));
}

test('a call counts in every queue it visited, and what was offered is what became of it', async () => {
  const calls = [
    call(NOON, entered('desk'), left('desk', 'answered'), ENDED),
    call(
      NOON,
      entered('desk'),
      entered('night'),
      entered('general'),
      left('desk', 'overflowed'),
      left('night', 'answered'),
      left('general', 'answeredElsewhere'),
      ENDED,
    ),
    call(
      NOON,
      entered('desk'),
      entered('general'),
      left('desk', 'overflowed'),
      left('general', 'abandoned'),
      ENDED,
    ),
    // Back in the same queue after the talk was cut off: two visits of one call.
    call(
      NOON,
      entered('general'),
      left('general', 'answered'),
      entered('general'),
      left('general', 'answered'),
      ENDED,
    ),
    call(NOON, entered('general'), left('general', 'moved'), ENDED),
    call(NOON, entered('desk')),
    // An earlier release told nothing of the desk it overflowed to.
    call(NOON, entered('desk'), entered('general'), left('desk', 'answered'), ENDED),
    call(NOON - 86_400_000, entered('desk'), left('desk', 'abandoned'), ENDED),
  ];
  // In pieces, backwards and twice, as a spool may deliver them.
  const facts = calls.flat();
  for (const fact of [...facts].reverse()) await writer.writeFacts([fact]);
  await writer.writeFacts(facts);

  const {
    queues,
    total,
    calls: counted,
    answeredCalls,
    reconciles,
  } = await report({ from: '2026-11-23', to: '2026-11-23' });
  const none = {
    answered: 0,
    overflowed: 0,
    abandoned: 0,
    answeredElsewhere: 0,
    moved: 0,
    callback: 0,
    waiting: 0,
    untold: 0,
  };
  expect(queues).toEqual([
    { ...none, queue: 'desk', offered: 5, answered: 2, overflowed: 2, waiting: 1, waitedMs: 3_000 },
    {
      ...none,
      queue: 'general',
      offered: 6,
      answered: 2,
      abandoned: 1,
      answeredElsewhere: 1,
      moved: 1,
      untold: 1,
      waitedMs: 2_000,
    },
    { ...none, queue: 'night', offered: 1, answered: 1, waitedMs: 3_000 },
  ]);
  expect(total).toMatchObject({ offered: 12, answered: 5, abandoned: 1, overflowed: 2 });
  expect({ counted, answeredCalls, reconciles }).toEqual({ counted: 7, answeredCalls: 4, reconciles: true });
});

test('a period that ends before it begins is refused', async () => {
  await expect(report({ from: '2026-11-24', to: '2026-11-23' })).rejects.toMatchObject({
    code: 'period.tooLong',
  });
});
