import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { outcomeBooks } from '../../../src/adapters/pg/tickets-outcomes.ts';
import type { OutcomeBook } from '../../../src/app/ports/tickets.ts';
import { type CloseCallRequest, closeCall } from '../../../src/app/tickets/close-call.ts';
import { closeForgottenCalls } from '../../../src/app/tickets/close-forgotten-calls.ts';
import { type County, freshCounty } from './county.ts';

let county: County;
let outcomes: OutcomeBook;
const NOW = Date.parse('2026-11-23T12:00:00+08:00');

beforeAll(async () => {
  county = await freshCounty();
  outcomes = outcomeBooks(county.db);
});
afterAll(() => county.close());

const ON_SPOT = { kind: 'answeredOnSpot', type: 'ENQUIRY', categoryCode: 'urban' } as const;
const close = (callId: string, outcome: CloseCallRequest['outcome'], actor = county.agent) =>
  closeCall({ outcomes, now: () => NOW })({ callId, actor, outcome });
const outcomeOf = async (callId: string) =>
  (
    await county.db.query(
      'select outcome, type, category, reason, closed_by as by from call_outcomes where call_id = $1',
      [callId],
    )
  ).rows;

test('an answered call is closed as answered on the spot, or as invalid with a reason', async () => {
  const [first, second] = [await county.call(), await county.call()];
  await expect(close(first, ON_SPOT)).resolves.toEqual({
    callId: first,
    outcome: 'answeredOnSpot',
    closedAt: '2026-11-23T04:00:00.000Z',
  });
  await close(second, { kind: 'invalid', reason: ' 拨错\n号码 ' });
  const by = county.agent.accountId;
  expect(await outcomeOf(first)).toEqual([
    { outcome: 'answeredOnSpot', type: 'ENQUIRY', category: 'urban', reason: null, by },
  ]);
  expect(await outcomeOf(second)).toEqual([
    { outcome: 'invalid', type: null, category: null, reason: '拨错 号码', by },
  ]);
  await expect(close(first, { kind: 'invalid', reason: 'x' })).rejects.toMatchObject({
    code: 'call.outcomeExists',
    data: { callId: first, kind: 'answeredOnSpot' },
  });
});

test('what cannot be closed is refused by name', async () => {
  const callId = await county.call();
  const unanswered = await county.call({ answered: false, endedAt: NOW });
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'closed',
      (error: { code: string }) => error.code,
    );
  expect(await code(close(randomUUID(), ON_SPOT))).toBe('call.unknown');
  expect(await code(close(unanswered, ON_SPOT))).toBe('call.notAnswered');
  expect(await code(close(callId, { ...ON_SPOT, categoryCode: 'nowhere' }))).toBe('ticket.categoryUnknown');
  expect(await code(close(callId, { ...ON_SPOT, type: 'X' as 'HELP' }))).toBe('ticket.typeUnknown');
  expect(await code(close(callId, { kind: 'invalid', reason: ' \u0000' }))).toBe('call.reasonMissing');
  expect(await code(close(callId, { kind: 'invalid', reason: '错'.repeat(501) }))).toBe('call.reasonTooLong');
  expect(await code(close(callId, ON_SPOT, county.unit))).toBe('call.closeForbidden');
  expect(await outcomeOf(callId)).toEqual([]);
});

test('calls that nobody closed are closed by the system, once, and only after their time', async () => {
  const minutes = (ago: number) => ({ endedAt: NOW - ago * 60_000 });
  const forgotten = await county.call(minutes(31));
  const recent = await county.call(minutes(29));
  const abandoned = await county.call({ answered: false, ...minutes(60) });
  const underWay = await county.call();
  const closed = await county.call(minutes(90));
  await close(closed, { kind: 'invalid', reason: '骚扰' });
  const sweep = closeForgottenCalls({ calendar: calendarBooks(county.db), outcomes, now: () => NOW });
  const counts = await Promise.all([sweep(), sweep(), sweep()]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await outcomeOf(forgotten)).toEqual([
    {
      outcome: 'answeredOnSpot',
      type: 'ENQUIRY',
      category: 'uncategorised',
      reason: 'nobody said otherwise in time',
      by: null,
    },
  ]);
  expect(await outcomeOf(closed)).toMatchObject([{ outcome: 'invalid' }]);
  for (const callId of [recent, abandoned, underWay]) expect(await outcomeOf(callId)).toEqual([]);
  await county.db.query('update ticket_settings set forgotten_call_minutes = 10');
  expect(await sweep()).toBe(1);
  expect(await outcomeOf(recent)).toHaveLength(1);
});

test('what ended long ago is closed by the first look, and by one a day when it was told late', async () => {
  const DAY = 86_400_000;
  let now = NOW + 30 * DAY;
  const sweep = closeForgottenCalls({ calendar: calendarBooks(county.db), outcomes, now: () => now });
  const old = await county.call({ endedAt: NOW });
  await sweep();
  expect(await outcomeOf(old)).toHaveLength(1);
  const late = await county.call({ endedAt: NOW + DAY });
  const recent = await county.call({ endedAt: now - DAY });
  expect(await sweep()).toBe(1);
  expect(await outcomeOf(recent)).toHaveLength(1);
  expect(await outcomeOf(late)).toEqual([]);
  now += DAY;
  expect(await sweep()).toBe(1);
  expect(await outcomeOf(late)).toHaveLength(1);
});
