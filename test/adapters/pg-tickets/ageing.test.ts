import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ageingTicketBooks } from '../../../src/adapters/pg/ageing-tickets.ts';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { forcedMoveBooks } from '../../../src/adapters/pg/forced-moves.ts';
import { instructionBooks } from '../../../src/adapters/pg/instructions.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { ticketAlarmBooks } from '../../../src/adapters/pg/ticket-alarms.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { giveInstruction, moveInstruction } from '../../../src/app/supervision/give-instruction.ts';
import { archiveTickets } from '../../../src/app/tickets/archive-tickets.ts';
import { askForce, decideForce } from '../../../src/app/tickets/force-ticket.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { remindPlan } from '../../../src/app/tickets/remind-plan.ts';
import { settleTicketAlarms } from '../../../src/app/tickets/settle-alarms.ts';
import { localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import type { TicketMove, TicketState } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { visitDeps } from './visited.ts';

// What time alone does to tickets: plans are remembered, what ended goes to the archive.

let county: County;
let now: number;
beforeAll(async () => {
  county = await freshCounty();
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by)
     values (gen_random_uuid(), 'lighting', '13700000001', '值班', true, now(), $1)`,
    [county.lead.accountId],
  );
});
afterAll(() => county.close());

const deps = () => ({
  ...visitDeps(county, () => now),
  ageing: ageingTicketBooks(county.db),
  alarms: alarmBooks(county.db),
  instructions: instructionBooks(county.db),
});
/** Each plan of which something is due today, as a job of its own. */
const remindAll = async (): Promise<number> => {
  let reminded = 0;
  for (const { ticketId } of await deps().ageing.plansDue(localDateOf(now, 'Asia/Shanghai')))
    reminded += (await remindPlan(deps())(ticketId)) ? 1 : 0;
  return reminded;
};
const at = (local: string) => {
  now = Date.parse(`${local}+08:00`);
};
const open = async (over: Parameters<typeof appeal>[0] = {}) =>
  (
    await openTicket(deps())({
      appeal: appeal({ citizenNumber: '13912345678', ...over }),
      callId: null,
      actor: county.agent,
    })
  ).id;
const move = (id: string, what: TicketMove, actor = county.lead, details = {}) =>
  moveTicket(deps())({ id, move: what, version: null, reason: '因为', details, actor });
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const shelved = async (plan: object): Promise<string> => {
  const id = await open();
  await move(id, 'signFor', county.unit);
  await move(id, 'handle', county.unit);
  await move(id, 'shelve', county.lead, plan);
  return id;
};
const lines = async (id: string, type: string) =>
  (
    await county.db.query<{ body: Record<string, unknown> }>(
      'select body from ticket_events where ticket_id = $1 and type = $2 order by seq',
      [id, type],
    )
  ).rows.map(({ body }) => body);

test('a long-term item has an approved plan and a day; it is remembered in notice hours, each time once, and an alarm tells that it was passed over', async () => {
  at('2026-11-25T10:00:00');
  const plan = { plan: '明年三月随道路改造一并更换线路', reviewOn: '2026-12-10' };
  const held = await open();
  await move(held, 'signFor', county.unit);
  await move(held, 'handle', county.unit);
  expect(await code(move(held, 'shelve', county.lead, { ...plan, reviewOn: '2026-11-25' }))).toBe(
    'ticket.reviewDateFault',
  );
  // The citizen reads it.
  expect(await code(move(held, 'shelve', county.lead, { ...plan, plan: '联系王小明13912345678' }))).toBe(
    'ticket.planPersonal',
  );
  expect(await code(move(held, 'shelve', county.unit, plan))).toBe('ticket.moveForbidden');
  const id = await shelved(plan);
  const remind = remindAll;
  const due = () => deps().ageing.plansDue('2027-12-31');
  expect(await due()).toEqual([{ ticketId: id, remindOn: '2026-12-07' }]);
  expect(await remind()).toBe(0);
  at('2026-12-07T03:00:00');
  expect(await remind()).toBe(0);
  at('2026-12-07T09:00:00');
  const both = await Promise.all([remind(), remind()]);
  expect(both.reduce((sum, n) => sum + n, 0)).toBe(1);
  at('2026-12-10T09:00:00');
  expect(await remind()).toBe(1);
  expect(await remind()).toBe(0);
  expect(await deps().alarms.list(true, 10)).toEqual([]);
  at('2026-12-17T09:00:00');
  expect(await remind()).toBe(1);
  expect(await lines(id, 'planReminded')).toEqual(
    ['soon', 'due', 'late'].map((reminder) => ({ reminder, reviewOn: '2026-12-10' })),
  );
  expect(await deps().alarms.list(true, 10)).toMatchObject([{ kind: 'ticket.planLate', subject: id }]);
  // All of it was said: nobody looks at it again.
  expect(await due()).toEqual([]);
  // Looked at: it goes on with another day, and is remembered anew.
  const settle = settleTicketAlarms({ ...deps(), ticketAlarms: ticketAlarmBooks(county.db) });
  expect(await settle()).toBe(0);
  await move(id, 'reviewPlan', county.lead, { ...plan, reviewOn: '2027-03-20' });
  expect(await settle()).toBe(1);
  expect(await deps().alarms.list(true, 10)).toEqual([]);
  at('2026-12-30T09:00:00');
  expect(await remind()).toBe(0);
  at('2027-03-22T09:00:00');
  expect(await remind()).toBe(1);
  await move(id, 'resume');
  at('2027-06-01T09:00:00');
  expect(await remind()).toBe(0);
});

test('forced to be a long-term item again, it is reminded of the plan that it had last; moved on within it, of no day that was told already', async () => {
  at('2026-11-25T10:00:00');
  const id = await shelved({ plan: '明年随道路改造更换', reviewOn: '2026-12-10' });
  const force = async (to: TicketState, unitCode: string | null = null) => {
    const books = { ...deps(), forcedMoves: forcedMoveBooks(county.db) };
    const { version } = (await books.tickets.detail(id, sightOf(county.lead))) ?? expect.fail('gone');
    const asked = await askForce(books)({
      ...{ ticketId: id, to, unitCode, version, reason: '误恢复办理，计划仍有效', actor: county.lead },
    });
    const other = { accountId: county.agent.accountId, roles: ['supervisor'], unitCode: null } as const;
    await decideForce(books)({ id: asked.id, move: 'approve', words: '同意', actor: other });
  };
  const due = async () =>
    (await deps().ageing.plansDue('2027-12-31')).filter(({ ticketId }) => ticketId === id);
  await move(id, 'resume');
  expect(await due()).toEqual([]);
  await force('longTerm');
  expect(await due()).toEqual([{ ticketId: id, remindOn: '2026-12-07' }]);
  at('2026-12-07T09:00:00');
  expect(await remindAll()).toBe(1);
  await force('longTerm', 'water');
  expect(await due()).toEqual([{ ticketId: id, remindOn: '2026-12-10' }]);
  await move(id, 'resume');
  await force('longTerm');
  expect(await remindAll()).toBe(0);
  at('2026-12-10T09:00:00');
  expect(await remindAll()).toBe(1);
  expect((await lines(id, 'planReminded')).map(({ reminder }) => reminder)).toEqual(['soon', 'due']);
  await move(id, 'resume');
});

test('the citizen is told of the plan and its day, and the unit of the reminders', async () => {
  at('2026-11-25T10:00:00');
  await county.db.query('truncate citizen_messages, ticket_notices, ticket_notices_due');
  await shelved({ plan: '明年三月随道路改造一并更换', reviewOn: '2026-12-10' });
  const tell = () =>
    tellTicketSteps({
      ...deps(),
      ...{ messages: messageBooks(county.db), ticketNotices: ticketNoticeBooks(county.db), settleMs: 1000 },
    })();
  const texts = async (kind: string) =>
    (
      await county.db.query<{ text: string }>(
        'select text from citizen_messages where kind = $1 order by created_at desc, id',
        [kind],
      )
    ).rows.map(({ text }) => text);
  now += 30_000;
  await tell();
  const [said = ''] = await texts('ticketShelved');
  expect(said).toContain('已列入长期事项，12月10日前再次复核进展。计划：明年三月随道路改造一并更换。');
  at('2026-12-10T09:00:00');
  await remindAll();
  now += 30_000;
  await tell();
  expect((await texts('unitWork'))[0]).toContain('为挂账事项，12月10日复核，请准备进展情况。');
});

test('what ended goes to the archive when the days of its limits are over, and not while something of it is open', async () => {
  await county.db.query(`update tickets set state = 'archived', closed_at = now()`);
  at('2026-09-01T16:00:00');
  const withdrawn = await open();
  await move(withdrawn, 'withdraw', county.agent);
  const instructed = await open();
  const instruction = await giveInstruction(deps())({
    ...{ id: randomUUID(), level: 'own' as const, leader: '县长 王某', words: '请办好' },
    ...{ dueAt: now + 86_400_000, ticketIds: [instructed], actor: county.lead },
  });
  await move(instructed, 'withdraw', county.agent);
  const working = await open();
  const archive = () => archiveTickets(deps())();
  const state = async (id: string) =>
    (await county.db.query<{ state: string }>('select state from tickets where id = $1', [id])).rows[0]
      ?.state;
  // 30 natural days: the whole of the thirtieth is still its own.
  at('2026-10-01T23:59:00');
  expect(await archive()).toEqual({ archived: 0, more: false });
  at('2026-10-02T00:01:00');
  const both = await Promise.all([archive(), archive()]);
  expect(both.reduce((sum, { archived }) => sum + archived, 0)).toBe(1);
  expect([await state(withdrawn), await state(instructed), await state(working)]).toEqual([
    'archived',
    'withdrawn',
    'dispatched',
  ]);
  for (const step of ['report', 'close'] as const) {
    await moveInstruction(deps())({ id: instruction.id, move: step, words: '已办结', actor: county.lead });
  }
  expect(await archive()).toEqual({ archived: 1, more: false });
  expect(await lines(instructed, 'archive')).toHaveLength(1);
});
