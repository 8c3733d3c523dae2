import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { callerBooks } from '../../../src/adapters/pg/caller-books.ts';
import { callRegister } from '../../../src/adapters/pg/calls.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { outcomeBooks } from '../../../src/adapters/pg/tickets-outcomes.ts';
import { closeCall } from '../../../src/app/tickets/close-call.ts';
import { closeForgottenCalls } from '../../../src/app/tickets/close-forgotten-calls.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { callerNumberOf } from '../../../src/domain/hotlines/spellings.ts';
import { appeal, type County, freshCounty } from './county.ts';

// What call control asks of a caller, and the tickets that come of messages left on the telephone.

let county: County;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const now = () => Date.UTC(2026, 10, 24, 2);
const open = (more: Parameters<typeof appeal>[0] = {}, callId: string | null = null) =>
  openTicket({ tickets: ticketBooks(county.db), now, newId: randomUUID })({
    actor: county.agent,
    callId,
    appeal: appeal(more),
  });
const caller = (raw: string) => {
  const read = callerNumberOf(raw, '0513');
  if (read === null) throw new Error(`${raw} is no number`);
  return read;
};
const lastFour = (number: string): string => number.slice(-4);

async function message(callerNumber = '13700137000'): Promise<string> {
  const id = await county.call({ answered: false, endedAt: now(), callerNumber });
  await county.db.query("update calls set result = 'messageLeft' where id = $1", [id]);
  await county.db.query(
    'insert into voice_messages (call_id, left_at, queue, recording) values ($1, $2, $3, $4)',
    [id, new Date(now()), 'general', `${id}.m1`],
  );
  return id;
}

test('a ticket is found by its last digits and the caller’s number, however that was written', async () => {
  const books = callerBooks(county.db);
  const mine = await open({ citizenNumber: '138 0013-8000' });
  await open({ citizenNumber: '13900139000' });
  const asked = lastFour(mine.number);
  expect(await books.ticketOf(caller('+8613800138000'), asked)).toEqual({
    state: 'dispatched',
    unitCode: 'lighting',
  });
  expect(await books.ticketOf(caller('13900139000'), asked)).toBeNull();
  expect(await books.ticketOf(caller('13800138000'), '0000')).toBeNull();
  const secret = await open({ citizenNumber: '13800138000', confidential: true });
  expect(await books.ticketOf(caller('13800138000'), lastFour(secret.number))).toBeNull();
  const local = await open({ citizenNumber: '0513-84110001' });
  expect(await books.ticketOf(caller('84110001'), lastFour(local.number))).not.toBeNull();
});

test('what is known of a caller: an open ticket, and what an agent noted', async () => {
  const books = callerBooks(county.db);
  const nobody = { ownerAgentId: null, lastAgentId: null, openTicket: null };
  const unknown = { language: null, hasOpenTicket: false, vulnerable: false, ...nobody };
  expect(await books.known(caller('13500135000'))).toEqual(unknown);
  const { id, number } = await open({ citizenNumber: '13500135000' });
  await county.db.query(
    `insert into caller_notes (id, number, vulnerable, language, note, noted_by, since, changed_at)
     values ($1, '13500135000', true, 'en', '听力不便', $2, now(), now())`,
    [randomUUID(), county.agent.accountId],
  );
  expect(await books.known(caller('13500135000'))).toEqual({
    language: 'en',
    hasOpenTicket: true,
    vulnerable: true,
    ownerAgentId: county.agent.accountId,
    lastAgentId: null,
    openTicket: { id, number },
  });
  await county.db.query("update tickets set state = 'closed' where id = $1", [id]);
  expect(await books.known(caller('008613500135000'))).toMatchObject({
    hasOpenTicket: false,
    ownerAgentId: null,
  });
});

test('who talked with a caller last is known for a week', async () => {
  const books = callerBooks(county.db);
  const [earlier, later] = [randomUUID(), randomUUID()];
  for (const [agentId, ago] of [
    [earlier, '3 days'],
    [later, '2 hours'],
  ] as const) {
    const id = await county.call({ callerNumber: '13500135001', endedAt: now() });
    await county.db.query('update calls set agent_id = $2, arrived_at = now() - $3::interval where id = $1', [
      id,
      agentId,
      ago,
    ]);
  }
  expect(await books.known(caller('13500135001'))).toMatchObject({ lastAgentId: later });
  await county.db.query("update calls set arrived_at = now() - interval '8 days' where agent_id = any ($1)", [
    [earlier, later],
  ]);
  expect(await books.known(caller('13500135001'))).toMatchObject({ lastAgentId: null });
});

test('a message becomes one ticket, by its own channel, and counts as no answered call', async () => {
  const callId = await message();
  const opened = await open({}, callId);
  expect(
    await ticketBooks(county.db).detail(opened.id, {
      scope: 'all',
      unitCode: null,
      confidential: 'all',
      listed: 'all',
      accountId: null,
    }),
  ).toMatchObject({
    callId,
    channel: 'voiceMessage',
    citizenNumber: '13700137000',
  });
  await expect(open({}, callId)).rejects.toMatchObject({ code: 'call.outcomeExists' });
  const spoken = await open({}, await county.call());
  const elsewhere = await open();
  const { rows } = await county.db.query<{ channel: string }>(
    'select channel from tickets where id = any ($1) order by channel',
    [[spoken.id, elsewhere.id]],
  );
  expect(rows.map(({ channel }) => channel)).toEqual(['other', 'phone']);
  const { rows: days } = await county.db.query<{ day: string }>(
    "select to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day",
  );
  const totals = await callRegister(county.db).totals(days[0]?.day ?? '');
  expect(totals).toMatchObject({ arrived: 2, answered: 1, tickets: 1, messages: 1 });
});

test('a message of nothing is closed as invalid; one that nobody dealt with waits, and is never closed by itself', async () => {
  const [empty, waiting] = [await message(), await message()];
  const outcomes = outcomeBooks(county.db);
  await closeCall({ outcomes, now })({
    callId: empty,
    actor: county.agent,
    outcome: { kind: 'invalid', reason: '没有声音' },
  });
  await closeForgottenCalls({
    calendar: calendarBooks(county.db),
    outcomes,
    now: () => now() + 86_400_000,
  })();
  const closed = await county.db.query(
    'select call_id, outcome from call_outcomes where call_id = any ($1)',
    [[empty, waiting]],
  );
  expect(closed.rows).toEqual([{ call_id: empty, outcome: 'invalid' }]);
  const abandoned = await county.call({ answered: false, endedAt: now() });
  await expect(open({}, abandoned)).rejects.toMatchObject({ code: 'call.notAnswered' });
});
