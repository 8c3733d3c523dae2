import { afterAll, beforeAll, expect, test } from 'vitest';
import { followedTickets } from '../../../src/adapters/pg/followed-tickets.ts';
import { ticketRatingBooks } from '../../../src/adapters/pg/ticket-ratings.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import type { AppError } from '../../../src/app/errors.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { rateOwnTicket } from '../../../src/app/visits/rate-own-ticket.ts';
import { rateTicket } from '../../../src/app/visits/rate-ticket.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import type { VisitAnswers } from '../../../src/domain/callbacks/visit-answers.ts';
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
let telephones = 0;
const waiting = async () => {
  now += 1000;
  telephones += 1;
  const telephone = `136000000${String(telephones).padStart(2, '0')}`;
  return { ...(await toVisit(county, clock, { citizenNumber: telephone })), telephone };
};
type Waiting = Awaited<ReturnType<typeof waiting>>;
const rate = ({ number, telephone }: Waiting, answers: VisitAnswers) =>
  rateOwnTicket(deps())({ number, telephone }, answers);
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
  expect(await refusal(rateOwnTicket(deps())({ number: one.number, telephone: '13700000000' }, FINE))).toBe(
    'follow.unknown',
  );
  const until = now + 7 * DAY;
  expect(await Promise.all([rate(one, FINE), rate(one, FINE)])).toEqual([
    { correctableUntil: until },
    { correctableUntil: until },
  ]);
  expect(await lines(one.id)).toMatchObject([
    { actor: null, body: { channel: 'web', own: true, conflict: false } },
  ]);
  now += DAY;
  expect(await rate(one, POOR)).toEqual({ correctableUntil: until });
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
  await rate(before, POOR);
  await visit({ id: before.id, version: await version(before.id) }, FINE);
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
  // Somebody looks at it and opens it again: while it is worked on nothing is rated, and what was said of the first time stands.
  await moveTicket(deps())({
    ...{
      id: after.id,
      move: 'reopen',
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
  // Corrected so that both agree, it is no conflict any more.
  await rate(before, FINE);
  expect((await list('conflict')).map(({ ticketId }) => ticketId)).toEqual([after.id]);
});

test('each matter is heard once, in the time of its first word, whoever spoke; who disagrees counts for nobody', async () => {
  now = Date.parse('2026-11-02T09:00:00+08:00');
  const from = now;
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
  const heard = (start: number, end: number) => ticketRatingBooks(county.db).heard(start, end);
  expect(await heard(from, from + 30 * DAY)).toEqual([
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
  expect(await heard(from + 30 * DAY, from + 60 * DAY)).toEqual([]);
  // The visits' own report counts a rating once, however often its round was visited.
  await county.db.query(
    `insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
     select gen_random_uuid(), ticket_id, at + interval '1 minute', by, outcome, unit_code, resolved, result, process
     from visit_attempts where ticket_id = $1`,
    [disputed.id],
  );
  expect(await visitBooks(county.db).counts(from, from + 30 * DAY)).toMatchObject([
    { answered: 4, rated: 2, conflicts: 1 },
  ]);
  expect(await heard(from, from + 30 * DAY)).toMatchObject([{ matters: 4, conflicts: 1 }]);
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
