import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { unservedCalls } from '../../../src/adapters/pg/unserved-calls.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import {
  EASED_WITHIN_MS,
  UNSERVED_FOR_MS,
  watchUnservedCalls,
} from '../../../src/app/reporting/watch-unserved-calls.ts';
import { CALL_REASONS } from '../../../src/domain/calls/call-reasons.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { type WhyWaiting, waitingWords } from '../../../src/domain/routing/reasons.ts';
import { EASED_AFTER_MS } from '../../../src/domain/skills/skills.ts';
import { freshDatabase } from '../../support/services.ts';

// Nobody is there for a citizen: whoever leads hears of it while he waits, why, and what to do.

const { url, drop } = await freshDatabase();
const db = openDatabase(url, { max: 2, onError: () => undefined });
await db.query(
  `insert into queues (code, name, ring_timeout_ms, wrap_up_ms) values ('law', '法律专席', 15000, 30000)`,
);
afterAll(async () => {
  await db.close();
  await drop();
});
const writer = factWriter(db, (refused) => {
  throw new Error(JSON.stringify(refused));
});
const alarms = alarmBooks(db);
let now = Date.parse('2026-11-27T02:00:00Z');
const watch = watchUnservedCalls({
  ...{ calls: unservedCalls(db), alarms, now: () => now, newId: randomUUID },
});
const open = async () => (await alarms.list(true, 20)).filter(({ kind }) => kind === 'queue.unserved');

const entered: CallFact = { type: 'queueEntered', queue: 'law', reason: '' };
const waits = (why: WhyWaiting): CallFact => {
  const { zh, en } = waitingWords(why);
  return { type: 'waitExplained', queues: ['law'], why: why.kind, reason: zh, reasonEn: en };
};
const NOBODY: WhyWaiting = { kind: 'nobodyWithSkill', required: [{ skill: 'law', least: 2 }] };
/** Facts of one call, told now; those before them were told before. */
async function told(callId: string, seq: number, ...facts: readonly CallFact[]): Promise<void> {
  const all = facts.map((fact, nth) => ({ id: randomUUID(), callId, seq: seq + nth, atMs: now, ...fact }));
  await writer.writeFacts(all as Fact[]);
}
const ARRIVED: CallFact = {
  ...{ type: 'callArrived', trunk: 'carrier', dialled: '12345', callerNumber: '13900000001', headers: {} },
  recording: '',
};

test('who asks for what nobody there has: told before it is given up, in both languages, and until nobody waits so', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  await told(one, 0, ARRIVED, entered, waits(NOBODY));
  now += 10_000;
  await told(other, 0, ARRIVED, entered, waits({ kind: 'allBusy', present: 2 }));
  now += UNSERVED_FOR_MS - 10_001;
  expect([await watch(), await open()]).toEqual([0, []]);
  now += 1;
  expect(UNSERVED_FOR_MS).toBeLessThan(EASED_AFTER_MS);
  expect(await watch()).toBe(1);
  expect(await open()).toMatchObject([
    {
      times: 1,
      subject: one,
      detail:
        '1 通来电无人可接，最久的已等 0:45（法律专席：没有具备 law≥2 的话务员签入）；请安排能受理的话务员签入，或在“值班长”调整队列、在“座席技能”登记技能',
      detailEn:
        'Calls that nobody who is there can take: 1, the longest waits 0:45 (法律专席: no agent with law≥2 is signed in); have somebody sign in who can take them, or set queues on the lead page and skills under skills of agents',
    },
  ]);
  // The last of the others has gone as well.
  await told(other, 3, waits({ kind: 'nobodySignedIn' }));
  now += UNSERVED_FOR_MS;
  expect(await watch()).toBe(2);
  expect(await open()).toMatchObject([{ times: 1, detail: expect.stringContaining('2 通来电') }]);
  // Somebody signed in for the first, the second gave up.
  await told(one, 3, waits({ kind: 'allBusy', present: 1 }));
  await told(other, 4, { type: 'queueLeft', queue: 'law', how: 'abandoned' });
  expect([await watch(), await open()]).toEqual([0, []]);
});

test('that others had to take them stands a quarter of an hour; who closed it is left in peace for as long', async () => {
  now += 3_600_000;
  const one = randomUUID();
  await told(one, 0, ARRIVED, entered, waits(NOBODY), {
    ...{ type: 'askEased', queues: ['law'], reason: CALL_REASONS.eased('60', 'law≥2').zh },
  });
  await told(one, 4, { type: 'queueLeft', queue: 'law', how: 'answered' });
  await watch();
  const [standing] = await open();
  expect(standing?.detail).toContain(
    '15 分钟内有 1 通来电因此改由其他话务员受理（法律专席：60 秒内没有具备 law≥2',
  );
  expect(standing?.detailEn).toMatch(
    /others took such calls within 15 minutes: 1 \(法律专席: nobody with law≥2/,
  );
  const { rows } = await db.query<{ id: string }>(
    `insert into accounts (id, username, display_name, password_hash, roles, created_at)
     values ($1, 'lead', '班长', 'x', '{lead}', now()) returning id`,
    [randomUUID()],
  );
  await alarms.close(standing?.id ?? '', rows[0]?.id ?? '', now, '已安排');
  now += EASED_WITHIN_MS - 1_000;
  await watch();
  expect(await open()).toEqual([]);
  // It happens again.
  now += 2_000;
  const again = randomUUID();
  await told(again, 0, ARRIVED, entered, waits(NOBODY));
  now += UNSERVED_FOR_MS;
  expect(await watch()).toBe(1);
  expect(await open()).toHaveLength(1);
  await told(again, 3, { type: 'callEnded', releasedBy: 'caller', result: 'abandoned', detail: '' });
  expect([await watch(), await open()]).toEqual([0, []]);
});
