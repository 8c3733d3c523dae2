import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

// The knowledge base over HTTP and in PostgreSQL: written by units, checked by others, told to citizens by version.

let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let editor: Person;
let other: Person;
let reviewer: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  editor = counter.people.unit;
  reviewer = counter.people.reviewer;
  other = await counter.person(['unit'], { unitCode: 'power' });
});
afterAll(() => counter.close());

let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(() => {
  desk = knowledgeDesk(counter);
});
const post: typeof desk.post = (...args) => desk.post(...args);
const words: typeof desk.words = (...args) => desk.words(...args);
const draft: typeof desk.draft = (...args) => desk.draft(...args);
const read: typeof desk.read = (...args) => desk.read(...args);
const moved: typeof desk.moved = (...args) => desk.moved(...args);
const publish: typeof desk.publish = (...args) => desk.publish(...args);

test('written by a unit, checked by another, published: then it is told, with its whole history', async () => {
  const id = await draft();
  expect(await read(id)).toMatchObject({
    number: expect.stringMatching(/^ZS\d{6}$/),
    ownerUnit: { code: 'water' },
    current: null,
    latest: { number: 1, state: 'draft' },
  });
  expect((await moved(editor, id, 'approve')).body.code).toBe('knowledge.moveImpossible');
  await moved(editor, id, 'submit');
  expect((await moved(editor, id, 'approve')).body.code).toBe('knowledge.moveForbidden');
  expect((await moved(other, id, 'recall')).body.code).toBe('knowledge.otherUnit');
  await moved(reviewer, id, 'approve');
  expect((await moved(reviewer, id, 'publish')).body).toMatchObject({ state: 'published', version: 1 });
  expect(await read(id, counter.people.agent)).toMatchObject({
    current: { number: 1, answer: words().answer },
  });
  const { body } = await counter.ask(editor, 'GET', `/v1/knowledge/${id}/history`);
  expect(body.steps.map((one: { move: string }) => one.move)).toEqual([
    'write',
    'submit',
    'approve',
    'publish',
  ]);
  expect(body.steps.map((one: { seq: number }) => one.seq)).toEqual([1, 2, 3, 4]);
});

test('a new version leaves what is told in place until it is published itself; no word is ever rewritten', async () => {
  const id = await draft();
  await publish(id);
  const { revision } = await read(id);
  const next = await post(editor, `/knowledge/${id}/versions`, {
    ...words({ answer: '现在可以取两次。' }),
    revision,
  });
  expect(next.body).toMatchObject({ version: 2 });
  expect((await post(editor, `/knowledge/${id}/versions`, { ...words(), revision })).body).toMatchObject({
    code: 'knowledge.changedMeanwhile',
  });
  expect(await read(id)).toMatchObject({ current: { number: 1 }, latest: { number: 2, state: 'draft' } });
  await publish(id, 2);
  expect(await read(id)).toMatchObject({ current: { number: 2, answer: '现在可以取两次。' } });
  const first = await counter.ask(editor, 'GET', `/v1/knowledge/${id}/versions/1`);
  expect(first.body.version).toMatchObject({ state: 'replaced', answer: words().answer });
  await expect(
    counter.db.query(`update knowledge_versions set answer = '别的' where entry_id = $1`, [id]),
  ).rejects.toThrow('never rewritten');
});

test('the checker’s own words are for somebody else; a unit’s colleague approves nothing either', async () => {
  const operator = counter.people.operator;
  const id = await draft({ unit: 'water' }, operator);
  await moved(operator, id, 'submit');
  expect((await moved(operator, id, 'approve')).body.code).toBe('knowledge.ownWords');
  expect((await moved(reviewer, id, 'giveBack', 1, '第二句太长')).body).toMatchObject({ state: 'returned' });
  const { revision } = await read(id);
  await post(operator, `/knowledge/${id}/versions`, { ...words(), revision });
  const { body } = await counter.ask(operator, 'GET', `/v1/knowledge/${id}/history`);
  expect(body.versions.map((one: { state: string }) => one.state)).toEqual(['draft', 'replaced']);
});

test('what is being checked is recalled before another is written', async () => {
  const id = await draft();
  await moved(editor, id, 'submit');
  const { revision } = await read(id);
  const refused = await post(editor, `/knowledge/${id}/versions`, { ...words(), revision });
  expect(refused.body).toMatchObject({
    code: 'knowledge.beingChecked',
    data: { version: 1, state: 'inCheck' },
  });
});

test('published at once by the lead of the night: told at once, and to be looked at by another within a working day', async () => {
  const id = await draft();
  const { lead } = counter.people;
  expect((await moved(lead, id, 'publishAtOnce', 1, '')).body.code).toBe('knowledge.reasonMissing');
  // Tuesday 10:00: until Wednesday 10:00 of working time, by the rule of the tickets.
  expect((await moved(lead, id, 'publishAtOnce', 1, '台风停课，须马上答复')).body).toMatchObject({
    state: 'emergency',
    reviewDueAt: expect.stringMatching(/^2026-09-02T/),
  });
  expect(await read(id, counter.people.agent)).toMatchObject({ current: { state: 'emergency' } });
  expect((await moved(lead, id, 'confirm')).body.code).toBe('knowledge.ownWords');
  expect((await moved(editor, id, 'confirm')).body.code).toBe('knowledge.ownWords');
  expect((await moved(reviewer, id, 'confirm')).body).toMatchObject({ state: 'published' });
});

test('what does not pass the check is not submitted, and each fault is told with its cure', async () => {
  const id = await draft({ basis: [] });
  const { status, body } = await moved(editor, id, 'submit');
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'knowledge.unfit',
    data: { findings: [{ code: 'basisMissing', cure: { zh: '登记文件名称和条款' } }] },
  });
  const { body: linted } = await post(editor, '/knowledge/lint', words({ answer: '请到属地申领。' }));
  expect(linted.findings.map((one: { piece: string }) => one.piece)).toEqual(['申领', '属地']);
});

test('what a content names must be there', async () => {
  const { body } = await post(
    editor,
    '/knowledge',
    words({ categories: ['leak', 'moon'], lines: ['12369', '99999'] }),
  );
  expect(body).toMatchObject({
    code: 'knowledge.nameUnknown',
    data: { categories: ['moon'], lines: ['99999'] },
  });
  const stranger = await post(editor, '/knowledge', words({ unit: 'power' }));
  expect(stranger.body.code).toBe('knowledge.otherUnit');
  const nobody = await post(counter.people.operator, '/knowledge', words());
  expect(nobody.body.code).toBe('knowledge.unitMissing');
  const reversed = await post(
    editor,
    '/knowledge',
    words({ validFrom: '2026-09-02', validTo: '2026-09-01' }),
  );
  expect(reversed.body).toMatchObject({ code: 'knowledge.datesReversed' });
});

test('a unit reads what others tell citizens, without what is for colleagues, and no draft of theirs', async () => {
  const id = await draft({ internalText: '市民追问时转值班长' });
  expect((await counter.ask(other, 'GET', `/v1/knowledge/${id}`)).status).toBe(404);
  await publish(id);
  expect(await read(id, other)).toMatchObject({ current: { internalText: '' } });
  expect(await read(id, counter.people.agent)).toMatchObject({
    current: { internalText: '市民追问时转值班长' },
  });
  expect((await counter.ask(other, 'GET', `/v1/knowledge/${id}/history`)).body.code).toBe(
    'knowledge.otherUnit',
  );
  const { body } = await counter.ask(other, 'GET', '/v1/knowledge?limit=200');
  expect(body.entries.every((one: { current: unknown }) => one.current !== null)).toBe(true);
});

test('found by unit, category, line, words and state, page by page', async () => {
  const id = await draft({ question: '水表坏了找谁%', lines: ['12369'], validTo: '2026-09-20' });
  await publish(id);
  const ids = async (query: string) =>
    (await counter.ask(reviewer, 'GET', `/v1/knowledge?${query}`)).body.entries.map(
      (one: { id: string }) => one.id,
    );
  expect(await ids('line=12369')).toEqual([id]);
  expect(await ids(`text=${encodeURIComponent('坏了找谁%')}&category=water&state=published`)).toEqual([id]);
  expect(await ids(`text=${encodeURIComponent('坏了_谁')}`)).toEqual([]);
  expect(await ids('endsBy=2026-09-30&standing=true')).toEqual([id]);
  expect(await ids('unit=power')).toEqual([]);
  const { body: first } = await counter.ask(reviewer, 'GET', '/v1/knowledge?limit=1');
  const { body: second } = await counter.ask(reviewer, 'GET', `/v1/knowledge?limit=1&after=${first.next}`);
  expect(second.entries[0].number > first.entries[0].number).toBe(true);
});

test('an entry of some areas is written, read and found by them; one that is not there, or no more, is refused', async () => {
  await counter.db.query(
    `insert into dispatch_names (kind, code, name, added_in, removed_in) values ('area', 'juegang', '掘港街道', 0, null),
       ('area', 'matang', '马塘镇', 0, null), ('area', 'gone', '旧圩镇', 0, 1)`,
  );
  const id = await draft({ areas: ['matang', 'juegang', 'matang'] });
  expect((await read(id)).latest.areas).toEqual(['matang', 'juegang']);
  await publish(id);
  expect((await desk.revise(id, { areas: ['juegang'] })).body).toMatchObject({ version: 2 });
  expect(await read(id)).toMatchObject({
    current: { number: 1, areas: ['matang', 'juegang'] },
    latest: { number: 2, areas: ['juegang'] },
  });
  await publish(id, 2);
  const ids = async (area: string) =>
    (await counter.ask(counter.people.agent, 'GET', `/v1/knowledge?area=${area}`)).body.entries.map(
      (one: { id: string }) => one.id,
    );
  expect([await ids('juegang'), await ids('matang')]).toEqual([[id], []]);
  for (const area of ['atlantis', 'gone']) {
    const { body } = await post(editor, '/knowledge', words({ areas: ['juegang', area] }));
    expect(body).toMatchObject({ code: 'knowledge.nameUnknown', data: { areas: [area] } });
  }
});

test('papers go with an entry: kept as they are, shown as what their bytes say they are', async () => {
  const pdf = Buffer.from('%PDF-1.7 一号文件');
  const upload = (bytes: Buffer, type: string) =>
    counter.ask(editor, 'POST', `/v1/knowledge-files?name=${encodeURIComponent('提取办法.pdf')}`, bytes, {
      'content-type': type,
    });
  const { status, body } = await upload(pdf, 'application/pdf');
  expect(status, JSON.stringify(body)).toBe(201);
  const id = await draft({ attachments: [{ id: body.id, name: body.name }] });
  expect((await read(id)).latest.attachments).toEqual([{ id: body.id, name: '提取办法.pdf' }]);
  const { headers, raw } = await counter.ask(other, 'GET', `/v1/knowledge-files/${body.id}`);
  expect([headers['content-type'], raw]).toEqual(['application/pdf', pdf.toString()]);
  expect((await upload(Buffer.from('<script>'), 'application/pdf')).body.code).toBe('knowledge.fileType');
  expect((await upload(pdf, 'text/html')).status).toBe(415);
  expect((await counter.ask(editor, 'GET', `/v1/knowledge-files/${randomUUID()}`)).status).toBe(404);
  const unknown = await post(editor, '/knowledge', words({ attachments: [{ id: randomUUID(), name: 'x' }] }));
  expect(unknown.body).toMatchObject({ code: 'knowledge.nameUnknown' });
});

test('asked twice with one key, written once', async () => {
  const key = randomUUID();
  const [one, two] = [
    await post(editor, '/knowledge', words(), key),
    await post(editor, '/knowledge', words(), key),
  ];
  expect(two.body).toEqual(one.body);
});

const quote: typeof desk.quote = (...args) => desk.quote(...args);
const outcomeOf = async (callId: string) =>
  (
    await counter.db.query(
      `select outcome, category, quote_id as quote from call_outcomes where call_id = $1`,
      [callId],
    )
  ).rows[0];

test('one key in the call: entry and version stay with it, it counts as answered on the spot, the citizen has it in writing', async () => {
  now = Date.now();
  const id = await draft();
  await publish(id);
  const callId = await counter.call(counter.people.agent.id, { ended: false });
  const { status, body } = await quote(callId, id, { message: true });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ callId, version: 1, outcome: 'answeredOnSpot', message: 'queued' });
  expect(await outcomeOf(callId)).toEqual({ outcome: 'answeredOnSpot', category: 'leak', quote: body.id });
  const { rows } = await counter.db.query(
    `select number, text, kind from citizen_messages where subject_id = $1`,
    [id],
  );
  expect(rows).toEqual([
    { number: '13812345678', kind: 'knowledgeAnswer', text: `【如东县12345】${words().message}` },
  ]);
  // Pressed again, by whatever key: the first one.
  expect((await quote(callId, id, { message: true })).body).toMatchObject({
    id: body.id,
    outcome: 'answeredOnSpot',
  });
  const { body: listed } = await counter.ask(counter.people.lead, 'GET', `/v1/calls/${callId}/quotes`);
  expect(listed.quotes).toMatchObject([
    { entryId: id, version: 1, answer: words().answer, retractedAt: null },
  ]);
});

test('only in the agent’s own call, and not long after it', async () => {
  const id = await draft();
  await publish(id);
  const { agent } = counter.people;
  const stranger = await counter.person(['agent']);
  const callId = await counter.call(agent.id);
  expect((await quote(callId, id, {}, stranger)).body.code).toBe('call.notYours');
  expect((await quote(await counter.call(null), id)).body.code).toBe('call.notAnswered');
  expect((await quote(randomUUID(), id)).body.code).toBe('call.unknown');
  expect((await quote(callId, randomUUID())).body.code).toBe('knowledge.unknown');
  expect((await quote(callId, id, { version: 7 })).body.code).toBe('knowledge.versionUnknown');
  now += 31 * 60_000;
  expect((await quote(callId, id)).body).toMatchObject({
    code: 'knowledge.quoteTooLate',
    data: { minutes: 30 },
  });
  now = Date.now();
});

test('what may not be told is refused with its reason: draft, not yet begun, expired unmarked, withdrawn, replaced before the call', async () => {
  const { agent } = counter.people;
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  const drafted = await draft();
  const callId = await counter.call(agent.id);
  expect((await quote(callId, drafted)).body.code).toBe('knowledge.unpublished');
  await publish(drafted);
  expect((await moved(editor, drafted, 'withdraw', 1, '文件已废止')).body).toMatchObject({
    state: 'withdrawn',
  });
  expect((await quote(callId, drafted)).body.code).toBe('knowledge.withdrawn');

  const tomorrow = new Date(now + 32 * 3_600_000).toISOString().slice(0, 10);
  const coming = await draft({ validFrom: tomorrow });
  await publish(coming);
  expect((await quote(callId, coming)).body).toMatchObject({
    code: 'knowledge.notYetValid',
    data: { validFrom: tomorrow },
  });

  const ending = await draft({ validTo: today });
  await publish(ending);
  now += 86_400_000;
  const onItsDay = await counter.call(agent.id, { ended: false });
  expect((await quote(onItsDay, coming)).body).toMatchObject({ version: 1, outcome: 'answeredOnSpot' });
  const late = await counter.call(agent.id, { ended: false });
  expect((await quote(late, ending)).body).toMatchObject({
    code: 'knowledge.expired',
    data: { validTo: today },
  });
  expect(await read(ending)).toMatchObject({ current: null, latest: { state: 'published' } });
  now = Date.now();
  expect(await outcomeOf(late)).toBeUndefined();

  const mended = await draft();
  await publish(mended);
  const during = await counter.call(agent.id, { ended: false });
  const { revision } = await read(mended);
  await post(editor, `/knowledge/${mended}/versions`, { ...words({ answer: '改了。' }), revision });
  now = Date.now() + 1000;
  await publish(mended, 2);
  // The agent had the old one before him when it was replaced: that is what the citizen heard.
  expect((await quote(during, mended)).body).toMatchObject({ version: 1, outcome: 'answeredOnSpot' });
  now += 60_000;
  const after = await counter.call(agent.id, { ended: false });
  await counter.db.query(`update calls set arrived_at = arrived_at + interval '10 minutes' where id = $1`, [
    after,
  ]);
  expect((await quote(after, mended)).body).toMatchObject({
    code: 'knowledge.replaced',
    data: { current: 2 },
  });
  now = Date.now();
});

test('pressed twice in the same moment it is one answer; long after the call none is taken back', async () => {
  const id = await draft();
  await publish(id);
  const { agent } = counter.people;
  const callId = await counter.call(agent.id);
  const pressed = await Promise.all([quote(callId, id), quote(callId, id), quote(callId, id)]);
  expect(pressed.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(pressed.map(({ body }) => body.id)).size).toBe(1);
  now += 31 * 60_000;
  const late = await post(agent, `/calls/${callId}/quotes/${pressed[0]?.body.id}/retraction`, {
    reason: '按错了键',
  });
  expect(late.body).toMatchObject({ code: 'knowledge.quoteTooLate', data: { minutes: 30 } });
  expect(await outcomeOf(callId)).toMatchObject({ outcome: 'answeredOnSpot' });
  now = Date.now();
});

test('a ticket stays a ticket; what was pressed by mistake is taken back and the call is open again', async () => {
  const id = await draft();
  await publish(id);
  const { agent } = counter.people;
  const callId = await counter.call(agent.id);
  const { body: quoted } = await quote(callId, id);
  const taken = await post(agent, `/calls/${callId}/quotes/${quoted.id}/retraction`, {
    reason: '市民要求登记工单',
  });
  expect(taken.body).toEqual({ retracted: true, message: 'none' });
  expect(await outcomeOf(callId)).toBeUndefined();
  const opened = await post(agent, '/tickets', {
    ...{ callId, type: 'HELP', categoryCode: 'leak', content: '水管漏水', unitCode: 'water' },
  });
  expect(opened.status).toBe(201);
  expect((await quote(callId, id)).body).toMatchObject({ outcome: 'ticket' });
  expect(await outcomeOf(callId)).toMatchObject({ outcome: 'ticket' });
  const again = await post(agent, `/calls/${callId}/quotes/${quoted.id}/retraction`, {
    reason: '市民要求登记工单',
  });
  expect(again.body).toEqual({ retracted: false, message: 'none' });
});

test('an answer that is taken back is not written to the citizen; told again it is, and what has gone out is said to have', async () => {
  now = Date.now();
  const id = await draft();
  await publish(id);
  const { agent } = counter.people;
  const callId = await counter.call(agent.id);
  const takeBack = async () => {
    const { body } = await quote(callId, id, { message: true });
    expect(body.message).toBe('queued');
    const path = `/calls/${callId}/quotes/${body.id}/retraction`;
    return (await post(agent, path, { reason: '按错了条目' })).body;
  };
  const states = async () =>
    (
      await counter.db.query(
        'select state, failure from citizen_messages where subject_id = $1 order by created_at, state',
        [id],
      )
    ).rows;
  expect(await takeBack()).toEqual({ retracted: true, message: 'stopped' });
  expect(await states()).toEqual([{ state: 'cancelled', failure: 'retracted' }]);
  now += 1000;
  expect(await takeBack()).toEqual({ retracted: true, message: 'stopped' });
  now += 1000;
  const { body } = await quote(callId, id, { message: true });
  await counter.db.query(
    `update citizen_messages set state = 'sent', finished_at = now(), driver = 'file', proof = 'line 1' where state = 'pending'`,
  );
  const gone = await post(agent, `/calls/${callId}/quotes/${body.id}/retraction`, { reason: '按错了条目' });
  expect(gone.body).toEqual({ retracted: true, message: 'sent' });
  expect((await states()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'sent']);
});

test('who wants it in writing a moment later has it in writing, with the answer that stands', async () => {
  now = Date.now();
  const id = await draft();
  await publish(id);
  const callId = await counter.call(counter.people.agent.id, { ended: false });
  const { body: first } = await quote(callId, id);
  expect(first.message).toBe('notAsked');
  expect((await quote(callId, id, { message: true })).body).toMatchObject({
    id: first.id,
    message: 'queued',
  });
  expect((await quote(callId, id, { message: true })).body).toMatchObject({
    id: first.id,
    message: 'queued',
  });
  const { rows } = await counter.db.query('select from citizen_messages where subject_id = $1', [id]);
  expect(rows).toHaveLength(1);
});

test('what waits for the morning to be written is not written once its words are withdrawn', async () => {
  now = Date.now();
  const id = await draft();
  await publish(id);
  const callId = await counter.call(counter.people.agent.id);
  expect((await quote(callId, id, { message: true })).body.message).toBe('queued');
  const { status } = await moved(counter.people.reviewer, id, 'withdraw', 1, '文件暂缓执行');
  expect(status).toBe(200);
  const { rows } = await counter.db.query(
    'select state, failure from citizen_messages where subject_id = $1',
    [id],
  );
  expect(rows).toEqual([{ state: 'cancelled', failure: 'withdrawn' }]);
});

test('what the program closed because nobody spoke in time becomes what was answered', async () => {
  const id = await draft();
  await publish(id);
  const callId = await counter.call(counter.people.agent.id);
  await counter.db.query(
    `insert into call_outcomes (call_id, outcome, type, category, reason, closed_at)
     values ($1, 'answeredOnSpot', 'ENQUIRY', 'uncategorised', 'nobody said otherwise in time', now())`,
    [callId],
  );
  const { body } = await quote(callId, id);
  expect(await outcomeOf(callId)).toEqual({ outcome: 'answeredOnSpot', category: 'leak', quote: body.id });
});
