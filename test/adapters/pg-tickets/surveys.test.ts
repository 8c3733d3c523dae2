import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { outboundRulesBooks } from '../../../src/adapters/pg/outbound-rules.ts';
import { surveyRulesBooks } from '../../../src/adapters/pg/survey-rules.ts';
import { surveyBooks } from '../../../src/adapters/pg/surveys.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import { CallControlAway, type CommandReply } from '../../../src/app/ports/command-reply.ts';
import type { SurveyCommand } from '../../../src/app/ports/commands.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import { placeSurveys } from '../../../src/app/visits/place-surveys.ts';
import { recordSurveys } from '../../../src/app/visits/record-surveys.ts';
import { recordVisit } from '../../../src/app/visits/record-visit.ts';
import {
  DEFAULT_SURVEY_RULES,
  type SurveyRules,
  storedSurveyRules,
} from '../../../src/domain/callbacks/survey/rules.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { type County, freshCounty } from './county.ts';
import { reported, toVisit, visitDeps } from './visited.ts';

// The machine's work list: who is rung when, by which lease, and what his answers come to in the books.

let county: County;
let now: number;
const clock = () => now;
const rung: SurveyCommand[] = [];
let reply: CommandReply | Error = { ok: true, agent: null };
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

beforeAll(async () => {
  county = await freshCounty();
});
beforeEach(async () => {
  await county.db.query(`update tickets set state = 'archived' where state = 'returnVisit'`);
  await county.db.query('delete from contact_claims');
  await county.db.query('delete from survey_rules');
  await county.db.query(`update visit_surveys set state = 'lost' where state = 'calling'`);
  now = Date.parse('2026-09-21T09:00:00+08:00');
  rung.length = 0;
  reply = { ok: true, agent: null };
});
afterAll(() => county.close());

const toCall = async (limit: number) =>
  (await visitBooks(county.db).toVisit(sightOf(county.lead), {}, { limit })).rows;

const books = () => ({
  ...visitDeps(county, clock),
  surveys: surveyBooks(county.db),
  surveyRules: surveyRulesBooks(county.db),
  outboundRules: outboundRulesBooks(county.db),
  commands: {
    send(command: unknown) {
      rung.push(command as SurveyCommand);
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    },
  },
  log: quiet,
});
const place = () => placeSurveys(books())();
const record = () => recordSurveys(books())(20);
async function switchedOn(atOnce = 5, more: Partial<SurveyRules> = {}): Promise<void> {
  const rules = { ...DEFAULT_SURVEY_RULES, on: { returnVisit: true }, atOnce, ...more };
  const by = county.lead.accountId ?? '';
  await county.db.transact((tx) =>
    surveyRulesBooks(county.db).replace(rules, { revision: 0, by, atMs: now }, tx),
  );
}
/** What call control tells of it. */
async function told(id: string, fact: Extract<CallFact, { type: 'surveyEnded' }>): Promise<void> {
  const writer = factWriter(county.db, (refused) => expect.fail(JSON.stringify(refused)));
  await writer.writeFacts([{ id: randomUUID(), atMs: now, callId: id, seq: 9, ...fact }]);
}
const ended = (how: 'completed' | 'brokenOff' | 'person' | 'machine' | 'refused' | 'lost', given = {}) =>
  ({ type: 'surveyEnded', how, dial: null, given }) as const;
const ALL = { resolved: true, result: 5, process: 4 } as const;
const detail = async (id: string) =>
  (await ticketBooks(county.db).detail(id, sightOf(county.lead))) ?? expect.fail('gone');
const surveys = async (ticketId: string) =>
  (await surveyBooks(county.db).list({ ticketId }, { limit: 50 })).rows;
const mobile = (n: number) => `1390000${1000 + n}`;

test('off by default; switched on, each citizen is rung once, under a lease', async () => {
  const { id, number } = await toVisit(county, clock, { citizenNumber: mobile(1) });
  expect(await place()).toBe(0);
  await switchedOn();
  expect(await place()).toBe(1);
  expect(rung).toMatchObject([
    { kind: 'survey', number: mobile(1), ticketId: id, about: number, matters: [{ given: {}, words: [] }] },
  ]);
  expect(await place()).toBe(0);
  expect(await surveys(id)).toMatchObject([{ state: 'calling' }]);
});

test('two workers at once ring him once', async () => {
  await switchedOn();
  await toVisit(county, clock, { citizenNumber: mobile(2) });
  const placed = await Promise.all([place(), place(), place()]);
  expect(placed.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(rung).toHaveLength(1);
});

test('his three answers go the way of a clerk’s: closed, by the machine, with the call', async () => {
  await switchedOn();
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(3) });
  await place();
  const callId = rung[0]?.callId ?? '';
  await told(callId, ended('completed', ALL));
  expect(await record()).toBe(1);
  expect(await record()).toBe(0);
  const ticket = await detail(id);
  expect(ticket.state).toBe('closed');
  expect(ticket.timeline.at(-1)).toMatchObject({
    type: 'close',
    actor: null,
    reason: '自动回访：已解决，结果非常满意，过程满意',
  });
  const { rows } = await county.db.query(
    'select by, call_id, resolved from visit_attempts where ticket_id = $1',
    [id],
  );
  expect(rows).toEqual([{ by: null, call_id: callId, resolved: true }]);
  expect(await surveys(id)).toMatchObject([{ state: 'recorded', how: 'completed', given: ALL }]);
});

test('not solved, twice: reworked, and the second time a rule supervises, as after a clerk', async () => {
  await switchedOn();
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(4) });
  for (const n of [0, 1]) {
    await place();
    await told(rung[n]?.callId ?? '', ended('completed', { resolved: false, result: 1, process: 3 }));
    await record();
    expect((await detail(id)).state).toBe('handling');
    now += 60_000;
    if (n === 0) await reported(county, clock, id, 'handling');
  }
  expect((await detail(id)).timeline.map(({ type }) => type)).toContain('supervisionIssued');
});

test('broken off: what he said is kept, shown to the clerk, and gone on with in another part of the day', async () => {
  await switchedOn();
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(5) });
  await place();
  await told(rung[0]?.callId ?? '', ended('brokenOff', { resolved: false }));
  await record();
  expect((await detail(id)).state).toBe('returnVisit');
  expect(await place()).toBe(0);
  const [citizen] = await toCall(10);
  expect(citizen?.tickets[0]?.attempts).toMatchObject([
    { outcome: 'brokenOff', machine: true, given: { resolved: false } },
  ]);
  now += 5 * 3_600_000;
  expect(await place()).toBe(1);
  expect(rung[1]?.matters).toEqual([{ given: { resolved: false }, words: [] }]);
  // Now he does not want to: that is his word, whatever he said before.
  await told(rung[1]?.callId ?? '', ended('refused', { resolved: false }));
  await record();
  expect(await surveys(id)).toMatchObject([{ state: 'recorded', how: 'refused' }, { state: 'recorded' }]);
  expect((await detail(id)).state).toBe('closed');
});

test('asked for a person: first on the clerks’ list, and the machine does not ring again', async () => {
  await switchedOn();
  await toVisit(county, clock, { citizenNumber: mobile(6), type: 'REPORT', urgency: 'normal' });
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(7), type: 'ENQUIRY' });
  await place();
  const his = rung.find(({ ticketId }) => ticketId === id);
  await told(his?.callId ?? '', ended('person', { resolved: true }));
  await record();
  const [first] = await toCall(10);
  expect(first?.tickets.map((one) => one.id)).toEqual([id]);
  now += 30 * 3_600_000;
  rung.length = 0;
  await place();
  expect(rung.map(({ ticketId }) => ticketId)).not.toContain(id);
});

test('three tries on two days in two parts of the day, none at night; then it is a person’s', async () => {
  await switchedOn();
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(8) });
  const tries: string[] = [];
  // From 09:00 on, every hour of three days.
  for (let hour = 0; hour < 72; hour += 1) {
    if ((await place()) === 1) {
      tries.push(new Date(now + 8 * 3_600_000).toISOString().slice(0, 13));
      await told(rung.at(-1)?.callId ?? '', { ...ended('lost'), how: 'notReached', dial: 'noAnswer' });
      await record();
    }
    now += 3_600_000;
  }
  expect(tries).toEqual(['2026-09-21T09', '2026-09-21T12', '2026-09-22T07']);
  expect((await detail(id)).state).toBe('returnVisit');
  expect((await surveys(id)).map(({ state }) => state)).toEqual(['recorded', 'recorded', 'recorded']);
});

test('left to people: urgent, confidential, without a number, and who has two matters', async () => {
  await switchedOn();
  await toVisit(county, clock, { citizenNumber: mobile(9), urgency: 'urgent' });
  await toVisit(county, clock, { citizenNumber: mobile(10), confidential: true });
  await toVisit(county, clock, { citizenNumber: '' });
  await toVisit(county, clock, { citizenNumber: mobile(11) });
  await toVisit(county, clock, { citizenNumber: `+86 ${mobile(11)}` });
  expect(await place()).toBe(0);
  const list = await toCall(10);
  expect(list.filter(({ tickets }) => tickets.length === 2)).toHaveLength(1);
});

test('the rules give them to the machine: an urgent one, and who has several; a confidential one stays a person’s', async () => {
  expect(storedSurveyRules({ atOnce: 9 })).toMatchObject({ severalMatters: 'clerk', urgentMatters: 'clerk' });
  await switchedOn(9, { severalMatters: 'machine', urgentMatters: 'machine' });
  const urgent = await toVisit(county, clock, { citizenNumber: mobile(40), urgency: 'urgent' });
  for (const more of [{}, { confidential: true }]) {
    await toVisit(county, clock, { citizenNumber: mobile(41), ...more });
  }
  for (let n = 0; n < 5; n += 1) await toVisit(county, clock, { citizenNumber: mobile(42) });
  const first = await toVisit(county, clock, { citizenNumber: mobile(43) });
  now += 60_000;
  const second = await toVisit(county, clock, { citizenNumber: `+86 ${mobile(43)}`, type: 'HELP' });
  const placed = await Promise.all([place(), place()]);
  expect(placed.reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(new Set(rung.map(({ ticketId }) => ticketId))).toEqual(new Set([urgent.id, first.id]));
  const his = rung.find(({ ticketId }) => ticketId === first.id);
  expect(his).toMatchObject({ about: `${first.number} 等2件`, matters: [{ given: {} }, { given: {} }] });
  expect(his?.matters[1]?.words.slice(0, 2)).toEqual(['survey-matter-2', 'survey-type-help']);
  expect(await place()).toBe(0);

  // He answered about the first, not solved, and hung up over the second.
  const answers = { resolved: false, result: 1, process: 3 } as const;
  await told(his?.callId ?? '', {
    ...ended('brokenOff', answers),
    ...{ further: [{ resolved: true }], through: 1 },
  });
  expect(await record()).toBe(2);
  expect((await detail(first.id)).state).toBe('handling');
  expect((await detail(second.id)).state).toBe('returnVisit');
  expect(await surveys(first.id)).toMatchObject([{ id: his?.callId, how: 'completed', given: answers }]);
  expect(await surveys(second.id)).toMatchObject([
    { id: his?.callId, how: 'brokenOff', given: { resolved: true } },
  ]);
  // The rest in another part of the day, by itself: it is his only one now.
  expect(await place()).toBe(0);
  now += 5 * 3_600_000;
  rung.length = 0;
  await place();
  expect(rung.find(({ ticketId }) => ticketId === second.id)?.matters).toEqual([
    { given: { resolved: true }, words: [] },
  ]);
});

test('of several matters one went on meanwhile: the others are written down all the same; a lost lease frees all', async () => {
  await switchedOn(9, { severalMatters: 'machine' });
  const first = await toVisit(county, clock, { citizenNumber: mobile(45) });
  const second = await toVisit(county, clock, { citizenNumber: mobile(45) });
  expect(await place()).toBe(1);
  await recordVisit(visitDeps(county, clock))({
    outcome: 'answered',
    callAgainAt: null,
    actor: county.lead,
    tickets: [{ id: first.id, version: first.version, answers: { ...ALL, words: '' } }],
  });
  await told(rung[0]?.callId ?? '', { ...ended('completed', ALL), further: [ALL], through: 1 });
  expect(await record()).toBe(2);
  expect(await surveys(first.id)).toMatchObject([{ state: 'superseded' }]);
  expect(await surveys(second.id)).toMatchObject([{ state: 'recorded', how: 'completed' }]);
  expect((await detail(second.id)).state).toBe('closed');

  await toVisit(county, clock, { citizenNumber: mobile(46) });
  await toVisit(county, clock, { citizenNumber: mobile(46) });
  reply = new CallControlAway('away');
  await place();
  now += 11 * 60_000;
  expect(await place()).toBe(0);
  now += 16 * 60_000;
  reply = { ok: true, agent: null };
  expect(await place()).toBe(1);
  expect(rung.at(-1)?.matters).toHaveLength(2);
});

test('a refusal frees the ticket; a number that may not be called is not tried again; a full house stops the round', async () => {
  await switchedOn();
  const first = await toVisit(county, clock, { citizenNumber: mobile(12) });
  await toVisit(county, clock, { citizenNumber: mobile(13) });
  reply = { ok: false, code: 'outbound.tooMany', detail: '' };
  expect(await place()).toBe(0);
  expect(rung).toHaveLength(1);
  reply = { ok: false, code: 'outbound.numberForeign', detail: '' };
  now += 20 * 60_000;
  expect(await place()).toBe(0);
  expect(rung).toHaveLength(3);
  now += 20 * 60_000;
  reply = { ok: true, agent: null };
  expect(await place()).toBe(0);
  expect(await surveys(first.id)).toMatchObject([{ state: 'refused' }, { state: 'refused' }]);
});

test('call control is away: the lease runs out and is tried again; a late word still counts when nothing was begun since', async () => {
  await switchedOn();
  const { id } = await toVisit(county, clock, { citizenNumber: mobile(14) });
  reply = new CallControlAway('away');
  expect(await place()).toBe(0);
  now += 11 * 60_000;
  expect(await place()).toBe(0);
  expect(await surveys(id)).toMatchObject([{ state: 'lost', detail: 'leaseOver' }]);
  await told(rung[0]?.callId ?? '', ended('completed', ALL));
  expect(await record()).toBe(1);
  expect((await detail(id)).state).toBe('closed');
});

test('a clerk was quicker: his word stands, and the machine’s is kept beside it', async () => {
  await switchedOn();
  const { id, version } = await toVisit(county, clock, { citizenNumber: mobile(15) });
  await place();
  await recordVisit(visitDeps(county, clock))({
    outcome: 'answered',
    callAgainAt: null,
    actor: county.lead,
    tickets: [{ id, version, answers: { resolved: true, result: 3, process: 3, words: '' } }],
  });
  await told(rung[0]?.callId ?? '', ended('completed', { resolved: false, result: 1, process: 1 }));
  await record();
  expect((await detail(id)).state).toBe('closed');
  expect(await surveys(id)).toMatchObject([
    { state: 'superseded', detail: 'ticket.movedMeanwhile', given: { resolved: false } },
  ]);
});

test('no more at once than the rules say', async () => {
  await switchedOn(2);
  for (const n of [21, 22, 23]) await toVisit(county, clock, { citizenNumber: mobile(n) });
  expect(await place()).toBe(2);
  expect(await place()).toBe(0);
  await told(rung[0]?.callId ?? '', ended('machine'));
  await record();
  expect(await place()).toBe(1);
});

test('who was called twice within a day, by whichever desk, is not rung by the machine as well', async () => {
  await switchedOn();
  await toVisit(county, clock, { citizenNumber: mobile(31) });
  for (const [purpose, number] of [
    ['ticket', mobile(31)],
    ['unitContact', `+86${mobile(31)}`],
  ]) {
    await county.db.query(
      `insert into calls (id, arrived_at, trunk, dialled, caller_number, direction, purpose, ended_at, result)
       values ($1, $2, 'carrier', '12345', $3, 'outbound', $4, $2, 'notReached')`,
      [randomUUID(), new Date(now - 3_600_000), number, purpose],
    );
  }
  expect(await place()).toBe(0);
  now += 24 * 3_600_000;
  expect(await place()).toBe(1);
});
