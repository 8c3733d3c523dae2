import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeBooks } from '../../../src/adapters/pg/tickets-outcomes.ts';
import type { AgentView, CallView } from '../../../src/app/ports/commands.ts';
import { DRAFT_KEPT_MS, forgetCallDrafts } from '../../../src/app/tickets/keep-call-draft.ts';
import { type AppealWords, NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';
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
const openCalls = async (who: Person) => (await counter.ask(who, 'GET', '/v1/open-calls')).body.calls;

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

test('a lead sees another’s words for a reason that is on record, and gives the call its outcome', async () => {
  const callId = await counter.call(me.id);
  await save(me, callId, words({ content: '水管漏水', citizenName: '张三' }));
  const { lead, supervisor } = counter.people;
  expect((await counter.ask(lead, 'GET', `/v1/calls/${callId}/draft`)).body.code).toBe('access.denied');
  const reveal = (who: Person, reason: string) =>
    counter.ask(who, 'POST', `/v1/calls/${callId}/draft/reveal`, { reason });
  expect((await reveal(lead, '看')).status).toBe(400);
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
