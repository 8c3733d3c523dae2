import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pdfPress } from '../../../src/adapters/documents/pdf-press.ts';
import type { OfficialDocument } from '../../../src/domain/documents/official-document.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
/** What went to the press, in place of pages that a test cannot read. */
const printed: OfficialDocument[] = [];
beforeAll(async () => {
  counter = await openCounter({
    press: {
      print: async (document) => {
        printed.push(document);
        return { pdf: Buffer.from('%PDF-1.7'), pages: 1, missing: ['U+20023'] };
      },
    },
  });
});
afterAll(() => counter.close());

const CITIZEN = { citizenName: '王小明', citizenNumber: '13987650003' };
const open = async (over: object = {}): Promise<string> => {
  const ticket = {
    type: 'HELP',
    categoryCode: 'leak',
    content: '停水，请回电13987650003',
    unitCode: 'water',
  };
  const body = { ...ticket, ...CITIZEN, ...over };
  return (await counter.ask(counter.people.agent, 'POST', '/v1/tickets', body)).body.id;
};
const issue = (who: Person, body: object, key: string = randomUUID()) =>
  counter.ask(who, 'POST', '/v1/documents', body, { 'idempotency-key': key });
const pdf = (who: Person, id: string) => counter.ask(who, 'GET', `/v1/documents/${id}/pdf`);
const year = new Date().getFullYear();

test('a task sheet has one number however often it is issued; numbers have no gap', async () => {
  const { dispatcher, unit } = counter.people;
  const [ticketId, other] = [await open(), await open()];
  const first = await issue(dispatcher, { kind: 'taskSheet', ticketId });
  expect(first.status).toBe(201);
  const sequence = Number(/〔\d+〕(\d+)号/.exec(first.body.number)?.[1]);
  expect(first.body.number).toMatch(new RegExp(`热线任〔${year}〕${sequence}号$`));
  const [again, next] = [
    await issue(unit, { kind: 'taskSheet', ticketId }),
    await issue(unit, { kind: 'taskSheet', ticketId: other }),
  ];
  expect(again.body.id).toBe(first.body.id);
  expect(next.body.number).toContain(`〕${sequence + 1}号`);
  // All at once: each its own number, none skipped.
  const tickets = await Promise.all(Array.from({ length: 6 }, () => open()));
  const numbers = await Promise.all(
    tickets
      .flatMap((id) => [id, id])
      .map(async (id) => (await issue(unit, { kind: 'taskSheet', ticketId: id })).body.number),
  );
  expect(
    [...new Set(numbers.map((one) => Number(/〕(\d+)号/.exec(one)?.[1])))].sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 6 }, (_, index) => sequence + 2 + index));
});

test('who the citizen is is masked on paper; while a reason holds a watermark, his name, and to the hotline his number', async () => {
  const { dispatcher, unit } = counter.people;
  const ticketId = await open();
  const { body } = await issue(dispatcher, { kind: 'taskSheet', ticketId });
  const answer = await pdf(unit, body.id);
  expect(answer.headers['content-type']).toBe('application/pdf');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['x-missing-glyphs']).toBe('U+20023');
  const masked = JSON.stringify(printed.at(-1));
  expect(masked).toContain('王**');
  expect(masked).not.toMatch(/13987650003|王小明/);
  expect(printed.at(-1)?.watermark).toBeNull();
  await counter.ask(unit, 'POST', `/v1/tickets/${ticketId}/reveal`, { reason: '上门前核对地址' });
  await pdf(unit, body.id);
  const opened = printed.at(-1);
  expect(JSON.stringify(opened)).toContain('王小明');
  expect(JSON.stringify(opened)).not.toContain('13987650003');
  expect(opened?.watermark).toMatch(/\d{4}年\d+月\d+日 \d\d:\d\d$/);
  // His reason is nobody else's.
  await pdf(dispatcher, body.id);
  expect(JSON.stringify(printed.at(-1))).not.toMatch(/13987650003|王小明/);
  await counter.ask(dispatcher, 'POST', `/v1/tickets/${ticketId}/reveal`, { reason: '核对派单地址' });
  await pdf(dispatcher, body.id);
  expect(JSON.stringify(printed.at(-1))).toContain('13987650003');
  expect(await counter.services.audit.ofSubject('document', body.id)).toHaveLength(4);
});

test('a confidential ticket is printed by its unit and who answers for it, never without a watermark', async () => {
  const { lead, unit, operator } = counter.people;
  const ticketId = await open({ confidential: true });
  expect((await issue(operator, { kind: 'taskSheet', ticketId })).body.code).toBe('document.noExport');
  const { body } = await issue(lead, { kind: 'taskSheet', ticketId });
  expect((await pdf(operator, body.id)).body.code).toBe('document.noExport');
  for (const who of [lead, unit]) {
    expect((await pdf(who, body.id)).status).toBe(200);
    expect(printed.at(-1)?.watermark).not.toBeNull();
    expect(printed.at(-1)?.marks).toContain('内部保密');
  }
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  expect((await pdf(stranger, body.id)).body.code).toBe('document.unknown');
  const seen = await counter.ask(stranger, 'GET', '/v1/documents');
  expect(seen.body.documents).toEqual([]);
});

test('an order is printed for its unit; a circular is no paper that anybody issues by himself', async () => {
  const { supervisor, unit } = counter.people;
  const ticketId = await open();
  const order = await counter.ask(
    supervisor,
    'POST',
    '/v1/supervision',
    { ticketId, instrument: 'written', demand: '请三日内办结', workingDays: 3 },
    { 'idempotency-key': randomUUID() },
  );
  const issued = await issue(supervisor, { kind: 'supervisionOrder', ticketId, orderId: order.body.id });
  expect(issued.body.number).toContain('热线督〔');
  expect((await pdf(unit, issued.body.id)).status).toBe(200);
  expect(JSON.stringify(printed.at(-1))).toContain('请三日内办结');
  const document = { topic: '水管归属', at: '10月12日', chair: '信访局', participants: '住建局' };
  const meeting = await counter.ask(
    supervisor,
    'POST',
    '/v1/supervision',
    { ticketId, instrument: 'meeting', demand: '请到会', document },
    { 'idempotency-key': randomUUID() },
  );
  const called = await issue(supervisor, {
    ...{ kind: 'supervisionOrder', ticketId, orderId: meeting.body.id },
  });
  await pdf(unit, called.body.id);
  const table = printed.at(-1)?.blocks.find(({ kind }) => kind === 'table');
  expect(table).toMatchObject({
    rows: expect.arrayContaining([
      ['会议议题', '水管归属'],
      ['主持人', '信访局'],
    ]),
  });
  expect(
    (await issue(supervisor, { kind: 'supervisionOrder', ticketId, orderId: randomUUID() })).body.code,
  ).toBe('supervision.unknown');

  // A circular has its number with the signature under it, and by no other way.
  const words = { kind: 'circular', title: '通报', addressee: '各单位', paragraphs: ['良好。'] };
  expect((await issue(supervisor, words)).body.code).toBe('request.invalid');
});

test('what has no unit has no task sheet, and a machine without a font says which to install', async () => {
  const { dispatcher, lead } = counter.people;
  const ticketId = await open({ unitCode: undefined });
  expect((await issue(dispatcher, { kind: 'taskSheet', ticketId })).body.code).toBe('document.noUnit');
  expect((await pdf(lead, randomUUID())).body.code).toBe('document.unknown');
  const press = pdfPress('/nowhere/font.ttf');
  await expect(press.print(printed[0] as OfficialDocument)).rejects.toMatchObject({
    code: 'document.noFont',
  });
});
