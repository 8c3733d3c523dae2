import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerBooks } from '../../../src/adapters/pg/caller-books.ts';
import { reviewThreads } from '../../../src/app/threads/review-threads.ts';
import { threadTickets } from '../../../src/app/threads/thread-tickets.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// Threads over HTTP and in PostgreSQL: repeat appeals across years, the transfer counter, merging and splitting by a person.

let now = Date.parse('2014-09-15T10:00:00+08:00');
let counter: Counter;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  lead = counter.people.lead;
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
});
afterAll(() => counter.close());

const DAY = 86_400_000;
const NUMBER = '13987650088';
const post = (who: Person, path: string, body: object, key = randomUUID() as string) =>
  counter.ask(who, 'POST', `/v1${path}`, body, { 'idempotency-key': key });
async function open(over: object = {}, who = counter.people.agent): Promise<string> {
  const { body, status } = await post(who, '/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '管道渗水损坏房屋，无人处理',
    place: '长江路88号',
    citizenNumber: NUMBER,
    unitCode: 'water',
    ...over,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}
const deps = () => ({ ...counter.services, now: () => now, newId: randomUUID });
const thread = () => threadTickets(deps())();
const review = () => reviewThreads(deps())();
const threadOf = async (id: string, who = lead) =>
  (await counter.ask(who, 'GET', `/v1/tickets/${id}/thread`)).body.thread;
const move = async (who: Person, id: string, body: object) => {
  const { body: ticket } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
  const moved = await post(who, `/tickets/${id}/moves`, { version: ticket.version, reason: '因为', ...body });
  expect(moved.status, JSON.stringify(moved.body)).toBe(200);
};
/** The unit that has it says it is the other's, and the adjudicator agrees. */
async function handedOn(id: string, from: Person, to: string): Promise<void> {
  now += 60_000;
  await move(from, id, {
    move: 'returnTicket',
    details: { evidence: '历史遗留问题', suggestedUnitCode: to },
  });
  await move(counter.people.adjudicator, id, { move: 'acceptReturn', details: { unitCode: to } });
}

test('F-8: years, three tickets and three hand-overs are one thread and a complex case, flagged once', async () => {
  const power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const first = await open();
  expect(await thread()).toBe(1);
  expect(await threadOf(first)).toBeNull();
  now = Date.parse('2015-06-02T10:00:00+08:00');
  // Two workers at once, the number in another spelling.
  const second = await open({ citizenNumber: '+86 139 8765 0088', content: '房屋渗水仍未解决' });
  await Promise.all([thread(), thread()]);
  const both = await threadOf(first);
  expect(both).toMatchObject({ number: expect.stringMatching(/^CX20140915-/), tickets: 2, transfers: 0 });
  expect(both.members.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual([first, second]);
  expect(both.members[1].joinedReason).toBe('同一来电人，同类、同一地点、用词相近');
  await handedOn(second, counter.people.unit, 'power');
  now = Date.parse('2017-07-10T10:00:00+08:00');
  const third = await open({ content: '管道渗水三年无人负责' });
  await thread();
  await review();
  expect(await threadOf(third)).toMatchObject({ tickets: 3, transfers: 2, complexReasons: ['repeats'] });
  await handedOn(third, counter.people.unit, 'power');
  await Promise.all([review(), review()]);
  const flagged = await threadOf(third);
  expect(flagged).toMatchObject({ transfers: 3, complexReasons: ['transfers', 'repeats'] });
  const { body: ticket } = await counter.ask(lead, 'GET', `/v1/tickets/${third}`);
  const flags = ticket.timeline.filter(({ type }: { type: string }) => type === 'complexCase');
  expect(flags).toMatchObject([{ actor: null, body: { threadId: flagged.id, tickets: 3 } }]);
  const { body: alarms } = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(alarms.alarms).toMatchObject([{ kind: 'thread.complex', subject: flagged.id, times: 1 }]);
  // By its newest ticket two of them are told apart, in either language.
  expect(alarms.alarms[0].detail).toContain(`最近工单 ${ticket.number}，共 3 件`);
  expect(alarms.alarms[0].detailEn).toContain(`newest ticket ${ticket.number}, 3 in all`);
  const { body: complex } = await counter.ask(lead, 'GET', '/v1/threads?complex=true');
  expect(complex.threads.map(({ id }: { id: string }) => id)).toEqual([flagged.id]);
  // A unit sees the burden, and its own tickets of it.
  expect(await threadOf(third, power)).toMatchObject({
    tickets: 3,
    members: [{ ticketId: second }, { ticketId: third }],
  });
});

test('no unit learns from a thread who an anonymous or a confidential ticket is of', async () => {
  now += DAY;
  const his = { citizenNumber: '13987650155', place: '青年路6号' };
  const named = await open(his);
  const hidden = [await open({ ...his, anonymous: true }), await open({ ...his, confidential: true })];
  await thread();
  const whole = await threadOf(named);
  expect(whole.members).toHaveLength(3);
  const other = await open({ ...his, citizenNumber: '13987650156', place: '解放路9号' });
  const { unit, reviewer } = counter.people;
  // A person's reasons stand on the time line of each.
  for (const [path, body] of [
    ['/threads', { ticketIds: [named, other], reason: '同一处漏点' }],
    [`/threads/${whole.id}/split`, { ticketIds: hidden, reason: '看似另一件事' }],
  ] as const) {
    const done = await post(reviewer, path, body);
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 201 });
    if (path === '/threads') continue;
    const back = { from: done.body.id, reason: '仍是同一人' };
    expect(await post(reviewer, `/threads/${whole.id}/merge`, back)).toMatchObject({ status: 200 });
  }
  expect((await threadOf(named)).members).toHaveLength(4);
  for (const id of hidden) {
    expect(await threadOf(id, unit)).toBeNull();
    const { raw } = await counter.ask(unit, 'GET', `/v1/tickets/${id}`);
    expect(raw).not.toContain(whole.id);
    expect(raw).not.toContain('仍是同一人');
  }
  const seen = await threadOf(named, unit);
  expect(seen.members.map(({ ticketId }: { ticketId: string }) => ticketId).sort()).toEqual(
    [named, other].sort(),
  );
  const { body } = await counter.ask(unit, 'GET', `/v1/tickets?threadId=${whole.id}`);
  expect(body.tickets.map(({ id }: { id: string }) => id).sort()).toEqual([named, other].sort());
});

test('two neighbours whom nobody has looked at yet are one thread at the first look', async () => {
  await thread();
  now += 100 * DAY;
  const here = { place: '和平路31号', content: '下水道堵塞，污水满溢' };
  const one = await open({ ...here, citizenNumber: '13987650161' });
  const other = await open({ ...here, citizenNumber: '13987650162' });
  expect(await thread()).toBe(2);
  const whole = await threadOf(one);
  expect(whole.members.map(({ ticketId }: { ticketId: string }) => ticketId).toSorted()).toEqual(
    [one, other].toSorted(),
  );
});

test('what only shows how the hotline works is one matter with nothing, and makes no complex case', async () => {
  now += 100 * DAY;
  const here = { citizenNumber: '13987650171', place: '胜利路71号' };
  const shown = [await open(here), await open(here), await open({ ...here, citizenNumber: '13987650172' })];
  const real = await open(here);
  await counter.db.query('update tickets set day_seconds = 3 where id = any ($1)', [shown]);
  await thread();
  // Beside what is open already, and looked at before it: neither finds the other.
  const late = await open(here);
  await counter.db.query('update tickets set day_seconds = 3 where id = $1', [late]);
  await thread();
  for (const id of [...shown, real, late]) expect(await threadOf(id)).toBeNull();
  for (let nth = 0; nth < 3; nth += 1)
    await counter.db.query(
      `insert into ticket_events (id, ticket_id, seq, at, type, body)
       select $1, $2, max(seq) + 1, $3, 'returnTicket', '{}' from ticket_events where ticket_id = $2`,
      [randomUUID(), late, new Date(now)],
    );
  await review();
  expect(await threadOf(late)).toBeNull();
  const again = await open(here);
  await thread();
  const { members } = await threadOf(again);
  expect(members.map(({ ticketId }: { ticketId: string }) => ticketId).toSorted()).toEqual(
    [real, again].toSorted(),
  );
});

test('another matter, thanks, and who withheld his number make no thread; the key is no number', async () => {
  now += DAY;
  const other = await open({ categoryCode: 'uncategorised', content: '咨询公积金', place: '' });
  const thanks = await open({ type: 'PRAISE' });
  const withheld = { citizenNumber: '', content: '水质发黄', place: '' };
  const [one, two] = [await open(withheld), await open(withheld)];
  await thread();
  for (const id of [other, thanks, one, two]) expect(await threadOf(id)).toBeNull();
  const { rows } = await counter.db.query<{ key: Buffer | null }>('select key from ticket_persons');
  expect(rows.filter(({ key }) => key === null)).toHaveLength(2);
  for (const { key } of rows) expect(String(key?.toString('latin1'))).not.toContain(NUMBER);
  const { raw } = await counter.ask(lead, 'GET', '/v1/threads');
  expect(raw).not.toContain(NUMBER);
});

test('a person parts and joins threads with a reason, and the history stays', async () => {
  now += DAY;
  const [mine, yours] = [
    await open({ citizenNumber: '13987650101', place: '人民路1号' }),
    await open({ citizenNumber: '13987650102', place: '人民路3号' }),
  ];
  const gather = (ticketIds: string[], key = randomUUID() as string) =>
    post(counter.people.reviewer, '/threads', { ticketIds, reason: '同一处漏点' }, key);
  const gathered = await gather([mine, yours]);
  expect(gathered).toMatchObject({ status: 201, body: { tickets: 2 } });
  const { id } = gathered.body;
  const split = (ticketIds: string[]) =>
    post(lead, `/threads/${id}/split`, { ticketIds, reason: '核实为两处' });
  expect((await split([mine, yours])).body.code).toBe('thread.nothingLeft');
  expect((await split([randomUUID()])).body.code).toBe('thread.notMember');
  const apart = await split([yours]);
  expect(apart).toMatchObject({ status: 201, body: { tickets: 1 } });
  expect((await gather([mine, yours])).body.code).toBe('thread.elsewhere');
  const merge = (into: string, from: string) =>
    post(lead, `/threads/${into}/merge`, { from, reason: '再次核实为一处' });
  expect((await merge(id, id)).body.code).toBe('thread.same');
  expect((await merge(id, apart.body.id)).body.tickets).toBe(2);
  expect((await merge(id, apart.body.id)).body.code).toBe('thread.unknown');
  expect((await counter.ask(lead, 'GET', `/v1/threads/${apart.body.id}`)).body).toMatchObject({
    mergedInto: id,
  });
  const { body } = await counter.ask(lead, 'GET', `/v1/tickets/${yours}`);
  expect(
    body.timeline
      .filter(({ type }: { type: string }) => type === 'threadChanged')
      .map(({ reason }: { reason: string }) => reason),
  ).toEqual(['同一处漏点', '核实为两处', '再次核实为一处']);
  expect(
    (await post(counter.people.agent, `/threads/${id}/split`, { ticketIds: [mine], reason: '核实为两处' }))
      .status,
  ).toBe(403);
});

test('C9: who calls about a matter that goes on under another name is known by its thread’s owner', async () => {
  now += DAY;
  const owner = await counter.person(['agent']);
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const father = await open({ citizenNumber: '13987650201', place: '新光村' });
  const son = await open({ citizenNumber: '13987650202', place: '新光村' }, owner);
  await counter.db.query(`update tickets set state = 'closed' where id = $1`, [father]);
  const asked = { number: '13987650201', spellings: ['13987650201'] };
  const known = () => callerBooks(counter.db).known(asked as never);
  expect((await known()).ownerAgentId).toBeNull();
  await post(lead, '/threads', { ticketIds: [father, son], reason: '父子反映同一事项' });
  expect((await known()).ownerAgentId).toBe(owner.id);
});

test('a worker that dies over the alarm of a complex case leaves it for the next one', async () => {
  now += DAY;
  const again = { citizenNumber: '13987650201', place: '解放路7号' };
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    ids.push(await open(again));
    await thread();
    now += 50 * DAY;
  }
  const alarms = { ...counter.services.alarms, raise: () => Promise.reject(new Error('killed')) };
  await expect(reviewThreads({ ...deps(), alarms })()).rejects.toThrow('killed');
  await review();
  const { id, complexReasons } = await threadOf(ids[0] ?? '');
  expect(complexReasons).toEqual(['repeats']);
  const { body } = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(body.alarms.map(({ subject }: { subject: string }) => subject)).toContain(id);
});

test('F-8 across persons: neighbours about one thing are one thread, its hand-overs are counted, its units suggested, its decision quoted', async () => {
  now += 400 * DAY;
  const power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  const place = '掘港街道友谊新村3幢';
  const about = { place, content: '新村门口地下管道渗水，路面塌陷' };
  const first = await open({ ...about, citizenNumber: '13987650301' });
  await thread();
  await handedOn(first, counter.people.unit, 'power');
  now += 10 * DAY;
  const second = await open({ ...about, place: '友谊新村5幢', citizenNumber: '13987650302' });
  // Elsewhere, of another kind, unknown to units, or somebody's secret: no part of it.
  const apart = [
    await open({ ...about, place: '和平新村5幢', citizenNumber: '13987650303' }),
    await open({ ...about, categoryCode: 'uncategorised', citizenNumber: '13987650304' }),
    await open({ ...about, anonymous: true, citizenNumber: '13987650305' }),
    await open({ ...about, confidential: true, citizenNumber: '13987650306' }),
  ];
  await Promise.all([thread(), thread()]);
  const both = await threadOf(first);
  expect(both.members.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual([first, second]);
  expect(both.members[1].joinedReason).toBe('不同来电人，同类、同一地点、用词相近、时间相近');
  for (const id of apart) expect(await threadOf(id)).toBeNull();

  // Handed on from unit to unit over both tickets: the counter is the matter's, and flags it.
  await handedOn(second, counter.people.unit, 'power');
  for (const [move_, details] of [
    ['signFor', {}],
    ['handle', {}],
    ['reportDone', { reply: '已修复' }],
  ] as const) {
    await move(power, first, { move: move_, details });
  }
  // Years later one of them again, and a neighbour who never called before: he comes to it by her.
  now += 3 * 365 * DAY;
  const again = await open({ ...about, citizenNumber: '13987650302', unitCode: undefined });
  await thread();
  now += 5 * DAY;
  const new_ = await open({ ...about, citizenNumber: '13987650309', unitCode: undefined });
  await thread();
  await review();
  expect(await threadOf(new_)).toMatchObject({
    ...{ id: both.id, tickets: 4, transfers: 3 },
    complexReasons: ['transfers', 'repeats'],
  });
  const { body: suggested } = await counter.ask(
    counter.people.dispatcher,
    'GET',
    `/v1/tickets/${new_}/suggestions`,
  );
  const { body: done } = await counter.ask(lead, 'GET', `/v1/tickets/${first}`);
  const ofPower = suggested.suggestions.find((one: { unitCode: string }) => one.unitCode === 'power');
  expect(ofPower.reasons).toContainEqual(expect.objectContaining({ kind: 'thread', ref: done.number }));

  const { version } = (await counter.ask(lead, 'GET', `/v1/tickets/${second}`)).body;
  const { body: decided, status } = await post(counter.people.adjudicator, '/adjudications', {
    ...{ ticketId: second, version, leadUnit: 'water', reason: '管道属自来水公司，由其负责修复' },
    parties: [{ unitCode: 'power', position: '非我司管道' }],
  });
  expect(status, JSON.stringify(decided)).toBe(201);
  const { body: report, raw } = await counter.ask(lead, 'GET', `/v1/tickets/${again}/case-report`);
  expect(report.grounds).toEqual(expect.arrayContaining(['repeated', 'unclearDuty']));
  expect(report.markdown).toContain(`线索 ${both.number}，共转办 3 次。`);
  expect(report.markdown).toContain(decided.number);
  expect(report.markdown).toContain('管道属自来水公司，由其负责修复');
  for (const secret of ['13987650301', '13987650302', '13987650309']) expect(raw).not.toContain(secret);
});

test('I10: a single ticket that three units returned is a complex case by itself, flagged once, and the report is filled from it', async () => {
  const power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(
    `insert into units (code, name, kind) values ('roads', '公路站', 'government') on conflict do nothing`,
  );
  const roads = await counter.person(['unit'], { unitCode: 'roads' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  now += 400 * DAY;
  const alone = { place: '', content: '桥面有一道裂口，无人认领', citizenNumber: '13987650401' };
  const id = await open(alone);
  const other = await open({ ...alone, categoryCode: 'uncategorised', citizenNumber: '13987650402' });
  await thread();
  const alarmsOf = async (subject: string) =>
    (await counter.ask(lead, 'GET', '/v1/alarms?open=true')).body.alarms.filter(
      (one: { subject: string }) => one.subject === subject,
    );
  await handedOn(id, counter.people.unit, 'power');
  await handedOn(id, power, 'roads');
  await handedOn(other, counter.people.unit, 'power');
  await review();
  // Twice is not three times.
  expect(await threadOf(id)).toBeNull();
  // The third says so too; that the adjudicator holds it to it takes nothing away.
  now += 60_000;
  await move(roads, id, {
    move: 'returnTicket',
    details: { evidence: '桥梁不在我站管养名录', suggestedUnitCode: 'water' },
  });
  await Promise.all([review(), review()]);
  const flagged = await threadOf(id);
  expect(flagged).toMatchObject({
    ...{ tickets: 1, complexReasons: ['unclear'], members: [{ ticketId: id }] },
    number: expect.stringMatching(/^CX\d{8}-\d{6}$/),
  });
  expect(flagged.members[0].joinedReason).toBe('单件即为复杂案件：处置责任不明确');
  expect(await alarmsOf(flagged.id)).toMatchObject([{ kind: 'thread.complex', times: 1 }]);
  await review();
  const { body: ticket } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
  const types = ticket.timeline.map(({ type }: { type: string }) => type);
  expect(types.filter((type: string) => type === 'complexCase')).toHaveLength(1);
  await move(counter.people.adjudicator, id, { move: 'refuseReturn' });
  const { body: supervised } = await counter.ask(lead, 'GET', `/v1/supervision?ticketId=${id}`);
  expect(supervised.orders).toMatchObject([{ trigger: 'thirdReturn', unit: { code: 'roads' } }]);
  const { body: report } = await counter.ask(lead, 'GET', `/v1/tickets/${id}/case-report`);
  expect(report).toMatchObject({ grounds: ['unclearDuty'], kind: 'requestForInstruction' });
  expect(report.markdown).toContain(`线索 ${flagged.number}`);
  expect(report.markdown).toContain('退单 3 次');
  // What was returned once is nobody's complex case.
  expect(await threadOf(other)).toBeNull();
});
