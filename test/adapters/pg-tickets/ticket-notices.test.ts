import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { forcedMoveBooks } from '../../../src/adapters/pg/forced-moves.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { ticketPartBooks } from '../../../src/adapters/pg/ticket-parts.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { sendDueMessages } from '../../../src/app/messages/send-due-messages.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { tellUnitDigests } from '../../../src/app/messages/tell-unit-digests.ts';
import type { GiveUp } from '../../../src/app/ports/messages.ts';
import { askForce, decideForce } from '../../../src/app/tickets/force-ticket.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { addPart } from '../../../src/app/tickets/parts/part-acts.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import { type Actor, SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import type { TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';

let county: County;
let now: number;
beforeAll(async () => {
  county = await freshCounty();
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by) values
     (gen_random_uuid(), 'lighting', '13700000001', '值班', true, now(), $1),
     (gen_random_uuid(), 'lighting', '051384110001', '办公室', false, now(), $1)`,
    [county.lead.accountId],
  );
});
afterAll(() => county.close());
beforeEach(async () => {
  now = Date.parse('2026-11-25T10:00:00+08:00');
  await county.db.query('truncate citizen_messages, ticket_notices, ticket_notices_due');
});

const deps = () => ({
  database: county.db,
  messages: messageBooks(county.db),
  ticketNotices: ticketNoticeBooks(county.db),
  calendar: calendarBooks(county.db),
  now: () => now,
  newId: randomUUID,
});
const open = (over: Partial<Appeal> = {}) =>
  openTicket({ ...deps(), tickets: ticketBooks(county.db) })({
    appeal: appeal({ citizenNumber: '13912345678', anonymous: false, unitCode: null, ...over }),
    callId: null,
    actor: county.agent,
  });
const move = (id: string, what: TicketMove, actor: Actor, details = {}, reason = '因为') =>
  moveTicket({
    ...deps(),
    ticketMoves: ticketMoveBooks(county.db),
    supervision: supervisionBooks(county.db),
  })({ id, move: what, version: null, reason, details, actor });
const tell = () => tellTicketSteps({ ...deps(), settleMs: 20_000 })();
const texts = async () =>
  (
    await county.db.query<{ kind: string; number: string; state: string; text: string }>(
      'select kind, number, state, text from citizen_messages order by created_at, kind',
    )
  ).rows;
const told = async (id: string) =>
  (await ticketNoticeBooks(county.db).ofTicket(id, sightOf(county.lead))) ?? [];
const later = (ms: number) => {
  now += ms;
};

test('whoever holds tickets holds up the notices of no other, were they a whole round before it', async () => {
  const held: string[] = [];
  for (let nth = 0; nth < 50; nth += 1) held.push((await open()).id);
  later(1000);
  const free = await open();
  later(30_000);
  await county.db.transact(async (tx) => {
    const { lock } = ticketMoveBooks(county.db);
    for (const id of held) await lock(id, sightOf(county.lead), tx);
    expect(await tell()).toBe(1);
    expect((await texts()).map(({ text }) => text)).toEqual([expect.stringContaining(free.number)]);
    expect(await tell()).toBe(0);
  });
  expect(await tell()).toBe(50);
  expect(await texts()).toHaveLength(51);
});

test('registered and dispatched at once: one message to the citizen and one to the unit', async () => {
  const { id, number } = await open({ unitCode: 'lighting' });
  expect(await tell()).toBe(0);
  later(30_000);
  expect(await tell()).toBe(1);
  expect(await tell()).toBe(0);
  expect(await texts()).toEqual([
    {
      kind: 'ticketDispatched',
      number: '13912345678',
      state: 'pending',
      text: expect.stringContaining(number),
    },
    { kind: 'unitWork', number: '13700000001', state: 'pending', text: expect.stringContaining(number) },
  ]);
  expect((await texts())[0]?.text).toMatch(/已转路灯管理所办理，将于12月\d+日前答复您/);
  expect((await told(id)).map(({ audience, kind, outcome }) => `${audience} ${kind} ${outcome}`)).toEqual([
    'citizen ticketDispatched queued',
    'unit unitWork queued',
    'citizen ticketAccepted superseded',
  ]);
});

test('what is sent leaves its proof: driver, time, receipt and the hash of the text', async () => {
  const { id } = await open();
  later(30_000);
  await tell();
  const driver = { name: 'gate', send: async () => ({ kind: 'taken', proof: 'sms-7' }) as const };
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const giveUp: GiveUp = async (_message, _why, write) => void (await write());
  await sendDueMessages({ ...deps(), driver, log, hold: async () => false, giveUp })();
  const [notice] = await told(id);
  const [sent] = await texts();
  const hash = Buffer.from(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sent?.text ?? '')),
  ).toString('hex');
  expect(notice?.messages).toMatchObject([{ state: 'sent', driver: 'gate', proof: 'sms-7', textHash: hash }]);
});

test('at night news gathers, and the morning has the last of it', async () => {
  now = Date.parse('2026-11-25T23:00:00+08:00');
  const { id } = await open();
  later(60_000);
  await tell();
  await move(id, 'dispatch', county.lead, { unitCode: 'lighting' });
  later(60_000);
  await tell();
  await move(id, 'handOver', county.lead, { unitCode: 'water' });
  later(60_000);
  await tell();
  expect((await texts()).map(({ kind, number, state }) => `${kind} ${number} ${state}`)).toEqual([
    'ticketAccepted 13912345678 cancelled',
    'ticketDispatched 13912345678 cancelled',
    'unitWork 13700000001 pending',
    'ticketDispatched 13912345678 pending',
    'unitRecalled 13700000001 pending',
  ]);
  expect((await told(id)).find(({ unitCode }) => unitCode === 'water')?.outcome).toBe('noContact');
});

test('nobody is written to who is anonymous, has no mobile telephone, or whose news is old; it says which', async () => {
  const anonymous = await open({ anonymous: true });
  const fixed = await open({ citizenNumber: '0513-84110009' });
  const old = await open();
  later(30_000);
  const outcome = async (id: string) => (await told(id)).map((one) => one.outcome);
  later(25 * 3_600_000);
  await tell();
  expect(await outcome(anonymous.id)).toEqual(['anonymous']);
  expect(await outcome(fixed.id)).toEqual(['noNumber']);
  expect(await outcome(old.id)).toEqual(['stale']);
  expect(await texts()).toEqual([]);
});

test('switched off, nothing is queued; switched on again, the past is not told', async () => {
  const book = messageBooks(county.db);
  const settings = { quietHours: { fromMinute: 1320, toMinute: 420 }, retraining: true };
  await book.saveSettings({ ...settings, ticketSteps: false });
  const { id } = await open();
  later(30_000);
  await tell();
  await book.saveSettings({ ...settings, ticketSteps: true });
  await tell();
  expect((await told(id)).map(({ outcome }) => outcome)).toEqual(['switchedOff']);
  expect(await texts()).toEqual([]);
});

test('a flood of tickets to one unit is ten messages, the rest is in its list; urgent ones all come', async () => {
  for (let index = 0; index < 12; index += 1) await open({ unitCode: 'lighting' });
  await open({ unitCode: 'lighting', urgency: 'urgent' });
  later(30_000);
  await tell();
  const kinds = (await texts()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'unitWork')).toHaveLength(10);
  expect(kinds.filter((kind) => kind === 'unitUrgent')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'ticketDispatched')).toHaveLength(13);
});

test('two workers tell a line once; nobody but who may see the ticket reads what was told', async () => {
  const { id } = await open({ unitCode: 'lighting', confidential: true });
  later(30_000);
  await Promise.all([tell(), tell(), tell()]);
  expect(await texts()).toHaveLength(2);
  expect((await texts())[0]?.text).not.toContain('路灯');
  const stranger: Actor = { accountId: randomUUID(), roles: ['returnVisitor'], unitCode: null };
  expect(await ticketNoticeBooks(county.db).ofTicket(id, sightOf(stranger))).toBeNull();
  expect(await ticketNoticeBooks(county.db).ofTicket(id, sightOf(SYSTEM))).toHaveLength(3);
});

test('in the morning a unit reads once what is late and what soon will be', async () => {
  await county.db.query(`update tickets set state = 'closed'`);
  const late = await open({ unitCode: 'lighting' });
  const shown = await open({ unitCode: 'lighting' });
  await county.db.query('update tickets set day_seconds = 3 where id = $1', [shown.id]);
  later(30 * 86_400_000);
  now = Date.parse('2026-12-25T09:00:00+08:00');
  const digest = () => tellUnitDigests(deps())();
  expect(await digest()).toBe(1);
  expect(await digest()).toBe(0);
  expect((await texts()).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    `unitDigest 【如东县12345】贵单位工单超期1件（${late.number}），请抓紧办理。`,
  ]);
});

test('a ticket that is forced to a unit: it is told, and the citizen', async () => {
  const { id } = await open();
  const force = {
    ...deps(),
    ticketMoves: ticketMoveBooks(county.db),
    forcedMoves: forcedMoveBooks(county.db),
  };
  const wanted = { to: 'handling', unitCode: 'lighting', version: 99, reason: '路口全黑' } as const;
  const asked = await askForce(force)({ ...wanted, ticketId: id, actor: county.lead });
  const other: Actor = { ...county.lead, accountId: county.agent.accountId };
  await decideForce(force)({ id: asked.id, move: 'approve', words: '同意', actor: other });
  later(30_000);
  await tell();
  expect(await texts()).toMatchObject([
    { kind: 'ticketDispatched', number: '13912345678' },
    { kind: 'unitWork', number: '13700000001', text: expect.stringContaining('已派至贵单位') },
  ]);
});

test('a ticket is withdrawn: its assisting units are told to stop as well, each once, and the others nothing', async () => {
  const { id, number } = await open({ unitCode: 'lighting' });
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by)
     values (gen_random_uuid(), 'water', '13700000002', '调度', true, now(), $1) on conflict do nothing`,
    [county.lead.accountId],
  );
  const give = (unitCode: string) =>
    addPart({
      ...deps(),
      ...{ ticketParts: ticketPartBooks(county.db), ticketMoves: ticketMoveBooks(county.db) },
    })({
      ...{ id: randomUUID(), ticketId: id, kind: 'assist', parentId: null, unitCode },
      ...{ task: '配合断水', workingDays: null, actor: county.lead },
    });
  await give('water');
  later(30_000);
  await tell();
  await county.db.query('truncate citizen_messages');
  await move(id, 'withdraw', county.agent);
  later(30_000);
  await tell();
  const recalled = (await texts()).filter(({ kind }) => kind === 'unitRecalled');
  expect(recalled.map(({ number: to, text }) => [to, text.slice(10)]).sort()).toEqual([
    ['13700000001', `工单${number}已由诉求人撤回，请停止办理。`],
    ['13700000002', `工单${number}已由诉求人撤回，请停止协办。`],
  ]);
});

test('who presses a ticket presses its assisting units too; the third urge goes in copy to who answers for the unit', async () => {
  const { id, number } = await open({ unitCode: 'lighting' });
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, leader, added_at, added_by) values
       (gen_random_uuid(), 'water', '13700000002', '调度', true, false, now(), $1),
       (gen_random_uuid(), 'lighting', '13700000009', '所长', false, true, now(), $1) on conflict do nothing`,
    [county.lead.accountId],
  );
  await addPart({
    ...deps(),
    ...{ ticketParts: ticketPartBooks(county.db), ticketMoves: ticketMoveBooks(county.db) },
  })({
    ...{ id: randomUUID(), ticketId: id, kind: 'assist', parentId: null, unitCode: 'water' },
    ...{ task: '配合断水', workingDays: null, actor: county.lead },
  });
  const urge = (body: object, type: 'urged' | 'citizenUrged' = 'urged') =>
    county.db.transact(async (tx) => {
      const line = {
        id: randomUUID(),
        at: now,
        actorId: null,
        type,
        reason: '',
        body: { unitCode: 'lighting', ...body },
      };
      await ticketMoveBooks(county.db).note(id, line, tx);
    });
  const said = async () => {
    later(30_000);
    await tell();
    const all = (await texts()).map(({ number: to, text }) => `${to} ${text.slice(10)}`).sort();
    await county.db.query('truncate citizen_messages');
    return all;
  };
  await said();
  const helper = (why: string) => `13700000002 贵单位协办的工单${number}${why}，请抓紧办理并回复牵头单位。`;
  for (let nth = 1; nth <= 2; nth += 1) {
    await urge({});
    expect(await said()).toEqual([expect.stringMatching(/^13700000001 .*经热线催办/), helper('经热线催办')]);
  }
  await urge({});
  expect(await said()).toEqual([
    expect.stringMatching(/^13700000001 .*经热线催办/),
    helper('经热线催办'),
    `13700000009 抄送：贵单位办理的工单${number}已第3次催办，请督促办理。`,
  ]);
  await urge({}, 'citizenUrged');
  expect(await said()).toEqual([expect.stringMatching(/^13700000001 .*诉求人催办/), helper('的诉求人催办')]);
  // The program presses when the time is over: he reads that each time.
  await urge({ auto: true, over: true });
  expect(await said()).toContain(
    `13700000009 抄送：贵单位办理的工单${number}已超期，系统已催办，请督促办理。`,
  );
  // Its part is done: it is pressed no more.
  await county.db.query(`update ticket_parts set state = 'reported' where ticket_id = $1`, [id]);
  await urge({});
  expect((await said()).filter((one) => one.startsWith('13700000002'))).toEqual([]);
});

test('who answers for a unit reads his copy, however much the unit itself was written to in this hour', async () => {
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, leader, added_at, added_by)
     values (gen_random_uuid(), 'lighting', '13700000009', '所长', false, true, now(), $1) on conflict do nothing`,
    [county.lead.accountId],
  );
  const { id, number } = await open({ unitCode: 'lighting' });
  for (let index = 0; index < 10; index += 1) await open({ unitCode: 'lighting' });
  later(30_000);
  await tell();
  for (let nth = 1; nth <= 3; nth += 1) {
    await county.db.query('truncate citizen_messages');
    const line = { id: randomUUID(), at: now, actorId: null, type: 'urged', reason: '' } as const;
    await county.db.transact((tx) =>
      ticketMoveBooks(county.db).note(id, { ...line, body: { unitCode: 'lighting' } }, tx),
    );
    later(30_000);
    await tell();
    const said = (await texts()).map(({ number: to, text }) => `${to} ${text.slice(10)}`);
    expect(said).toEqual(
      nth < 3 ? [] : [`13700000009 抄送：贵单位办理的工单${number}已第3次催办，请督促办理。`],
    );
  }
  const outcomes = (await told(id)).filter(({ audience }) => audience === 'unit');
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
    'gathered',
    'gathered',
    'gathered',
    'queued',
  ]);
});

test('a nudge that waits for its hour is taken back when the unit has signed, or is no longer asked to', async () => {
  for (const [what, details] of [
    ['signFor', {}],
    ['withdraw', {}],
    ['returnTicket', { evidence: '属物业', suggestedUnitCode: 'water' }],
    ['handOver', { unitCode: 'water' }],
  ] as const) {
    await county.db.query('truncate citizen_messages, ticket_notices, ticket_notices_due');
    // In the evening the unit is nudged for the morning.
    now = Date.parse('2026-11-25T21:00:00+08:00');
    const { id } = await open({ unitCode: 'lighting' });
    later(30_000);
    await tell();
    const ticketMoves = ticketMoveBooks(county.db);
    const nudge = () =>
      county.db.transact((tx) =>
        ticketMoves.note(
          id,
          {
            ...{ id: randomUUID(), at: now, actorId: null, reason: '' },
            ...{ type: 'stageWarning', body: { clock: 'stage', stage: 'sign', level: 50 } },
          },
          tx,
        ),
      );
    await nudge();
    later(30_000);
    await tell();
    const nudges = async () => (await texts()).filter(({ kind }) => kind === 'unitNudge');
    expect(await nudges(), what).toMatchObject([{ state: 'pending', number: '13700000001' }]);
    // The second comes in the same moment as the move that ends it.
    await nudge();
    await move(
      id,
      what,
      what === 'withdraw' ? county.agent : what === 'handOver' ? county.lead : county.unit,
      details,
    );
    later(30_000);
    await tell();
    expect(await nudges(), what).toMatchObject([{ state: 'cancelled' }]);
    const outcomes = (await told(id))
      .filter(({ kind }) => kind === 'unitNudge')
      .map(({ outcome }) => outcome);
    expect(outcomes.sort(), what).toEqual(['queued', 'superseded']);
  }
});

test('forced to its end or to its visit: the citizen is told, and no reply that nobody held against anything', async () => {
  for (const [to, kind, words] of [
    ['withdrawn', 'ticketWithdrawn', '已由热线终止办理'],
    ['outOfScope', 'ticketAdvised', '经热线复核'],
    ['returnVisit', 'ticketReplied', '热线将就办理情况回访您'],
  ] as const) {
    await county.db.query('truncate citizen_messages, ticket_notices, ticket_notices_due');
    now = Date.parse('2026-11-25T10:00:00+08:00');
    const { id } = await open({ unitCode: 'lighting' });
    later(30_000);
    await tell();
    await county.db.query('truncate citizen_messages');
    const force = {
      ...deps(),
      ticketMoves: ticketMoveBooks(county.db),
      forcedMoves: forcedMoveBooks(county.db),
    };
    const wanted = { to, unitCode: null, version: 99, reason: '重复登记' } as const;
    const asked = await askForce(force)({ ...wanted, ticketId: id, actor: county.lead });
    const other: Actor = { ...county.lead, accountId: county.agent.accountId };
    await decideForce(force)({ id: asked.id, move: 'approve', words: '同意', actor: other });
    later(30_000);
    await tell();
    expect(await texts(), to).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind, number: '13912345678', text: expect.stringContaining(words) }),
        expect.objectContaining({ kind: 'unitRecalled', number: '13700000001' }),
      ]),
    );
  }
});
