import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { followedTickets } from '../../../src/adapters/pg/followed-tickets.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketAlarmBooks } from '../../../src/adapters/pg/ticket-alarms.ts';
import { ticketNoticeBooks } from '../../../src/adapters/pg/ticket-notices.ts';
import { ticketRatingBooks } from '../../../src/adapters/pg/ticket-ratings.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import { fireDeadline } from '../../../src/app/deadlines/fire-deadline.ts';
import type { AppError } from '../../../src/app/errors.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { followTicket } from '../../../src/app/tickets/follow-ticket.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { settleTicketAlarms } from '../../../src/app/tickets/settle-alarms.ts';
import { rateOwnTicket } from '../../../src/app/visits/rate-own-ticket.ts';
import { rateTicket } from '../../../src/app/visits/rate-ticket.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import type { VisitAnswers } from '../../../src/domain/callbacks/visit-answers.ts';
import type { MoveDetails } from '../../../src/domain/tickets/move-details.ts';
import type { TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { type County, freshCounty } from './county.ts';
import { reported, toVisit, visitDeps } from './visited.ts';

let county: County;
let now = Date.parse('2026-10-14T09:00:00+08:00');
const clock = () => now;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const DAY = 86_400_000;
const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
const POOR = { resolved: false, result: 1, process: 2, words: '又不亮了' } as const;
const deps = () => ({
  ...visitDeps(county, clock),
  ticketRatings: ticketRatingBooks(county.db),
  followed: followedTickets(county.db),
});
let from = { address: '203.0.113.7', agent: 'Mozilla/5.0' };
let telephones = 0;
const waiting = async () => {
  now += 1000;
  telephones += 1;
  const telephone = `136000000${String(telephones).padStart(2, '0')}`;
  return { ...(await toVisit(county, clock, { citizenNumber: telephone })), telephone };
};
type Waiting = Awaited<ReturnType<typeof waiting>>;
const rate = ({ number, telephone }: Waiting, answers: VisitAnswers) =>
  rateOwnTicket(deps())({ number, telephone }, answers, from);
const visit = ({ id, version }: Pick<Waiting, 'id' | 'version'>, answers: VisitAnswers) =>
  recordVisit(deps())({
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
    tickets: [{ id, version, answers }],
  });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code }: AppError) => code,
  );
const lines = async (id: string) => {
  const ticket = await ticketBooks(county.db).detail(id, sightOf(county.lead));
  return (ticket?.timeline ?? []).filter(({ type }) => type === 'citizenRated');
};
const list = async (only?: 'conflict' | 'discontent') =>
  (
    await ticketRatingBooks(county.db).list(only === undefined ? {} : { only }, sightOf(county.lead), {
      limit: 50,
    })
  ).rows;
const version = async (id: string) =>
  (await ticketBooks(county.db).detail(id, sightOf(county.lead)))?.version ?? expect.fail('gone');

test('he rates his own matter by number and telephone; twice at once it stands once; corrected, both words are on the time line', async () => {
  const one = await waiting();
  expect(
    await refusal(rateOwnTicket(deps())({ number: one.number, telephone: '13700000000' }, FINE, from)),
  ).toBe('follow.unknown');
  const until = now + 7 * DAY;
  expect(await Promise.all([rate(one, FINE), rate(one, FINE)])).toEqual([
    { correctableUntil: until, recheck: 'none' },
    { correctableUntil: until, recheck: 'none' },
  ]);
  expect(await lines(one.id)).toMatchObject([
    { actor: null, body: { channel: 'web', own: true, conflict: false } },
  ]);
  now += DAY;
  expect(await rate(one, POOR)).toEqual({ correctableUntil: until, recheck: 'begun' });
  expect(await lines(one.id)).toMatchObject([
    { reason: '市民评价：已解决，结果非常满意，过程满意' },
    { reason: expect.stringContaining('未解决'), body: { own: true, correction: 1 } },
  ]);
  expect(await list('discontent')).toMatchObject([
    { ticketId: one.id, own: true, visit: null, conflict: false, answers: POOR },
  ]);
  // The unit that is rated sees that he spoke, and not what he said, before the return visit as after it.
  const unitSees = await ticketBooks(county.db).detail(one.id, sightOf(county.unit));
  const said = unitSees?.timeline.filter(({ type }) => type === 'citizenRated');
  expect(said?.map(({ reason, body }) => ({ reason, body }))).toEqual([
    { reason: '', body: {} },
    { reason: '', body: {} },
  ]);
  now += 7 * DAY;
  expect(await refusal(rate(one, FINE))).toBe('ticketRating.correctedEnough');
});

test('what the visit of the same round heard otherwise is flagged, whichever came first; a new round is rated anew', async () => {
  const before = await waiting();
  await rate(before, { ...FINE, words: '谢谢' });
  await visit({ id: before.id, version: await version(before.id) }, POOR);
  const after = await waiting();
  await visit(after, FINE);
  expect((await list('conflict')).map(({ ticketId }) => ticketId)).toEqual([before.id]);
  await rate(after, POOR);
  const flagged = await list('conflict');
  expect(flagged).toMatchObject([
    {
      ticketId: after.id,
      visit: { resolved: true, result: 5 },
      answers: { resolved: false },
      conflict: true,
    },
    { ticketId: before.id, conflict: true },
  ]);
  expect((await lines(after.id)).at(-1)?.body).toMatchObject({ conflict: true });
  // Somebody looks at it and has it done again: while it is worked on nothing is rated, and what was said of the first time stands.
  await moveTicket(deps())({
    ...{
      id: after.id,
      move: 'rework',
      version: null,
      reason: '市民自评未解决',
      details: {},
      actor: county.lead,
    },
  });
  expect(await refusal(rate(after, FINE))).toBe('ticketRating.notYet');
  now += 1000;
  await reported(county, clock, after.id, 'handling');
  expect(await rate(after, FINE)).toMatchObject({ correctableUntil: now + 7 * DAY });
  expect(
    (await list()).filter(({ ticketId }) => ticketId === after.id).map(({ answers }) => answers.resolved),
  ).toEqual([true, false]);
  expect((await list('conflict')).map(({ ticketId }) => ticketId)).toEqual([after.id, before.id]);
});

test('each matter is heard once, in the time of its first word, whoever spoke; who disagrees counts for nobody', async () => {
  now = Date.parse('2026-11-02T09:00:00+08:00');
  const start = now;
  const agreed = await waiting();
  await rate(agreed, FINE);
  await visit({ id: agreed.id, version: await version(agreed.id) }, FINE);
  const visited = await waiting();
  await visit(visited, FINE);
  const own = await waiting();
  await rate(own, { ...FINE, process: 1 });
  const disputed = await waiting();
  await visit(disputed, FINE);
  // Said in the next month: it stays in this one.
  now += 40 * DAY;
  await county.db.query(`update tickets set state = 'closed' where id = $1`, [disputed.id]);
  await rate(disputed, POOR);
  const heard = (since: number, end: number) => ticketRatingBooks(county.db).heard(since, end);
  expect(await heard(start, start + 30 * DAY)).toEqual([
    {
      ...{
        unitCode: 'lighting',
        unitName: '路灯管理所',
        matters: 4,
        visited: 3,
        rated: 3,
        both: 2,
        conflicts: 1,
      },
      ...{ resolved: 3, satisfiedResult: 3, satisfiedProcess: 2 },
    },
  ]);
  expect(await heard(start + 30 * DAY, start + 60 * DAY)).toEqual([]);
  // The visits' own report counts a rating once, however often its round was visited.
  await county.db.query(
    `insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
     select gen_random_uuid(), ticket_id, at + interval '1 minute', by, outcome, unit_code, resolved, result, process
     from visit_attempts where ticket_id = $1`,
    [disputed.id],
  );
  expect(await visitBooks(county.db).counts(start, start + 30 * DAY)).toMatchObject([
    { answered: 4, rated: 2, conflicts: 1 },
  ]);
  expect(await heard(start, start + 30 * DAY)).toMatchObject([{ matters: 4, conflicts: 1 }]);
});

test('what somebody took down for him by telephone he may correct himself; whoever takes it down cannot', async () => {
  const one = await waiting();
  const taken = (answers: VisitAnswers) =>
    rateTicket(deps())({ ticketId: one.id, channel: 'phone', answers, actor: county.agent });
  await taken(FINE);
  expect(await refusal(taken(POOR))).toBe('ticketRating.given');
  await rate(one, POOR);
  const [row] = await list();
  expect(row).toMatchObject({ ticketId: one.id, channel: 'phone', own: false, answers: POOR });
  expect(row?.correctedAt).not.toBeNull();
});

const detail = async (id: string) =>
  (await ticketBooks(county.db).detail(id, sightOf(county.lead))) ?? expect.fail('gone');
const orders = async (ticketId: string) =>
  (await supervisionBooks(county.db).list({ ticketId }, sightOf(county.lead), { limit: 10 })).orders;
const step = (id: string, move: TicketMove, details: MoveDetails = {}, actor = county.lead) =>
  moveTicket(deps())({ id, move, version: null, reason: '复核', details, actor });
const follow = ({ number, telephone }: Waiting) => followTicket(deps())({ number, telephone });

test('G6, L3: his own word that it is not solved brings the closed matter before a person, within a day; the second time its unit is supervised at once', async () => {
  now = Date.parse('2026-12-07T09:00:00+08:00');
  const one = await waiting();
  await visit(one, FINE);
  now += DAY;
  const said = await Promise.all([rate(one, POOR), rate(one, POOR)]);
  expect(said.map(({ recheck }) => recheck)).toEqual(['begun', 'begun']);
  const disputed = await detail(one.id);
  expect(disputed).toMatchObject({ state: 'disputed', closedAt: null });
  expect(disputed.timeline.filter(({ type }) => type === 'dispute')).toMatchObject([
    { actor: null, fromState: 'closed', toState: 'disputed', body: { recheckBy: '2026-12-09' } },
  ]);
  // The work of a person, with an end of its own, of which he is warned on the way.
  expect(
    disputed.deadlines.filter(({ kind }) => kind === 'recheck').map(({ level, dueAt }) => [level, dueAt]),
  ).toContainEqual([100, '2026-12-09T10:00:00.000Z']);
  expect(await follow(one)).toMatchObject({ state: 'disputed', dispute: { by: '2026-12-09', answer: null } });
  expect(await orders(one.id)).toEqual([]);
  // Neither the unit nor the visitor decides about it.
  expect(await refusal(step(one.id, 'rework', {}, county.unit))).toBe('ticket.moveForbidden');
  await step(one.id, 'rework');
  expect(await detail(one.id)).toMatchObject({ state: 'handling' });
  now += DAY;
  await reported(county, clock, one.id, 'handling');
  // Not content again, before anybody has called him: it is not asked whether he is right before the unit is supervised.
  expect(await rate(one, POOR)).toMatchObject({ recheck: 'begun' });
  expect(await orders(one.id)).toMatchObject([{ trigger: 'secondDissatisfaction', state: 'issued' }]);
  await step(one.id, 'rework');
  expect(await orders(one.id)).toHaveLength(1);
});

test('whoever looked at it says that the result stands and why; of the same result he is not heard twice, and nothing moves when it is too late', async () => {
  const one = await waiting();
  await visit(one, FINE);
  await rate(one, POOR);
  expect(await refusal(step(one.id, 'upholdResult'))).toBe('ticket.detailMissing');
  await step(one.id, 'upholdResult', { advice: '灯杆属小区物业，已告知物业电话。' });
  expect(await follow(one)).toMatchObject({
    state: 'closed',
    dispute: { answer: '灯杆属小区物业，已告知物业电话。' },
  });
  expect(await rate(one, { ...POOR, words: '还是不亮' })).toMatchObject({ recheck: 'before' });
  expect(await detail(one.id)).toMatchObject({ state: 'closed' });
  const late = await waiting();
  await visit(late, FINE);
  now += 16 * DAY;
  // It is counted, and he is told to whom to turn.
  expect(await rate(late, POOR)).toMatchObject({ recheck: 'tooLate' });
  expect(await detail(late.id)).toMatchObject({ state: 'closed' });
  expect((await list('discontent')).map(({ ticketId }) => ticketId)).toContain(late.id);
});

test('RD-15: a dispute of an earlier release, which forgot when it was closed, is closed since then again; one of a visit never was', async () => {
  const closed = await waiting();
  await visit(closed, FINE);
  const closedAt = now;
  now += DAY;
  await rate(closed, POOR);
  const visited = await waiting();
  await rateTicket(deps())({ ticketId: visited.id, channel: 'phone', answers: POOR, actor: county.agent });
  const since = async ({ id }: Waiting) =>
    (
      await county.db.query<{ at: Date | null }>(
        `select closed_at as at from tickets where id = $1 and state = 'disputed'`,
        [id],
      )
    ).rows.map(({ at }) => at?.getTime() ?? null);
  expect([await since(closed), await since(visited)]).toEqual([[closedAt], [null]]);
  await county.db.query('update tickets set closed_at = null where id = $1', [closed.id]);
  const folder = resolve(import.meta.dirname, '../../../migrations');
  const file = readdirSync(folder).find((name) => name.endsWith('_disputed-closed-at.sql')) ?? '';
  await county.db.query(readFileSync(resolve(folder, file), 'utf8'));
  expect([await since(closed), await since(visited)]).toEqual([[closedAt], [null]]);
});

test('what an agent takes down for him has the same effect, and he may say otherwise while it is looked at; both are on the time line', async () => {
  const one = await waiting();
  expect(
    await rateTicket(deps())({ ticketId: one.id, channel: 'phone', answers: POOR, actor: county.agent }),
  ).toMatchObject({ recheck: 'begun' });
  expect(await refusal(visit({ id: one.id, version: await version(one.id) }, FINE))).toBe('visit.notDue');
  expect(await rate(one, FINE)).toMatchObject({ recheck: 'none' });
  expect(await lines(one.id)).toHaveLength(2);
  expect(await detail(one.id)).toMatchObject({ state: 'disputed' });
  // Not content after all, in other words: he learns that it is looked at, and it is looked at once.
  expect(await rate(one, { ...POOR, words: '还是不亮' })).toMatchObject({ recheck: 'begun' });
  const forced = await waiting();
  await county.db.query(`update tickets set state = 'disputed' where id = $1`, [forced.id]);
  expect(
    await rateTicket(deps())({ ticketId: forced.id, channel: 'phone', answers: POOR, actor: county.agent }),
  ).toMatchObject({ recheck: 'begun' });
  expect((await detail(one.id)).timeline.filter(({ type }) => type === 'dispute')).toHaveLength(1);
});

test('the citizen is told by when it is looked at, and what came of it', async () => {
  const one = await waiting();
  await visit(one, FINE);
  const books = { messages: messageBooks(county.db), ticketNotices: ticketNoticeBooks(county.db) };
  const texts = async () => {
    now += 60_000;
    await tellTicketSteps({ ...deps(), ...books, settleMs: 0 })();
    const { rows } = await county.db.query<{ kind: string; text: string }>(
      `select kind, text from citizen_messages where subject_id = $1 and state = 'pending' order by created_at, kind`,
      [one.id],
    );
    return rows;
  };
  await texts();
  await rate(one, POOR);
  expect(await texts()).toContainEqual({
    kind: 'ticketDisputed',
    text: expect.stringMatching(/评价已收到，热线将复核，\d+月\d+日前告知您结果/),
  });
  await step(one.id, 'upholdResult', { advice: '灯杆属小区物业。' });
  const told = await texts();
  expect(told).toContainEqual({
    kind: 'ticketUpheld',
    text: expect.stringContaining('维持办理结果。灯杆属小区物业。'),
  });
  expect(told.map(({ kind }) => kind)).not.toContain('ticketDisputed');
});

test('nobody looked at it in time: it stands on the time line, an alarm calls the lead, and goes when it is decided', async () => {
  const one = await waiting();
  await visit(one, FINE);
  await rate(one, POOR);
  const end = (await detail(one.id)).deadlines.find(({ kind, level }) => kind === 'recheck' && level === 100);
  now = Date.parse(end?.dueAt ?? '') + 1000;
  const alarms = alarmBooks(county.db);
  const unused = () => expect.fail('not asked');
  const fire = fireDeadline({
    ...{ ...deps(), deadlines: deadlineBooks(county.db), alarms },
    ...{ enqueue: unused, autoSign: unused, escalate: unused },
  });
  const { rows } = await county.db.query<{ id: string }>(
    `select id from deadlines where ticket_id = $1 and kind = 'recheck' and level = 100`,
    [one.id],
  );
  expect(await fire(rows[0]?.id ?? '')).toBe('fired');
  expect((await detail(one.id)).timeline.at(-1)).toMatchObject({
    type: 'stageOverdue',
    body: { stage: 'recheck' },
  });
  const standing = async () => (await alarms.list(true, 50)).filter(({ subject }) => subject === one.id);
  expect(await standing()).toMatchObject([{ kind: 'ticket.recheckLate', times: 1 }]);
  const settle = settleTicketAlarms({ ticketAlarms: ticketAlarmBooks(county.db), alarms, now: clock });
  await settle();
  expect(await standing()).toHaveLength(1);
  await step(one.id, 'upholdResult', { advice: '已核实修复。' });
  await settle();
  expect(await standing()).toEqual([]);
});

test('where each word came from is kept beside it: one address that speaks for many citizens is seen, and not whose it is', async () => {
  from = { address: '198.51.100.9', agent: 'x'.repeat(500) };
  const [one, other] = [await waiting(), await waiting()];
  await rate(one, FINE);
  expect((await list())[0]).toMatchObject({ source: { network: '198.51.100.0/24', otherCitizens: 0 } });
  // The newer word stands first: two of one millisecond have no order.
  now += 1000;
  await rate(other, FINE);
  const [second, first] = await list();
  expect([first?.ticketId, second?.ticketId]).toEqual([one.id, other.id]);
  for (const row of [first, second]) expect(row?.source?.otherCitizens).toBe(1);
  from = { address: '2001:db8:1:2::3', agent: '' };
  await rate(one, { ...FINE, process: 3 });
  expect((await list()).find(({ ticketId }) => ticketId === one.id)?.source).toEqual({
    network: '2001:db8:1::/48',
    otherCitizens: 0,
  });
  expect(JSON.stringify(await list())).not.toContain('198.51.100.9');
  expect(await ticketRatingBooks(county.db).forgetSources(now + 1)).toBeGreaterThan(2);
  expect((await list()).every(({ source }) => source === null)).toBe(true);
});

test('what was closed in time and upheld was never late; what has to be done again goes on to the time it had', async () => {
  const unused = () => expect.fail('not asked');
  const fire = fireDeadline({
    ...{ ...deps(), deadlines: deadlineBooks(county.db), alarms: alarmBooks(county.db) },
    ...{ enqueue: unused, autoSign: unused, escalate: unused },
  });
  /** His marks that have not fired, long after the last of them. */
  const ring = async (id: string) => {
    const { rows } = await county.db.query<{ id: string }>(
      `select id from deadlines where ticket_id = $1 and clock = 'citizen' and state = 'pending' order by due_at`,
      [id],
    );
    return Promise.all(rows.map((mark) => fire(mark.id)));
  };
  const late = async (id: string) =>
    (await detail(id)).timeline.filter(({ type }) => type.startsWith('deadline')).length;
  const each = (what: string) => [what, what, what];
  now = Date.parse('2026-12-07T09:00:00+08:00');
  // The one is disputed when its time would have been over, the other before; the third was not closed yet.
  const [after, before, open] = [await waiting(), await waiting(), await waiting()];
  await visit(after, FINE);
  await visit(before, FINE);
  now += DAY;
  for (const one of [before, open]) expect(await rate(one, POOR)).toMatchObject({ recheck: 'begun' });
  now += 12 * DAY;
  expect(await ring(after.id)).toEqual(each('cancelled'));
  expect(await rate(after, POOR)).toMatchObject({ recheck: 'begun' });
  expect(await ring(after.id)).toEqual([]);
  expect(await ring(before.id)).toEqual(each('cancelled'));
  expect(await ring(open.id)).toEqual(each('fired'));
  await step(after.id, 'upholdResult', { advice: '已核实修复。' });
  expect([await ring(after.id), await late(after.id)]).toEqual([[], 0]);
  expect(await late(before.id)).toBe(0);
  await step(before.id, 'rework');
  expect(await ring(before.id)).toEqual(each('fired'));
  expect(await late(before.id)).toBe(3);
});

test('H15: a dispute that was looked at and not borne out begins no new time in which it is opened again, and puts off no archive', async () => {
  now = Date.parse('2026-12-07T09:00:00+08:00');
  const [one, other] = [await waiting(), await waiting()];
  for (const closed of [one, other]) await visit(closed, FINE);
  const since = (await detail(one.id)).closedAt;
  now += 14 * DAY;
  for (const closed of [one, other]) {
    await rate(closed, POOR);
    await step(closed.id, 'upholdResult', { advice: '已核实修复。' });
  }
  expect(await detail(one.id)).toMatchObject({ state: 'closed', closedAt: since });
  // Within the time that it had all along somebody of the hotline may still think better of it.
  await step(one.id, 'reopen');
  expect(await detail(one.id)).toMatchObject({ state: 'handling', closedAt: null });
  now += 2 * DAY;
  expect(await refusal(step(other.id, 'reopen'))).toBe('ticket.reopenTooLate');
});
