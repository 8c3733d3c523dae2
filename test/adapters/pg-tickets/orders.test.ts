import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { instructionBooks } from '../../../src/adapters/pg/instructions.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import type { EffectTime } from '../../../src/app/ports/order-effects.ts';
import type { Database } from '../../../src/app/ports/transaction.ts';
import { escalateOrders } from '../../../src/app/supervision/follow-order.ts';
import { giveInstruction } from '../../../src/app/supervision/give-instruction.ts';
import { issueOrder, type SupervisionDeps } from '../../../src/app/supervision/issue-order.ts';
import { measureEffects } from '../../../src/app/supervision/measure-effect.ts';
import { moveOrder } from '../../../src/app/supervision/move-order.ts';
import { timeOrder } from '../../../src/app/supervision/time-order.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import { effectFormulasEn } from '../../../src/domain/tickets/order-effect.ts';
import { INSTRUMENT_FORMS, INSTRUMENTS, type Instrument } from '../../../src/domain/tickets/supervision.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { loudLog } from '../../support/loud-log.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { toVisit, visitDeps } from './visited.ts';

let county: County;
let now = Date.parse('2026-09-07T09:00:00+08:00');
const clock = () => now;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const DAY = 86_400_000;
const FINE = { resolved: true, result: 5, process: 5, words: '' } as const;
const POOR = { resolved: false, result: 2, process: 3, words: '' } as const;
const deps = () => ({ ...visitDeps(county, clock), log: loudLog });
const visited = async (answers: typeof FINE | typeof POOR) => {
  const { id, version } = await toVisit(county, clock);
  await recordVisit(deps())({
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
    tickets: [{ id, version, answers }],
  });
  return id;
};
const filled = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, '见附件']));
const issue = (ticketId: string, instrument: Instrument = 'written', workingDays = 3) =>
  issueOrder(deps())({
    ...{ id: randomUUID(), ticketId, instrument, demand: '请查明原因', workingDays, actor: county.lead },
    document: filled(INSTRUMENT_FORMS[instrument].document),
  });
const answer = (id: string) => moveOrder(deps())({ id, move: 'answer', words: '已修复', actor: county.unit });
const close = (id: string, instrument: Instrument = 'written') =>
  moveOrder(deps())({
    ...{ id, move: 'close', words: '属实', actor: county.lead },
    outcome: filled(INSTRUMENT_FORMS[instrument].outcome),
  });
const order = async (id: string) =>
  (await deps().supervision.list({}, sightOf(county.lead), { limit: 100 })).orders.find(
    (one) => one.id === id,
  ) ?? expect.fail('gone');
const measure = (when: EffectTime) => measureEffects(deps())(when, 50);
/** Each order of which something is due, as a job of its own. */
const timeAll = async (by: SupervisionDeps & { readonly database: Database } = deps()): Promise<number> => {
  let said = 0;
  for (const { id } of await by.supervision.ordersDue(now)) said += (await timeOrder(by)(id)) ? 1 : 0;
  return said;
};
const lines = async (ticketId: string) =>
  ((await deps().tickets.detail(ticketId, sightOf(county.lead)))?.timeline ?? []).filter(({ type }) =>
    type.startsWith('stage'),
  );

test('I1: what each of the five instruments brought about is measured when it is closed, by the same unit and kind of matter before and after, and stays as it was found', async () => {
  await visited(POOR);
  await visited(POOR);
  now += 10 * DAY;
  const ticketId = await visited(FINE);
  now += DAY;
  const issued = now;
  const ids = new Map<Instrument, string>();
  for (const instrument of INSTRUMENTS) ids.set(instrument, (await issue(ticketId, instrument)).id);
  now += 12 * DAY;
  await visited(FINE);
  now += 1000;
  // Of another kind, another unit's, a demonstration: none is counted.
  const shown = await openTicket(deps())({ appeal: appeal({}), callId: null, actor: county.agent });
  await county.db.query('update tickets set day_seconds = 3 where id = $1', [shown.id]);
  await openTicket(deps())({ appeal: appeal({ categoryCode: 'urban' }), callId: null, actor: county.agent });
  await openTicket(deps())({ appeal: appeal({ unitCode: 'water' }), callId: null, actor: county.agent });
  for (const [instrument, id] of ids) {
    await answer(id);
    expect((await order(id)).effect).toBeNull();
    await close(id, instrument);
    // What came of it is counted behind the click.
    expect((await order(id)).effect).toBeNull();
    const both = await Promise.all([measure('atClose'), measure('atClose')]);
    expect(both[0] + both[1]).toBe(1);
    const { effect } = await order(id);
    expect(effect).toMatchObject({
      ...{ measuredAt: now, unitCode: 'lighting', categoryCode: 'urban.lighting' },
      before: { from: issued - (now - issued), to: issued, appeals: 3, heard: 3, resolved: 1, satisfied: 1 },
      after: { from: issued, to: now, appeals: 1, overdue: 0, heard: 1, resolved: 1, satisfied: 1 },
      ticket: { state: 'closed', overdue: false },
    });
    if (effect == null) throw new Error('no effect');
    expect(effect.formulas.satisfied).toContain('满意率 = 满意 ÷ 有效回访');
    const inEnglish = effectFormulasEn(effect.formulas);
    expect(inEnglish.satisfied).toContain('satisfaction = satisfied ÷ heard');
    // By another wording it was found otherwise: no words of today are put under it.
    const older = effectFormulasEn({ ...effect.formulas, heard: '期内回访次数' });
    expect(older).toEqual({ ...inEnglish, heard: '期内回访次数' });
  }
  const before = await order(ids.get('notice') ?? '');
  now += 29 * DAY;
  await visited(POOR);
  expect(await measure('later')).toBe(0);
  now += DAY + 1;
  expect(await measure('later')).toBe(INSTRUMENTS.length);
  expect(await measure('later')).toBe(0);
  const after = await order(before.id);
  expect(after.effect).toEqual(before.effect);
  expect(after.effectAfter).toMatchObject({
    before: { from: issued - 30 * DAY, to: issued, appeals: 3 },
    after: { appeals: 1, heard: 1, resolved: 0 },
  });
});

test('what is taken back is not measured', async () => {
  const { id } = await issue(await visited(FINE));
  await moveOrder(deps())({ id, move: 'cancel', words: '下发有误', actor: county.lead });
  expect(await measure('atClose')).toBe(0);
  expect((await order(id)).effect).toBeNull();
});

test('closing an order counts nothing: it is done while the figures cannot be read, and whoever counts them holds up nobody', async () => {
  const ticketId = await visited(FINE);
  const { id } = await issue(ticketId);
  now += DAY;
  await answer(id);
  const other = openDatabase(county.url, { max: 2, onError: (error) => expect.fail(error.message) });
  /** Statements of this database that wait for somebody's lock. */
  const waiting = async (): Promise<number> => {
    const { rows } = await other.query<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%visit_attempts%'`,
    );
    return rows[0]?.n ?? -1;
  };
  try {
    let counting: Promise<number> | undefined;
    await other.transact(async (tx) => {
      // A county so large that its visits are counted for as long as this is held.
      await other.on(tx).query('lock table visit_attempts in access exclusive mode');
      await close(id);
      expect((await order(id)).state).toBe('closed');
      counting = measure('atClose');
      await expect.poll(waiting).toBe(1);
      // Another worker leaves it to whoever is at it.
      expect(await measure('atClose')).toBe(0);
      await county.db.query('select from tickets where id = $1 for update nowait', [ticketId]);
      await county.db.query('select from supervision_orders where id = $1 for update nowait', [id]);
    });
    expect(await counting).toBe(1);
    expect((await order(id)).effect).not.toBeNull();
  } finally {
    await other.close();
  }
});

test('how its ticket stood is kept with the closing, whenever it is measured; of what an earlier release closed nobody says that he knows', async () => {
  const ticketId = await visited(FINE);
  const [kept, before] = [await issue(ticketId), await issue(ticketId)];
  now += DAY;
  for (const { id } of [kept, before]) {
    await answer(id);
    await close(id);
  }
  await county.db.query('update supervision_orders set ticket_at_close = null where id = $1', [before.id]);
  await county.db.query(`update tickets set state = 'archived' where id = $1`, [ticketId]);
  expect(await measure('atClose')).toBe(2);
  expect((await order(kept.id)).effect?.ticket).toEqual({ state: 'closed', overdue: false });
  expect((await order(before.id)).effect).toMatchObject({ ticket: null, unitCode: 'lighting' });
  now += 31 * DAY;
  await measure('later');
  expect((await order(kept.id)).effectAfter?.ticket).toEqual({ state: 'archived', overdue: false });
});

test('H10: an order is timed as any stage: its unit is told before its time is over, each once, and the line says whose time it was', async () => {
  now = Date.parse('2026-11-02T09:00:00+08:00');
  const { id: ticketId } = await openTicket(deps())({ appeal: appeal(), callId: null, actor: county.agent });
  const { id, number } = await issue(ticketId);
  const time = () => timeAll();
  now += DAY;
  await time();
  expect(await lines(ticketId)).toEqual([]);
  now = Date.parse('2026-11-05T15:00:00+08:00');
  await Promise.all([time(), time()]);
  const body = { clock: 'stage', stage: 'supervise', unitCode: 'lighting', order: number };
  expect(await lines(ticketId)).toMatchObject([
    { type: 'stageWarning', actor: null, body: { ...body, level: 80 } },
  ]);
  const books = { messages: messageBooks(county.db), ticketNotices: ticketNoticeBooks(county.db) };
  await county.db.query(
    `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by)
     values (gen_random_uuid(), 'lighting', '13700000001', '值班', true, now(), $1)`,
    [county.lead.accountId],
  );
  now += 60_000;
  await tellTicketSteps({ ...deps(), ...books, settleMs: 0 })();
  const { rows } = await county.db.query<{ text: string }>(
    `select text from citizen_messages where subject_id = $1 and kind = 'unitSupervision'`,
    [ticketId],
  );
  expect(rows.map(({ text }) => text)).toContainEqual(expect.stringContaining(`督办单${number}反馈时限将到`));
  const { dueAt, explanation } = await order(id);
  expect(explanation?.rule).toContain('督办反馈 3 个工作日');
  expect(explanation?.days.map(({ date, count }) => [date, count])).toEqual([
    ['2026-11-02', null],
    ['2026-11-03', 1],
    ['2026-11-04', 2],
    ['2026-11-05', 3],
  ]);
  now = Date.parse(dueAt) + 3_600_000;
  await Promise.all([time(), time()]);
  expect((await lines(ticketId)).at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { ...body, level: 100, dueAt, lateMs: 3_600_000 },
  });
  await time();
  expect(await lines(ticketId)).toHaveLength(2);
  // And followed by a graver one in the same job, once (HM-09).
  const { orders: followed } = await deps().supervision.list({ ticketId }, sightOf(county.lead), {
    limit: 10,
  });
  expect(followed.filter(({ escalates }) => escalates === number)).toMatchObject([
    { instrument: 'notice', trigger: 'unanswered', state: 'issued' },
  ]);
  // Answered in time nothing is said.
  const other = await issue(ticketId);
  await answer(other.id);
  now += 10 * DAY;
  await time();
  expect((await lines(ticketId)).filter(({ body: said }) => said.order === other.number)).toEqual([]);
});

test('an order, by a person, by a rule and in place of an unanswered one, asks for no second connection within its transaction', async () => {
  const db = openDatabase(county.url, { max: 1, onError: (error) => expect.fail(error.message) });
  try {
    const alone = {
      ...visitDeps({ ...county, db }, clock),
      instructions: instructionBooks(db),
      log: loudLog,
    };
    const { id: ticketId, version } = await toVisit({ ...county, db }, clock);
    const order = {
      ticketId,
      instrument: 'written',
      demand: '请查明原因',
      workingDays: 1,
      actor: county.lead,
    } as const;
    await issueOrder(alone)({ ...order, id: randomUUID() });
    await giveInstruction(alone)({
      ...{ id: randomUUID(), level: 'upper', leader: '副县长', words: '请办好', dueAt: now + DAY },
      ...{ ticketIds: [ticketId], actor: county.lead },
    });
    const said = { outcome: 'answered', callAgainAt: null, actor: county.lead } as const;
    await recordVisit(alone)({ ...said, tickets: [{ id: ticketId, version, answers: POOR }] });
    now += 10 * DAY;
    expect(await escalateOrders(alone)(50)).toBeGreaterThan(0);
    expect(await timeAll(alone)).toBeGreaterThan(0);
  } finally {
    await db.close();
  }
});
