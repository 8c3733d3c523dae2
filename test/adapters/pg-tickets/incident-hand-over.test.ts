import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { documentBooks } from '../../../src/adapters/pg/documents.ts';
import { incidentHandOverBooks } from '../../../src/adapters/pg/incident-hand-overs.ts';
import { incidentBooks } from '../../../src/adapters/pg/incidents.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { specialReportBooks } from '../../../src/adapters/pg/special-reports.ts';
import { ticketPartBooks } from '../../../src/adapters/pg/ticket-parts.ts';
import { carryHandOvers } from '../../../src/app/incidents/carry-hand-over.ts';
import { handOverAtOnce } from '../../../src/app/incidents/hand-over-at-once.ts';
import { membership } from '../../../src/app/incidents/membership.ts';
import { reportIncident } from '../../../src/app/incidents/move-incident.ts';
import { settleLeftAlarms } from '../../../src/app/incidents/settle-left-alarms.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { LEFT_SEEN_TO } from '../../../src/domain/incidents/hand-over.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { visitDeps } from './visited.ts';

// HM-13 at its size: hundreds of appeals handed over on one word, by processes that die over it.

let county: County;
let now = Date.parse('2026-09-12T19:00:00+08:00');
const warned: unknown[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields: object) => void warned.push(fields),
  error: () => undefined,
};
beforeAll(async () => {
  county = await freshCounty();
});
beforeEach(() => {
  now += 86_400_000;
  warned.length = 0;
});
afterAll(() => county.close());

const books = () => ({
  ...visitDeps(county, () => now),
  incidents: incidentBooks(county.db),
  incidentHandOvers: incidentHandOverBooks(county.db),
  ticketParts: ticketPartBooks(county.db),
  specialReports: specialReportBooks(county.db),
  documents: documentBooks(county.db),
  messages: messageBooks(county.db),
  alarms: alarmBooks(county.db),
  log,
});
type Books = ReturnType<typeof books>;
/** Dies as it reaches for the appeal after so many. */
function dyingAfter(appeals: number): Books {
  const whole = books();
  let left = appeals;
  const claim: Books['incidentHandOvers']['claim'] = async (...asked) => {
    left -= 1;
    if (left < 0) throw new Error('killed');
    return whole.incidentHandOvers.claim(...asked);
  };
  return { ...whole, incidentHandOvers: { ...whole.incidentHandOvers, claim } };
}
const worker = (deps: Books = books()): Promise<void> => carryHandOvers(deps)(() => true);
const stumbled = (error: unknown): void => void warned.push(error);

async function opened(): Promise<string> {
  const of = appeal({ unitCode: null, place: '青园路1号' });
  return (await openTicket(books())({ appeal: of, callId: null, actor: county.agent })).id;
}
async function incidentOf(count: number): Promise<{ id: string; version: number; ticketIds: string[] }> {
  const ticketIds: string[] = [];
  for (let nth = 0; nth < count; nth += 10) {
    const some = Array.from({ length: Math.min(10, count - nth) }, () => opened());
    ticketIds.push(...(await Promise.all(some)));
  }
  const { id, version } = await reportIncident(books()).alone({
    ...{
      id: randomUUID(),
      move: 'report',
      title: '青园路停电',
      categoryCode: 'urban.lighting',
      area: '青园路',
    },
    ...{ ticketIds, reason: '同一线路', actor: county.lead },
  });
  return { id, version, ticketIds: ticketIds.sort() };
}
const lead = () => ({ ...county.lead, accountId: county.lead.accountId ?? '' });
const asking = ({ id, version }: { id: string; version: number }, reportId = randomUUID() as string) => ({
  ...{ id, version, reportId, unitCode: 'lighting', assistUnits: ['water'], demand: '立即抢修，22时前恢复' },
  actor: lead(),
});
const joinedBy = async (id: string, ticketId: string) =>
  (await membership(books()).join({ id, ticketIds: [ticketId], reason: '同一线路', actor: county.agent }))[0];
const view = async (id: string) =>
  (await books().incidentHandOvers.ofIncident(id, sightOf(county.lead)))[0] ?? expect.fail('none');
/** How each ticket stands: urgency, unit, how often it was dispatched and made urgent, to whom it was given to assist. */
async function standing(ticketIds: readonly string[]) {
  const { rows } = await county.db.query<{ how: string; times: number }>(
    `select how, count(*)::int as times from (
       select concat_ws(' ', t.state, t.urgency, t.unit_code,
         (select count(*) from ticket_events e where e.ticket_id = t.id and e.type = 'dispatch'),
         (select count(*) from ticket_events e where e.ticket_id = t.id and e.type = 'madeUrgent'),
         (select string_agg(p.unit_code, ',') from ticket_parts p where p.ticket_id = t.id)) as how
       from tickets t where t.id = any ($1::uuid[])) s group by how order by how`,
    [ticketIds],
  );
  return Object.fromEntries(rows.map(({ how, times }) => [how, times]));
}
const GIVEN = 'dispatched urgent lighting 1 1 water';

test('300 appeals, and whoever carries them dies again and again: what was decided stands, each goes once, who joins meanwhile too', async () => {
  const incident = await incidentOf(300);
  const { id, ticketIds } = incident;
  const asked = asking(incident);
  await expect(handOverAtOnce(dyingAfter(120))(asked, stumbled)).rejects.toThrow('killed');
  expect(await view(id)).toMatchObject({
    ...{ unitCode: 'lighting', unitName: '路灯管理所', assistNames: ['自来水公司'], decidedBy: '职员1' },
    ...{
      demand: asked.demand,
      finishedAt: null,
      counts: { waiting: 180, done: 120, refused: 0 },
      troubles: [],
    },
  });
  expect(await books().specialReports.find(asked.reportId)).toBeNull();

  const late = await opened();
  expect(await joinedBy(id, late)).toMatchObject({ outcome: 'done' });
  expect(await standing([late])).toEqual({ [GIVEN]: 1 });
  await expect(
    handOverAtOnce(books())(asking({ id, version: incident.version + 1 }), stumbled),
  ).rejects.toMatchObject({ code: 'incident.handOverUnderWay' });

  await expect(worker(dyingAfter(50))).rejects.toThrow('killed');
  expect((await view(id)).counts).toEqual({ waiting: 130, done: 170, refused: 0 });
  // Two workers, and the request once more, under the same key.
  const [, , again] = await Promise.all([worker(), worker(), handOverAtOnce(books())(asked, stumbled)]);
  await worker();
  expect(again.reportId).toBe(asked.reportId);
  expect(await view(id)).toMatchObject({
    ...{ counts: { waiting: 0, done: 300, refused: 0 }, finishedAt: expect.any(String), troubles: [] },
  });
  expect(await standing(ticketIds)).toEqual({ [GIVEN]: 300 });
  const reports = await books().specialReports.list({ incidentId: id }, { limit: 10 });
  expect(reports.rows.map((one) => one.id)).toEqual([asked.reportId]);
  expect(reports.rows[0]?.paragraphs.join('\n')).toContain(
    '300件作为急件交路灯管理所主办，自来水公司协办，要求：立即抢修，22时前恢复',
  );
  expect(warned).toEqual([]);
}, 180_000);

test('what cannot go says why, and the others go: dispatched before, left meanwhile', async () => {
  const incident = await incidentOf(4);
  const [gone = '', elsewhere = '', ...others] = incident.ticketIds;
  await moveTicket(books())({
    ...{ id: elsewhere, move: 'dispatch', version: null, reason: '', details: { unitCode: 'water' } },
    actor: county.lead,
  });
  const asked = asking(incident);
  await expect(handOverAtOnce(dyingAfter(0))(asked, stumbled)).rejects.toThrow('killed');
  await membership(books()).leave({
    id: incident.id,
    ticketId: gone,
    reason: '另有原因',
    actor: county.lead,
  });
  await worker();
  expect(await books().incidentHandOvers.lines(asked.reportId)).toEqual([
    { ticketId: gone, outcome: 'refused', code: 'incident.notMember' },
    { ticketId: elsewhere, outcome: 'refused', code: 'ticket.moveImpossible' },
    ...others.map((ticketId) => ({ ticketId, outcome: 'done', code: null })),
  ]);
  expect((await view(incident.id)).troubles.map(({ ticketId }) => ticketId).sort()).toEqual([
    gone,
    elsewhere,
  ]);
  expect(await standing([gone])).toEqual({ 'registered normal 0 0': 1 });
  expect(await standing(others)).toEqual({ [GIVEN]: 2 });
});

test('one over which something unforeseen happens does not hold up the others; it is tried again, and then left to people', async () => {
  const incident = await incidentOf(3);
  const [poor = '', ...others] = incident.ticketIds;
  const whole = books();
  const add: Books['ticketParts']['add'] = (ticketId, ...more) =>
    ticketId === poor ? Promise.reject(new Error('no such luck')) : whole.ticketParts.add(ticketId, ...more);
  const unlucky = { ...whole, ticketParts: { ...whole.ticketParts, add } };
  const asked = asking(incident);
  const { lines } = await handOverAtOnce(unlucky)(asked, stumbled);
  expect(lines[0]).toEqual({ ticketId: poor, outcome: 'waiting', code: 'incident.handOverStumbled' });
  expect(await standing(others)).toEqual({ [GIVEN]: 2 });
  // Nothing of it stays half done.
  expect(await standing([poor])).toEqual({ 'registered normal 0 0': 1 });
  await worker(unlucky);
  expect((await view(incident.id)).troubles).toMatchObject([{ ticketId: poor, tries: 1 }]);
  for (let tries = 2; tries <= 5; tries += 1) {
    now += 3_600_000;
    await worker(unlucky);
    expect((await view(incident.id)).troubles).toMatchObject([{ ticketId: poor, tries }]);
  }
  expect(warned).toHaveLength(5);
  expect(await view(incident.id)).toMatchObject({
    counts: { done: 2, refused: 1 },
    finishedAt: expect.any(String),
  });
  expect(await books().specialReports.find(asked.reportId)).not.toBeNull();
  // It waits for nobody any more: its words say so, and people are told.
  expect((await view(incident.id)).troubles).toMatchObject([{ code: 'incident.handOverGivenUp' }]);
  expect(await alarmBooks(county.db).list(true, 10)).toMatchObject([
    { kind: 'incident.handOverLeft', subject: incident.id, detail: expect.stringContaining('1 件') },
  ]);
  expect((await view(incident.id)).joinsUntil).toBe(
    new Date(Date.parse((await view(incident.id)).decidedAt) + 72 * 3_600_000).toISOString(),
  );
  // A person hands it over once more: it alone goes, and of the others nobody is told that they could not.
  const once = asking({ ...incident, version: incident.version + 1 });
  expect((await handOverAtOnce(books())(once, stumbled)).lines).toEqual([
    { ticketId: poor, outcome: 'done', code: null },
  ]);
  expect(await alarmBooks(county.db).list(true, 10)).toEqual([]);
  expect(await standing(incident.ticketIds)).toEqual({ [GIVEN]: 3 });
});

test('who joins after it goes as the others went; where the incident went to another unit since, as they went there', async () => {
  const incident = await incidentOf(2);
  await handOverAtOnce(books())(asking(incident), stumbled);
  const [late, later] = [await opened(), await opened()];
  await joinedBy(incident.id, late);
  expect(await standing([late])).toEqual({ [GIVEN]: 1 });
  await county.db.query(`update incidents set unit_code = 'water' where id = $1`, [incident.id]);
  await joinedBy(incident.id, later);
  expect(await standing([later])).toEqual({ 'dispatched normal water 1 0': 1 });
});

test('who joins three days later, or when it is recovered, has no demand of that day', async () => {
  const incident = await incidentOf(2);
  await handOverAtOnce(books())(asking(incident), stumbled);
  const [late, later] = [await opened(), await opened()];
  await county.db.query(`update incidents set state = 'recovered' where id = $1`, [incident.id]);
  await joinedBy(incident.id, late);
  await county.db.query(`update incidents set state = 'open' where id = $1`, [incident.id]);
  now += 73 * 3_600_000;
  await joinedBy(incident.id, later);
  expect(await standing([late, later])).toEqual({ 'dispatched normal lighting 1 0': 2 });
});

test('of whose people the citizen complains does not assist, and the line says so', async () => {
  const incident = await incidentOf(2);
  const late = await opened();
  const [poor = ''] = incident.ticketIds;
  await county.db.query(`update tickets set accused_unit = 'water' where id = any ($1::uuid[])`, [
    [poor, late],
  ]);
  const { lines } = await handOverAtOnce(books())(asking(incident), stumbled);
  expect(lines[0]).toEqual({ ticketId: poor, outcome: 'done', code: 'incident.assistAccused' });
  expect(lines[1]).toMatchObject({ outcome: 'done', code: null });
  expect(await joinedBy(incident.id, late)).toMatchObject({
    outcome: 'done',
    code: 'incident.assistAccused',
  });
  expect(await standing([poor, late])).toEqual({ 'dispatched urgent lighting 1 1': 2 });
});

test('one that the dispatch refuses does not undo the joining of the others', async () => {
  const incident = await incidentOf(2);
  await handOverAtOnce(books())(asking(incident), stumbled);
  const ticketIds = [await opened(), await opened()].sort();
  const whole = books();
  const lockTree: Books['ticketParts']['lockTree'] = async (ticketId, ...more) =>
    ticketId === ticketIds[1] ? null : whole.ticketParts.lockTree(ticketId, ...more);
  const unlucky = { ...whole, ticketParts: { ...whole.ticketParts, lockTree } };
  const asked = { id: incident.id, ticketIds, reason: '同一线路', actor: county.agent };
  expect(await membership(unlucky).join(asked)).toEqual([
    { ticketId: ticketIds[0], outcome: 'done', code: null },
    { ticketId: ticketIds[1], outcome: 'refused', code: 'ticket.unknown' },
  ]);
  expect(await standing(ticketIds)).toEqual({ [GIVEN]: 1, 'registered normal 0 0': 1 });
});

test('when none could go after all the incident is with nobody by it: who joins waits for a person, who is told', async () => {
  const incident = await incidentOf(2);
  const whole = books();
  const lockTree: Books['ticketParts']['lockTree'] = () => Promise.resolve(null);
  const refusing = { ...whole, ticketParts: { ...whole.ticketParts, lockTree } };
  const asked = asking(incident);
  const { lines } = await handOverAtOnce(refusing)(asked, stumbled);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  expect(await books().specialReports.find(asked.reportId)).toBeNull();
  const alarms = await alarmBooks(county.db).list(true, 1);
  expect(alarms).toMatchObject([{ subject: incident.id, detail: expect.stringContaining('2 件') }]);
  const late = await opened();
  await joinedBy(incident.id, late);
  expect(await standing([late])).toEqual({ 'registered normal 0 0': 1 });
  expect(await view(incident.id)).toMatchObject({ joinsUntil: null, counts: { done: 0, refused: 2 } });
});

test('a second hand-over by which nothing goes, to whom has it or to another, leaves it with whom it was', async () => {
  const incident = await incidentOf(2);
  await handOverAtOnce(books())(asking(incident), stumbled);
  const whole = books();
  const lockTree: Books['ticketParts']['lockTree'] = () => Promise.resolve(null);
  const refusing = { ...whole, ticketParts: { ...whole.ticketParts, lockTree } };
  const joinedAlone = async () => {
    // Joined without being dispatched with the others.
    const ticketId = await opened();
    await county.db.query(
      `insert into incident_members (id, incident_id, ticket_id, joined_at, joined_by) values ($1, $2, $3, $4, $5)`,
      [randomUUID(), incident.id, ticketId, new Date(now), county.lead.accountId],
    );
    return ticketId;
  };
  const version = async () =>
    (await county.db.query<{ version: number }>('select version from incidents where id = $1', [incident.id]))
      .rows[0]?.version ?? expect.fail('gone');
  for (const to of [{}, { unitCode: 'water', assistUnits: ['lighting'] }]) {
    await joinedAlone();
    const asked = { ...asking({ id: incident.id, version: await version() }), ...to };
    const { lines } = await handOverAtOnce(refusing)(asked, stumbled);
    expect(lines.filter(({ outcome }) => outcome !== 'refused')).toEqual([]);
    const late = await opened();
    await joinedBy(incident.id, late);
    expect(await standing([late])).toEqual({ [GIVEN]: 1 });
  }
});

test('of those left behind whoever is looked at by the hotline counts too: he is with nobody as well', async () => {
  const incident = await incidentOf(2);
  await county.db.query(`update tickets set state = 'underReview' where id = $1`, [incident.ticketIds[0]]);
  const whole = books();
  const lockTree: Books['ticketParts']['lockTree'] = () => Promise.resolve(null);
  await handOverAtOnce({ ...whole, ticketParts: { ...whole.ticketParts, lockTree } })(
    asking(incident),
    stumbled,
  );
  const alarms = await alarmBooks(county.db).list(true, 1);
  expect(alarms).toMatchObject([{ subject: incident.id, detail: expect.stringContaining('2 件') }]);

  // A person does as it says, one after the other: it goes with the last, and says why.
  const settle = settleLeftAlarms(books());
  const standsStill = async () => {
    await settle();
    const open = await alarmBooks(county.db).list(true, 50);
    return open.some(({ subject }) => subject === incident.id);
  };
  for (const id of incident.ticketIds) {
    expect(await standsStill()).toBe(true);
    const byHand = {
      move: 'dispatch',
      version: null,
      reason: '',
      details: { unitCode: 'lighting' },
    } as const;
    await moveTicket(books())({ id, ...byHand, actor: county.lead });
  }
  expect(await standsStill()).toBe(false);
  const closed = await alarmBooks(county.db).list(false, 50);
  expect(closed.find(({ subject }) => subject === incident.id)).toMatchObject({
    closedBy: null,
    closingReason: LEFT_SEEN_TO.reason,
  });
});

test('to an incident that goes once more only what nobody has is asked for, and what is with another is told', async () => {
  const incident = await incidentOf(40);
  await handOverAtOnce(books())(asking(incident), stumbled);
  const again = asking({ ...incident, version: incident.version + 1 });
  await expect(handOverAtOnce(books())(again, stumbled)).rejects.toMatchObject({
    code: 'incident.unitHasAll',
    data: { unitCode: 'lighting' },
  });
  const locked: string[] = [];
  const whole = books();
  const lock: Books['ticketMoves']['lock'] = (ticketId, ...more) => {
    locked.push(ticketId);
    return whole.ticketMoves.lock(ticketId, ...more);
  };
  const watched = { ...whole, ticketMoves: { ...whole.ticketMoves, lock } };
  const toAnother = { ...again, unitCode: 'water', assistUnits: [] };
  const refused = await handOverAtOnce(watched)(toAnother, stumbled).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'incident.noneDispatched' });
  expect(refused).toHaveProperty(
    'data.lines',
    incident.ticketIds.map((ticketId) => ({ ticketId, outcome: 'refused', code: 'ticket.moveImpossible' })),
  );
  expect(locked).toEqual([]);
});

test('who joins goes to whoever took the place of a unit; without who assists no more; and where there is no unit any more, to nobody yet', async () => {
  const incident = await incidentOf(2);
  await handOverAtOnce(books())(asking(incident), stumbled);
  await county.db.query(
    `insert into units (code, name, kind) values ('lamps', '照明中心', 'public-utility')`,
  );
  const endedSince = (codes: readonly string[]) =>
    county.db.query('update units set ended_at = case when code = any ($1::text[]) then now() end', [codes]);
  onTestFinished(async () => {
    await endedSince([]);
    await county.db.query(`delete from code_paths where list = 'unit' and code = 'lighting'`);
  });
  await county.db.query(
    `insert into code_paths (list, code, now_code, main) values ('unit', 'lighting', 'lamps', true)`,
  );
  await endedSince(['lighting', 'water']);
  const [late, later] = [await opened(), await opened()];
  await joinedBy(incident.id, late);
  expect(await standing([late])).toEqual({ 'dispatched urgent lamps 1 1': 1 });
  await endedSince(['lighting', 'water', 'lamps']);
  expect(await joinedBy(incident.id, later)).toMatchObject({ outcome: 'done', code: null });
  expect(await standing([later])).toEqual({ 'registered normal 0 0': 1 });
  // Nor does a person give anything to a unit that is no more.
  const given = { move: 'dispatch', version: null, reason: '', details: { unitCode: 'water' } } as const;
  await expect(moveTicket(books())({ id: later, ...given, actor: county.lead })).rejects.toMatchObject({
    code: 'ticket.unitUnknown',
  });
});
