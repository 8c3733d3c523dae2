import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exclusionBooks } from '../../../src/adapters/pg/appraisal.ts';
import { surveyRulesBooks } from '../../../src/adapters/pg/survey-rules.ts';
import { ticketRatingBooks } from '../../../src/adapters/pg/ticket-ratings.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { truthBooks } from '../../../src/adapters/pg/truths.ts';
import { visitSampleBooks } from '../../../src/adapters/pg/visit-samples.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import type { AppError } from '../../../src/app/errors.ts';
import type { PageAsked } from '../../../src/app/ports/page.ts';
import { findTruth } from '../../../src/app/tickets/find-truth.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { drawSamples } from '../../../src/app/visits/draw-samples.ts';
import { moveExclusion, requestExclusion } from '../../../src/app/visits/exclusions.ts';
import { rateTicket } from '../../../src/app/visits/rate-ticket.ts';
import { recordSample } from '../../../src/app/visits/record-sample.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import { visitRates } from '../../../src/domain/reporting/visit-report.ts';
import type { EvidenceRef } from '../../../src/domain/tickets/evidence.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { toVisit, visitDeps } from './visited.ts';

let county: County;
let now = Date.parse('2026-09-21T09:00:00+08:00');
const clock = () => now;
let people: Record<'second' | 'supervisor' | 'adjudicator', Actor>;

beforeAll(async () => {
  county = await freshCounty();
  const hired = await Promise.all(
    (['returnVisitor', 'supervisor', 'adjudicator'] as const).map(async (role): Promise<Actor> => {
      const accountId = randomUUID();
      await county.db.query(
        `insert into accounts (id, username, display_name, password_hash, roles) values ($1, $2, $2, 'x', $3)`,
        [accountId, role.toLowerCase(), [role]],
      );
      return { accountId, roles: [role], unitCode: null };
    }),
  );
  const [second, supervisor, adjudicator] = hired;
  if (second === undefined || supervisor === undefined || adjudicator === undefined)
    throw new Error('nobody');
  people = { second, supervisor, adjudicator };
});
afterAll(() => county.close());

const deps = () => ({
  ...visitDeps(county, clock),
  samples: visitSampleBooks(county.db),
  surveyRules: surveyRulesBooks(county.db),
  exclusions: exclusionBooks(county.db),
  truths: truthBooks(county.db),
  ticketRatings: ticketRatingBooks(county.db),
});
const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
const POOR = { resolved: false, result: 1, process: 2, words: '灯又不亮了' } as const;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code }: AppError) => code,
  );
const visited = async (answers: typeof FINE | typeof POOR, actor: Actor = county.lead) => {
  const one = await toVisit(county, clock, {
    citizenNumber: `137${String(Math.floor(now / 1000)).slice(-8)}`,
  });
  now += 1_000;
  await recordVisit(deps())({
    ...{ outcome: 'answered', callAgainAt: null, actor },
    tickets: [{ id: one.id, version: one.version, answers }],
  });
  return one;
};
const detail = async (id: string) =>
  (await ticketBooks(county.db).detail(id, sightOf(county.lead))) ?? expect.fail('gone');
const day = (iso: string) => Date.parse(`${iso}T00:00:00+08:00`);
const countsOn = (iso: string) => visitBooks(county.db).counts(day(iso), day(iso) + 86_400_000);

test('the day after, visits that closed a ticket are drawn once; the second visit is another person’s, and tells false content', async () => {
  now = Date.parse('2026-09-21T09:00:00+08:00');
  for (let n = 0; n < 21; n += 1) await visited(FINE);
  await visited(POOR);
  expect(await drawSamples(deps())()).toBe(0);
  now = Date.parse('2026-09-22T09:00:00+08:00');
  const drawn = await Promise.all([drawSamples(deps())(), drawSamples(deps())()]);
  // Five of a hundred of 21, rounded up.
  expect(drawn.reduce((sum, n) => sum + n, 0)).toBe(2);
  const open = (who: Actor, page: PageAsked = { limit: 50 }) =>
    visitSampleBooks(county.db).open(who.accountId ?? '', page);
  expect((await open(county.lead)).rows).toEqual([]);
  const [one, two] = (await open(people.second)).rows;
  const first = await open(people.second, { limit: 1 });
  expect(first.rows).toEqual([one]);
  expect(await open(people.second, { limit: 1, after: first.next ?? '' })).toEqual({
    rows: [two],
    next: null,
  });
  const id = one?.id ?? '';
  expect(await refusal(recordSample(deps())({ id, answers: POOR, actor: county.lead }))).toBe(
    'sample.samePerson',
  );
  const ofUnit: Actor = { ...people.second, unitCode: 'lighting' };
  expect(await refusal(recordSample(deps())({ id, answers: POOR, actor: ofUnit }))).toBe('ticket.ownUnit');
  const before = await countsOn('2026-09-21');
  expect(before).toMatchObject([{ answered: 22, resolved: 21, satisfiedResult: 21, satisfiedProcess: 21 }]);
  expect(await recordSample(deps())({ id, answers: POOR, actor: people.second })).toEqual({
    ...{ state: 'answered', falseContent: true, reopened: true },
    order: expect.stringMatching(/DB20260922-\d{4}$/),
  });
  // The rates of the day of the first word follow the second (G7).
  expect(await countsOn('2026-09-21')).toMatchObject([
    { answered: 22, resolved: 20, satisfiedResult: 20, satisfiedProcess: 20 },
  ]);
  expect(await refusal(recordSample(deps())({ id, answers: FINE, actor: people.second }))).toBe(
    'sample.over',
  );
  for (const state of ['open', 'open', 'unreached']) {
    expect(
      await recordSample(deps())({ id: two?.id ?? '', answers: null, actor: people.second }),
    ).toMatchObject({ state });
  }
  // Closed on a false result: its unit works on it again, with its whole time, and is supervised (RD-15).
  const again = await detail(one?.ticketId ?? '');
  expect(again.state).toBe('handling');
  expect(again.timeline.slice(-3)).toMatchObject([
    { type: 'visitSampled', body: { falseContent: true } },
    { type: 'reopen', reason: '独立复核推翻回访结果：未解决，结果非常不满意，过程不满意' },
    { type: 'supervisionIssued', body: { trigger: 'falseResult', unitCode: 'lighting' } },
  ]);
  expect((await detail(two?.ticketId ?? '')).state).toBe('closed');
  const period = [day('2026-09-21'), day('2026-09-22')] as const;
  expect(await visitSampleBooks(county.db).discrepancies(...period, 'unit')).toEqual([
    { key: 'lighting', name: '路灯管理所', drawn: 2, compared: 1, falseContent: 1 },
  ]);
  expect(await visitSampleBooks(county.db).discrepancies(...period, 'visitor')).toMatchObject([
    { key: county.lead.accountId, drawn: 2, compared: 1, falseContent: 1 },
  ]);
});

test('a false result is found when the matter can be opened no more: its unit is supervised all the same', async () => {
  now = Date.parse('2026-09-25T09:00:00+08:00');
  const { id: ticketId } = await visited(FINE);
  now = Date.parse('2026-09-26T09:00:00+08:00');
  expect(await drawSamples(deps())()).toBe(1);
  await county.db.query(`update tickets set state = 'archived' where id = $1`, [ticketId]);
  const [sample] = (await visitSampleBooks(county.db).open(people.second.accountId ?? '', { limit: 50 }))
    .rows;
  expect(sample?.ticketId).toBe(ticketId);
  const done = await recordSample(deps())({ id: sample?.id ?? '', answers: POOR, actor: people.second });
  expect(done).toMatchObject({ falseContent: true, reopened: false, order: expect.stringContaining('DB') });
  expect((await detail(ticketId)).state).toBe('archived');
});

test('what two people have excluded follows as well: a word that was taken back is left out as it was given again', async () => {
  now = Date.parse('2026-09-28T09:00:00+08:00');
  const { id: ticketId } = await visited(FINE);
  const asked = await requestExclusion(deps())({
    ...{ ticketId, ground: 'unreasonable', evidence: '超出职责', actor: people.supervisor },
  });
  for (const actor of [people.adjudicator, county.lead]) {
    await moveExclusion(deps())({ id: asked.id, move: 'agree', reason: '属实', actor });
  }
  const counted = async () => {
    const [unit] = await countsOn('2026-09-28');
    const [, resolution] = visitRates(unit ?? expect.fail('none'), unit?.excluded ?? expect.fail('none'));
    return [resolution?.numerator, resolution?.denominator, resolution?.afterExclusions.numerator];
  };
  expect(await counted()).toEqual([1, 1, 0]);
  now = Date.parse('2026-09-29T09:00:00+08:00');
  await drawSamples(deps())();
  const samples = (await visitSampleBooks(county.db).open(people.second.accountId ?? '', { limit: 50 })).rows;
  const mine = samples.find((one) => one.ticketId === ticketId);
  await recordSample(deps())({ id: mine?.id ?? '', answers: POOR, actor: people.second });
  expect(await counted()).toEqual([0, 1, 0]);
});

test('excluded by two people with evidence: the rates stand beside each other; untrue needs the hotline’s own finding', async () => {
  now = Date.parse('2026-10-12T09:00:00+08:00');
  for (const answers of [FINE, FINE, FINE]) await visited(answers);
  const { id: ticketId } = await visited(POOR);
  const ask = (actor: Actor, ground: 'untrue' | 'unreasonable') =>
    requestExclusion(deps())({ ticketId, ground, evidence: '现场复查记录', actor });
  expect(await refusal(ask(county.unit, 'untrue'))).toBe('exclusion.truthMissing');
  const report = (await detail(ticketId)).timeline.find(({ type }) => type === 'reportDone');
  const line = { kind: 'line', ref: String(report?.seq) } as const;
  const truth = (actor: Actor, evidence: string, refs: readonly EvidenceRef[] = [line]) =>
    findTruth(deps())({ ticketId, truth: 'untrue', evidence, refs, actor });
  expect(await refusal(truth(county.unit, ' '))).toBe('truth.evidenceMissing');
  // What a unit reported itself does not show that it is right; what the citizen said of it may.
  expect(await refusal(truth(county.unit, '路灯当晚正常'))).toBe('truth.evidenceUnknown');
  const said = (await detail(ticketId)).timeline.find(({ type }) => type === 'rework');
  const heard = { kind: 'line', ref: String(said?.seq) } as const;
  expect(await truth(county.unit, '路灯当晚正常', [heard])).toEqual({ side: 'unit' });
  expect(await refusal(ask(county.unit, 'untrue'))).toBe('exclusion.truthMissing');
  expect(await refusal(truth(people.adjudicator, '单位的说法', []))).toBe('truth.evidenceMissing');
  // Two findings of one instant have no order.
  now += 1000;
  expect(await truth(people.adjudicator, '现场照片两张')).toEqual({ side: 'hotline' });
  const found = { truth: 'untrue', evidence: '现场照片两张', refs: [line] } as const;
  const supervisor = sightOf(people.supervisor);
  expect(await truthBooks(county.db).list(ticketId, supervisor)).toMatchObject([
    { side: 'hotline', ...found },
    { side: 'unit' },
  ]);
  const { id } = await ask(county.unit, 'untrue');
  expect(await refusal(ask(county.lead, 'unreasonable'))).toBe('exclusion.stands');
  // Whoever decides has the finding and its evidence before his eyes.
  expect((await exclusionBooks(county.db).list({}, supervisor, { limit: 1 })).rows).toMatchObject([
    { id, ground: 'untrue', found },
  ]);
  const ofTicket = async (of: string) =>
    (await exclusionBooks(county.db).list({ ticketId: of }, supervisor, { limit: 10 })).rows.map(
      (one) => one.id,
    );
  expect(await ofTicket(ticketId)).toEqual([id]);
  expect(await ofTicket(id)).toEqual([]);
  const agree = (actor: Actor) => moveExclusion(deps())({ id, move: 'agree', reason: '属实', actor });
  expect(await agree(people.adjudicator)).toMatchObject({ state: 'seconded' });
  expect(await refusal(agree(people.adjudicator))).toBe('exclusion.samePerson');
  const [before] = await countsOn('2026-10-12');
  expect(before?.excluded.answered).toBe(0);
  expect(await agree(people.supervisor)).toMatchObject({ state: 'excluded' });
  const [counts] = await countsOn('2026-10-12');
  if (counts === undefined) return expect.fail('nothing counted');
  expect(counts).toMatchObject({ answered: 4, resolved: 3, excluded: { answered: 1, resolved: 0 } });
  expect(visitRates(counts, counts.excluded).find(({ name }) => name === 'resolutionRate')).toMatchObject({
    value: 75,
    afterExclusions: { numerator: 3, denominator: 3, value: 100 },
  });
  expect(await exclusionBooks(county.db).counts(day('2026-10-12'), day('2026-10-13'))).toEqual([
    { unitCode: 'lighting', unitName: '路灯管理所', ground: 'untrue', excluded: 1, refused: 0 },
  ]);
  expect((await detail(ticketId)).timeline.filter(({ type }) => type === 'exclusionMoved')).toHaveLength(3);
});

test('evidence is of this very ticket and can be looked at: its lines, the talks about it, its papers; judgements are none', async () => {
  now = Date.parse('2026-10-13T09:00:00+08:00');
  const callId = await county.call({ endedAt: now });
  const one = await openTicket(deps())({ appeal: appeal(), callId, actor: county.agent });
  const other = await openTicket(deps())({ appeal: appeal(), callId: null, actor: county.agent });
  const recording = (id: string, state: string) =>
    county.db.query(
      `insert into recordings (call_id, segment, kind, state, state_at, began_at, look_at, sha256, file)
       values ($1, $2, 'conversation', $3, now(), now(), now(), case when $3 = 'stored' then sha256('x') end,
         case when $3 = 'stored' then 'x' end)`,
      [id, state === 'stored' ? 'main' : 'wait', state],
    );
  await recording(callId, 'started');
  const document = randomUUID();
  await county.db.query(
    `insert into documents (id, kind, year, sequence, number, subject, ticket_id, unit_code, issued_at, issued_by)
     values ($1, 'taskSheet', 2026, 900, '任务900号', $2, $3, 'lighting', now(), $4)`,
    [document, randomUUID(), other.id, county.lead.accountId],
  );
  const say = (refs: readonly EvidenceRef[]) =>
    findTruth(deps())({
      ...{ ticketId: one.id, truth: 'partly', evidence: '见录音' },
      refs,
      actor: county.lead,
    });
  const talk = { kind: 'recording', ref: callId } as const;
  const wrong = [
    { kind: 'line', ref: '99' },
    // Not taken down yet; of another ticket; of no kind at all.
    talk,
    { kind: 'document', ref: document },
    { kind: 'document', ref: '12' },
    { kind: 'line', ref: callId },
  ] as const;
  await expect(say(wrong)).rejects.toMatchObject({
    code: 'truth.evidenceUnknown',
    data: { refs: wrong },
  });
  // That it was registered shows nothing of what it is about.
  expect(await refusal(say([{ kind: 'line', ref: '1' }]))).toBe('truth.evidenceUnknown');
  await recording(callId, 'stored');
  // A unit's finding keeps no recording for ever; the hotline's does.
  const held = async () =>
    (await county.db.query(`select bool_or(held) as held from recordings where call_id = $1`, [callId])).rows;
  const byUnit = { ticketId: one.id, truth: 'partly', evidence: '见录音', actor: county.unit } as const;
  expect(await findTruth(deps())({ ...byUnit, refs: [talk] })).toEqual({ side: 'unit' });
  expect(await held()).toEqual([{ held: false }]);
  expect(await say([talk, { kind: 'recording', ref: callId.toUpperCase() }])).toEqual({ side: 'hotline' });
  const { rows } = await county.db.query(`select bool_and(held) as held from recordings where call_id = $1`, [
    callId,
  ]);
  expect(rows).toEqual([{ held: true }]);
  const [finding] = (await truthBooks(county.db).list(one.id, sightOf(county.lead))) ?? [];
  expect(finding?.refs).toEqual([talk]);
  // What somebody found is no evidence of it.
  const { timeline } = await detail(one.id);
  const before = { kind: 'line', ref: String(timeline.at(-1)?.seq) } as const;
  expect(timeline.at(-1)).toMatchObject({ type: 'truthFound', body: { refs: [talk] } });
  expect(await refusal(say([before]))).toBe('truth.evidenceUnknown');
});

test('the citizen rates his matter once each time it is reported done; what the visit said otherwise is flagged and counted', async () => {
  now = Date.parse('2026-10-14T09:00:00+08:00');
  const { id: ticketId } = await visited(FINE);
  const rate = (answers: typeof FINE | typeof POOR) =>
    rateTicket(deps())({ ticketId, channel: 'wechat', answers, actor: county.agent });
  expect(await rate(POOR)).toEqual({ conflict: true, recheck: 'begun' });
  expect(await refusal(rate(FINE))).toBe('ticketRating.given');
  const other = await toVisit(county, clock, { citizenNumber: '13600000002' });
  expect(
    await rateTicket(deps())({ ticketId: other.id, channel: 'web', answers: FINE, actor: county.agent }),
  ).toEqual({ conflict: false, recheck: 'none' });
  expect((await countsOn('2026-10-14'))[0]).toMatchObject({ answered: 1, rated: 1, conflicts: 1 });
  const { id: early } = await openTicket(deps())({ appeal: appeal(), callId: null, actor: county.agent });
  expect(
    await refusal(
      rateTicket(deps())({ ticketId: early, channel: 'web', answers: FINE, actor: county.agent }),
    ),
  ).toBe('ticketRating.notYet');
});

test('F-1: the case of Jiangyin, to the second, with result and process very satisfied', async () => {
  const at = (iso: string) => {
    now = Date.parse(`2010-${iso}+08:00`);
  };
  const move = moveTicket(deps());
  const step = (id: string, what: 'dispatch' | 'signFor' | 'handle' | 'reportDone' | 'visit', actor: Actor) =>
    move({
      ...{ id, move: what, version: null, reason: '办理', actor },
      details:
        what === 'dispatch'
          ? { unitCode: 'lighting' }
          : what === 'reportDone'
            ? { reply: '换上好的管子。' }
            : what === 'visit'
              ? { checklist: REVIEWED }
              : {},
    });
  at('10-15T11:48:59');
  const { id } = await openTicket(deps())({
    appeal: appeal({ title: '剪金新村控源截污工程遗留问题', unitCode: null, citizenNumber: '13500000001' }),
    ...{ callId: null, actor: county.agent },
  });
  at('10-15T14:23:19');
  await step(id, 'dispatch', county.lead);
  await step(id, 'signFor', county.unit);
  await step(id, 'handle', county.unit);
  at('10-25T16:00:00');
  await step(id, 'reportDone', county.unit);
  const { version } = await step(id, 'visit', county.lead);
  at('10-26T09:41:36');
  await recordVisit(deps())({
    ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
    tickets: [{ id, version, answers: { ...FINE, result: 5, process: 5 } }],
  });
  const { timeline } = await detail(id);
  const moment = (type: string) => Date.parse(timeline.find((one) => one.type === type)?.at ?? '');
  expect((moment('dispatch') - moment('register')) / 1000).toBe(2 * 3_600 + 34 * 60 + 20);
  expect((moment('close') - moment('register')) / 1000).toBe(10 * 86_400 + 21 * 3_600 + 52 * 60 + 37);
  expect(timeline.at(-1)?.reason).toBe('回访：已解决，结果非常满意，过程非常满意');
});

test('F-4 in the books: 6,221 answers of which 5,583 content are 89.74 %', async () => {
  const { id } = await visited(FINE);
  await county.db.query(
    `insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process)
     select gen_random_uuid(), $1::uuid, '2007-06-01T10:00:00+08', $2::uuid, 'answered', 'water', true,
       case when n <= 5583 then 4 else 2 end, 3 from generate_series(1, 6221) n`,
    [id, county.lead.accountId],
  );
  const [counts] = await countsOn('2007-06-01');
  if (counts === undefined) return expect.fail('nothing counted');
  const rate = visitRates(counts, counts.excluded).find(({ name }) => name === 'satisfactionRate');
  expect(rate).toMatchObject({ numerator: 5_583, denominator: 6_221, value: 89.74 });
});

test('a call that did not reach the citizen, or was put down at once, is no response of the unit; a talk is', async () => {
  now = Date.parse('2026-12-14T09:00:00+08:00');
  for (const [n, talkMs] of [null, 4_999, 5_000].entries()) {
    const { id, version } = await toVisit(county, clock, { citizenNumber: `1360000000${n}` });
    const line = { id: randomUUID(), at: now, actorId: null, fromState: null, toState: null, reason: '' };
    await county.db.transact((tx) =>
      deps().ticketMoves.note(id, { ...line, type: 'citizenCalled', body: { talkMs } }, tx),
    );
    now += 1_000;
    await recordVisit(deps())({
      ...{ outcome: 'answered', callAgainAt: null, actor: county.lead },
      tickets: [{ id, version, answers: FINE }],
    });
  }
  expect(await countsOn('2026-12-14')).toMatchObject([{ answered: 3, responded: 1 }]);
});
