import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remindReceipt } from '../../../src/app/circulars/remind-receipt.ts';
import type { OfficialDocument } from '../../../src/domain/documents/official-document.ts';
import { SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// A month at a hotline with two units, and the circular about it: from the books to the last receipt.

const at = (iso: string): number => Date.parse(`${iso}+08:00`);
let clock = at('2026-10-12T09:00:00');
const printed: OfficialDocument[] = [];
let counter: Counter;
let signatory: Person;
let power: Person;
beforeAll(async () => {
  counter = await openCounter({
    now: () => clock,
    press: {
      print: async (document) => {
        printed.push(document);
        return { pdf: Buffer.from('%PDF-1.7'), pages: 1, missing: [] };
      },
    },
  });
  signatory = await counter.person(['leader']);
  power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  await counter.db.query(
    `insert into unit_phones (id, unit_code, number, label, added_at, added_by, notices)
     select $1, 'water', '13912340001', '联络员', now(), id, true from accounts limit 1`,
    [randomUUID()],
  );
});
afterAll(() => counter.close());

const ask = (
  who: Person,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  key: string = randomUUID(),
) => counter.ask(who, method, path, body, method === 'POST' ? { 'idempotency-key': key } : {});
const opened = async (over: object = {}): Promise<string> => {
  const body = { type: 'HELP', categoryCode: 'leak', content: '停水两天', unitCode: 'water', ...over };
  return (await ask(counter.people.agent, 'POST', '/v1/tickets', body)).body.id;
};
const late = async (ticketId: string): Promise<void> =>
  counter.services.database.transact(async (tx) => {
    await counter.services.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
    const line = { id: randomUUID(), at: clock, actorId: null, type: 'deadlineOverdue', reason: '' } as const;
    await counter.services.ticketMoves.note(ticketId, { ...line, body: { clock: 'unit', level: 100 } }, tx);
  });
const draft = (body: object = {}, who = counter.people.supervisor, key: string = randomUUID()) =>
  ask(who, 'POST', '/v1/circulars', { from: '2026-10-01', to: '2026-10-31', ...body }, key);
const move = async (who: Person, id: string, step: string, revision: number, more: object = {}) => {
  // Whoever signs has looked at it.
  const shown = step === 'sign' ? { digest: (await ask(who, 'GET', `/v1/circulars/${id}`)).body.digest } : {};
  return ask(who, 'POST', `/v1/circulars/${id}/moves`, { move: step, revision, ...shown, ...more });
};
const figure = (circular: { figures: { id: string; count: number }[] }, id: string) =>
  circular.figures.find((one) => one.id === id)?.count;
const signed = async (): Promise<{ id: string; number: string; documentId: string }> => {
  const { body } = await draft();
  await move(counter.people.supervisor, body.id, 'submit', 1, { signatory: signatory.id });
  const { status, body: moved } = await move(signatory, body.id, 'sign', 1);
  expect(status).toBe(200);
  const { body: sent } = await ask(signatory, 'GET', `/v1/circulars/${body.id}`);
  return { id: body.id, number: moved.number, documentId: sent.documentId };
};

let lateTicket: string;
test('the draft counts what the books say, and behind each figure stand its rows', async () => {
  lateTicket = await opened();
  const hidden = await opened({ confidential: true });
  const other = await opened({ unitCode: 'power' });
  await late(lateTicket);
  await late(hidden);
  const order = { ticketId: other, instrument: 'written', demand: '请三日内办结', workingDays: 1 };
  const { body: issued } = await ask(counter.people.supervisor, 'POST', '/v1/supervision', order);
  clock = at('2026-11-02T09:00:00');
  await late(other);
  const key = randomUUID();
  const answer = await draft({}, counter.people.supervisor, key);
  expect(answer.status).toBe(201);
  const { body } = answer;
  expect((await draft({}, counter.people.supervisor, key)).raw).toBe(answer.raw);
  expect(body).toMatchObject({
    state: 'draft',
    revision: 1,
    number: null,
    units: ['power', 'water'],
    receipts: [],
  });
  // Of November nothing; the order of power was not answered in its time.
  expect([figure(body, 'overdue.all'), figure(body, 'overdue.water'), figure(body, 'overdue.power')]).toEqual(
    [2, 2, 0],
  );
  expect([figure(body, 'supervised.power'), figure(body, 'unanswered.power')]).toEqual([1, 1]);
  expect(body.rendered.join('')).toContain('县自来水公司：超期工单2件。');
  type Explained = { formula: string; formulaEn: string; source: string };
  const explained = ({ formula, formulaEn, source }: Explained) => formula && formulaEn && source;
  expect(body.figures.every(explained)).toBe(true);
  const rowsOf = async (who: Person, path: string) => (await ask(who, 'GET', path)).body;
  const path = body.figures.find((one: { id: string }) => one.id === 'overdue.water').rows;
  expect(await rowsOf(counter.people.supervisor, path)).toMatchObject({ withheld: 0, rows: { length: 2 } });
  // A leader is shown no confidential ticket, and told that there is one.
  expect(await rowsOf(signatory, path)).toMatchObject({ withheld: 1, rows: [{ ticketId: lateTicket }] });
  const orders = await rowsOf(counter.people.lead, `/v1/circulars/${body.id}/rows?kind=supervised`);
  expect(orders.rows).toMatchObject([{ subjectNumber: issued.number, ticketId: other, unitCode: 'power' }]);
  // To units it does not exist yet.
  expect((await ask(counter.people.unit, 'GET', `/v1/circulars/${body.id}`)).body.code).toBe(
    'circular.unknown',
  );
  expect((await ask(counter.people.unit, 'GET', path)).body.code).toBe('circular.unknown');
});

test('words are edited on the revision that was seen; numbers come from figures, and what is typed is shown', async () => {
  const { supervisor, operator } = counter.people;
  const { body } = await draft();
  const words = { ...body.text, paragraphs: ['县自来水公司超期{overdue.water}件，比上月多7件。'] };
  const edit = (who: Person, over: object) =>
    ask(who, 'PUT', `/v1/circulars/${body.id}`, {
      revision: 1,
      ...words,
      units: ['power', 'water'],
      ...over,
    });
  expect((await edit(operator, { paragraphs: ['{overdue.gas}件'] })).body).toMatchObject({
    ...{ code: 'circular.figureUnknown', data: { figures: ['overdue.gas'] } },
  });
  expect((await edit(operator, { units: ['gas'] })).body.code).toBe('circular.unitUnknown');
  expect((await edit(operator, { units: ['centre'] })).body.code).toBe('circular.unitUnknown');
  const edited = await edit(operator, { units: ['water'] });
  expect(edited.body).toMatchObject({
    ...{ revision: 2, units: ['water'], rendered: ['县自来水公司超期2件，比上月多7件。'] },
    typedNumbers: [{ paragraph: 0, words: '7件' }],
  });
  expect(figure(edited.body, 'overdue.power')).toBeUndefined();
  expect((await edit(supervisor, {})).body).toMatchObject({
    code: 'circular.changedMeanwhile',
    data: { revision: 2 },
  });
  // A telephone goes to no seventy units.
  const again = await edit(operator, { revision: 2, paragraphs: ['请电13912345678'] });
  const { revision } = again.body;
  expect((await move(supervisor, body.id, 'submit', revision, { signatory: signatory.id })).body.code).toBe(
    'circular.personal',
  );
  expect((await move(supervisor, body.id, 'discard', revision)).body.code).toBe('circular.reasonMissing');
  expect((await move(supervisor, body.id, 'discard', revision, { words: '不发了' })).body.state).toBe(
    'discarded',
  );
  expect((await edit(operator, { revision })).body.code).toBe('circular.moveImpossible');
});

test('a second person signs, by name; who wrote a word of it cannot, and what he signs is what the books say then', async () => {
  const { supervisor, lead, unit } = counter.people;
  const { body } = await draft();
  const { id } = body;
  const submit = (who: Person, over: object) => move(who, id, 'submit', 1, over);
  const { body: able } = await ask(supervisor, 'GET', '/v1/circulars/signatories');
  const named = able.signatories.map((one: { id: string }) => one.id);
  expect(named).toEqual(expect.arrayContaining([supervisor.id, lead.id, signatory.id]));
  expect(named).not.toContain(unit.id);
  expect((await ask(unit, 'GET', '/v1/circulars/signatories')).body.code).toBe('access.denied');
  expect((await submit(supervisor, {})).body.code).toBe('circular.signatoryMissing');
  expect((await submit(supervisor, { signatory: supervisor.id })).body.code).toBe('circular.ownWork');
  expect((await submit(supervisor, { signatory: unit.id })).body.code).toBe('circular.signatoryUnfit');
  expect((await submit(supervisor, { signatory: randomUUID() })).body.code).toBe('circular.signatoryUnfit');
  expect((await submit(supervisor, { signatory: lead.id })).body.state).toBe('submitted');
  const movesOf = async (who: Person, of = id) => {
    const { body: seen } = await ask(who, 'GET', `/v1/circulars/${of}`);
    return seen.moves.map((one: { move: string; byAnother: boolean }) =>
      one.byAnother ? `${one.move} by another` : one.move,
    );
  };
  // It lies with the account that was named, and with no other of the same name: all are called alike here.
  expect(await movesOf(lead)).toEqual(['recall', 'sendBack', 'sign']);
  expect(await movesOf(supervisor)).toEqual(['recall']);
  expect(await movesOf(signatory)).toEqual([]);
  expect((await move(signatory, id, 'sign', 1)).body.code).toBe('circular.notSignatory');
  expect((await move(supervisor, id, 'sign', 1)).body.code).toBe('circular.notSignatory');
  expect((await move(lead, id, 'sendBack', 1, { words: '请补一段' })).body.state).toBe('draft');
  await ask(lead, 'POST', `/v1/circulars/${id}/recount`, { revision: 1 });
  // He counted it anew himself: he is one of its writers from here on.
  expect((await move(supervisor, id, 'submit', 2, { signatory: lead.id })).body.code).toBe(
    'circular.ownWork',
  );
  const whom = await ask(supervisor, 'GET', `/v1/circulars/signatories?circular=${id}`);
  const offered = whom.body.signatories.map((one: { id: string }) => one.id);
  expect(offered).toContain(signatory.id);
  for (const wrote of [lead, supervisor]) expect(offered).not.toContain(wrote.id);
  const nowhere = await ask(supervisor, 'GET', `/v1/circulars/signatories?circular=${randomUUID()}`);
  expect(nowhere.body.code).toBe('circular.unknown');
  await move(supervisor, id, 'submit', 2, { signatory: signatory.id });
  // Meanwhile the books moved: an order of October is cancelled.
  const { body: list } = await ask(supervisor, 'GET', '/v1/supervision');
  const cancel = { move: 'cancel', words: '下发有误' };
  await ask(supervisor, 'POST', `/v1/supervision/${list.orders[0].id}/moves`, cancel);
  const changed = await move(signatory, id, 'sign', 2);
  expect(changed.body).toMatchObject({ code: 'circular.figuresChanged' });
  expect(changed.body.data.changed).toContainEqual({ id: 'supervised.power', before: 1, after: 0 });
  await move(supervisor, id, 'recall', 2);
  const recounted = await ask(supervisor, 'POST', `/v1/circulars/${id}/recount`, { revision: 2 });
  expect(figure(recounted.body, 'supervised.all')).toBe(0);
  // Its days must be over.
  const open = await draft({ to: '2026-11-30' });
  await move(supervisor, open.body.id, 'submit', 1, { signatory: signatory.id });
  expect((await move(signatory, open.body.id, 'sign', 1)).body.code).toBe('circular.periodOpen');
});

test('what is signed is numbered, frozen and sent; each unit reads its own, signs for it once, and is asked again', async () => {
  const { supervisor, unit, agent } = counter.people;
  const { id, number, documentId } = await signed();
  expect(number).toMatch(/^如东热线通〔2026〕\d+号$/);
  const seen = (await ask(supervisor, 'GET', `/v1/circulars/${id}`)).body;
  expect(seen).toMatchObject({ state: 'sent', number, recipients: 2, read: 0, signatory: '王小明' });
  // Who wrote it does not take it back; to a unit nothing of this is open.
  expect(seen.moves).toEqual([{ move: 'withdraw', byAnother: true }]);
  expect((await ask(signatory, 'GET', `/v1/circulars/${id}`)).body.moves).toEqual([
    { move: 'withdraw', byAnother: false },
  ]);
  expect(seen.receipts).toMatchObject([
    { unitCode: 'power', told: 'noContact', readAt: null },
    { unitCode: 'water', told: 'queued', readAt: null },
  ]);
  expect(seen.steps.map((one: { move: string }) => one.move)).toEqual(['write', 'submit', 'sign']);
  // The books go on, the circular does not.
  clock = at('2026-11-02T10:00:00');
  await late(await opened());
  await expect(counter.db.query(`update circulars set figures = '[]' where id = $1`, [id])).rejects.toThrow(
    'a signed circular is not changed',
  );
  await expect(counter.db.query('delete from circular_rows where circular_id = $1', [id])).rejects.toThrow(
    'figures',
  );
  // The paper is what was frozen.
  expect((await ask(unit, 'GET', `/v1/documents/${documentId}/pdf`)).status).toBe(200);
  expect(JSON.stringify(printed.at(-1))).toContain('县自来水公司：超期工单2件');
  expect(printed.at(-1)).toMatchObject({ number, watermark: null });

  const own = (await ask(unit, 'GET', `/v1/circulars/${id}`)).body;
  expect(own).toMatchObject({ receipts: [{ unitCode: 'water' }], steps: [], moves: [] });
  const theirs = (await ask(power, 'GET', `/v1/circulars/${id}/rows?kind=overdue&unit=water`)).body;
  expect(theirs).toEqual({ rows: [], next: null, withheld: 0 });
  const rows = (await ask(unit, 'GET', `/v1/circulars/${id}/rows?kind=overdue`)).body;
  expect(rows).toMatchObject({ withheld: 0, rows: { length: 2 } });
  expect((await ask(agent, 'POST', `/v1/circulars/${id}/receipt`)).body.code).toBe('access.denied');
  const first = (await ask(unit, 'POST', `/v1/circulars/${id}/receipt`)).body;
  expect(first.receipts).toMatchObject([{ readAt: '2026-11-02T02:00:00.000Z', readBy: '王小明' }]);
  clock += 60_000;
  expect((await ask(unit, 'POST', `/v1/circulars/${id}/receipt`)).body.receipts).toEqual(first.receipts);

  /** Each receipt that is due to be asked for, as a job of its own. */
  const remind = async (): Promise<number> => {
    let asked = 0;
    for (const receipt of await counter.services.circulars.receiptsDue(clock))
      asked += (await remindReceipt(counter.services)(receipt)) ? 1 : 0;
    return asked;
  };
  const messages = async () => {
    const { body } = await ask(counter.people.operator, 'GET', '/v1/messages?kind=unitCircular');
    return body.messages.filter((one: { subject: { id: string } }) => one.subject.id === id).length;
  };
  expect(await messages()).toBe(1);
  expect(await remind()).toBe(0);
  // The other unit registers a number, and still does not read.
  await counter.db.query(
    `insert into unit_phones (id, unit_code, number, label, added_at, added_by, notices)
     select $1, 'power', '13912340002', '联络员', now(), id, true from accounts limit 1`,
    [randomUUID()],
  );
  const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06'];
  const counts: number[] = [];
  for (const day of days) {
    clock = at(`${day}T18:00:01`);
    const both = await Promise.all([remind(), remind()]);
    counts.push(both.reduce((sum, n) => sum + n, 0));
  }
  expect(counts).toEqual([0, 1, 1, 1, 1]);
  expect(await messages()).toBe(4);
  const { body: alarms } = await ask(supervisor, 'GET', '/v1/alarms');
  expect(alarms.alarms).toMatchObject([{ kind: 'circular.unread', subject: id }]);
  const { receipts } = (await ask(supervisor, 'GET', `/v1/circulars/${id}`)).body;
  expect(receipts[0]).toMatchObject({ unitCode: 'power', reminders: 4 });
});

test('what is signed is what was shown, thing by thing: other tickets behind the same figures are refused by name', async () => {
  const { supervisor } = counter.people;
  const { body } = await draft();
  const { id } = body;
  await move(supervisor, id, 'submit', 1, { signatory: signatory.id });
  const path = `/v1/circulars/${id}/moves`;
  const sign = (digest?: string) =>
    ask(signatory, 'POST', path, { move: 'sign', revision: 1, ...(digest === undefined ? {} : { digest }) });
  expect((await sign()).body.code).toBe('circular.digestMissing');
  expect((await sign('0'.repeat(64))).body).toMatchObject({
    code: 'circular.changedMeanwhile',
    data: { digest: body.digest, revision: 1 },
  });
  // One late ticket of October goes, another comes: every figure stays as it is. One of them is not for a leader's eyes.
  const october = `at >= '2026-10-01' and at < '2026-11-01'`;
  const { rows: overdue } = await counter.db.query<{ id: string; ticketId: string; number: string }>(
    `select e.id, e.ticket_id as "ticketId", t.number from ticket_events e join tickets t on t.id = e.ticket_id
     where e.type = 'deadlineOverdue' and ${october} and e.ticket_id = $1`,
    [lateTicket],
  );
  const [gone] = overdue;
  if (gone === undefined) return expect.fail('nothing was overdue in October');
  const unsealed = async (work: () => Promise<unknown>): Promise<void> => {
    await counter.db.query('alter table ticket_events disable trigger user');
    await work();
    await counter.db.query('alter table ticket_events enable trigger user');
  };
  await unsealed(() =>
    counter.db.query(`update ticket_events set type = 'deadlineWarning' where id = $1`, [gone.id]),
  );
  const before = clock;
  clock = at('2026-10-20T09:00:00');
  const other = await opened({ confidential: true });
  await late(other);
  clock = before;
  const refused = await sign(body.digest);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    code: 'circular.figuresChanged',
    data: { changed: [], rowsChanged: 2 },
  });
  expect(refused.body.data.rows).toEqual([
    { kind: 'overdue', unitCode: 'water', subjectNumber: gone.number, change: 'gone' },
    { kind: 'overdue', unitCode: 'water', subjectNumber: null, change: 'new' },
  ]);
  expect((await ask(signatory, 'GET', `/v1/circulars/${id}`)).body).toMatchObject({
    state: 'submitted',
    digest: body.digest,
  });
  // Counted anew it is another, with another hash; that one is signed and kept.
  await move(supervisor, id, 'recall', 1);
  const { body: recounted } = await ask(supervisor, 'POST', `/v1/circulars/${id}/recount`, { revision: 1 });
  expect(recounted.digest).not.toBe(body.digest);
  await move(supervisor, id, 'submit', 2, { signatory: signatory.id });
  expect((await move(signatory, id, 'sign', 2)).status).toBe(200);
  const { rows } = await counter.db.query('select signed_digest as digest from circulars where id = $1', [
    id,
  ]);
  expect(rows).toEqual([{ digest: recounted.digest }]);
  await expect(
    counter.db.query(`update circulars set signed_digest = 'x' where id = $1`, [id]),
  ).rejects.toThrow('a signed circular is not changed');
  await unsealed(() =>
    counter.db.query(`update ticket_events set type = 'deadlineOverdue' where id = $1`, [gone.id]),
  );
  await unsealed(() =>
    counter.db.query(
      `update ticket_events set type = 'deadlineWarning' where ticket_id = $1 and type = 'deadlineOverdue'`,
      [other],
    ),
  );
});

test('who wrote the old one signs no correction of it, whoever opened that: the words are still his', async () => {
  const { supervisor, lead } = counter.people;
  const { id } = await signed();
  const { body: opened } = await ask(lead, 'POST', `/v1/circulars/${id}/correction`);
  const named = await move(lead, opened.id, 'submit', 1, { signatory: supervisor.id });
  expect(named.body.code).toBe('circular.ownWork');
});

test('a wrong circular is corrected by another that a second person signs, or withdrawn; its units hear of it and read anew', async () => {
  const { supervisor, lead, unit } = counter.people;
  const { id, number, documentId } = await signed();
  await ask(unit, 'POST', `/v1/circulars/${id}/receipt`);
  const started = await ask(supervisor, 'POST', `/v1/circulars/${id}/correction`);
  expect(started.body).toMatchObject({ state: 'draft', corrects: id });
  expect((await ask(lead, 'POST', `/v1/circulars/${id}/correction`)).body.code).toBe(
    'circular.underCorrection',
  );
  const next = started.body.id;
  const { text } = started.body;
  const edited = { revision: 1, ...text, title: '更正通报', units: ['water'] };
  await ask(supervisor, 'PUT', `/v1/circulars/${next}`, edited);
  await move(supervisor, next, 'submit', 2, { signatory: signatory.id });
  expect((await ask(unit, 'GET', `/v1/circulars/${id}`)).body.state).toBe('sent');
  const corrected = (await move(signatory, next, 'sign', 2)).body;
  const old = (await ask(unit, 'GET', `/v1/circulars/${id}`)).body;
  expect(old).toMatchObject({ state: 'corrected', correctedBy: next });
  await ask(unit, 'GET', `/v1/documents/${documentId}/pdf`);
  expect(printed.at(-1)?.watermark).toBe('已更正');
  expect((await ask(power, 'POST', `/v1/circulars/${id}/receipt`)).body.code).toBe('circular.notSent');
  expect((await ask(power, 'GET', `/v1/circulars/${next}`)).body.code).toBe('circular.unknown');
  const said = async (circularId: string): Promise<string[]> => {
    const { body } = await ask(counter.people.operator, 'GET', '/v1/messages?kind=unitCircular');
    return body.messages
      .filter((one: { subject: { id: string } }) => one.subject.id === circularId)
      .map((one: { text: string }) => one.text);
  };
  expect(await said(next)).toEqual([expect.stringContaining(`原${number}由其更正`)]);
  // Whom the new one does not mean learns that the old one holds no more.
  expect(await said(id)).toContainEqual(expect.stringContaining(`已由${corrected.number}更正`));
  expect((await ask(unit, 'GET', `/v1/circulars/${next}`)).body.receipts).toMatchObject([{ readAt: null }]);

  expect((await move(supervisor, next, 'withdraw', 2, { words: '有误' })).body.code).toBe('circular.ownWork');
  expect((await move(lead, next, 'withdraw', 2)).body.code).toBe('circular.reasonMissing');
  expect((await move(lead, next, 'withdraw', 2, { words: '有误' })).body).toMatchObject({
    state: 'withdrawn',
  });
  expect(await said(next)).toContainEqual(expect.stringContaining('已撤回'));
  expect((await ask(supervisor, 'POST', `/v1/circulars/${next}/correction`)).body.code).toBe(
    'circular.notSent',
  );
  const { body: list } = await ask(unit, 'GET', '/v1/circulars?state=withdrawn');
  expect(list.circulars.map((one: { id: string }) => one.id)).toEqual([next]);
  // A paper that was sent to one unit is not printed by another.
  const { body: withdrawn } = await ask(supervisor, 'GET', `/v1/circulars/${next}`);
  expect((await ask(power, 'GET', `/v1/documents/${withdrawn.documentId}/pdf`)).body.code).toBe(
    'document.unknown',
  );
});

test('bad requests say what would be right', async () => {
  const { supervisor } = counter.people;
  expect((await draft({ from: '2026-11-01', to: '2026-10-01' })).body.code).toBe('period.invalid');
  expect((await draft({ kinds: ['gossip'] })).body.code).toBe('request.invalid');
  expect((await draft({ units: ['nowhere'] })).body).toMatchObject({
    ...{ code: 'circular.unitUnknown', data: { units: ['nowhere'] } },
  });
  expect((await ask(supervisor, 'GET', `/v1/circulars/${randomUUID()}`)).status).toBe(404);
  expect((await move(supervisor, randomUUID(), 'submit', 1)).body.code).toBe('circular.unknown');
  const writer = await counter.person(['supervisor'], { unitCode: 'water' });
  expect((await draft({}, writer)).body.code).toBe('circular.ownUnit');
});
