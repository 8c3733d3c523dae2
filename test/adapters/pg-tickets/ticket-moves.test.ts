import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { timeLineBooks } from '../../../src/adapters/pg/time-lines.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import type { AppError } from '../../../src/app/errors.ts';
import { type MoveTicketRequest, moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { verifyTimeLines } from '../../../src/app/tickets/verify-time-lines.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { appeal, type County, freshCounty } from './county.ts';

let county: County;
let now = Date.parse('2026-09-18T10:00:00+08:00');
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const deps = () => ({
  database: county.db,
  tickets: ticketBooks(county.db),
  ticketMoves: ticketMoveBooks(county.db),
  supervision: supervisionBooks(county.db),
  calendar: calendarBooks(county.db),
  now: () => now,
  newId: randomUUID,
});
const open = (over: Partial<Parameters<typeof appeal>[0]> = {}) =>
  openTicket(deps())({ appeal: appeal(over), callId: null, actor: county.agent });
const move = (
  id: string,
  what: MoveTicketRequest['move'],
  actor: Actor,
  version: number,
  details: MoveTicketRequest['details'] = {},
) => moveTicket(deps())({ id, move: what, version, reason: '因为', details, actor });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code, data }: AppError) => ({ code, data }),
  );
const deadlines = async (id: string) =>
  (
    await county.db.query<{ clock: string; level: number; state: string; due: string; generation: number }>(
      `select clock, level, state, generation, to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') as due
       from deadlines where ticket_id = $1 order by clock, level`,
      [id],
    )
  ).rows;
const verify = () => verifyTimeLines({ timeLines: timeLineBooks(county.db), hash: chainHash })();

test('a ticket goes from dispatch to the archive; each step is on its time line with actor, states and reason', async () => {
  const { id } = await open();
  const steps = [
    ['signFor', county.unit, {}],
    ['contact', county.unit, {}],
    ['handle', county.unit, {}],
    ['reportDone', county.unit, { reply: '三盏路灯已修复。' }],
    ['reviewReply', county.lead, {}],
    ['visit', county.lead, { checklist: REVIEWED }],
  ] as const;
  let version = 2;
  for (const [what, actor, details] of steps) {
    ({ version } = await move(id, what, actor, version, details));
  }
  // Nobody closes a visit whose citizen was not heard: the figures would miss what he said.
  expect(await refusal(move(id, 'close', county.lead, version))).toMatchObject({ code: 'visit.unheard' });
  await recordVisit({ ...deps(), visits: visitBooks(county.db) })({
    tickets: [{ id, version, answers: { resolved: true, result: 5, process: 5, words: '' } }],
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
  });
  const ticket = await ticketBooks(county.db).detail(id, {
    scope: 'all',
    confidential: 'all',
    listed: 'all',
    unitCode: null,
    accountId: null,
  });
  expect(ticket).toMatchObject({ state: 'closed', version: 9, closedAt: new Date(now).toISOString() });
  expect(ticket?.timeline.map(({ type, toState }) => `${type} ${toState}`)).toEqual([
    'register registered',
    'dispatch dispatched',
    'signFor signedFor',
    'contact inContact',
    'handle handling',
    'reportDone reportedDone',
    'reviewReply replyReview',
    'visit returnVisit',
    'close closed',
  ]);
  // What the reply was held against is kept with its review.
  expect(ticket?.timeline.at(7)?.body).toEqual({ checklist: REVIEWED });
  expect(ticket?.timeline.at(5)).toMatchObject({
    actor: { id: county.unit.accountId },
    fromState: 'handling',
    reason: '因为',
    body: { reply: '三盏路灯已修复。' },
  });
  const { rows } = await county.db.query(
    `select topic from outbox where key = $1 and topic = 'ticketMoved'`,
    [id],
  );
  expect(rows).toHaveLength(steps.length + 1);
});

test('of two who move one ticket at once the later is told what the other did, and nothing of his is written', async () => {
  const { id } = await open();
  const both = await Promise.allSettled([
    move(id, 'signFor', county.unit, 2),
    move(id, 'returnTicket', county.unit, 2, { evidence: '属物业', suggestedUnitCode: 'water' }),
  ]);
  const lost = both.filter((one) => one.status === 'rejected');
  expect(lost).toHaveLength(1);
  expect(lost[0]?.reason).toMatchObject({
    code: 'ticket.movedMeanwhile',
    data: { seq: 3, by: '职员2' },
  });
  const { rows } = await county.db.query('select seq from ticket_events where ticket_id = $1', [id]);
  expect(rows).toHaveLength(3);
});

test('a note on the time line is no move: who saw the ticket before it is not sent back', async () => {
  const { id } = await open();
  await county.db.query(
    `with t as (update tickets set version = version + 1 where id = $1 returning id, version)
     insert into ticket_events (id, ticket_id, seq, at, type) select $2, id, version, now(), 'citizenRevealed' from t`,
    [id, randomUUID()],
  );
  expect((await move(id, 'signFor', county.unit, 2)).version).toBe(4);
});

test('another unit’s ticket does not exist for a unit; an unknown unit is named', async () => {
  const { id } = await open();
  const stranger: Actor = { ...county.unit, unitCode: 'water' };
  expect(await refusal(move(id, 'signFor', stranger, 2))).toMatchObject({ code: 'ticket.unknown' });
  const { id: plain } = await open({ unitCode: null });
  expect(await refusal(move(plain, 'dispatch', county.lead, 1, { unitCode: 'nobody' }))).toEqual({
    code: 'ticket.unitUnknown',
    data: { unit: 'nobody' },
  });
});

test('a return that is accepted starts the other unit’s clock under a new generation; a claim of before is void', async () => {
  const { id } = await open();
  const before = await deadlines(id);
  await county.db.query(
    `update deadlines set state = 'claimed', claimed_until = now(), attempts = 1
     where ticket_id = $1 and clock = 'unit' and level = 100`,
    [id],
  );
  await move(id, 'returnTicket', county.unit, 2, { evidence: '属自来水', suggestedUnitCode: 'water' });
  now += 3 * 86_400_000;
  await move(id, 'acceptReturn', county.lead, 3, { unitCode: 'water' });
  const after = await deadlines(id);
  expect(after.filter(({ clock }) => clock === 'citizen')).toEqual(
    before.filter(({ clock }) => clock === 'citizen'),
  );
  const overdue = after.find(({ clock, level }) => clock === 'unit' && level === 100);
  expect(overdue).toMatchObject({ state: 'pending', generation: 1, due: '09-29 10:00' });
  const { rows } = await county.db.query<{ attempts: number }>(
    `select attempts from deadlines where ticket_id = $1 and clock = 'unit' and level = 100`,
    [id],
  );
  expect(rows).toEqual([{ attempts: 2 }]);
});

test('a reopened ticket has its citizen’s time as it was: what the closing had cancelled is pending again', async () => {
  const { id } = await open();
  await move(id, 'withdraw', county.lead, 2);
  await county.db.query(
    `update deadlines set state = 'cancelled', finished_at = now() where ticket_id = $1 and clock = 'citizen'`,
    [id],
  );
  const before = await deadlines(id);
  await move(id, 'resubmit', county.lead, 3);
  const citizen = (await deadlines(id)).filter(({ clock }) => clock === 'citizen');
  expect(citizen.map(({ state, generation }) => `${state} ${generation}`)).toEqual(
    Array(3).fill('pending 1'),
  );
  expect(citizen.map(({ due }) => due)).toEqual(
    before.filter(({ clock }) => clock === 'citizen').map(({ due }) => due),
  );
});

test('the time line is only added to; who goes around that is found by the chain of hashes', async () => {
  const { id, number } = await open();
  await move(id, 'signFor', county.unit, 2);
  expect((await verify()).faults).toEqual([]);
  const change = (text: string) => county.db.query(text, [id]);
  await expect(change(`update ticket_events set reason = '改' where ticket_id = $1`)).rejects.toThrow(
    'only added to',
  );
  await expect(change('delete from ticket_events where ticket_id = $1')).rejects.toThrow('only added to');
  await county.db.query('alter table ticket_events disable trigger ticket_events_are_kept');
  await change(`update ticket_events set reason = '改' where ticket_id = $1 and seq = 2`);
  expect((await verify()).faults).toEqual([{ ticket: number, line: 2 }]);
  await change(`update ticket_events set reason = '' where ticket_id = $1 and seq = 2`);
  expect((await verify()).faults).toEqual([]);
  // A line that waits to be told is held by that; whoever is at the tables takes it out of there, too.
  await change('delete from ticket_notices_due where ticket_id = $1');
  await change('delete from ticket_events where ticket_id = $1 and seq = 3');
  expect((await verify()).faults).toEqual([{ ticket: number, line: 3 }]);
});
