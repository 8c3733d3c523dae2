import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adjudicationBooks } from '../../../src/adapters/pg/adjudications.ts';
import { contactBooks } from '../../../src/adapters/pg/contacts.ts';
import { dispatchCatalogueBooks } from '../../../src/adapters/pg/dispatch-catalogue.ts';
import { instructionBooks } from '../../../src/adapters/pg/instructions.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { threadBooks } from '../../../src/adapters/pg/threads.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import type { AppError } from '../../../src/app/errors.ts';
import type { CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { circularsDue, circulateOverdue } from '../../../src/app/supervision/circulate-overdue.ts';
import { draftReport } from '../../../src/app/supervision/draft-case-report.ts';
import { escalateOrders } from '../../../src/app/supervision/follow-order.ts';
import { giveInstruction, moveInstruction } from '../../../src/app/supervision/give-instruction.ts';
import { issueOrder } from '../../../src/app/supervision/issue-order.ts';
import { moveOrder } from '../../../src/app/supervision/move-order.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { callContact, claimContact, releaseContact } from '../../../src/app/visits/preview-call.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { toVisit, visitDeps } from './visited.ts';

let county: County;
let now = Date.parse('2026-09-21T09:00:00+08:00');
let reply: CommandReply = { ok: true, agent: null };
const sent: AgentCommand[] = [];
let other: Actor;
beforeAll(async () => {
  county = await freshCounty();
  const accountId = randomUUID();
  await county.db.query(
    `insert into accounts (id, username, display_name, password_hash, roles) values ($1, 'visitor', '回访员', 'x',
       array['returnVisitor'])`,
    [accountId],
  );
  other = { accountId, roles: ['returnVisitor'], unitCode: null };
});
afterAll(() => county.close());

const deps = () => ({
  ...visitDeps(county, () => now),
  instructions: instructionBooks(county.db),
  contacts: contactBooks(county.db),
  threads: threadBooks(county.db),
  adjudications: adjudicationBooks(county.db),
  dispatchCatalogue: dispatchCatalogueBooks(county.db),
  log: { error: () => expect.fail('each can be decided') },
  commands: {
    send(command: AgentCommand) {
      sent.push(command);
      return Promise.resolve(reply);
    },
  },
});
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code }: AppError) => code,
  );
const opened = async (over: Parameters<typeof appeal>[0] = {}) =>
  (await openTicket(deps())({ appeal: appeal(over), callId: null, actor: county.agent })).id;
const orders = async (ticketId: string) =>
  (await supervisionBooks(county.db).list({ ticketId }, sightOf(county.lead), { limit: 10 })).orders;
const lines = async (id: string) =>
  (await ticketBooks(county.db).detail(id, sightOf(county.lead)))?.timeline.map(({ type }) => type) ?? [];

test('an instruction from above stands on each ticket, has its own time and chain, and supervises the unit at once', async () => {
  const ticketIds = [await opened(), await opened()];
  const given = {
    id: randomUUID(),
    level: 'upper',
    leader: '副市长 李某',
    words: '请迅速、仔细解决好',
    ticketIds,
    ...{ dueAt: now + 3 * 86_400_000, actor: county.lead },
  } as const;
  expect(await refusal(giveInstruction(deps())({ ...given, dueAt: now }))).toBe('instruction.dueInPast');
  const { id, number } = await giveInstruction(deps())(given);
  expect(number).toMatch(/^RDPS20260921-\d{4}$/);
  for (const ticketId of ticketIds) {
    expect(await lines(ticketId)).toEqual(expect.arrayContaining(['instructionMoved', 'supervisionIssued']));
    expect(await orders(ticketId)).toMatchObject([{ trigger: 'upperLevel', instrument: 'written' }]);
  }
  const step = (move: 'takeUp' | 'report' | 'sendBack' | 'close', words: string) =>
    moveInstruction(deps())({ id, move, words, actor: county.lead });
  await step('takeUp', '已召集有关部门');
  await step('report', '灯已修复');
  await step('sendBack', '请附照片');
  await step('report', '照片见附件');
  expect(await step('close', '同意')).toMatchObject({ state: 'closed' });
  expect(await refusal(step('report', '再报'))).toBe('instruction.moveImpossible');
  const [view] = (
    await instructionBooks(county.db).list({ ticketId: ticketIds[0] ?? '' }, sightOf(county.lead), {
      limit: 10,
    })
  ).rows;
  expect(view?.chain.map(({ move }) => move)).toEqual([
    'give',
    'takeUp',
    'report',
    'sendBack',
    'report',
    'close',
  ]);
  expect(view?.tickets).toHaveLength(2);
});

test('an instruction is read by whoever may see all of its tickets, and by nobody else', async () => {
  const secret = await opened({ confidential: true });
  const open = await opened();
  const { id } = await giveInstruction(deps())({
    ...{
      id: randomUUID(),
      level: 'own',
      leader: '县长 王某',
      words: '请核实举报人所述',
      actor: county.lead,
    },
    ...{ ticketIds: [open, secret], dueAt: now + 86_400_000 },
  });
  const leader: Actor = { accountId: other.accountId, roles: ['leader'], unitCode: null };
  const seen = async (who: Actor, ticketId: string) =>
    (await instructionBooks(county.db).list({ ticketId }, sightOf(who), { limit: 10 })).rows.map(
      (one) => one.id,
    );
  expect(await seen(county.lead, secret)).toEqual([id]);
  for (const ticketId of [secret, open]) expect(await seen(leader, ticketId)).toEqual([]);
  await county.db.query('update tickets set listed_only = true where id = $1', [secret]);
  expect(await seen({ ...leader, roles: ['adjudicator'] }, open)).toEqual([]);
  await county.db.query(
    `insert into ticket_grants (id, ticket_id, account_id, reason, granted_by, granted_at, until)
     values (gen_random_uuid(), $1, $2, '协助核查', $3, now(), now() + interval '1 day')`,
    [secret, leader.accountId, county.lead.accountId],
  );
  expect(await seen(leader, secret)).toEqual([id]);
});

test('an order that nobody answers in time is followed by a graver one, once, up to the circular', async () => {
  const ticketId = await opened();
  const order = {
    id: randomUUID(),
    ticketId,
    instrument: 'meeting',
    demand: '召开协调会',
    workingDays: 1,
    actor: county.lead,
  } as const;
  expect(await refusal(issueOrder(deps())(order))).toBe('supervision.formFault');
  const document = { topic: '路灯归属', at: '9月22日', chair: '信访局', participants: '城管局、供电所' };
  const { id } = await issueOrder(deps())({ ...order, document });
  const escalate = () => escalateOrders(deps())(20);
  expect(await escalate()).toBe(0);
  now += 5 * 86_400_000;
  const both = await Promise.all([escalate(), escalate()]);
  expect((await orders(ticketId)).map(({ instrument }) => instrument)).toEqual(['written', 'meeting']);
  expect(both.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(1);
  now += 5 * 86_400_000;
  await escalate();
  now += 5 * 86_400_000;
  await escalate();
  const all = await orders(ticketId);
  expect(all.map(({ instrument }) => instrument)).toEqual(['notice', 'written', 'meeting']);
  expect(all[0]).toMatchObject({
    trigger: 'unanswered',
    escalates: all[1]?.number,
    document: { facts: expect.any(String) },
  });
  const answer = (move: 'answer' | 'close', actor: Actor, outcome?: Record<string, string>) =>
    moveOrder(deps())({ id, move, words: '已开会', actor, ...(outcome === undefined ? {} : { outcome }) });
  await answer('answer', county.unit);
  expect(await refusal(answer('close', county.lead))).toBe('supervision.formFault');
  await answer('close', county.lead, { decision: '由城管局负责' });
  expect((await orders(ticketId)).at(-1)).toMatchObject({
    state: 'closed',
    outcome: { decision: '由城管局负责' },
  });
});

test('what a process wrote that died before it could answer is told again, and not written a second time', async () => {
  const ticketId = await opened();
  const instruction = {
    id: randomUUID(),
    level: 'own',
    leader: '县长 王某',
    words: '请抓紧办好',
    ticketIds: [ticketId],
    dueAt: now + 86_400_000,
    actor: county.lead,
  } as const;
  const given = await giveInstruction(deps())(instruction);
  const order = {
    id: randomUUID(),
    ticketId,
    instrument: 'written',
    demand: '限期办结',
    workingDays: 3,
    actor: county.lead,
  } as const;
  const issued = await issueOrder(deps())(order);
  // The client asks again after the weekend, when the time of the instruction is over.
  now += 3 * 86_400_000;
  expect(await giveInstruction(deps())(instruction)).toEqual(given);
  expect(await issueOrder(deps())(order)).toEqual(issued);
  expect((await lines(ticketId)).slice(2)).toEqual(['instructionMoved', 'supervisionIssued']);
  expect(await orders(ticketId)).toHaveLength(1);
  await moveOrder(deps())({ id: issued.id, move: 'answer', words: '已办结', actor: county.unit });
});

test('an order that another unit left behind holds up no other, and one that is answered in that moment is not followed', async () => {
  const written = { instrument: 'written', demand: '限期办结', actor: county.lead } as const;
  const [left, there, answered] = [await opened(), await opened(), await opened()];
  await issueOrder(deps())({ ...written, id: randomUUID(), ticketId: left, workingDays: 1 });
  await county.db.query(`update tickets set unit_code = 'water' where id = $1`, [left]);
  await issueOrder(deps())({ ...written, id: randomUUID(), ticketId: there, workingDays: 2 });
  now += 5 * 86_400_000;
  expect(await escalateOrders(deps())(1)).toBe(1);
  expect((await orders(there)).map(({ instrument }) => instrument)).toEqual(['notice', 'written']);

  const { id } = await issueOrder(deps())({
    ...written,
    id: randomUUID(),
    ticketId: answered,
    workingDays: 1,
  });
  now += 5 * 86_400_000;
  const supervision = supervisionBooks(county.db);
  const unanswered = async (at: number, limit: number) => {
    const late = await supervision.unanswered(at, limit);
    expect(late.map((one) => one.id)).toContain(id);
    await moveOrder(deps())({ id, move: 'answer', words: '已办结', actor: county.unit });
    return late;
  };
  await escalateOrders({ ...deps(), supervision: { ...supervision, unanswered } })(20);
  expect((await orders(answered)).map(({ instrument, state }) => [instrument, state])).toEqual([
    ['written', 'answered'],
  ]);
});

test('five working days after a unit’s time was over a circular goes out by rule, once, and not for what it reported since', async () => {
  const began = now;
  const [late, reported, moved] = [await opened(), await opened(), await opened()];
  const overdueAt = Date.parse('2026-10-15T18:00:00+08:00');
  await county.db.query(
    `update deadlines set due_at = $2, state = 'done', finished_at = $2
     where ticket_id = any ($1) and clock = 'unit' and kind = 'overdue'`,
    [[late, reported, moved], new Date(overdueAt)],
  );
  await county.db.query(`update tickets set state = 'reportedDone' where id = $1`, [reported]);
  await county.db.query(`update tickets set unit_code = null, state = 'registered' where id = $1`, [moved]);
  /** Each that is due by now, as a job of its own. */
  const circulate = async (): Promise<void> => {
    for (const { ticketId } of await circularsDue(deps())(now)) await circulateOverdue(deps())(ticketId);
  };
  const circulars = async (id: string) =>
    (await orders(id)).filter(({ trigger }) => trigger === 'longOverdue');
  // Thursday the 15th; Friday, Monday to Thursday: the fifth working day ends on the 22nd.
  now = Date.parse('2026-10-22T18:00:00+08:00');
  await circulate();
  // Asked for too early it is none yet; its moment is known the day before.
  expect(await circulateOverdue(deps())(late)).toBe(false);
  expect(await circulars(late)).toEqual([]);
  const ahead = (await circularsDue(deps())(now + 86_400_000)).filter(({ ticketId }) => ticketId === late);
  expect(ahead).toEqual([{ ticketId: late, dueAt: now + 1 }]);
  now += 1;
  await Promise.all([circulate(), circulate()]);
  expect(await circulars(late)).toMatchObject([
    {
      ...{ instrument: 'notice', state: 'issued', issuedBy: null },
      document: { facts: expect.stringContaining('已于2026-10-15到期，超期5个工作日以上仍未办结，予以通报') },
    },
  ]);
  // Closed, it does not come again for the same lateness.
  await county.db.query(`update supervision_orders set state = 'closed' where ticket_id = $1`, [late]);
  now += 30 * 86_400_000;
  await circulate();
  expect(await circulars(late)).toHaveLength(1);
  expect([await circulars(reported), await circulars(moved)]).toEqual([[], []]);
  now = began;
});

test('the third appeal of a citizen in one matter is supervised when its unit takes it up', async () => {
  const citizen = { citizenNumber: '13700000009' };
  const before = [await opened(citizen), await opened({ citizenNumber: '+86 137 0000 0009' })];
  await county.db.query(`update tickets set state = 'closed', closed_at = accepted_at where id = any ($1)`, [
    before,
  ]);
  const third = await opened(citizen);
  expect(await orders(third)).toEqual([]);
  await moveTicket(deps())({
    id: third,
    move: 'signFor',
    version: null,
    reason: '',
    details: {},
    actor: county.unit,
  });
  await moveTicket(deps())({
    id: third,
    move: 'handle',
    version: null,
    reason: '',
    details: {},
    actor: county.unit,
  });
  expect(await orders(third)).toMatchObject([{ trigger: 'repeatAppeal' }]);
  const report = await draftReport(deps())(third, county.lead);
  expect(report.markdown).toContain('同一诉求重复反映');
});

test('the third appeal of a matter is supervised though others brought it forward, years ago; an incident counts once', async () => {
  const threads = threadBooks(county.db);
  const others = [
    await opened({ citizenNumber: '13700000071' }),
    await opened({ citizenNumber: '13700000072' }),
  ];
  const burst = [
    await opened({ citizenNumber: '13700000073' }),
    await opened({ citizenNumber: '13700000074' }),
  ];
  const third = await opened({ citizenNumber: '13700000075' });
  const incident = randomUUID();
  await county.db.query(
    `insert into incidents (id, number, title, category_code, area, state, opened_at)
     select $1, 'SJ20140915-0001', '停水', category_code, '', 'closed', now() from tickets where id = $2`,
    [incident, third],
  );
  await county.db.transact(async (tx) => {
    const id = randomUUID();
    await threads.open({ id, number: 'CX20140915-000001', at: now }, tx);
    for (const ticketId of [...others, ...burst, third]) {
      await threads.join(
        { id: randomUUID(), threadId: id, ticketId, at: now, by: null, reason: '同一事项' },
        tx,
      );
    }
  });
  const repeats = () => county.db.transact((tx) => supervisionBooks(county.db).repeats(third, tx));
  // What is open still is no repetition.
  expect(await repeats()).toBe(1);
  const close = (ids: readonly string[]) =>
    county.db.query(
      `update tickets set state = 'closed', accepted_at = accepted_at - interval '3 years', closed_at = accepted_at
       where id = any ($1)`,
      [ids],
    );
  await close(burst);
  expect(await repeats()).toBe(3);
  for (const ticketId of burst) {
    await county.db.query(
      `insert into incident_members (id, incident_id, ticket_id, joined_at, joined_reason)
       values (gen_random_uuid(), $1, $2, now(), '同一事件')`,
      [incident, ticketId],
    );
  }
  expect(await repeats()).toBe(2);
  await close(others);
  expect(await repeats()).toBe(4);
  // Not what only shows how the hotline works.
  const showing = (seconds: number | null) =>
    county.db.query('update tickets set day_seconds = $2 where id = any ($1)', [others, seconds]);
  await showing(3);
  expect(await repeats()).toBe(2);
  await showing(null);
  for (const move of ['signFor', 'handle'] as const) {
    await moveTicket(deps())({ id: third, move, version: null, reason: '', details: {}, actor: county.unit });
  }
  expect(await orders(third)).toMatchObject([{ trigger: 'repeatAppeal' }]);
  const report = await draftReport(deps())(third, county.lead);
  expect(report.markdown).toContain('线索 CX20140915-000001');
  expect(report.markdown.match(/^- \d{4}-\d\d-\d\d 工单 /gm)).toHaveLength(5);
});

test('preview: one clerk has the citizen, rings only what he holds, and owes an outcome before the next', async () => {
  const one = await toVisit(county, () => now, { citizenNumber: '13700000021' });
  const two = await toVisit(county, () => now, { citizenNumber: '13700000022' });
  const claim = (ticketId: string, actor: Actor) => claimContact(deps())({ ticketId, reason: '', actor });
  const ring = (ticketId: string, actor: Actor) =>
    callContact(deps())({ callId: randomUUID(), ticketId, actor });
  expect(await refusal(ring(one.id, other))).toBe('contact.notHeld');
  const asked = await Promise.allSettled([claim(one.id, other), claim(one.id, county.lead)]);
  expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [holder, loser] = asked[0]?.status === 'fulfilled' ? [other, county.lead] : [county.lead, other];
  expect(await refusal(claim(one.id, loser))).toBe('contact.held');
  reply = { ok: false, code: 'outbound.quietHours', detail: '' };
  expect(await refusal(ring(one.id, holder))).toBe('outbound.quietHours');
  reply = { ok: true, agent: null };
  await ring(one.id, holder);
  expect(sent.at(-1)).toMatchObject({ kind: 'call', purpose: 'returnVisit', number: '13700000021' });
  // A second click is refused, since the telephone rings already: what the first owes it owes still.
  reply = { ok: false, code: 'agent.signedOut', detail: '' };
  expect(await refusal(ring(one.id, holder))).toBe('agent.signedOut');
  reply = { ok: true, agent: null };
  expect(await refusal(claim(two.id, holder))).toBe('contact.outcomeMissing');
  expect(await refusal(releaseContact(deps())(one.id, holder.accountId ?? ''))).toBe('contact.notHeld');
  await recordVisit(deps())({
    ...{ outcome: 'noAnswer', callAgainAt: null, actor: holder },
    tickets: [{ id: one.id, version: one.version, answers: null }],
  });
  await claim(two.id, holder);
  await releaseContact(deps())(two.id, holder.accountId ?? '');
  await claim(two.id, loser);
  await claim(one.id, holder);
});

test('who was called twice within a day, for whichever unit, is called once more only for a reason, which stands on the time line', async () => {
  const { id } = await toVisit(county, () => now, { citizenNumber: '13700000031' });
  for (const purpose of ['ticket', 'survey']) {
    await county.db.query(
      `insert into calls (id, arrived_at, trunk, dialled, caller_number, direction, purpose, ended_at, result)
       values ($1, $2, 'carrier', '12345', '13700000031', 'outbound', $3, $2, 'notReached')`,
      [randomUUID(), new Date(now - 3_600_000), purpose],
    );
  }
  await county.db.query('delete from contact_claims');
  const claim = (reason: string) => claimContact(deps())({ ticketId: id, reason, actor: other });
  expect(await refusal(claim(''))).toBe('contact.tooOften');
  const { recent } = await claim('市民约定今晚再谈');
  expect(recent.map(({ purpose }) => purpose).sort()).toEqual(['survey', 'ticket']);
  expect(await lines(id)).toContain('contactInsisted');
});
