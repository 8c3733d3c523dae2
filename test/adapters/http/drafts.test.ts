import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONFLICT_MARKS } from '../../../src/domain/tickets/draft-merge.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let now = Date.now();
let colleague: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  colleague = await counter.person(['unit'], { unitCode: 'water' });
});
afterAll(() => counter.close());

const opened = async (over: object = {}): Promise<string> =>
  (
    await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
      ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '水管漏水', unitCode: 'water', ...over },
    })
  ).body.id;
const save = (who: Person, id: string, base: number, text: string) =>
  counter.ask(who, 'PUT', `/v1/tickets/${id}/drafts/reply`, { base, text });
const read = async (who: Person, id: string) =>
  (await counter.ask(who, 'GET', `/v1/tickets/${id}/drafts/reply`)).body;
const there = async (who: Person, id: string, writing = false) =>
  counter.ask(who, 'PUT', `/v1/tickets/${id}/presence`, { writing });

test('two liaisons of a unit write one reply: nobody’s lines are written over, and the hotline’s draft is another', async () => {
  const id = await opened();
  const { unit, reviewer } = counter.people;
  expect(await read(unit, id)).toEqual({ version: 0, text: '', savedBy: null, savedAt: null });
  expect((await save(unit, id, 0, '您好\n已收到\n谢谢')).body).toEqual({
    ...{ version: 1, text: '您好\n已收到\n谢谢', merged: false, conflicts: 0 },
  });
  expect((await save(colleague, id, 1, '您好\n已修复\n谢谢')).body).toMatchObject({
    version: 2,
    merged: false,
  });
  // Begun from the first version: what the colleague wrote meanwhile is in it.
  const merged = await save(unit, id, 1, '您好\n已收到\n谢谢您的监督');
  expect(merged.body).toMatchObject({ version: 3, merged: true, conflicts: 1 });
  expect(merged.body.text).toContain('已修复');
  expect(merged.body.text).toContain('谢谢您的监督');
  expect(merged.body.text).toContain(CONFLICT_MARKS.end);
  // The same asked again writes nothing.
  expect((await save(unit, id, 3, merged.body.text)).body.version).toBe(3);
  expect((await save(unit, id, 9, 'x')).body.code).toBe('draft.baseUnknown');
  expect((await read(reviewer, id)).version).toBe(0);
});

test('of two who save at once from nothing neither is lost', async () => {
  const id = await opened();
  const saved = await Promise.all([save(counter.people.unit, id, 0, '甲'), save(colleague, id, 0, '乙')]);
  expect(saved.map(({ status }) => status)).toEqual([200, 200]);
  const { text, version } = await read(colleague, id);
  expect(version).toBe(2);
  expect(text).toContain('甲');
  expect(text).toContain('乙');
});

test('who has a ticket open sees who else has, until that one leaves or is not heard of; who may not see it learns nothing', async () => {
  const id = await opened({ confidential: true });
  const { unit, lead, returnVisitor } = counter.people;
  expect((await there(unit, id, true)).body).toEqual({ others: [] });
  expect((await there(lead, id)).body.others).toMatchObject([{ unitCode: 'water', writing: true }]);
  expect((await there(returnVisitor, id)).body.code).toBe('ticket.unknown');
  expect((await save(returnVisitor, id, 0, 'x')).body.code).toBe('ticket.unknown');
  expect((await counter.ask(returnVisitor, 'GET', `/v1/tickets/${id}/drafts/reply`)).body.code).toBe(
    'ticket.unknown',
  );
  expect((await there(unit, randomUUID())).body.code).toBe('ticket.unknown');
  now += 50_000;
  expect((await there(lead, id)).body.others).toEqual([]);
  await there(unit, id);
  expect((await counter.ask(unit, 'DELETE', `/v1/tickets/${id}/presence`)).status).toBe(204);
  expect((await there(lead, id)).body.others).toEqual([]);
});
