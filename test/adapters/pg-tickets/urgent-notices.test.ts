import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { dutyBooks } from '../../../src/adapters/pg/duty.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { urgentNoticeBooks } from '../../../src/adapters/pg/urgent-notices.ts';
import { beginUrgentNotices } from '../../../src/app/duty/begin-urgent-notices.ts';
import { workUrgentNotices } from '../../../src/app/duty/work-urgent-notices.ts';
import { CallControlAway, type CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { UrgentNoticeCommand } from '../../../src/app/ports/commands.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import type { DialOutcome } from '../../../src/domain/callbacks/dial-outcome.ts';
import { USUAL_CALLING } from '../../../src/domain/duty/ladder.ts';
import { type Actor, SYSTEM } from '../../../src/domain/tickets/ticket.ts';
import type { TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';
import { visitDeps } from './visited.ts';

// An urgent ticket with a unit: whom it has on call is rung by its list, until a key, the unit's own act, or the centre.

const HOUR = 3_600_000;
const LADDER = [
  { name: '张值班', number: '13800000001' },
  { name: '李值班', number: '13800000002' },
];
let county: County;
// In the night: urgent is urgent.
const begins = Date.parse('2026-09-21T02:00:00+08:00');
let now = begins;
const clock = () => now;
const rung: UrgentNoticeCommand[] = [];
let reply: CommandReply | Error = { ok: true, agent: null };
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

beforeAll(async () => {
  county = await freshCounty();
  const duty = dutyBooks(county.db);
  const by = county.lead.accountId ?? '';
  await duty.add({ code: 'lamps', name: '路灯值班', unitCode: 'lighting', rule: USUAL_CALLING }, by);
  const shift = { id: randomUUID(), fromMs: begins - HOUR, toMs: begins + 100 * HOUR, ladder: LADDER };
  await county.db.transact((tx) => duty.addShift('lamps', shift, by, tx));
});
beforeEach(async () => {
  await county.db.query(`update urgent_notices set state = 'overtaken'`);
  await county.db.query(`update urgent_calls set state = 'unreached', noted = true`);
  await county.db.query('delete from alarms');
  now += HOUR;
  rung.length = 0;
  reply = { ok: true, agent: null };
});
afterAll(() => county.close());

const books = () => ({
  ...visitDeps(county, clock),
  urgentNotices: urgentNoticeBooks(county.db),
  duty: dutyBooks(county.db),
  alarms: alarmBooks(county.db),
  commands: {
    send(command: unknown) {
      rung.push(command as UrgentNoticeCommand);
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    },
  },
  log: quiet,
});
/** One round of a worker. */
async function round(): Promise<number> {
  await beginUrgentNotices(books())(20);
  return workUrgentNotices(books())(20);
}
async function dispatched(over: Parameters<typeof appeal>[0] = {}): Promise<{ id: string; number: string }> {
  const asked = { appeal: appeal({ urgency: 'urgent', ...over }), callId: null, actor: county.agent };
  return openTicket(visitDeps(county, clock))(asked);
}
const move = (id: string, what: TicketMove, actor: Actor, details: object = {}) =>
  moveTicket(visitDeps(county, clock))({
    ...{ id, move: what, version: null, reason: '办理', details, actor },
  });
/** What call control tells of the last call. */
async function told(how: 'received' | 'notReached' | 'machine', dial: DialOutcome | null = null, at = -1) {
  const fact = { type: 'surveyEnded', how, dial, given: {} } as const satisfies Partial<CallFact>;
  const callId = rung.at(at)?.callId ?? expect.fail('nobody was rung');
  const writer = factWriter(county.db, (refused) => expect.fail(JSON.stringify(refused)));
  await writer.writeFacts([{ id: randomUUID(), atMs: now, callId, seq: 9, ...fact }]);
}
const notes = async (id: string) =>
  ((await ticketBooks(county.db).detail(id, sightOf(county.lead)))?.timeline ?? []).flatMap((line) =>
    line.type.startsWith('urgent') ? [line.reason] : [],
  );
const stateOf = async (id: string) =>
  (
    await county.db.query<{ state: string }>(
      'select state from urgent_notices where ticket_id = $1 order by dispatch_seq',
      [id],
    )
  ).rows.map(({ state }) => state);
const openAlarms = () => alarmBooks(county.db).list(true, 10);

test('the first of the list is rung, in the night, once by however many workers; his key is on the time line, and is no sign-for', async () => {
  const { id, number } = await dispatched({ citizenNumber: '13912345678' });
  await dispatched({ urgency: 'normal' });
  await Promise.all([round(), round(), round()]);
  await round();
  // Whoever asks while another has not heard yet that it is made, asks for the same call.
  expect(new Set(rung.map(({ callId }) => callId)).size).toBe(1);
  expect(rung[0]).toMatchObject({ kind: 'urgentNotice', number: '13800000001', ticketId: id, about: number });
  expect(JSON.stringify(rung)).not.toMatch(/王小明|13912345678/);
  await told('received');
  await Promise.all([round(), round()]);
  expect(await notes(id)).toEqual(['急件电话通知：张值班，已按1确认收到']);
  expect(await stateOf(id)).toEqual(['received']);
  expect((await ticketBooks(county.db).detail(id, sightOf(county.lead)))?.state).toBe('dispatched');
  now += HOUR;
  expect(await round()).toBe(0);
  expect(await openAlarms()).toEqual([]);
});

test('busy, a voicemail, nobody: up the ladder and round again; then the centre is told, until the unit acts', async () => {
  const { id, number } = await dispatched();
  for (const [how, dial] of [
    ['notReached', 'busy'],
    ['machine', null],
    ['notReached', 'noAnswer'],
    ['notReached', 'unreachable'],
  ] as const) {
    now += USUAL_CALLING.retryAfterMs;
    expect(await round()).toBe(1);
    expect(await round()).toBe(0);
    now += 5_000;
    await told(how, dial);
  }
  await round();
  expect(rung.map((one) => one.number)).toEqual([...LADDER, ...LADDER].map((one) => one.number));
  expect(await notes(id)).toEqual([
    '急件电话通知：张值班，占线',
    '急件电话通知：李值班，接通后无按键（可能为语音信箱）',
    '急件电话通知：张值班，无人接听',
    '急件电话通知：李值班，关机或无法接通',
    expect.stringContaining('路灯管理所值班人员均未确认，已呼叫4次'),
  ]);
  expect(await openAlarms()).toMatchObject([
    {
      ...{ kind: 'ticket.urgentUnanswered', subject: id, times: 1 },
      detail: `急件 ${number} 无人确认收到：路灯管理所值班人员均未确认，已呼叫4次，请立即人工联系`,
      detailEn: `Urgent ${number}, nobody has confirmed: 路灯管理所, nobody on call confirmed, calls made: 4; call the unit`,
    },
  ]);
  await round();
  expect(await openAlarms()).toMatchObject([{ times: 1 }]);
  await move(id, 'signFor', county.unit);
  await round();
  expect(await openAlarms()).toEqual([]);
  expect(await stateOf(id)).toEqual(['overtaken']);
  expect(rung).toHaveLength(4);
});

test('what the unit does stops it; a sign-for by the clock does not, for nobody there has seen it', async () => {
  const { id } = await dispatched();
  await round();
  await move(id, 'signFor', SYSTEM);
  await told('notReached', 'noAnswer');
  expect(await round()).toBe(1);
  expect(rung.at(-1)?.number).toBe('13800000002');
  await move(id, 'handle', county.unit);
  await told('notReached', 'busy');
  now += HOUR;
  expect(await round()).toBe(0);
  expect(await stateOf(id)).toEqual(['overtaken']);
  expect(await notes(id)).toHaveLength(2);
});

test('with another unit it begins anew there; a unit without a list is the centre’s matter at once', async () => {
  const { id } = await dispatched();
  await round();
  await move(id, 'handOver', county.lead, { unitCode: 'water' });
  expect(await round()).toBe(0);
  expect(await stateOf(id)).toEqual(['overtaken', 'noDuty']);
  expect(rung).toHaveLength(1);
  expect(await openAlarms()).toMatchObject([
    { subject: id, detail: expect.stringContaining('自来水公司未设值班表') },
  ]);
  expect(await notes(id)).toEqual([expect.stringContaining('自来水公司未设值班表')]);
});

test('a gap in the list is told at once too', async () => {
  now += 200 * HOUR;
  const { id } = await dispatched();
  expect(await round()).toBe(0);
  expect(await openAlarms()).toMatchObject([
    { subject: id, detail: expect.stringContaining('当前无人值班') },
  ]);
  now -= 200 * HOUR;
});

test('call control is away, or the worker dies before it has asked: the same call is asked for again, never a second', async () => {
  const { id } = await dispatched();
  reply = new CallControlAway();
  await round();
  await round();
  reply = { ok: true, agent: null };
  await round();
  expect(await round()).toBe(0);
  expect(new Set(rung.map(({ callId }) => callId)).size).toBe(1);
  expect(rung).toHaveLength(3);
  // Nobody tells how it went: after its lease the next is called, and a key that is told then counts all the same.
  now += 4 * 60_000;
  await round();
  expect(rung.at(-1)?.number).toBe('13800000002');
  expect(await notes(id)).toEqual(['急件电话通知：张值班，结果不明，按未确认处理']);
  await told('received', null, 0);
  await round();
  expect(await stateOf(id)).toEqual(['received']);
  expect((await notes(id)).at(-1)).toBe('急件电话通知：张值班，已按1确认收到');
});

test('a call that the rules refuse counts as one that reached nobody, and says why', async () => {
  const { id } = await dispatched();
  reply = { ok: false, code: 'outbound.citizenOnLine', detail: '' };
  await round();
  reply = { ok: true, agent: null };
  await round();
  expect(rung.map(({ number }) => number)).toEqual(['13800000001', '13800000002']);
  expect(await notes(id)).toEqual(['急件电话通知：张值班，未能拨出']);
});

/** Urgent tickets of one incident, all with the unit. */
async function handedOver(count: number): Promise<{ id: string; number: string }[]> {
  const tickets: { id: string; number: string }[] = [];
  for (let nth = 0; nth < count; nth += 1) tickets.push(await dispatched());
  const incident = randomUUID();
  await county.db.query(
    `insert into incidents (id, number, title, category_code, state, unit_code, opened_at)
     select $1::uuid, $1::text, '路灯不亮', t.category_code, 'open', 'lighting', $3 from tickets t where t.id = $2::uuid`,
    [incident, tickets[0]?.id, new Date(now)],
  );
  for (const { id } of tickets) {
    await county.db.query(
      `insert into incident_members (id, incident_id, ticket_id, joined_at) values ($1, $2, $3, $4)`,
      [randomUUID(), incident, id, new Date(now)],
    );
  }
  return tickets;
}

test('of the tickets of one incident one is rung for: his key counts for all, and is on every time line', async () => {
  const tickets = await handedOver(4);
  const other = await dispatched();
  await round();
  await round();
  const asked = new Set(rung.map(({ ticketId }) => ticketId));
  expect(asked.size).toBe(2);
  expect(asked).toContain(other.id);
  await told(
    'received',
    null,
    rung.findIndex(({ ticketId }) => ticketId !== other.id),
  );
  await round();
  await round();
  for (const { id } of tickets) {
    expect(await stateOf(id)).toEqual(['received']);
    expect(await notes(id)).toEqual([expect.stringContaining('已按1确认收到')]);
  }
  expect(await openAlarms()).toEqual([]);
  expect(await stateOf(other.id)).toEqual(['calling']);
});

test('two workers at once, whose clocks differ: for one incident one telephone rings', async () => {
  await handedOver(2);
  const first = books();
  const second = { ...books(), now: () => now - 60_000 };
  await beginUrgentNotices(first)(1);
  // While the first worker makes up its mind the other ticket's notice is opened and worked, dated earlier.
  const between = {
    ...first.urgentNotices,
    hold: async (...asked: Parameters<typeof first.urgentNotices.hold>) => {
      const held = await first.urgentNotices.hold(...asked);
      expect(await beginUrgentNotices(second)(20)).toBe(1);
      expect(await workUrgentNotices(second)(20)).toBe(0);
      return held;
    },
  };
  expect(await workUrgentNotices({ ...first, urgentNotices: between })(20)).toBe(1);
  await round();
  await workUrgentNotices(second)(20);
  expect(rung).toHaveLength(1);
});

test('those that wait for the one that is rung for do not stand before other tickets; what the unit does ends them', async () => {
  const tickets = await handedOver(3);
  await round();
  now += 1000;
  const other = await dispatched();
  await beginUrgentNotices(books())(20);
  // Room for two: who is rung for, and who has not been looked at.
  await workUrgentNotices(books())(2);
  expect(new Set(rung.map(({ ticketId }) => ticketId))).toContain(other.id);
  const waiting = tickets.find(({ id }) => rung.every(({ ticketId }) => ticketId !== id));
  await move(waiting?.id ?? '', 'signFor', county.unit);
  await round();
  expect(await stateOf(waiting?.id ?? '')).toEqual(['overtaken']);
});

test('nobody confirms: the centre is told once of the incident, and each ticket says so', async () => {
  const tickets = await handedOver(3);
  for (let nth = 0; nth < 4; nth += 1) {
    now += USUAL_CALLING.retryAfterMs;
    await round();
    now += 5_000;
    await told('notReached', 'noAnswer');
  }
  await round();
  await round();
  expect(rung).toHaveLength(4);
  expect(await openAlarms()).toHaveLength(1);
  for (const { id } of tickets) {
    expect(await stateOf(id)).toEqual(['unanswered']);
    expect((await notes(id)).at(-1)).toContain('均未确认');
  }
});

/** Nobody answers, up the ladder and round again, until the centre is told. */
async function inVain(): Promise<void> {
  for (let nth = 0; nth < 4; nth += 1) {
    now += USUAL_CALLING.retryAfterMs;
    await round();
    now += 5_000;
    await told('notReached', 'noAnswer');
  }
  await round();
  await round();
}

test('the alarm of an incident says how many are left, and goes with the last that is acted on', async () => {
  const tickets = await handedOver(3);
  await inVain();
  const leads = rung[0]?.ticketId ?? '';
  expect(await openAlarms()).toMatchObject([{ subject: leads, detail: expect.stringContaining('等 3 件') }]);
  // The one that was rung for is acted on first.
  await move(leads, 'signFor', county.unit);
  await round();
  const [second, third] = tickets.filter(({ id }) => id !== leads);
  const [alarm] = await openAlarms();
  expect(alarm).toMatchObject({ times: 1, detail: expect.stringContaining('等 2 件') });
  expect(alarm?.detailEn).toContain('and others, 2 in all');
  expect([second?.id, third?.id]).toContain(alarm?.subject);
  await move(second?.id ?? '', 'signFor', county.unit);
  await round();
  expect(await openAlarms()).toMatchObject([
    { id: alarm?.id, subject: third?.id, detail: expect.stringContaining(`急件 ${third?.number}仍无人确认`) },
  ]);
  expect((await openAlarms())[0]?.detailEn).toContain(`Urgent ${third?.number}, not confirmed yet`);
  await move(third?.id ?? '', 'signFor', county.unit);
  await round();
  expect(await openAlarms()).toEqual([]);
});

test('an alarm that a person has closed stays closed, however many are left', async () => {
  const tickets = await handedOver(3);
  await inVain();
  const [alarm] = await openAlarms();
  await alarmBooks(county.db).close(alarm?.id ?? '', county.lead.accountId ?? '', now, '已逐件电话联系');
  await move(tickets[1]?.id ?? '', 'signFor', county.unit);
  await round();
  expect(await openAlarms()).toEqual([]);
});

test('a key that is told late counts for all that were told with the one', async () => {
  const tickets = await handedOver(3);
  // Of none of the calls it is told how it went.
  for (let nth = 0; nth < 6; nth += 1) {
    await round();
    now += 4 * 60_000;
  }
  expect(await openAlarms()).toMatchObject([{ detail: expect.stringContaining('等 3 件') }]);
  await told('received', null, 0);
  await round();
  await round();
  for (const { id } of tickets) {
    expect(await stateOf(id)).toEqual(['received']);
    expect((await notes(id)).at(-1)).toContain('已按1确认收到');
  }
  expect(await openAlarms()).toEqual([]);
});

test('a unit without a list: one alarm for what it has of an incident', async () => {
  const tickets = await handedOver(3);
  for (const { id } of tickets) await move(id, 'handOver', county.lead, { unitCode: 'water' });
  const other = await dispatched({ unitCode: 'water' });
  await round();
  await round();
  const alarms = await openAlarms();
  expect(alarms).toHaveLength(2);
  expect(alarms.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('等 3 件'));
  expect(alarms.map(({ subject }) => subject)).toContain(other.id);
  for (const { id } of tickets) {
    expect(await notes(id)).toContainEqual(expect.stringContaining('自来水公司未设值班表'));
  }
});

test('who joins while others are rung for in vain is rung for himself: they were asked before he was given', async () => {
  const [first] = await handedOver(1);
  const begun = rung.length;
  for (let nth = 0; nth < 3; nth += 1) {
    now += USUAL_CALLING.retryAfterMs;
    await round();
    now += 5_000;
    await told('notReached', 'noAnswer');
  }
  const late = await dispatched();
  await county.db.query(
    `insert into incident_members (id, incident_id, ticket_id, joined_at)
     select $1, incident_id, $2, $4 from incident_members where ticket_id = $3`,
    [randomUUID(), late.id, first?.id, new Date(now)],
  );
  now += USUAL_CALLING.retryAfterMs;
  await round();
  expect(rung.slice(begun).map(({ ticketId }) => ticketId)).not.toContain(late.id);
  now += 5_000;
  await told('notReached', 'noAnswer');
  await round();
  await round();
  expect(await stateOf(first?.id ?? '')).toEqual(['unanswered']);
  expect(rung.at(-1)?.ticketId).toBe(late.id);
  expect(await stateOf(late.id)).toEqual(['calling']);
});

/** It joins the incident that the other is in. */
const joins = (ticketId: string, other: string | undefined) =>
  county.db.query(
    `insert into incident_members (id, incident_id, ticket_id, joined_at)
     select $1, incident_id, $2, $4 from incident_members where ticket_id = $3`,
    [randomUUID(), ticketId, other, new Date(now)],
  );
const closeAlarm = async () => {
  const [alarm] = await openAlarms();
  await alarmBooks(county.db).close(alarm?.id ?? '', county.lead.accountId ?? '', now, '已电话联系');
};

test('who joins when the alarm of the others is closed is told anew, and who joins then stands under that', async () => {
  const [first] = await handedOver(1);
  await move(first?.id ?? '', 'handOver', county.lead, { unitCode: 'water' });
  await round();
  await closeAlarm();
  now += HOUR;
  const late = await dispatched({ unitCode: 'water' });
  await joins(late.id, first?.id);
  await round();
  const [alarm] = await openAlarms();
  expect(alarm).toMatchObject({ subject: late.id, detail: expect.stringContaining(late.number) });
  const later = await dispatched({ unitCode: 'water' });
  await joins(later.id, first?.id);
  await round();
  expect(await openAlarms()).toMatchObject([
    { id: alarm?.id, times: 1, detail: expect.stringContaining('等 2 件') },
  ]);
});

test('the alarm that is closed while another ticket is put under it does not swallow that', async () => {
  const [first, late] = await handedOver(2);
  await move(first?.id ?? '', 'handOver', county.lead, { unitCode: 'water' });
  await beginUrgentNotices(books())(20);
  await move(late?.id ?? '', 'handOver', county.lead, { unitCode: 'water' });
  const { urgentNotices } = books();
  const aloneWith: typeof urgentNotices.aloneWith = async (...asked) => {
    const under = await urgentNotices.aloneWith(...asked);
    await closeAlarm();
    return under;
  };
  await beginUrgentNotices({ ...books(), urgentNotices: { ...urgentNotices, aloneWith } })(20);
  expect(await openAlarms()).toMatchObject([
    { subject: late?.id, detail: expect.stringContaining(late?.number ?? 'none') },
  ]);
});

test('the alarm is closed before the rest of those that were rung for in vain are told: they are one alarm more', async () => {
  await handedOver(3);
  for (let nth = 0; nth < 4; nth += 1) {
    now += USUAL_CALLING.retryAfterMs;
    await round();
    now += 5_000;
    await told('notReached', 'noAnswer');
  }
  await workUrgentNotices(books())(1);
  await closeAlarm();
  expect(await openAlarms()).toEqual([]);
  await round();
  await round();
  expect(await openAlarms()).toMatchObject([{ detail: expect.stringContaining('等 2 件') }]);
});

test('two workers at once, for two tickets of an incident whose unit has no list: one alarm', async () => {
  const tickets = await handedOver(2);
  for (const { id } of tickets) await move(id, 'handOver', county.lead, { unitCode: 'water' });
  const { urgentNotices: whole } = books();
  const [one] = await whole.dispatches(1);
  const rest: typeof whole.dispatches = async (limit) =>
    (await whole.dispatches(limit)).filter(({ ticketId }) => ticketId !== one?.ticketId);
  let other: Promise<number> | null = null;
  let isOver = false;
  const aloneWith: typeof whole.aloneWith = async (...asked) => {
    const under = await whole.aloneWith(...asked);
    other = beginUrgentNotices({ ...books(), urgentNotices: { ...whole, dispatches: rest } })(20);
    void other.then(() => {
      isOver = true;
    });
    // It has gone by, or waits for this one.
    const waits = `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => isOver || (await county.db.query(waits)).rowCount !== 0).toBe(true);
    return under;
  };
  await beginUrgentNotices({ ...books(), urgentNotices: { ...whole, aloneWith } })(1);
  expect(await other).toBe(1);
  expect(await openAlarms()).toMatchObject([{ times: 1, detail: expect.stringContaining('等 2 件') }]);
});

test('who left the incident before a key is told late is not its matter, and is due no more', async () => {
  const tickets = await handedOver(2);
  for (let nth = 0; nth < 6; nth += 1) {
    await round();
    now += 4 * 60_000;
  }
  const leads = rung[0]?.ticketId;
  const gone = tickets.find(({ id }) => id !== leads)?.id ?? '';
  await county.db.query('update incident_members set left_at = $2, left_reason = $3 where ticket_id = $1', [
    gone,
    new Date(now),
    '另有原因',
  ]);
  await told('received', null, 0);
  await round();
  await round();
  expect(await stateOf(gone)).toEqual(['unanswered']);
  expect(await openAlarms()).toMatchObject([{ subject: gone }]);
  expect(await urgentNoticeBooks(county.db).due(10, now)).toEqual([]);
});
