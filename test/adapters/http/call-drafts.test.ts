import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { callDraftBooks } from '../../../src/adapters/pg/call-drafts.ts';
import { outcomeBooks } from '../../../src/adapters/pg/tickets-outcomes.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import { DRAFT_KEPT_MS, forgetCallDrafts } from '../../../src/app/tickets/keep-call-draft.ts';
import { watchOpenDrafts } from '../../../src/app/tickets/watch-open-drafts.ts';
import { type AppealWords, NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';
import {
  OPEN_CALL_MS,
  OPEN_DRAFT_KEPT_MS,
  OPEN_DRAFT_LATE_MS,
} from '../../../src/domain/tickets/open-calls.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let now = Date.now();
let me: Person;
let next: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  [me, next] = await Promise.all([counter.person(['agent']), counter.person(['agent'])]);
});
afterAll(() => counter.close());

const words = (over: Partial<AppealWords>): AppealWords => ({ ...NO_WORDS, ...over });
const save = (who: Person, callId: string, to: AppealWords, began: AppealWords = NO_WORDS) =>
  counter.ask(who, 'PUT', `/v1/calls/${callId}/draft`, { began, words: to });
const read = (who: Person, callId: string) => counter.ask(who, 'GET', `/v1/calls/${callId}/draft`);
const openCalls = async (who: Person, query = '') =>
  (await counter.ask(who, 'GET', `/v1/open-calls${query}`)).body.calls;
const idsOf = async (who: Person, query = ''): Promise<readonly string[]> =>
  (await openCalls(who, query)).map(({ id }: { id: string }) => id);

/** Talked on now: on the board, not in the books. */
function talkedOn(callId: string, ...agents: readonly Person[]): void {
  const [first] = agents;
  counter.control.tell({
    kind: 'call',
    call: {
      ...{ callId, state: 'talking', dialled: '12345', line: '12345', lineName: null, mode: 'MAIN' },
      ...{
        queue: null,
        callerNumber: '13812345678',
        agentId: first?.id ?? null,
        sinceMs: now,
        arrivedMs: now,
      },
      talk: {
        parties: agents.map(({ id }, nth) => ({ id: `${callId}.a${nth + 1}`, agentId: id, state: 'in' })),
      },
    } as unknown as CallView,
  });
}
function wrapsUp(callId: string, { id }: Person): void {
  const agent = { agentId: id, state: 'WRAP_UP', callId, queues: [] } as unknown as AgentView;
  counter.control.tell({ kind: 'agent', agent });
}

test('it stands from the first second, before the books know the call, and for the agents of the call alone', async () => {
  const callId = randomUUID();
  expect((await save(me, callId, NO_WORDS)).body.code).toBe('call.notYetWritten');
  talkedOn(callId, me);
  expect((await save(next, callId, NO_WORDS)).body.code).toBe('call.notYours');
  expect((await read(next, callId)).body.code).toBe('call.notYours');
  expect((await read(me, callId)).body).toMatchObject({ version: 0, words: NO_WORDS, savedAt: null });
  const begun = await save(me, callId, NO_WORDS);
  expect(begun.body).toMatchObject({ version: 1, words: NO_WORDS, merged: false, conflicts: [] });
  const first = words({ content: '水管漏水', citizenName: '张三', citizenNumber: '13812345678' });
  expect((await save(me, callId, first)).body).toMatchObject({ version: 2, words: first, merged: false });
  // Sent again, its answer was lost.
  expect((await save(me, callId, first)).body.version).toBe(2);
  expect((await read(me, callId)).body).toMatchObject({ version: 2, words: first, savedBy: '王小明' });
});

test('whom the citizen is given to sees what the first wrote; what both write is merged, and the first may go on', async () => {
  const callId = randomUUID();
  talkedOn(callId, me);
  const mine = words({ content: '水管漏水' });
  await save(me, callId, mine);
  talkedOn(callId, next);
  wrapsUp(callId, me);
  expect((await read(next, callId)).body.words).toEqual(mine);
  const theirs = words({ content: '水管漏水', place: '余荡村三组', type: 'COMPLAINT' });
  await save(next, callId, theirs, mine);
  const merged = await save(me, callId, words({ content: '水管漏水，三天了', type: 'HELP' }), mine);
  expect(merged.body).toMatchObject({
    words: { content: '水管漏水，三天了', place: '余荡村三组', type: 'HELP' },
    ...{ merged: true, conflicts: ['type'] },
  });
  // Nobody on the board any more, nothing in the books: who wrote may go on.
  counter.control.calls.delete(callId);
  counter.control.agents.delete(me.id);
  expect((await read(me, callId)).status).toBe(200);
});

test('two windows that save at once from nothing lose nothing', async () => {
  const callId = randomUUID();
  talkedOn(callId, me);
  const saved = await Promise.all([
    save(me, callId, words({ content: '甲' })),
    save(me, callId, words({ place: '乙' })),
  ]);
  expect(saved.map(({ status }) => status)).toEqual([200, 200]);
  expect((await read(me, callId)).body.words).toMatchObject({ content: '甲', place: '乙' });
});

test('what does not fit is refused in words, and a field that nobody knows as well', async () => {
  const callId = randomUUID();
  talkedOn(callId, me);
  const long = '漏'.repeat(6_000);
  await save(me, callId, words({ content: `甲${long}` }));
  expect((await save(me, callId, words({ content: `乙${long}` }))).body).toMatchObject({
    ...{ status: 422, code: 'draft.tooLong' },
  });
  const { body } = await save(me, callId, { ...NO_WORDS, colour: 'red' } as unknown as AppealWords);
  expect(body.errors).toMatchObject([{ field: 'body.words.colour' }]);
});

test('what no database keeps is left out of every text, and not refused for ever: NUL, half a sign, control characters', async () => {
  const callId = randomUUID();
  talkedOn(callId, me);
  const dirty = (text: string) => `${text[0]}\u0000${text.slice(1)}\ud83d\u0007`;
  const whole = { content: '漏水 ', title: '水管', place: '余荡村', citizenName: '张三', tags: ['pipe'] };
  const values = { meter: '0042', floors: ['3 楼'] };
  const saved = await save(
    me,
    callId,
    words({
      ...whole,
      content: `${dirty('漏水')} `,
      ...{ title: dirty('水管'), place: dirty('余荡村'), citizenName: dirty('张三'), tags: [dirty('pipe')] },
      values: { [dirty('meter')]: dirty('0042'), floors: [dirty('3 楼')] },
    }),
  );
  expect(saved.status).toBe(200);
  // The space at the end stays: somebody is typing there.
  expect(saved.body.words).toEqual(words({ ...whole, values }));
  expect((await read(me, callId)).body.words).toEqual(words({ ...whole, values }));
  // Who goes on from what he had sent changes nothing but what he typed.
  const began = words({ content: `${dirty('漏水')} ` });
  const went = await save(me, callId, words({ content: '漏水 三天' }), began);
  expect(went.body.words).toEqual(words({ ...whole, content: '漏水 三天', values }));
});

test('a call that ended without an outcome stands in the list with what was written, until its outcome; then nothing is kept', async () => {
  const callId = await counter.call(me.id);
  const silent = await counter.call(me.id);
  const content = '家住余荡村，电话 13912345678，水管漏水';
  await save(me, callId, words({ content }));
  const listed = await openCalls(me);
  expect(listed.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([callId, silent]));
  expect(listed.find(({ id }: { id: string }) => id === callId)).toMatchObject({
    ...{ callerNumber: '138****5678', agentName: '王小明' },
    written: expect.stringContaining('水管漏水'),
  });
  expect(JSON.stringify(listed)).not.toContain('13912345678');
  // A lead is shown others' words for a reason alone, not here.
  const everybodys = await openCalls(counter.people.lead);
  expect(everybodys.find(({ id }: { id: string }) => id === callId)).toMatchObject({
    ...{ hasWords: true, written: null },
  });
  expect(listed.find(({ id }: { id: string }) => id === silent).written).toBeNull();
  expect((await openCalls(next)).map(({ id }: { id: string }) => id)).not.toContain(callId);
  expect((await openCalls(counter.people.lead)).map(({ id }: { id: string }) => id)).toContain(callId);

  const drop = () => counter.ask(me, 'DELETE', `/v1/calls/${callId}/draft`);
  expect((await drop()).body.code).toBe('draft.callOpen');
  const invalid = { outcome: 'invalid', reason: '市民挂断，无法回拨' };
  expect((await counter.ask(me, 'POST', `/v1/calls/${callId}/outcome`, invalid)).status).toBe(201);
  expect((await save(me, callId, words({ content: '迟到' }), words({ content }))).body.code).toBe(
    'call.outcomeExists',
  );
  expect((await drop()).status).toBe(204);
  expect((await drop()).status).toBe(204);
  expect((await read(me, callId)).body.version).toBe(0);
  expect((await openCalls(me)).map(({ id }: { id: string }) => id)).not.toContain(callId);
});

test('a number at the edge of what is shown is hidden as any other', async () => {
  const callId = await counter.call(me.id);
  await save(me, callId, words({ content: `${'漏'.repeat(72)}13912345678，水管漏水` }));
  const { written } = (await openCalls(me)).find(({ id }: { id: string }) => id === callId);
  expect(written).toBe(`${'漏'.repeat(72)}139****7`);
});

test('a lead who takes calls himself finds his own behind everybody else’s', async () => {
  const both = await counter.person(['agent', 'lead']);
  const mine = await counter.call(both.id);
  const others = await counter.call(me.id);
  expect(await idsOf(both, '?limit=1')).toEqual([others]);
  expect(await idsOf(both, '?limit=1&mine=true')).toEqual([mine]);
  expect(await idsOf(next, '?mine=false')).not.toContain(mine);
});

test('among the calls of long ago only those are open of which something was written', async () => {
  const [silent, written] = [await counter.call(me.id), await counter.call(me.id)];
  await save(me, written, words({ content: '水管漏水' }));
  const open = async () => (await counter.ask(counter.people.lead, 'GET', '/v1/reports/desk')).body.openCalls;
  const before = await open();
  await counter.db.query(`update calls set arrived_at = arrived_at - interval '8 days' where id = any ($1)`, [
    [silent, written],
  ]);
  for (const who of [me, counter.people.lead]) {
    expect(await idsOf(who, '?limit=200')).toContain(written);
    expect(await idsOf(who, '?limit=200')).not.toContain(silent);
  }
  expect(await open()).toBe(before - 1);
});

test('open calls are found by the indexes made for them, not among all calls', async () => {
  const { db } = counter;
  const other = randomUUID();
  await db.query(
    `insert into calls (id, arrived_at, ended_at, trunk, dialled, caller_number, agent_id, result, direction)
     select gen_random_uuid(), now() - make_interval(mins => n), now() - make_interval(mins => n), 'carrier', '12345', '13812345678',
       case when n % 50 = 0 then $1::uuid else $2::uuid end, 'abandoned', 'inbound' from generate_series(20000, 30000) n`,
    [next.id, other],
  );
  await db.query('analyze calls');
  const sql: string[] = [];
  const spy: typeof db = {
    ...db,
    query: (text: string, values?: readonly unknown[]) => {
      sql.push(text);
      return db.query(text, values as never);
    },
  } as never;
  await callDraftBooks(spy).openCalls(
    { asker: next.id, mine: true, since: Date.now() - OPEN_CALL_MS },
    { limit: 8 },
  );
  const { rows } = await db.query<Record<'QUERY PLAN', string>>(`explain ${sql[0]}`, [
    next.id,
    new Date(Date.now() - OPEN_CALL_MS),
    9,
  ]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('calls_of_agent');
  expect(plan).not.toContain('Seq Scan on calls');
});

test('a lead sees another’s words for a reason that is on record, and gives the call its outcome', async () => {
  const callId = await counter.call(me.id);
  await save(me, callId, words({ content: '水管漏水', citizenName: '张三' }));
  const { lead, supervisor } = counter.people;
  expect((await counter.ask(lead, 'GET', `/v1/calls/${callId}/draft`)).body.code).toBe('access.denied');
  const reveal = (who: Person, reason: string) =>
    counter.ask(who, 'POST', `/v1/calls/${callId}/draft/reveal`, { reason });
  expect((await reveal(lead, '看')).status).toBe(400);
  const nowhere = randomUUID();
  const unknown = await counter.ask(lead, 'POST', `/v1/calls/${nowhere}/draft/reveal`, {
    reason: '代为登记',
  });
  expect(unknown.body.code).toBe('call.unknown');
  expect(await counter.services.audit.ofSubject('call', nowhere)).toEqual([]);
  expect((await reveal(supervisor, '抽查登记情况')).body.code).toBe('access.denied');
  expect((await reveal(lead, '话务员离岗，代为登记')).body.words.citizenName).toBe('张三');
  expect(await counter.services.audit.ofSubject('call', callId)).toMatchObject([
    { action: 'call.draftRevealed', accountId: lead.id, reason: '话务员离岗，代为登记' },
  ]);
  const invalid = { outcome: 'invalid', reason: '无法联系市民' };
  expect((await counter.ask(lead, 'POST', `/v1/calls/${callId}/outcome`, invalid)).status).toBe(201);
  expect((await counter.ask(lead, 'DELETE', `/v1/calls/${callId}/draft`)).status).toBe(204);
});

test('nobody’s forgotten call is closed by itself while words of it stand; kept words of a closed one are forgotten in time', async () => {
  const [written, forgotten] = [await counter.call(me.id), await counter.call(me.id)];
  await save(me, written, words({ content: '水管漏水' }));
  await save(me, forgotten, NO_WORDS);
  const books = outcomeBooks(counter.db);
  await books.closeForgotten({ fromMs: 0, beforeMs: Date.now() + 60_000 }, now, 100);
  const outcomeOf = async (id: string) => (await counter.ask(me, 'GET', `/v1/calls/${id}`)).body.outcome;
  expect([await outcomeOf(written), await outcomeOf(forgotten)]).toEqual([null, 'answeredOnSpot']);

  const forget = forgetCallDrafts({ callDrafts: counter.services.callDrafts, now: () => now });
  await forget();
  expect(await counter.services.callDrafts.find(forgotten)).not.toBeNull();
  now += DRAFT_KEPT_MS + 60_000;
  await forget();
  expect(await counter.services.callDrafts.find(forgotten)).toBeNull();
  expect((await counter.services.callDrafts.find(written))?.words.content).toBe('水管漏水');
});

test('words that nobody closes: leads are alarmed after a day, and in the end they are erased and the call is closed', async () => {
  now = Date.now();
  const callId = await counter.call(me.id);
  await counter.db.query('delete from call_drafts');
  const begun = now;
  await save(me, callId, words({ content: '水' }));
  const { alarms, callDrafts, newId } = counter.services;
  const log = openLog({ role: 'worker', level: 'silent' });
  const watch = watchOpenDrafts({ callDrafts, alarms, log, now: () => now, newId });
  const standing = async () => (await alarms.list(true, 50)).filter(({ kind }) => kind === 'call.draftOpen');
  await watch();
  expect(await standing()).toEqual([]);
  now = begun + OPEN_DRAFT_LATE_MS + 1000;
  await watch();
  await watch();
  expect(await standing()).toMatchObject([
    { subject: callId, times: 1, detail: expect.stringContaining('1 通') },
  ]);
  now = begun + OPEN_DRAFT_KEPT_MS - 1000;
  await watch();
  expect(await standing()).toMatchObject([{ times: 2 }]);
  expect((await callDrafts.find(callId))?.words.content).toBe('水');
  now = begun + OPEN_DRAFT_KEPT_MS + 1000;
  await watch();
  expect([await callDrafts.find(callId), await standing()]).toEqual([null, []]);
  await outcomeBooks(counter.db).closeForgotten({ fromMs: 0, beforeMs: Date.now() + 60_000 }, now, 100);
  const { rows } = await counter.db.query('select outcome from call_outcomes where call_id = $1', [callId]);
  expect(rows).toEqual([{ outcome: 'answeredOnSpot' }]);
});
