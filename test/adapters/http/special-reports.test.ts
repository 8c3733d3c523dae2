import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { watchSurges } from '../../../src/app/incidents/watch-surges.ts';
import type { OfficialDocument } from '../../../src/domain/documents/official-document.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// HM-13: a burst of appeals, handed over at once and told to those above with the same act.

let now = Date.parse('2026-09-12T19:00:00+08:00');
/** What went to the press, in place of pages that a test cannot read. */
const printed: OfficialDocument[] = [];
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({
    now: () => now,
    press: {
      print: async (document) => {
        printed.push(document);
        return { pdf: Buffer.from('%PDF-1.7'), pages: 1, missing: [] };
      },
    },
  });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
});
afterAll(() => counter.close());

const post = (who: Person, path: string, body: object, key: string = randomUUID()) =>
  counter.ask(who, 'POST', `/v1${path}`, body, { 'idempotency-key': key });
const get = async (who: Person, path: string) => (await counter.ask(who, 'GET', `/v1${path}`)).body;
let callers = 0;
async function appeal(over: object = {}): Promise<string> {
  callers += 1;
  const { body, status, raw } = await post(counter.people.agent, '/tickets', {
    ...{ type: 'HELP', categoryCode: 'leak', content: '家中突然停水，请回电13912345678' },
    ...{ place: `掘港街道余荡村${callers}组`, citizenNumber: `1380013${String(8000 + callers)}` },
    ...over,
  });
  expect(status, raw).toBe(201);
  now += 20_000;
  return body.id;
}
/** Five within ten minutes, which the program suspects to be one thing. */
async function surge(): Promise<{ id: string; version: number }> {
  for (let nth = 0; nth < 5; nth += 1) await appeal();
  const log = openLog({ role: 'worker', level: 'silent' });
  expect(await watchSurges({ ...counter.services, now: () => now, newId: randomUUID, log })()).toMatchObject({
    suspected: 1,
  });
  const { incidents } = await get(counter.people.lead, '/incidents?state=suspected');
  return incidents[0];
}
const DEMAND = '立即抢修，22时前恢复供水';

test('one act makes the appeals urgent, gives them to the units and drafts the report, which is edited, issued and printed', async () => {
  const { lead, operator, supervisor, unit, leader, agent } = counter.people;
  const { id, version } = await surge();
  const secret = await appeal({ type: 'REPORT', content: '举报偷水', confidential: true });
  const elsewhere = await appeal({ unitCode: 'power' });
  await post(lead, `/incidents/${id}/members`, { ticketIds: [secret, elsewhere], reason: '一并处置' });
  const asked = { version, unitCode: 'water', assistUnits: ['power'], demand: DEMAND };
  const path = `/incidents/${id}/hand-over`;
  expect((await post(agent, path, asked)).status).toBe(403);
  expect((await post(unit, path, asked)).status).toBe(403);
  expect((await post(lead, path, { ...asked, unitCode: 'nowhere' })).body.code).toBe('ticket.unitUnknown');
  expect((await post(lead, path, { ...asked, version: 99 })).body.code).toBe('incident.movedMeanwhile');
  expect((await get(lead, '/special-reports')).reports).toEqual([]);

  const key = randomUUID();
  const handed = await post(lead, path, asked, key);
  expect(handed.status, handed.raw).toBe(201);
  const { reportId, lines } = handed.body;
  expect(lines.filter(({ outcome }: { outcome: string }) => outcome === 'done')).toHaveLength(6);
  expect(lines.find(({ ticketId }: { ticketId: string }) => ticketId === elsewhere)).toMatchObject({
    outcome: 'refused',
    code: 'ticket.moveImpossible',
  });
  // Asked again by who never heard the answer: neither a second report nor a second dispatch.
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  expect((await post(lead, path, asked, key)).body.reportId).toBe(reportId);
  expect((await get(lead, `/special-reports?incidentId=${id}`)).reports).toHaveLength(1);

  const incident = await get(lead, `/incidents/${id}`);
  expect(incident).toMatchObject({ state: 'open', unitCode: 'water' });
  // Who reads the incident sees what became of each; a unit sees its own appeals and not what was decided over all.
  expect(incident.handOvers).toMatchObject([
    {
      ...{ id: reportId, unitName: '县自来水公司', assistNames: ['县供电公司'], demand: DEMAND },
      ...{ decidedBy: '王小明', counts: { waiting: 0, done: 6, refused: 1 }, finishedAt: expect.any(String) },
      troubles: [
        {
          ...{ ticketId: elsewhere, outcome: 'refused', code: 'ticket.moveImpossible', tries: 0 },
          why: { zh: expect.stringMatching(/状态/), en: expect.any(String) },
        },
      ],
    },
  ]);
  expect((await get(unit, `/incidents/${id}`)).handOvers).toEqual([]);
  const given = await get(lead, `/tickets/${secret}`);
  expect(given).toMatchObject({ state: 'dispatched', urgency: 'urgent', unit: { code: 'water' } });
  expect(given.timeline.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['madeUrgent', 'dispatch', 'partAdded']),
  );
  // What cannot go stays as it was.
  expect(await get(lead, `/tickets/${elsewhere}`)).toMatchObject({
    urgency: 'normal',
    unit: { code: 'power' },
  });

  // Who joins after it, by whomever, goes as the others went.
  const late = await appeal();
  await post(agent, `/incidents/${id}/members`, { ticketIds: [late], reason: '同一处停水' });
  const joined = await get(lead, `/tickets/${late}`);
  expect(joined).toMatchObject({ state: 'dispatched', urgency: 'urgent', unit: { code: 'water' } });
  expect((await get(lead, `/tickets/${late}/parts`)).parts).toMatchObject([
    { unitCode: 'power', state: 'assigned' },
  ]);

  const report = await get(leader, `/special-reports/${reportId}`);
  expect(report).toMatchObject({
    state: 'draft',
    title: '关于余荡村供水类诉求集中反映的舆情专报',
    addressee: '中共如东县委员会、如东县人民政府',
    number: null,
  });
  const words = report.paragraphs.join('\n');
  expect(words).toContain('共受理该类诉求7件');
  expect(words).toContain('139****78');
  expect(words).toContain(`6件作为急件交县自来水公司主办，县供电公司协办，要求：${DEMAND}`);
  expect(words).not.toMatch(/13912345678|举报偷水|组：/);

  const issue = (who: Person, revision: number) =>
    post(who, `/special-reports/${reportId}/moves`, { move: 'issue', revision });
  expect((await issue(lead, 1)).body).toMatchObject({ code: 'specialReport.unwritten' });
  const edit = (who: Person, revision: number, last: string) =>
    counter.ask(who, 'PUT', `/v1/special-reports/${reportId}`, {
      ...{ revision, title: report.title, addressee: report.addressee },
      paragraphs: [...report.paragraphs.slice(0, -1), last],
    });
  expect((await edit(operator, 1, '联系13912345678')).status).toBe(200);
  expect((await edit(operator, 1, '又改')).body.code).toBe('specialReport.changedMeanwhile');
  expect((await issue(lead, 2)).body.code).toBe('specialReport.personal');
  expect((await edit(operator, 2, '管道老化，建议列入改造。')).status).toBe(200);
  expect((await issue(operator, 3)).body.code).toBe('specialReport.moveForbidden');
  const issued = await issue(supervisor, 3);
  expect(issued.body).toMatchObject({ state: 'issued', number: '如东热线专〔2026〕1号' });
  expect((await edit(operator, 4, '印发之后')).body.code).toBe('specialReport.moveImpossible');

  const pdf = `/v1/documents/${issued.body.documentId}/pdf`;
  expect((await counter.ask(lead, 'GET', pdf)).status).toBe(200);
  expect(printed.at(-1)).toMatchObject({
    number: '如东热线专〔2026〕1号',
    title: report.title,
    marks: ['特急'],
    addressee: report.addressee,
  });
  expect(printed.at(-1)?.blocks.at(-1)).toEqual({ kind: 'paragraph', text: '管道老化，建议列入改造。' });
  // Those of whom it speaks do not read it.
  expect((await counter.ask(unit, 'GET', pdf)).body.code).toBe('document.unknown');
  const papers = async (who: Person) =>
    (await get(who, '/documents?kind=specialReport')).documents.map(
      (one: { reportId: string }) => one.reportId,
    );
  expect(await papers(lead)).toEqual([reportId]);
  expect(await papers(unit)).toEqual([]);
});

test('who reads special reports reads them at every door, who does not at none; a leader of a unit is of his unit', async () => {
  const { lead, leader, agent, reviewer, adjudicator, returnVisitor } = counter.people;
  // As the act above left it.
  const [paper] = (await get(lead, '/documents?kind=specialReport')).documents;
  const pdf = `/v1/documents/${paper.id}/pdf`;
  const papers = async (who: Person) => (await get(who, '/documents?kind=specialReport')).documents;
  // A leader reads it on the page: papers are for who works on them.
  expect((await counter.ask(leader, 'GET', `/v1/special-reports/${paper.reportId}`)).status).toBe(200);
  for (const who of [agent, reviewer, adjudicator, returnVisitor]) {
    expect((await counter.ask(who, 'GET', `/v1/special-reports/${paper.reportId}`)).status).toBe(403);
    expect((await counter.ask(who, 'GET', pdf)).body.code).toBe('document.unknown');
    expect(await papers(who)).toEqual([]);
  }
  const insider = await counter.person(['unit', 'leader', 'lead'], { unitCode: 'water' });
  expect((await counter.ask(insider, 'GET', pdf)).body.code).toBe('document.unknown');
  expect(await papers(insider)).toEqual([]);
});

test('where no appeal can go nothing is done: neither confirmed nor urgent, and no report', async () => {
  const { lead } = counter.people;
  now += 86_400_000;
  const ticketId = await appeal({ place: '江海路1号', unitCode: 'power' });
  const { body } = await post(lead, '/incidents', {
    ...{
      title: '江海路停水',
      categoryCode: 'leak',
      area: '江海路',
      ticketIds: [ticketId],
      reason: '同一管道',
    },
  });
  const asked = { version: body.version, unitCode: 'water', demand: DEMAND };
  const refused = await post(lead, `/incidents/${body.id}/hand-over`, asked);
  expect(refused.body).toMatchObject({
    code: 'incident.noneDispatched',
    data: { lines: [{ ticketId, code: 'ticket.moveImpossible' }] },
  });
  expect(await get(lead, `/incidents/${body.id}`)).toMatchObject({ version: body.version, unitCode: null });
  expect((await get(lead, `/special-reports?incidentId=${body.id}`)).reports).toEqual([]);
  expect(await get(lead, `/tickets/${ticketId}`)).toMatchObject({ urgency: 'normal' });
});
