import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matterFigures } from '../../../src/adapters/pg/matter-figures.ts';
import { ticketRatingBooks } from '../../../src/adapters/pg/ticket-ratings.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { rateTicket } from '../../../src/app/visits/rate-ticket.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import type { VisitAnswers } from '../../../src/domain/callbacks/visit-answers.ts';
import { discontentReport } from '../../../src/domain/reporting/discontent.ts';
import { returnRate, sumOfDispatches } from '../../../src/domain/reporting/matter-figures.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { toVisit, visitDeps } from './visited.ts';

let county: County;
let now = Date.parse('2026-10-14T09:00:00+08:00');
const clock = () => now;
beforeAll(async () => {
  county = await freshCounty();
});
afterAll(() => county.close());

const DAY = 86_400_000;
const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
let telephones = 0;
const waiting = (over: Parameters<typeof toVisit>[2] = {}) => {
  now += 1000;
  telephones += 1;
  return toVisit(county, clock, {
    citizenNumber: `136000000${String(telephones).padStart(2, '0')}`,
    ...over,
  });
};
const heardOf = async ({ id, version }: Awaited<ReturnType<typeof waiting>>, answers: VisitAnswers) => {
  await recordVisit(visitDeps(county, clock))({
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
    tickets: [{ id, version, answers }],
  });
};

test('discontent is told by its gravest reason, each matter once, whoever said it; the content are counted beside', async () => {
  const start = now;
  await heardOf(await waiting(), FINE);
  await heardOf(await waiting(), { ...FINE, resolved: false, result: 1, process: 1 });
  await heardOf(await waiting(), { ...FINE, result: 2, process: 1 });
  const slow = await waiting();
  await heardOf(slow, { ...FINE, process: 2 });
  // The visit was content, the citizen himself says otherwise: one matter, and not content.
  const both = await waiting();
  await heardOf(both, FINE);
  await rateTicket({ ...visitDeps(county, clock), ticketRatings: ticketRatingBooks(county.db) })({
    ...{ ticketId: both.id, channel: 'phone', actor: county.agent },
    answers: { ...FINE, result: 1 },
  });
  const rows = await matterFigures(county.db).heard(start, now + 1000);
  expect(discontentReport(rows)).toMatchObject({
    ...{ heard: 5, discontent: 4, rate: 80 },
    reasons: [
      { reason: 'unresolved', matters: 1, share: 25 },
      { reason: 'result', matters: 2, share: 50 },
      { reason: 'process', matters: 1, share: 25 },
    ],
    fields: [
      {
        ...{ code: 'urban', name: '城市管理', matters: 4, heard: 5 },
        categories: [{ code: 'urban.lighting', name: '路灯照明', matters: 4, ofField: 100 }],
      },
    ],
    units: [{ unit: { code: 'lighting', name: '路灯管理所' }, matters: 4, heard: 5, rate: 80 }],
  });
  expect(await matterFigures(county.db).heard(start - DAY, start)).toEqual([]);
});

test('a dispatch that comes back counts as a return, once, for the unit that gave it back', async () => {
  now += DAY;
  const start = now;
  const open = async () =>
    (await openTicket(visitDeps(county, clock))({ appeal: appeal({}), callId: null, actor: county.agent }))
      .id;
  const ids = [await open(), await open(), await open(), await open()];
  await moveTicket(visitDeps(county, clock))({
    ...{ id: ids[1] ?? '', move: 'returnTicket', version: null, reason: '不属本单位', actor: county.unit },
    details: { evidence: '职责清单第3条', suggestedUnitCode: 'water' },
  });
  const dispatches = await matterFigures(county.db).dispatches(start, now + 1000);
  expect(dispatches).toEqual([{ unitCode: 'lighting', unitName: '路灯管理所', dispatches: 4, returns: 1 }]);
  expect(returnRate(sumOfDispatches(dispatches)).value).toBe(25);
  expect(await matterFigures(county.db).dispatches(start - 2, start)).toEqual([]);
});

test('a complaint is a repeat where the same citizen complained of the same matter before, and only there', async () => {
  now += DAY;
  const start = now;
  const complain = async (thread: string | null, person: string | null) => {
    now += 1000;
    const { id } = await openTicket(visitDeps(county, clock))({
      ...{ appeal: appeal({ type: 'COMPLAINT' }), callId: null, actor: county.agent },
    });
    await county.db.query(
      `insert into ticket_persons (ticket_id, key) values ($1, $2::text::bytea)
       on conflict (ticket_id) do update set key = excluded.key`,
      [id, person],
    );
    if (thread === null) return;
    await county.db.query(
      `insert into threads (id, number, opened_at, reviewed_at) values ($1::uuid, $1::uuid::text, now(), now()) on conflict do nothing`,
      [thread],
    );
    await county.db.query(
      `insert into thread_members (id, thread_id, ticket_id, joined_at, joined_reason) values ($1, $2, $3, now(), '同一事项')`,
      [randomUUID(), thread, id],
    );
  };
  const [lamp, road] = [randomUUID(), randomUUID()];
  await complain(lamp, 'zhang');
  await complain(lamp, 'zhang');
  await complain(lamp, 'li');
  await complain(road, 'zhang');
  await complain(null, 'zhang');
  await complain(lamp, 'zhang');
  const figures = matterFigures(county.db);
  expect(await figures.complaints(start, now + 1)).toEqual({ complaints: 6, repeats: 2 });
  // One before the period makes the first within it a repeat.
  expect(await figures.complaints(now, now + 1)).toEqual({ complaints: 1, repeats: 1 });
});
