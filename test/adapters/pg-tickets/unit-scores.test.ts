import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unitScoreBooks } from '../../../src/adapters/pg/unit-scores.ts';
import { unitBooks } from '../../../src/adapters/pg/units.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import { reportUnits } from '../../../src/app/reporting/report-units.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import { SCORE_NAMES, type Score, type ScoreName } from '../../../src/domain/reporting/scorecard.ts';
import type { MoveDetails } from '../../../src/domain/tickets/move-details.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import { type Actor, SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import type { TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { visitDeps } from './visited.ts';

// September at one unit: each ticket goes its own way, and each figure is checked against the tickets behind it.

const at = (iso: string): number => Date.parse(`${iso}+08:00`);
const START = at('2026-09-07T09:00:00');
let now = START;
let county: County;
let water: Actor;
let leader: Actor;
const numbers = new Map<string, string>();
const deps = () => visitDeps(county, () => now);
const PERIOD = { from: '2026-09-01', to: '2026-09-30', now: at('2026-10-20T09:00:00') };
const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
const POOR = { resolved: false, result: 1, process: 2, words: '灯又不亮了' } as const;

const account = async (roles: Actor['roles'], unitCode: string | null): Promise<Actor> => {
  const accountId = randomUUID();
  await county.db.query(
    `insert into accounts (id, username, display_name, password_hash, roles, unit_code) values ($1, $2, '某人', 'x', $3, $4)`,
    [accountId, `u${accountId.slice(0, 8)}`, roles, unitCode],
  );
  return { accountId, roles, unitCode };
};
const opened = async (name: string, over: Partial<Appeal> = {}): Promise<string> => {
  now = START;
  const citizen = { citizenNumber: `139${String(10_000_000 + numbers.size)}` };
  const { id } = await openTicket(deps())({
    appeal: appeal({ ...citizen, ...over }),
    callId: null,
    actor: county.agent,
  });
  numbers.set(id, name);
  return id;
};
const step = async (
  id: string,
  move: TicketMove,
  when: string,
  actor = county.unit,
  details: MoveDetails = {},
) => {
  now = at(when);
  return moveTicket(deps())({ id, move, version: null, reason: '办理', details, actor });
};
const done = async (id: string, when: string, actor = county.unit) => {
  await step(id, 'reportDone', `${when}:00`, actor, { reply: '已修复。' });
  return (await step(id, 'visit', `${when}:30`, county.lead, { checklist: REVIEWED })).version;
};
const visit = async (id: string, version: number, answers: typeof FINE | typeof POOR, when: string) => {
  now = at(when);
  await recordVisit(deps())({
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead, tickets: [{ id, version, answers }] },
  });
};
const note = (id: string, when: string, type: 'deadlineOverdue' | 'citizenCalled', body: object) =>
  county.db.transact(async (tx) => {
    const { ticketMoves } = deps();
    await ticketMoves.lock(id, sightOf(SYSTEM), tx);
    const line = { id: randomUUID(), at: at(when), actorId: null, type, reason: '', body: { ...body } };
    await ticketMoves.note(id, line, tx);
  });
const handled = async (id: string, actor = county.unit) => {
  await step(id, 'signFor', '2026-09-07T10:00:00', actor);
  await step(id, 'handle', '2026-09-07T10:01:00', actor);
};

beforeAll(async () => {
  county = await freshCounty();
  [water, leader] = [await account(['unit'], 'water'), await account(['leader'], null)];
  // Answered in time, by a call through the platform.
  const good = await opened('good');
  await handled(good);
  await note(good, '2026-09-07T11:00:00', 'citizenCalled', { unitCode: 'lighting', talkMs: 61_000 });
  await visit(good, await done(good, '2026-09-08T09:00'), FINE, '2026-09-09T09:00:00');
  // In contact by the unit's own word; done late.
  const late = await opened('late');
  await step(late, 'signFor', '2026-09-07T10:00:00');
  await step(late, 'contact', '2026-09-07T15:00:00');
  await note(late, '2026-09-14T18:00:00', 'deadlineOverdue', { clock: 'unit' });
  await visit(late, await done(late, '2026-09-15T09:00'), FINE, '2026-09-15T10:00:00');
  // Not resolved the first time; in time both times.
  const again = await opened('again');
  await handled(again);
  await visit(again, await done(again, '2026-09-08T09:00'), POOR, '2026-09-08T15:00:00');
  await visit(again, await done(again, '2026-09-09T09:00'), FINE, '2026-09-09T15:00:00');
  // Not theirs: returned, and granted, within hours.
  const returned = await opened('returned');
  await step(returned, 'returnTicket', '2026-09-07T10:00:00', county.unit, {
    ...{ evidence: '不属本单位', suggestedUnitCode: 'water' },
  });
  await step(returned, 'acceptReturn', '2026-09-07T11:00:00', county.lead, { unitCode: 'water' });
  // Kept until it was late, then taken away: that was lighting's doing.
  const taken = await opened('taken');
  await handled(taken);
  await note(taken, '2026-09-14T18:00:00', 'deadlineOverdue', { clock: 'unit' });
  await step(taken, 'handOver', '2026-09-15T09:00:00', county.lead, { unitCode: 'water' });
  await step(taken, 'signFor', '2026-09-15T10:00:00', water);
  await step(taken, 'handle', '2026-09-15T10:01:00', water);
  await done(taken, '2026-09-16T09:00', water);
  // Thought better of.
  await step(await opened('withdrawn'), 'withdraw', '2026-09-07T10:00:00', county.agent);
  // Nobody to be called, confidential, and still open.
  await opened('silent', { citizenNumber: '', confidential: true });
  // What the hotline asks about the knowledge base is counted by itself.
  const task = await opened('task', { citizenNumber: '' });
  await county.db.query(
    `insert into knowledge_tasks (ticket_id, kind, unit_code, key, at) values ($1, 'weekly', 'lighting', 'k1', now())`,
    [task],
  );
  await handled(task);
  await done(task, '2026-09-08T09:00');
});
afterAll(() => county.close());

const report = () => reportUnits({ unitScores: unitScoreBooks(county.db), units: unitBooks(county.db) });
const scoreOf = async (unit: string, name: ScoreName): Promise<Score> => {
  const card = (await report()(PERIOD, unit))[0];
  return card?.scores.find((one) => one.name === name) ?? expect.fail(`no ${name} of ${unit}`);
};
const rowsOf = async (unitCode: string, name: ScoreName, counts?: boolean, actor = county.lead) => {
  const of = { unitCode, name, ...(counts === undefined ? {} : { counts }) };
  const found = await unitScoreBooks(county.db).rows(PERIOD, of, sightOf(actor), { limit: 50 });
  return {
    names: found.rows.map(({ ticketId }) => numbers.get(ticketId) ?? '').sort(),
    withheld: found.withheld,
  };
};
const split = async (unit: string, name: ScoreName) => [
  (await rowsOf(unit, name, true)).names,
  (await rowsOf(unit, name, false)).names,
];

test('on time is who was never late, whoever has the ticket by now; what was withdrawn or asked by the house is not counted', async () => {
  expect(await split('lighting', 'onTime')).toEqual([
    ['again', 'good'],
    ['late', 'silent', 'taken'],
  ]);
  expect(await scoreOf('lighting', 'onTime')).toMatchObject({ numerator: 2, denominator: 5, value: 40 });
  // What water was given late it did in its own time.
  expect(await split('water', 'onTime')).toEqual([['taken'], ['returned']]);
  expect(await split('lighting', 'upkeep')).toEqual([['task'], []]);
});

test('first contact is a talk within a day; what rests on the unit’s own word is told apart', async () => {
  expect(await split('lighting', 'firstContact')).toEqual([
    ['good', 'late'],
    ['again', 'taken'],
  ]);
  expect(await scoreOf('lighting', 'firstContact')).toMatchObject({
    numerator: 2,
    denominator: 4,
    proven: 1,
  });
  // A call that was put down at once is none.
  await note(
    [...numbers].find(([, name]) => name === 'again')?.[0] ?? '',
    '2026-09-07T11:00:00',
    'citizenCalled',
    {
      unitCode: 'lighting',
      talkMs: 900,
    },
  );
  expect(await scoreOf('lighting', 'firstContact')).toMatchObject({ numerator: 2, proven: 1 });
  // Nor is another unit's that helps.
  const again = [...numbers].find(([, name]) => name === 'again')?.[0] ?? '';
  await note(again, '2026-09-07T11:30:00', 'citizenCalled', { unitCode: 'water', talkMs: 61_000 });
  expect(await scoreOf('lighting', 'firstContact')).toMatchObject({ numerator: 2, proven: 1 });
});

test('returns and reworks are of the unit that had the ticket then', async () => {
  expect((await split('lighting', 'returned'))[0]).toEqual(['returned']);
  expect(await scoreOf('lighting', 'returned')).toMatchObject({ numerator: 1, denominator: 7 });
  expect((await split('water', 'returned'))[0]).toEqual([]);
  expect(await split('lighting', 'reworked')).toEqual([['again'], ['good', 'late']]);
  expect(await split('water', 'reworked')).toEqual([[], ['taken']]);
});

test('a unit never scores itself: no answer that its own people took down counts, whoever wrote it into the books', async () => {
  const counted = () => Promise.all([scoreOf('lighting', 'resolved'), scoreOf('lighting', 'satisfied')]);
  const before = await counted();
  expect(before[0]).toMatchObject({ numerator: 3, denominator: 4, value: 75 });
  // The same figures as the report of return visits.
  const [visits] = await visitBooks(county.db).counts(at('2026-09-01T00:00:00'), at('2026-10-01T00:00:00'));
  expect(visits).toMatchObject({ answered: 4, resolved: 3, satisfiedResult: before[1]?.numerator });
  const [ticketId] = [...numbers].find(([, name]) => name === 'good') ?? [];
  await county.db.query(
    `insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
     select $1, $2, '2026-09-10T09:00:00+08:00', $3, 'answered', 'lighting', true, 5, 5`,
    [randomUUID(), ticketId, county.unit.accountId],
  );
  expect(await counted()).toEqual(before);
});

test('what two people excluded is shown, and left out of what is compared', async () => {
  const [ticketId] = [...numbers].find(([, name]) => name === 'again') ?? [];
  await county.db.query(
    `insert into visit_exclusions (id, ticket_id, unit_code, ground, evidence, state, asked_by, asked_at)
     values ($1, $2, 'lighting', 'untrue', '现场照片', 'excluded', $3, now())`,
    [randomUUID(), ticketId, county.lead.accountId],
  );
  expect(await scoreOf('lighting', 'resolved')).toMatchObject({
    ...{ numerator: 3, denominator: 4 },
    afterExclusions: { numerator: 2, denominator: 2, value: 100 },
    interval: { from: 34.24, to: 100 },
  });
});

test('every figure of every unit is exactly the rows behind it, and what a reader may not see is told by number', async () => {
  for (const unit of ['lighting', 'water']) {
    for (const name of SCORE_NAMES) {
      const score = await scoreOf(unit, name);
      expect((await rowsOf(unit, name)).names, `${unit} ${name}`).toHaveLength(score.denominator);
      expect((await rowsOf(unit, name, true)).names, `${unit} ${name}`).toHaveLength(score.numerator);
    }
  }
  expect(await rowsOf('lighting', 'onTime', false, leader)).toEqual({
    names: ['late', 'taken'],
    withheld: 1,
  });
  // Its own confidential tickets a unit sees, and of another's nothing.
  expect((await rowsOf('lighting', 'onTime', false, county.unit)).names).toContain('silent');
  expect(await rowsOf('water', 'onTime', undefined, county.unit)).toMatchObject({ names: [] });
  const page = { limit: 2 };
  const books = unitScoreBooks(county.db);
  const of = { unitCode: 'lighting', name: 'onTime' } as const;
  const first = await books.rows(PERIOD, of, sightOf(county.lead), page);
  const second = await books.rows(PERIOD, of, sightOf(county.lead), { ...page, after: first.next ?? '' });
  const third = await books.rows(PERIOD, of, sightOf(county.lead), { ...page, after: second.next ?? '' });
  const all = [first, second, third].flatMap(({ rows }) => rows.map(({ ticketId }) => ticketId));
  expect([new Set(all).size, third.next]).toEqual([5, null]);
});

test('what is not due yet is in no figure, and the hotline’s own house is not among the scored', async () => {
  await county.db.query(`insert into units (code, name, kind) values ('centre', '指挥中心', 'centre')`);
  const early = await report()({ ...PERIOD, now: at('2026-09-08T09:30:00') }, null);
  expect(early.map(({ unit }) => unit.code).sort()).toEqual(['lighting', 'water']);
  const onTime = early
    .find(({ unit }) => unit.code === 'lighting')
    ?.scores.find(({ name }) => name === 'onTime');
  expect(onTime).toMatchObject({ denominator: 0, value: null, interval: null, rank: null });
});
