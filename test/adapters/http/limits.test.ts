import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { deadlineBooks } from '../../../src/adapters/pg/deadlines.ts';
import { recountDeadlines } from '../../../src/app/deadlines/recount-deadlines.ts';
import { DEMONSTRATION_CATEGORY } from '../../../src/domain/deadlines/compressed-time.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ compressedTime: 'on' });
});
afterAll(() => counter.close());

const DEMONSTRATION = `insert into categories (code, parent_code, name)
  values ('other', null, '其他'), ('other.demonstration', 'other', '演示')`;
const REASON = '县政府第12次常务会议纪要';
const opened = async (more: object = {}): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'HELP',
    categoryCode: 'leak',
    content: '门前水管爆裂，无人处理',
    unitCode: 'water',
    ...more,
  });
  return body.id;
};
/** By somebody who has seen all that there is. */
async function propose(who: Person, body: object) {
  const { body: known } = await counter.ask(who, 'GET', '/v1/limits');
  const standing = known.sets.find(
    ({ state }: { state: string }) => !['rejected', 'withdrawn'].includes(state),
  );
  const seen = { preset: 'jiangsu-3-5', base: standing.number, reason: REASON };
  return await counter.ask(who, 'POST', '/v1/limits', { ...seen, ...body });
}
async function editCalendar(who: Person, body: object) {
  const { body: known } = await counter.ask(who, 'GET', '/v1/calendar?from=2026-11-25&to=2026-11-25');
  return await counter.ask(who, 'POST', '/v1/calendar/edits', { base: known.edition, ...body });
}
const decide = (who: Person, number: number, decision: string) =>
  counter.ask(who, 'POST', `/v1/limits/${number}/decisions`, { decision, reason: REASON });
/** What the list tells a person that he may decide of a set. */
const movesOf = async (who: Person, number: number) => {
  const { body } = await counter.ask(who, 'GET', '/v1/limits');
  return body.sets.find((one: { number: number }) => one.number === number).moves;
};
const sourceOf = async (id: string): Promise<string> => {
  const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
  const whole = body.deadlines.find(
    (mark: { clock: string; kind: string }) => mark.clock === 'citizen' && mark.kind === 'overdue',
  );
  return `${whole.explanation.days.filter((day: { count: number | null }) => day.count !== null).length}: ${whole.explanation.source}`;
};

test('a second person approves what citizens are promised; a ticket keeps the limits under which it was accepted', async () => {
  const { operator, lead } = counter.people;
  const before = await opened();
  const content = { name: '如东：求助4个工作日', limits: { HELP: { unit: 'workingDays', amount: 4 } } };
  const asked = await propose(operator, { content, dryRun: true });
  expect(asked).toMatchObject({
    status: 201,
    body: {
      ...{ number: null, state: 'proposed', citizenChanges: ['limits.HELP'], openTickets: 1 },
      examples: [
        {
          field: 'limits.HELP',
          before: { words: '5个工作日', limit: { unit: 'workingDays', amount: 5 } },
          after: { words: '4个工作日', limit: { unit: 'workingDays', amount: 4 } },
        },
      ],
      // It keeps what it was promised; who decides sees on it whom the change concerns.
      compared: {
        total: 1,
        tickets: [
          {
            ticketId: before,
            unitCode: 'water',
            keeps: { words: '5个工作日' },
            would: { words: '4个工作日' },
          },
        ],
      },
    },
  });
  const [{ keeps, would }] = asked.body.compared.tickets;
  expect(Date.parse(keeps.dueAt)).toBeGreaterThan(Date.parse(would.dueAt));
  const proposed = await propose(operator, { content });
  const { number } = proposed.body;
  // Not in force before somebody else agreed.
  expect(await sourceOf(await opened())).toContain('5: 江苏');
  expect(await decide(operator, number, 'approve')).toMatchObject({
    status: 403,
    body: { code: 'limits.ownWork' },
  });
  // Each is told beforehand what is his to decide.
  const open = (byAnother: boolean) => [
    { move: 'approve', byAnother },
    { move: 'reject', byAnother },
    { move: 'withdraw', byAnother: false },
  ];
  expect(await movesOf(operator, number)).toEqual(open(true));
  expect(await movesOf(lead, number)).toEqual(open(false));
  expect(await movesOf(counter.people.unit, number)).toEqual([]);
  expect(await decide(lead, number, 'approve')).toMatchObject({ status: 200, body: { state: 'approved' } });
  expect(await sourceOf(await opened())).toBe(
    `4: 如东：求助4个工作日（江苏省12345，2022-02-07；时限第 ${number} 版）`,
  );
  expect(await sourceOf(before)).toContain('5: 江苏');
  expect(await decide(lead, number, 'withdraw')).toMatchObject({ body: { code: 'limits.inForce' } });
  expect(await movesOf(lead, number)).toEqual([]);
  const { body } = await counter.ask(counter.people.unit, 'GET', '/v1/limits');
  expect(body.inForce).toBe(number);
  expect(body.sets[0]).toMatchObject({
    number,
    state: 'approved',
    content: { limits: { PRAISE: { amount: 5 } } },
  });
  expect(body.presets.map(({ code }: { code: string }) => code)).toContain('beijing-2h-24h-7d-15d');
});

test('what two agreed to is taken back by two: who asked for it is told that another has to agree', async () => {
  const { operator, lead } = counter.people;
  const content = { name: '明年起', limits: { HELP: { unit: 'workingDays', amount: 6 } } };
  const validFrom = new Date(Date.now() + 86_400_000).toISOString();
  const { number } = (await propose(operator, { content, validFrom })).body;
  await decide(lead, number, 'approve');
  expect(await movesOf(operator, number)).toEqual([{ move: 'withdraw', byAnother: false }]);
  expect((await decide(operator, number, 'withdraw')).body.state).toBe('withdrawing');
  const open = (byAnother: boolean) => [
    { move: 'withdraw', byAnother },
    { move: 'keep', byAnother: false },
  ];
  expect(await movesOf(operator, number)).toEqual(open(true));
  expect(await movesOf(lead, number)).toEqual(open(false));
  expect((await decide(operator, number, 'withdraw')).body.code).toBe('limits.ownWork');
  expect((await decide(lead, number, 'withdraw')).body.state).toBe('withdrawn');
  expect(await movesOf(lead, number)).toEqual([]);
});

test('stages change at once and need nobody else; what cannot be is named; the past is not changed', async () => {
  const { operator } = counter.people;
  const { body: now } = await counter.ask(operator, 'GET', '/v1/limits');
  const inForce = now.sets.find((one: { number: number }) => one.number === now.inForce);
  const sign = { normal: { unit: 'workingMinutes', amount: 60 }, urgent: { unit: 'minutes', amount: 10 } };
  const content = { ...inForce.content, stages: { sign } };
  expect(await propose(operator, { content })).toMatchObject({
    status: 201,
    body: { state: 'approved', citizenChanges: [] },
  });
  const id = await opened({ urgency: 'urgent' });
  const { body: ticket } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
  const mark = ticket.deadlines.findLast(({ kind }: { kind: string }) => kind === 'sign');
  expect(Date.parse(mark.dueAt) - Date.parse(mark.startsAt)).toBe(600_000);
  expect(
    await propose(operator, {
      content: { stages: { sign: { normal: { unit: 'minutes', amount: 0 }, urgent: null } } },
    }),
  ).toMatchObject({
    status: 422,
    body: {
      code: 'limits.faulty',
      data: {
        faults: [
          { field: 'stages.sign.normal', why: 'range' },
          { field: 'stages.sign.urgent', why: 'urgentSlower' },
        ],
      },
    },
  });
  expect(await propose(operator, { validFrom: '2026-01-01T00:00:00+08:00' })).toMatchObject({
    status: 422,
    body: { code: 'limits.startPassed' },
  });
  const strange = { categories: [{ category: 'nowhere', limit: { unit: 'hours', amount: 24 } }] };
  expect(await propose(operator, { content: strange })).toMatchObject({
    status: 422,
    body: { code: 'ticket.categoryUnknown' },
  });
});

test('an edited calendar tells how many open tickets move, and then moves them, each unit by its own', async () => {
  const { operator } = counter.people;
  const [water, other] = [await opened(), await opened({ unitCode: null })];
  const dueOf = async (id: string, clock: string) => {
    const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
    return body.deadlines.find(
      (mark: { clock: string; kind: string }) => mark.clock === clock && mark.kind === 'overdue',
    )?.dueAt as string;
  };
  const [unitBefore, citizenBefore] = [await dueOf(water, 'unit'), await dueOf(water, 'citizen')];
  // The unit closes an hour earlier; the citizen's clock is the centre's.
  const edit = {
    unitCode: 'water',
    periods: [{ fromMinute: 540, toMinute: 1020 }],
    reason: REASON,
  };
  const ask = (body: object) => editCalendar(operator, body);
  const { body: dry } = await ask({ ...edit, dryRun: true });
  expect(dry.edition).toBeNull();
  expect(dry.ticketsMoved).toBeGreaterThan(0);
  expect(dry.ticketsMoved).toBeLessThan(dry.openTickets);
  const recount = recountDeadlines({
    calendar: calendarBooks(counter.db),
    deadlines: deadlineBooks(counter.db),
    now: counter.services.now,
    newId: counter.services.newId,
  });
  expect(await recount()).toBe(0);
  const [told] = dry.moved.filter(({ ticketId }: { ticketId: string }) => ticketId === water);
  expect(told.moves.filter(({ clock }: { clock: string }) => clock === 'unit')).toEqual([
    {
      ...{ clock: 'unit', kind: 'overdue', provisional: false, before: unitBefore },
      after: new Date(Date.parse(unitBefore) - 3_600_000).toISOString(),
    },
  ]);
  expect(dry.moved.map(({ ticketId }: { ticketId: string }) => ticketId)).not.toContain(other);
  const { body: done } = await ask(edit);
  expect(done).toEqual({ ...dry, edition: 2 });
  while ((await recount()) > 0);
  expect(Date.parse(unitBefore) - Date.parse(await dueOf(water, 'unit'))).toBe(3_600_000);
  expect(await dueOf(water, 'citizen')).toBe(citizenBefore);
  const notes = async (id: string) => {
    const { body } = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`);
    return body.timeline.filter(({ type }: { type: string }) => type === 'deadlineRecounted').length;
  };
  expect([await notes(water), await notes(other)]).toEqual([1, 0]);
  const { body: shown } = await counter.ask(
    counter.people.unit,
    'GET',
    '/v1/calendar?from=2026-09-25&to=2026-10-10&unitCode=water',
  );
  expect(shown).toMatchObject({
    ...{ edition: 2, ownCalendars: ['water'], periods: [{ toMinute: 1020 }] },
    own: { days: [], periods: [{ fromMinute: 540, toMinute: 1020 }] },
  });
  const ownOf = async (query: string) =>
    (await counter.ask(operator, 'GET', `/v1/calendar?from=2026-10-01&to=2026-10-01${query}`)).body.own;
  expect(await ownOf('&unitCode=power')).toBeNull();
  expect(await ownOf('')).toEqual({ days: [], periods: null });
  expect(shown.days.at(-1)).toEqual({
    date: '2026-10-10',
    kind: 'makeupWorkday',
    working: true,
    name: '国庆节调休',
  });
  expect(await ask({ reason: REASON, periods: [{ fromMinute: 600, toMinute: 500 }] })).toMatchObject({
    status: 422,
    body: { code: 'calendar.faulty' },
  });
  expect(await ask({ ...edit, unitCode: 'nobody' })).toMatchObject({ body: { code: 'ticket.unitUnknown' } });
});

test('a preset is chosen whole: its categories that the county has not are named, what is urgent ends with the day', async () => {
  const { operator, lead } = counter.people;
  const propose_ = (preset: string, more: object = {}) => propose(operator, { preset, ...more });
  await counter.db.query(
    `insert into categories (code, parent_code, name) values ('utilities', null, '公用事业'),
       ('utilities.water', 'utilities', '供水'), ('utilities.gas', 'utilities', '燃气') on conflict do nothing`,
  );
  const beijing = await propose_('beijing-2h-24h-7d-15d');
  expect(beijing).toMatchObject({
    status: 201,
    body: { unknownCategories: ['utilities.power', 'utilities.heat'] },
  });
  await decide(lead, beijing.body.number, 'approve');
  const water = await opened({ categoryCode: 'utilities.water' });
  const dueOf = async (id: string) => {
    const { body } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
    return { after: Date.parse(body.citizenDueAt) - Date.parse(body.acceptedAt), body };
  };
  expect((await dueOf(water)).after).toBe(24 * 3_600_000);
  // It stands in the books as it is, and not as a name under which the next release may bring something else.
  const { rows } = await counter.db.query<{ content: { categories: unknown[]; limits: object } }>(
    'select content from limit_sets where number = $1',
    [beijing.body.number],
  );
  expect(rows[0]?.content).toMatchObject({
    categories: [{ category: 'utilities.water' }, {}, {}, {}],
    limits: { HELP: { unit: 'calendarDays', amount: 7 } },
  });
  const bureau = await propose_('bureau-same-3-13');
  expect(bureau.body).toMatchObject({ unknownCategories: [] });
  expect(bureau.body.citizenChanges).toEqual(expect.arrayContaining(['urgent', 'categories']));
  await decide(lead, bureau.body.number, 'approve');
  const urgent = await opened({ urgency: 'urgent' });
  const { body: ticket } = await dueOf(urgent);
  const mark = ticket.deadlines.find(
    ({ clock, kind }: Record<string, string>) => clock === 'citizen' && kind === 'overdue',
  );
  expect(mark.explanation.rule).toContain('受理当日计为第1个工作日');
  expect(mark.explanation.days.at(-1)).toMatchObject({ counts: 'counted', count: 1 });
  expect(new Date(Date.parse(mark.dueAt) + 8 * 3_600_000).toISOString()).toContain('T18:00:00');
  // Nothing of a preset is mistyped; what somebody writes himself may be.
  const own = { categories: [{ category: 'utilities.heat', limit: { unit: 'hours', amount: 24 } }] };
  expect(await propose_('jiangsu-3-5', { content: own })).toMatchObject({
    body: { code: 'ticket.categoryUnknown', data: { category: 'utilities.heat' } },
  });
  const back = await propose_('jiangsu-3-5');
  await decide(lead, back.body.number, 'approve');
});

test('why a date: each day of the count, the citizen by the centre and the unit by its own, without a ticket', async () => {
  const why = async (query: string) =>
    (await counter.ask(counter.people.unit, 'GET', `/v1/limits/due?${query}`)).body;
  // Accepted on the Friday before a Saturday that is worked for National Day.
  const at = encodeURIComponent('2026-10-09T16:30:00+08:00');
  const { body } = await editCalendar(counter.people.operator, {
    ...{ unitCode: 'power', periods: [{ fromMinute: 480, toMinute: 960 }], reason: REASON },
  });
  expect(body.edition).toBeGreaterThan(0);
  const due = await why(`type=HELP&at=${at}&unitCode=power`);
  expect(due).toMatchObject({
    ...{ words: '5个工作日', limit: { unit: 'workingDays', amount: 5 } },
    source: expect.stringContaining('江苏'),
  });
  const [citizen, unit] = due.clocks;
  expect(citizen.explanation.days.slice(0, 2)).toMatchObject([
    { date: '2026-10-09', counts: 'startDay' },
    { date: '2026-10-10', kind: 'makeupWorkday', counts: 'counted', count: 1 },
  ]);
  expect(citizen).toMatchObject({ clock: 'citizen', dueAt: '2026-10-15T10:00:00.000Z', provisional: false });
  expect(unit).toMatchObject({ clock: 'unit', dueAt: '2026-10-15T08:00:00.000Z' });
  expect(due.stages).toContainEqual(
    expect.objectContaining({
      ...{ stage: 'accept', limit: { unit: 'minutes', amount: 15 } },
      dueAt: '2026-10-09T08:45:00.000Z',
    }),
  );
  // Of a year that nobody entered nothing is known for certain.
  const later = await why(`type=HELP&at=${encodeURIComponent('2031-05-05T09:00:00+08:00')}`);
  expect(later.clocks[0]).toMatchObject({ provisional: true, explanation: { missingYears: [2031] } });
  expect((await why('type=HELP&at=tomorrow')).code).toBe('request.invalid');
});

test('notice hours begin before they end, and only the desk sets them', async () => {
  const set = (who: Person, toMinute: number) =>
    counter.ask(who, 'PUT', '/v1/calendar/notice-hours', {
      ...{ base: 0, fromMinute: 540, toMinute, workingDaysOnly: true },
    });
  expect(await set(counter.people.operator, 540)).toMatchObject({ body: { code: 'calendar.hoursFaulty' } });
  expect((await set(counter.people.unit, 1080)).status).toBe(403);
  expect((await set(counter.people.operator, 1080)).status).toBe(200);
  const { body } = await counter.ask(
    counter.people.lead,
    'GET',
    '/v1/calendar?from=2026-11-25&to=2026-11-25',
  );
  expect(body.noticeHours).toEqual({ fromMinute: 540, toMinute: 1080, workingDaysOnly: true, revision: 1 });
});

test('when units are urged and supervised is the county’s to say, by one person, and never out of order', async () => {
  const { operator, lead } = counter.people;
  const days = (amount: number) => ({ unit: 'workingDays', amount });
  const urgent = { unit: 'minutes', amount: 30 };
  const content = { urgeAtPercent: 80, superviseAfter: { normal: days(1), urgent } };
  const { body: proposed } = await propose(operator, { content });
  expect(proposed).toMatchObject({ state: 'approved', citizenChanges: [] });
  const { body } = await counter.ask(lead, 'GET', '/v1/limits');
  expect(body.sets[0]).toMatchObject({ number: proposed.number, content });
  expect(body.presets[0].content).toMatchObject({ urgeAtPercent: 100, superviseAfter: { normal: days(2) } });
  expect(await propose(operator, { content: { superviseAfter: { normal: days(5), urgent } } })).toMatchObject(
    {
      status: 422,
      body: {
        code: 'limits.faulty',
        data: { faults: [{ field: 'superviseAfter.normal', why: 'orderless' }] },
      },
    },
  );
  expect(await propose(operator, { content: { urgeAtPercent: 50 } })).toMatchObject({
    status: 400,
    body: { code: 'request.invalid' },
  });
});

test('an order that a rule issues has the time that the ticket’s limits give it', async () => {
  const { operator, lead } = counter.people;
  const before = await opened();
  const { body: proposed } = await propose(operator, { content: { superviseWorkingDays: 1 } });
  await decide(lead, proposed.number, 'approve');
  const after = await opened();
  const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const instruction = {
    level: 'upper',
    leader: '副市长',
    words: '请妥善处理',
    dueAt,
    ticketIds: [before, after],
  };
  expect((await counter.ask(lead, 'POST', '/v1/instructions', instruction)).status).toBe(201);
  const due = async (ticketId: string): Promise<number> => {
    const { body } = await counter.ask(lead, 'GET', `/v1/supervision?ticketId=${ticketId}`);
    expect(body.orders).toMatchObject([{ trigger: 'upperLevel' }]);
    return Date.parse(body.orders[0].dueAt);
  };
  expect((await due(before)) - (await due(after))).toBeGreaterThanOrEqual(2 * 86_400_000);
});

test('compressed time is refused where the instance was not started with it, whoever asks', async () => {
  const plain = await openCounter();
  onTestFinished(() => plain.close());
  const compressed = { category: DEMONSTRATION_CATEGORY, daySeconds: 4, untilMs: Date.now() + 600_000 };
  await plain.db.query(DEMONSTRATION);
  const { body } = await plain.ask(plain.people.operator, 'GET', '/v1/limits');
  const base = body.inForce;
  const asked = (content: object) =>
    plain.ask(plain.people.operator, 'POST', '/v1/limits', {
      ...{ preset: 'jiangsu-3-5', base, reason: REASON, dryRun: true },
      content,
    });
  expect(await asked({ compressed })).toMatchObject({
    status: 409,
    body: { code: 'limits.compressedOff' },
  });
  expect((await asked({ compressed: null })).status).toBe(201);
  // Decided while it was on, and within its hour: what is accepted from now on has its real time all the same.
  await plain.db.query(
    `insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at)
     values ('jiangsu-3-5', $1::jsonb, now() - interval '1 minute', 'approved', 'x', now(), now())`,
    [JSON.stringify({ compressed })],
  );
  const { body: ticket } = await plain.ask(plain.people.agent, 'POST', '/v1/tickets', {
    ...{ type: 'HELP', categoryCode: DEMONSTRATION_CATEGORY, content: '演示', unitCode: 'water' },
  });
  expect(Date.parse(ticket.unitDueAt)).toBeGreaterThan(Date.now() + 86_400_000);
});

test('compressed time: by two persons, for one category and an hour at most; seen on the ticket, and over by itself', async () => {
  const { operator, lead } = counter.people;
  const compressed = { category: DEMONSTRATION_CATEGORY, daySeconds: 4, untilMs: Date.now() + 600_000 };
  const shows = { categoryCode: DEMONSTRATION_CATEGORY };
  const faulty = { compressed: { ...compressed, untilMs: Date.now() + 2 * 3_600_000 } };
  expect(await propose(operator, { content: faulty })).toMatchObject({
    status: 422,
    body: { code: 'limits.faulty', data: { faults: [{ field: 'compressed', why: 'range' }] } },
  });
  expect((await propose(operator, { content: { compressed } })).body.code).toBe('ticket.categoryUnknown');
  await counter.db.query(DEMONSTRATION);
  // Citizens appeal about all others.
  const others = { compressed: { ...compressed, category: 'leak' } };
  expect(await propose(operator, { content: others })).toMatchObject({
    status: 422,
    body: { code: 'limits.faulty', data: { faults: [{ field: 'compressed', why: 'category' }] } },
  });
  const { body: asked } = await propose(operator, { content: { compressed }, dryRun: true });
  expect(asked.examples).toMatchObject([
    { field: 'compressed', before: { daySeconds: null }, after: { daySeconds: 4 } },
  ]);
  expect(Date.parse(asked.examples[0].after.dueAt) - Date.parse(asked.validFrom)).toBe(20_000);
  const { body: proposed } = await propose(operator, { content: { compressed } });
  expect(proposed).toMatchObject({
    state: 'proposed',
    citizenChanges: expect.arrayContaining(['compressed']),
  });
  await decide(lead, proposed.number, 'approve');
  const { body: listed } = await counter.ask(lead, 'GET', '/v1/limits');
  expect(listed.sets[0]).toMatchObject({ number: proposed.number, content: { compressed } });
  expect(listed.presets[0].content.compressed).toBeNull();
  const clockOf = async (id: string) => {
    const { body } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
    const end = body.deadlines.find(
      (mark: { clock: string; level: number }) => mark.clock === 'unit' && mark.level === 100,
    );
    return { ms: Date.parse(end.dueAt) - Date.parse(end.startsAt), ...end.explanation };
  };
  const counts = async () => {
    const { body: open } = await counter.ask(lead, 'GET', '/v1/reports/open-tickets');
    const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const { body: appeals } = await counter.ask(
      lead,
      'GET',
      `/v1/reports/appeals?list=category&from=${from}&to=${to}`,
    );
    return { open: open.total.open, appeals: appeals.appeals };
  };
  const before = await counts();
  const shown = await opened(shows);
  // In no figure.
  expect(await counts()).toEqual(before);
  expect(await clockOf(shown)).toMatchObject({
    ...{ ms: 20_000, daySeconds: 4, days: [] },
    rule: '5 个工作日；压缩时间（演示），一日按 4 秒计',
    ruleEn: '5 working days; compressed time (demonstration), a day counts as 4 seconds',
  });
  const real = await opened({ categoryCode: 'water' });
  expect((await counts()).open).toBe(before.open + 1);
  const other = await clockOf(real);
  expect(other.ms).toBeGreaterThan(86_400_000);
  expect(other).not.toHaveProperty('daySeconds');
  // Over: what is accepted from then on has its real time, and no set that is made from this one brings it back.
  await counter.db.query(
    `update limit_sets set content = jsonb_set(content, '{compressed,untilMs}', to_jsonb($2::bigint)) where number = $1`,
    [proposed.number, Date.now() - 1],
  );
  expect(await clockOf(await opened(shows))).not.toHaveProperty('daySeconds');
  // What was accepted so is counted so, whatever it is called by now; and what is called so by now is not.
  await counter.db.query(
    `update tickets set counted_with = 0, category_code = case when id = $1 then 'water' else $3 end where id = any ($2::uuid[])`,
    [shown, [shown, real], DEMONSTRATION_CATEGORY],
  );
  const recount = recountDeadlines({
    ...{ calendar: calendarBooks(counter.db), deadlines: deadlineBooks(counter.db) },
    ...{ now: counter.services.now, newId: counter.services.newId },
  });
  while ((await recount()) > 0);
  expect(await clockOf(shown)).toMatchObject({ ms: 20_000, daySeconds: 4 });
  expect(await clockOf(real)).not.toHaveProperty('daySeconds');
  const over = { ...compressed, untilMs: Date.now() - 1 };
  const { body: next } = await propose(operator, { content: { compressed: over } });
  const { body: after } = await counter.ask(lead, 'GET', '/v1/limits');
  expect(after.sets[0]).toMatchObject({ number: next.number, content: { compressed: null } });
});
